//! One chord, strum after strum: fingers on their places, and chord perfect. The teacher speaks of each
//! strum as in any lesson; this only counts up to the gate.

use std::time::Duration;

use audio::{Strum, Verdict};
use theory::Chord;

use super::run::Run;
use super::words::{self, Reached};
use super::{Exercise, Goal, Measure, Phase, Progress, Step};
use crate::review::Tally;
use crate::{Address, Command, Observation};

/// A strum with a verdict; none: nobody can tell.
type Try = (Duration, Option<bool>);

#[derive(Debug)]
pub(super) struct Tries {
    exercise: Exercise,
    address: Address,
    tries: Vec<Try>,
    over: Option<Reached>,
}

impl Tries {
    pub(super) fn new(exercise: Exercise, address: Address) -> Self {
        Self { exercise, address, tries: Vec::new(), over: None }
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

    fn show(&self, steps: &mut Vec<Step>) {
        let tally = self.tally();
        let phase = match (self.over, self.tries.is_empty()) {
            (Some(_), _) => Phase::Over,
            (None, true) => Phase::Ready,
            (None, false) => Phase::Playing,
        };
        steps.push(Step::Show(Box::new(Progress {
            chord: Some(self.chord()),
            clean: tally.clean,
            tries: tally.attempts,
            in_a_row: tally.running,
            goal: self.goal(&tally),
            outcome: self.over.map(|reached| words::outcome(reached, self.address)),
            ..Progress::new(self.exercise.target.kind, phase)
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
            self.end(strum.verdict_at, steps);
        } else {
            self.show(steps);
        }
    }

    fn end(&mut self, at: Duration, steps: &mut Vec<Step>) {
        let tally = self.tally();
        let Some(goal) = self.goal(&tally) else { return };
        let reached = Reached::of(&goal);
        self.over = Some(reached);
        self.show(steps);
        if tally.attempts > 0 {
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
        if let (Observation::Strum(strum), None) = (observation, self.over) {
            self.strummed(strum, steps);
        }
    }

    fn command(&mut self, command: Command, now: Duration, steps: &mut Vec<Step>) {
        match command {
            Command::Again if self.over.is_some() => {
                self.over = None;
                self.tries.clear();
                self.show(steps);
            }
            Command::Next if self.over.is_none() => self.end(now, steps),
            _ => {}
        }
    }

    fn finish(&mut self, at: Duration, steps: &mut Vec<Step>) {
        if self.over.is_none() {
            self.end(at, steps);
        }
    }
}
