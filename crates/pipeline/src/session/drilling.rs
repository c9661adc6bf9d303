//! The drill on the thread `tutor`: what was heard goes to it first, its steps are carried out here.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use audio::{Followed, Target};
use theory::Chord;
use tutor::drill::{Drill, Practice, Step};
use tutor::{Action, Observation};

use super::Update;
use super::hears::Wanted;
use super::teach::{TICK, Teach};
use crate::metronome::render;
use crate::speech::SpeechQueue;

/// The drill of a lesson, if it has one, and where the ears are aimed from.
pub(super) struct Drilling {
    pub(super) drill: Option<Drill>,
    pub(super) wants: Sender<Wanted>,
    pub(super) target: Box<dyn Fn(Chord) -> Target + Send>,
    /// Where clicks are heard, if anywhere.
    pub(super) clicked: Option<Arc<SpeechQueue>>,
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

    pub(super) fn leave_drill(&mut self) {
        let now = self.clock.now();
        self.with_drill(|drill| drill.leave(now));
    }

    /// Whether the drill keeps it from the teacher.
    pub(super) fn drill_keeps(&self, observation: &Observation) -> bool {
        self.drilling.drill.as_ref().is_some_and(|drill| drill.keeps(observation))
    }

    pub(super) fn drill(&mut self, observation: &Observation) {
        self.with_drill(|drill| drill.hear(observation));
    }

    pub(super) fn followed(&mut self, Followed { until, strokes }: &Followed) {
        self.with_drill(|drill| drill.strokes(strokes, *until));
    }

    pub(super) fn clicked(&mut self, round: u32, at: Duration) {
        self.with_drill(|drill| drill.clicked(round, at));
    }

    pub(super) fn late(&mut self, by: Duration) {
        self.with_drill(|drill| drill.late(by));
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
            Step::Pick(pick) => {
                let _ = self.drilling.wants.send(Wanted::Pick(pick));
            }
            Step::Observe(observation) => {
                for action in self.tutor.handle(&observation, observation.at()) {
                    self.act(action, None);
                }
            }
            Step::Say(feedback) => self.act(Action::Say(*feedback), None),
            Step::Click(clicks) => match &self.drilling.clicked {
                Some(speech) => speech.click(clicks.round, render(&clicks)),
                // Only shown: the beat begins now.
                None => self.clicked(clicks.round, self.clock.now()),
            },
            Step::Quiet => self.drilling.clicked.iter().for_each(|speech| speech.unclick()),
            Step::Follow(follow) => {
                let _ = self.drilling.wants.send(Wanted::Follow(follow));
            }
        }
    }
}
