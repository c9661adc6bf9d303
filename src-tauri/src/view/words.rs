//! What the teacher says of the playing, and of what stands in the way.

use audio::SensingProblem;
use serde::Serialize;
use specta::Type;
use tutor::{Feedback, Trouble};

use crate::error::AppError;

/// The teacher's two sentences.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FeedbackView {
    diagnosis: String,
    tip: String,
    basis: String,
    tip_id: String,
    /// The one string it is about.
    string: Option<u8>,
    /// Whether a cause is named, and not only what was heard.
    cause: bool,
}

impl From<&Feedback> for FeedbackView {
    fn from(feedback: &Feedback) -> Self {
        Self {
            diagnosis: feedback.diagnosis.display.clone(),
            tip: feedback.tip.display.clone(),
            basis: feedback.basis.clone(),
            tip_id: feedback.tip_id.0.clone(),
            string: feedback.marks.first().map(|mark| mark.string.number()),
            cause: feedback.names_cause(),
        }
    }
}

impl FeedbackView {
    /// What the app says of an error, in the teacher's place.
    pub(crate) fn of_error(error: &AppError) -> Self {
        Self {
            diagnosis: error.message.clone(),
            tip: String::new(),
            basis: String::new(),
            tip_id: error.code.clone(),
            string: None,
            cause: false,
        }
    }
}

/// What stands in the way, in the teacher's words.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TroubleView {
    code: TroubleCode,
    diagnosis: String,
    tip: String,
}

/// What stands in the way.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TroubleCode {
    /// No microphone, or no permission.
    MicrophoneMissing,
    /// Taken away in mid-lesson.
    MicrophoneLost,
    /// The guitar does not stand out.
    TooNoisy,
    /// Overdriven.
    Clipping,
    /// A voice-profile microphone.
    NarrowBand,
    /// The device filters the guitar away.
    NoiseSuppression,
    /// Someone speaks over it.
    SpeechOver,
    /// A loudspeaker is heard beside it.
    LoudspeakerLeak,
    /// No guitar.
    WrongInstrument,
    /// Faint in a quiet room.
    TooQuiet,
    /// Nothing at all.
    Silence,
    /// The guitar is tuned so that this chord cannot be taught on it.
    OtherTuning,
    /// How the guitar is tuned was kept and cannot be read.
    TuningUnknown,
    /// An engine is out of order.
    EngineDown,
}

impl TroubleView {
    /// None for what tells that something works again.
    pub(crate) fn of(trouble: &Trouble, feedback: &Feedback) -> Option<Self> {
        let code = match trouble {
            Trouble::Hearing(SensingProblem::Silence) => TroubleCode::Silence,
            Trouble::Hearing(SensingProblem::LowSnr { .. }) => TroubleCode::TooNoisy,
            Trouble::Hearing(SensingProblem::Clipping) => TroubleCode::Clipping,
            Trouble::Hearing(SensingProblem::NarrowBand) => TroubleCode::NarrowBand,
            Trouble::Hearing(SensingProblem::NoiseSuppression) => TroubleCode::NoiseSuppression,
            Trouble::Hearing(SensingProblem::SpeechOver) => TroubleCode::SpeechOver,
            Trouble::Hearing(SensingProblem::LoudspeakerLeak) => TroubleCode::LoudspeakerLeak,
            Trouble::Hearing(SensingProblem::WrongInstrument { .. }) => {
                TroubleCode::WrongInstrument
            }
            Trouble::MicrophoneMissing => TroubleCode::MicrophoneMissing,
            Trouble::MicrophoneLost => TroubleCode::MicrophoneLost,
            Trouble::TuningUnknown => TroubleCode::TuningUnknown,
            Trouble::EngineDown { .. } => TroubleCode::EngineDown,
            // No screen shows the camera yet.
            Trouble::Seeing(_)
            | Trouble::Hearing(SensingProblem::Cleared)
            | Trouble::MicrophoneBack
            | Trouble::EngineBack { .. } => return None,
        };
        Some(Self::in_words(code, feedback))
    }

    /// A notice about an engine that waited for quiet.
    pub(crate) fn engine_down(feedback: &Feedback) -> Self {
        Self::in_words(TroubleCode::EngineDown, feedback)
    }

    /// A chord that cannot be taught on a guitar tuned like this.
    pub(crate) fn other_tuning(feedback: &Feedback) -> Self {
        Self::in_words(TroubleCode::OtherTuning, feedback)
    }

    /// A guitar that hardly stands out, in a quiet room.
    pub(crate) fn too_quiet(feedback: &Feedback) -> Self {
        Self::in_words(TroubleCode::TooQuiet, feedback)
    }

    /// A microphone whose sound broke off.
    pub(crate) fn lost(error: &AppError) -> Self {
        let (code, diagnosis) = (TroubleCode::MicrophoneLost, error.message.clone());
        Self { code, diagnosis, tip: String::new() }
    }

    fn in_words(code: TroubleCode, feedback: &Feedback) -> Self {
        let diagnosis = feedback.diagnosis.display.clone();
        Self { code, diagnosis, tip: feedback.tip.display.clone() }
    }
}
