//! One-minute changes: from chord to chord and back. A change counts when the new chord is heard,
//! whole, after the other one; half a chord and the same chord again count nothing. Where the ears
//! cannot tell a string, nothing may speak against it.

use std::time::Duration;

use audio::{StringState, Strum, Verdict};
use theory::{Chord, Tuning, Voicing};

use super::run::Run;
use super::turn::{Turn, turn};
use super::words::{self, Reached};
use super::{Exercise, Goal, Measure, Phase, Practice, Progress, Step};
use crate::review::{Item, Tally};
use crate::{Address, Change, Command, Observation};

/// A strum that was struck in time may be judged so much later.
const JUDGED: Duration = Duration::from_millis(2_500);
/// Less time than this tells no rate.
const SHORTEST: Duration = Duration::from_secs(10);
const SECOND: Duration = Duration::from_secs(1);
/// What is practised is told anew so often while the time runs: whoever is cut off loses no more.
const KEPT_EVERY: Duration = Duration::from_secs(15);

/// A strum in the time.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Struck {
    at: Duration,
    /// Which of the two it is, as far as is known.
    chord: Option<Chord>,
    /// None: nobody can tell of every string.
    right: Option<bool>,
    /// Right, or nothing speaks against it.
    whole: bool,
}

/// A chord heard with less is not called a chord on that alone…
const HEARD: f32 = 0.6;
/// …but where no other is likelier, and no more strings than these are in doubt…
const DOUBTED: usize = 2;
/// …and at least as many as the notes of a triad ring.
const RING: usize = 3;

/// Whether a strum of which not every string could be told is that chord as far as it was: no string
/// is accused, the whole sounds like it more than like any other, and either it does so clearly or
/// nearly all of its strings were told to ring.
fn sounds_whole(strum: &Strum, chord: Option<Chord>) -> bool {
    let unsure = matches!(strum.verdict, Some(Verdict::Unsure { .. }));
    let Some(heard) = strum.chord.filter(|heard| unsure && Some(heard.chord) == chord) else {
        return false;
    };
    let asked = || strum.strings.iter().filter(|string| string.asked);
    let ring = asked().filter(|string| string.state == StringState::Rings).count();
    let told = ring >= RING && asked().count() - ring <= DOUBTED;
    (heard.confidence >= HEARD || told) && strum.strings.iter().all(|string| !string.accuses())
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Ready,
    /// Since its first strum.
    Runs(Duration),
    /// From when to when it ran, and what it gave; none: it was left before it began.
    Over(Option<(Duration, Duration, Reached)>),
}

#[derive(Debug)]
pub(super) struct Changes {
    exercise: Exercise,
    address: Address,
    pair: (Chord, Chord),
    voicings: [Vec<Voicing>; 2],
    state: State,
    struck: Vec<Struck>,
    /// Changes the teacher was told of.
    told: usize,
    now: Duration,
    /// Of the time that runs or ran, as it was last told; it is told anew from a strum at `keep_from` on.
    kept: Vec<Practice>,
    keep_from: Duration,
    /// Of the times before.
    rounds: Vec<Practice>,
}

impl Changes {
    pub(super) fn new(
        exercise: Exercise,
        pair: (Chord, Chord),
        tuning: Tuning,
        address: Address,
    ) -> Self {
        let voicings = [pair.0, pair.1].map(|chord| exercise.voicings_in(chord, &tuning));
        Self {
            exercise,
            address,
            pair,
            voicings,
            state: State::Ready,
            struck: Vec::new(),
            told: 0,
            now: Duration::ZERO,
            kept: Vec::new(),
            keep_from: Duration::ZERO,
            rounds: Vec::new(),
        }
    }

    fn length(&self) -> Duration {
        Duration::from_secs(u64::from(self.exercise.target.seconds))
    }

    fn chord_of(&self, strum: &Strum) -> Option<Chord> {
        let voicing = strum.voicing?;
        let [one, other] = &self.voicings;
        let first = one.contains(&voicing).then_some(self.pair.0);
        first.or_else(|| other.contains(&voicing).then_some(self.pair.1))
    }

