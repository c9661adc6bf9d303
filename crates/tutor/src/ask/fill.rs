//! What the slots of an answer hold: from the question, from the event, from what was measured.

use theory::{Chord, StringNumber, Tuning};

use super::answer::Asked;
use super::render::Told;
use super::{numbers, placement};
use crate::hebrew::{finger_name, note_name, string_ordinal};

/// Beats a minute that a lesson can have.
const BEATS: std::ops::RangeInclusive<u16> = 20..=400;

impl Asked<'_> {
    /// The value of a slot; none where neither the question nor the evidence has it.
    pub(super) fn slot(&self, name: &str) -> Option<Told> {
        let bpm = |n: u16| Told::words(numbers::spelled(n));
        match name {
            "chord" => self.chord().map(Told::chord),
            "placement" => self.chord().and_then(placement::fingers).map(Told::words),
            "first_string" => {
                self.chord().and_then(placement::first_string).map(string_ordinal).map(Told::words)
            }
            "notes" => self.chord().map(|chord| {
                let notes: Vec<_> = chord.pitch_classes().map(note_name).collect();
                Told::words(notes.join(", "))
            }),
            "topic" => self.topic(0).map(Told::words),
            "other" => self.topic(1).map(Told::words),
            "string" => self.slots.string.map(string_ordinal).map(Told::words),
            "string_note" => self.slots.string.map(|s| open_note(s, 0)).map(Told::words),
            "note_at" => {
                let fret = self.slots.fret.filter(|fret| *fret <= 24)?;
                self.slots.string.map(|s| open_note(s, fret)).map(Told::words)
            }
            "fret" => self.slots.fret.map(|n| Told::words(numbers::spelled(n.into()))),
            "finger" => self.finger().map(Told::words),
            "bpm_beats" => {
                let number = self.around.bpm.or(self.slots.number)?;
                let beats = format!("{} פעימות לדקה", numbers::spelled(number));
                BEATS.contains(&number).then(|| Told::words(beats))
            }
            "today" => self.around.changes.map(|c| bpm(c.today)),
            "before" => self.around.changes.and_then(|c| c.before).map(bpm),
            "known" => two_chords(&self.around.known),
            "capo" => self.around.capo.map(|n| Told::words(numbers::spelled(n.into()))),
            _ => None,
        }
    }

    /// The finger that belongs where the event or the question points.
    fn finger(&self) -> Option<&'static str> {
        let shape = theory::Shape::of(self.chord()?)?;
        let event = self.event;
        let pointed = event.and_then(|e| e.presses.first().map(|p| p.string));
        let heard = event.and_then(|e| e.strings.first().map(|s| s.string));
        let string = self.slots.string.or(pointed).or(heard)?;
        shape.finger(string).map(|finger| finger_name(Some(finger)))
    }
}

fn open_note(string: StringNumber, fret: u8) -> &'static str {
    note_name(Tuning::STANDARD.open(string).transposed(i32::from(fret)).class())
}

/// «סול ומי מינור»: the first two chords that the student can play.
pub(super) fn two_chords(chords: &[Chord]) -> Option<Told> {
    match chords {
        [] | [_] => None,
        [a, b, ..] => {
            let name = crate::hebrew::chord_name;
            let shown = |c: &Chord| crate::hebrew::isolate(&c.name());
            Some(Told::pair(
                format!("{} ו{}", shown(a), shown(b)),
                format!("{} ו{}", name(*a), name(*b)),
            ))
        }
    }
}
