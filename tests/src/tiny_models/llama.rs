//! A LLaMA of two layers.

use super::gguf::{Gguf, Value};
use super::random::Weights;

const WIDTH: usize = 64;
const HIDDEN: usize = 128;
const LAYERS: usize = 2;
const HEADS: u32 = 4;
const CONTEXT: u32 = 4096;
const SEED: u64 = 22;

const UNKNOWN: u32 = 0;
const BEGIN: u32 = 1;
const END: u32 = 2;

/// Kinds of tokens in GGUF.
mod kind {
    pub(super) const NORMAL: i32 = 1;
    pub(super) const UNKNOWN: i32 = 2;
    pub(super) const CONTROL: i32 = 3;
    pub(super) const BYTE: i32 = 6;
}

pub(super) fn bytes() -> Vec<u8> {
    let mut file = Gguf::default();
    let vocabulary = vocabulary();
    architecture(&mut file, vocabulary.len());
    tokenizer(&mut file, &vocabulary);
    weights(&mut file, vocabulary.len());
    file.bytes()
}

fn architecture(file: &mut Gguf, vocabulary: usize) {
    let head = u32::try_from(WIDTH).unwrap_or(0) / HEADS;
    file.set("general.architecture", &Value::Text("llama".to_owned()));
    file.set("general.name", &Value::Text("prita tiny test".to_owned()));
    file.set("llama.context_length", &Value::U32(CONTEXT));
    file.set("llama.embedding_length", &number(WIDTH));
    file.set("llama.block_count", &number(LAYERS));
    file.set("llama.feed_forward_length", &number(HIDDEN));
    file.set("llama.attention.head_count", &Value::U32(HEADS));
    file.set("llama.attention.head_count_kv", &Value::U32(HEADS));
    file.set("llama.attention.layer_norm_rms_epsilon", &Value::F32(1e-5));
    file.set("llama.rope.dimension_count", &Value::U32(head));
    file.set("llama.vocab_size", &number(vocabulary));
}

fn tokenizer(file: &mut Gguf, vocabulary: &[(String, i32)]) {
    let texts = vocabulary.iter().map(|(text, _)| text.clone()).collect();
    let kinds = vocabulary.iter().map(|(_, kind)| *kind).collect();
    file.set("tokenizer.ggml.model", &Value::Text("llama".to_owned()));
    file.set("tokenizer.ggml.tokens", &Value::Texts(texts));
    file.set("tokenizer.ggml.scores", &Value::F32s(vec![0.0; vocabulary.len()]));
    file.set("tokenizer.ggml.token_type", &Value::I32s(kinds));
    file.set("tokenizer.ggml.unknown_token_id", &Value::U32(UNKNOWN));
    file.set("tokenizer.ggml.bos_token_id", &Value::U32(BEGIN));
    file.set("tokenizer.ggml.eos_token_id", &Value::U32(END));
    file.set("tokenizer.ggml.add_bos_token", &Value::Bool(true));
    file.set("tokenizer.ggml.add_space_prefix", &Value::Bool(false));
}

/// Three control tokens, every byte, the space of SentencePiece, ASCII, the Hebrew letters.
fn vocabulary() -> Vec<(String, i32)> {
    let control = [("<unk>", kind::UNKNOWN), ("<s>", kind::CONTROL), ("</s>", kind::CONTROL)];
    let letters = ('!'..='~').chain('א'..='ת').chain(['▁']);
    control
        .into_iter()
        .map(|(text, kind)| (text.to_owned(), kind))
        .chain((0..=255_u8).map(|byte| (format!("<0x{byte:02X}>"), kind::BYTE)))
        .chain(letters.map(|letter| (letter.to_string(), kind::NORMAL)))
        .collect()
}

fn weights(file: &mut Gguf, vocabulary: usize) {
    let mut random = Weights::new(SEED);
    let mut matrix = |file: &mut Gguf, name: String, from: usize, to: usize, scale: f32| {
        let mut values = random.spread(from * to, scale);
        if name == "output.weight" {
            silence_the_end(&mut values, from);
        }
        file.tensor(&name, &[from as u64, to as u64], &values);
    };
    let scale = 1.0 / 8.0;
    matrix(file, "token_embd.weight".to_owned(), WIDTH, vocabulary, 1.0);
    norm(file, "output_norm.weight");
    matrix(file, "output.weight".to_owned(), WIDTH, vocabulary, scale);
    for layer in 0..LAYERS {
        norm(file, &format!("blk.{layer}.attn_norm.weight"));
        for part in ["attn_q", "attn_k", "attn_v", "attn_output"] {
            matrix(file, format!("blk.{layer}.{part}.weight"), WIDTH, WIDTH, scale);
        }
        norm(file, &format!("blk.{layer}.ffn_norm.weight"));
        matrix(file, format!("blk.{layer}.ffn_gate.weight"), WIDTH, HIDDEN, scale);
        matrix(file, format!("blk.{layer}.ffn_up.weight"), WIDTH, HIDDEN, scale);
        matrix(file, format!("blk.{layer}.ffn_down.weight"), HIDDEN, WIDTH, scale);
    }
}

/// The end has logit 0: a greedy reader never meets it unless a grammar leaves nothing else, so
/// answers are as long as a test asks for.
fn silence_the_end(output: &mut [f32], width: usize) {
    let row = END as usize * width;
    output[row..row + width].fill(0.0);
}

fn norm(file: &mut Gguf, name: &str) {
    file.tensor(name, &[WIDTH as u64], &[1.0; WIDTH]);
}

fn number(value: usize) -> Value {
    Value::U32(u32::try_from(value).unwrap_or(0))
}
