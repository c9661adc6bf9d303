//! Which known question a text is nearest to: weighted words, meanings and letter triples, compared
//! by the cosine with every known way to ask, and with each question as a whole.
//!
//! Decides nothing: the threshold below which the teacher says «I do not know» is the caller's.

use std::collections::HashMap;

use theory::{Chord, Quality};

use super::chords::{Mention, Reading, mentions};
use super::faq::Entry;
use super::text::{fold, words};
use super::vocabulary::{concept, misspelt, phrase, stem};

/// What one way to ask holds: feature and weight, the length of the vector being 1.
type Vector = Vec<(u32, f32)>;

/// A meaning weighs most; letters only tip the balance and forgive.
const CONCEPT: f32 = 1.0;
const STEM: f32 = 1.0;
const KNOWN_STEM: f32 = 0.6;
const PAIR: f32 = 0.6;
const LETTERS: f32 = 0.22;
const KNOWN_LETTERS: f32 = 0.15;
/// How much the nearest way to ask counts against the question as a whole.
const NEAREST: f32 = 0.65;

/// Words that carry no question.
const FILLERS: [&str; 24] = [
    "אה",
    "אהה",
    "אממ",
    "רגע",
    "תגיד",
    "תגידי",
    "נו",
    "כאילו",
    "בעצמ",
    "סליחה",
    "בבקשה",
    "היי",
    "שלומ",
    "אוקיי",
    "אוקי",
    "תשמע",
    "תשמעי",
    "פשוט",
    "ממש",
    "יעני",
    "אז",
    "כזה",
    "פריטה",
    "הלו",
];

/// Known questions, ready to be compared with.
pub(super) struct Matcher {
    features: HashMap<String, u32>,
    rarity: Vec<f32>,
    /// For each feature the ways to ask that hold it.
    postings: Vec<Vec<(u32, f32)>>,
    /// For each way to ask: its question.
    question: Vec<usize>,
    /// Length of the sum of a question's vectors.
    breadth: Vec<f32>,
}

/// How near a question is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Near {
    pub(super) question: usize,
    /// 0–1.
    pub(super) score: f32,
}

impl Matcher {
    /// Learns the ways to ask each question, and the meanings that are enough to be about it.
    pub(super) fn new(questions: &[Entry]) -> Self {
        let mut known = Self {
            features: HashMap::new(),
            rarity: Vec::new(),
            postings: Vec::new(),
            question: Vec::new(),
            breadth: Vec::new(),
        };
        let ways = |entry: &Entry| -> Vec<Vec<(String, f32)>> {
            let keys = entry.keys.iter().flat_map(|key| combinations(key));
            entry.variants.iter().map(|way| features(way)).chain(keys).collect()
        };
        let raw: Vec<Vec<Vec<(String, f32)>>> = questions.iter().map(ways).collect();
        known.weigh(&raw);
        for (question, ways) in raw.iter().enumerate() {
            known.breadth.push(0.0);
            let mut sum: HashMap<u32, f32> = HashMap::new();
            for way in ways {
                let vector = known.vector(way);
                let number = u32::try_from(known.question.len()).unwrap_or(u32::MAX);
                known.question.push(question);
                for (feature, weight) in vector {
                    known.postings[feature as usize].push((number, weight));
                    *sum.entry(feature).or_default() += weight;
                }
            }
            known.breadth[question] = sum.values().map(|w| w * w).sum::<f32>().sqrt();
        }
        known
    }

    /// A feature in few questions says much.
    fn weigh(&mut self, raw: &[Vec<Vec<(String, f32)>>]) {
        let mut holders: Vec<(usize, usize)> = Vec::new();
        for (question, ways) in raw.iter().enumerate() {
            for (name, _) in ways.iter().flatten() {
                let next = u32::try_from(holders.len()).unwrap_or(u32::MAX);
                let feature = *self.features.entry(name.clone()).or_insert(next) as usize;
                match holders.get_mut(feature) {
                    None => holders.push((question, 1)),
                    Some((last, count)) if *last != question => {
                        (*last, *count) = (question, *count + 1)
                    }
                    Some(_) => {}
                }
            }
        }
        let all = raw.len() as f32;
        self.rarity = holders.iter().map(|(_, n)| rarity(all / *n as f32)).collect();
        self.postings = vec![Vec::new(); holders.len()];
    }

    /// Unit vector of what is known of a text; what is not known lengthens it all the same, so that
    /// a question about something else stays far.
    fn vector(&self, raw: &[(String, f32)]) -> Vector {
        let strange = rarity(self.breadth.len().max(1) as f32);
        let mut sum: HashMap<u32, f32> = HashMap::new();
        let mut unknown = 0.0;
        for (name, weight) in raw {
            match self.features.get(name) {
                Some(feature) => {
                    *sum.entry(*feature).or_default() += weight * self.rarity[*feature as usize];
                }
                None => unknown += (weight * strange).powi(2),
            }
        }
        let length = (sum.values().map(|w| w * w).sum::<f32>() + unknown).sqrt().max(1e-6);
        let mut vector: Vector = sum.into_iter().map(|(f, w)| (f, w / length)).collect();
        vector.sort_by_key(|(feature, _)| *feature);
        vector
    }

    /// How many words of a text nobody knows: no meaning, and a stem that no other way to ask has.
    pub(super) fn strange(&self, text: &str, but: Option<usize>) -> usize {
        let raw = features(text);
        let stems =
            raw.iter().filter(|(name, weight)| name.starts_with("s:") && *weight > KNOWN_STEM);
        let elsewhere = |name: &String| {
            self.features.get(name).is_some_and(|feature| {
                let ways = &self.postings[*feature as usize];
                ways.iter().any(|(way, _)| Some(*way as usize) != but)
            })
        };
        stems.filter(|(name, _)| !elsewhere(name)).count()
    }

