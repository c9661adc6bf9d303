//! The drill on the thread `tutor`: what was heard goes to it first, its steps are carried out here.

use std::sync::mpsc::Sender;
use std::time::Duration;

use audio::Target;
use theory::Chord;
use tutor::drill::{Drill, Practice, Step};
use tutor::{Action, Observation};

use super::Update;
use super::hears::Wanted;
use super::teach::{TICK, Teach};

/// The drill of a lesson, if it has one, and where the ears are aimed from.
pub(super) struct Drilling {
    pub(super) drill: Option<Drill>,
    pub(super) wants: Sender<Wanted>,
    pub(super) target: Box<dyn Fn(Chord) -> Target + Send>,
}

impl Drilling {
    /// Aims at any of these chords, their preferred voicings first.
    pub(super) fn aim(&self, chords: &[Chord]) {
        // Ears that have closed need to know nothing.
        let _ = self.wants.send(Wanted::Aim(crate::aim::any_of(chords, self.target.as_ref())));
    }
}

impl Teach {
    /// How long to wait for the next message.
    pub(super) fn wait(&self) -> Duration {
        let due = self.drilling.drill.as_ref().and_then(Drill::due);
        due.map_or(TICK, |due| due.saturating_sub(self.clock.now()).min(TICK))
    }

    pub(super) fn begin_drill(&mut self) {
        let now = self.clock.now();
        self.with_drill(|drill| drill.begin(now));
    }

    pub(super) fn poll_drill(&mut self, now: Duration) {
        self.with_drill(|drill| drill.poll(now));
    }

    pub(super) fn finish_drill(&mut self) {
        let now = self.clock.now();
        self.with_drill(|drill| drill.finish(now));
    }

    /// Hands an observation to the drill. Whether the teacher is not told of it.
    pub(super) fn drill(&mut self, observation: &Observation) -> bool {
        let kept = self.drilling.drill.as_ref().is_some_and(|drill| drill.keeps(observation));
        self.with_drill(|drill| drill.hear(observation));
        kept
    }

    fn with_drill(&mut self, ask: impl FnOnce(&mut Drill) -> Vec<Step>) {
        let Some(drill) = &mut self.drilling.drill else { return };
        let before: Vec<Practice> = drill.practised();
        let steps = ask(drill);
        let after = drill.practised();
        for step in steps {
            self.take_step(step);
        }
        if before != after {
            self.screen.show(Update::Practised(after));
        }
    }

    fn take_step(&mut self, step: Step) {
        match step {
            Step::Show(progress) => self.screen.show(Update::Drill(progress)),
            Step::Aim(chords) => self.drilling.aim(&chords),
            Step::Observe(observation) => {
                for action in self.tutor.handle(&observation, observation.at()) {
                    self.act(action, None);
                }
            }
            Step::Say(feedback) => self.act(Action::Say(*feedback), None),
            Step::Click(_) => {
                let now = self.clock.now();
                self.with_drill(|drill| drill.clicked(now));
            }
            Step::Quiet | Step::Follow(_) => {}
        }
    }
}
