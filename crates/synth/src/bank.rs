//! Recorded single notes, brought to pitch.

use crate::instrument::rattle;
use crate::{Dice, How, Instrument, Pluck};

/// One recorded note.
#[derive(Debug, Clone)]
pub struct Note {
    /// MIDI number with its fraction: what it really sounds at.
    pub pitch: f32,
    /// 0 = string 6 … 5 = string 1, where known.
    pub string: Option<usize>,
    /// From its attack on, peak 1.
    pub samples: Vec<f32>,
}

/// A guitar of recorded notes.
#[derive(Debug, Clone)]
pub struct NoteBank {
    rate: u32,
    notes: Vec<Note>,
    /// Cents between what the notes' names say and what the bank is tuned to, per string: an
    /// instrument of its own each time one is drawn.
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
            How::Dead(_) => low_pass(&mut out, dice.between(0.05, 0.3)),
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

fn low_pass(samples: &mut [f32], share: f32) {
    let mut low = 0.0;
    for sample in samples {
        low += share * (*sample - low);
        *sample = low;
    }
}
