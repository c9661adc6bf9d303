//! Takes what the loudspeaker plays out of what the microphone hears.
//!
//! The app knows the samples of its own voice and metronome, and when it handed them to the
//! device; how late they come out and what the room does to them is learned. The delay (0–450 ms)
//! is found by cross-correlation for every clip, the room by an adaptive filter that keeps still
//! while the student plays over it. Sound passes in blocks, at most 11 ms late; where nothing is
//! played, or the delay is not found, it passes unchanged. It knows no clock and no device.

mod align;
mod filter;

use std::time::Duration;

use crate::{AudioChunk, RATES, Resampler};
use align::Aligner;
use filter::{BLOCK, EchoFilter};

/// A chunk that comes this much earlier or later than expected begins a new stretch.
const GAP: Duration = Duration::from_millis(50);
/// The longest delay from handing over to hearing.
pub(crate) const LONGEST_DELAY: Duration = Duration::from_millis(450);
/// Room response that is learned: T60 of 0.6 s down to about −30 dB.
const ROOM: Duration = Duration::from_millis(300);
/// Samples of the reference that are let go together.
const FORGOTTEN_AT_ONCE: u64 = 48_000;
/// Samples resampled together.
const AT_ONCE: usize = 4_096;
/// The filter begins so long before the direct sound.
const GUARD: Duration = Duration::from_millis(3);
/// Levels follow with this time constant for [`Canceller::left`].
const FOLLOW: f32 = 0.95;

/// The reference of one stretch: what was played, in samples of the microphone's clock.
#[derive(Debug, Default)]
struct Reference {
    first: u64,
    samples: Vec<f32>,
}

impl Reference {
    fn end(&self) -> u64 {
        self.first + self.samples.len() as u64
    }

    /// Forgets everything and keeps the room for it: memory stays level from sentence to sentence.
    fn clear(&mut self) {
        self.samples.clear();
        self.first = 0;
    }

    /// Drops what lies before `index`, a second's worth at a time.
    fn forget(&mut self, index: u64) {
        let old = index.saturating_sub(self.first);
        if old > FORGOTTEN_AT_ONCE && old < self.samples.len() as u64 {
            self.samples.drain(..old as usize);
            self.first += old;
        }
    }

    /// `len` samples from `from` on; what was not played is silence.
    fn window(&self, from: i64, len: usize) -> Vec<f32> {
        let mut out = vec![0.0; len];
        let begin = from.max(self.first as i64);
        let end = (from + len as i64).min(self.end() as i64);
        if begin < end {
            let at = (begin - self.first as i64) as usize;
            let count = (end - begin) as usize;
            out[(begin - from) as usize..][..count].copy_from_slice(&self.samples[at..at + count]);
        }
        out
    }
}

/// What a microphone hears without what the loudspeaker plays.
#[derive(Debug)]
pub struct Canceller {
    began: Duration,
    rate: u32,
    /// Samples taken and handed on in this stretch.
    taken: u64,
    done: u64,
    waiting: Vec<f32>,
    reference: Reference,
    aligner: Aligner,
    filter: EchoFilter,
    heard: f32,
    left: f32,
}

impl Default for Canceller {
    fn default() -> Self {
        Self::new()
    }
}

impl Canceller {
    /// A canceller before the first sound.
    #[must_use]
    pub fn new() -> Self {
        let rate = 48_000;
        Self {
            began: Duration::ZERO,
            rate,
            taken: 0,
            done: 0,
            waiting: Vec::new(),
            reference: Reference::default(),
            aligner: Aligner::new(rate),
            filter: EchoFilter::new(partitions(rate)),
            heard: 0.0,
            left: 0.0,
        }
    }

    /// The loudspeaker is handed mono `samples` at `rate` a second, at session time `at`. They may
    /// come out up to 0.45 s later.
    pub fn play(&mut self, at: Duration, rate: u32, samples: &[f32]) {
        if !RATES.contains(&rate) || samples.is_empty() {
            return;
        }
        let start = self.place(at);
        if start < self.reference.end() {
            self.cut(start);
        }
        if self.reference.samples.is_empty() {
            self.reference.first = start;
        }
        let gap = start.saturating_sub(self.reference.end());
        self.reference.samples.extend(std::iter::repeat_n(0.0, gap as usize));
        let mut resampler = Resampler::between(rate, self.rate);
        let tail = vec![0.0; rate as usize / 20];
        for part in samples.chunks(AT_ONCE).chain([tail.as_slice()]) {
            resampler.push(part, &mut self.reference.samples);
        }
        self.aligner.restart();
    }

    /// Nothing is played after session time `at`.
    pub fn hush(&mut self, at: Duration) {
        self.cut(self.place(at));
    }

