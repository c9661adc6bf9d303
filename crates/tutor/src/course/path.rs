//! Where a student stands: what is passed, what is next, what may be entered as well.

use serde::{Deserialize, Serialize};
use theory::{Chord, Shape};

use super::gates::{self, Measurement};
use super::{Chapter, Gate, Order, Step, StepKind, song};
use crate::Level;
use crate::review::Item;

/// What a student chose.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The order of the chapters.
    pub order: Order,
    /// Ids of the steps that the student has left behind, passed or not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved_on: Vec<String>,
    /// What the student brings along; kept elsewhere.
    #[serde(skip)]
    pub level: Level,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Passed, or left behind.
    Done,
    /// The next one.
    Current,
    /// May be practised as well.
    Open,
    /// Comes later. Who wants to goes there anyway.
    Locked,
}

/// A step and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct StepState {
    /// Which.
    pub step: &'static Step,
    /// Where it stands.
    pub state: State,
    /// What was reached, in the gate's own measure.
    pub measured: Option<f32>,
    /// Left behind by the student, without the gate.
    pub moved_on: bool,
    /// Left behind because of the student's level.
    pub by_level: bool,
    /// The gate is not passed, but has been stood before long enough: going on is offered, and the
    /// next chapter is open.
    pub may_move_on: bool,
}

/// The course as one student sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// The chosen order.
    pub order: Order,
    /// Every step of that order.
    pub steps: Vec<StepState>,
    known: Vec<Chord>,
}

/// The course after what was measured and chosen.
#[must_use]
pub fn path(measurements: &[Measurement], choices: &Choices) -> Path {
    let begun = measurements.iter().any(|measured| measured.tally.clean > 0);
    let chapters: Vec<_> = choices.order.chapters().collect();
    let mut steps: Vec<StepState> = chapters
        .iter()
        .flat_map(|(chapter, _)| chapter.steps())
        .map(|step| stand(step, measurements, choices, begun))
        .collect();
    let known = known(&chapters, &steps, measurements);
    for (chapter, before) in &chapters {
        let open = before.iter().all(|id| lets_on(&steps, id));
        for step in steps.iter_mut().filter(|step| step.step.chapter == chapter.id) {
            if step.state == State::Locked
                && (open || is_begun(step.step, measurements) || is_playable(step.step, &known))
            {
                step.state = State::Open;
            }
        }
    }
    let next = steps
        .iter()
        .position(|step| step.state == State::Open && !step.may_move_on)
        .or_else(|| steps.iter().position(|step| step.state == State::Open));
    if let Some(step) = next.and_then(|place| steps.get_mut(place)) {
        step.state = State::Current;
    }
    Path { order: choices.order, steps, known }
}

/// Whether the chapters after this one are open: what only the student can tell, and a song, lock
/// nothing.
fn lets_on(steps: &[StepState], chapter: &str) -> bool {
    let free = |step: &Step| step.gate == Gate::Told || step.kind == StepKind::Song;
    let mut of_chapter = steps.iter().filter(|step| step.step.chapter == chapter);
    of_chapter.all(|step| step.state == State::Done || step.may_move_on || free(step.step))
}

/// Whether something of it was tried already.
fn is_begun(step: &Step, measurements: &[Measurement]) -> bool {
    step.items.iter().any(|item| gates::is_tried(measurements, item))
}

/// Whether it is a song of which every chord is known.
fn is_playable(step: &Step, known: &[Chord]) -> bool {
    let Some(Item::Song { id, .. }) = step.items.first() else { return false };
    song::own(id).is_some_and(|song| song.different().iter().all(|chord| known.contains(chord)))
}

/// Whether a step holds nobody of this level back: who knows some chords sits well already and needs
/// no gate for placing fingers; who plays songs needs none for a clean strum either.
fn is_behind_level(step: &Step, level: Level) -> bool {
    match step.kind {
        StepKind::Hold | StepKind::Tune | StepKind::Names | StepKind::Place | StepKind::Strings => {
            level != Level::Beginner
        }
        StepKind::Strum | StepKind::Pattern => level == Level::Advanced,
        StepKind::Changes | StepKind::Song => false,
    }
}

fn stand(
    step: &'static Step,
    measurements: &[Measurement],
    choices: &Choices,
    begun: bool,
) -> StepState {
    let measured = gates::reached(step, measurements);
    let passed = gates::passes(step.gate, measured) || (step.gate == Gate::Told && begun);
    let by_level = is_behind_level(step, choices.level);
    let left = by_level || choices.moved_on.iter().any(|id| id == step.id);
    StepState {
        step,
        state: if passed || left { State::Done } else { State::Locked },
        measured,
        moved_on: left && !passed,
        by_level: by_level && !passed,
        may_move_on: !passed && !left && gates::is_bored(step, measurements),
    }
}

/// Whether a chapter holds nobody back any more.
fn is_behind(steps: &[StepState], chapter: &str) -> bool {
    let mut of_chapter = steps.iter().filter(|step| step.step.chapter == chapter);
    of_chapter.all(|step| step.state == State::Done || step.may_move_on)
}

