use std::time::Duration;

use audio::{ChordEstimate, NoteEvent, Onset, Strum, seconds};
use serde::{Deserialize, Serialize};
use theory::Chord;

use crate::Trouble;

/// Something the world told the teacher. A lesson is a list of these; the same list gives the
/// same [`crate::Action`]s. One JSON object a line in a recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Observation {
    /// Sound began.
    Onset(Onset),
    /// A strum was judged.
    Strum(Strum),
    /// A single note.
    Note(NoteEvent),
    /// The chord that sounds.
    Chord(ChordEstimate),
    /// The student asked for something, by voice, button, pedal or gesture alike.
    Command {
        /// When.
        #[serde(with = "seconds")]
        at: Duration,
        /// What.
        #[serde(flatten)]
        command: Command,
    },
    /// The voice has finished (or was stopped).
    Spoken {
        /// When.
        #[serde(with = "seconds")]
        at: Duration,
        /// Whether the whole text was heard.
        whole: bool,
    },
    /// A sense or an engine is impaired, or has recovered.
    Trouble {
        /// When.
        #[serde(with = "seconds")]
        at: Duration,
        /// What.
        #[serde(flatten)]
        trouble: Trouble,
    },
    /// Time passes.
    Tick {
        /// Now.
        #[serde(with = "seconds")]
        at: Duration,
    },
}

impl Observation {
    /// When it became known, in session time (a strum: when its verdict was settled).
    #[must_use]
    pub fn at(&self) -> Duration {
        match self {
            Self::Onset(onset) => onset.at,
            Self::Strum(strum) => strum.verdict_at,
            Self::Note(note) => note.offset,
            Self::Chord(chord) => chord.at,
            Self::Command { at, .. }
            | Self::Spoken { at, .. }
            | Self::Trouble { at, .. }
            | Self::Tick { at } => *at,
        }
    }
}

/// What the student asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// Practise this chord.
    Practice {
        /// Which.
        chord: Chord,
    },
    /// Try again; forget the last verdict.
    Again,
    /// The next chord of the course.
    Next,
    /// Explain the last verdict.
    Why,
    /// Be silent.
    Stop,
}
