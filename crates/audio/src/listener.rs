//! The session: groups rises into strums, waits out their window, asks for judgement in turn.
//!
//! Everything happens at fixed hops of the resampled stream, so that the cut of the chunks leaves
//! no trace; while the witness is asked, later sound waits. What a window *means* is decided in
//! [`crate::judge`], what is told of it in [`telling`].

use theory::{Chord, StringNumber};

use crate::conclude::Limit;
use crate::config::ListenerConfig;
use crate::group::Group;
use crate::impair::{Reception, Senses};
use crate::judge::{self, Opened};
use crate::meter::{self, Meter};
use crate::onset::{self, HOP, OnsetDetector};
use crate::picking::Picking;
use crate::pluck::PluckWatch;
use crate::recall::{self, Told};
use crate::resample::{RATE, RATES};
use crate::settle::Question;
use crate::stream::Stream;
use crate::trust::{Checking, Claim, Trust};
use crate::{AudioChunk, Heard, Onset, Posteriorgram, Target};

#[cfg(test)]
mod long_run;
mod picks;
mod telling;

/// Rises nearer than this belong to one strum; without a target quick strums must stay apart, but
/// the hand does not come back within a quarter of a second.
const MERGE_STRUM: u64 = RATE as u64 * 180 / 1000;
const MERGE_UNASKED: u64 = RATE as u64 * 110 / 1000;
const APART: u64 = RATE as u64 / 4;
/// The longest strum, first to last string: 80 ms from string to string, and some.
const LONGEST: u64 = RATE as u64 * 60 / 100;
/// Windows shorter than this are not judged.
const SHORTEST: u64 = RATE as u64 * 70 / 1000;
/// Sound that may wait for the witness before the listener goes on without it.
const PATIENCE: u64 = RATE as u64 * 3 / 2;

/// A strum whose witness is being asked.
#[derive(Debug)]
struct Pending {
    id: u64,
    opened: Box<Opened>,
    limit: Limit,
    span: judge::Span,
    /// What was only looked at early, and is judged later unless it is right beyond doubt.
    early: Option<(Group, Reception)>,
    /// What is looked at once more before a string at its end is accused.
    again: Option<Group>,
}

/// Hears one session. The same samples give the same [`Heard`], however they are cut.
#[derive(Debug)]
pub struct Listener {
    config: ListenerConfig,
    stream: Option<Stream>,
    detector: OnsetDetector,
    plucks: PluckWatch,
    meter: Meter,
    senses: Senses,
    /// Hops done in this stretch.
    hops: u64,
    group: Option<Group>,
    pending: Option<Pending>,
    asked: u64,
    told: Option<Told>,
    question: Option<Question>,
    /// Strings are played one by one.
    picking: Option<Picking>,
    /// The last strum that was told, with what was claimed of its strings.
    last: Option<(crate::Strum, Vec<Claim>)>,
    checking: Checking,
    trust: Trust,
    chord: Option<Chord>,
}

impl Listener {
    /// A listener at the beginning of a session.
    #[must_use]
    pub fn new(config: ListenerConfig) -> Self {
        let mut listener = Self {
            trust: config.trust,
            checking: Checking::default(),
            config: ListenerConfig { target: config.target.and_then(Target::possible), ..config },
            stream: None,
            detector: OnsetDetector::new(),
            plucks: PluckWatch::default(),
            meter: Meter::new(),
            senses: Senses::new(),
            hops: 0,
            group: None,
            pending: None,
            asked: 0,
            told: None,
            question: None,
            picking: None,
            last: None,
            chord: None,
        };
        listener.follow_target();
        listener
    }

    /// Asks for something else from now on; an unfinished strum is dropped.
    pub fn aim(&mut self, target: Option<Target>) {
        self.config.target = target.and_then(Target::possible);
        self.group = None;
        self.pending = None;
        self.told = None;
        self.question = None;
        self.picking = None;
        self.last = None;
        self.checking = Checking::default();
        self.chord = None;
        self.follow_target();
    }

