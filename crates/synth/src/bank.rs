//! Recorded single notes, brought to pitch.

use crate::instrument::{knock, rattle};
use crate::{Dice, How, Instrument, Pluck};

/// One recorded note.
#[derive(Debug, Clone)]
pub struct Note {
    /// MIDI number with its fraction: what it really sounds at.
    pub pitch: f32,
    /// 0 = string 6 … 5 = string 1, where known.
    pub string: Option<usize>,
    /// From its attack on.
    pub samples: Vec<f32>,
}

/// Deepest comb by which plucks of one recorded note differ (about ±3 dB).
const PLACE: f32 = 0.35;
/// Root mean square of a note between 50 and 350 ms.
const LEVEL: f32 = 0.2;

impl Note {
    /// A recording whose name says MIDI `named`: cut to its attack, its pitch measured within 70
    /// cents of the name by a comb of six partials, its tone at one level. None if it is silent.
    #[must_use]
    pub fn recorded(named: f32, string: Option<usize>, samples: &[f32], rate: u32) -> Option<Self> {
        let peak = samples.iter().fold(0f32, |most, s| most.max(s.abs()));
        let first = samples.iter().position(|s| s.abs() > 0.03 * peak.max(1e-6))?;
        let first = first.saturating_sub(rate as usize / 500);
        // The pick may be louder than the tone: the tone is what must be even from note to note.
        let (from, to) = (first + rate as usize / 20, first + rate as usize * 7 / 20);
        let body = &samples[from.min(samples.len())..to.min(samples.len())];
        let tone = (body.iter().map(|s| s * s).sum::<f32>() / body.len().max(1) as f32).sqrt();
        let gain = LEVEL / tone.max(0.02 * peak);
        let samples: Vec<f32> = samples[first..].iter().map(|s| s * gain).collect();
        let pitch = measured(named, &samples, rate);
        Some(Self { pitch, string, samples })
    }
}

/// The pitch near `named` at which the first partials are strongest together.
fn measured(named: f32, samples: &[f32], rate: u32) -> f32 {
    let from = (rate as usize / 20).min(samples.len());
    let body = hann(&samples[from..(from + rate as usize).min(samples.len())]);
    let score = |cents: i32| -> f32 {
        let f0 = 440.0 * ((named + cents as f32 / 100.0 - 69.0) / 12.0).exp2();
        let partials = (1..=6).map(|k| k as f32 * f0).filter(|hz| *hz < 0.45 * rate as f32);
        partials.map(|hz| level(&body, hz, rate).ln()).sum()
    };
    let best = |of: Vec<i32>| {
        let scored = of.into_iter().map(|cents| (cents, score(cents)));
        scored.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(cents, _)| cents)
    };
    // A second of sound resolves a tenth of a semitone even at the lowest pitch.
    let coarse = best((-70..=70).step_by(7).collect());
    named + best((coarse - 7..=coarse + 7).collect()) as f32 / 100.0
}

fn hann(samples: &[f32]) -> Vec<f32> {
    let step = std::f32::consts::TAU / samples.len().max(1) as f32;
    samples.iter().enumerate().map(|(n, s)| s * (0.5 - 0.5 * (step * n as f32).cos())).collect()
}

/// Amplitude at `hz`: one bin of a Fourier sum, by rotation.
fn level(samples: &[f32], hz: f32, rate: u32) -> f32 {
    let step = std::f32::consts::TAU * hz / rate as f32;
    let (turn_re, turn_im) = (step.cos(), step.sin());
    let (mut re, mut im, mut sum_re, mut sum_im) = (1f32, 0f32, 0f32, 0f32);
    for sample in samples {
        sum_re += sample * re;
        sum_im += sample * im;
        (re, im) = (re * turn_re - im * turn_im, re * turn_im + im * turn_re);
    }
    (sum_re.hypot(sum_im) / samples.len().max(1) as f32).max(1e-9)
}

