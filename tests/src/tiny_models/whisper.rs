//! A multilingual whisper of one layer each way.

use super::mel;
use super::random::Weights;

const MAGIC: u32 = 0x6767_6d6c;
const VOCABULARY: usize = 51_865;
/// The tokens that stand in the file; whisper.cpp adds the special ones.
const WORDS: usize = 50_257;
const AUDIO_CONTEXT: usize = 1_500;
const TEXT_CONTEXT: usize = 448;
const WIDTH: usize = 64;
const HEADS: usize = 2;
const LAYERS: usize = 1;
/// Matrices as half floats, vectors as floats.
const FILE_TYPE: usize = 1;
const F32: u32 = 0;
const F16: u32 = 1;
const SEED: u64 = 7;

pub(super) fn bytes() -> Vec<u8> {
    let mut file = File { bytes: Vec::new(), random: Weights::new(SEED) };
    file.header();
    file.words();
    file.encoder();
    file.decoder();
    file.bytes
}

struct File {
    bytes: Vec<u8>,
    random: Weights,
}

impl File {
    fn header(&mut self) {
        self.bytes.extend(MAGIC.to_le_bytes());
        let numbers = [
            VOCABULARY,
            AUDIO_CONTEXT,
            WIDTH,
            HEADS,
            LAYERS,
            TEXT_CONTEXT,
            WIDTH,
            HEADS,
            LAYERS,
            mel::BANDS,
            FILE_TYPE,
            mel::BANDS,
            mel::BINS,
        ];
        numbers.into_iter().for_each(|number| self.number(number));
        mel::filters().iter().for_each(|value| self.bytes.extend(value.to_le_bytes()));
    }

    /// Every byte, then made-up Hebrew words.
    fn words(&mut self) {
        const LETTERS: [char; 22] = [
            'א', 'ב', 'ג', 'ד', 'ה', 'ו', 'ז', 'ח', 'ט', 'י', 'כ', 'ל', 'מ', 'נ', 'ס', 'ע', 'פ',
            'צ', 'ק', 'ר', 'ש', 'ת',
        ];
        self.number(WORDS);
        for byte in 0..=255_u8 {
            self.word(&[byte]);
        }
        for _ in 256..WORDS {
            let word: String = (0..3).map(|_| LETTERS[self.random.index(22)]).collect();
            self.word(format!(" {word}").as_bytes());
        }
    }

    fn encoder(&mut self) {
        self.vector("encoder.positional_embedding", &[WIDTH, AUDIO_CONTEXT], &sines());
        self.matrix("encoder.conv1.weight", &[3, mel::BANDS, WIDTH]);
        self.zeros("encoder.conv1.bias", &[1, WIDTH]);
        self.matrix("encoder.conv2.weight", &[3, WIDTH, WIDTH]);
        self.zeros("encoder.conv2.bias", &[1, WIDTH]);
        self.norm("encoder.ln_post");
        for layer in 0..LAYERS {
            let block = format!("encoder.blocks.{layer}");
            self.attention(&format!("{block}.attn"));
            self.perceptron(&block);
        }
    }

    fn decoder(&mut self) {
        let positions = self.random.spread(WIDTH * TEXT_CONTEXT, 0.1);
        self.vector("decoder.positional_embedding", &[WIDTH, TEXT_CONTEXT], &positions);
        self.matrix("decoder.token_embedding.weight", &[WIDTH, VOCABULARY]);
        self.norm("decoder.ln");
        for layer in 0..LAYERS {
            let block = format!("decoder.blocks.{layer}");
            self.attention(&format!("{block}.attn"));
            self.attention(&format!("{block}.cross_attn"));
            self.perceptron(&block);
        }
    }

    fn attention(&mut self, name: &str) {
        self.norm(&format!("{name}_ln"));
        for part in ["query", "key", "value", "out"] {
            self.matrix(&format!("{name}.{part}.weight"), &[WIDTH, WIDTH]);
            if part != "key" {
                self.zeros(&format!("{name}.{part}.bias"), &[WIDTH]);
            }
        }
    }

    fn perceptron(&mut self, block: &str) {
        self.norm(&format!("{block}.mlp_ln"));
        self.matrix(&format!("{block}.mlp.0.weight"), &[WIDTH, 4 * WIDTH]);
        self.zeros(&format!("{block}.mlp.0.bias"), &[4 * WIDTH]);
        self.matrix(&format!("{block}.mlp.2.weight"), &[4 * WIDTH, WIDTH]);
        self.zeros(&format!("{block}.mlp.2.bias"), &[WIDTH]);
    }

    fn norm(&mut self, name: &str) {
        self.vector(&format!("{name}.weight"), &[WIDTH], &[1.0; WIDTH]);
        self.zeros(&format!("{name}.bias"), &[WIDTH]);
    }

    fn zeros(&mut self, name: &str, shape: &[usize]) {
        self.vector(name, shape, &vec![0.0; shape.iter().product()]);
    }

    fn vector(&mut self, name: &str, shape: &[usize], values: &[f32]) {
        self.tensor(name, shape, F32);
        values.iter().for_each(|value| self.bytes.extend(value.to_le_bytes()));
    }

    fn matrix(&mut self, name: &str, shape: &[usize]) {
        self.tensor(name, shape, F16);
        for value in self.random.spread(shape.iter().product(), 0.125) {
            self.bytes.extend(half(value).to_le_bytes());
        }
    }

    fn tensor(&mut self, name: &str, shape: &[usize], kind: u32) {
        self.number(shape.len());
        self.number(name.len());
        self.bytes.extend(kind.to_le_bytes());
        shape.iter().for_each(|size| self.number(*size));
        self.bytes.extend(name.as_bytes());
    }

    fn word(&mut self, word: &[u8]) {
        self.number(word.len());
        self.bytes.extend(word);
    }

    fn number(&mut self, number: usize) {
        self.bytes.extend(i32::try_from(number).unwrap_or(0).to_le_bytes());
    }
}

/// Sines in the first half of each row, cosines in the second.
fn sines() -> Vec<f32> {
    let half = WIDTH / 2;
    let step = 10_000.0_f32.ln() / (half - 1) as f32;
    let mut values = Vec::with_capacity(AUDIO_CONTEXT * WIDTH);
    for frame in 0..AUDIO_CONTEXT {
        let angle = |index: usize| frame as f32 * (-step * index as f32).exp();
        values.extend((0..half).map(|index| angle(index).sin()));
        values.extend((0..half).map(|index| angle(index).cos()));
    }
    values
}

/// IEEE half precision, truncated; values too small for a normal half become zero.
fn half(value: f32) -> u16 {
    let bits = value.to_bits();
    let sign = ((bits >> 16) & 0x8000) as u16;
    let exponent = ((bits >> 23) & 0xff) as i32 - 127 + 15;
    if exponent <= 0 {
        sign
    } else {
        sign | ((exponent as u16) << 10) | ((bits >> 13) & 0x3ff) as u16
    }
}
