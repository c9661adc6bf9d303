//! What is said at the end of a drill: what was reached, in words, and what comes next.

use std::time::Duration;

use super::{Goal, Measure, Outcome};
use crate::course::fill_counts;
use crate::feedback::RESULT;
use crate::{Address, Feedback, TipId};

/// A result stays worth saying until the next drill has begun.
const LIFETIME: Duration = Duration::from_secs(20);

/// What was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reached {
    /// Clean tries.
    Clean { clean: u32, wanted: u32 },
    /// Rounds in which every string rang.
    Strings { times: u32, wanted: u32 },
    /// Clean strums in a row.
    Row { in_a_row: u32, wanted: u32 },
    /// Changes; a rate where the time was long enough to tell one.
    Rate { changes: u32, rate: Option<u32>, wanted: u32, goal: u32 },
    /// Clean bars in a row.
    Bars { in_a_row: u32, wanted: u32 },
    /// Times in again on the first beat.
    Beat { times: u32, wanted: u32 },
    /// Strokes of a song in time and with the right chord, as far as it was played.
    Song { right: u32, asked: u32, whole: bool, clean: bool, came: Came },
}

/// What was heard while a song ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// Nothing was struck.
    Nothing,
    /// Other chords than the song's.
    Others,
    /// Strokes, no more of them in time than chance puts there.
    Anywhere,
    /// The song, as far as its strokes were right.
    Itself,
}

impl Reached {
    pub(super) fn of(goal: &Goal) -> Self {
        let (reached, wanted) = (goal.reached, goal.wanted);
        match goal.measure {
            Measure::Clean | Measure::Rate => Self::Clean { clean: reached, wanted },
            Measure::Row => Self::Row { in_a_row: reached, wanted },
            Measure::Beat => Self::Beat { times: reached, wanted },
        }
    }

    /// The line of `results.csv`, and its number.
    fn line(self) -> (&'static str, u32) {
        let passed = |key: [&'static str; 3], n: u32, wanted: u32| {
            (
                if n >= wanted {
                    key[0]
                } else if n > 0 {
                    key[1]
                } else {
                    key[2]
                },
                n,
            )
        };
        match self {
            Self::Clean { clean, wanted } => {
                passed(["clean-passed", "clean-some", "clean-none"], clean, wanted)
            }
            Self::Strings { times, wanted } => {
                passed(["strings-passed", "strings-some", "strings-none"], times, wanted)
            }
            Self::Row { in_a_row, wanted } => {
                passed(["row-passed", "row-some", "row-none"], in_a_row, wanted)
            }
            Self::Bars { in_a_row, wanted } => {
                passed(["bars-passed", "bars-some", "bars-none"], in_a_row, wanted)
            }
            Self::Beat { times, wanted } => {
                passed(["beat-passed", "beat-some", "beat-none"], times, wanted)
            }
            Self::Rate { rate: Some(rate), goal, .. } if rate >= goal => ("rate-goal", rate),
            Self::Rate { rate: Some(rate), wanted, .. } => {
                passed(["rate-passed", "rate-some", "rate-none"], rate, wanted)
            }
            Self::Rate { rate: None, changes, .. } => {
                (if changes > 0 { "rate-short" } else { "rate-none" }, changes)
            }
            Self::Song { clean: true, .. } => ("song-passed", 0),
            Self::Song { came: Came::Nothing, .. } => ("song-none", 0),
            Self::Song { came: Came::Others, .. } => ("song-other", 0),
            Self::Song { came: Came::Anywhere, .. } => ("song-off", 0),
            // Of what was not played nothing is said.
            Self::Song { whole: false, .. } => ("song-short", 0),
            Self::Song { right, asked, .. } if 2 * right >= asked => ("song-most", 0),
            Self::Song { .. } => ("song-some", 0),
        }
    }
}

pub(super) fn outcome(reached: Reached, address: Address) -> Outcome {
    let (key, number) = reached.line();
    let [reached, next] = fill_counts(key, number, address);
    Outcome { reached, next }
}

/// The same, to be said aloud.
pub(super) fn said(reached: Reached, address: Address, at: Duration) -> Feedback {
    let Outcome { reached, next } = outcome(reached, address);
    Feedback {
        diagnosis: reached,
        tip: next,
        tip_id: TipId(RESULT.to_owned()),
        basis: "לפי הצליל".to_owned(),
        marks: Vec::new(),
        priority: 5,
        expires: at + LIFETIME,
    }
}
