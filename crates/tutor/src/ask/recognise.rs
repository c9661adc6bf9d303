//! Whether a text is one of the known questions, and which.

use std::sync::LazyLock;

use super::faq::{self, Entry};
use super::features::combinations;
use super::learn::{Sample, What, learn};
use super::model::{Model, hash};
use super::{vocabulary, ways};

/// What [`learnt_questions`] gave.
static FILE: &[u8] = include_bytes!("../../data/faq/questions.bin");
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(FILE).unwrap_or_default());
/// The questions in the order of the model's classes.
static CLASSES: LazyLock<Vec<&'static Entry>> =
    LazyLock::new(|| faq::all().iter().filter(|entry| !entry.variants.is_empty()).collect());

/// The question that is none.
const FOREIGN: &str = "out_of_scope";
/// How much a choice of meanings counts beside a way to ask.
const KEY: f32 = 0.3;
/// From these odds of being about something else the teacher says that it does not know: by
/// cross-validation over the writers.
const MOST_FOREIGN: f32 = 0.4;
/// What is not more likely than everything else together is not answered: by cross-validation this
/// leaves out a quarter of the wrong answers and one in a hundred of the right ones.
const NEAR: f32 = 0.5;
/// Where the second has at least this share of the odds of the nearest and both together these, the
/// teacher asks which of the two is meant.
const AS_NEAR: f32 = 0.8;
const BOTH: f32 = 0.5;
/// How much a line of somebody who saw the list alone counts beside a way to ask: by
/// cross-validation over the writers.
const WAY: f32 = 3.0;

/// What a text is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recognised {
    /// The question; none where it is about something else or nothing known.
    pub(super) entry: Option<&'static Entry>,
    /// The second, where it may as well be meant.
    pub(super) or: Option<&'static Entry>,
    /// The odds of the question, 0–1.
    pub(super) confidence: f32,
}

/// Recognises a question.
pub(super) fn recognise(text: &str) -> Recognised {
    decided(&MODEL.odds(text))
}

fn decided(odds: &[f32]) -> Recognised {
    let mut foreign = 0.0;
    let mut nearest: [Option<(&'static Entry, f32)>; 2] = [None; 2];
    for (entry, odds) in CLASSES.iter().copied().zip(odds.iter().copied()) {
        if entry.name == FOREIGN {
            foreign = odds;
        } else if nearest[0].is_none_or(|(_, most)| odds > most) {
            nearest = [Some((entry, odds)), nearest[0]];
        } else if nearest[1].is_none_or(|(_, most)| odds > most) {
            nearest[1] = Some((entry, odds));
        }
    }
    let [Some((entry, first)), Some((other, second))] = nearest else {
        return Recognised { entry: None, or: None, confidence: 0.0 };
    };
    let either = first < NEAR && second >= AS_NEAR * first && first + second >= BOTH;
    let known = (first >= NEAR || either) && foreign < MOST_FOREIGN;
    Recognised {
        entry: known.then_some(entry),
        or: (known && either).then_some(other),
        confidence: first,
    }
}

/// One number for everything that the ways to ask, and the meanings of their words, are made of.
pub(super) fn fingerprint() -> u32 {
    let told = faq::all().iter().flat_map(|entry| {
        [entry.id]
            .into_iter()
            .chain(entry.variants.iter().copied())
            .chain(entry.keys.iter().copied())
    });
    let all: Vec<&str> = told.chain([vocabulary::TEXT, ways::QUESTIONS]).collect();
    hash(all.join("\n").as_bytes())
}

/// What is learnt from, without the lines of one writer.
fn samples(but: Option<&str>) -> Vec<Sample> {
    let mut samples = Vec::new();
    for (class, entry) in CLASSES.iter().enumerate() {
        let class = class as u8;
        let ways = entry.variants.iter();
        samples.extend(ways.map(|text| Sample { class, weight: 1.0, what: What::Text(text) }));
        let keys = entry.keys.iter().flat_map(|key| combinations(key));
        let key = |held| Sample { class, weight: KEY, what: What::Features(held) };
        samples.extend(keys.map(key));
    }
    for way in ways::read(ways::QUESTIONS).filter(|way| ways::is_kept(way, but)) {
        let weight = WAY / way.meanings().count() as f32;
        samples.extend(way.meanings().filter_map(class_of).map(|class| Sample {
            class,
            weight,
            what: What::Text(way.text),
        }));
    }
    samples
}

fn class_of(name: &str) -> Option<u8> {
    CLASSES.iter().position(|entry| entry.name == name).and_then(|class| u8::try_from(class).ok())
}

/// The weights of the questions, learnt anew from `data/faq`: the bytes of `questions.bin`.
/// Takes seconds; no part of a lesson.
#[must_use]
pub fn learnt_questions() -> Vec<u8> {
    learn(&samples(None), CLASSES.len(), fingerprint()).write()
}

/// A line, matched by a model that has seen none of its writer's.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The text.
    pub text: &'static str,
    /// The questions that are right; `out_of_scope` where it is about something else.
    pub expected: Vec<&'static str>,
    /// The question it is recognised as; `out_of_scope` where it is not known.
    pub recognised: &'static str,
    /// The odds of that question, 0–1.
    pub confidence: f32,
    /// Whether it is asked back, and which other question may be meant.
    pub or: Option<&'static str>,
}

impl Trial {
    /// Whether only «I do not know» is right.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.expected == [FOREIGN]
    }

    /// Whether it is recognised and not asked back.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.or.is_none() && self.expected.contains(&self.recognised)
    }
}

