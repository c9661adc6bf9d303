//! String by string: the strings of one chord in turn, from the thickest, each until it rings (or was
//! tried often enough). A round is one try; it is clean when every string rang at its first pluck. The
//! teacher speaks of a string that did not ring and of a clean round; this only asks and counts.

use std::time::Duration;

use audio::{NoteEvent, Pick, StringState, Strum};
use theory::{Chord, Pitch, StringNumber, Tuning};

use super::run::Run;
use super::turn::{Turn, turn};
use super::words::{self, Reached};
use super::{Exercise, Goal, Measure, Phase, Practice, Progress, Step};
use crate::course::Rang;
use crate::review::{Item, Tally};
use crate::{Address, Command, Observation};

/// After so many misses the next string is asked for. The teacher turns to the string alone at the
/// third ([`crate::policy`]); two more are left for what he then says.
const MISSES: usize = 5;
/// Every so many times in a row that another string was played, the teacher is told.
const TOLD: u32 = 2;

/// One pluck of the string that was asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pluck {
    /// Of its strum, by which it is known again.
    at: Duration,
    round: u32,
    string: StringNumber,
    /// None: nobody can tell.
    rang: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Counts,
    /// What was reached, where something was played.
    Over(Option<Reached>),
}

#[derive(Debug)]
pub(super) struct Strings {
    exercise: Exercise,
    address: Address,
    /// The strings that sound, from the thickest.
    order: Vec<StringNumber>,
    /// Their pitches.
    pitches: Vec<Option<Pitch>>,
    /// Another string that was played last, and how often others were in a row.
    astray: Option<(StringNumber, u32)>,
    /// Which of them is asked for.
    place: usize,
    round: u32,
    /// The first round since it was begun anew.
    began: u32,
    plucks: Vec<Pluck>,
    state: State,
}

impl Strings {
    pub(super) fn new(exercise: Exercise, tuning: &Tuning, address: Address) -> Self {
        let voicing = exercise.voicings_in(exercise.first(), tuning).into_iter().next();
        let order: Vec<_> = voicing.iter().flat_map(|voicing| voicing.sounding()).collect();
        let pitch = |string: &StringNumber| voicing.and_then(|it| it.pitch(*string, tuning));
        let pitches = order.iter().map(pitch).collect();
        let (place, round, began, plucks, state) = (0, 0, 0, Vec::new(), State::Counts);
        let astray = None;
        Self { exercise, address, order, pitches, astray, place, round, began, plucks, state }
    }

    fn chord(&self) -> Chord {
        self.exercise.first()
    }

    fn string(&self) -> Option<StringNumber> {
        self.order.get(self.place).copied()
    }

    /// Rounds from `first` on that are over, and the one that runs once a string of it did not ring.
    fn tally(&self, first: u32) -> Tally {
        let mut tally = Tally::default();
        for round in first..=self.round {
            let rang = |string| {
                self.of_round(round).any(|pluck| (pluck.string, pluck.rang) == (string, Some(true)))
            };
            if self.of_round(round).any(|pluck| pluck.rang == Some(false)) {
                tally.count(false);
            } else if !self.order.is_empty() && self.order.iter().all(|string| rang(*string)) {
                tally.count(true);
            }
        }
        tally
    }

    fn of_round(&self, round: u32) -> impl Iterator<Item = &Pluck> {
        self.plucks.iter().filter(move |pluck| pluck.round == round)
    }

    fn goal(&self, tally: &Tally) -> Option<Goal> {
        let wanted = self.exercise.target.clean?;
        Some(Goal::new(Measure::Clean, wanted, tally.clean))
    }

    fn phase(&self) -> Phase {
        let nothing = !self.plucks.iter().any(|pluck| pluck.round >= self.began);
        match (self.state, nothing) {
            (State::Over(_), _) => Phase::Over,
            (State::Counts, true) => Phase::Ready,
            (State::Counts, false) => Phase::Playing,
        }
    }

    fn show(&self, steps: &mut Vec<Step>) {
        let tally = self.tally(self.began);
        let outcome = match self.state {
            State::Over(Some(reached)) => Some(words::outcome(reached, self.address)),
            _ => None,
        };
        steps.push(Step::Show(Box::new(Progress {
            chord: Some(self.chord()),
            string: self.string().filter(|_| self.state == State::Counts),
            other: self.astray.map(|(string, _)| string),
            clean: tally.clean,
            tries: tally.attempts,
            in_a_row: tally.running,
            goal: self.goal(&tally),
            outcome,
            ..Progress::new(self.exercise.target.kind, self.phase())
        })));
    }

    /// Turns the ears to the string that is asked for.
    fn ask(&self, steps: &mut Vec<Step>) {
        if let Some(string) = self.string() {
            steps.push(Step::Pick(Pick { string, first: self.place == 0 && !self.is_begun() }));
        }
    }

    /// Whether a string of this round was played.
    fn is_begun(&self) -> bool {
        self.of_round(self.round).next().is_some()
    }