    /// Waits for `string` alone to settle the last strum of what was asked. With `withdrawn` the
    /// verdict on it is taken back until then, and what it does checks nothing: a string that was
    /// objected to may have been mended before it is played.
    pub fn ask_alone(&mut self, string: StringNumber, withdrawn: bool) -> Vec<Heard> {
        let (Some((strum, claims)), Some(stream)) = (&mut self.last, &self.stream) else {
            return Vec::new();
        };
        if strum.verdict.is_none() {
            return Vec::new();
        }
        if withdrawn {
            *strum = recall::in_doubt(strum, string, stream.time(stream.history.end()));
            self.checking = Checking::default();
            self.told = None;
        }
        let (strum, claims) = (strum.clone(), claims.clone());
        let question = Question::new(strum.clone(), string, claims, &self.config.tuning);
        let asked = question.is_some();
        self.question = question.or(self.question.take());
        if withdrawn && asked { vec![Heard::Strum(strum)] } else { Vec::new() }
    }

    fn follow_target(&mut self) {
        let target = self.config.target.as_ref();
        if let Some(voicing) = target.and_then(|target| target.voicings.first()) {
            let (tuning, a4) = (&self.config.tuning, self.config.a4);
            self.meter.follow(&crate::stiff::tones(voicing, tuning, a4, 0.0));
        }
    }

    /// Hears the next chunk. A gap before `chunk.at`, or a new rate, starts afresh.
    /// A rate outside [`crate::RATES`] is not listened to.
    pub fn hear(&mut self, chunk: &AudioChunk) -> Vec<Heard> {
        let mut out = Vec::new();
        if chunk.samples.is_empty() || !RATES.contains(&chunk.rate) {
            return out;
        }
        self.lose_patience(&mut out);
        if !self.stream.as_ref().is_some_and(|stream| stream.continues(chunk)) {
            self.close_stretch(&mut out);
            self.stream = Some(Stream::new(chunk));
            self.detector = OnsetDetector::new();
            self.plucks = PluckWatch::default();
            self.senses.restart();
            self.told = None;
            self.last = None;
            self.hops = 0;
        }
        if let Some(stream) = &mut self.stream {
            stream.push(&chunk.samples);
        }
        self.advance(&mut out);
        out
    }

    /// Takes the witness's answer, or none if it could not answer, and goes on.
    pub fn answer(&mut self, id: u64, answer: Option<&Posteriorgram>) -> Vec<Heard> {
        let mut out = Vec::new();
        if let Some(pending) = self.pending.take_if(|pending| pending.id == id) {
            self.settle(pending, answer, &mut out);
            self.advance(&mut out);
        }
        out
    }

    /// The input ends: settles what is open.
    pub fn finish(&mut self) -> Vec<Heard> {
        let mut out = Vec::new();
        self.close_stretch(&mut out);
        self.senses.finish(self.meter.room(), &mut out);
        out
    }

    /// The witness has been silent for too long.
    fn lose_patience(&mut self, out: &mut Vec<Heard>) {
        let waiting = self.stream.as_ref().map_or(0, |s| s.history.end());
        if waiting.saturating_sub(self.hops * HOP as u64) > PATIENCE {
            self.give_up(out);
        }
    }

    /// Goes on without the witness until all sound is heard.
    fn give_up(&mut self, out: &mut Vec<Heard>) {
        while let Some(pending) = self.pending.take() {
            self.settle(pending, None, out);
            self.advance_deaf(out);
        }
    }

    fn advance_deaf(&mut self, out: &mut Vec<Heard>) {
        let mut heard = Vec::new();
        self.advance(&mut heard);
        out.extend(heard.into_iter().filter(|event| !matches!(event, Heard::Witness(_))));
    }

    /// Judges what is open at the end of a stretch of sound.
    fn close_stretch(&mut self, out: &mut Vec<Heard>) {
        self.give_up(out);
        if let (Some(group), Some(stream)) = (self.group.take(), &self.stream) {
            let end = stream.history.end();
            let mut heard = Vec::new();
            self.judge(group, end, &mut heard);
            out.extend(heard.into_iter().filter(|event| !matches!(event, Heard::Witness(_))));
            self.give_up(out);
        }
        self.stream = None;
    }

