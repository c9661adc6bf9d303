use std::time::Duration;

use audio::{ChordEstimate, Direction, Dulled, NoteEvent, Onset, Strum, seconds};
use serde::{Deserialize, Serialize};
use theory::{Chord, Finger, StringNumber};

use crate::{Hand, Press, Trouble};

/// Something the world told the teacher. A lesson is a list of these; the same list gives the
/// same [`crate::Action`]s. One JSON object a line in a recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Observation {
    /// Sound began.
    Onset(Onset),
    /// A strum was judged.
    Strum(Strum),
    /// A single note.
    Note(NoteEvent),
    /// The chord that sounds.
    Chord(ChordEstimate),
    /// The fretting hand was seen.
    Placement(Placement),
    /// A stroke, or one that did not come, against the beat of a pattern.
    Beat(Beat),
    /// The hand went from one chord to another.
    Change(Change),
    /// A song or a loop was played through once.
    Pass(Pass),
    /// A minute of changes between two chords is over.
    Minute {
        /// When.
        #[serde(with = "seconds")]
        at: Duration,
        /// Between which chords.
        pair: (Chord, Chord),
        /// Clean changes in it.
        changes: u16,
        /// What the sessions before gave, oldest first.
        #[serde(default)]
        before: Vec<u16>,
    },
    /// Another string was played, again, than the one that is asked for by itself.
    OtherString {
        /// When.
        #[serde(with = "seconds")]
        at: Duration,
        /// The string that is asked for.
        asked: StringNumber,
        /// The one that was played.
        played: StringNumber,
    },
    /// Someone spoke.
    Utterance {
        /// When it ended.
        #[serde(with = "seconds")]
        at: Duration,
        /// What was said.
        text: String,
        /// 0–1.
        confidence: f32,
    },
    /// The student is back.
    Began {
        /// When.
        #[serde(with = "seconds")]
        at: Duration,
        /// Days since the last lesson.
        days_away: u16,
    },
    /// How the guitar's strings aged, known when a lesson begins.
    Strings {
        /// When.
        #[serde(with = "seconds")]
        at: Duration,
        /// The last week beside the first one.
        #[serde(flatten)]
        dulled: Dulled,
    },
    /// The student asked for something, by voice, button, pedal or gesture alike.
    Command {
        /// When.
        #[serde(with = "seconds")]
        at: Duration,
        /// What.
        #[serde(flatten)]
        command: Command,
    },
    /// The voice has finished (or was stopped).
    Spoken {
        /// When.
        #[serde(with = "seconds")]
        at: Duration,
        /// Whether the whole text was heard.
        whole: bool,
    },
    /// A sense or an engine is impaired, or has recovered.
    Trouble {
        /// When.
        #[serde(with = "seconds")]
        at: Duration,
        /// What.
        #[serde(flatten)]
        trouble: Trouble,
    },
    /// Time passes.
    Tick {
        /// Now.
        #[serde(with = "seconds")]
        at: Duration,
    },
}

impl Observation {
    /// When it became known, in session time (a strum: when its verdict was settled).
    #[must_use]
    pub fn at(&self) -> Duration {
        match self {
            Self::Onset(onset) => onset.at,
            Self::Strum(strum) => strum.verdict_at,
            Self::Note(note) => note.offset,
            Self::Chord(chord) => chord.at,
            Self::Placement(placement) => placement.at,
            Self::Beat(beat) => beat.at,
            Self::Change(change) => change.at,
            Self::Pass(pass) => pass.at,
            Self::OtherString { at, .. }
            | Self::Utterance { at, .. }
            | Self::Minute { at, .. }
            | Self::Began { at, .. }
            | Self::Strings { at, .. }
            | Self::Command { at, .. }
            | Self::Spoken { at, .. }
            | Self::Trouble { at, .. }
            | Self::Tick { at } => *at,
        }
    }
}

/// What the student asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// Practise this chord.
    Practice {
        /// Which.
        chord: Chord,
    },
    /// Try again; forget the last verdict.
    Again,
    /// The next chord of the course.
    Next,
    /// Explain the last verdict.
    Why,
    /// Check the last verdict together: the string it is about, played alone.
    Check,
    /// «That is not right»: withdraw the last verdict and check it.
    NotThat,
    /// Be silent.
    Stop,
    /// Begin the drill.
    Start,
    /// The drill at a slower tempo.
    Slower,
    /// The drill at a faster tempo.
    Faster,
}

/// The fingers on the neck at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Placement {
    /// When the picture was taken.
    #[serde(with = "seconds")]
    pub at: Duration,
    /// Which finger presses where.
    #[serde(default)]
    pub presses: Vec<Press>,
    /// How the hand lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand: Option<Hand>,
}

/// One slot of a pattern that is played against a beat.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Beat {
    /// When it was played, or should have been.
    #[serde(with = "seconds")]
    pub at: Duration,
    /// Its place in beats from the first one; a half is an «and».
    pub beat: f64,
    /// Beats in a bar.
    #[serde(default = "common_time")]
    pub bar: u8,
    /// Milliseconds late (early: negative); none: no stroke came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_ms: Option<f32>,
    /// Milliseconds of a beat.
    pub beat_ms: f32,
    /// Which way it went, where the order of the strings told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Which way it should go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Direction>,
    /// Whether it is the first one of another chord.
    #[serde(default)]
    pub change: bool,
    /// Whether the slot before it asks for no stroke.
    #[serde(default)]
    pub after_rest: bool,
    /// Level in dB against the other strokes of the phrase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level_db: Option<f32>,
    /// Milliseconds from its first string to its last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread_ms: Option<f32>,
}

/// One change of chords.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// When the new chord was there.
    #[serde(with = "seconds")]
    pub at: Duration,
    /// From which chord.
    pub from: Chord,
    /// To which.
    pub to: Chord,
    /// Milliseconds from the last strum of the old chord's hand to the first clean one of the new.
    pub took_ms: f32,
    /// How high the highest fingertip flew over the strings, in centimetres, where it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lift_cm: Option<f32>,
    /// Milliseconds from the first finger that landed to the last, where it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landing_ms: Option<f32>,
    /// Fingers that were seen to leave the strings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lifted: Vec<Finger>,
}

/// One pass through a song, a section or a loop.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Pass {
    /// When it ended.
    #[serde(with = "seconds")]
    pub at: Duration,
    /// At which tempo.
    pub bpm: f32,
    /// Strokes it asks for, and those that were right.
    pub asked: u16,
    /// Right ones.
    pub right: u16,
    /// The longest run of missed strokes.
    #[serde(default)]
    pub missed_in_a_row: u16,
}

impl Pass {
    /// Share of right strokes, 0–1.
    #[must_use]
    pub fn share(&self) -> f32 {
        f32::from(self.right) / f32::from(self.asked.max(1))
    }
}

fn common_time() -> u8 {
    4
}
