//! What a lesson step is about, and how the student wants to be addressed.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use theory::{Chord, Shape, Tuning, Voicing, holds_in, usual_voicings_in};

use crate::Style;

/// How the student is spoken to. Asked once; never guessed from a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// «תעגל»
    Masculine,
    /// «תעגלי»
    Feminine,
    /// «כדאי לעגל»
    #[default]
    Neutral,
}

/// What notes are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteNames {
    /// דו רה מי
    #[default]
    Solfege,
    /// C D E
    Letters,
}

/// How much a student brings along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Never held a guitar.
    #[default]
    Beginner,
    /// Knows some chords.
    Familiar,
    /// Plays songs.
    Advanced,
}

/// The student's guitar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guitar {
    /// Nylon strings.
    Classical,
    /// Steel strings.
    Acoustic,
    /// Electric, with an amplifier or without.
    Electric,
}

/// One lesson step.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// The chord to play.
    pub chord: Chord,
    /// The voicing to play; none: the usual open one, and where there is none, the one that the
    /// ears judged against.
    pub voicing: Option<Voicing>,
    /// Open pitches, capo included.
    pub tuning: Tuning,
    /// Form of address.
    pub address: Address,
    /// What notes are called.
    pub notes: NoteNames,
    /// What the student brings along: who brings more is praised less often.
    pub level: Level,
    /// How it is taught.
    pub style: Arc<Style>,
}

impl Lesson {
    /// The usual open voicing of `chord` in standard tuning, neutral address.
    #[must_use]
    pub fn new(chord: Chord) -> Self {
        let (tuning, address, style) = (Tuning::STANDARD, Address::Neutral, Arc::default());
        let (notes, level) = (NoteNames::default(), Level::default());
        Self { chord, voicing: None, tuning, address, notes, level, style }
    }

    /// With this form of address.
    #[must_use]
    pub fn addressed(mut self, address: Address) -> Self {
        self.address = address;
        self
    }

    /// With these names of notes.
    #[must_use]
    pub fn naming(mut self, notes: NoteNames) -> Self {
        self.notes = notes;
        self
    }

    /// For a student of this level.
    #[must_use]
    pub fn for_level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// In this style.
    #[must_use]
    pub fn taught(mut self, style: Arc<Style>) -> Self {
        self.style = style;
        self
    }

    /// With exactly this voicing.
    #[must_use]
    pub fn voiced(mut self, voicing: Voicing) -> Self {
        self.voicing = Some(voicing);
        self
    }

    /// The voicing asked, where it is known.
    #[must_use]
    pub fn asked_voicing(&self) -> Option<Voicing> {
        self.voicing.or_else(|| Shape::of(self.chord).map(|shape| shape.voicing))
    }

    /// Whether what is taught makes the chord on a guitar in this tuning.
    #[must_use]
    pub fn holds(&self) -> bool {
        match self.asked_voicing() {
            Some(voicing) => holds_in(&voicing, self.chord, &self.tuning),
            None => !usual_voicings_in(self.chord, &self.tuning).is_empty(),
        }
    }
}
