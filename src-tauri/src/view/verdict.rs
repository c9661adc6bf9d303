//! What a strum was judged to be, string by string.

use audio::{StringState, StringVerdict, Strum, Verdict};
use serde::Serialize;
use specta::Type;
use theory::{StringNumber, Tuning};
use tutor::hebrew;

/// The verdict on a strum.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum VerdictView {
    /// All as asked.
    Right,
    /// Something is accused.
    Fault,
    /// Cannot tell.
    Unsure,
}

impl VerdictView {
    pub(crate) fn of(strum: &Strum) -> Option<(Self, Option<u8>)> {
        Some(match strum.verdict? {
            Verdict::Right => (Self::Right, None),
            Verdict::Fault => (Self::Fault, None),
            Verdict::Unsure { ask } => (Self::Unsure, ask.map(StringNumber::number)),
        })
    }
}

/// What one string did.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StringView {
    /// 1 thin … 6 thick.
    string: u8,
    /// Whether it should sound.
    asked: bool,
    state: StateView,
    /// Hebrew note name, for a wrong pitch.
    heard: Option<String>,
    /// Hebrew note name that was asked.
    expected: Option<String>,
    /// How sure the state is, 0–1.
    confidence: f32,
}

/// The state of a string.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StateView {
    /// Sounds at its pitch.
    Rings,
    /// Struck, no tone.
    Dead,
    /// Sounds and rattles.
    Buzz,
    /// Another pitch.
    WrongPitch,
    /// Not struck.
    NotPlayed,
    /// Cannot tell.
    Unsure,
}

impl StringView {
    pub(crate) fn of(strum: &Strum, tuning: &Tuning) -> [Self; 6] {
        strum.strings.map(|verdict| {
            let expected = strum.voicing.and_then(|v| v.pitch(verdict.string, tuning));
            Self::new(&verdict, expected.map(|pitch| hebrew::note_name(pitch.class()).to_owned()))
        })
    }

    fn new(verdict: &StringVerdict, expected: Option<String>) -> Self {
        let (state, heard) = match verdict.state {
            StringState::Rings => (StateView::Rings, None),
            StringState::Dead => (StateView::Dead, None),
            StringState::Buzz => (StateView::Buzz, None),
            StringState::WrongPitch { pitch } => {
                (StateView::WrongPitch, Some(hebrew::note_name(pitch.class()).to_owned()))
            }
            StringState::NotPlayed => (StateView::NotPlayed, None),
            StringState::Unsure { .. } => (StateView::Unsure, None),
        };
        let (string, asked) = (verdict.string.number(), verdict.asked);
        Self { string, asked, state, heard, expected, confidence: verdict.confidence }
    }
}
