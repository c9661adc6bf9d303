//! Hann-windowed magnitude spectra. Plans its transforms once.

use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{RealFftPlanner, RealToComplex};

use crate::resample::RATE;

/// A magnitude spectrum; a sine of amplitude 1 gives a peak of about 1.
#[derive(Debug, Clone)]
pub(crate) struct Spectrum {
    pub(crate) bins: Vec<f32>,
    pub(crate) hz_per_bin: f32,
}

impl Spectrum {
    /// Position of `hz` in bins.
    pub(crate) fn place(&self, hz: f32) -> f32 {
        hz / self.hz_per_bin
    }

    /// Largest magnitude within `reach` Hz of `hz` and where it lies (Hz, parabola on the log).
    pub(crate) fn peak(&self, hz: f32, reach: f32) -> (f32, f32) {
        let low = (self.place(hz - reach).ceil().max(1.0)) as usize;
        let high = (self.place(hz + reach).floor().max(0.0) as usize).min(self.bins.len() - 2);
        let Some(best) = (low..=high.max(low)).max_by(|a, b| self.at(*a).total_cmp(&self.at(*b)))
        else {
            return (0.0, hz);
        };
        if best + 1 >= self.bins.len() {
            return (0.0, hz);
        }
        let shift = parabola(self.at(best - 1), self.at(best), self.at(best + 1));
        (self.at(best), (best as f32 + shift) * self.hz_per_bin)
    }

    /// Magnitude at `hz`, between bins.
    pub(crate) fn level(&self, hz: f32) -> f32 {
        let place = self.place(hz).max(0.0);
        let bin = place.floor() as usize;
        self.at(bin) + (self.at(bin + 1) - self.at(bin)) * place.fract()
    }

    /// Median magnitude within `reach` Hz of `hz`.
    pub(crate) fn median(&self, hz: f32, reach: f32) -> f32 {
        let low = self.place(hz - reach).max(0.0) as usize;
        let high = (self.place(hz + reach).max(0.0) as usize + 1).min(self.bins.len());
        let mut near = self.bins.get(low..high).unwrap_or_default().to_vec();
        near.sort_by(f32::total_cmp);
        near.get(near.len() / 2).copied().unwrap_or(0.0)
    }

    fn at(&self, bin: usize) -> f32 {
        self.bins.get(bin).copied().unwrap_or(0.0)
    }
}

/// Offset of the maximum of a parabola through three log magnitudes, −0.5…0.5.
fn parabola(left: f32, middle: f32, right: f32) -> f32 {
    let [a, b, c] = [left, middle, right].map(|m| m.max(1e-12).ln());
    let bend = a - 2.0 * b + c;
    if bend >= -1e-9 { 0.0 } else { (0.5 * (a - c) / bend).clamp(-0.5, 0.5) }
}

/// A planned transform for one window length.
#[derive(Clone)]
pub(crate) struct Transform {
    plan: Arc<dyn RealToComplex<f32>>,
    hann: Vec<f32>,
    size: usize,
    input: Vec<f32>,
    output: Vec<Complex32>,
    scratch: Vec<Complex32>,
}

impl std::fmt::Debug for Transform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transform").field("window", &self.hann.len()).finish_non_exhaustive()
    }
}

impl Transform {
    /// Windows of `window` samples, zero-padded to `size`.
    pub(crate) fn new(window: usize, size: usize) -> Self {
        let size = size.max(window).max(4);
        let plan = RealFftPlanner::<f32>::new().plan_fft_forward(size);
        let (input, output) = (plan.make_input_vec(), plan.make_output_vec());
        let scratch = plan.make_scratch_vec();
        Self { plan, hann: hann(window), size, input, output, scratch }
    }

    /// Windows of `window` samples from now on, at most the transform's length.
    pub(crate) fn reshape(&mut self, window: usize) {
        if window != self.hann.len() {
            self.hann = hann(window.min(self.size));
        }
    }

    /// The spectrum of `samples`; missing ones are silence.
    pub(crate) fn magnitudes(&mut self, samples: &[f32]) -> Spectrum {
        let bins = self.complex(samples).iter().map(|c| c.norm()).collect();
        Spectrum { bins, hz_per_bin: RATE as f32 / self.size as f32 }
    }

    /// The same with its phases, against the first sample.
    pub(crate) fn complex(&mut self, samples: &[f32]) -> &[Complex32] {
        self.input.fill(0.0);
        for (slot, (sample, weight)) in self.input.iter_mut().zip(samples.iter().zip(&self.hann)) {
            *slot = sample * weight;
        }
        let done =
            self.plan.process_with_scratch(&mut self.input, &mut self.output, &mut self.scratch);
        let scale = 4.0 / self.hann.len().max(1) as f32;
        // The lengths come from the plan itself, so this cannot fail; silence if it ever did.
        let scale = if done.is_ok() { scale } else { 0.0 };
        self.output.iter_mut().for_each(|c| *c *= scale);
        &self.output
    }
}

fn hann(window: usize) -> Vec<f32> {
    let step = std::f32::consts::TAU / window.max(1) as f32;
    (0..window).map(|n| 0.5 - 0.5 * (step * (n as f32 + 0.5)).cos()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sine_is_found_where_it_is() {
        let samples: Vec<f32> = (0..6615)
            .map(|n| 0.5 * (std::f32::consts::TAU * 196.3 * n as f32 / RATE as f32).sin())
            .collect();
        let spectrum = Transform::new(6615, 8192).magnitudes(&samples);
        let (level, hz) = spectrum.peak(195.0, 6.0);
        assert!((hz - 196.3).abs() < 0.1, "{hz}");
        assert!((level - 0.5).abs() < 0.03, "{level}");
    }
}
