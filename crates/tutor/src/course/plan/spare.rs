//! What a day comes back to beside what is due: chords that failed, and, where time is left, more of
//! what is open and of what is known.

use super::{Draft, DrillKind, Given, Item, SHORTEST, Subject, first_chord, weakest};
use crate::course::gates;
use crate::course::tasks::drill_of;
use crate::course::{State, StepKind};
use crate::review::take_turns;

/// Chords that failed have so many places in a day.
const FAILED: usize = 2;

/// The chords that rang not once when they were last tried, the latest first.
pub(super) fn failed(given: &Given<'_>) -> impl Iterator<Item = Draft> {
    gates::failed(given.measurements).into_iter().take(FAILED).map(again)
}

/// What of a song's chords failed or is due.
pub(super) fn before_song(given: &Given<'_>, song: Option<&Draft>) -> Vec<Draft> {
    let Some(Subject::Song(song, _)) = song.map(|draft| &draft.subject) else { return Vec::new() };
    let failed = gates::failed(given.measurements);
    let chords = song.different().into_iter().map(Item::Chord);
    chords
        .filter_map(|item| match (failed.contains(&item), given.due.contains(&item)) {
            (true, _) => Some(again(item)),
            (false, true) => Some(Draft::of(item, "due-chord", SHORTEST)),
            (false, false) => None,
        })
        .collect()
}

/// String by string, as whatever went wrong.
fn again(item: Item) -> Draft {
    Draft { kind: DrillKind::Strings, ..Draft::of(item, "again-chord", SHORTEST) }
}

/// What a day is filled with whose time is not used up: steps that are open, then chords that are
/// known, another one first each day.
pub(super) fn spare(given: &Given<'_>) -> Vec<Draft> {
    let ahead = given.path.ahead().map(|state| state.step).filter(|it| it.kind != StepKind::Song);
    let open = |step: &&crate::course::Step| {
        let mut states = given.path.steps.iter();
        states.any(|state| state.step.id == step.id && state.state != State::Locked)
    };
    let steps = first_chord(given).filter(open).take(4).chain(ahead);
    let steps = steps.map(|step| {
        let item = weakest(given, &step.items);
        let subject = item.map_or(Subject::Step(step), Subject::Item);
        let (kind, reason) = (drill_of(step.kind), step.kind.key());
        Draft { kind, subject, reason, seconds: SHORTEST }
    });
    let mut known: Vec<Item> = given.path.known().iter().copied().map(Item::Chord).collect();
    take_turns(&mut known, given.today);
    let keep = known.into_iter().map(|item| Draft::of(item, "keep", SHORTEST));
    steps.chain(keep).collect()
}
