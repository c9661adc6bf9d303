//! The song at the end of a day.

use super::{Draft, DrillKind, Given, Item, LONG, SHORTEST, State, StepKind, Subject, song};
use crate::course::song::Song;

/// A song that is due; else that of the current chapter, slowly where a chord is still new; else
/// one of those that can be played, another one every day.
pub(super) fn choose(given: &Given<'_>) -> Option<Draft> {
    let all: Vec<&Song> = song::own_songs().iter().chain(given.songs).collect();
    let find = |item: &Item| match item {
        Item::Song { id, .. } => all.iter().copied().find(|song| song.id == *id),
        _ => None,
    };
    let knows = |song: &Song| song.different().into_iter().all(|chord| given.path.knows(chord));
    if let Some(due) = given.due.iter().filter_map(find).find(|song| knows(song)) {
        return Some(draft(due, "due-song", false));
    }
    let chapter = current_song(given);
    if let Some(song) = chapter.as_ref().and_then(find).filter(|song| knows(song)) {
        return Some(draft(song, "song", false));
    }
    let known: Vec<&&Song> = all.iter().filter(|song| knows(song)).collect();
    if known.is_empty() {
        return chapter.as_ref().and_then(find).map(|song| draft(song, "song-slow", true));
    }
    let day = usize::try_from(given.today.0.max(0)).unwrap_or(0);
    known.get(day % known.len()).map(|song| draft(song, "song-known", false))
}

/// Of a long day, the time of a song whose chord is still being learnt: the chord's own steps come
/// first.
const TASTE: u32 = 120;

/// A third of a short day, half of a long one, in whole minutes; none is ever longer than half. A song
/// that waits for a chord has a taste of that.
pub(super) fn share(song: &Draft, whole: u32) -> u32 {
    let long = whole >= LONG;
    match (is_waiting(song), long) {
        (true, true) => TASTE,
        (true, false) => SHORTEST,
        (false, true) => whole / 2 / 60 * 60,
        (false, false) => (whole / 3 / 60 * 60).max(SHORTEST),
    }
}

/// Whether a song waits for a chord.
pub(super) fn is_waiting(song: &Draft) -> bool {
    matches!(song.subject, Subject::Song(_, true))
}

/// Whether the hand has, or will have strummed, every chord of the song when it comes: all are known,
/// or the only new one is strummed before it.
pub(super) fn is_prepared(given: &Given<'_>, song: &Draft, before: &[Draft]) -> bool {
    let Subject::Song(song, _) = &song.subject else { return false };
    let new: Vec<_> = song.different().into_iter().filter(|it| !given.path.knows(*it)).collect();
    let strummed = |draft: &&Draft| draft.kind == DrillKind::Strum;
    let practised =
        |chord| before.iter().filter(strummed).any(|draft| draft.is_about(&Item::Chord(chord)));
    new.len() <= 1 && new.into_iter().all(practised)
}

/// The song of the current chapter; before the first chord that of the first chapter with one.
fn current_song(given: &Given<'_>) -> Option<Item> {
    let chapter = given.path.current().map(|state| state.step.chapter);
    let mut songs: Vec<_> = given.path.steps.iter().collect();
    songs.retain(|state| state.step.kind == StepKind::Song);
    let here = songs.iter().find(|state| Some(state.step.chapter) == chapter);
    let to_come = songs.iter().find(|state| state.state != State::Done);
    here.or(to_come).and_then(|state| state.step.items.first().cloned())
}

fn draft(song: &Song, reason: &'static str, slowly: bool) -> Draft {
    let subject = Subject::Song(Box::new(song.clone()), slowly);
    Draft { kind: DrillKind::Song, subject, reason, seconds: 60 }
}
