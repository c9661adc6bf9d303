//! What to practise today: from the course, from what is due, from what went wrong. Deterministic:
//! the same student on the same day has the same plan. On another day what is equally due comes in
//! another order, and another of what waits equally long comes at all: variable order helps
//! (pedagogy: Wulf & Mornell 2008; «interleave chord pairs»).

use super::gates::{self, Measurement};
use super::song::Song;
use super::tasks::{Draft, Subject, Task, drill_of, same};
use super::{DrillKind, Path, State, StepKind, song};
use crate::review::{Day, EASY_RATE, Item, LONG_AWAY, take_turns};
use crate::{Address, NoteNames, TipId};

mod order;
mod songs;
mod spare;
#[cfg(test)]
mod tests;
mod time;

/// One kind of fault in one item on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The row of the diagnosis table.
    pub row: TipId,
    /// In what.
    pub item: Item,
    /// When.
    pub day: Day,
    /// How often.
    pub times: u32,
}

/// What a day is planned from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The day.
    pub today: Day,
    /// How long, in minutes.
    pub minutes: u8,
    /// Where the student stands.
    pub path: &'a Path,
    /// Everything that was measured.
    pub measurements: &'a [Measurement],
    /// The items that should come back, longest due first.
    pub due: &'a [Item],
    /// What went wrong in the last days; older ones are not looked at.
    pub faults: &'a [Fault],
    /// Songs of the student's own.
    pub songs: &'a [Song],
    /// Form of address.
    pub address: Address,
    /// What notes and chords are called.
    pub notes: NoteNames,
}

impl Given<'_> {
    fn manner(&self) -> (Address, NoteNames) {
        (self.address, self.notes)
    }
}

/// A day's plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// How long it takes.
    pub minutes: u8,
    /// What is done, in order; a song at the end.
    pub tasks: Vec<Task>,
}

/// Days back in which faults are looked for.
const RECENT: u32 = 3;
/// So often in those days is worth a task.
const OFTEN: u32 = 3;
/// Tries of a day from which it can be called hard…
const TRIED: u32 = 10;
/// …and the share of clean ones below which it was.
const HARD: f32 = 1.0 / 3.0;
/// Share of clean tries of a sure win.
const SURE: f32 = 0.7;
/// From here on a day has room for everything, in seconds.
const LONG: u32 = 900;
/// From here on there is time for two old chords after a break, in seconds.
const MIDDLE: u32 = 420;
/// Nothing shorter is worth beginning, in seconds.
pub(super) const SHORTEST: u32 = 60;

/// The plan of a day.
#[must_use]
pub fn today(given: &Given<'_>) -> Plan {
    let minutes = given.minutes.max(3);
    let whole = u32::from(minutes) * 60;
    let song = songs::choose(given);
    let practice = whole - song.as_ref().map_or(0, |song| songs::share(song, whole));
    let mut wanted = openings(given, whole);
    let opening = wanted.len();
    want(given, song.as_ref(), practice, &mut wanted);
    let mut drafts = order::fit(wanted, practice);
    order::turn(&mut drafts, opening, given);
    let song = song.filter(|song| songs::is_prepared(given, song, &drafts));
    let room = time::Room { whole, song: song.as_ref().map_or(0, |_| whole - practice) };
    if whole >= LONG {
        order::rounds(&mut drafts, whole - room.song);
    }
    let tasks = time::fill(drafts, opening, song, room, spare::spare(given));
    let tasks = tasks.iter().enumerate();
    let tasks = tasks.filter_map(|(place, draft)| draft.finish(place, given.manner())).collect();
    Plan { minutes, tasks }
}