    /// Takes a chunk; gives what is ready.
    pub fn clean(&mut self, chunk: &AudioChunk) -> Vec<AudioChunk> {
        let mut out = Vec::new();
        if chunk.samples.is_empty() || !RATES.contains(&chunk.rate) {
            return out;
        }
        if chunk.rate != self.rate || chunk.at.abs_diff(self.time(self.taken)) > GAP {
            out.extend(self.flush());
            self.restart(chunk);
        }
        self.taken += chunk.samples.len() as u64;
        self.waiting.extend_from_slice(&chunk.samples);
        let whole = self.waiting.len() / BLOCK * BLOCK;
        if whole == 0 {
            return out;
        }
        let rest = self.waiting.split_off(whole);
        let mut ready = std::mem::replace(&mut self.waiting, rest);
        let at = self.time(self.done);
        for block in ready.chunks_exact_mut(BLOCK) {
            self.block(block);
        }
        out.push(AudioChunk { at, rate: self.rate, samples: ready });
        out
    }

    /// What waits for a whole block, as it is.
    pub fn flush(&mut self) -> Option<AudioChunk> {
        let samples = std::mem::take(&mut self.waiting);
        if samples.is_empty() {
            return None;
        }
        let at = self.time(self.done);
        self.done = self.taken;
        Some(AudioChunk { at, rate: self.rate, samples })
    }

    /// How much of what the microphone heard is left after cancelling, as a share of the
    /// amplitude; 1 while nothing is cancelled.
    #[must_use]
    pub fn left(&self) -> f32 {
        if self.heard > 0.0 { (self.left / self.heard).sqrt().min(1.0) } else { 1.0 }
    }

    /// How late what is played is heard after it was handed over; none while that is not known of the
    /// last clip.
    #[must_use]
    pub fn delay(&self) -> Option<Duration> {
        let samples = self.aligner.delay()?;
        Some(Duration::from_secs_f64(samples as f64 / f64::from(self.rate)))
    }

    fn restart(&mut self, chunk: &AudioChunk) {
        if chunk.rate != self.rate {
            self.filter = EchoFilter::new(partitions(chunk.rate));
        }
        // The old reference counts samples of another stretch.
        self.reference.clear();
        self.aligner = Aligner::new(chunk.rate);
        (self.began, self.rate, self.taken, self.done) = (chunk.at, chunk.rate, 0, 0);
        (self.heard, self.left) = (0.0, 0.0);
    }

    fn block(&mut self, block: &mut [f32]) {
        let from = self.done;
        self.done += BLOCK as u64;
        let span = samples(LONGEST_DELAY + ROOM, self.rate) + BLOCK as u64;
        if self.reference.samples.is_empty() || from > self.reference.end() + span {
            self.reference.clear();
            (self.heard, self.left) = (0.0, 0.0);
            self.filter.rest();
            return;
        }
        self.reference.forget(from.saturating_sub(span));
        self.aligner.hear(block, &self.reference.window(from as i64, BLOCK));
        let Some(delay) = self.aligner.delay() else { return };
        let delay = delay.saturating_sub(samples(GUARD, self.rate));
        let played = self.reference.window(from as i64 - delay as i64, BLOCK);
        let (heard, left) = self.filter.block(block, &played);
        self.heard = FOLLOW * self.heard + (1.0 - FOLLOW) * heard;
        self.left = FOLLOW * self.left + (1.0 - FOLLOW) * left;
    }

    fn cut(&mut self, from: u64) {
        let keep = from.saturating_sub(self.reference.first) as usize;
        self.reference.samples.truncate(keep);
    }

    /// Sample of this stretch at session time `at`.
    fn place(&self, at: Duration) -> u64 {
        samples(at.saturating_sub(self.began), self.rate)
    }

    fn time(&self, sample: u64) -> Duration {
        let nanos = u128::from(sample) * 1_000_000_000 / u128::from(self.rate);
        self.began.saturating_add(Duration::from_nanos(nanos as u64))
    }
}

fn samples(length: Duration, rate: u32) -> u64 {
    (length.as_nanos() * u128::from(rate) / 1_000_000_000) as u64
}

fn partitions(rate: u32) -> usize {
    (samples(ROOM, rate) as usize).div_ceil(BLOCK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loudspeaker_that_never_stops_is_not_remembered_for_ever() {
        let (mut canceller, rate) = (Canceller::new(), 48_000);
        let beat = vec![0.1; rate as usize / 2];
        for n in 0..120u64 {
            let at = Duration::from_millis(500 * n);
            canceller.play(at, rate, &beat);
            canceller.clean(&AudioChunk { at, rate, samples: beat.clone() });
        }
        assert!(canceller.reference.samples.len() < 4 * rate as usize);
    }
}
