//! Whether one string sounds one pitch: log-odds from its partials, and what the net is shown.
//!
//! Per partial two hypotheses are compared in dB: «only the others, the noise and what rang
//! before» against «these and the string as loud as its neighbours lead one to expect». Where
//! others cover the partial the two coincide and it says nothing, so a shared string ends near
//! zero by itself. Hand-weighted: all constants are stated and none is fitted to a recording.

use crate::GuitarPrint;
use crate::explain::{Explainer, RANGE_HZ};
use crate::known::Known;
use crate::look::{Look, Scene};
use crate::moments::{Moments, Short};
use crate::spectrum::Spectrum;
use crate::stiff::{Tone, shared};

/// Partials that are looked at.
const PARTIALS: usize = 10;
/// What a dead string leaves at its partials, as a share of a ringing one: thump, resonance.
const LEFTOVER: f32 = 0.06;
/// Share of what rang before the strum that may still ring after it.
const LINGER: f32 = 0.35;
/// Standard deviations in dB: of any reading, of a string's own envelope, of a dead one's rest.
const SPREAD: f32 = 4.0;
const OWN_SPREAD: f32 = 6.0;
const REST_SPREAD: f32 = 6.0;
/// No partial may say more than this (log-odds).
const LOUDEST_VOICE: f32 = 2.5;
/// The partials of one string are not independent witnesses.
const INDEPENDENCE: f32 = 0.6;
/// Octaves over which neighbours tell how loud a partial should be: in frequency, in number.
const NEAR_HZ: f32 = 0.7;
const NEAR_NUMBER: f32 = 0.8;
/// The expectation is this quantile of the neighbours, so that one or two dead strings among
/// them do not lower it.
const EXPECTED_QUANTILE: f32 = 0.5;
/// log2 of the partial number under which a level counts towards the strum's reference.
const LOW_NUMBER: f32 = 2.4;

/// A judged window of sound.
#[derive(Debug, Clone)]
pub(crate) struct Sound {
    /// The window.
    pub(crate) now: Spectrum,
    /// As much sound from before the strum.
    pub(crate) before: Spectrum,
    /// From just before the first string to just after the last.
    pub(crate) attack: Spectrum,
    /// Its first and its second half.
    pub(crate) early: Spectrum,
    pub(crate) late: Spectrum,
    /// Short spectra over the strum.
    pub(crate) short: Short,
    /// Seconds of the window.
    pub(crate) length: f32,
    /// Seconds from the first rise of the strum to its last.
    pub(crate) spread: f32,
}

impl Sound {
    /// The window without what rang before.
    pub(crate) fn fresh(&self) -> Self {
        let mut now = self.now.clone();
        for (bin, before) in now.bins.iter_mut().zip(&self.before.bins) {
            *bin = (bin.powi(2) - before.powi(2)).max(0.0).sqrt();
        }
        Self { now, ..self.clone() }
    }

    /// Reach in Hz within which a partial at `hz` is looked for.
    pub(crate) fn reach(&self, hz: f32) -> f32 {
        // ±15 cents for a string of its own mind, and half the resolution of the window.
        0.5 / self.length + hz * 0.009
    }
}

/// What is known of a string at a pitch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evidence {
    pub(crate) tone: Tone,
    /// Log-odds that it sounds.
    pub(crate) odds: f32,
    pub(crate) shared: bool,
    /// Median deviation of its own partials, where at least two could be measured.
    pub(crate) cents: Option<f32>,
    /// What the net is shown of it.
    pub(crate) look: Look,
}

/// What the other strings of the same strum lead one to expect: how loud a partial should be, when
/// a string should have been struck.
#[derive(Debug)]
pub(crate) struct Expectation {
    /// string, log2 Hz, log2 number, dB.
    points: Vec<(usize, f32, f32, f32)>,
    /// Level of the strum's loud low partials in dB: what every other level is compared with.
    pub(crate) reference: f32,
    /// When each string should have begun.
    pub(crate) moments: Moments,
}

impl Expectation {
    pub(crate) fn of(sound: &Sound, tones: &[Tone]) -> Self {
        let mut points = Vec::new();
        for tone in tones {
            for k in 1..=PARTIALS {
                let hz = tone.partial(k);
                if hz < RANGE_HZ.1 {
                    let (level, _) = sound.now.peak(hz, sound.reach(hz));
                    points.push((tone.string, hz.log2(), (k as f32).log2(), decibel(level)));
                }
            }
        }
        let mut low: Vec<f32> = points.iter().filter(|p| p.2 < LOW_NUMBER).map(|p| p.3).collect();
        low.sort_by(f32::total_cmp);
        let reference = low.get(low.len() * 4 / 5).copied().unwrap_or(-60.0);
        Self { points, reference, moments: Moments::of(&sound.short, tones) }
    }

