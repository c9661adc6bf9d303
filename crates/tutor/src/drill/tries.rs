//! One chord, strum after strum: fingers on their places, and chord perfect. The teacher speaks of each
//! strum as in any lesson; this only counts up to the gate.

use std::time::Duration;

use audio::{Strum, Verdict};
use theory::Chord;

use super::run::Run;
use super::turn::{Turn, turn};
use super::words::{self, Reached};
use super::{Exercise, Goal, Measure, Phase, Progress, Step};
use crate::review::Tally;
use crate::{Address, Command, Observation};

/// A strum with a verdict; none: nobody can tell.
type Try = (Duration, Option<bool>);

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Counts,
    /// What was reached, where something was tried.
    Over(Option<Reached>),
}

#[derive(Debug)]
pub(super) struct Tries {
    exercise: Exercise,
    address: Address,
    tries: Vec<Try>,
    state: State,
}

impl Tries {
    pub(super) fn new(exercise: Exercise, address: Address) -> Self {
        Self { exercise, address, tries: Vec::new(), state: State::Counts }
    }

    fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.tries.iter().filter_map(|(_, clean)| *clean).for_each(|clean| tally.count(clean));
        tally
    }

    fn goal(&self, tally: &Tally) -> Option<Goal> {
        let target = &self.exercise.target;
        let clean = target.clean.map(|wanted| Goal::new(Measure::Clean, wanted, tally.clean));
        clean.or_else(|| {
            target.in_a_row.map(|wanted| Goal::new(Measure::Row, wanted, tally.in_a_row))
        })
    }

    fn phase(&self) -> Phase {
        match (self.state, self.tries.is_empty()) {
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
            clean: tally.clean,
            tries: tally.attempts,
            in_a_row: tally.running,
            goal: self.goal(&tally),
            outcome,
            ..Progress::new(self.exercise.target.kind, self.phase())
        })));
    }

    fn chord(&self) -> Chord {
        self.exercise.first()
    }

    fn strummed(&mut self, strum: &Strum, steps: &mut Vec<Step>) {
        let clean = match strum.verdict {
            Some(Verdict::Right) => Some(true),
            Some(Verdict::Fault) => Some(false),
            Some(Verdict::Unsure { .. }) => None,
            None => return,
        };
        match self.tries.iter_mut().rev().find(|known| known.0 == strum.at) {
            Some(known) => known.1 = clean,
            None => self.tries.push((strum.at, clean)),
        }
        let goal = self.goal(&self.tally());
        if goal.is_some_and(|goal| goal.passed) {
            self.end(strum.verdict_at, true, steps);
        } else {
            self.show(steps);
        }
    }

    fn end(&mut self, at: Duration, aloud: bool, steps: &mut Vec<Step>) {
        if self.state != State::Counts {
            return;
        }
        let tally = self.tally();
        let goal = self.goal(&tally).filter(|_| tally.attempts > 0);
        let reached = goal.map(|goal| Reached::of(&goal));
        self.state = State::Over(reached);
        self.show(steps);
        if let Some(reached) = reached.filter(|_| aloud) {
            steps.push(Step::Say(Box::new(words::said(reached, self.address, at))));
        }
    }
}

impl Run for Tries {
    fn keeps_strums(&self) -> bool {
        false
    }

    fn begin(&mut self, _now: Duration, steps: &mut Vec<Step>) {
        steps.push(Step::Aim(self.exercise.chords()));
        self.show(steps);
    }

    fn hear(&mut self, observation: &Observation, steps: &mut Vec<Step>) {
        if let (Observation::Strum(strum), State::Counts) = (observation, self.state) {
            self.strummed(strum, steps);
        }
    }

    fn command(&mut self, command: Command, now: Duration, steps: &mut Vec<Step>) {
        let phase = self.phase();
        // While it is played, these are said to the teacher: the last strum again, and silence.
        if phase == Phase::Playing && matches!(command, Command::Again | Command::Stop) {
            return;
        }
        match turn(command, phase) {
            Some(Turn::Begin | Turn::Anew | Turn::Wait) => {
                self.state = State::Counts;
                self.tries.clear();
                self.show(steps);
            }
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
