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
    /// The device filters the guitar away as if it were noise (S04).
    NoiseSuppression,
    /// Someone speaks or sings while the guitar is played (S05).
    SpeechOver,
    /// A metronome or a track out of a loudspeaker is heard beside the guitar.
    LoudspeakerLeak,
    /// What is played is no six-string guitar.
    WrongInstrument {
        /// What it sounds like.
        instrument: Instrument,
    },
    /// The trouble named last is over.
    Cleared,
}

/// An instrument that is taken for a guitar and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instrument {
    /// A bass guitar: notes below anything a guitar has.
    Bass,
    /// A ukulele: chords without anything below C4.
    Ukulele,
}
