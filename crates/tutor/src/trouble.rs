use std::time::Duration;

use audio::{Instrument, SensingProblem};
use serde::{Deserialize, Serialize};

use crate::diagnosis::condition as c;
use crate::diagnosis::facts::Slots;
use crate::diagnosis::table::Condition;
use crate::diagnosis::{Finding, TIP_LIFETIME};
use crate::{Address, Feedback};

/// What stands in the way of hearing, thinking or speaking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum Trouble {
    /// The microphone hears, but not well enough.
    Hearing(SensingProblem),
    /// The camera is on and does not see enough of the hand or the neck.
    Seeing(SeeingProblem),
    /// No microphone is connected, or the system refuses it.
    MicrophoneMissing,
    /// The microphone was taken away in mid-lesson.
    MicrophoneLost,
    /// The microphone is back.
    MicrophoneBack,
    /// How the student's guitar is tuned was noted and cannot be read; the usual tuning is taken.
    TuningUnknown,
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
            Self::Hearing(SensingProblem::Cleared)
                | Self::Seeing(SeeingProblem::Cleared)
                | Self::MicrophoneBack
                | Self::EngineBack { .. }
        )
    }
}

/// What is said of bad hearing or a missing microphone outside a lesson; none for what is over and
/// for engines, which are told by the lesson that misses them.
#[must_use]
pub fn trouble_words(trouble: &Trouble, address: Address, at: Duration) -> Option<Feedback> {
    let condition = match trouble {
        Trouble::Hearing(problem) => condition_of(*problem)?,
        Trouble::Seeing(problem) => unseen_condition(*problem)?,
        Trouble::MicrophoneMissing => c::MICROPHONE_MISSING,
        Trouble::MicrophoneLost => c::MICROPHONE_LOST,
        Trouble::TuningUnknown => c::TUNING_UNKNOWN,
        Trouble::MicrophoneBack | Trouble::EngineDown { .. } | Trouble::EngineBack { .. } => {
            return None;
        }
    };
    words(condition, Slots::default(), address, at)
}

/// The plainest wording of a condition.
pub(crate) fn words(
    condition: Condition,
    slots: Slots,
    address: Address,
    at: Duration,
) -> Option<Feedback> {
    let all = Finding::plain(condition, slots)?.wordings(address, at);
    all.into_iter().next().map(|first| Feedback { expires: at + TIP_LIFETIME, ..first })
}

/// The condition of a sensing problem; none when it is over.
pub(crate) fn condition_of(problem: SensingProblem) -> Option<Condition> {
    Some(match problem {
        SensingProblem::Silence => c::SILENCE,
        SensingProblem::LowSnr { .. } => c::NOISE,
        SensingProblem::Clipping => c::CLIPPING,
        SensingProblem::NarrowBand => c::NARROW_BAND,
        SensingProblem::NoiseSuppression => c::SUPPRESSED,
        SensingProblem::SpeechOver => c::SPEECH_OVER,
        SensingProblem::LoudspeakerLeak => c::LEAK,
        SensingProblem::WrongInstrument { instrument: Instrument::Bass } => c::BASS,
        SensingProblem::WrongInstrument { instrument: Instrument::Ukulele } => c::UKULELE,
        SensingProblem::Cleared => return None,
    })
}

/// What keeps the camera from seeing the fretting hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum SeeingProblem {
    /// The neck, or its first five frets, are not in the picture.
    NeckLost,
    /// The fingers point at the camera.
    Foreshortened,
    /// Too dark.
    Dark,
    /// The hand is not the one the student's guitar is fretted with.
    OtherHand,
    /// All is seen again.
    Cleared,
}

/// The condition of a seeing problem; none when it is over.
pub(crate) fn unseen_condition(problem: SeeingProblem) -> Option<Condition> {
    Some(match problem {
        SeeingProblem::NeckLost => c::NECK_LOST,
        SeeingProblem::Foreshortened => c::FORESHORTENED,
        SeeingProblem::Dark => c::DARK,
        SeeingProblem::OtherHand => c::OTHER_HAND,
        SeeingProblem::Cleared => return None,
    })
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
