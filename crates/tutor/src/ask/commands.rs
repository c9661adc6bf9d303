//! What the commands of a lesson are learnt from, and the model of them: `data/intents.txt`, lines of
//! people who saw the list of intents alone (`data/commands.tsv`), and the known questions.
//!
//! Decides nothing: [`mod@super::understand`] does.

use std::sync::LazyLock;

use super::faq::{self, Entry};
use super::intent::Intent;
use super::learn::{Sample, What, learn};
use super::model::{Model, hash};
use super::recognise::fingerprint;
use super::ways;

static COMMANDS: LazyLock<Vec<Entry>> =
    LazyLock::new(|| faq::read(include_str!("../../data/intents.txt")));
/// What [`learnt_commands`] gave.
pub(super) static FILE: &[u8] = include_bytes!("../../data/commands.bin");
pub(super) static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(FILE).unwrap_or_default());
/// How much a line of somebody who saw the list alone counts beside a command of our own.
const WAY: f32 = 2.0;
/// How much a known question counts beside a command, of which there are far fewer.
const QUESTION: f32 = 0.3;

/// What each class of the model is: the commands, and a free question.
pub(super) fn classes() -> impl Iterator<Item = Intent> {
    let command = |entry: &Entry| intent(entry.name).unwrap_or(Intent::Unknown);
    COMMANDS.iter().map(command).chain([Intent::Question])
}

/// What is learnt from, without the lines of one writer.
pub(super) fn samples(but: Option<&str>) -> Vec<Sample> {
    let class = |wanted: Intent| {
        let class = classes().position(|intent| intent == wanted);
        class.and_then(|class| u8::try_from(class).ok())
    };
    let sample = |text, wanted: Option<Intent>, weight| {
        Some(Sample { class: class(wanted?)?, weight, what: What::Text(text) })
    };
    let others = |file| ways::read(file).filter(move |way| ways::is_kept(way, but));
    let commands = COMMANDS.iter().flat_map(|entry| {
        entry.variants.iter().filter_map(|text| sample(*text, intent(entry.name), 1.0))
    });
    let questions = faq::all().iter().flat_map(|entry| {
        let (wanted, weight) = of_question(entry.name);
        entry.variants.iter().filter_map(move |text| sample(*text, wanted, weight))
    });
    let said = others(ways::COMMANDS).flat_map(|way| {
        let weight = WAY / way.meanings().count() as f32;
        way.meanings().filter_map(move |name| sample(way.text, intent(name), weight))
    });
    let asked = others(ways::QUESTIONS).filter_map(|way| {
        let (wanted, weight) = of_question(way.meanings().next()?);
        sample(way.text, wanted, weight)
    });
    commands.chain(questions).chain(said).chain(asked).collect()
}

/// What a known question is as a command, and how much a way to ask it counts.
fn of_question(name: &str) -> (Option<Intent>, f32) {
    match name {
        // Slower or faster: the commands say it themselves.
        "tempo" => (None, 0.0),
        "out_of_scope" => (Some(Intent::Unknown), 1.0),
        name => match same(name) {
            Some(command) => (Some(command), 1.0),
            None => (Some(Intent::Question), QUESTION),
        },
    }
}

/// The weights of the commands, learnt anew from our commands, what people say and the known questions: the
/// bytes of `commands.bin`. Takes seconds; no part of a lesson.
#[must_use]
pub fn learnt_commands() -> Vec<u8> {
    learn(&samples(None), classes().count(), commands_fingerprint()).write()
}

pub(super) fn commands_fingerprint() -> u32 {
    let ways = COMMANDS.iter().flat_map(|entry| entry.variants.iter().copied());
    hash(ways.chain([ways::COMMANDS]).collect::<Vec<_>>().join("\n").as_bytes()) ^ fingerprint()
}

/// The command that a known question is in other words.
pub(super) fn same(question: &str) -> Option<Intent> {
    match question {
        "what_now" => Some(Intent::WhatNow),
        "why" => Some(Intent::Why),
        "say_again" => Some(Intent::Again),
        "stop_lesson" => Some(Intent::Stop),
        "metronome_on" => Some(Intent::Metronome),
        _ => None,
    }
}

fn intent(name: &str) -> Option<Intent> {
    Intent::ALL.iter().copied().find(|intent| intent.key() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_those_of_the_commands() {
        let model = Model::read(FILE).expect("commands.bin is whole");
        assert_eq!(model.classes, classes().count());
        assert_eq!(
            model.learnt_from,
            commands_fingerprint(),
            "the ways to ask have changed: cargo run --release -p tutor --example learn-questions"
        );
    }
}