/// The lines of each writer, matched by a model that learnt from the known ways to ask and from the
/// other writers. Takes a minute.
#[must_use]
pub fn cross_validated() -> Vec<Trial> {
    ways::writers(ways::QUESTIONS).into_iter().flat_map(trials).collect()
}

/// The recognition by a model that has seen none of a writer's lines.
pub(super) fn without(writer: &str) -> impl Fn(&str) -> Recognised + use<> {
    let model = learn(&samples(Some(writer)), CLASSES.len(), 0);
    move |text| decided(&model.odds(text))
}

fn trials(writer: &'static str) -> Vec<Trial> {
    let model = learn(&samples(Some(writer)), CLASSES.len(), 0);
    let of_writer = ways::read(ways::QUESTIONS).filter(|way| way.writer == writer);
    let trial = |way: ways::Way| {
        let found = decided(&model.odds(way.text));
        Trial {
            text: way.text,
            expected: way.meanings().collect(),
            recognised: found.entry.map_or(FOREIGN, |entry| entry.name),
            confidence: found.confidence,
            or: found.or.map(|entry| entry.name),
        }
    };
    of_writer.map(trial).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_those_of_the_ways_to_ask() {
        let model = Model::read(FILE).expect("questions.bin is whole");
        assert_eq!(model.classes, CLASSES.len());
        assert_eq!(
            model.learnt_from,
            fingerprint(),
            "the ways to ask have changed: cargo run --release -p tutor --example learn-questions"
        );
    }

    #[test]
    fn a_file_of_something_else_is_no_model() {
        assert_eq!(Model::read(b""), None);
        assert_eq!(Model::read(&FILE[..FILE.len() - 1]), None);
        assert_eq!(Model::read(&[FILE, b"x"].concat()), None);
        assert!(Model::default().odds("מה זה אקורד").is_empty());
    }

    #[test]
    fn a_writer_is_recognised_by_a_model_of_the_others() {
        let trials = trials("a");
        let (foreign, known): (Vec<_>, Vec<_>) = trials.iter().partition(|t| t.is_foreign());
        let count = |of: &[&Trial], is: fn(&Trial) -> bool| of.iter().filter(|t| is(t)).count();
        let right = count(&known, Trial::is_right);
        let refused = count(&known, |t| t.recognised == FOREIGN);
        let wrong = count(&foreign, |t| t.recognised != FOREIGN && t.or.is_none());
        println!(
            "{right} of {} right, {refused} not known; {wrong} of {} others answered",
            known.len(),
            foreign.len()
        );
        assert!(right * 100 >= known.len() * 78, "{right} of {}", known.len());
        assert!(refused * 100 <= known.len() * 10, "{refused} of {}", known.len());
        assert!(wrong * 100 <= foreign.len() * 16, "{wrong} of {}", foreign.len());
    }
}
