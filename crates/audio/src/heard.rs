use std::time::Duration;

use serde::{Deserialize, Serialize};
use theory::{Chord, Pitch};

use crate::{Check, SensingProblem, Strum, StrumStudy, WitnessWindow, seconds};

/// What the listener reports, in order of input time.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// Sound began; sent at once.
    Onset(Onset),
    /// Level and per-string envelope for the screen, about 20 times a second.
    Envelope(Envelope),
    /// The witness is wanted; answer with [`crate::Listener::answer`].
    Witness(WitnessWindow),
    /// A strum is judged (again, if a single string settled it).
    Strum(Strum),
    /// A single note.
    Note(NoteEvent),
    /// The chord that sounds, where nothing was asked.
    Chord(ChordEstimate),
    /// A string of the last strum was played alone: its verdict is checked.
    Checked(Check),
    /// What the net was shown of the strum that follows; only where it was asked for.
    Study(StrumStudy),
    /// Hearing is impaired, or has recovered.
    Sensing(SensingProblem),
}

/// Sound began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onset {
    /// When.
    #[serde(with = "seconds")]
    pub at: Duration,
}

/// Measured loudness for the screen. Never a verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Envelope {
    /// End of the measured window.
    pub at: Duration,
    /// Root mean square of the input, 0–1.
    pub level: f32,
    /// Largest sample, 0–1.
    pub peak: f32,
    /// Estimated room level, root mean square, 0–1.
    pub floor: f32,
    /// Amplitude of each string's own partials, string 6 first, 0–1 relative to the strum's peak.
    pub strings: [f32; 6],
}

/// A single note.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NoteEvent {
    /// Start.
    #[serde(with = "seconds")]
    pub onset: Duration,
    /// End, or the time of writing while it still sounds.
    #[serde(with = "seconds")]
    pub offset: Duration,
    /// Nearest equal-tempered pitch.
    pub pitch: Pitch,
    /// Cents above it.
    pub cents: f32,
    /// 0–1.
    pub confidence: f32,
}

/// The chord that best explains a strum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ChordEstimate {
    /// When.
    #[serde(with = "seconds")]
    pub at: Duration,
    /// Which.
    pub chord: Chord,
    /// 0–1.
    pub confidence: f32,
}