fn known(
    chapters: &[(&Chapter, Vec<&str>)],
    steps: &[StepState],
    measurements: &[Measurement],
) -> Vec<Chord> {
    let mut known: Vec<Chord> = chapters
        .iter()
        .flat_map(|(chapter, _)| chapter.chords().map(move |chord| (chapter.id, chord)))
        .filter(|(id, chord)| is_behind(steps, id) || gates::rings(measurements, *chord))
        .map(|(_, chord)| chord)
        .collect();
    // Chords of imported songs are in no chapter.
    let others = measurements.iter().filter_map(|measured| match measured.item {
        Item::Chord(chord) => Some(chord),
        _ => None,
    });
    known.extend(others.filter(|chord| gates::rings(measurements, *chord)));
    known.sort_unstable();
    known.dedup();
    known
}

impl Path {
    /// The step to do next; none after the last.
    #[must_use]
    pub fn current(&self) -> Option<&StepState> {
        self.steps.iter().find(|step| step.state == State::Current)
    }

    /// The chords that the student can play, in order.
    #[must_use]
    pub fn known(&self) -> &[Chord] {
        &self.known
    }

    /// Whether the student can play a chord.
    #[must_use]
    pub fn knows(&self, chord: Chord) -> bool {
        self.known.binary_search(&chord).is_ok()
    }

    /// The chord that a pattern of the course is played over: the newest known one of those taught up
    /// to its step and shown in pictures, so that one thing alone is new. While none is known, the
    /// first of the course.
    #[must_use]
    pub fn carrier(&self, pattern: &Item) -> Option<Chord> {
        let place = self.steps.iter().position(|state| state.step.items.contains(pattern));
        let before = &self.steps[..place.unwrap_or(self.steps.len())];
        let placed = || before.iter().filter(|state| state.step.kind == StepKind::Place);
        let taught = || placed().flat_map(|state| state.step.chords()).filter(is_shown);
        taught().filter(|chord| self.knows(*chord)).last().or_else(|| taught().next())
    }

    /// The steps of the current chapter that are not done, the current one first.
    pub(super) fn ahead(&self) -> impl Iterator<Item = &StepState> {
        let chapter = self.current().map(|step| step.step.chapter);
        let here = move |step: &&StepState| Some(step.step.chapter) == chapter;
        self.steps
            .iter()
            .filter(here)
            .skip_while(|step| step.state != State::Current)
            .filter(|step| step.state != State::Done)
    }
}