    /// Amplitude expected of partial `k` of `string` at `hz`.
    pub(crate) fn amplitude(&self, string: usize, hz: f32, k: usize) -> f32 {
        let (log_hz, log_k) = (hz.log2(), (k as f32).log2());
        let mut near: Vec<(f32, f32)> = self
            .points
            .iter()
            .filter(|point| point.0 != string)
            .map(|(_, point_hz, point_k, db)| {
                let far = ((point_hz - log_hz) / NEAR_HZ).powi(2)
                    + ((point_k - log_k) / NEAR_NUMBER).powi(2);
                (*db, (-0.5 * far).exp() + 1e-6)
            })
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f32 = near.iter().map(|(_, weight)| weight).sum();
        let mut below = 0.0;
        for (db, weight) in &near {
            below += weight;
            if below >= EXPECTED_QUANTILE * total {
                return amplitude(*db);
            }
        }
        0.0
    }
}

/// Weighs whether `tone` sounds, given that `others` may.
pub(crate) fn weigh(
    sound: &Sound,
    explainer: &Explainer,
    tone: Tone,
    others: &[Tone],
    expectation: &Expectation,
    print: Option<&GuitarPrint>,
) -> Evidence {
    let mut columns: Vec<_> = others.iter().map(|other| explainer.string_columns(other)).collect();
    let hidden = explainer.hide(&tone);
    let rest = explainer.explain(&columns, Some(&hidden));
    columns.push(explainer.string_columns(&tone));
    let whole = explainer.explain(&columns, None);
    let mut odds = 0.0;
    let mut cents = Vec::new();
    for k in 1..=PARTIALS {
        let hz = tone.partial(k);
        if hz > 0.9 * RANGE_HZ.1 {
            break;
        }
        let (observed, at) = sound.now.peak(hz, sound.reach(hz));
        let (tonal, noise) = rest.at(at);
        let (lingering, _) = sound.before.peak(hz, sound.reach(hz));
        let expected = expectation.amplitude(tone.string, hz, k);
        let floor = (tonal.powi(2) + noise.powi(2) + (LINGER * lingering).powi(2)).sqrt();
        odds += partial_odds(observed, floor, expected);
        if observed > 3.0 * floor && expected > 2.0 * floor {
            cents.push(1200.0 * (at / hz).log2());
        }
    }
    cents.sort_by(f32::total_cmp);
    let cents = (cents.len() >= 2).then(|| cents[cents.len() / 2]);
    let (odds, shared) = (odds * INDEPENDENCE, shared(&tone, others));
    let print = print.map(|print| Known::of(print, sound, &tone, others));
    let scene = Scene { sound, rest: &rest, whole: &whole, others, expectation, print };
    let look = scene.look(&tone, odds, shared);
    Evidence { tone, odds, shared, cents, look }
}

/// Log-odds of «floor and string» against «floor alone» for one reading (amplitudes).
fn partial_odds(observed: f32, floor: f32, expected: f32) -> f32 {
    let leftover = LEFTOVER * expected;
    let silent = (floor.powi(2) + leftover.powi(2)).sqrt().max(1e-7);
    let ringing = (floor.powi(2) + expected.powi(2)).sqrt().max(1e-7);
    let own = (expected / ringing).powi(2);
    let rest = (leftover / silent).powi(2);
    let spread_ringing = (SPREAD.powi(2) + (OWN_SPREAD * own).powi(2)).sqrt();
    let spread_silent = (SPREAD.powi(2) + (REST_SPREAD * rest).powi(2)).sqrt();
    let (low, high) = (decibel(silent), decibel(ringing));
    // Beyond either expectation a reading is no further surprise.
    let reading = decibel(observed).clamp(low.min(high), high);
    let against =
        |middle: f32, spread: f32| -0.5 * ((reading - middle) / spread).powi(2) - spread.ln();
    // The widths differ only by our ignorance; their logarithm must not tip a silent partial.
    let odds = against(high, spread_ringing) + spread_ringing.ln()
        - against(low, spread_silent)
        - spread_silent.ln();
    odds.clamp(-LOUDEST_VOICE, LOUDEST_VOICE)
}

pub(crate) fn decibel(amplitude: f32) -> f32 {
    20.0 * amplitude.max(1e-9).log10()
}

fn amplitude(decibel: f32) -> f32 {
    10f32.powf(decibel / 20.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_covered_partial_says_nothing_and_a_free_one_speaks() {
        assert!(partial_odds(1.0, 1.0, 0.1).abs() < 0.1);
        assert!(partial_odds(0.1, 0.001, 0.1) > 2.0);
        assert!(partial_odds(0.002, 0.001, 0.1) < -2.0);
    }
}
