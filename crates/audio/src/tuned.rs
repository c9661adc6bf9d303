//! How far the whole guitar is off: one offset in cents for all strings.

use crate::spectrum::Spectrum;
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
