//! One uninterrupted stretch of input: resampled, addressed by sample index, clipping counted.

use std::collections::VecDeque;
use std::time::Duration;

use crate::AudioChunk;
use crate::history::History;
use crate::onset::HOP;
use crate::resample::{RATE, Resampler};

/// A chunk that comes this much earlier or later than expected begins a new stretch.
const GAP: Duration = Duration::from_millis(50);
/// Input this close to full scale is clipped.
const FULL_SCALE: f32 = 0.997;
/// Hops of clip counts that are kept (4 s).
const CLIPS_KEPT: usize = 700;

#[derive(Debug)]
pub(crate) struct Stream {
    began: Duration,
    taken: u64,
    resampler: Resampler,
    pub(crate) history: History,
    /// Hop number and clipped samples in it, oldest first.
    clips: VecDeque<(u64, u32)>,
    out: Vec<f32>,
}

impl Stream {
    pub(crate) fn new(chunk: &AudioChunk) -> Self {
        Self {
            began: chunk.at,
            taken: 0,
            resampler: Resampler::new(chunk.rate),
            history: History::default(),
            clips: VecDeque::new(),
            out: Vec::new(),
        }
    }

    /// Whether `chunk` goes on where the last one ended.
    pub(crate) fn continues(&self, chunk: &AudioChunk) -> bool {
        let input = Duration::from_secs_f64(self.taken as f64 / f64::from(self.resampler.rate()));
        let expected = self.began.saturating_add(input);
        chunk.rate == self.resampler.rate() && chunk.at.abs_diff(expected) <= GAP
    }

    /// As if `count` output samples more had gone before.
    #[cfg(test)]
    pub(crate) fn skip(&mut self, count: u64) {
        self.taken += self.resampler.skip(count);
        self.history.skip(count);
    }

    /// The input's samples per second.
    pub(crate) fn input_rate(&self) -> u32 {
        self.resampler.rate()
    }

    pub(crate) fn push(&mut self, samples: &[f32]) {
        for (index, sample) in (self.taken..).zip(samples) {
            if sample.abs() >= FULL_SCALE {
                let hop = self.resampler.place(index) / HOP as u64;
                match self.clips.back_mut() {
                    Some((last, count)) if *last == hop => *count += 1,
                    _ => self.clips.push_back((hop, 1)),
                }
            }
        }
        while self.clips.len() > CLIPS_KEPT {
            self.clips.pop_front();
        }
        self.taken += samples.len() as u64;
        self.out.clear();
        self.resampler.push(samples, &mut self.out);
        self.history.push(&self.out);
    }

    /// Share of the input samples between two places (in output samples) that are clipped.
    pub(crate) fn clipped(&self, from: u64, to: u64) -> f32 {
        let hops = (from / HOP as u64)..=(to / HOP as u64);
        let count: u32 =
            self.clips.iter().filter(|(hop, _)| hops.contains(hop)).map(|(_, n)| n).sum();
        let seconds = (to.saturating_sub(from)).max(1) as f32 / RATE as f32;
        count as f32 / (seconds * self.resampler.rate() as f32)
    }

    /// Session time of an output sample.
    pub(crate) fn time(&self, index: u64) -> Duration {
        let nanos = u128::from(index) * 1_000_000_000 / u128::from(RATE);
        self.began.saturating_add(Duration::from_nanos(nanos as u64))
    }
}
