//! What crosses to the page. Plain data; the words in it are Hebrew and come from `tutor`.

mod mirror;
mod tuning;

use audio::{SensingProblem, StringState, StringVerdict, Strum, Verdict};
use pipeline::Status;
use serde::{Deserialize, Serialize};
use specta::Type;
use theory::{Shape, StringNumber, Tuning};
use tutor::{Feedback, Trouble, hebrew};

use crate::error::AppError;

use mirror::mirror;

pub(crate) use tuning::{CheckUpdate, GuideView, StageView, TunerUpdate, TuningCard, TuningView};

/// A chord as the student sees it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChordCard {
    /// `E:min`
    chord: String,
    /// `Em`
    name: String,
    /// «מי מינור»
    hebrew: String,
    /// The same for a screen reader: words only.
    hebrew_spoken: String,
    /// From string 6 to string 1; null where silent.
    frets: [Option<u8>; 6],
    /// From string 6 to string 1; null on open and silent strings.
    fingers: [Option<u8>; 6],
}

impl From<&Shape> for ChordCard {
    fn from(shape: &Shape) -> Self {
        Self {
            chord: shape.chord.to_string(),
            name: shape.chord.name(),
            hebrew: hebrew::chord_name(shape.chord),
            hebrew_spoken: hebrew::without_isolates(&hebrew::chord_name(shape.chord)),
            frets: StringNumber::THICK_TO_THIN.map(|string| shape.voicing.fret(string)),
            fingers: shape.fingers.map(|finger| finger.map(theory::Finger::number)),
        }
    }
}

/// A microphone.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InputDevice {
    id: String,
    name: String,
    is_default: bool,
}

impl From<host::InputDevice> for InputDevice {
    fn from(device: host::InputDevice) -> Self {
        let host::InputDevice { id, name, is_default } = device;
        Self { id, name, is_default }
    }
}

/// Where the sound comes from.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum Source {
    /// A microphone, the system's choice if null.
    Microphone { device: Option<String> },
    /// The bundled recording.
    Demo,
    /// A file that the student picks now.
    Recording,
}

/// A button that is a voice command.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum CommandName {
    /// «שוב»
    Again,
    /// «הבא»
    Next,
    /// «למה?»
    Why,
    /// «די»
    Stop,
}

impl From<CommandName> for tutor::Command {
    fn from(name: CommandName) -> Self {
        match name {
            CommandName::Again => Self::Again,
            CommandName::Next => Self::Next,
            CommandName::Why => Self::Why,
            CommandName::Stop => Self::Stop,
        }
    }
}

/// One step of the lesson.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Update {
    /// Where the lesson stands.
    Status { status: StatusView, source: String },
    /// Levels 0–1, at most 20 a second; strings from 6 to 1.
    Level { level: f32, peak: f32, floor: f32, strings: [f32; 6] },
    /// Sound began, in seconds since the lesson began.
    Onset { at: f64 },
    /// A strum was judged; strings from 6 to 1.
    Verdict { verdict: VerdictView, ask_string: Option<u8>, strings: Box<[StringView; 6]> },
    /// The teacher's two sentences.
    Feedback { feedback: FeedbackView },
    /// What stands in the way, or null when nothing does any more.
    Trouble { trouble: Option<TroubleView> },
    /// The voice is heard.
    Speaking { speaking: bool },
    /// Strings played alone after a strum so far, and those whose verdict was right.
    Checked { checked: u32, right: u32 },
    /// This chord is asked from now on.
    Chord { card: ChordCard },
}

mirror! {
    /// Where the lesson stands.
    #[serde(rename_all = "camelCase")]
    pub(crate) enum StatusView of Status {
        /// Waiting for the device.
        Connecting,
        /// Sound arrives.
        Listening,
        /// The recording ended.
        Finished,
    }
}

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
            Trouble::Hearing(SensingProblem::Cleared)
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
