//! What tuning and the check of the sound send to the page.

use host::GuitarTuning;
use serde::Serialize;
use specta::Type;
use theory::{Pitch, StringNumber, Tuning};
use tutor::{CheckStep, Guide, GuideState, hebrew};

use super::mirror::mirror;
use super::{StatusView, TroubleView};

/// A tuning by name.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TuningCard {
    /// `standard`
    id: String,
    /// From string 6 to string 1.
    notes: [NoteCard; 6],
}

/// How the student's own guitar is tuned.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TuningView {
    card: TuningCard,
    /// Reference A4 in Hz.
    a4: f32,
    /// Whether the choice cannot be read, so that this is the usual one instead; with what is said.
    lost: Option<TroubleView>,
}

impl TuningView {
    pub(crate) fn of(guitar: &GuitarTuning, lost: Option<TroubleView>) -> Self {
        Self { card: TuningCard::new(&guitar.id(), &guitar.tuning), a4: guitar.a4, lost }
    }
}

impl TuningCard {
    pub(crate) fn new(id: &str, tuning: &Tuning) -> Self {
        // What lies a half step below the usual notes is called flat.
        let flat = id == "half-step-down";
        let note = |string| NoteCard::new(tuning.open(string), flat);
        Self { id: id.to_owned(), notes: StringNumber::THICK_TO_THIN.map(note) }
    }
}

/// The note of an open string.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NoteCard {
    /// `E`, `F♯`, `E♭`
    name: String,
    /// «מי», «פה דיאז», «מי במול»
    hebrew: String,
}

impl NoteCard {
    fn new(pitch: Pitch, flat: bool) -> Self {
        const FLATS: [&str; 12] = ["C", "D♭", "D", "E♭", "E", "F", "G♭", "G", "A♭", "A", "B♭", "B"];
        let class = pitch.class();
        if flat {
            let name = FLATS[usize::from(class.semitones() % 12)].to_owned();
            return Self { name, hebrew: hebrew::flat_note_name(class).to_owned() };
        }
        let name = class.to_string().replace('#', "♯");
        Self { name, hebrew: hebrew::note_name(class).to_owned() }
    }
}

/// One step of tuning.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum TunerUpdate {
    /// Where it stands.
    Status { status: StatusView },
    /// Levels 0–1, twenty a second.
    Level { level: f32, peak: f32, floor: f32 },
    /// The pitch of the string that sounds, 15 a second.
    Pitch {
        /// 1 thin … 6 thick.
        string: u8,
        /// Above its target.
        cents: f32,
        /// Whether the string and its pitch are certain enough to act on.
        sure: bool,
    },
    /// It sounds no more.
    Quiet,
    /// What to do.
    Guide { guide: GuideView },
    /// What stands in the way, or null when nothing does any more.
    Trouble { trouble: Option<TroubleView> },
    /// The voice is heard.
    Speaking { speaking: bool },
}

/// What the teacher says of a string.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GuideView {
    /// The string under the hand, or the one that comes next.
    string: Option<u8>,
    state: GuideStateView,
    /// Strings that are in tune.
    tuned: Vec<u8>,
    /// The one string that tuning is held to.
    pinned: Option<u8>,
    diagnosis: String,
    tip: String,
}

impl From<&Guide> for GuideView {
    fn from(guide: &Guide) -> Self {
        Self {
            string: guide.string.map(StringNumber::number),
            state: guide.state.into(),
            tuned: guide.tuned.iter().map(|string| string.number()).collect(),
            pinned: guide.pinned.map(StringNumber::number),
            diagnosis: guide.words.diagnosis.display.clone(),
            tip: guide.words.tip.display.clone(),
        }
    }
}

mirror! {
    /// How the string under the hand stands.
    #[serde(rename_all = "snake_case")]
    pub(crate) enum GuideStateView of GuideState {
        /// No string sounds.
        Waiting,
        /// Tighten.
        Low,
        /// Loosen.
        High,
        /// In place.
        InTune,
        /// An octave low.
        OctaveLow,
        /// An octave high.
        OctaveHigh,
        /// Another string sounds than the one that is tuned.
        OtherString,
        /// Sound without a pitch.
        Unsure,
        /// All six are in place.
        Done,
    }
}

/// One step of the check of the sound.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum CheckUpdate {
    /// Where it stands.
    Status { status: StatusView },
    /// Levels 0–1, about twenty a second.
    Level { level: f32, peak: f32, floor: f32 },
    /// What is listened for now, with its words.
    Stage { stage: StageView, diagnosis: String, tip: String },
    /// What is wrong with the sound, or null when nothing is any more.
    Trouble { trouble: Option<TroubleView> },
}

/// What the check listens for.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StageView {
    /// The room alone.
    Room,
    /// All open strings once.
    Play,
    /// Nothing more: the guitar is heard well.
    Done,
}

impl StageView {
    /// None for a step that is a trouble.
    pub(crate) fn of(step: CheckStep) -> Option<Self> {
        match step {
            CheckStep::Room => Some(Self::Room),
            CheckStep::Play => Some(Self::Play),
            CheckStep::Good => Some(Self::Done),
            CheckStep::TooQuiet => None,
        }
    }
}
