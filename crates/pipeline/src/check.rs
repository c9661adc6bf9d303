//! The check of the sound before a first lesson: the room for two seconds, then all open strings
//! once. Names what is wrong with the sound, or that nothing is.
//!
//! The same ears as a lesson's decide; here only their first verdict on the sound is waited for.
//! Silent on purpose: what is spoken would be heard as the room.

mod course;

use std::sync::Arc;

use audio::{AudioChunk, Heard};
use tutor::{Address, CheckStep, Feedback, Guitar, Trouble, check_words, trouble_words};

use crate::device::Change;
use crate::listening::{Listening, listen};
use crate::ports::{AudioSource, Clock, PortError};
use crate::session::Status;
use crate::threads::Threads;
use crate::{Ear, Sensed};
use course::{Course, Outcome};

/// Everything a check is made of.
pub struct CheckParts {
    /// The microphone.
    pub source: Box<dyn AudioSource>,
    /// The ears, not aimed at a chord.
    pub ear: Ear,
    /// How the student is spoken to.
    pub address: Address,
    /// What is played, where it is known.
    pub guitar: Option<Guitar>,
    /// Who watches.
    pub screen: Arc<dyn CheckScreen>,
    /// Session time; the source must stamp with the same.
    pub clock: Arc<dyn Clock>,
}

/// Who watches a check. Must not block.
pub trait CheckScreen: Send + Sync {
    /// Something to show.
    fn show(&self, update: CheckUpdate);
}

/// Something to show.
#[derive(Debug, Clone, PartialEq)]
pub enum CheckUpdate {
    /// Where it stands.
    Status(Status),
    /// Levels 0–1, about twenty a second.
    Level {
        /// Root mean square.
        level: f32,
        /// Largest sample.
        peak: f32,
        /// The room.
        floor: f32,
    },
    /// A step with its words; [`CheckStep::TooQuiet`] is what the sound suffers from.
    Step(CheckStep, Feedback),
    /// What is wrong with the sound, in words.
    Trouble(Trouble, Feedback),
    /// Nothing is any more.
    TroubleOver,
}

/// A running check. Dropping it ends it.
pub struct Check {
    // Joined when dropped.
    _threads: Threads,
}

impl Check {
    /// Starts the thread `listen`.
    ///
    /// # Errors
    /// The operating system gives no more threads.
    pub fn begin(parts: CheckParts) -> std::io::Result<Self> {
        let mut threads = Threads::default();
        let stop = Arc::clone(&threads.stop);
        threads.spawn("listen", move || {
            parts.screen.show(CheckUpdate::Status(Status::Connecting));
            listen(&mut Listen { parts, course: Course::default() }, &stop);
        })?;
        Ok(Self { _threads: threads })
    }
}

struct Listen {
    parts: CheckParts,
    course: Course,
}

impl Listening for Listen {
    fn source(&mut self) -> &mut dyn AudioSource {
        self.parts.source.as_mut()
    }

    fn device_changed(&mut self, change: Change) {
        match change {
            Change::Came { back } => {
                self.show(CheckUpdate::Status(Status::Listening));
                if back {
                    self.course = Course::default();
                    self.show(CheckUpdate::TroubleOver);
                }
            }
            Change::Left(trouble) => self.trouble(trouble),
        }
    }

    fn hear(&mut self, chunk: AudioChunk) {
        let sensed = self.parts.ear.hear(&chunk);
        self.pass_on(&sensed);
    }

    fn ended(&mut self, _: Option<PortError>) {
        let sensed = self.parts.ear.finish();
        self.pass_on(&sensed);
        self.show(CheckUpdate::Status(Status::Finished));
    }
}

impl Listen {
    fn pass_on(&mut self, sensed: &[Sensed]) {
        for it in sensed {
            if let Sensed::Heard(Heard::Envelope(envelope)) = it {
                let (level, peak, floor) = (envelope.level, envelope.peak, envelope.floor);
                self.show(CheckUpdate::Level { level, peak, floor });
            }
        }
        let now = self.parts.ear.now();
        for outcome in self.course.hear(sensed, now) {
            match outcome {
                Outcome::Step(step) => {
                    if let Some(words) =
                        check_words(step, self.parts.guitar, self.parts.address, now)
                    {
                        self.show(CheckUpdate::Step(step, words));
                    }
                }
                Outcome::Wrong(problem) => self.trouble(Trouble::Hearing(problem)),
                Outcome::Better => self.show(CheckUpdate::TroubleOver),
            }
        }
    }

    fn trouble(&self, trouble: Trouble) {
        if let Some(words) = trouble_words(&trouble, self.parts.address, self.parts.clock.now()) {
            self.show(CheckUpdate::Trouble(trouble, words));
        }
    }

    fn show(&self, update: CheckUpdate) {
        self.parts.screen.show(update);
    }
}
