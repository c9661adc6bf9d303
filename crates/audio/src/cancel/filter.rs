//! The room as a partitioned-block frequency-domain Kalman filter (Enzner and Vary 2006; Kuech et
//! al. 2014): what it does not explain counts as the student's, per frequency, so that it learns
//! quickly from speech alone and hardly moves while a guitar sounds over it.

use std::collections::VecDeque;
use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

/// Samples of a block: 11 ms at 48 kHz.
pub(crate) const BLOCK: usize = 512;
const SIZE: usize = 2 * BLOCK;
const BINS: usize = BLOCK + 1;
/// The room forgets itself with this factor per block: a time constant of about 20 s.
const KEEP: f32 = 0.9995;
/// Smoothing of the power of what is not explained.
const SMOOTH: f32 = 0.8;
/// What a room may be before anything was heard, as a power gain: falling by 60 dB in 0.4 s, in
/// blocks of 48 kHz. Without the fall the first two seconds are lost.
const UNKNOWN: f32 = 0.3;
const FALLS: f32 = 60.0 * BLOCK as f32 / (0.4 * 48_000.0);
/// Keeps divisions away from nothing.
const TINY: f32 = 1e-10;

pub(crate) struct EchoFilter {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    weights: Vec<Vec<Complex32>>,
    doubts: Vec<Vec<f32>>,
    /// Spectra of what was played, newest first.
    played: VecDeque<Vec<Complex32>>,
    last: Vec<f32>,
    /// Power of what is not explained.
    other: Vec<f32>,
    /// Smoothed powers of what comes in and out, to notice when cancelling makes it louder.
    powers: (f32, f32),
}

impl std::fmt::Debug for EchoFilter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EchoFilter")
            .field("partitions", &self.weights.len())
            .finish_non_exhaustive()
    }
}

impl EchoFilter {
    pub(crate) fn new(partitions: usize) -> Self {
        let partitions = partitions.max(1);
        let mut planner = RealFftPlanner::new();
        let none = vec![Complex32::new(0.0, 0.0); BINS];
        Self {
            forward: planner.plan_fft_forward(SIZE),
            inverse: planner.plan_fft_inverse(SIZE),
            weights: vec![none.clone(); partitions],
            doubts: (0..partitions)
                .map(|p| vec![UNKNOWN * 10f32.powf(-FALLS * p as f32 / 10.0); BINS])
                .collect(),
            played: vec![none; partitions].into(),
            last: vec![0.0; BLOCK],
            other: vec![0.0; BINS],
            powers: (0.0, 0.0),
        }
    }

    /// Nothing is played: what was is forgotten, the room is not.
    pub(crate) fn rest(&mut self) {
        self.last.fill(0.0);
        for spectrum in &mut self.played {
            spectrum.fill(Complex32::new(0.0, 0.0));
        }
    }

    /// Takes the echo of `played` out of `block` (both [`BLOCK`] samples) and learns from it. Gives
    /// the powers before and after.
    pub(crate) fn block(&mut self, block: &mut [f32], played: &[f32]) -> (f32, f32) {
        self.push(played);
        let echo = self.echo();
        let rest: Vec<f32> = block.iter().zip(&echo).map(|(heard, echo)| heard - echo).collect();
        self.learn(&rest);
        let (before, after) = (power(block), power(&rest));
        let follow = |old: f32, new: f32| 0.9 * old + 0.1 * new;
        self.powers = (follow(self.powers.0, before), follow(self.powers.1, after));
        // Never louder than it was.
        if self.powers.1 > self.powers.0 {
            return (before, before);
        }
        block.copy_from_slice(&rest);
        (before, after)
    }

    fn push(&mut self, played: &[f32]) {
        let mut both = self.last.clone();
        both.extend_from_slice(played);
        self.last.copy_from_slice(played);
        let spectrum = self.spectrum(both);
        self.played.pop_back();
        self.played.push_front(spectrum);
    }

    fn echo(&self) -> Vec<f32> {
        let mut sum = vec![Complex32::new(0.0, 0.0); BINS];
        for (weights, played) in self.weights.iter().zip(&self.played) {
            for (sum, (w, x)) in sum.iter_mut().zip(weights.iter().zip(played)) {
                *sum += w * x;
            }
        }
        self.samples(sum).split_off(BLOCK)
    }

    fn learn(&mut self, rest: &[f32]) {
        let mut late = vec![0.0; BLOCK];
        late.extend_from_slice(rest);
        let error = self.spectrum(late);
        let mut whole: Vec<f32> = vec![TINY; BINS];
        for (doubts, played) in self.doubts.iter().zip(&self.played) {
            for (sum, (doubt, x)) in whole.iter_mut().zip(doubts.iter().zip(played)) {
                *sum += 0.5 * doubt * x.norm_sqr();
            }
        }
        for ((sum, other), e) in whole.iter_mut().zip(&mut self.other).zip(&error) {
            *other = SMOOTH * *other + (1.0 - SMOOTH) * e.norm_sqr();
            *sum += *other;
        }
        for partition in 0..self.weights.len() {
            let played = &self.played[partition];
            let doubts = &mut self.doubts[partition];
            let mut step = Vec::with_capacity(BINS);
            for bin in 0..BINS {
                let (x, old) = (played[bin], doubts[bin]);
                step.push(x.conj() * (old / whole[bin]) * error[bin]);
                let sure = 1.0 - 0.5 * old * x.norm_sqr() / whole[bin];
                let room = self.weights[partition][bin].norm_sqr();
                doubts[bin] = KEEP * KEEP * sure.max(0.0) * old + (1.0 - KEEP * KEEP) * room;
            }
            let step = self.causal(step);
            for (weight, step) in self.weights[partition].iter_mut().zip(step) {
                *weight = (*weight + step) * KEEP;
            }
        }
    }

    /// Keeps the first half of an impulse response: the second is wrapped round.
    fn causal(&self, spectrum: Vec<Complex32>) -> Vec<Complex32> {
        let mut response = self.samples(spectrum);
        response[BLOCK..].fill(0.0);
        self.spectrum(response)
    }

    // The lengths below come from the plans themselves, so these cannot fail; silence if they did.

    fn spectrum(&self, mut samples: Vec<f32>) -> Vec<Complex32> {
        let mut out = self.forward.make_output_vec();
        let _ = self.forward.process(&mut samples, &mut out);
        out
    }

    fn samples(&self, mut spectrum: Vec<Complex32>) -> Vec<f32> {
        // A real signal has none there.
        spectrum[0].im = 0.0;
        spectrum[BLOCK].im = 0.0;
        let mut out = self.inverse.make_output_vec();
        let _ = self.inverse.process(&mut spectrum, &mut out);
        out.iter_mut().for_each(|s| *s /= SIZE as f32);
        out
    }
}

fn power(samples: &[f32]) -> f32 {
    samples.iter().map(|s| s * s).sum::<f32>() / samples.len().max(1) as f32
}
