use std::path::Path;

use audio::{NoteEvent, PlayedNote, Roll, Take};
use serde::Serialize;

use super::hear::seconds;
use super::sensing::without_witness;
use crate::failure::Failure;
use crate::output::Output;

/// One note; its place where several sound at once.
#[derive(Serialize)]
pub(crate) struct NoteLine {
    at: f64,
    until: f64,
    midi: u8,
    cents: f32,
    confidence: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    string: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fret: Option<u8>,
}

pub(crate) fn run(file: &Path, witness: bool, output: &mut Output) -> Result<(), Failure> {
    let take = host::take(file).map_err(|error| Failure::file(file, &error))?;
    let roll = roll(&take, witness);
    let notes = audio::notes(&take, roll.as_ref());
    if notes.is_empty() {
        return output.text("לא נשמע אף צליל.");
    }
    notes.iter().try_for_each(|note| output.line("note", &NoteLine::from(note), || text(note)))
}

/// What the witness says of a take, if it is wanted and there; hearing goes on without it.
pub(crate) fn roll(take: &Take, wanted: bool) -> Option<Roll> {
    wanted.then(|| host::roll(take).inspect_err(without_witness).ok()).flatten()
}

impl From<&PlayedNote> for NoteLine {
    fn from(note: &PlayedNote) -> Self {
        Self {
            at: seconds(note.at),
            until: seconds(note.until),
            midi: note.pitch.midi(),
            cents: tenths(note.cents),
            confidence: note.confidence,
            string: note.place.map(|(string, _)| string.number()),
            fret: note.place.map(|(_, fret)| fret),
        }
    }
}

impl From<&NoteEvent> for NoteLine {
    fn from(note: &NoteEvent) -> Self {
        Self {
            at: seconds(note.onset),
            until: seconds(note.offset),
            midi: note.pitch.midi(),
            cents: tenths(note.cents),
            confidence: note.confidence,
            string: None,
            fret: None,
        }
    }
}

/// Zero has no sign.
fn tenths(cents: f32) -> f32 {
    (cents * 10.0).round() / 10.0 + 0.0
}

fn text(note: &PlayedNote) -> String {
    let (from, until) = (seconds(note.at), seconds(note.until));
    format!("{from:7.2}–{until:.2}  {}  {:+.0}", note.pitch, note.cents.round() + 0.0)
}
