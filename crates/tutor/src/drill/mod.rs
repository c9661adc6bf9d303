//! Drills as they are played: what the ears aim at, when the beat runs, what is counted, when it is
//! over.
//!
//! A pure state machine beside [`crate::Tutor`]: what was heard in, [`Step`]s out, time as an
//! argument. It judges no string and measures no onset (`audio` does), says nothing of technique (the
//! teacher does, from the observations that it makes), and plays no click: it asks for them.

mod bars;
mod changes;
mod exercise;
mod judged;
mod progress;
mod run;
mod score;
mod strings;
mod tries;
mod turn;
mod words;

use std::time::Duration;

use audio::{Follow, Pick, Stroke};
use theory::{Chord, Meter, Tuning};

pub use exercise::{Exercise, ExerciseError, Subject, TEMPI};
pub use progress::{Count, Goal, Measure, Outcome, Phase, Place, Progress};

use crate::course::{DrillKind, Rang};
use crate::review::{Item, Tally};
use crate::{Address, Command, Feedback, Observation};
use run::Run;

/// When the first bar begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// After a count-in, which the first strum or [`Command::Start`] begins.
    CountIn,
    /// With the first stroke: a recording hears no click of ours.
    FirstStroke,
    /// At this input time.
    At(Duration),
}

/// Clicks to play from now on, as one clip.
#[derive(Debug, Clone, PartialEq)]
pub struct Clicks {
    /// Which round they are for, told again when they begin ([`Drill::clicked`]).
    pub round: u32,
    /// Beats a minute.
    pub bpm: u32,
    /// The metre, for the accents.
    pub meter: Meter,
    /// For each beat from the first of the count-in: whether it is heard.
    pub beats: Vec<bool>,
}

/// What a drill wants done.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// How it stands.
    Show(Box<Progress>),
    /// Aim the ears at any of these.
    Aim(Vec<Chord>),
    /// Listen for the chord's strings one by one, this one next.
    Pick(Pick),
    /// The teacher should know this.
    Observe(Observation),
    /// Listen for strokes, or stop listening for them.
    Follow(Option<Follow>),
    /// Play clicks; [`Drill::clicked`] is told when the clip began.
    Click(Clicks),
    /// No click any more.
    Quiet,
    /// Say the result.
    Say(Box<Feedback>),
}

/// What was practised of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice {
    /// What.
    pub item: Item,
    /// When it began, in session time.
    pub since: Duration,
    /// How long.
    pub lasted: Duration,
    /// Tries, and how they went.
    pub tally: Tally,
    /// Changes a minute.
    pub per_minute: Option<f32>,
    /// Beats a minute.
    pub tempo: Option<f32>,
    /// How each string did, from string 6 to string 1, where they were played one by one.
    pub strings: Option<[Rang; 6]>,
    /// Strings were played one by one: its tries are rounds of them and no strums.
    pub picked: bool,
}

/// A drill that runs.
#[derive(Debug)]
pub struct Drill {
    run: Box<dyn Run>,
    kind: DrillKind,
    first: Chord,
}

impl Drill {
    /// A drill on a guitar in `tuning`; its result is said in the form of `address`.
    #[must_use]
    pub fn new(exercise: Exercise, start: Start, tuning: Tuning, address: Address) -> Self {
        let (kind, first) = (exercise.target.kind, exercise.first());
        let run: Box<dyn Run> = match (&exercise.subject, kind) {
            (Subject::Pair(one, other), _) => {
                let pair = (*one, *other);
                Box::new(changes::Changes::new(exercise, pair, tuning, address))
            }
            (Subject::Pattern { .. } | Subject::Song { .. }, _) => {
                Box::new(bars::Bars::new(exercise, start, tuning, address))
            }
            (Subject::Chord(_), DrillKind::Strings) => {
                Box::new(strings::Strings::new(exercise, &tuning, address))
            }
            (Subject::Chord(_), _) => Box::new(tries::Tries::new(exercise, address)),
        };
        Self { run, kind, first }
    }

    /// What is drilled.
    #[must_use]
    pub fn kind(&self) -> DrillKind {
        self.kind
    }

    /// The chord that it begins with.
    #[must_use]
    pub fn first(&self) -> Chord {
        self.first
    }

    /// Whether strums are its own affair and the teacher is not told of each.
    #[must_use]
    pub fn keeps(&self, observation: &Observation) -> bool {
        match observation {
            Observation::Strum(_) => self.run.keeps_strums(),
            Observation::Command { command, .. } => match command {
                Command::Next | Command::Slower | Command::Faster | Command::Start => true,
                Command::Again => self.run.keeps_strums(),
                // Another chord ends the drill for whoever opened it; here it is not followed.
                Command::Practice { .. } => true,
                Command::Why | Command::Stop | Command::Check | Command::NotThat => false,
            },
            _ => false,
        }
    }

    /// The lesson begins.
    pub fn begin(&mut self, now: Duration) -> Vec<Step> {
        let mut steps = Vec::new();
        self.run.begin(now, &mut steps);
        steps
    }

    /// Something was heard, or the student asks for something.
    pub fn hear(&mut self, observation: &Observation) -> Vec<Step> {
        let mut steps = Vec::new();
        match observation {
            Observation::Command { at, command } => self.run.command(*command, *at, &mut steps),
            _ => self.run.hear(observation, &mut steps),
        }
        steps
    }

    /// All strokes up to `until` that were not told before.
    pub fn strokes(&mut self, strokes: &[Stroke], until: Duration) -> Vec<Step> {
        let mut steps = Vec::new();
        self.run.strokes(strokes, until, &mut steps);
        steps
    }

    /// The clip of clicks for `round` began `at`; heard later by what is not known yet
    /// ([`Drill::late`]). Clicks of another round than the last one asked for are not listened to.
    pub fn clicked(&mut self, round: u32, at: Duration) -> Vec<Step> {
        let mut steps = Vec::new();
        self.run.clicked(round, at, &mut steps);
        steps
    }

    /// The clicks are heard so much later than the clip began.
    pub fn late(&mut self, by: Duration) -> Vec<Step> {
        let mut steps = Vec::new();
        self.run.late(by, &mut steps);
        steps
    }

    /// What has become due by `now`.
    pub fn poll(&mut self, now: Duration) -> Vec<Step> {
        let mut steps = Vec::new();
        self.run.poll(now, &mut steps);
        steps
    }

    /// When [`Drill::poll`] next has something to do.
    #[must_use]
    pub fn due(&self) -> Option<Duration> {
        self.run.due()
    }

    /// The lesson is left: what is known so far counts, and nothing is said of it.
    pub fn leave(&mut self, at: Duration) -> Vec<Step> {
        let mut steps = Vec::new();
        self.run.leave(at, &mut steps);
        steps
    }

    /// No more sound will come, and all of it has been told: what was played counts.
    pub fn finish(&mut self, at: Duration) -> Vec<Step> {
        let mut steps = Vec::new();
        self.run.finish(at, &mut steps);
        steps
    }

    /// What was practised so far. Empty for drills whose strums are tries of their chord, counted by
    /// whoever counts strums.
    #[must_use]
    pub fn practised(&self) -> Vec<Practice> {
        self.run.practised()
    }
}

#[cfg(test)]
mod tests;