    fn strummed(&mut self, strum: &Strum, steps: &mut Vec<Step>) {
        let State::Runs(since) = self.state else { return };
        if strum.at < since || strum.at >= since + self.length() {
            return;
        }
        let right = match strum.verdict {
            Some(Verdict::Right) => Some(true),
            Some(Verdict::Fault) => Some(false),
            _ => None,
        };
        let chord = self.chord_of(strum);
        let whole = right.unwrap_or_else(|| sounds_whole(strum, chord));
        let struck = Struck { at: strum.at, chord, right, whole };
        match self.struck.iter_mut().rev().find(|known| known.at == strum.at) {
            Some(known) => *known = struck,
            None => self.struck.push(struck),
        }
        let changes = self.changes();
        for change in changes.iter().skip(self.told) {
            steps.push(Step::Observe(Observation::Change(change.clone())));
        }
        self.told = self.told.max(changes.len());
        if strum.at >= self.keep_from {
            self.keep_from = strum.at + KEPT_EVERY;
            self.kept = self.practice(since, strum.at, None);
        }
        self.show(steps);
    }

    /// The chord that was last heard right.
    fn held(&self) -> Option<Chord> {
        self.struck.iter().rev().find(|s| s.whole).and_then(|s| s.chord)
    }

    fn changes(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        // The chord under the hand, and when it was last struck.
        let mut held: Option<(Chord, Duration)> = None;
        for struck in &self.struck {
            let Some(chord) = struck.chord else { continue };
            match held {
                Some((old, _)) if old == chord => held = Some((chord, struck.at)),
                _ if !struck.whole => {}
                None => held = Some((chord, struck.at)),
                Some((from, left)) => {
                    let took_ms = struck.at.saturating_sub(left).as_secs_f32() * 1_000.0;
                    changes.push(Change {
                        at: struck.at,
                        from,
                        to: chord,
                        took_ms,
                        lift_cm: None,
                        landing_ms: None,
                        lifted: Vec::new(),
                    });
                    held = Some((chord, struck.at));
                }
            }
        }
        changes
    }

    /// Changes a minute over `ran`; none where that is too short to tell.
    fn rate(&self, ran: Duration) -> Option<f32> {
        let minutes = ran.as_secs_f32() / 60.0;
        (ran >= SHORTEST.min(self.length())).then(|| self.changes().len() as f32 / minutes)
    }

    fn goal(&self) -> Option<Goal> {
        let wanted = self.exercise.target.per_minute?;
        let reached = match self.state {
            State::Over(Some((since, until, _))) => {
                self.rate(until.saturating_sub(since)).map_or(0, |rate| rate.round() as u32)
            }
            _ => 0,
        };
        Some(Goal::new(Measure::Rate, wanted, reached))
    }

    fn show(&self, steps: &mut Vec<Step>) {
        let (phase, left) = match self.state {
            State::Ready => (Phase::Ready, self.length()),
            State::Runs(since) => {
                (Phase::Playing, (since + self.length()).saturating_sub(self.now))
            }
            State::Over(..) => (Phase::Over, Duration::ZERO),
        };
        let (one, other) = self.pair;
        let now = if self.held() == Some(one) { other } else { one };
        let next = if now == one { other } else { one };
        let tally = self.tally(None);
        let outcome = match self.state {
            State::Over(Some((_, _, reached))) => Some(words::outcome(reached, self.address)),
            _ => None,
        };
        steps.push(Step::Show(Box::new(Progress {
            chord: Some(now),
            next: Some(next),
            changes: u32::try_from(self.changes().len()).ok(),
            seconds_left: Some(left.as_secs_f64().ceil() as u32),
            clean: tally.clean,
            tries: tally.attempts,
            in_a_row: tally.running,
            goal: self.goal(),
            outcome,
            ..Progress::new(self.exercise.target.kind, phase)
        })));
    }

    /// Tries to reach a chord (any, or the one named), each until it was right or given up.
    fn tally(&self, to: Option<Chord>) -> Tally {
        let mut tally = Tally::default();
        let mut held: Option<Chord> = None;
        for struck in &self.struck {
            let Some(chord) = struck.chord else { continue };
            let moved = held.is_some_and(|old| old != chord);
            if moved && to.is_none_or(|to| to == chord) {
                struck.right.into_iter().for_each(|right| tally.count(right));
            }
            if struck.whole {
                held = Some(chord);
            }
        }
        tally
    }

