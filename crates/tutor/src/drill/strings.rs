//! String by string: the strings of one chord in turn, from the thickest, each until it rings. A
//! round is clean when every string rang at its first pluck. The teacher speaks of a string that did
//! not ring and of a round that was clean; between them nobody speaks.

use std::time::Duration;

use audio::{Pick, StringState, Strum, Verdict};
use theory::{Chord, StringNumber, Tuning, usual_voicings_in};

use super::run::Run;
use super::turn::{Turn, turn};
use super::words::{self, Reached};
use super::{Exercise, Goal, Measure, Phase, Progress, Step};
use crate::review::Tally;
use crate::{Address, Command, Observation};

/// After so many misses the next string is asked for: nobody is kept at one that does not ring.
const MISSES: usize = 3;

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
    /// Which of them is asked for.
    place: usize,
    round: u32,
    plucks: Vec<Pluck>,
    state: State,
}

impl Strings {
    pub(super) fn new(exercise: Exercise, tuning: &Tuning, address: Address) -> Self {
        let voicing = usual_voicings_in(exercise.first(), tuning).into_iter().next();
        let order = voicing.iter().flat_map(|voicing| voicing.sounding()).collect();
        let (place, round, plucks, state) = (0, 0, Vec::new(), State::Counts);
        Self { exercise, address, order, place, round, plucks, state }
    }

    fn chord(&self) -> Chord {
        self.exercise.first()
    }

    fn string(&self) -> Option<StringNumber> {
        self.order.get(self.place).copied()
    }

    /// Rounds that are over, and the one that runs once a string of it did not ring.
    fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for round in 0..=self.round {
            let rang = |string| {
                self.of_round(round).any(|pluck| (pluck.string, pluck.rang) == (string, Some(true)))
            };
            if self.of_round(round).any(|pluck| pluck.rang == Some(false)) {
                tally.count(false);
            } else if round < self.round && self.order.iter().all(|string| rang(*string)) {
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
        match (self.state, self.plucks.is_empty()) {
            (State::Over(_), _) => Phase::Over,
            (State::Counts, true) => Phase::Ready,
            (State::Counts, false) => Phase::Playing,
        }
    }

    fn show(&self, steps: &mut Vec<Step>) {
        let tally = self.tally();
        let outcome = match self.state {
            State::Over(Some(reached)) => Some(words::outcome(reached, self.address)),
            _ => None,
        };
        steps.push(Step::Show(Box::new(Progress {
            chord: Some(self.chord()),
            string: self.string().filter(|_| self.state == State::Counts),
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

    /// What rang before is told again with what was played last: that is the string asked for.
    fn plucked(&mut self, strum: &Strum, steps: &mut Vec<Step>) {
        if self.take_back(strum) {
            return self.show(steps);
        }
        let Some(string) = self.string() else { return };
        let rang = match strum.strings[string.index()].state {
            StringState::Unsure { .. } => return,
            StringState::Rings => true,
            _ => false,
        };
        self.plucks.push(Pluck { at: strum.at, round: self.round, string, rang: Some(rang) });
        let of_string = |pluck: &&Pluck| pluck.string == string && pluck.rang == Some(false);
        if rang || self.of_round(self.round).filter(of_string).count() >= MISSES {
            self.go_on();
        }
        let goal = self.goal(&self.tally());
        if goal.is_some_and(|goal| goal.passed) {
            return self.end(strum.verdict_at, true, steps);
        }
        self.ask(steps);
        self.show(steps);
    }

    fn go_on(&mut self) {
        self.place += 1;
        if self.place == self.order.len() {
            self.place = 0;
            self.round += 1;
        }
    }

    /// What turned out to be something else than the string, or was objected to.
    fn take_back(&mut self, strum: &Strum) -> bool {
        let doubted = |string: StringNumber| {
            matches!(strum.strings[string.index()].state, StringState::Unsure { .. })
        };
        let told = self.plucks.iter_mut().rev().find(|pluck| pluck.at == strum.at);
        match told.filter(|pluck| doubted(pluck.string)) {
            Some(told) => {
                told.rang = None;
                true
            }
            None => false,
        }
    }

    fn begin_anew(&mut self, steps: &mut Vec<Step>) {
        (self.place, self.round, self.state) = (0, 0, State::Counts);
        self.plucks.clear();
        self.ask(steps);
        self.show(steps);
    }

    fn end(&mut self, at: Duration, aloud: bool, steps: &mut Vec<Step>) {
        if self.state != State::Counts {
            return;
        }
        let tally = self.tally();
        let goal = self.goal(&tally).filter(|_| tally.attempts > 0);
        let reached =
            goal.map(|goal| Reached::Strings { times: goal.reached, wanted: goal.wanted });
        self.state = State::Over(reached);
        // What is strummed from now on is a strum again.
        steps.push(Step::Aim(self.exercise.chords()));
        self.show(steps);
        if let Some(reached) = reached.filter(|_| aloud) {
            steps.push(Step::Say(Box::new(words::said(reached, self.address, at))));
        }
    }
}

impl Run for Strings {
    fn keeps(&self, strum: &Strum) -> bool {
        // A string that rang, with others to come, is no strum to speak of.
        matches!(strum.verdict, Some(Verdict::Unsure { .. })) && self.state == State::Counts
    }

    fn teaches_tries(&self) -> bool {
        true
    }

    fn begin(&mut self, _now: Duration, steps: &mut Vec<Step>) {
        steps.push(Step::Aim(self.exercise.chords()));
        self.ask(steps);
        self.show(steps);
    }

    fn hear(&mut self, observation: &Observation, steps: &mut Vec<Step>) {
        if let (Observation::Strum(strum), State::Counts) = (observation, self.state) {
            self.plucked(strum, steps);
        }
    }

    fn command(&mut self, command: Command, now: Duration, steps: &mut Vec<Step>) {
        let phase = self.phase();
        // While it is played, these are said to the teacher: the last string again, and silence.
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
}
