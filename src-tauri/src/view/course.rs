//! Today's plan and the path.

use serde::Serialize;
use specta::Type;
use theory::{Chord, Shape};
use tutor::NoteNames;
use tutor::course::song::{Song, own};
use tutor::course::{
    self, DrillKind, Gate, Given, Path, State, Step, StepKind, StepState, Target, Task,
};
use tutor::hebrew::date_name;
use tutor::review::{Day, EASY_RATE, Item, LONG_AWAY, days_away};

use super::ChordCard;
use super::home::OrderView;
use super::mirror::mirror;

mirror! {
    /// What is done in a task.
    #[serde(rename_all = "snake_case")]
    pub(crate) enum DrillKindView of DrillKind {
        /// How to sit and hold the guitar.
        Hold,
        /// Tuning.
        Tune,
        /// What strings and fingers are called.
        Names,
        /// Fingers on their places, one strum.
        Place,
        /// String by string.
        Strings,
        /// Chord perfect.
        Strum,
        /// One-minute changes.
        Changes,
        /// A pattern over a count-in.
        Pattern,
        /// Two bars played, two bars counted in silence.
        Silence,
        /// In again on the first beat after a slip.
        Rejoin,
        /// A song.
        Song,
    }
}

/// What a task aims at; null where it has no such thing.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TargetView {
    kind: DrillKindView,
    seconds: u32,
    bars: Option<u32>,
    /// Beats a minute.
    tempo: Option<u32>,
    /// Beats counted before.
    count_in: Option<u32>,
    clean: Option<u32>,
    in_a_row: Option<u32>,
    /// Changes a minute that pass…
    per_minute: Option<u32>,
    /// …and that are the goal.
    goal: Option<u32>,
    on_beat_one: Option<u32>,
}

impl From<&Target> for TargetView {
    fn from(target: &Target) -> Self {
        Self {
            kind: target.kind.into(),
            seconds: target.seconds,
            bars: target.bars,
            tempo: target.tempo,
            count_in: target.count_in,
            clean: target.clean,
            in_a_row: target.in_a_row,
            per_minute: target.per_minute,
            goal: target.goal,
            on_beat_one: target.on_beat_one,
        }
    }
}

/// One task of a day, or a step of the path by itself.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TaskView {
    /// `2-changes`
    id: String,
    /// `chord:E:min`, `pair:E:min>A:min`, `pattern:D-D-`, `song:ID/1`, or `step:ID`.
    item: String,
    /// Display text; Latin names are isolated.
    title: String,
    /// Why it is here: one sentence.
    why: String,
    minutes: f32,
    target: TargetView,
    /// The chords it is about, in order; of a pattern, the one it is played over.
    chords: Vec<ChordCard>,
    /// For a song: its id.
    song: Option<String>,
    /// What to read or do where nothing is listened for (how to sit, names): sentences.
    lines: Vec<String>,
}

impl TaskView {
    fn of(task: &Task, given: &Given<'_>) -> Self {
        let item: Option<Item> = task.item.parse().ok();
        Self {
            id: task.id.clone(),
            item: task.item.clone(),
            title: task.title.display.clone(),
            why: task.why.display.clone(),
            minutes: task.minutes,
            target: TargetView::from(&task.target),
            chords: item
                .iter()
                .flat_map(|item| chords(item, given.songs, given.path))
                .filter_map(|chord| card(chord, given.notes))
                .collect(),
            song: match item {
                Some(Item::Song { id, .. }) => Some(id),
                _ => None,
            },
            lines: course::lines(task.target.kind).map(str::to_owned).collect(),
        }
    }
}

/// `songs`: the student's own.
fn chords(item: &Item, songs: &[Song], path: &Path) -> Vec<Chord> {
    match item {
        Item::Chord(chord) => vec![*chord],
        Item::Pair(from, to) => vec![*from, *to],
        Item::Pattern(_) => path.carrier(item).into_iter().collect(),
        Item::Song { id, .. } => own(id)
            .or_else(|| songs.iter().find(|song| song.id == *id))
            .map(Song::different)
            .unwrap_or_default(),
    }
}

/// The picture of a chord; none where no usual shape is known.
pub(crate) fn card(chord: Chord, names: NoteNames) -> Option<ChordCard> {
    Shape::of(chord).map(|shape| ChordCard::of(shape, names))
}

/// How a day stands.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DayState {
    /// Nobody has played yet: the first day.
    New,
    /// The first day after a week without playing, or more.
    Away,
    /// As usual.
    Usual,
    /// As many minutes as were planned have been played.
    Done,
}

/// Today's plan.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TodayView {
    /// «יום שני, 23 בנובמבר»
    date: String,
    minutes: u8,
    state: DayState,
    tasks: Vec<TaskView>,
    /// «ארבעה ימי נגינה מתוך שבעה. יום חופש לא מוחק כלום.»
    week: String,
    /// What rang better lately, in a sentence; empty where there is nothing to compare.
    better: String,
}

impl TodayView {
    pub(crate) fn of(given: &Given<'_>, seconds_today: f32) -> Self {
        let Given { today, measurements, .. } = *given;
        let plan = course::today(given);
        let days: Vec<Day> = measurements.iter().map(|measured| measured.day).collect();
        let state = match days_away(&days, today) {
            _ if seconds_today >= f32::from(plan.minutes) * 60.0 => DayState::Done,
            _ if days.is_empty() => DayState::New,
            Some(away) if away > LONG_AWAY => DayState::Away,
            _ => DayState::Usual,
        };
        let report = course::report(measurements, today);
        Self {
            date: date_name(today),
            minutes: plan.minutes,
            state,
            tasks: plan.tasks.iter().map(|task| TaskView::of(task, given)).collect(),
            week: report.week.clone(),
            better: report.headline.filter(|_| !report.worse).unwrap_or_default(),
        }
    }
}