    fn end(&mut self, at: Duration, aloud: bool, steps: &mut Vec<Step>) {
        let State::Runs(since) = self.state else { return };
        let until = at.min(since + self.length()).max(since);
        let ran = until.saturating_sub(since);
        let rate = self.rate(ran);
        let reached = Reached::Rate {
            changes: u32::try_from(self.changes().len()).unwrap_or(u32::MAX),
            rate: rate.map(|rate| rate.round() as u32),
            wanted: self.exercise.target.per_minute.unwrap_or(0),
            goal: self.exercise.target.goal.unwrap_or(u32::MAX),
        };
        self.kept = self.practice(since, until, rate);
        self.state = State::Over(Some((since, until, reached)));
        if let Some(rate) = rate {
            let changes = rate.round() as u16;
            let (pair, before) = (self.pair, self.exercise.before.clone());
            steps.push(Step::Observe(Observation::Minute { at, pair, changes, before }));
        }
        self.show(steps);
        if aloud {
            steps.push(Step::Say(Box::new(words::said(reached, self.address, at))));
        }
    }

    /// What was practised from `since` to `until`.
    fn practice(&self, since: Duration, until: Duration, rate: Option<f32>) -> Vec<Practice> {
        let measured = rate.is_some() && !self.changes().is_empty();
        let (one, other) = self.pair;
        let of = |(from, to): (Chord, Chord)| Practice {
            item: Item::Pair(from, to),
            since,
            lasted: until.saturating_sub(since),
            tally: self.tally(Some(to)),
            per_minute: rate,
            tempo: None,
            strings: None,
            picked: false,
        };
        let both = [(one, other), (other, one)].map(of).into_iter();
        both.filter(|practice| measured || practice.tally.attempts > 0).collect()
    }

    /// Nothing was struck yet; what was played before is kept.
    fn clear(&mut self) {
        if let (State::Runs(since), Some(last)) = (self.state, self.struck.last()) {
            self.kept = self.practice(since, last.at, None);
        }
        self.rounds.append(&mut self.kept);
        self.state = State::Ready;
        self.struck.clear();
        self.told = 0;
    }

    fn start(&mut self, at: Duration, steps: &mut Vec<Step>) {
        self.clear();
        self.state = State::Runs(at);
        self.now = self.now.max(at);
        self.keep_from = at + KEPT_EVERY;
        self.show(steps);
    }
}

impl Run for Changes {
    fn keeps_strums(&self) -> bool {
        true
    }

    fn begin(&mut self, now: Duration, steps: &mut Vec<Step>) {
        self.now = now;
        steps.push(Step::Aim(self.exercise.chords()));
        self.show(steps);
    }

    fn hear(&mut self, observation: &Observation, steps: &mut Vec<Step>) {
        // The first strum, not the first noise: the time runs back to its onset. What else is heard
        // moves no clock, or a second would go by unseen.
        if let Observation::Strum(strum) = observation {
            if self.state == State::Ready && strum.verdict.is_some() {
                self.start(strum.at, steps);
            }
            self.strummed(strum, steps);
        }
    }

    fn command(&mut self, command: Command, now: Duration, steps: &mut Vec<Step>) {
        let phase = match self.state {
            State::Ready => Phase::Ready,
            State::Runs(_) => Phase::Playing,
            State::Over(_) => Phase::Over,
        };
        match turn(command, phase) {
            Some(Turn::Begin) => self.start(now, steps),
            Some(Turn::Anew | Turn::Wait) => {
                self.clear();
                self.show(steps);
            }
            Some(Turn::Leave) => {
                self.state = State::Over(None);
                self.show(steps);
            }
            Some(Turn::End { aloud }) => self.end(now, aloud, steps),
            Some(Turn::Slower | Turn::Faster) | None => {}
        }
    }

    fn poll(&mut self, now: Duration, steps: &mut Vec<Step>) {
        let before = self.now;
        self.now = self.now.max(now);
        let State::Runs(since) = self.state else { return };
        if now >= since + self.length() + JUDGED {
            return self.end(now, true, steps);
        }
        let second = |at: Duration| at.saturating_sub(since).as_secs();
        if second(before) != second(self.now) && now <= since + self.length() + SECOND {
            self.show(steps);
        }
    }

    fn due(&self) -> Option<Duration> {
        let State::Runs(since) = self.state else { return None };
        let end = since + self.length();
        let next = since + SECOND * (self.now.saturating_sub(since).as_secs() as u32 + 1);
        Some(if self.now < end { next } else { end + JUDGED })
    }

    fn finish(&mut self, at: Duration, steps: &mut Vec<Step>) {
        self.end(at, true, steps);
    }

    fn leave(&mut self, at: Duration, steps: &mut Vec<Step>) {
        self.end(at, false, steps);
    }

    fn practised(&self) -> Vec<Practice> {
        self.rounds.iter().chain(&self.kept).cloned().collect()
    }
}
