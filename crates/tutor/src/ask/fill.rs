//! What the slots of an answer hold: from the question, from the event, from what was measured.

use theory::{Chord, PitchClass, StringNumber, Tuning};

use super::answer::Asked;
use super::render::Told;
use super::{evidence, note, numbers, placement};
use crate::NoteNames;
use crate::hebrew::{finger_name, string_label, string_ordinal};

/// Beats a minute that a lesson can have.
const BEATS: std::ops::RangeInclusive<u16> = 20..=400;

impl Asked<'_> {
    /// The value of a slot; none where neither the question nor the evidence has it.
    pub(super) fn slot(&self, name: &str) -> Option<Told> {
        let bpm = |n: u16| Told::words(numbers::spelled(n));
        let names = self.around.notes;
        let note_at = |string, fret| Told::notes(std::iter::once(open_note(string, fret)), names);
        match name {
            "chord" => self.chord().map(|chord| Told::called(chord, names)),
            "placement" => self.chord().and_then(placement::fingers).map(Told::words),
            "first_string" => {
                self.chord().and_then(placement::first_string).map(string_ordinal).map(Told::words)
            }
            "notes" => self.chord().map(|chord| Told::notes_of(chord, names)),
            "other_chord" => self.both().map(|[_, other]| Told::called(other, names)),
            "other_notes" => self.both().map(|[_, other]| Told::notes_of(other, names)),
            "kept" => self.hands()?.kept().map(Told::words),
            "moved" => self.hands()?.moved().map(Told::words),
            "lifted" => self.hands()?.lifted().map(Told::words),
            "placed" => self.hands()?.placed().map(Told::words),
            "change" => self.hands().map(|hands| Told::words(hands.told())),
            "every_finger" => self.hands()?.all_move().then(|| Told::words("כל האצבעות")),
            "topic" => self.topic(0).map(Told::words),
            "other" => self.topic(1).map(Told::words),
            "string" => self.slots.string.map(string_ordinal).map(Told::words),
            "string_label" => self.slots.string.map(string_label).map(Told::words),
            "note" => self.noted().map(|note| Told::notes(std::iter::once(note), names)),
            "faulty_string" => {
                let event = self.event?;
                let feedback = crate::diagnose_as(&crate::Manner::default(), event);
                evidence::choked(event, &feedback).map(string_ordinal).map(Told::words)
            }
            "fret_of_note" => {
                let string = self.slots.string?;
                self.noted().map(|note| Told::words(note::on_string(note, string)))
            }
            "places_of_note" => self.noted().map(|note| Told::words(note::near_the_head(note))),
            "string_note" => self.slots.string.map(|s| note_at(s, 0)),
            "note_at" => {
                let fret = self.slots.fret.filter(|fret| *fret <= 24)?;
                self.slots.string.map(|s| note_at(s, fret))
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
            "known" => two_chords(&self.around.known, names),
            "capo" => self.around.capo.map(|n| Told::words(numbers::spelled(n.into()))),
            // `{Em}`: a chord that an answer names.
            _ => name.parse().ok().map(|chord| Told::called(chord, names)),
        }
    }

    /// The note that is named, where it is one.
    fn noted(&self) -> Option<PitchClass> {
        match self.note? {
            note::Named::One(note) => Some(note),
            note::Named::CorB => None,
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

fn open_note(string: StringNumber, fret: u8) -> PitchClass {
    Tuning::STANDARD.open(string).transposed(i32::from(fret)).class()
}

/// «סול ומי מינור»: the first two chords that the student can play.
pub(super) fn two_chords(chords: &[Chord], names: NoteNames) -> Option<Told> {
    match chords {
        [] | [_] => None,
        [a, b, ..] => {
            let name = |chord| names.said_chord(chord);
            let shown = |c: &Chord| crate::hebrew::isolate(&c.name());
            Some(Told::pair(
                format!("{} ו{}", shown(a), shown(b)),
                format!("{} ו{}", name(*a), name(*b)),
            ))
        }
    }
}
