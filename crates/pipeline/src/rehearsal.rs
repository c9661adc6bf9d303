//! A lesson from a recording, headless: everything in input time, one thread, deterministic.

use std::time::Duration;

use audio::{Check, Heard, Target};
use tutor::{Action, Observation, Tutor};

use crate::ports::{AudioSource, Capture, PortError};
use crate::{Ear, Sensed};

/// The teacher's sense of time runs on in steps of input time, wherever chunks are cut.
const TICK: Duration = Duration::from_millis(100);

/// One thing that happened in a rehearsal.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The teacher was told this.
    Observed(Observation),
    /// The teacher wanted this, at this input time.
    Acted(Duration, Action),
    /// A string played alone checked the last strum's verdict.
    Checked(Check),
}

/// Plays a whole recording to the ear and the teacher. Each step is handed to `on` as it comes.
///
/// # Errors
/// What the source reports; the steps before it have been handed over.
pub fn rehearse(
    source: &mut dyn AudioSource,
    ear: &mut Ear,
    tutor: &mut Tutor,
    target: &dyn Fn(theory::Chord) -> Target,
    on: &mut dyn FnMut(Step),
) -> Result<(), PortError> {
    let first = tutor.begin(Duration::ZERO);
    first.into_iter().for_each(|action| on(Step::Acted(Duration::ZERO, action)));
    let mut next_tick = TICK;
    loop {
        let sensed = match source.read(TICK)? {
            Capture::Chunk(chunk) => ear.hear(&chunk),
            Capture::Idle => continue,
            Capture::Ended => break,
        };
        hand_over_all(&sensed, ear, tutor, target, on);
        while next_tick <= ear.now() {
            hand_over(vec![Observation::Tick { at: next_tick }], ear, tutor, target, on);
            next_tick += TICK;
        }
    }
    let sensed = ear.finish();
    hand_over_all(&sensed, ear, tutor, target, on);
    Ok(())
}

fn hand_over_all(
    sensed: &[Sensed],
    ear: &mut Ear,
    tutor: &mut Tutor,
    target: &dyn Fn(theory::Chord) -> Target,
    on: &mut dyn FnMut(Step),
) {
    for it in sensed {
        if let Sensed::Heard(Heard::Checked(check)) = it {
            on(Step::Checked(*check));
        }
        let observed = it.observation(ear.now()).into_iter().collect();
        hand_over(observed, ear, tutor, target, on);
    }
}

fn hand_over(
    observed: Vec<Observation>,
    ear: &mut Ear,
    tutor: &mut Tutor,
    target: &dyn Fn(theory::Chord) -> Target,
    on: &mut dyn FnMut(Step),
) {
    for observation in observed {
        let now = observation.at();
        let actions = tutor.handle(&observation, now);
        on(Step::Observed(observation));
        for action in actions {
            let mut settled = Vec::new();
            match &action {
                Action::Aim { chord } => ear.aim(Some(target(*chord))),
                Action::Alone { string, withdrawn } => {
                    settled = ear.ask_alone(*string, *withdrawn);
                }
                _ => {}
            }
            on(Step::Acted(now, action));
            hand_over_all(&settled, ear, tutor, target, on);
        }
    }
}