    /// The number of a question's way to ask, for [`Self::nearest`] without it.
    pub(super) fn way(&self, question: usize, variant: usize) -> usize {
        self.question.iter().position(|q| *q == question).unwrap_or(0) + variant
    }

    /// The questions nearest to `text`, nearest first. `but`: a way to ask that is left out, so that
    /// known questions can be measured against the rest.
    pub(super) fn nearest(&self, text: &str, but: Option<usize>) -> Vec<Near> {
        let mut likeness = vec![0.0f32; self.question.len()];
        for (feature, weight) in self.vector(&features(text)) {
            for (way, other) in &self.postings[feature as usize] {
                likeness[*way as usize] += weight * other;
            }
        }
        let mut nearest = vec![0.0f32; self.breadth.len()];
        let mut sum = vec![0.0f32; self.breadth.len()];
        for (way, like) in likeness.iter().enumerate().filter(|(way, _)| Some(*way) != but) {
            let question = self.question[way];
            nearest[question] = nearest[question].max(*like);
            sum[question] += like;
        }
        let score = |q: usize| {
            NEAREST * nearest[q] + (1.0 - NEAREST) * (sum[q] / self.breadth[q].max(1e-6))
        };
        let mut all: Vec<Near> = (0..self.breadth.len())
            .map(|question| Near { question, score: score(question) })
            .collect();
        all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.question.cmp(&b.question)));
        all
    }
}

/// What a feature weighs that one in `of` questions holds. Flatter than the logarithm: measured on
/// the known ways to ask, each left out in turn.
fn rarity(of: f32) -> f32 {
    (1.0 + of).ln().powf(0.6)
}

/// Every choice of one meaning from each group.
fn combinations(key: &str) -> Vec<Vec<(String, f32)>> {
    let mut all: Vec<Vec<(String, f32)>> = vec![Vec::new()];
    for group in key.split(' ') {
        let longer = |way: &Vec<(String, f32)>| -> Vec<Vec<(String, f32)>> {
            let with = |name| {
                let mut way = way.clone();
                way.push((format!("c:{name}"), CONCEPT));
                way
            };
            group.split('|').map(with).collect()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// Which of `names` a text means, and how many words it has.
pub(super) fn means(text: &str, names: &[&str]) -> (usize, usize) {
    let raw = features(text);
    let held =
        |name: &str| raw.iter().filter(|(held, _)| held.strip_prefix("c:") == Some(name)).count();
    (names.iter().map(|name| held(name)).sum(), words(text).len())
}

/// What a text holds, each feature with its weight before rarity.
fn features(text: &str) -> Vec<(String, f32)> {
    let words = words(text);
    let chords = mentions(&words);
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let mut found = Vec::new();
    let mut units: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(chord) = chords.iter().find(|m| m.at == at) {
            units.push("<chord>".to_owned());
            found.push(("c:<chord>".to_owned(), CONCEPT));
            found.extend(quality(chord).map(|name| (format!("c:{name}"), CONCEPT)));
            if words[at].starts_with(|c: char| c.is_ascii_alphabetic()) {
                found.push(("c:<latin>".to_owned(), CONCEPT));
            }
            at += chord.len;
            continue;
        }
        if let Some((name, length)) = phrase(&folded[at..]) {
            units.push(name.to_owned());
            found.push((format!("c:{name}"), CONCEPT));
            at += length;
            continue;
        }
        let word = folded[at].clone();
        at += 1;
        if FILLERS.contains(&word.as_str()) {
            continue;
        }
        units.push(unit(&word, &mut found));
    }
    if chords.len() > 1 {
        found.push(("c:<chords>".to_owned(), CONCEPT));
    }
    found.extend(units.windows(2).map(|pair| (format!("p:{}_{}", pair[0], pair[1]), PAIR)));
    found
}

/// What a chord's name says of its kind: «מינור» is also a meaning of its own.
fn quality(chord: &Mention) -> Option<&'static str> {
    let Reading::One(Chord { quality, .. }) = chord.reading else { return None };
    match quality {
        Quality::Min => Some("minor"),
        Quality::Maj if chord.len > 1 => Some("major"),
        Quality::Dom7 | Quality::Maj7 | Quality::Min7 => Some("seventh"),
        Quality::Sus2 | Quality::Sus4 => Some("sus"),
        Quality::Power => Some("power"),
        _ => None,
    }
}

/// Adds the features of one folded word; returns what stands for it in pairs.
fn unit(word: &str, found: &mut Vec<(String, f32)>) -> String {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        found.push(("c:<number>".to_owned(), CONCEPT * 0.5));
        return "<number>".to_owned();
    }
    let letters: Vec<char> = format!("^{word}$").chars().collect();
    let mut triples = |weight| {
        let triples = letters.windows(3).map(|three| three.iter().collect::<String>());
        found.extend(triples.map(|three| (format!("l:{three}"), weight)));
    };
    if let Some(name) = concept(word).or_else(|| misspelt(word)) {
        triples(KNOWN_LETTERS);
        found.push((format!("c:{name}"), CONCEPT));
        found.push((format!("s:{}", stem(word)), KNOWN_STEM));
        return name.to_owned();
    }
    triples(LETTERS);
    let stem = stem(word);
    found.push((format!("s:{stem}"), STEM));
    stem.to_owned()
}