/// What a day should have beside its song, the most wanted first.
fn want(given: &Given<'_>, song: Option<&Draft>, practice: u32, wanted: &mut Vec<Draft>) {
    let opening = wanted.len();
    ahead(given, practice, wanted);
    // Before a song comes what of it does not go.
    let before = spare::before_song(given, song);
    let before: Vec<Draft> = before.into_iter().filter(|draft| !is_in(wanted, draft)).collect();
    wanted.splice(opening..opening, before);
    // What waits longest, then what went wrong, then what else is due.
    let practised = |item: &&Item| !matches!(item, Item::Song { .. });
    reviews(given.due.iter().filter(practised).take(1), wanted);
    faults(given, wanted);
    spare::failed(given).for_each(|draft| add(wanted, draft));
    reviews(given.due.iter(), wanted);
    goals(given, wanted);
    if let Some(rhythm) = rhythm(given, u32::from(given.minutes) * 60) {
        add(wanted, rhythm);
    }
    if let Some(song) = song.and_then(Draft::item) {
        wanted.retain(|draft| !draft.is_about(&song));
    }
}

/// A step by itself, as the student opens it on the path.
#[must_use]
pub fn task(step: &'static super::Step, given: &Given<'_>) -> Option<Task> {
    let kind = drill_of(step.kind);
    let subject = match (step.kind, weakest(given, &step.items)) {
        (StepKind::Song, Some(Item::Song { id, .. })) => {
            Subject::Song(Box::new(song::own(&id)?.clone()), false)
        }
        (_, Some(item)) => Subject::Item(item),
        (_, None) => Subject::Step(step),
    };
    let seconds = super::drill::drill(kind)?.seconds;
    Draft { kind, subject, reason: step.kind.key(), seconds }.finish(0, given.manner())
}

fn add(wanted: &mut Vec<Draft>, draft: Draft) {
    if !is_in(wanted, &draft) {
        wanted.push(draft);
    }
}

/// Whether something of the same item is wanted already.
fn is_in(wanted: &[Draft], draft: &Draft) -> bool {
    draft.item().is_some_and(|item| wanted.iter().any(|other| other.is_about(&item)))
}

/// What comes before anything new: a sure win after a hard day or a break, a minute of tuning
/// before a long day.
fn openings(given: &Given<'_>, whole: u32) -> Vec<Draft> {
    let mut first = Vec::new();
    let begun = !given.measurements.is_empty();
    if whole >= LONG
        && begun
        && let Some(tune) = super::step("setup.tune")
    {
        let subject = Subject::Step(tune);
        first.push(Draft { kind: DrillKind::Tune, subject, reason: "tune-again", seconds: 60 });
    }
    let (reason, many) = if after_break(given) {
        ("gap", if whole >= MIDDLE { 2 } else { 1 })
    } else if after_frustration(given) {
        ("win", 1)
    } else {
        return first;
    };
    first.extend(wins(given, many).into_iter().map(|item| Draft::of(item, reason, SHORTEST)));
    first
}

fn last_day(given: &Given<'_>) -> Option<Day> {
    given.measurements.iter().map(|measured| measured.day).filter(|day| *day < given.today).max()
}

fn after_break(given: &Given<'_>) -> bool {
    last_day(given).is_some_and(|day| given.today.since(day) > u32::from(LONG_AWAY))
}

/// Whether little went well on the last day: few tries were clean.
fn after_frustration(given: &Given<'_>) -> bool {
    let Some(last) = last_day(given) else { return false };
    let of_day = given.measurements.iter().filter(|measured| measured.day == last);
    let (attempts, clean) = of_day.fold((0_u32, 0_u32), |(attempts, clean), measured| {
        let tally = measured.tally;
        (attempts.saturating_add(tally.attempts), clean.saturating_add(tally.clean))
    });
    attempts >= TRIED && (clean as f32) < HARD * attempts as f32
}

/// The chords and patterns that go best, the surest first.
fn wins(given: &Given<'_>, many: usize) -> Vec<Item> {
    let mut sure: Vec<(u32, String, Item)> = Vec::new();
    for item in given.measurements.iter().map(|measured| &measured.item) {
        let simple = matches!(item, Item::Chord(_) | Item::Pattern(_));
        if !simple || sure.iter().any(|(_, _, other)| other == item) {
            continue;
        }
        let sum = gates::strummed(given.measurements, item);
        let share = sum.clean as f32 / sum.attempts.max(1) as f32;
        if sum.clean >= 3 && share >= SURE {
            sure.push(((share * 1_000.0) as u32, item.to_string(), item.clone()));
        }
    }
    sure.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
    if sure.is_empty() {
        // Nothing is sure yet: what rang most often.
        let chords = given.path.known().iter().map(|chord| Item::Chord(*chord));
        let best = chords.max_by_key(|item| gates::strummed(given.measurements, item).clean);
        return best.into_iter().collect();
    }
    sure.into_iter().take(many).map(|(_, _, item)| item).collect()
}

