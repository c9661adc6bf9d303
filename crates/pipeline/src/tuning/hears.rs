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
    /// The teacher spoke when the last chunk was heard.
    pub(super) spoken_over: bool,
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
        self.part_from_voice();
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

    /// A note that still rings when the teacher begins to speak is the guitar's alone until then.
    fn part_from_voice(&mut self) {
        let speaks = self.manners().speaks();
        if speaks && !self.spoken_over {
            self.tuner.cut();
        }
        self.spoken_over = speaks;
    }

    /// What was heard while the teacher spoke is not the guitar's alone.
    fn learn(&mut self) {
        for note in self.tuner.portraits() {
            let length = note.until.saturating_sub(note.at);
            if !self.manners().hears_itself_at(note.until, length) {
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

#[cfg(test)]
mod tests {
    use std::f32::consts::TAU;
    use std::sync::mpsc::channel;

    use audio::TunerConfig;

    use super::*;
    use crate::clock::SystemClock;
    use crate::ports::Capture;

    const RATE: u32 = 24_000;

    struct Unread;

    impl AudioSource for Unread {
        fn read(&mut self, _wait: Duration) -> Result<Capture, PortError> {
            Ok(Capture::Ended)
        }
    }

    struct Dark;

    impl TuningScreen for Dark {
        fn show(&self, _update: TuningUpdate) {}
    }

    fn listen_with(learn: Box<dyn FnMut(&Portrait) + Send>, asked: Receiver<Ask>) -> Listen {
        Listen {
            source: Box::new(Unread),
            tuner: Tuner::new(TunerConfig::default()),
            guide: TuningGuide::new(Address::Neutral),
            learn,
            asked,
            screen: Arc::new(Dark),
            speech: Arc::new(SpeechQueue::default()),
            manners: Arc::new(Mutex::new(Manners::new(true))),
            clock: Arc::new(SystemClock::start()),
            levels: Levels::default(),
            now: Duration::ZERO,
            sounding: None,
            heard_last: Duration::ZERO,
            drowned: false,
            spoken_over: false,
        }
    }

    /// The open fifth string, struck after half a second, in 3 s.
    fn pluck(sample: usize) -> f32 {
        let Some(since) = sample.checked_sub(RATE as usize / 2) else { return 0.0 };
        let t = since as f32 / RATE as f32;
        let partial = |n: f32| (-t * (0.5 + 0.1 * n)).exp() * (TAU * 110.0 * n * t).sin() / n;
        0.1 * (1..=10).map(|n| partial(n as f32)).sum::<f32>()
    }

    /// Ends of the notes that are learnt when the teacher begins to speak, heard as loud as the
    /// string, so long after the pluck.
    fn learnt(speaks_after: Option<Duration>) -> Vec<Duration> {
        let (send, ends) = channel();
        let (_ask, asked) = channel();
        let learn = move |note: &Portrait| send.send(note.until).unwrap_or_default();
        let mut listen = listen_with(Box::new(learn), asked);
        let speaks = speaks_after.map(|after| Duration::from_millis(500) + after);
        let samples: Vec<f32> = (0..3 * RATE as usize).map(pluck).collect();
        for (turn, piece) in samples.chunks(480).enumerate() {
            let at = Duration::from_millis(20 * turn as u64);
            if speaks
                .is_some_and(|speaks| (speaks..speaks + Duration::from_millis(20)).contains(&at))
            {
                listen.manners().begin_speaking(at);
            }
            if speaks.is_some_and(|speaks| at >= speaks) {
                listen.manners().level(0.3, at);
            }
            listen.hear(AudioChunk { at, rate: RATE, samples: piece.to_vec() });
        }
        listen.ended(None);
        drop(listen);
        ends.iter().collect()
    }

    #[test]
    fn a_note_over_which_the_teacher_speaks_is_learnt_as_it_was_before() {
        let speaks = Duration::from_millis(1_100);
        let ends = learnt(Some(speaks));
        assert_eq!(ends.len(), 1, "{ends:?}");
        assert!(ends[0] <= Duration::from_millis(500) + speaks, "{ends:?}");
        assert!(learnt(None)[0] > Duration::from_secs(2));
    }

    #[test]
    fn a_note_struck_while_the_teacher_speaks_is_not_learnt() {
        assert_eq!(learnt(Some(Duration::ZERO)), []);
    }
}