/// Whether the screens have a picture of it.
fn is_shown(chord: &Chord) -> bool {
    Shape::of(*chord).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{Day, Tally};

    fn tally(tries: &str) -> Tally {
        let mut tally = Tally::default();
        tries.chars().for_each(|sign| tally.count(sign == '+'));
        tally
    }

    fn played(item: &str, day: i32, clean: u32, rate: Option<f32>) -> Measurement {
        let tally = tally(&"+".repeat(clean as usize));
        Measurement {
            item: item.parse().unwrap(),
            day: Day(day),
            tally,
            per_minute: rate,
            strings: None,
            picked: false,
        }
    }

    fn states(path: &Path, chapter: &str) -> Vec<State> {
        let steps = path.steps.iter().filter(|step| step.step.chapter == chapter);
        steps.map(|step| step.state).collect()
    }

    fn em() -> Vec<Measurement> {
        vec![
            played("chord:E:min", 0, 5, None),
            played("pattern:D-D-D-D-", 0, 4, None),
            played("song:boker-ehad/1", 0, 1, None),
        ]
    }

    #[test]
    fn a_new_student_begins_at_the_beginning() {
        let path = path(&[], &Choices::default());
        assert_eq!(path.current().unwrap().step.id, "setup.hold");
        assert_eq!(states(&path, "setup"), [State::Current, State::Open, State::Open]);
        let em = states(&path, "em");
        assert!(em.iter().all(|state| *state == State::Open), "nothing but words stands before it");
        assert!(states(&path, "em-am").iter().all(|state| *state == State::Locked));
        assert!(path.known().is_empty());
    }

    #[test]
    fn what_was_begun_and_a_song_that_can_be_played_are_not_locked() {
        let tried = Measurement { tally: tally("---"), ..played("chord:G:maj", 0, 0, None) };
        let path = path(std::slice::from_ref(&tried), &Choices::default());
        use State::{Locked, Open};
        assert_eq!(states(&path, "g"), [Open, Open, Open, Locked, Locked]);
        let state = |measurements: &[Measurement]| {
            let path = super::path(measurements, &Choices::default());
            path.steps.iter().find(|step| step.step.id == "e-a.song").unwrap().state
        };
        assert_eq!(state(&[tried]), Locked);
        assert_eq!(state(&["E", "A"].map(|c| played(&format!("chord:{c}:maj"), 0, 3, None))), Open);
    }

    #[test]
    fn gates_open_the_next_chapter() {
        let path = path(&em(), &Choices::default());
        assert!(states(&path, "em").iter().all(|state| *state == State::Done));
        assert_eq!(path.current().unwrap().step.id, "em-am.place");
        assert!(path.knows("Em".parse().unwrap()) && !path.knows("Am".parse().unwrap()));
        assert!(states(&path, "e-a").iter().all(|state| *state == State::Locked));
    }

    #[test]
    fn changes_pass_at_thirty_in_both_directions() {
        let at = |there: f32, back: f32| {
            let mut all = em();
            all.push(played("pair:E:min>A:min", 1, 1, Some(there)));
            all.push(played("pair:A:min>E:min", 1, 1, Some(back)));
            let path = path(&all, &Choices::default());
            let step = path.steps.iter().find(|step| step.step.id == "em-am.changes").cloned();
            step.unwrap()
        };
        assert_eq!((at(31.0, 30.0).state, at(31.0, 30.0).measured), (State::Done, Some(30.0)));
        assert_eq!((at(45.0, 29.9).state, at(45.0, 29.9).measured), (State::Open, Some(29.9)));
    }

    #[test]
    fn a_song_is_done_when_all_its_sections_are() {
        let song = |sections: &[&str]| {
            let mut all = em();
            all.extend(sections.iter().map(|section| played(section, 1, 1, None)));
            let path = path(&all, &Choices::default());
            let step = path.steps.iter().find(|step| step.step.id == "em-am.song").cloned();
            step.unwrap().measured
        };
        assert_eq!(song(&["song:gesher/1"]), Some(0.0));
        assert_eq!(song(&["song:gesher/1", "song:gesher/2"]), Some(1.0));
    }

    #[test]
    fn whoever_is_bored_may_go_on() {
        let mut all = em();
        all.push(played("chord:A:min", 1, 5, None));
        all.push(played("song:gesher/1", 1, 1, None));
        all.push(played("song:gesher/2", 1, 1, None));
        for day in 1..=3 {
            assert_eq!(path(&all, &Choices::default()).current().unwrap().step.chapter, "em-am");
            all.push(played("pair:E:min>A:min", day, 1, Some(24.0)));
            all.push(played("pair:A:min>E:min", day, 1, Some(23.0)));
        }
        let path = path(&all, &Choices::default());
        assert_eq!(path.current().unwrap().step.id, "e-a.place");
        let changes = path.steps.iter().find(|step| step.step.id == "em-am.changes").unwrap();
        assert!(changes.may_move_on && changes.state == State::Open);
    }

    #[test]
    fn a_pattern_is_played_over_the_newest_known_chord() {
        let carrier = |measurements: &[Measurement], order: Order, pattern: &str| {
            let path = path(measurements, &Choices { order, ..Choices::default() });
            path.carrier(&format!("pattern:{pattern}").parse().unwrap()).unwrap().to_string()
        };
        let known = |chords: &[&str]| -> Vec<Measurement> {
            chords.iter().map(|chord| played(&format!("chord:{chord}"), 1, 5, None)).collect()
        };
        assert_eq!(carrier(&[], Order::EmFirst, "D-DUD-DU"), "E:min");
        assert_eq!(carrier(&[], Order::ADFirst, "D-DUD-DU"), "A:maj");
        let some = known(&["D:maj", "E:min", "F:maj"]);
        assert_eq!(carrier(&some, Order::EmFirst, "D-DUD-DU"), "D:maj", "F comes later");
        assert_eq!(carrier(&some, Order::EmFirst, "D-D-D-D-"), "E:min", "D is not taught yet");
        assert_eq!(
            carrier(&some, Order::EmFirst, "D---D---"),
            "D:maj",
            "in no step; F has no picture"
        );
    }

    #[test]
    fn a_level_leaves_behind_what_it_needs_no_gate_for() {
        let first = |level: Level| {
            let path = path(&[], &Choices { level, ..Choices::default() });
            assert!(path.steps.iter().all(|step| step.by_level == step.moved_on));
            path.current().unwrap().step.id
        };
        assert_eq!(first(Level::Beginner), "setup.hold");
        assert_eq!(first(Level::Familiar), "em.strum");
        assert_eq!(first(Level::Advanced), "em.song");
    }

    #[test]
    fn moving_on_anyway_and_another_order_lose_nothing() {
        let choices = Choices {
            order: Order::ADFirst,
            moved_on: ["hold", "tune", "names"].map(|id| format!("setup.{id}")).to_vec(),
            ..Choices::default()
        };
        let fresh = path(&[], &choices);
        assert_eq!(fresh.current().unwrap().step.id, "a-d.place");
        assert!(fresh.steps[0].moved_on && fresh.steps[0].state == State::Done);
        let path = path(&em(), &choices);
        assert!(states(&path, "em").iter().all(|state| *state == State::Done));
        assert_eq!(path.current().unwrap().step.id, "a-d.place");
    }
}