    fn plucked(&mut self, strum: &Strum, steps: &mut Vec<Step>) {
        let Some(string) = strum.picked else { return };
        let rang = match strum.strings[string.index()].state {
            StringState::Unsure { .. } => None,
            state => Some(state == StringState::Rings),
        };
        // Told again: something else was heard, or the verdict was objected to.
        if let Some(known) = self.plucks.iter_mut().rev().find(|pluck| pluck.at == strum.at) {
            known.rang = rang;
            return self.show(steps);
        }
        if self.string() != Some(string) || rang.is_none() {
            return;
        }
        self.astray = None;
        self.plucks.push(Pluck { at: strum.at, round: self.round, string, rang });
        let miss = |pluck: &&Pluck| (pluck.string, pluck.rang) == (string, Some(false));
        if rang == Some(true) || self.of_round(self.round).filter(miss).count() >= MISSES {
            self.go_on();
        }
        let goal = self.goal(&self.tally(self.began));
        if goal.is_some_and(|goal| goal.passed) {
            return self.end(strum.verdict_at, true, steps);
        }
        self.ask(steps);
        self.show(steps);
    }

    /// Another string than the one that is asked for: shown at once; the teacher is told when it
    /// happens again.
    fn noted(&mut self, note: &NoteEvent, steps: &mut Vec<Step>) {
        let at = |pitch: &Option<Pitch>| *pitch == Some(note.pitch);
        let Some(other) = self.pitches.iter().position(at).map(|at| self.order[at]) else { return };
        let asked = self.pitches.get(self.place);
        let Some(string) = self.string().filter(|_| !asked.is_some_and(at)) else { return };
        let times = self.astray.map_or(1, |(_, times)| times + 1);
        self.astray = Some((other, times));
        self.show(steps);
        if times.is_multiple_of(TOLD) {
            let told = Observation::OtherString { at: note.offset, asked: string, played: other };
            steps.push(Step::Observe(told));
        }
    }

    fn go_on(&mut self) {
        self.place += 1;
        if self.place == self.order.len() {
            self.place = 0;
            self.round += 1;
        }
    }

    fn begin_anew(&mut self, steps: &mut Vec<Step>) {
        if self.is_begun() {
            self.round += 1;
        }
        (self.place, self.began, self.state) = (0, self.round, State::Counts);
        self.astray = None;
        steps.push(Step::Aim(self.exercise.chords()));
        self.ask(steps);
        self.show(steps);
    }

    fn end(&mut self, at: Duration, aloud: bool, steps: &mut Vec<Step>) {
        if self.state != State::Counts {
            return;
        }
        let tally = self.tally(self.began);
        let goal = self.goal(&tally).filter(|_| tally.attempts > 0);
        let reached =
            goal.map(|goal| Reached::Strings { times: goal.reached, wanted: goal.wanted });
        self.state = State::Over(reached);
        self.astray = None;
        // What is strummed from now on is a strum again.
        steps.push(Step::Aim(self.exercise.chords()));
        self.show(steps);
        if let Some(reached) = reached.filter(|_| aloud) {
            steps.push(Step::Say(Box::new(words::said(reached, self.address, at))));
        }
    }
}

impl Run for Strings {
    fn keeps_strums(&self) -> bool {
        false
    }

    fn begin(&mut self, _now: Duration, steps: &mut Vec<Step>) {
        steps.push(Step::Aim(self.exercise.chords()));
        self.ask(steps);
        self.show(steps);
    }

    fn hear(&mut self, observation: &Observation, steps: &mut Vec<Step>) {
        match observation {
            Observation::Strum(strum) if self.state == State::Counts => self.plucked(strum, steps),
            Observation::Note(note) if self.state == State::Counts => self.noted(note, steps),
            _ => {}
        }
    }

    fn command(&mut self, command: Command, now: Duration, steps: &mut Vec<Step>) {
        let phase = self.phase();
        // While it is played, these are said to the teacher: to forget the last verdict, to be silent.
        if phase == Phase::Playing && matches!(command, Command::Again | Command::Stop) {
            return;
        }
        match turn(command, phase) {
            Some(Turn::Begin | Turn::Anew | Turn::Wait) => self.begin_anew(steps),
            Some(Turn::Leave) => self.end(now, false, steps),
            Some(Turn::End { aloud }) => self.end(now, aloud, steps),
            Some(Turn::Slower | Turn::Faster) | None => {}
        }
    }

    fn finish(&mut self, at: Duration, steps: &mut Vec<Step>) {
        self.end(at, true, steps);
    }

    fn leave(&mut self, at: Duration, steps: &mut Vec<Step>) {
        self.end(at, false, steps);
    }

    fn practised(&self) -> Vec<Practice> {
        let mut tally = self.tally(0);
        // Single strings are no strums in a row.
        (tally.in_a_row, tally.running) = (tally.in_a_row.min(1), 0);
        let (first, last) = (self.plucks.first(), self.plucks.last());
        let Some((first, last)) = first.zip(last).filter(|_| tally.attempts > 0) else {
            return Vec::new();
        };
        let mut strings = [Rang::default(); 6];
        for (pluck, rang) in self.plucks.iter().filter_map(|pluck| Some((pluck, pluck.rang?))) {
            let sum = &mut strings[pluck.string.index()];
            sum.tried += 1;
            sum.rang += u32::from(rang);
        }
        vec![Practice {
            item: Item::Chord(self.chord()),
            since: first.at,
            lasted: last.at.saturating_sub(first.at),
            tally,
            per_minute: None,
            tempo: None,
            strings: Some(strings),
            picked: true,
        }]
    }
}
