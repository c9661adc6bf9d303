//! The chord that sounds, without knowing what was asked.
//!
//! A spectrum is explained as a sum of equal-tempered notes (plain string envelopes, stiff
//! partials), folded to pitch classes in three registers beside the bass; what that means for each
//! chord is learnt ([`crate::chord_model`]). It does not know keys, songs or what came before.

use std::rc::Rc;

use theory::{Chord, Pitch, Tuning};

use crate::chord_model::{self, Likelihood};
use crate::explain::Explainer;
use crate::resample::RATE;
use crate::spectrum::{Spectrum, Transform};
use crate::stiff::Tone;
use crate::tuned;

/// C2 (for low tunings) to the 24th fret of string 1.
const LOWEST: u8 = 36;
const HIGHEST: u8 = 88;
/// Highest notes of the lower two registers.
const REGISTERS: [u8; 2] = [52, 64];
/// A bass note has this share of the loudest note's level and lies no higher than B3.
const BASS_LEVEL: f32 = 0.12;
const BASS_TOP: u8 = 59;
/// What the bass counts beside the registers.
const BASS: f32 = 0.5;
/// Count of the numbers: twelve pitch classes in three registers, twelve for the bass.
pub(crate) const NUMBERS: usize = 48;
/// Least length of the transform.
const SIZE: usize = 8192;

/// How loud each pitch sounds, by MIDI number from [`LOWEST`].
#[derive(Debug, Clone)]
pub(crate) struct Notes {
    levels: Vec<f32>,
}

impl Notes {
    /// Of a spectrum over `length` seconds, on a guitar `cents` sharp of `a4` Hz.
    pub(crate) fn of(spectrum: &Spectrum, length: f32, a4: f32, cents: f32) -> Self {
        let explainer = Explainer::new(spectrum, length);
        let columns: Vec<_> = (LOWEST..=HIGHEST)
            .filter_map(|midi| {
                let string = string_for(midi);
                Tone::new(string, Pitch(midi), &Tuning::STANDARD, a4, cents)
            })
            .map(|tone| Rc::new(vec![explainer.plain_column(&tone)]))
            .collect();
        let explained = explainer.explain(&columns, None);
        Self { levels: explained.weights }
    }

    /// Of a spectrum of a guitar that may be off.
    pub(crate) fn heard(spectrum: &Spectrum, length: f32, a4: f32) -> Self {
        Self::of(spectrum, length, a4, tuned::of_spectrum(spectrum, a4))
    }

    /// Of a stretch of sound at [`RATE`].
    pub(crate) fn of_samples(samples: &[f32], a4: f32) -> Self {
        let size = samples.len().next_power_of_two().max(SIZE);
        let spectrum = Transform::new(samples.len(), size).magnitudes(samples);
        Self::heard(&spectrum, samples.len() as f32 / RATE as f32, a4)
    }

    /// What the model is shown, pitch class by pitch class from C: low, middle and high register,
    /// of length 1 when added together, and the bass. None of silence.
    pub(crate) fn numbers(&self) -> Option<[f32; NUMBERS]> {
        let mut numbers = [0f32; NUMBERS];
        let mut whole = [0f32; 12];
        for (midi, level) in (LOWEST..).zip(&self.levels) {
            let register = REGISTERS.iter().filter(|top| midi > **top).count();
            let class = usize::from(midi % 12);
            // The square root: six strings count more alike than their loudness.
            numbers[12 * register + class] += level.sqrt();
            whole[class] += level.sqrt();
        }
        let length = whole.iter().map(|v| v * v).sum::<f32>().sqrt();
        if length < 1e-9 {
            return None;
        }
        numbers.iter_mut().for_each(|number| *number /= length);
        if let Some(class) = self.bass() {
            numbers[36 + usize::from(class)] = BASS;
        }
        Some(numbers)
    }

    /// How likely each chord is; none of silence.
    pub(crate) fn likelihood(&self) -> Option<Likelihood> {
        chord_model::weigh(&self.numbers()?)
    }

    /// The likeliest chord and its probability.
    pub(crate) fn chord(&self) -> Option<(Chord, f32)> {
        self.likelihood()?.best().map(|(chord, p)| (chord, p.clamp(0.02, 0.99)))
    }

    /// Pitch class of the lowest note that is not faint.
    fn bass(&self) -> Option<u8> {
        let loudest = self.levels.iter().fold(0f32, |m, l| m.max(*l));
        (LOWEST..=BASS_TOP)
            .zip(&self.levels)
            .find(|(_, level)| **level > BASS_LEVEL * loudest)
            .map(|(midi, _)| midi % 12)
    }
}

/// What the model of chords is shown of a stretch of sound at [`RATE`], to train it: pitch class
/// by pitch class from C, in three registers, and the bass (48 numbers); none of silence.
#[must_use]
pub fn chord_numbers(samples: &[f32]) -> Option<Vec<f32>> {
    let notes = Notes::of_samples(samples, 440.0);
    notes.numbers().map(|numbers| numbers.to_vec())
}

/// The string on which a pitch is usually played low on the neck; it sets the stiffness only.
fn string_for(midi: u8) -> usize {
    [45, 50, 55, 59, 64].iter().filter(|open| midi >= **open).count()
}
