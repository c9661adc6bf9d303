//! What a strum was judged to be, string by string.

use audio::{Doubt, StringState, StringVerdict, Strum, Verdict};
use serde::Serialize;
use specta::Type;
use theory::{Pitch, StringNumber, Tuning};
use tutor::NoteNames;

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
    /// Not played yet, where strings are played one by one.
    Awaited,
}

impl StringView {
    pub(crate) fn of(strum: &Strum, tuning: &Tuning, names: NoteNames) -> [Self; 6] {
        let called = |pitch: Pitch| names.shown(pitch.class());
        strum.strings.map(|verdict| {
            let expected = strum.voicing.and_then(|v| v.pitch(verdict.string, tuning));
            let heard = match verdict.state {
                StringState::WrongPitch { pitch } => Some(called(pitch)),
                _ => None,
            };
            Self::new(&verdict, heard, expected.map(called))
        })
    }

    fn new(verdict: &StringVerdict, heard: Option<String>, expected: Option<String>) -> Self {
        let state = match verdict.state {
            StringState::Rings => StateView::Rings,
            StringState::Dead => StateView::Dead,
            StringState::Buzz => StateView::Buzz,
            StringState::WrongPitch { .. } => StateView::WrongPitch,
            StringState::NotPlayed => StateView::NotPlayed,
            StringState::Unsure { why: Doubt::Awaited } => StateView::Awaited,
            StringState::Unsure { .. } => StateView::Unsure,
        };
        let (string, asked) = (verdict.string.number(), verdict.asked);
        Self { string, asked, state, heard, expected, confidence: verdict.confidence }
    }
}
