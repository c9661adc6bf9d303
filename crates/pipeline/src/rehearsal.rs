//! A lesson from a recording, headless: everything in input time, one thread, deterministic.

use std::time::Duration;

use audio::{AudioChunk, Check, Followed, Heard, StrokeWatch, StrokeWindow, Target};
use theory::Chord;
use tutor::drill::{Drill, Practice, Progress, Step as DrillStep};
use tutor::{Action, Observation, Tutor};

use crate::aim::any_of;
use crate::ports::{AudioSource, Capture, PortError};
use crate::{Ear, Sensed};

/// The teacher's sense of time runs on in steps of input time, wherever chunks are cut.
const TICK: Duration = Duration::from_millis(100);

/// One thing that happened in a rehearsal.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The teacher was told this. What a drill keeps to itself is told as well.
    Observed(Observation),
    /// The teacher wanted this, at this input time.
    Acted(Duration, Action),
    /// A string played alone checked the last strum's verdict.
    Checked(Check),
    /// How the drill stands, at this input time.
    Drilled(Duration, Box<Progress>),
    /// What the drill has practised so far; replaces what it told before.
    Practised(Vec<Practice>),
}

/// Plays a whole recording to the ear and the teacher. Each step is handed to `on` as it comes.
///
/// # Errors
/// What the source reports; the steps before it have been handed over.
pub fn rehearse(
    source: &mut dyn AudioSource,
    ear: &mut Ear,
    tutor: &mut Tutor,
    target: &dyn Fn(Chord) -> Target,
    on: &mut dyn FnMut(Step),
) -> Result<(), PortError> {
    rehearse_drill(source, ear, tutor, None, target, on)
}

/// The same, with a drill.
///
/// # Errors
/// As [`rehearse`].
pub fn rehearse_drill(
    source: &mut dyn AudioSource,
    ear: &mut Ear,
    tutor: &mut Tutor,
    drill: Option<&mut Drill>,
    target: &dyn Fn(Chord) -> Target,
    on: &mut dyn FnMut(Step),
) -> Result<(), PortError> {
    let (strokes, now) = (StrokeWatch::default(), Duration::ZERO);
    let mut stage = Stage { ear, tutor, drill, strokes, target, on, now };
    stage.begin();
    loop {
        match source.read(TICK)? {
            Capture::Chunk(chunk) => stage.hear(chunk),
            Capture::Idle => {}
            Capture::Ended => break,
        }
    }
    stage.finish();
    Ok(())
}

struct Stage<'a> {
    ear: &'a mut Ear,
    tutor: &'a mut Tutor,
    drill: Option<&'a mut Drill>,
    strokes: StrokeWatch,
    target: &'a dyn Fn(Chord) -> Target,
    on: &'a mut dyn FnMut(Step),
    /// The last tick.
    now: Duration,
}

