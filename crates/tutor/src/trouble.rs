use audio::SensingProblem;
use serde::{Deserialize, Serialize};

/// What stands in the way of hearing, thinking or speaking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum Trouble {
    /// The microphone hears, but not well enough.
    Hearing(SensingProblem),
    /// No microphone is connected, or the system refuses it.
    MicrophoneMissing,
    /// The microphone was taken away in mid-lesson.
    MicrophoneLost,
    /// The microphone is back.
    MicrophoneBack,
    /// An engine is out of order; the lesson goes on without it.
    EngineDown {
        /// Which.
        engine: EngineKind,
        /// Whether its program or file is missing for good (else it is being restarted).
        missing: bool,
    },
    /// The engine works again.
    EngineBack {
        /// Which.
        engine: EngineKind,
    },
}

impl Trouble {
    /// Whether this tells that something works again.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(
            self,
            Self::Hearing(SensingProblem::Cleared) | Self::MicrophoneBack | Self::EngineBack { .. }
        )
    }
}

/// A part that may fail by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineKind {
    /// The pitch witness (ONNX).
    Witness,
    /// The language model.
    Language,
    /// Speech to text.
    Speech,
    /// Text to speech.
    Voice,
}
