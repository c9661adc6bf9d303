use serde::{Deserialize, Serialize};

/// Why hearing cannot be trusted now. Never a verdict on top of one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum SensingProblem {
    /// Nothing but silence.
    Silence,
    /// The guitar does not stand out from the room (S01).
    LowSnr {
        /// Strum over floor in dB.
        snr_db: f32,
    },
    /// The input is overdriven (S02).
    Clipping,
    /// No content above about 3.5 kHz: a voice-profile microphone (S03).
    NarrowBand,
    /// The trouble named last is over.
    Cleared,
}
