//! A string in doubt, asked to be played alone: a single sound settles it.

use std::time::Duration;

use theory::{Pitch, StringNumber, Tuning};

use crate::conclude::{relieve, verdict};
use crate::trust::Claim;
use crate::{NoteEvent, StringState, Strum};

/// A note this near (semitones) to what was asked may be a finger in the wrong place.
pub(crate) const SAME_STRING: i32 = 3;
/// Cents off the rest of the guitar at which the string is out of tune.
pub(crate) const OFF: f32 = 25.0;
/// A thump sooner after the verdict answers nothing: nobody plays what is asked before it is asked.
const REACTION: Duration = Duration::from_millis(800);
/// Confidence of a string that was heard alone.
pub(crate) const ALONE: f32 = 0.95;

/// What the last strum left open.
#[derive(Debug)]
pub(crate) struct Question {
    strum: Strum,
    string: StringNumber,
    pitch: Pitch,
    open: Pitch,
    claims: Vec<Claim>,
}

impl Question {
    pub(crate) fn new(
        strum: Strum,
        string: StringNumber,
        claims: Vec<Claim>,
        tuning: &Tuning,
    ) -> Option<Self> {
        let pitch = strum.voicing?.pitch(string, tuning)?;
        Some(Self { strum, string, pitch, open: tuning.open(string), claims })
    }

    /// The string that was asked, and the pitch it should have.
    pub(crate) fn asked(&self) -> (StringNumber, Pitch) {
        (self.string, self.pitch)
    }

    /// What the strum's verdict said.
    pub(crate) fn claims(&self) -> Vec<Claim> {
        self.claims.clone()
    }

    /// A single note; whether it answers.
    pub(crate) fn note(&mut self, note: &NoteEvent) -> bool {
        let away = i32::from(note.pitch.midi()) - i32::from(self.pitch.midi());
        if away == 0 && (note.cents - self.guitar_cents()).abs() <= OFF {
            self.set(StringState::Rings, Some(note.cents))
        } else if away.abs() <= SAME_STRING || note.pitch == self.open {
            self.set(StringState::WrongPitch { pitch: note.pitch }, Some(note.cents))
        } else {
            false
        }
    }

    /// How far the whole guitar is off, as far as the strum told it.
    fn guitar_cents(&self) -> f32 {
        let mut cents: Vec<f32> = self.strum.strings.iter().filter_map(|s| s.cents).collect();
        cents.sort_by(f32::total_cmp);
        cents.get(cents.len() / 2).copied().unwrap_or(0.0)
    }

    /// Whether what began at `at` came too soon to be an answer.
    pub(crate) fn is_too_new(&self, at: Duration) -> bool {
        at < self.strum.verdict_at + REACTION
    }

    /// A struck string without a tone.
    pub(crate) fn thump(&mut self) -> bool {
        self.set(StringState::Dead, None)
    }

    fn set(&mut self, state: StringState, cents: Option<f32>) -> bool {
        let slot = &mut self.strum.strings[self.string.index()];
        slot.state = state;
        slot.cents = cents;
        slot.confidence = ALONE;
        if state == StringState::Rings {
            relieve(&mut self.strum.strings, &self.claims);
        }
        true
    }

    /// The strum with what is known now.
    pub(crate) fn settled(&mut self, at: Duration) -> Strum {
        self.strum.verdict = Some(verdict(&self.strum.strings));
        self.strum.verdict_at = at;
        self.strum.clone()
    }
}
