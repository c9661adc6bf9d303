//! How far the whole guitar is off: one offset in cents for all strings.

use crate::Take;
use crate::resample::RATE;
use crate::spectrum::{Spectrum, Transform};
use crate::stiff::tones;
use theory::{Tuning, Voicing};

const REACH_CENTS: i32 = 48;
const STEP_CENTS: i32 = 4;
const PARTIALS: usize = 6;

/// The offset (−48…+48 cents) at which the partials of `voicing` are loudest together.
pub(crate) fn offset(spectrum: &Spectrum, voicing: &Voicing, tuning: &Tuning, a4: f32) -> f32 {
    let steps: Vec<i32> = (-REACH_CENTS..=REACH_CENTS).step_by(STEP_CENTS as usize).collect();
    let scores: Vec<f32> = steps
        .iter()
        .map(|cents| {
            tones(voicing, tuning, a4, *cents as f32)
                .iter()
                .flat_map(|tone| (1..=PARTIALS).map(|k| tone.partial(k)))
                .map(|hz| spectrum.level(hz).max(1e-7).ln())
                .sum::<f32>()
                // Ties (silence) go to a guitar in tune.
                - 0.01 * cents.unsigned_abs() as f32
        })
        .collect();
    let Some(best) = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])) else {
        return 0.0;
    };
    let mut cents = steps[best] as f32;
    if best > 0 && best + 1 < scores.len() {
        let (left, middle, right) = (scores[best - 1], scores[best], scores[best + 1]);
        let bend = left - 2.0 * middle + right;
        if bend < -1e-6 {
            cents += STEP_CENTS as f32 * (0.5 * (left - right) / bend).clamp(-0.5, 0.5);
        }
    }
    cents
}

/// Seconds between the spectra that a whole take is tuned by, and their length in samples.
const GLANCE: usize = RATE as usize / 4;
const GLANCE_LENGTH: usize = 8192;

/// The offset (−50…+50 cents) of a whole take: the direction in which the peaks of all its
/// spectra lie from equal temperament, together.
pub(crate) fn of_take(take: &Take) -> f32 {
    let mut transform = Transform::new(GLANCE_LENGTH, 2 * GLANCE_LENGTH);
    let places = (0..take.samples().len()).step_by(GLANCE);
    let spectra =
        places.map(|place| transform.magnitudes(&take.window(place as i64, GLANCE_LENGTH)));
    direction(spectra.flat_map(|spectrum| peaks(&spectrum)), 440.0)
}

/// The same of one spectrum, with A4 at `a4` Hz.
pub(crate) fn of_spectrum(spectrum: &Spectrum, a4: f32) -> f32 {
    direction(peaks(spectrum).into_iter(), a4)
}

fn direction(peaks: impl Iterator<Item = (f32, f32)>, a4: f32) -> f32 {
    let (x, y) = peaks.fold((0f32, 0f32), |(x, y), (level, hz)| {
        let turn = std::f32::consts::TAU * 12.0 * (hz / a4).log2();
        (x + level * turn.cos(), y + level * turn.sin())
    });
    if x == 0.0 && y == 0.0 { 0.0 } else { 100.0 * y.atan2(x) / std::f32::consts::TAU }
}

/// Loud peaks where first partials of a guitar lie: magnitude and Hz. Higher partials of stiff
/// strings would lean sharp.
fn peaks(spectrum: &Spectrum) -> Vec<(f32, f32)> {
    let (low, high) = (spectrum.place(80.0) as usize, spectrum.place(700.0) as usize);
    let bins = &spectrum.bins;
    let loudest = bins[low..high].iter().fold(0f32, |most, m| most.max(*m));
    if loudest < 1e-4 {
        return Vec::new();
    }
    (low..high)
        .filter(|bin| bins[*bin] > 0.1 * loudest)
        .filter(|bin| bins[*bin] >= bins[bin - 1] && bins[*bin] > bins[bin + 1])
        .map(|bin| spectrum.peak(bin as f32 * spectrum.hz_per_bin, 0.6 * spectrum.hz_per_bin))
        .collect()
}
