//! What the thread `listen` of tuning does: chunks as they come, through the tuner, to the guide and the screen.

use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use audio::{AudioChunk, Portrait, SensingProblem, Tuner, TunerReading};
use theory::StringNumber;
use tutor::{Address, GuideStep, Trouble, TuningGuide, trouble_words};

use super::level::{Level, Levels};
use super::{TuningScreen, TuningUpdate};
use crate::device::Change;
use crate::listening::Listening;
use crate::manners::{Manners, Origin};
use crate::ports::{AudioSource, Clock, PortError};
use crate::session::Status;
use crate::speech::SpeechQueue;

/// No reading for so long: the string has rung out.
const RUNG_OUT: Duration = Duration::from_millis(500);
/// No string for so long in a loud room: the room drowns them.
const DROWNED: Duration = Duration::from_secs(3);
/// A room above this (root mean square, −46 dBFS) is loud.
const LOUD_ROOM: f32 = 5e-3;
/// The tuner looks back so far: the teacher's own voice is out of its sight only after this.
const LOOKS_BACK: Duration = Duration::from_millis(450);

/// What the student asks for.
pub(super) enum Ask {
    Aim(Option<StringNumber>),
    Say,
}

pub(super) struct Listen {
    pub(super) source: Box<dyn AudioSource>,
    pub(super) tuner: Tuner,
    pub(super) guide: TuningGuide,
    pub(super) learn: Box<dyn FnMut(&Portrait) + Send>,
    pub(super) asked: Receiver<Ask>,
    pub(super) screen: Arc<dyn TuningScreen>,
    pub(super) speech: Arc<SpeechQueue>,
    pub(super) manners: Arc<Mutex<Manners>>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) levels: Levels,
    pub(super) now: Duration,
    /// When the string that sounds was read last.
    pub(super) sounding: Option<Duration>,
    /// When a string was read last, whether or not it still sounds.
    pub(super) heard_last: Duration,
    pub(super) drowned: bool,
}

impl Listening for Listen {
    fn source(&mut self) -> &mut dyn AudioSource {
        self.source.as_mut()
    }

    fn answer(&mut self) {
        while let Ok(ask) = self.asked.try_recv() {
            self.take_up(&ask);
        }
    }

    fn device_changed(&mut self, change: Change) {
        match change {
            Change::Came { back } => {
                self.screen.show(TuningUpdate::Status(Status::Listening));
                if back {
                    self.screen.show(TuningUpdate::TroubleOver);
                }
                self.show_guide();
            }
            Change::Left(trouble) => {
                if let Some(words) = trouble_words(&trouble, Address::Neutral, self.clock.now()) {
                    self.screen.show(TuningUpdate::Trouble(trouble, words));
                }
            }
        }
    }

    fn hear(&mut self, chunk: AudioChunk) {
        self.follow(&chunk);
    }

    fn ended(&mut self, broke_off: Option<PortError>) {
        if let Some(error) = broke_off {
            return self.screen.show(TuningUpdate::Broken(error));
        }
        self.tuner.finish();
        self.learn();
        self.screen.show(TuningUpdate::Status(Status::Finished));
    }
}

impl Listen {
    fn take_up(&mut self, ask: &Ask) {
        let at = self.clock.now();
        match ask {
            Ask::Aim(string) => {
                let steps = self.guide.aim(*string, at);
                self.take(steps);
            }
            Ask::Say => {
                if let Some(guide) = self.guide.guide(at) {
                    self.speech.say(guide.words);
                }
            }
        }
    }

    fn follow(&mut self, chunk: &AudioChunk) {
        let length = chunk.samples.len() as f64 / f64::from(chunk.rate.max(1));
        self.now = chunk.at + Duration::from_secs_f64(length);
        let levels = self.levels.hear(chunk);
        levels.iter().for_each(|level| self.show_level(level));
        let readings = self.tuner.hear(chunk);
        readings.iter().for_each(|reading| self.read(reading));
        self.learn();
        if let Some(level) = levels.last() {
            self.notice_room(level.floor);
        }
        if self.sounding.is_some_and(|last| self.now > last + RUNG_OUT) {
            self.sounding = None;
            self.screen.show(TuningUpdate::Quiet);
            let steps = self.guide.quiet(self.now);
            self.take(steps);
        }
    }

    /// Notes that rang while the teacher spoke are not the guitar's alone.
    fn learn(&mut self) {
        for note in self.tuner.portraits() {
            let since = self.now.saturating_sub(note.at);
            let alone = !self.manners().hears_itself_at(self.now, since);
            if alone {
                (self.learn)(&note);
            }
        }
    }

    /// Where the room drowns the strings, that is told; a string that is heard ends it.
    fn notice_room(&mut self, floor: f32) {
        let drowned = floor > LOUD_ROOM && self.now > self.heard_last + DROWNED;
        if drowned == self.drowned {
            return;
        }
        self.drowned = drowned;
        if !drowned {
            self.screen.show(TuningUpdate::TroubleOver);
            return self.show_guide();
        }
        let trouble = Trouble::Hearing(SensingProblem::LowSnr { snr_db: 0.0 });
        if let Some(words) = trouble_words(&trouble, Address::Neutral, self.now) {
            self.screen.show(TuningUpdate::Trouble(trouble, words));
        }
    }

    fn show_level(&self, it: &Level) {
        let Level { at, level, peak, floor, rises } = *it;
        self.screen.show(TuningUpdate::Level { level, peak, floor });
        let mut manners = self.manners();
        manners.level(level, at);
        if rises && manners.onset(at) == Origin::Undecided {
            // Louder than the echo in the same span: settled at once.
            manners.level(level, at);
        }
    }

    fn read(&mut self, reading: &TunerReading) {
        // The teacher's own voice has a pitch, too.
        if self.manners().hears_itself_at(reading.at, LOOKS_BACK) {
            return;
        }
        self.sounding = Some(reading.at);
        self.heard_last = reading.at;
        self.screen.show(TuningUpdate::Reading(*reading));
        let steps = self.guide.hear(reading);
        self.take(steps);
    }

    fn take(&mut self, steps: Vec<GuideStep>) {
        for step in steps {
            match step {
                GuideStep::Show(guide) => self.screen.show(TuningUpdate::Guide(guide)),
                GuideStep::Say(words) => self.speech.say(words),
                GuideStep::Aim(string) => self.tuner.aim(string),
            }
        }
    }

    fn show_guide(&self) {
        if let Some(guide) = self.guide.guide(self.clock.now()) {
            self.screen.show(TuningUpdate::Guide(guide));
        }
    }

    fn manners(&self) -> MutexGuard<'_, Manners> {
        self.manners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
