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
    kept: Kept,
}

/// What a look needs, kept from look to look: memory stays level.
#[derive(Default)]
struct Kept {
    padded: Vec<f32>,
    heard: Vec<Complex32>,
    played: Vec<Complex32>,
    lags: Vec<f32>,
    scratch: Vec<Complex32>,
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
            kept: Kept::default(),
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

    fn look(&mut self) -> Option<u64> {
        let Kept { padded, heard, played, lags, scratch } = &mut self.kept;
        let spectra = [(&self.heard, &mut *heard), (&self.played, &mut *played)];
        for (sound, spectrum) in spectra {
            padded.clear();
            padded.extend_from_slice(sound);
            padded.resize(self.size, 0.0);
            spectrum.resize(self.forward.complex_len(), 0.0.into());
            scratch.resize(self.forward.get_scratch_len(), 0.0.into());
            self.forward.process_with_scratch(padded, spectrum, scratch).ok()?;
        }
        let hz = self.rate as f32 / self.size as f32;
        let band = (BAND_HZ.0 / hz) as usize..(BAND_HZ.1 / hz) as usize;
        for (bin, (h, p)) in heard.iter_mut().zip(played.iter()).enumerate() {
            let product = *h * p.conj();
            let size = product.norm();
            *h = if band.contains(&bin) && size > 0.0 { product / size } else { 0.0.into() };
        }
        lags.resize(self.size, 0.0);
        scratch.resize(self.inverse.get_scratch_len(), 0.0.into());
        self.inverse.process_with_scratch(heard, lags, scratch).ok()?;
        let all = lags.iter().map(|l| l * l).sum::<f32>() / lags.len() as f32;
        let longest = samples(LONGEST_DELAY, self.rate) as usize;
        let searched = &lags[..longest.min(lags.len())];
        let (delay, peak) = searched.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
        (all > 0.0 && *peak > BEYOND_CHANCE * all.sqrt()).then_some(delay as u64)
    }
}
