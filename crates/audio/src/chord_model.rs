//! How likely each chord is, or a single note, given what sounds in each pitch class.
//!
//! One template a quality, turned to each of the twelve roots, and one for a note: a softmax over
//! 120 chords and 12 notes. The
//! templates lie in `data/chords.net` and are learnt by `scripts/train/ears` from rendered and
//! mixed strums, never from a recorded one (its README says from what sound). It hears nothing
//! itself.

use std::sync::LazyLock;

use theory::{Chord, PitchClass, Quality};

use crate::chords::NUMBERS;

/// Made by `scripts/train/ears/fit_chords.py`.
static WEIGHTS: &[u8] = include_bytes!("../data/chords.net");
const MAGIC: &[u8; 8] = b"PRCHD1\0\0";

static TEMPLATES: LazyLock<Option<Vec<Template>>> = LazyLock::new(|| read(WEIGHTS));

/// What speaks for a quality (none: a single note), pitch classes counted from the root.
#[derive(Debug)]
struct Template {
    quality: Option<Quality>,
    weights: [f32; NUMBERS],
    bias: f32,
}

impl Template {
    /// Log-odds of this quality on `root`.
    fn weigh(&self, root: u8, numbers: &[f32; NUMBERS]) -> f32 {
        let turned = |place: usize| {
            let (register, class) = (place / 12, place % 12);
            numbers[12 * register + (class + usize::from(root)) % 12]
        };
        self.bias + self.weights.iter().enumerate().map(|(p, w)| w * turned(p)).sum::<f32>()
    }
}

/// What is said of some numbers.
#[derive(Debug, Clone)]
pub(crate) struct Likelihood {
    /// Every chord with its probability.
    pub(crate) chords: Vec<(Chord, f32)>,
    /// Probability that it is one note alone.
    pub(crate) note: f32,
}

impl Likelihood {
    /// The likeliest chord.
    pub(crate) fn best(&self) -> Option<(Chord, f32)> {
        self.chords.iter().max_by(|a, b| a.1.total_cmp(&b.1)).copied()
    }
}

/// Weighs numbers. None only if the compiled-in templates were broken, which a test excludes.
pub(crate) fn weigh(numbers: &[f32; NUMBERS]) -> Option<Likelihood> {
    let templates = TEMPLATES.as_ref()?;
    let all: Vec<(Option<Chord>, f32)> = (0..12u8)
        .flat_map(|root| {
            templates.iter().map(move |template| {
                let chord = template.quality.map(|q| Chord::new(PitchClass(root), q));
                (chord, template.weigh(root, numbers))
            })
        })
        .collect();
    let most = all.iter().fold(f32::NEG_INFINITY, |most, (_, odds)| most.max(*odds));
    let sum: f32 = all.iter().map(|(_, odds)| (odds - most).exp()).sum();
    let (mut chords, mut note) = (Vec::with_capacity(all.len()), 0.0);
    for (chord, odds) in all {
        let p = (odds - most).exp() / sum;
        match chord {
            Some(chord) => chords.push((chord, p)),
            None => note += p,
        }
    }
    Some(Likelihood { chords, note })
}

/// Parses the file: magic, then for each of [`Quality::HEARD`] and for a note its weights and its
/// bias; little-endian 32-bit.
fn read(bytes: &[u8]) -> Option<Vec<Template>> {
    let words = bytes.strip_prefix(MAGIC)?.chunks_exact(4);
    let floats: Vec<f32> = words.map(|w| f32::from_le_bytes([w[0], w[1], w[2], w[3]])).collect();
    if floats.len() != (Quality::HEARD.len() + 1) * (NUMBERS + 1) || !bytes.len().is_multiple_of(4)
    {
        return None;
    }
    let qualities = Quality::HEARD.into_iter().map(Some).chain([None]);
    let rows = floats.chunks_exact(NUMBERS + 1).zip(qualities);
    rows.map(|(row, quality)| {
        let (bias, weights) = row.split_last()?;
        Some(Template { quality, weights: weights.try_into().ok()?, bias: *bias })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_whole_and_a_cut_file_is_refused() {
        assert!(read(WEIGHTS).is_some());
        assert!(read(&WEIGHTS[..WEIGHTS.len() - 4]).is_none());
        assert!(read(&WEIGHTS[..WEIGHTS.len() - 1]).is_none());
        assert!(read(&[]).is_none());
    }

    #[test]
    fn a_chord_is_the_same_on_every_root() {
        // Third and root in the middle, fifth below and above: a major triad, turned.
        for root in 0..12usize {
            let mut numbers = [0f32; NUMBERS];
            for (register, above) in [(0, 0), (0, 7), (1, 0), (1, 4), (2, 7), (2, 0)] {
                numbers[12 * register + (root + above) % 12] = 0.5;
            }
            numbers[36 + root] = 0.5;
            let said = weigh(&numbers).unwrap();
            let (best, _) = said.best().unwrap();
            assert_eq!(best, Chord::new(PitchClass(root as u8), Quality::Maj), "{root}");
            let chords: f32 = said.chords.iter().map(|(_, p)| p).sum();
            assert!((chords + said.note - 1.0).abs() < 1e-4);
        }
    }
}
