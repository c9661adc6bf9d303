use std::path::Path;

use audio::{Heard, NoteEvent};
use host::{Recipe, Recording};
use pipeline::Sensed;
use serde::Serialize;
use theory::Tuning;
use tutor::Address;

use super::hear::{each_sensed, ear, seconds};
use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct NoteLine {
    at: f64,
    until: f64,
    midi: u8,
    cents: f32,
    confidence: f32,
}

pub(crate) fn run(file: &Path, output: &mut Output) -> Result<(), Failure> {
    let recipe = Recipe {
        asked: None,
        tuning: Tuning::STANDARD,
        address: Address::Neutral,
        witness: true,
        aloud: false,
    };
    let mut recording = Recording::open(file).map_err(|error| Failure::file(file, &error))?;
    let mut ear = ear(&recipe);
    each_sensed(&mut recording, &mut ear, &mut |sensed, _| match sensed {
        Sensed::Heard(Heard::Note(note)) => {
            output.line("note", &NoteLine::from(note), || text(note))
        }
        _ => Ok(()),
    })
    .map_err(|error| error.for_file(file))
}

impl From<&NoteEvent> for NoteLine {
    fn from(note: &NoteEvent) -> Self {
        Self {
            at: seconds(note.onset),
            until: seconds(note.offset),
            midi: note.pitch.midi(),
            cents: note.cents,
            confidence: note.confidence,
        }
    }
}

fn text(note: &NoteEvent) -> String {
    let (from, until) = (seconds(note.onset), seconds(note.offset));
    format!("{from:7.2}–{until:.2}  {}  {:+.0}", note.pitch, note.cents)
}
