//! What crosses to the page. Plain data; the words in it are Hebrew and come from `tutor`.

mod course;
mod drill;
mod home;
mod mirror;
mod progress;
mod song;
mod tuning;
mod verdict;
mod why;
mod words;

use pipeline::Status;
use serde::{Deserialize, Serialize};
use specta::Type;
use theory::{Shape, StringNumber};
use tutor::NoteNames;

use mirror::mirror;

pub(crate) use course::{PathView, TodayView};
pub(crate) use drill::{DrillAsked, DrillView};
pub(crate) use home::{
    ExportView, HomeView, ImportView, IncomingView, OrderView, SettingsView, StudentView,
    StyleView, count,
};
pub(crate) use progress::ProgressView;
pub(crate) use song::{SongCard, SongView};
pub(crate) use tuning::{CheckUpdate, GuideView, StageView, TunerUpdate, TuningCard, TuningView};
pub(crate) use verdict::{StringView, VerdictView};
pub(crate) use why::EvidenceView;
pub(crate) use words::{FeedbackView, TroubleView};

/// A chord as the student sees it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChordCard {
    /// `E:min`
    chord: String,
    /// `Em`
    name: String,
    /// «מי מינור», or «E מינור» for who names notes by letters.
    hebrew: String,
    /// The same for a screen reader: words only.
    hebrew_spoken: String,
    /// From string 6 to string 1; null where silent.
    frets: [Option<u8>; 6],
    /// From string 6 to string 1; null on open and silent strings.
    fingers: [Option<u8>; 6],
}

impl ChordCard {
    pub(crate) fn of(shape: &Shape, names: NoteNames) -> Self {
        Self {
            chord: shape.chord.to_string(),
            name: shape.chord.name(),
            hebrew: names.shown_chord(shape.chord),
            hebrew_spoken: names.said_chord(shape.chord),
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
    /// «מתחילים»: the drill begins.
    Start,
    /// «יותר לאט»
    Slower,
    /// «יותר מהר»
    Faster,
}

impl From<CommandName> for tutor::Command {
    fn from(name: CommandName) -> Self {
        match name {
            CommandName::Again => Self::Again,
            CommandName::Next => Self::Next,
            CommandName::Why => Self::Why,
            CommandName::Stop => Self::Stop,
            CommandName::Start => Self::Start,
            CommandName::Slower => Self::Slower,
            CommandName::Faster => Self::Faster,
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
    /// How the drill stands.
    Drill { drill: Box<DrillView> },
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
