use audio::StringState;
use serde::{Deserialize, Serialize};
use theory::{Chord, Finger, StringNumber, Voicing};

/// What happened, in one object: what was tried, what rang, which finger where, how sure.
/// Everything left out is unknown, not zero. Documented in docs/lesson-event.md; `v` is 1.
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
    /// How the fretting hand was seen to lie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand: Option<Hand>,
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

/// How the fretting hand lies, as the camera sees it; what is left out was not seen.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Hand {
    /// Bend of the wrist in degrees, 0 straight, 0–180.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrist_deg: Option<f32>,
    /// Whether the tip of the thumb stands over the edge of the neck.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumb_over: Option<bool>,
    /// Whether the palm touches the neck.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub palm_on_neck: Option<bool>,
    /// The finger whose last joint is bent backwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collapsed: Option<Finger>,
    /// Whether the little finger is curled under the neck.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinky_hidden: Option<bool>,
    /// Whether the nails reach over the fingertips.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub long_nails: Option<bool>,
}
