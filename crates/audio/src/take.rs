//! A whole recording, resampled: what is heard at leisure instead of in a lesson.
//!
//! Holds the samples of one uninterrupted recording and cuts them into the windows that the
//! witness wants. It decides nothing about the sound.

use std::time::Duration;

use crate::WitnessWindow;
use crate::resample::{RATE, RATES, Resampler};

/// Samples between frames of the witness.
pub(crate) const FRAME: usize = 256;
/// Frames of a full window (basic-pitch 0.4.0).
const WINDOW_FRAMES: usize = 172;
/// Frames at each end of a window that see too little round them.
pub(crate) const EDGE: usize = 15;
/// Frames of a window that are kept. A multiple of whole frames apart, so that windows join.
pub(crate) const KEPT: usize = WINDOW_FRAMES - 2 * EDGE - 1;

/// One recording at 22,050 samples per second, mono.
#[derive(Debug, Clone)]
pub struct Take {
    resampler: Resampler,
    samples: Vec<f32>,
    /// Input samples taken.
    taken: u64,
    ended: bool,
}

impl Take {
    /// An empty take of an input with `rate` samples per second (within [`crate::RATES`]).
    #[must_use]
    pub fn new(rate: u32) -> Self {
        let resampler = Resampler::new(rate.clamp(*RATES.start(), *RATES.end()));
        Self { resampler, samples: Vec::new(), taken: 0, ended: false }
    }

    /// A take of samples at [`RATE`], ended.
    pub(crate) fn of(samples: Vec<f32>) -> Self {
        let taken = samples.len() as u64;
        Self { resampler: Resampler::new(RATE), samples, taken, ended: true }
    }

    /// Appends the next input samples, of any number. Nothing is taken after [`Take::end`].
    pub fn push(&mut self, input: &[f32]) {
        if !self.ended {
            self.taken += input.len() as u64;
            self.resampler.push(input, &mut self.samples);
        }
    }

    /// The input is over: the last samples come out of the resampler.
    pub fn end(&mut self) {
        if self.ended {
            return;
        }
        self.ended = true;
        let whole = self.resampler.place(self.taken) as usize;
        // The filter reaches 16 crossings of the slower rate; a tenth of a second is more.
        let silence = vec![0.0; self.resampler.rate() as usize / 10];
        self.resampler.push(&silence, &mut self.samples);
        self.samples.truncate(whole);
    }

    /// Mono samples at 22,050 per second.
    #[must_use]
    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    /// Length of the sound.
    #[must_use]
    pub fn length(&self) -> Duration {
        time(self.samples.len() as f64)
    }

    /// `len` samples from `from`; outside the take is silence.
    pub(crate) fn window(&self, from: i64, len: usize) -> Vec<f32> {
        let mut out = vec![0.0; len];
        let skip = (-from).clamp(0, len as i64) as usize;
        let start = (from + skip as i64) as usize;
        if let Some(there) = self.samples.get(start.min(self.samples.len())..) {
            let count = there.len().min(len - skip);
            out[skip..skip + count].copy_from_slice(&there[..count]);
        }
        out
    }

    /// Number of witness windows that cover the take.
    #[must_use]
    pub fn windows(&self) -> usize {
        self.frames().div_ceil(KEPT)
    }

    /// Witness frames in the take; frame n is centred on sample 256 n.
    pub(crate) fn frames(&self) -> usize {
        if self.samples.is_empty() { 0 } else { self.samples.len() / FRAME + 1 }
    }

    /// Window `index` of [`Take::windows`]; hand the answers to [`crate::Roll::join`] in order.
    #[must_use]
    pub fn witness_window(&self, index: usize) -> WitnessWindow {
        let from = (index * KEPT) as i64 * FRAME as i64 - (EDGE * FRAME) as i64;
        WitnessWindow {
            id: index as u64,
            at: time(from.max(0) as f64),
            samples: self.window(from, WitnessWindow::SAMPLES),
        }
    }
}

/// Time of a place in samples.
pub(crate) fn time(place: f64) -> Duration {
    Duration::from_secs_f64(place.max(0.0) / f64::from(RATE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut_of_the_input_leaves_no_trace_and_nothing_is_lost() {
        let input: Vec<f32> = (0..48_000).map(|n| (n as f32 * 0.05).sin()).collect();
        let whole = {
            let mut take = Take::new(48_000);
            take.push(&input);
            take.end();
            take
        };
        let mut cut = Take::new(48_000);
        input.chunks(777).for_each(|piece| cut.push(piece));
        cut.end();
        assert_eq!(cut.samples(), whole.samples());
        assert_eq!(whole.samples().len(), 22_050);
        assert_eq!(whole.length(), Duration::from_secs(1));
    }

    #[test]
    fn windows_cover_the_take() {
        let mut take = Take::new(RATE);
        take.push(&vec![0.1; 3 * RATE as usize]);
        take.end();
        assert!(take.windows() * KEPT >= take.frames());
        assert_eq!(take.witness_window(1).samples.len(), WitnessWindow::SAMPLES);
        assert_eq!(Take::new(RATE).windows(), 0);
    }
}
