//! How a drill stands, for the page.

use serde::{Deserialize, Serialize};
use specta::Type;
use theory::StringNumber;
use tutor::NoteNames;
use tutor::drill::{Count, Goal, Measure, Phase, Place, Progress};

use super::ChordCard;
use super::course::DrillKindView;
use super::course::card;
use super::mirror::mirror;

mirror! {
    /// Where a drill is.
    #[serde(rename_all = "camelCase")]
    pub(crate) enum PhaseView of Phase {
        /// Waits for the first strum or the command `start`.
        Ready,
        /// The beats before the first bar.
        CountIn,
        /// It is played.
        Playing,
        /// A bar that is only counted.
        Silent,
        /// In again on the next first beat; of a song with the next line.
        Rejoin,
        /// There is an outcome.
        Over,
    }
}

mirror! {
    /// What is counted against a goal.
    #[serde(rename_all = "camelCase")]
    pub(crate) enum GoalMeasureView of Measure {
        /// Clean tries.
        Clean,
        /// Clean tries (bars, of a pattern) in a row.
        Row,
        /// Changes a minute.
        Rate,
        /// Times in again on the first beat.
        Beat,
    }
}

/// One of so many, counted from 1.
#[derive(Debug, Clone, Copy, Serialize, Type)]
pub(crate) struct CountView {
    now: u32,
    of: u32,
}

/// A place in a song's sheet, each counted from 0.
#[derive(Debug, Clone, Copy, Serialize, Type)]
pub(crate) struct PlaceView {
    section: u32,
    line: u32,
    part: u32,
}

/// How near what passes is.
#[derive(Debug, Clone, Copy, Serialize, Type)]
pub(crate) struct GoalView {
    measure: GoalMeasureView,
    wanted: u32,
    /// The best so far.
    reached: u32,
    passed: bool,
}

/// What was reached, then what comes next.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct OutcomeView {
    reached: String,
    next: String,
}

/// How a drill stands now; each one replaces the one before.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DrillView {
    drill: DrillKindView,
    phase: PhaseView,
    /// The beat of the bar, or of the count-in; null where there is no beat.
    beat: Option<CountView>,
    bar: Option<CountView>,
    bpm: Option<u32>,
    /// The chord to play now.
    chord: Option<ChordCard>,
    /// The one after it, if it is another.
    next: Option<ChordCard>,
    /// The string to play now, where strings are played one by one; 1 thin … 6 thick.
    string: Option<u8>,
    /// The string that was played last in its place.
    other: Option<u8>,
    /// Where in the song's sheet.
    place: Option<PlaceView>,
    /// Changes so far.
    changes: Option<u32>,
    seconds_left: Option<u32>,
    /// Clean tries (bars, of a pattern), all tries, and the clean ones in a row up to the last.
    clean: u32,
    tries: u32,
    in_a_row: u32,
    goal: Option<GoalView>,
    /// Only when it is over.
    outcome: Option<OutcomeView>,
}

impl DrillView {
    pub(crate) fn of(progress: &Progress, names: NoteNames) -> Self {
        let card = |chord| card(chord, names);
        let outcome = progress.outcome.as_ref().map(|outcome| OutcomeView {
            reached: outcome.reached.display.clone(),
            next: outcome.next.display.clone(),
        });
        Self {
            drill: progress.kind.into(),
            phase: progress.phase.into(),
            beat: progress.beat.map(CountView::from),
            bar: progress.bar.map(CountView::from),
            bpm: progress.bpm,
            chord: progress.chord.and_then(card),
            next: progress.next.and_then(card),
            string: progress.string.map(StringNumber::number),
            other: progress.other.map(StringNumber::number),
            place: progress.place.map(PlaceView::from),
            changes: progress.changes,
            seconds_left: progress.seconds_left,
            clean: progress.clean,
            tries: progress.tries,
            in_a_row: progress.in_a_row,
            goal: progress.goal.map(GoalView::from),
            outcome,
        }
    }
}

impl From<Count> for CountView {
    fn from(Count { now, of }: Count) -> Self {
        Self { now, of }
    }
}

impl From<Place> for PlaceView {
    fn from(Place { section, line, part }: Place) -> Self {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { section: number(section), line: number(line), part: number(part) }
    }
}

impl From<Goal> for GoalView {
    fn from(Goal { measure, wanted, reached, passed }: Goal) -> Self {
        Self { measure: measure.into(), wanted, reached, passed }
    }
}

/// A drill to open: a task of the day's plan, or a step of the path.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DrillAsked {
    /// `changes`, as in a task's target.
    pub(crate) kind: String,
    /// `pair:E:min>A:min`, as in a task.
    pub(crate) item: String,
    /// How long, where it is set; the drill's own time if null.
    pub(crate) seconds: Option<u32>,
    /// Beats a minute; the drill's or the song's own if null.
    pub(crate) bpm: Option<u32>,
    /// `E:min`: the chord under a pattern; E minor if null.
    pub(crate) chord: Option<String>,
    /// All sections of a song, whatever section the item names.
    pub(crate) whole: bool,
    /// Whether the beat is heard; it is shown anyway.
    pub(crate) clicks: bool,
}
