//! How a drill stands: what a screen draws and a program reads.

use serde::Serialize;
use theory::{Chord, StringNumber};

use crate::Phrase;
use crate::course::DrillKind;

/// Where a drill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Waits for the first strum, or for the word to begin.
    Ready,
    /// The beats before the first bar.
    CountIn,
    /// It is played.
    Playing,
    /// A bar that is only counted.
    Silent,
    /// Out for a moment: in again on the next first beat (of a song: with the next line).
    Rejoin,
    /// It is over; there is a result.
    Over,
}

/// One of so many, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Which.
    pub now: u32,
    /// Of how many.
    pub of: u32,
}

/// A place in a song's sheet, each counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The section.
    pub section: usize,
    /// Its line.
    pub line: usize,
    /// The part of the line.
    pub part: usize,
}

/// What is measured against the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Clean tries.
    Clean,
    /// Clean tries (bars, of a pattern) in a row.
    Row,
    /// Changes a minute.
    Rate,
    /// Times in again on the first beat.
    Beat,
}

/// How near the gate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Goal {
    /// What is counted.
    pub measure: Measure,
    /// How many pass.
    pub wanted: u32,
    /// How many there are: the best so far.
    pub reached: u32,
    /// Whether that passes.
    pub passed: bool,
}

impl Goal {
    pub(super) fn new(measure: Measure, wanted: u32, reached: u32) -> Self {
        Self { measure, wanted, reached, passed: reached >= wanted }
    }
}

/// What is said at the end: what was reached, then what comes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// «שלושים ושניים מעברים בדקה.»
    pub reached: Phrase,
    /// «אפשר להמשיך לשיר.»
    pub next: Phrase,
}

/// How a drill stands now. Each one replaces the one before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    /// What is drilled.
    pub kind: DrillKind,
    /// Where it is.
    pub phase: Phase,
    /// The beat of the bar (of the count-in), where there is a beat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beat: Option<Count>,
    /// The bar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bar: Option<Count>,
    /// Beats a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bpm: Option<u32>,
    /// The chord to play now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chord: Option<Chord>,
    /// The one after it, if it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Chord>,
    /// The string to play now, where strings are played one by one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub string: Option<StringNumber>,
    /// The string that was played last in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<StringNumber>,
    /// Where in the song's sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Changes heard so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<u32>,
    /// Whole seconds that are left, where the time is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds_left: Option<u32>,
    /// Tries that were clean (bars, of a pattern).
    pub clean: u32,
    /// Tries.
    pub tries: u32,
    /// Clean ones in a row up to the last.
    pub in_a_row: u32,
    /// What passes; none where nothing is measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
    /// Only when it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

impl Progress {
    pub(super) fn new(kind: DrillKind, phase: Phase) -> Self {
        Self {
            kind,
            phase,
            beat: None,
            bar: None,
            bpm: None,
            chord: None,
            next: None,
            string: None,
            other: None,
            place: None,
            changes: None,
            seconds_left: None,
            clean: 0,
            tries: 0,
            in_a_row: 0,
            goal: None,
            outcome: None,
        }
    }
}
