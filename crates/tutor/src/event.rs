use audio::StringState;
use serde::{Deserialize, Serialize};
use theory::{Chord, Finger, StringNumber, Voicing};

/// What happened, in one object: what was tried, what rang, which finger where, how sure.
/// Everything left out is unknown, not zero. Documented in CLI.md; `v` is 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LessonEvent {
    /// Version of this schema.
    pub v: u8,
    /// Seconds since the session began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<f64>,
    /// The chord that was asked.
    pub target: Chord,
    /// The voicing that was asked; none: the usual open one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voicing: Option<Voicing>,
    /// The chord that was heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<Chord>,
    /// What the strings did; a string left out is unknown.
    #[serde(default)]
    pub strings: Vec<StringEvidence>,
    /// Which finger was seen where.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub presses: Vec<Press>,
    /// In how many of the last attempts the same fault was seen, and of how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeated: Option<(u8, u8)>,
    /// The string to play alone, where the ears could not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<StringNumber>,
}

/// What one string did.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StringEvidence {
    /// Which string.
    pub string: StringNumber,
    /// What it did.
    #[serde(flatten)]
    pub state: StringState,
    /// Whether it was asked to sound; unknown: as the voicing says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<bool>,
    /// 0–1.
    pub confidence: f32,
    /// Deviation from the expected pitch in cents, where it could be measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cents: Option<f32>,
}

/// A finger seen on the neck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Press {
    /// Which string.
    pub string: StringNumber,
    /// Which fret, 1–19.
    pub fret: u8,
    /// Which finger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finger: Option<Finger>,
    /// 0–1.
    pub confidence: f32,
    /// 0 at the wire towards the body … 1 at the next one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_wire: Option<f32>,
    /// Other strings it touches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub touches: Vec<StringNumber>,
    /// Whether it lies flat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flat: Option<bool>,
}
