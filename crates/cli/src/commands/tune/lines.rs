//! What the tuner tells machines.

use std::time::Duration;

use audio::{Intonation, IntonationVerdict, TunerHint, TunerReading};
use serde::Serialize;

use crate::commands::hear::seconds;

/// A reading as machines read it.
#[derive(Serialize)]
pub(super) struct PitchLine {
    at: f64,
    hz: f32,
    string: u8,
    cents: f32,
    confidence: f32,
    steady: bool,
    /// 12 where the note is compared with the open string before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    fret: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'static str>,
    /// The string that was heard instead of the aimed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    meant: Option<u8>,
}

impl PitchLine {
    pub(super) fn of(reading: &TunerReading) -> Self {
        let meant = match reading.hint {
            Some(TunerHint::WrongString { string }) => Some(string.number()),
            _ => None,
        };
        Self {
            at: seconds(reading.at),
            hz: reading.hz,
            string: reading.string.number(),
            cents: reading.cents,
            confidence: reading.confidence,
            steady: reading.steady,
            fret: None,
            hint: reading.hint.map(word),
            meant,
        }
    }

    pub(super) fn at_the_twelfth(reading: &TunerReading) -> Self {
        Self { fret: Some(12), ..Self::of(reading) }
    }
}

pub(super) fn word(hint: TunerHint) -> &'static str {
    match hint {
        TunerHint::Tighten => "tighten",
        TunerHint::Loosen => "loosen",
        TunerHint::InTune => "in_tune",
        TunerHint::OctaveHigh => "octave_high",
        TunerHint::OctaveLow => "octave_low",
        TunerHint::WrongString { .. } => "wrong_string",
    }
}

/// A string at the end: the median over its steady readings, or over all if none was steady.
#[derive(Serialize)]
pub(super) struct TunedLine {
    pub(super) string: u8,
    pub(super) hz: f32,
    pub(super) cents: f32,
    pub(super) readings: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hint: Option<&'static str>,
}

/// A twelfth fret beside its open string.
#[derive(Serialize)]
pub(super) struct IntonationLine {
    at: f64,
    string: u8,
    open_hz: f32,
    hz: f32,
    /// Above the stretched octave of the open string.
    cents: f32,
    confidence: f32,
    verdict: IntonationVerdict,
}

impl IntonationLine {
    pub(super) fn of(found: &Intonation, at: Duration) -> Self {
        Self {
            at: seconds(at),
            string: found.string.number(),
            open_hz: found.open_hz,
            hz: found.octave_hz,
            cents: found.cents,
            confidence: found.confidence,
            verdict: found.verdict,
        }
    }
}
