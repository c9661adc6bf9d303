//! How late what is played is heard: the peak of the phase-weighted cross-correlation.
//!
//! One answer per clip, as soon as the peak is beyond chance; before it there is none. It does not
//! follow a clock that drifts within a clip.

use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

use super::{LONGEST_DELAY, samples};

/// A peak must stand so many times over the root mean square of all delays. A voice that is like
/// itself a little later reaches 14, the echo 50 once most of a second is there.
const BEYOND_CHANCE: f32 = 16.0;
/// Only where speech and clicks have power, in Hz.
const BAND_HZ: (f32, f32) = (150.0, 6_000.0);
/// Seconds of playing before the first look, and between two.
const FIRST: f64 = 0.25;
const AGAIN: f64 = 0.06;
/// Power of a sample that is played.
const PLAYS: f32 = 1e-7;

pub(crate) struct Aligner {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    rate: u32,
    size: usize,
    heard: Vec<f32>,
    played: Vec<f32>,
    /// Samples played in this clip, and how many there must be for the next look.
    playing: u64,
    next: u64,
    delay: Option<u64>,
}

impl std::fmt::Debug for Aligner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Aligner").field("delay", &self.delay).finish_non_exhaustive()
    }
}

impl Aligner {
    pub(crate) fn new(rate: u32) -> Self {
        // The longest delay and as much again, so that what wraps round is not searched.
        let size = (2 * samples(LONGEST_DELAY, rate) as usize).next_power_of_two().max(4096);
        let mut planner = RealFftPlanner::new();
        Self {
            forward: planner.plan_fft_forward(size),
            inverse: planner.plan_fft_inverse(size),
            rate,
            size,
            heard: Vec::new(),
            played: Vec::new(),
            playing: 0,
            next: 0,
            delay: None,
        }
    }

    /// Another clip begins: a device opened anew is late by another amount.
    pub(crate) fn restart(&mut self) {
        self.delay = None;
        self.playing = 0;
        self.next = (FIRST * f64::from(self.rate)) as u64;
        self.heard.clear();
        self.played.clear();
    }

    /// Samples from handing over to hearing, once known.
    pub(crate) fn delay(&self) -> Option<u64> {
        self.delay
    }

    /// Takes what was heard and what had been handed over at the same time.
    pub(crate) fn hear(&mut self, heard: &[f32], played: &[f32]) {
        if self.delay.is_some() {
            return;
        }
        self.heard.extend_from_slice(heard);
        self.played.extend_from_slice(played);
        let extra = self.heard.len().saturating_sub(self.size);
        self.heard.drain(..extra);
        self.played.drain(..extra);
        self.playing += played.iter().filter(|s| *s * *s > PLAYS).count() as u64;
        if self.playing >= self.next {
            self.next = self.playing + (AGAIN * f64::from(self.rate)) as u64;
            self.delay = self.look();
        }
    }

    fn look(&self) -> Option<u64> {
        let spectrum = |of: &[f32]| {
            let mut padded = of.to_vec();
            padded.resize(self.size, 0.0);
            let mut out = self.forward.make_output_vec();
            let _ = self.forward.process(&mut padded, &mut out);
            out
        };
        let (heard, played) = (spectrum(&self.heard), spectrum(&self.played));
        let hz = self.rate as f32 / self.size as f32;
        let band = (BAND_HZ.0 / hz) as usize..(BAND_HZ.1 / hz) as usize;
        let mut cross: Vec<Complex32> = heard
            .iter()
            .zip(&played)
            .enumerate()
            .map(|(bin, (h, p))| {
                let product = h * p.conj();
                let size = product.norm();
                if band.contains(&bin) && size > 0.0 { product / size } else { 0.0.into() }
            })
            .collect();
        let mut lags = self.inverse.make_output_vec();
        self.inverse.process(&mut cross, &mut lags).ok()?;
        let all = lags.iter().map(|l| l * l).sum::<f32>() / lags.len() as f32;
        let longest = samples(LONGEST_DELAY, self.rate) as usize;
        let searched = &lags[..longest.min(lags.len())];
        let (delay, peak) = searched.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
        (all > 0.0 && *peak > BEYOND_CHANCE * all.sqrt()).then_some(delay as u64)
    }
}
