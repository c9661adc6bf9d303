use std::time::Duration;

use serde::{Deserialize, Serialize};
use theory::{Pitch, StringNumber, Voicing};

use crate::{ChordEstimate, Touch, seconds};

/// One strum with what each string did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Strum {
    /// When the first string was struck.
    #[serde(with = "seconds")]
    pub at: Duration,
    /// Input time at which the verdict was settled.
    #[serde(with = "seconds")]
    pub verdict_at: Duration,
    /// The best chord, whatever was asked.
    pub chord: Option<ChordEstimate>,
    /// The voicing the strings were judged against: the asked one, or the usual one of `chord`.
    pub voicing: Option<Voicing>,
    /// Only where something was asked.
    pub verdict: Option<Verdict>,
    /// From string 6 to string 1.
    pub strings: [StringVerdict; 6],
    /// How hard and how bright it was struck; none of what cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touch: Option<Touch>,
    /// The string that was played by itself ([`crate::Listener::pick`]); the states of the others are
    /// those of the round so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picked: Option<StringNumber>,
}

/// The verdict on a strum of an asked chord.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every asked string rings, none that must be silent sounds.
    Right,
    /// At least one string is accused.
    Fault,
    /// Cannot tell.
    Unsure {
        /// The string to play alone next.
        ask: Option<StringNumber>,
    },
}

/// What one string did.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StringVerdict {
    /// Which string.
    pub string: StringNumber,
    /// Whether the voicing asks it to sound. `asked: false` with [`StringState::Rings`] is a fault.
    pub asked: bool,
    /// What it did.
    #[serde(flatten)]
    pub state: StringState,
    /// Deviation from the expected pitch in cents, where it could be measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cents: Option<f32>,
    /// Probability that `state` is true, 0–1.
    pub confidence: f32,
}

impl StringVerdict {
    /// Whether this is a fault: an asked string that does not ring as asked, or one that must be
    /// silent and sounds. Doubt accuses nobody.
    #[must_use]
    pub fn accuses(&self) -> bool {
        match self.state {
            StringState::Rings => !self.asked,
            StringState::NotPlayed => self.asked,
            StringState::Dead | StringState::Buzz | StringState::WrongPitch { .. } => true,
            StringState::Unsure { .. } => false,
        }
    }
}

/// The state of a string after a strum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum StringState {
    /// Sounds at its pitch.
    Rings,
    /// Struck, but no tone.
    Dead,
    /// Sounds and rattles.
    Buzz,
    /// Sounds at another pitch.
    WrongPitch {
        /// The pitch heard.
        #[serde(rename = "midi")]
        pitch: Pitch,
    },
    /// Not struck.
    NotPlayed,
    /// Cannot tell.
    Unsure {
        /// What limits the evidence; evidence between the thresholds where nobody says.
        #[serde(default)]
        why: Doubt,
    },
}

/// Why a string could not be judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Its partials coincide with those of another sounding string.
    SharedPartials,
    /// Too close to the room's noise.
    Noise,
    /// The input was clipped.
    Clipping,
    /// Someone spoke over it.
    Speech,
    /// The device filtered part of it away.
    Suppressed,
    /// A loudspeaker was heard beside it.
    Leak,
    /// It does not sound like a guitar.
    Instrument,
    /// Evidence lies between the thresholds.
    #[default]
    Margin,
    /// The input ended, or another strum came, before the string could settle.
    CutShort,
    /// It was not played yet: strings are played one by one.
    Awaited,
}

impl Doubt {
    /// Whether something else than the strings was heard, so that not even a single one settles
    /// anything.
    pub(crate) fn is_foreign(self) -> bool {
        matches!(self, Self::Speech | Self::Suppressed | Self::Leak | Self::Instrument)
    }
}
