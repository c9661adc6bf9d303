//! Whether someone speaks: harmonics that glide, where strings keep their pitch.
//!
//! Works on what is at a frequency now and neither 70 ms earlier nor 70 ms later: a string stays
//! where it is and drops out; a pick's noise has no pitch; a voice moves through. Of the rest the
//! pitch is followed (comb, 80–420 Hz), and stretches in which it slides steadily are counted.
//! It does not find words, nor a voice that holds one note.

use std::collections::VecDeque;

use crate::resample::RATE;
use crate::spectrum::Transform;

/// Samples between frames (12 ms) and in a frame (93 ms).
pub(crate) const HOP: u64 = 256;
pub(crate) const WINDOW: usize = 2048;
/// Frames to either side within which a string would still be there.
const LAG: usize = 6;
const LOWEST_HZ: f32 = 100.0;
const HIGHEST_HZ: f32 = 3200.0;
/// The comb: lowest pitch, steps a semitone, steps, teeth.
const PITCH_HZ: f32 = 80.0;
const STEPS: f32 = 8.0;
const PITCHES: usize = 230;
const TEETH: usize = 12;
/// What moves must be so strong against the loudest of the last half second (power, −22 dB)…
const STRONG: f32 = 0.0063;
/// …and so much of it must lie on one comb rather than between its teeth.
const HARMONIC: f32 = 0.15;
/// Mean power per frame under which nothing is a voice: −75 dB full scale.
const QUIETEST: f32 = 3e-8;
/// Frames of the loudest power that counts (0.5 s).
const RECENT: usize = 41;
/// A glide: frames, semitones a second at least and at most, deviation from a straight line.
const GLIDE: usize = 5;
const SLOWEST: f32 = 4.0;
const FASTEST: f32 = 80.0;
const STRAIGHT: f32 = 0.15;
/// Samples by which a glide is known late: half a frame, the lag, half a glide.
const BEHIND: u64 = WINDOW as u64 / 2 + (LAG + GLIDE / 2) as u64 * HOP;
/// Frames in which glides are counted (1.5 s), and for which they are remembered (4 s).
const MEMORY: usize = 129;
const KEPT: usize = 345;

/// Follows gliding harmonics, frame by frame.
#[derive(Debug)]
pub(crate) struct VoiceTracker {
    transform: Transform,
    /// The last `2 * LAG + 1` magnitude spectra, oldest first.
    spectra: VecDeque<Vec<f32>>,
    powers: VecDeque<f32>,
    /// Pitches in semitones, none where nothing moved harmonically.
    pitches: VecDeque<Option<f32>>,
    glides: VecDeque<bool>,
}

impl VoiceTracker {
    pub(crate) fn new() -> Self {
        Self {
            transform: Transform::new(WINDOW, WINDOW),
            spectra: VecDeque::new(),
            powers: VecDeque::new(),
            pitches: VecDeque::new(),
            glides: VecDeque::new(),
        }
    }

    /// Takes the next frame of [`WINDOW`] samples, [`HOP`] after the last.
    pub(crate) fn step(&mut self, frame: &[f32]) {
        let spectrum = self.transform.magnitudes(frame);
        let (low, high) = (spectrum.place(LOWEST_HZ) as usize, spectrum.place(HIGHEST_HZ) as usize);
        let hz_per_bin = spectrum.hz_per_bin;
        keep(&mut self.spectra, spectrum.bins, 2 * LAG + 1);
        if self.spectra.len() <= 2 * LAG {
            return;
        }
        let (before, now, after) = (&self.spectra[0], &self.spectra[LAG], &self.spectra[2 * LAG]);
        let power: f32 = now[low..high].iter().map(|m| m * m).sum();
        keep(&mut self.powers, power, RECENT);
        let loudest = self.powers.iter().fold(0f32, |most, p| most.max(*p));
        let moving = moving(before, now, after, low, high);
        let moved: f32 = moving.iter().map(|m| m * m).sum();
        let audible = moved > STRONG * loudest && moved > QUIETEST;
        let pitch = if audible { pitch(&moving, low, hz_per_bin) } else { None };
        keep(&mut self.pitches, pitch, GLIDE);
        let glides = self.glides_now();
        keep(&mut self.glides, glides, KEPT);
    }

    /// Frames of the last 1.5 s in which a pitch slid. Up to 6 where only guitars play.
    pub(crate) fn evidence(&self) -> usize {
        self.glides.iter().rev().take(MEMORY).filter(|glides| **glides).count()
    }

    /// The same between two samples, where the newest frame ends at sample `now`.
    pub(crate) fn evidence_between(&self, from: u64, to: u64, now: u64) -> usize {
        let ago = |sample: u64| (now.saturating_sub(sample + BEHIND) / HOP) as usize;
        let among = self.glides.iter().rev().skip(ago(to)).take(ago(from).saturating_sub(ago(to)));
        among.filter(|glides| **glides).count()
    }

