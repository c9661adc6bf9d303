//! The sinusoids in a window: where, how loud, how far above the noise between them.

use crate::spectrum::{Spectrum, Transform};

use super::LONGEST;

/// Transform length: the longest window padded more than threefold, so that a parabola on the
/// logarithm places a peak to about a hundredth of a cent.
const SIZE: usize = 32_768;
/// Band that is looked at, in Hz.
const BAND: (f32, f32) = (38.0, 6_500.0);
/// Peaks this much above the local median count: white noise passes once in 20 windows.
const ABOVE: f32 = 4.0;
/// Half the width of the local median, and the distance between its places, in Hz.
const AROUND: f32 = 130.0;
const EVERY: f32 = 65.0;
/// Side lobes of a Hann window reach this far (Hz × seconds of window) and are this low.
const SKIRT: f32 = 6.0;
const SIDE_LOBE: f32 = 0.03;
/// Peaks kept, the loudest.
const MOST: usize = 60;
/// Amplitude that is nothing, about −110 dB full scale.
const QUIETEST: f32 = 3e-6;

/// A sinusoid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Peak {
    pub(super) hz: f32,
    /// Amplitude.
    pub(super) level: f32,
    /// Amplitude over the median around it.
    pub(super) above: f32,
}

/// Peaks of one window, lowest first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Peaks {
    pub(super) all: Vec<Peak>,
    /// Seconds of the window.
    pub(super) seconds: f32,
}

impl Peaks {
    /// The loudest peak within `reach` of `hz`.
    pub(super) fn near(&self, hz: f32, reach: f32) -> Option<Peak> {
        let from = self.all.partition_point(|peak| peak.hz < hz - reach);
        self.all[from..]
            .iter()
            .take_while(|peak| peak.hz <= hz + reach)
            .max_by(|a, b| a.level.total_cmp(&b.level))
            .copied()
    }
}

/// Looks at windows of any length up to [`LONGEST`].
#[derive(Debug)]
pub(super) struct Lens {
    transform: Transform,
}

impl Lens {
    pub(super) fn new() -> Self {
        Self { transform: Transform::new(LONGEST as usize, SIZE) }
    }

    pub(super) fn look(&mut self, samples: &[f32]) -> Peaks {
        self.transform.reshape(samples.len());
        let spectrum = self.transform.magnitudes(samples);
        let seconds = samples.len() as f32 / crate::RATE as f32;
        Peaks { all: peaks(&spectrum, seconds), seconds }
    }
}

fn peaks(spectrum: &Spectrum, seconds: f32) -> Vec<Peak> {
    let floor = floor(spectrum);
    let (low, high) = (spectrum.place(BAND.0) as usize, spectrum.place(BAND.1) as usize);
    let bins = &spectrum.bins;
    let mut found: Vec<Peak> = (low.max(1)..high.min(bins.len() - 1))
        .filter(|&bin| bins[bin] > bins[bin - 1] && bins[bin] >= bins[bin + 1])
        .filter_map(|bin| {
            let rough = bin as f32 * spectrum.hz_per_bin;
            let around = floor[((rough / EVERY) as usize).min(floor.len() - 1)];
            let above = bins[bin] / around;
            (above > ABOVE).then(|| {
                let (level, hz) = spectrum.peak(rough, 0.5 * spectrum.hz_per_bin);
                Peak { hz, level, above }
            })
        })
        .collect();
    found.sort_by(|a, b| b.level.total_cmp(&a.level));
    let mut kept: Vec<Peak> = Vec::new();
    for peak in found {
        let side_lobe = |louder: &Peak| {
            (louder.hz - peak.hz).abs() * seconds < SKIRT && peak.level < SIDE_LOBE * louder.level
        };
        if !kept.iter().any(side_lobe) {
            kept.push(peak);
        }
        if kept.len() == MOST {
            break;
        }
    }
    kept.sort_by(|a, b| a.hz.total_cmp(&b.hz));
    kept
}

/// The median magnitude around every multiple of [`EVERY`].
fn floor(spectrum: &Spectrum) -> Vec<f32> {
    let (half, step) = (spectrum.place(AROUND) as usize, spectrum.place(EVERY));
    let places = (BAND.1 / EVERY) as usize + 1;
    (0..places)
        .map(|place| {
            let centre = ((place as f32 + 0.5) * step) as usize;
            let from = centre.saturating_sub(half).max(spectrum.place(BAND.0) as usize / 2);
            let to = (centre + half).min(spectrum.bins.len());
            let mut around = spectrum.bins[from.min(to)..to].to_vec();
            if around.is_empty() {
                return QUIETEST;
            }
            let middle = around.len() / 2;
            around.select_nth_unstable_by(middle, f32::total_cmp);
            around[middle].max(QUIETEST)
        })
        .collect()
}
