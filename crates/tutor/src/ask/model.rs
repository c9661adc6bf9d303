//! A linear model over the features of a text: the odds of each class. Its weights are learnt from
//! the ways to ask (`learn`) and read from a small file.
//!
//! Knows no Hebrew and decides nothing: what odds are enough is the caller's.

use std::collections::HashMap;

use super::features::{Feature, features, is_own_word};

/// Weights are kept in steps of this.
pub(super) const STEP: f32 = 1.0 / 48.0;
/// Rarities are kept in steps of this.
pub(super) const RARITY_STEP: f32 = 1.0 / 64.0;
/// Steepness of the odds.
pub(super) const STEEP: f32 = 10.0;
/// What each word that nobody knows weighs, up to [`MOST_STRANGE`] of them.
pub(super) const STRANGE: f32 = 0.3;
pub(super) const MOST_STRANGE: usize = 3;
const MAGIC: [u8; 4] = *b"PQW1";

/// What a model knows of one feature.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Known {
    pub(super) rarity: f32,
    /// Class and weight.
    pub(super) weights: Vec<(u8, f32)>,
}

/// A learnt model.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Model {
    /// What it was learnt from, as one number.
    pub(super) learnt_from: u32,
    pub(super) classes: usize,
    /// Rarity of a feature that it does not know.
    pub(super) strange: f32,
    pub(super) features: HashMap<u32, Known>,
}

/// FNV-1a over some bytes.
pub(super) fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

impl Model {
    /// The odds of each class, their sum being 1.
    pub(super) fn odds(&self, text: &str) -> Vec<f32> {
        let held = features(text);
        let strange = held.iter().filter(|f| is_own_word(f) && !self.knows(&f.0)).count();
        self.odds_of(&held, strange)
    }

    fn knows(&self, name: &str) -> bool {
        self.features.contains_key(&hash(name.as_bytes()))
    }

    fn odds_of(&self, held: &[Feature], strange: usize) -> Vec<f32> {
        let mut sum: HashMap<u32, f32> = HashMap::new();
        let mut unknown = 0.0;
        for (name, weight) in held.iter().cloned().chain(strange_feature(strange)) {
            let key = hash(name.as_bytes());
            match self.features.get(&key) {
                Some(known) => *sum.entry(key).or_default() += weight * known.rarity,
                None => unknown += (weight * self.strange).powi(2),
            }
        }
        // In one order, so that rounding does not depend on the table's.
        let mut found: Vec<(u32, f32)> = sum.into_iter().collect();
        found.sort_by_key(|(key, _)| *key);
        let length = (found.iter().map(|(_, w)| w * w).sum::<f32>() + unknown).sqrt().max(1e-6);
        let mut scores = vec![0.0f32; self.classes];
        for (key, weight) in found {
            for (class, learnt) in self.features.get(&key).map_or(&[][..], |known| &known.weights) {
                if let Some(score) = scores.get_mut(usize::from(*class)) {
                    *score += weight / length * learnt;
                }
            }
        }
        softmax(&mut scores);
        scores
    }

    /// Reads what [`Self::write`] wrote; none where the bytes are something else or cut short.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(&MAGIC)?;
        let learnt_from = u32::from_le_bytes(take(&mut rest)?);
        let [classes] = take(&mut rest)?;
        let [strange] = take(&mut rest)?;
        let count = u32::from_le_bytes(take(&mut rest)?);
        let mut features = HashMap::new();
        for _ in 0..count {
            let key = u32::from_le_bytes(take(&mut rest)?);
            let [rarity, count] = take(&mut rest)?;
            let weights = (0..count).map(|_| {
                let [class, weight] = take(&mut rest)?;
                Some((class, f32::from(i8::from_le_bytes([weight])) * STEP))
            });
            let weights = weights.collect::<Option<Vec<_>>>()?;
            features.insert(key, Known { rarity: f32::from(rarity) * RARITY_STEP, weights });
        }
        let strange = f32::from(strange) * RARITY_STEP;
        rest.is_empty().then_some(Self { learnt_from, classes: classes.into(), strange, features })
    }

    /// The bytes of a file: after the magic the number of what it was learnt from, the classes, the
    /// rarity of what is not known, the features; each feature its hash, rarity, and class and
    /// weight of each class that it tells something of.
    pub(super) fn write(&self) -> Vec<u8> {
        let small = |value: f32, step: f32| (value / step).round().clamp(0.0, 255.0) as u8;
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.learnt_from.to_le_bytes());
        bytes.push(self.classes.min(255) as u8);
        bytes.push(small(self.strange, RARITY_STEP));
        bytes.extend((self.features.len() as u32).to_le_bytes());
        let mut keys: Vec<(&u32, &Known)> = self.features.iter().collect();
        keys.sort_by_key(|(key, _)| **key);
        for (key, known) in keys {
            bytes.extend(key.to_le_bytes());
            bytes.extend([small(known.rarity, RARITY_STEP), known.weights.len().min(255) as u8]);
            for (class, weight) in known.weights.iter().take(255) {
                let weight = (weight / STEP).round().clamp(-127.0, 127.0) as i8;
                bytes.extend([*class, weight.to_le_bytes()[0]]);
            }
        }
        bytes
    }
}

/// The feature of words that nobody knows.
pub(super) fn strange_feature(words: usize) -> Option<Feature> {
    (words > 0).then(|| ("u:".to_owned(), STRANGE * words.min(MOST_STRANGE) as f32))
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

/// Scores to odds.
pub(super) fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (STEEP * (*score - most)).exp();
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}