/// The next steps of the course, as many as leave a third of the time to what is due.
fn ahead(given: &Given<'_>, practice: u32, wanted: &mut Vec<Draft>) {
    let long = u32::from(given.minutes) * 60 >= LONG;
    let waiting = given.due.len() + spare::failed(given).count();
    let waiting = u32::try_from(waiting).unwrap_or(u32::MAX).saturating_mul(SHORTEST);
    let room = practice - waiting.min(practice / 3);
    let opened: u32 = wanted.iter().map(|draft| draft.seconds).sum();
    let mut used = opened;
    let steps = next_steps(given, long);
    let count = steps.len();
    for (place, step) in steps.into_iter().enumerate() {
        let seconds = match step.kind {
            StepKind::Strum if long => 180,
            StepKind::Place | StepKind::Strings | StepKind::Strum | StepKind::Pattern
                if given.minutes > 5 =>
            {
                120
            }
            _ => 60,
        };
        let left = room.saturating_sub(used);
        // Nothing is so long that what follows has no minute.
        let after = u32::try_from(count - place - 1).unwrap_or(0) * SHORTEST;
        let most = left.saturating_sub(after).max(SHORTEST).min(left);
        let seconds = if used == opened { seconds } else { seconds.min(most / 60 * 60) };
        let subject = match weakest(given, &step.items) {
            Some(item) => Subject::Item(item),
            None => Subject::Step(step),
        };
        let kind = drill_of(step.kind);
        // Placing a chord and picking it string by string are two tasks of one item.
        let twice = wanted.iter().any(|other| other.kind == kind && other.subject == subject);
        if !twice && seconds >= SHORTEST {
            wanted.push(Draft { kind, subject, reason: step.kind.key(), seconds });
            used += seconds;
        }
    }
}

