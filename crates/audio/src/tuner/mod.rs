//! The tuner: one string at a time, to a cent.
//!
//! Sound is looked at 15 times a second through a window that never reaches back over the last
//! attack. What has partials of one stiff string in it becomes a [`TunerReading`]; noise, speech
//! and chords do not. It names the string and which way to turn; it knows no words and keeps no
//! fingerprint of the guitar.

mod attack;
mod coarse;
mod fit;
mod note;
mod peaks;
mod portrait;
mod which;

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use theory::{StringNumber, Tuning};

use crate::resample::{RATE, RATES};
use crate::stream::Stream;
use crate::{AudioChunk, seconds};
use attack::AttackDetector;
use note::{Ended, Note};
use peaks::Lens;
pub use portrait::Portrait;

/// Samples between readings: 15 a second.
const HOP: u64 = RATE as u64 / 15;
/// The pluck's noise, which is not looked at.
const ATTACK: u64 = RATE as u64 * 60 / 1000;
/// Shortest and longest window.
const SHORTEST: u64 = RATE as u64 * 200 / 1000;
const LONGEST: u64 = RATE as u64 * 450 / 1000;
/// Less sure than this, nothing is read.
const FAINTEST: f32 = 0.15;
/// Portraits kept until somebody takes them; the oldest go first.
const PORTRAITS: usize = 32;

/// How to tune.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TunerConfig {
    /// The open pitches that are wanted.
    pub tuning: Tuning,
    /// Reference A4 in Hz; guitars are tuned to 430–446.
    pub a4: f32,
}

impl Default for TunerConfig {
    fn default() -> Self {
        Self { tuning: Tuning::STANDARD, a4: 440.0 }
    }
}

/// What to do with the string that was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TunerHint {
    /// Too low.
    Tighten,
    /// Too high.
    Loosen,
    /// Within 5 cents.
    InTune,
    /// About an octave too high: a harmonic, the twelfth fret, or far too tight.
    OctaveHigh,
    /// About an octave too low: the string is slack.
    OctaveLow,
    /// Another string than the aimed one.
    WrongString {
        /// The string whose pitch it is.
        string: StringNumber,
    },
}

/// The pitch of the string that sounds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TunerReading {
    /// End of the measured window.
    #[serde(with = "seconds")]
    pub at: Duration,
    /// Frequency of the first partial in Hz.
    pub hz: f32,
    /// The string it is about: the aimed one, or the one recognised.
    pub string: StringNumber,
    /// Cents above that string's pitch.
    pub cents: f32,
    /// 0–1: that this is the pitch, and this the string.
    pub confidence: f32,
    /// The pitch has stood still for 0.3 s.
    pub steady: bool,
    /// What to do; none while it is not sure enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<TunerHint>,
}

/// Hears one string after another. The same samples give the same readings, however they are cut.
#[derive(Debug)]
pub struct Tuner {
    config: TunerConfig,
    aim: Option<StringNumber>,
    stream: Option<Stream>,
    attacks: AttackDetector,
    lens: Lens,
    note: Note,
    /// Readings' hops done in this stretch.
    hops: u64,
    portraits: VecDeque<Portrait>,
}

impl Tuner {
    /// A tuner at the beginning of a session.
    #[must_use]
    pub fn new(config: TunerConfig) -> Self {
        Self {
            config,
            aim: None,
            stream: None,
            attacks: AttackDetector::default(),
            lens: Lens::new(),
            note: Note::default(),
            hops: 0,
            portraits: VecDeque::new(),
        }
    }

    /// Tunes only this string from now on; none: the tuner recognises it.
    pub fn aim(&mut self, string: Option<StringNumber>) {
        self.aim = string;
    }

    /// Hears the next chunk. A gap before `chunk.at`, or a new rate, starts afresh.
    /// A rate outside [`crate::RATES`] is not listened to.
    pub fn hear(&mut self, chunk: &AudioChunk) -> Vec<TunerReading> {
        if chunk.samples.is_empty() || !RATES.contains(&chunk.rate) {
            return Vec::new();
        }
        if !self.stream.as_ref().is_some_and(|stream| stream.continues(chunk)) {
            self.close();
            self.stream = Some(Stream::new(chunk));
            self.attacks = AttackDetector::default();
            self.note = Note::default();
            self.hops = 0;
        }
        let mut readings = Vec::new();
        // Not all at once: the history forgets.
        for piece in chunk.samples.chunks(chunk.rate as usize) {
            if let Some(stream) = &mut self.stream {
                stream.push(piece);
            }
            while let Some(end) = self.next_end() {
                self.hops += 1;
                readings.extend(self.read(end));
            }
        }
        readings
    }

    /// Something else begins to sound: what was heard of the note until now can be asked of
    /// [`Self::portraits`], and nothing of it is kept from here on.
    pub fn cut(&mut self) {
        self.close();
    }

    /// The input ends. What sounded until then has been read already; the last note ends here, too,
    /// and can be asked of [`Self::portraits`].
    pub fn finish(&mut self) {
        self.close();
        self.stream = None;
        self.note = Note::default();
    }

    /// The notes that have ended since the last call, oldest first; what a
    /// [`crate::GuitarPrint`] and a [`crate::IntonationCheck`] learn from.
    pub fn portraits(&mut self) -> Vec<Portrait> {
        self.portraits.drain(..).collect()
    }

    fn close(&mut self) {
        let ended = self.note.close();
        self.portray(ended);
    }

    fn portray(&mut self, ended: Option<Ended>) {
        let (Some(ended), Some(stream)) = (ended, &self.stream) else { return };
        let open = self.config.tuning.open(ended.string).hz(self.config.a4);
        let at = stream.time(ended.began);
        let portrait = ended.sketch.finish(at, (ended.string, open), ended.stiffness);
        self.portraits.extend(portrait);
        while self.portraits.len() > PORTRAITS {
            self.portraits.pop_front();
        }
    }

    fn next_end(&self) -> Option<u64> {
        let end = (self.hops + 1) * HOP;
        self.stream.as_ref().filter(|stream| end <= stream.history.end()).map(|_| end)
    }

    fn read(&mut self, end: u64) -> Option<TunerReading> {
        let attack = self.attacks.advance(&self.stream.as_ref()?.history, end);
        if let Some(attack) = attack {
            self.close();
            self.note = Note::beginning(attack);
        }
        let from = end.saturating_sub(LONGEST).max(self.note.began() + ATTACK);
        if end < from + SHORTEST {
            return None;
        }
        let stream = self.stream.as_ref()?;
        let samples = stream.history.window(from as i64, (end - from) as usize);
        let at = stream.time(end);
        let tone = self.note.hear(&self.lens.look(&samples), &self.config);
        let ended = self.note.ended();
        self.portray(ended);
        let tone = tone?;
        let choice = which::choose(tone.hz, &self.config, self.aim, self.note.string());
        let confidence = tone.confidence * choice.confidence;
        if confidence < FAINTEST {
            return None;
        }
        self.note.keep(choice.string);
        let since_attack = |sample: u64| (sample - self.note.began()) as f32 / RATE as f32;
        let window = (since_attack((from + end) / 2), since_attack(end));
        self.note.sketch(window, confidence, &tone);
        Some(TunerReading {
            at,
            hz: tone.hz,
            string: choice.string,
            cents: choice.cents,
            confidence,
            steady: self.note.is_steady(),
            hint: choice.hint.filter(|_| confidence >= which::SURE),
        })
    }
}