/// A guitar of recorded notes.
#[derive(Debug, Clone)]
pub struct NoteBank {
    rate: u32,
    notes: Vec<Note>,
    /// How bright this player's pick is.
    tone: f32,
}

impl NoteBank {
    /// A bank of notes recorded at `rate`; none without a note. `seed` draws how dark it is played.
    #[must_use]
    pub fn new(rate: u32, notes: Vec<Note>, seed: u64) -> Option<Self> {
        let tone = Dice::new(seed).between(-0.25, 0.25);
        (!notes.is_empty()).then_some(Self { rate, notes, tone })
    }

    /// The nearest recorded note, of the same string if one lies within two semitones.
    fn nearest(&self, pluck: &Pluck) -> &Note {
        let far = |note: &Note| {
            let other = note.string.is_some_and(|string| string != pluck.string);
            (note.pitch - pluck.pitch).abs() + if other { 2.0 } else { 0.0 }
        };
        let mut best = &self.notes[0];
        for note in &self.notes {
            if far(note) < far(best) {
                best = note;
            }
        }
        best
    }
}

impl Instrument for NoteBank {
    fn rate(&self) -> u32 {
        self.rate
    }

    fn pluck(&self, pluck: &Pluck, length: usize, dice: &mut Dice) -> Vec<f32> {
        let note = self.nearest(pluck);
        let step = ((pluck.pitch - note.pitch) / 12.0).exp2();
        let mut out = resampled(&note.samples, step, length);
        tilt(&mut out, self.tone + 0.15 * dice.signed());
        // A hand never plucks twice at the same place.
        let depth = PLACE * dice.signed();
        comb(&mut out, depth, (dice.between(0.0002, 0.004) * self.rate as f32) as usize);
        let fall = match pluck.how {
            How::Dead(tau) => (-1.0 / (tau * self.rate as f32)).exp(),
            How::Rings | How::Buzz(_) => 1.0,
        };
        let mut gain = 0.5 * pluck.gain;
        for sample in &mut out {
            *sample *= gain;
            gain *= fall;
        }
        match pluck.how {
            How::Dead(_) => {
                low_pass(&mut out, dice.between(0.05, 0.3));
                // The pick is heard all the same.
                let click = dice.between(0.02, 0.08) * pluck.gain;
                knock(&mut out, self.rate, click, dice);
            }
            How::Buzz(strength) => rattle(&mut out, self.rate, strength, dice),
            How::Rings => {}
        }
        out
    }
}

/// `samples` read at `step` samples per sample, by cubic (Catmull–Rom) interpolation.
fn resampled(samples: &[f32], step: f32, length: usize) -> Vec<f32> {
    let at = |n: i64| usize::try_from(n).ok().and_then(|n| samples.get(n)).copied().unwrap_or(0.0);
    let there = (samples.len() as f32 / step) as usize;
    (0..length.min(there))
        .map(|n| {
            let place = n as f64 * f64::from(step);
            let (i, t) = (place.floor() as i64, place.fract() as f32);
            let (a, b, c, d) = (at(i - 1), at(i), at(i + 1), at(i + 2));
            b + 0.5
                * t
                * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)))
        })
        .collect()
}

/// Brightens (positive) or darkens (negative) by one zero.
fn tilt(samples: &mut [f32], amount: f32) {
    let mut last = 0.0;
    for sample in samples {
        let now = *sample;
        *sample = now - amount * last;
        last = now;
    }
}

/// Adds `depth` of the sound of `delay` samples ago: what another place of plucking does to the
/// partials.
fn comb(samples: &mut [f32], depth: f32, delay: usize) {
    for n in (delay.max(1)..samples.len()).rev() {
        samples[n] += depth * samples[n - delay.max(1)];
    }
}

fn low_pass(samples: &mut [f32], share: f32) {
    let mut low = 0.0;
    for sample in samples {
        low += share * (*sample - low);
        *sample = low;
    }
}