mirror! {
    /// Where a step stands.
    #[serde(rename_all = "snake_case")]
    pub(crate) enum StateOfStep of State {
        /// Passed, or left behind.
        Done,
        /// The next one.
        Current,
        /// May be practised as well.
        Open,
        /// Comes later; who wants to goes there anyway.
        Locked,
    }
}

mirror! {
    /// What is done in a step.
    #[serde(rename_all = "snake_case")]
    pub(crate) enum StepKindView of StepKind {
        /// How to sit and hold the guitar.
        Hold,
        /// Tuning.
        Tune,
        /// What strings and fingers are called.
        Names,
        /// Fingers on their places.
        Place,
        /// String by string.
        Strings,
        /// One clean strum after another.
        Strum,
        /// From chord to chord.
        Changes,
        /// A strum pattern.
        Pattern,
        /// A song.
        Song,
    }
}

/// What a gate measures.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MeasureView {
    /// Nothing: the student says so.
    Told,
    /// Clean tries.
    Clean,
    /// Clean tries in a row.
    InARow,
    /// Changes a minute.
    PerMinute,
}

/// A step of the path.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StepView {
    /// `em-am.changes`
    id: String,
    kind: StepKindView,
    title: String,
    state: StateOfStep,
    measure: MeasureView,
    /// What passes, in that measure.
    at_least: Option<f32>,
    /// What is the goal beyond passing.
    goal: Option<f32>,
    /// What was reached; null before anything was measured.
    reached: Option<f32>,
    /// Left behind by the student, without passing.
    moved_on: bool,
    /// Left behind because of the student's level: there is nothing to take back.
    by_level: bool,
    /// Going on without passing is offered.
    may_move_on: bool,
    /// What to practise for it.
    task: Option<TaskView>,
    /// The song's title, for a song.
    song: Option<String>,
}

impl StepView {
    fn of(state: &StepState, given: &Given<'_>) -> Self {
        let step = state.step;
        let (measure, at_least, goal) = match step.gate {
            Gate::Told => (MeasureView::Told, None, None),
            Gate::Clean(times) => (MeasureView::Clean, Some(times as f32), None),
            Gate::Row(times) => (MeasureView::InARow, Some(times as f32), None),
            Gate::Rate(rate) => (MeasureView::PerMinute, Some(rate), Some(EASY_RATE)),
        };
        Self {
            id: step.id.to_owned(),
            kind: step.kind.into(),
            title: step.title().display,
            state: state.state.into(),
            measure,
            at_least,
            goal,
            reached: state.measured.map(|value| (value * 10.0).round() / 10.0),
            moved_on: state.moved_on,
            by_level: state.by_level,
            may_move_on: state.may_move_on,
            task: course::task(step, given).map(|task| TaskView::of(&task, given)),
            song: song_title(step),
        }
    }
}

fn song_title(step: &Step) -> Option<String> {
    step.items.iter().find_map(|item| match item {
        Item::Song { id, .. } => own(id).map(|song| song.title.clone()),
        _ => None,
    })
}

/// A chapter: one fret of the neck.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChapterView {
    /// `em-am`
    id: String,
    /// «שני אקורדים: Em, Am»
    title: String,
    /// Done when every step is; current when it holds the next step.
    state: StateOfStep,
    /// The chords it teaches.
    chords: Vec<ChordCard>,
    steps: Vec<StepView>,
}

/// The course as one student sees it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PathView {
    order: OrderView,
    chapters: Vec<ChapterView>,
    /// The chords that are known: `E:min`.
    known: Vec<String>,
}

impl PathView {
    pub(crate) fn of(path: &Path, given: &Given<'_>) -> Self {
        let mut chapters: Vec<ChapterView> = Vec::new();
        for state in &path.steps {
            let id = state.step.chapter;
            if chapters.last().is_none_or(|last| last.id != id) {
                chapters.push(ChapterView::new(id, path, given.notes));
            }
            if let Some(chapter) = chapters.last_mut() {
                chapter.steps.push(StepView::of(state, given));
            }
        }
        let known = path.known().iter().map(ToString::to_string).collect();
        Self { order: path.order.into(), chapters, known }
    }
}

impl ChapterView {
    fn new(id: &str, path: &Path, names: NoteNames) -> Self {
        let chapter = course::chapters().iter().find(|chapter| chapter.id == id);
        let of = || path.steps.iter().filter(|state| state.step.chapter == id);
        let any = |wanted: State| of().any(|state| state.state == wanted);
        let state = match () {
            () if any(State::Current) => State::Current,
            () if of().all(|state| state.state == State::Done) => State::Done,
            () if any(State::Open) => State::Open,
            () => State::Locked,
        };
        let chords = chapter.iter().flat_map(|it| it.chords());
        Self {
            id: id.to_owned(),
            title: chapter.map_or(String::new(), |chapter| chapter.title().display),
            state: state.into(),
            chords: chords.filter_map(|chord| card(chord, names)).collect(),
            steps: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use tutor::course::song::read_chordpro;

    use super::*;

    #[test]
    fn a_song_of_the_students_own_has_its_chords() {
        let path = course::path(&[], &course::Choices::default());
        let item = "song:my-song/1".parse().unwrap();
        assert!(chords(&item, &[], &path).is_empty());
        let song = read_chordpro("my-song", "[Em]la [Am]la\n").unwrap();
        let found: Vec<String> =
            chords(&item, &[song], &path).iter().map(Chord::to_string).collect();
        assert_eq!(found, ["E:min", "A:min"]);
    }
}