/// On a short day two steps, on a long one three; before the first chord its own steps as well, as
/// many as there is time for. What was tried already takes turns behind the step that is next.
fn next_steps(given: &Given<'_>, long: bool) -> Vec<&'static super::Step> {
    let playable = |step: &&super::Step| step.kind != StepKind::Song;
    let many = if long { 3 } else { 2 };
    let ahead = given.path.ahead().map(|state| state.step).filter(playable);
    let mut steps: Vec<_> = ahead.collect();
    let tried = |step: &&super::Step| {
        let mut items = step.items.iter();
        !step.items.is_empty() && items.all(|it| gates::is_tried(given.measurements, it))
    };
    let known = steps.iter().take_while(|step| tried(step)).count();
    if let Some(others) = steps.get_mut(1..known) {
        take_turns(others, given.today);
    }
    steps.truncate(many);
    if steps.is_empty() {
        // Only its song is left of the chapter: a first look at the next one.
        let later = given.path.steps.iter().filter(|state| state.state != State::Done);
        steps.extend(later.map(|state| state.step).filter(playable).take(1));
    }
    if steps.iter().all(|step| step.items.is_empty()) {
        steps.extend(first_chord(given).take(3));
    }
    steps
}

/// The steps of the chosen order from the first one with something to play that is not done.
fn first_chord(given: &Given<'_>) -> impl Iterator<Item = &'static super::Step> {
    let steps = given.path.steps.iter().filter(|state| state.state != State::Done);
    let steps = steps.map(|state| state.step).filter(|step| step.kind != StepKind::Song);
    steps.skip_while(|step| step.items.is_empty())
}

/// The item of a step that is furthest back; equals take turns.
fn weakest(given: &Given<'_>, items: &[Item]) -> Option<Item> {
    let key = |item: &Item| {
        let sum = gates::sum(given.measurements, item);
        (sum.rate.map_or(0, |rate| rate as u32), sum.in_a_row, sum.clean)
    };
    let least = items.iter().map(key).min()?;
    let mut equal: Vec<&Item> = items.iter().filter(|item| key(item) == least).collect();
    take_turns(&mut equal, given.today);
    equal.first().copied().cloned()
}

/// What kept going wrong, the most frequent first; equals take turns.
fn faults(given: &Given<'_>, wanted: &mut Vec<Draft>) {
    let mut counted: Vec<(u32, String, Item)> = Vec::new();
    for fault in given.faults {
        if fault.day > given.today || given.today.since(fault.day) > RECENT {
            continue;
        }
        match counted.iter_mut().find(|(_, _, item)| *item == fault.item) {
            Some((times, ..)) => *times = times.saturating_add(fault.times),
            None => counted.push((fault.times, fault.item.to_string(), fault.item.clone())),
        }
    }
    counted.retain(|(times, ..)| *times >= OFTEN);
    counted.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
    for equal in counted.chunk_by_mut(|a, b| a.0 == b.0) {
        take_turns(equal, given.today);
    }
    for (_, _, item) in counted {
        let reason = match item {
            Item::Chord(_) => "fault-chord",
            Item::Pair(..) => "fault-pair",
            Item::Pattern(_) => "fault-pattern",
            Item::Song { .. } => continue,
        };
        let mut draft = Draft::of(item, reason, SHORTEST);
        if draft.kind == DrillKind::Strum {
            draft.kind = DrillKind::Strings;
        }
        add(wanted, draft);
    }
}

fn reviews<'a>(due: impl Iterator<Item = &'a Item>, wanted: &mut Vec<Draft>) {
    for item in due {
        let reason = match item {
            Item::Chord(_) => "due-chord",
            Item::Pair(..) => "due-pair",
            Item::Pattern(_) => "due-pattern",
            // Songs come at the end.
            Item::Song { .. } => continue,
        };
        add(wanted, Draft::of(item.clone(), reason, SHORTEST));
    }
}

/// Changes that have passed their gate and not reached the goal, the slowest first; equals take turns.
fn goals(given: &Given<'_>, wanted: &mut Vec<Draft>) {
    let passed = given.path.steps.iter().filter(|state| state.state == State::Done);
    let mut pairs: Vec<(u32, String, Item)> = passed
        .flat_map(|state| &state.step.items)
        .filter(|item| matches!(item, Item::Pair(..)))
        .filter_map(|item| {
            let rate = gates::sum(given.measurements, item).rate?;
            (rate < EASY_RATE).then(|| (rate as u32, item.to_string(), item.clone()))
        })
        .collect();
    pairs.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    for equal in pairs.chunk_by_mut(|a, b| a.0 == b.0) {
        take_turns(equal, given.today);
    }
    for (_, _, item) in pairs {
        add(wanted, Draft::of(item, "goal", SHORTEST));
    }
}

/// On long days, once a pattern goes: silent bars and getting in again, in turn.
fn rhythm(given: &Given<'_>, whole: u32) -> Option<Draft> {
    if whole < LONG {
        return None;
    }
    let patterns = given.measurements.iter().filter_map(|measured| match &measured.item {
        Item::Pattern(pattern) => Some(pattern),
        _ => None,
    });
    let known = |pattern: &&theory::StrumPattern| {
        gates::sum(given.measurements, &Item::Pattern((*pattern).clone())).in_a_row >= 4
    };
    let pattern = patterns.filter(known).max_by_key(|pattern| pattern.to_string())?.clone();
    let (kind, reason) = if given.today.0.rem_euclid(2) == 0 {
        (DrillKind::Silence, "silence")
    } else {
        (DrillKind::Rejoin, "rejoin")
    };
    Some(Draft { kind, subject: Subject::Item(Item::Pattern(pattern)), reason, seconds: 120 })
}
