//! Learns a [`Model`] from the ways to ask: multinomial regression by stochastic descent, half of a
//! text's features hidden each time it is shown, and a copy of each text with a slip of the keyboard.
//!
//! Deterministic: the same ways give the same weights. No part of a lesson; run by the recipe
//! (`cargo run --release -p tutor --example learn-questions`) and by the cross-validation.

use std::collections::{BTreeMap, HashMap};

use super::features::{Feature, features, is_own_word};
use super::model::{Known, Model, STEP, hash, softmax, strange_feature};

/// Times that every text is shown.
const ROUNDS: usize = 40;
/// The weights are the mean of those after so many last rounds.
const LAST: usize = 20;
/// The first step, and what each round's is of the one before.
const STEP_SIZE: f32 = 0.4;
const SHRINK: f32 = 0.96;
/// Share of the features that are hidden.
const HIDDEN: f32 = 0.7;
/// A letter run or a pair that one text alone holds says nothing.
const LEAST: usize = 2;
/// Copies with a slip, and what each counts.
const SLIPS: usize = 2;
const SLIP: f32 = 0.5;
/// Weights below this share of the largest are left out.
const FAINT: f32 = 0.05;

/// One thing to learn from.
pub(super) struct Sample {
    pub(super) class: u8,
    /// How much it counts.
    pub(super) weight: f32,
    pub(super) what: What,
}

/// A text, or its features.
pub(super) enum What {
    Text(&'static str),
    Features(Vec<Feature>),
}

impl What {
    fn features(&self) -> Vec<Feature> {
        match self {
            Self::Text(text) => features(text),
            Self::Features(held) => held.clone(),
        }
    }
}

/// Xorshift, so that every run is the same.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 11
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// 0–1.
    fn share(&mut self) -> f32 {
        (self.next() % (1 << 24)) as f32 / (1 << 24) as f32
    }
}

/// A text as the descent sees it.
struct Shown {
    class: usize,
    weight: f32,
    vector: Vec<(usize, f32)>,
}

/// Learns; `classes`: how many there are, at most 255.
pub(super) fn learn(samples: &[Sample], classes: usize, learnt_from: u32) -> Model {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let held: Vec<Vec<Feature>> = samples.iter().map(|sample| sample.what.features()).collect();
    let table = Table::new(samples, &held, classes);
    let mut shown: Vec<Shown> = Vec::new();
    for (sample, held) in samples.iter().zip(&held) {
        let show = |weight, vector| Shown { class: sample.class.into(), weight, vector };
        shown.push(show(sample.weight, table.vector(held, 1)));
        if let What::Text(text) = sample.what {
            for _ in 0..SLIPS {
                let slipped = slip(text, &mut chance);
                shown.push(show(SLIP * sample.weight, table.vector(&features(&slipped), 1)));
            }
        }
    }
    let weights = descend(&shown, table.rarity.len(), classes, &mut chance);
    table.model(&weights, classes, learnt_from)
}

/// Features in numbers.
struct Table {
    number: HashMap<u32, usize>,
    rarity: Vec<f32>,
    strange: f32,
    /// In how many texts.
    texts: Vec<usize>,
}

impl Table {
    fn new(samples: &[Sample], held: &[Vec<Feature>], classes: usize) -> Self {
        let mut seen: BTreeMap<u32, (usize, Vec<bool>, bool)> = BTreeMap::new();
        for (sample, held) in samples.iter().zip(held) {
            let mut keys: Vec<(u32, bool)> = held
                .iter()
                .map(|(name, _)| (hash(name.as_bytes()), name.starts_with(['l', 'p'])))
                .collect();
            keys.push((hash(b"u:"), false));
            keys.sort_unstable();
            keys.dedup();
            for (key, common) in keys {
                let entry = seen.entry(key).or_insert_with(|| (0, vec![false; classes], common));
                entry.0 += 1;
                entry.1[usize::from(sample.class)] = true;
            }
        }
        seen.retain(|_, (texts, _, common)| !*common || *texts >= LEAST);
        let holders = |in_classes: &[bool]| in_classes.iter().filter(|held| **held).count();
        Self {
            number: seen.keys().enumerate().map(|(number, key)| (*key, number)).collect(),
            rarity: seen
                .values()
                .map(|(_, held, _)| rarity(classes as f32 / holders(held).max(1) as f32))
                .collect(),
            strange: rarity(classes as f32),
            texts: seen.values().map(|(texts, ..)| *texts).collect(),
        }
    }

