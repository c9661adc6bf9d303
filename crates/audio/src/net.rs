//! The small perceptrons that weigh a [`Look`]: log-odds of ringing, of being struck, of buzzing.
//!
//! Its weights lie in `data/strings.net` and are made by `scripts/train/ears` (which says from what
//! sound). It knows nothing of chords or verdicts.

use std::sync::LazyLock;

use crate::look::{LOOK, Look};

/// Made by `scripts/train/ears/fit.py`.
static WEIGHTS: &[u8] = include_bytes!("../data/strings.net");
const MAGIC: &[u8; 8] = b"PRNET1\0\0";
/// Standardised inputs beyond this tell nothing more.
const MOST: f32 = 5.0;

static NET: LazyLock<Option<Vec<Perceptron>>> = LazyLock::new(|| read(WEIGHTS));

/// What the net says of one string at one pitch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Odds {
    /// Log-odds that it rings there.
    pub(crate) rings: f32,
    /// Log-odds that it was struck at all.
    pub(crate) struck: f32,
    /// Log-odds that it buzzes, if it rings.
    pub(crate) buzzes: f32,
}

/// Weighs a look; the mean of the nets. None only if the compiled-in weights were broken, which a
/// test excludes.
pub(crate) fn weigh(look: &Look) -> Option<Odds> {
    let nets = NET.as_ref()?;
    let count = nets.len() as f32;
    let mut odds = Odds { rings: 0.0, struck: 0.0, buzzes: 0.0 };
    for net in nets {
        let [rings, struck, buzzes] = net.answer(look.numbers())?;
        odds.rings += rings / count;
        odds.struck += struck / count;
        odds.buzzes += buzzes / count;
    }
    Some(odds)
}

#[derive(Debug)]
struct Perceptron {
    mean: Vec<f32>,
    scale: Vec<f32>,
    layers: Vec<Layer>,
}

#[derive(Debug)]
struct Layer {
    /// One row of inputs for each output.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Perceptron {
    fn answer(&self, numbers: &[f32]) -> Option<[f32; 3]> {
        let standard = numbers.iter().zip(self.mean.iter().zip(&self.scale));
        let mut values: Vec<f32> =
            standard.map(|(x, (mean, scale))| ((x - mean) * scale).clamp(-MOST, MOST)).collect();
        for (number, layer) in self.layers.iter().enumerate() {
            let rows = layer.weights.chunks_exact(values.len()).zip(&layer.bias);
            let last = number + 1 == self.layers.len();
            values = rows
                .map(|(row, bias)| {
                    let sum = bias + row.iter().zip(&values).map(|(w, x)| w * x).sum::<f32>();
                    if last { sum } else { sum.max(0.0) }
                })
                .collect();
        }
        values.try_into().ok()
    }
}

/// Parses the file: magic, count of nets, and for each its layer sizes, mean, scale, then weights
/// (output by output) and biases of every layer; little-endian 32-bit.
fn read(bytes: &[u8]) -> Option<Vec<Perceptron>> {
    let mut words =
        bytes.strip_prefix(MAGIC)?.chunks_exact(4).map(|word| [word[0], word[1], word[2], word[3]]);
    let count = u32::from_le_bytes(words.next()?);
    let mut nets = Vec::new();
    for _ in 0..count {
        let layers = u32::from_le_bytes(words.next()?);
        let sizes: Vec<usize> = (0..layers)
            .map(|_| words.next().map(|w| u32::from_le_bytes(w) as usize))
            .collect::<Option<_>>()?;
        if sizes.first() != Some(&LOOK) || sizes.last() != Some(&3) {
            return None;
        }
        let mut floats = |count: usize| -> Option<Vec<f32>> {
            (0..count).map(|_| words.next().map(f32::from_le_bytes)).collect()
        };
        let (mean, scale) = (floats(LOOK)?, floats(LOOK)?);
        let layers = sizes
            .windows(2)
            .map(|pair| Some(Layer { weights: floats(pair[0] * pair[1])?, bias: floats(pair[1])? }))
            .collect::<Option<_>>()?;
        nets.push(Perceptron { mean, scale, layers });
    }
    (!nets.is_empty() && words.next().is_none()).then_some(nets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_fit_the_look_and_a_cut_file_is_refused() {
        assert!(read(WEIGHTS).is_some());
        assert!(read(&WEIGHTS[..WEIGHTS.len() - 4]).is_none());
        assert!(read(&[]).is_none());
    }
}