impl Stage<'_> {
    fn begin(&mut self) {
        let first = self.tutor.begin(Duration::ZERO);
        first.into_iter().for_each(|action| (self.on)(Step::Acted(Duration::ZERO, action)));
        self.with_drill(|drill| drill.begin(Duration::ZERO));
    }

    fn hear(&mut self, chunk: AudioChunk) {
        if self.drill.is_none() {
            return self.hear_piece(&chunk);
        }
        // A drill that is over at a time must not depend on where the input is cut.
        let mut rest = chunk;
        loop {
            let left = (self.now + TICK).saturating_sub(rest.at).as_secs_f64();
            let count = (left * f64::from(rest.rate)).ceil() as usize;
            if count == 0 || count >= rest.samples.len() {
                return self.hear_piece(&rest);
            }
            let samples = rest.samples.split_off(count);
            let at = rest.at + Duration::from_secs_f64(count as f64 / f64::from(rest.rate.max(1)));
            let next = AudioChunk { at, rate: rest.rate, samples };
            self.hear_piece(&rest);
            rest = next;
        }
    }

    fn hear_piece(&mut self, chunk: &AudioChunk) {
        let sensed = self.ear.hear(chunk);
        self.take_all(&sensed);
        if self.drill.is_some() {
            let windows = self.strokes.hear(chunk);
            self.follow(windows);
        }
        while self.now + TICK <= self.ear.now() {
            self.tick();
        }
    }

    fn tick(&mut self) {
        let next = self.now + TICK;
        while let Some(due) = self.drill.as_ref().and_then(|drill| drill.due())
            && due > self.now
            && due < next
        {
            self.now = due;
            self.with_drill(|drill| drill.poll(due));
        }
        self.now = next;
        self.hand_over(Observation::Tick { at: next });
        self.with_drill(|drill| drill.poll(next));
    }

    fn finish(&mut self) {
        let sensed = self.ear.finish();
        self.take_all(&sensed);
        let windows = self.strokes.finish();
        self.follow(windows);
        let end = self.ear.now();
        self.now = self.now.max(end);
        self.with_drill(|drill| drill.finish(end));
    }

    fn take_all(&mut self, sensed: &[Sensed]) {
        for it in sensed {
            if let Sensed::Heard(Heard::Checked(check)) = it {
                (self.on)(Step::Checked(*check));
            }
            let observed = it.observation(self.ear.now());
            observed.into_iter().for_each(|observation| self.hand_over(observation));
        }
    }

    fn follow(&mut self, windows: Vec<StrokeWindow>) {
        for Followed { until, strokes } in windows.into_iter().map(StrokeWindow::followed) {
            self.with_drill(|drill| drill.strokes(&strokes, until));
        }
    }

    fn hand_over(&mut self, observation: Observation) {
        let kept = self.drill.as_ref().is_some_and(|drill| drill.keeps(&observation));
        if kept {
            (self.on)(Step::Observed(observation.clone()));
            return self.with_drill(|drill| drill.hear(&observation));
        }
        self.teach(observation.clone());
        if !matches!(observation, Observation::Tick { .. }) {
            self.with_drill(|drill| drill.hear(&observation));
        }
    }

    fn teach(&mut self, observation: Observation) {
        let now = observation.at();
        let actions = self.tutor.handle(&observation, now);
        (self.on)(Step::Observed(observation));
        for action in actions {
            let mut settled = Vec::new();
            match &action {
                Action::Aim { chord } => self.ear.aim(Some((self.target)(*chord))),
                Action::Alone { string, withdrawn } => {
                    settled = self.ear.ask_alone(*string, *withdrawn);
                }
                _ => {}
            }
            (self.on)(Step::Acted(now, action));
            self.take_all(&settled);
        }
    }

    fn with_drill(&mut self, ask: impl FnOnce(&mut Drill) -> Vec<DrillStep>) {
        let Some(drill) = self.drill.as_deref_mut() else { return };
        let before = drill.practised();
        let steps = ask(drill);
        let after = drill.practised();
        for step in steps {
            self.carry_out(step);
        }
        if before != after {
            (self.on)(Step::Practised(after));
        }
    }

    fn carry_out(&mut self, step: DrillStep) {
        match step {
            DrillStep::Show(progress) => (self.on)(Step::Drilled(self.now, progress)),
            DrillStep::Aim(chords) => self.ear.aim(Some(any_of(&chords, self.target))),
            DrillStep::Pick(pick) => self.ear.pick(pick),
            DrillStep::Observe(observation) => self.teach(observation),
            DrillStep::Follow(follow) => self.strokes.follow(follow),
            DrillStep::Say(feedback) => (self.on)(Step::Acted(self.now, Action::Say(*feedback))),
            // A recording hears no click: it begins by itself, or at a time that is given.
            DrillStep::Click(clicks) => {
                let now = self.now;
                self.with_drill(|drill| drill.clicked(clicks.round, now));
            }
            DrillStep::Quiet => {}
        }
    }
}