    fn glides_now(&self) -> bool {
        let pitches: Vec<f32> = self.pitches.iter().flatten().copied().collect();
        if pitches.len() < GLIDE {
            return false;
        }
        let middle = (GLIDE - 1) as f32 / 2.0;
        let mean = pitches.iter().sum::<f32>() / GLIDE as f32;
        let times = || (0..GLIDE).map(|n| n as f32 - middle);
        let slope = times().zip(&pitches).map(|(t, p)| t * p).sum::<f32>()
            / times().map(|t| t * t).sum::<f32>();
        let off: f32 =
            times().zip(&pitches).map(|(t, p)| (p - mean - slope * t).powi(2)).sum::<f32>();
        let a_second = slope.abs() * RATE as f32 / HOP as f32;
        (off / GLIDE as f32).sqrt() < STRAIGHT && (SLOWEST..FASTEST).contains(&a_second)
    }
}

fn keep<T>(queue: &mut VecDeque<T>, newest: T, most: usize) {
    if queue.len() == most {
        queue.pop_front();
    }
    queue.push_back(newest);
}

/// What `now` holds in bins `low..high` beyond what was there before and what will be after, each
/// a bin wider.
fn moving(before: &[f32], now: &[f32], after: &[f32], low: usize, high: usize) -> Vec<f32> {
    let wide = |bins: &[f32], n: usize| bins[n - 1].max(bins[n]).max(bins[n + 1]);
    (low..high).map(|n| (now[n] - wide(before, n).max(wide(after, n))).max(0.0)).collect()
}

/// The pitch, in semitones above [`PITCH_HZ`], whose comb holds the most of `moving`.
fn pitch(moving: &[f32], low: usize, hz_per_bin: f32) -> Option<f32> {
    let at = |hz: f32| -> f32 {
        let place = hz / hz_per_bin - low as f32;
        if place < 0.0 {
            return 0.0;
        }
        let (index, part) = (place as usize, place.fract());
        let value = |n: usize| moving.get(n).copied().unwrap_or(0.0);
        value(index) * (1.0 - part) + value(index + 1) * part
    };
    let score = |step: usize| -> f32 {
        let f0 = PITCH_HZ * (step as f32 / STEPS / 12.0).exp2();
        let teeth = (1..=TEETH).map(|k| k as f32).take_while(|k| k * f0 < HIGHEST_HZ);
        teeth.map(|k| at(k * f0) - at((k - 0.5) * f0)).sum()
    };
    let scores: Vec<f32> = (0..PITCHES).map(score).collect();
    let best = (0..PITCHES).max_by(|a, b| scores[*a].total_cmp(&scores[*b]))?;
    let whole: f32 = moving.iter().sum();
    if scores[best] <= HARMONIC * whole {
        return None;
    }
    let middle = best.clamp(1, PITCHES - 2);
    let (left, peak, right) = (scores[middle - 1], scores[middle], scores[middle + 1]);
    let bend = left - 2.0 * peak + right;
    let shift = if bend < -1e-9 { (0.5 * (left - right) / bend).clamp(-0.5, 0.5) } else { 0.0 };
    Some((middle as f32 + shift) / STEPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten harmonics of a pitch that follows `hz` over time.
    fn harmonics(seconds: f32, hz: impl Fn(f32) -> f32) -> Vec<f32> {
        let mut phase = 0.0;
        (0..(seconds * RATE as f32) as usize)
            .map(|n| {
                phase += hz(n as f32 / RATE as f32) / RATE as f32;
                let tone = |k: i32| (std::f32::consts::TAU * k as f32 * phase).sin() / k as f32;
                0.1 * (1..=10).map(tone).sum::<f32>()
            })
            .collect()
    }

    fn evidence(sound: &[f32]) -> usize {
        let mut tracker = VoiceTracker::new();
        sound.windows(WINDOW).step_by(HOP as usize).for_each(|frame| tracker.step(frame));
        tracker.evidence()
    }

    #[test]
    fn a_pitch_that_slides_is_a_voice_and_one_that_stays_is_not() {
        let speech = harmonics(1.5, |t| 140.0 * (0.4 * (t * 9.0).sin()).exp2());
        assert!(evidence(&speech) > 20, "{}", evidence(&speech));
        assert_eq!(evidence(&harmonics(1.5, |_| 140.0)), 0);
        // Notes a quarter second long, a semitone apart.
        let scale = harmonics(1.5, |t| 140.0 * ((t * 4.0).floor() / 12.0).exp2());
        assert!(evidence(&scale) <= 2, "{}", evidence(&scale));
    }
}