    /// The unit vector of a text; a word that at most `own` texts hold (itself) counts as strange.
    fn vector(&self, held: &[Feature], own: usize) -> Vec<(usize, f32)> {
        let number = |name: &str| self.number.get(&hash(name.as_bytes())).copied();
        let rare = |name: &str| number(name).is_none_or(|n| self.texts[n] <= own);
        let strange = held.iter().filter(|f| is_own_word(f) && rare(&f.0)).count();
        let mut sum: BTreeMap<usize, f32> = BTreeMap::new();
        let mut unknown = 0.0;
        for (name, weight) in held.iter().cloned().chain(strange_feature(strange)) {
            match number(&name) {
                Some(n) => *sum.entry(n).or_default() += weight * self.rarity[n],
                None => unknown += (weight * self.strange).powi(2),
            }
        }
        let length = (sum.values().map(|w| w * w).sum::<f32>() + unknown).sqrt().max(1e-6);
        sum.into_iter().map(|(n, weight)| (n, weight / length)).collect()
    }

    fn model(&self, weights: &[f32], classes: usize, learnt_from: u32) -> Model {
        let most = weights.iter().fold(0.0f32, |most, w| most.max(w.abs()));
        let told = |n: usize| -> Vec<(u8, f32)> {
            let row = weights[n * classes..(n + 1) * classes].iter().enumerate();
            let kept = row.filter(|(_, w)| w.abs() >= (FAINT * most).max(STEP / 2.0));
            kept.map(|(class, weight)| (class as u8, *weight)).collect()
        };
        let known =
            |(key, n): (&u32, &usize)| (*key, Known { rarity: self.rarity[*n], weights: told(*n) });
        let features = self.number.iter().map(known).collect();
        let model = Model { learnt_from, classes, strange: self.strange, features };
        // As a file tells it, so that what is measured is what is shipped.
        Model::read(&model.write()).unwrap_or_default()
    }
}

/// What a feature weighs that one in `of` questions holds. Flatter than the logarithm: measured on
/// the known ways to ask.
fn rarity(of: f32) -> f32 {
    (1.0 + of).ln().powf(0.6)
}

fn descend(shown: &[Shown], features: usize, classes: usize, chance: &mut Chance) -> Vec<f32> {
    let mut weights = vec![0.0f32; features * classes];
    let mut order: Vec<usize> = (0..shown.len()).collect();
    let mut mean = vec![0.0f32; weights.len()];
    let mut step = STEP_SIZE;
    let mut scores = vec![0.0f32; classes];
    for round in 0..ROUNDS {
        for at in (1..order.len()).rev() {
            order.swap(at, chance.below(at + 1));
        }
        for text in order.iter().map(|at| &shown[*at]) {
            let kept: Vec<(usize, f32)> = text
                .vector
                .iter()
                .filter(|_| chance.share() >= HIDDEN)
                .map(|(n, weight)| (n * classes, weight / (1.0 - HIDDEN)))
                .collect();
            scores.fill(0.0);
            for (row, weight) in &kept {
                let row = &weights[*row..row + classes];
                scores.iter_mut().zip(row).for_each(|(score, learnt)| *score += weight * learnt);
            }
            softmax(&mut scores);
            scores[text.class] -= 1.0;
            for (row, weight) in &kept {
                let by = step * text.weight * weight;
                let row = &mut weights[*row..row + classes];
                row.iter_mut().zip(&scores).for_each(|(learnt, error)| *learnt -= by * error);
            }
        }
        step *= SHRINK;
        if round >= ROUNDS - LAST {
            mean.iter_mut().zip(&weights).for_each(|(mean, w)| *mean += w / LAST as f32);
        }
    }
    mean
}

/// Letters that sound or look alike.
const ALIKE: [(char, char); 12] = [
    ('א', 'ע'),
    ('א', 'ה'),
    ('ת', 'ט'),
    ('כ', 'ק'),
    ('ח', 'כ'),
    ('ו', 'ב'),
    ('ס', 'ש'),
    ('ר', 'ד'),
    ('ה', 'ח'),
    ('ג', 'ד'),
    ('צ', 'ס'),
    ('י', 'ו'),
];

/// A text with one slip: a letter lost, doubled, swapped with the next, taken for its like, or the
/// space before a word lost.
fn slip(text: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let inside: Vec<usize> = (1..letters.len().saturating_sub(1))
        .filter(|at| letters[*at].is_alphabetic() && letters[at - 1].is_alphabetic())
        .collect();
    if inside.is_empty() {
        return text.to_owned();
    }
    let at = inside[chance.below(inside.len())];
    match chance.below(6) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at - 1),
        3 => {
            if let Some(space) = letters.iter().skip(at).position(|c| *c == ' ') {
                letters.remove(at + space);
            }
        }
        _ => {
            let like = |(a, b): &(char, char)| match letters[at] {
                c if c == *a => Some(*b),
                c if c == *b => Some(*a),
                _ => None,
            };
            let likes: Vec<char> = ALIKE.iter().filter_map(like).collect();
            if !likes.is_empty() {
                letters[at] = likes[chance.below(likes.len())];
            }
        }
    }
    letters.into_iter().collect()
}