    fn advance(&mut self, out: &mut Vec<Heard>) {
        while self.pending.is_none() {
            let Some(stream) = &self.stream else { return };
            let end = (self.hops + 1) * HOP as u64;
            if end > stream.history.end() {
                return;
            }
            self.hops += 1;
            self.hop(end, out);
        }
    }

    fn hop(&mut self, end: u64, out: &mut Vec<Heard>) {
        let Some(stream) = &self.stream else { return };
        self.senses.hop(end, &stream.history);
        self.recall(end, out);
        let Some(stream) = &self.stream else { return };
        let window = OnsetDetector::window();
        let frame = stream.history.window(end as i64 - window as i64, window);
        if let Some(rise) = self.detector.step(&frame) {
            if rise.faint {
                self.rise_faintly(rise.at);
            } else {
                self.rise(rise.at, out);
            }
        }
        if let Some(at) = self.plucked(end) {
            self.rise(at, out);
        }
        if self.hops.is_multiple_of(meter::EVERY) {
            self.measure(end, out);
        }
        if let Some(group) = self.group.filter(|group| end >= group.due()) {
            self.group = None;
            self.judge(group, end, out);
        } else if self.config.target.is_some()
            && self.picking.is_none()
            && let Some(group) = self.group.filter(|group| group.early().is_some_and(|e| end >= e))
        {
            self.group = None;
            self.look_early(group, end, out);
        }
    }

    /// Takes the last verdict back where something else than strings turns out to lie under it.
    fn recall(&mut self, end: u64, out: &mut Vec<Heard>) {
        let Some(told) = self.told.as_ref().filter(|told| !told.is_over(end)) else {
            self.told = None;
            return;
        };
        let Some((problem, why)) = self.senses.found_under(told.span, end) else { return };
        let (Some(told), Some(stream)) = (self.told.take(), &self.stream) else { return };
        self.question = None;
        self.last = None;
        self.checking = Checking::default();
        out.push(Heard::Strum(told.again(why, stream.time(end))));
        self.senses.name_found(problem, out);
    }

    /// Where an asked string is waited for, its thump may be too faint or too short for the
    /// detector.
    fn plucked(&mut self, end: u64) -> Option<u64> {
        let stream = self.stream.as_ref()?;
        if self.question.is_none() && self.picking.is_none() {
            self.plucks.rest();
            return None;
        }
        let window = PluckWatch::window();
        self.plucks.step(&stream.history.window(end as i64 - window as i64, window), end)
    }

    fn rise_faintly(&mut self, at: u64) {
        if let Some(group) = self.group.as_mut().filter(|group| at < group.first + LONGEST) {
            group.faint = at;
        }
    }

    fn rise(&mut self, at: u64, out: &mut Vec<Heard>) {
        let asked = self.config.target.is_some();
        let (gap, apart) = if asked { (MERGE_STRUM, 0) } else { (MERGE_UNASKED, APART) };
        if let Some(group) = &mut self.group
            && at < (group.last + gap).max(group.first + apart)
            && at < group.first + LONGEST
        {
            group.last = at;
            return;
        }
        if let Some(group) = self.group.take() {
            self.judge(group, at.saturating_sub(RATE as u64 / 50), out);
        }
        let Some(stream) = &self.stream else { return };
        let (back, ahead) = (RATE as usize * 8 / 100, RATE as usize * 2 / 100);
        let around = stream.history.window(at as i64 - back as i64, back + ahead);
        let first = (at + onset::begin(&around) as u64).saturating_sub(back as u64);
        out.push(Heard::Onset(Onset { at: stream.time(first) }));
        self.senses.rise(first);
        self.group = Some(Group::of(first, at));
    }

    fn measure(&mut self, end: u64, out: &mut Vec<Heard>) {
        if end < meter::WINDOW as u64 {
            return;
        }
        let Some(stream) = &self.stream else { return };
        let window = stream.history.window(end as i64 - meter::WINDOW as i64, meter::WINDOW);
        let envelope = self.meter.measure(stream.time(end), &window);
        self.senses.level(envelope.peak, out);
        out.push(Heard::Envelope(envelope));
    }
}
