//! Where the partials of a guitar string lie.

use theory::{Pitch, StringNumber, Tuning, Voicing};

use crate::GuitarPrint;

/// Inharmonicity of the open strings 6…1: typical light steel strings, from the trial in which
/// the method was chosen; it grows by 2^(fret/6).
const STIFFNESS: [f32; 6] = [1e-4, 7e-5, 5e-5, 4e-5, 5e-5, 2.5e-5];

/// A string with the pitch it may sound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tone {
    /// 0 = string 6 … 5 = string 1.
    pub(crate) string: usize,
    pub(crate) pitch: Pitch,
    /// Frequency of the ideal fundamental in Hz.
    pub(crate) f0: f32,
    stiffness: f32,
}

impl Tone {
    /// `string` sounding `pitch`, `cents` sharp, with A4 at `a4` Hz.
    pub(crate) fn new(
        string: usize,
        pitch: Pitch,
        tuning: &Tuning,
        a4: f32,
        cents: f32,
    ) -> Option<Self> {
        let number = theory::StringNumber::at_index(string)?;
        let fret = f32::from(pitch.midi()) - f32::from(tuning.open(number).midi());
        let stiffness = STIFFNESS.get(string)? * (fret.max(0.0) / 6.0).exp2();
        let f0 = pitch.hz(a4) * (cents / 1200.0).exp2();
        Some(Self { string, pitch, f0, stiffness })
    }

    /// The same string as stiff as it was heard to be.
    pub(crate) fn with(self, print: Option<&GuitarPrint>, tuning: &Tuning) -> Self {
        let known = print.zip(StringNumber::at_index(self.string)).and_then(|(print, string)| {
            let fret = self.pitch.midi().saturating_sub(tuning.open(string).midi());
            print.string(string)?.stiffness_at(fret)
        });
        Self { stiffness: known.unwrap_or(self.stiffness), ..self }
    }

    /// Frequency of partial `k` (from 1) in Hz.
    pub(crate) fn partial(&self, k: usize) -> f32 {
        let k = k as f32;
        // The fundamental is what a tuner shows, so the law is anchored there.
        let stretch = (1.0 + self.stiffness * k * k) / (1.0 + self.stiffness);
        k * self.f0 * stretch.sqrt()
    }
}

/// The tones a voicing asks for, thick string first.
pub(crate) fn tones(voicing: &Voicing, tuning: &Tuning, a4: f32, cents: f32) -> Vec<Tone> {
    voicing
        .sounding()
        .filter_map(|number| {
            let pitch = voicing.pitch(number, tuning)?;
            Tone::new(number.index(), pitch, tuning, a4, cents)
        })
        .collect()
}

/// Whether the fundamental of `tone` lies within 35 cents of partial 1–8 of one of `others`.
pub(crate) fn shared(tone: &Tone, others: &[Tone]) -> bool {
    let near = |hz: f32| (1200.0 * (hz / tone.partial(1)).log2()).abs() < 35.0;
    others
        .iter()
        .filter(|other| other.string != tone.string)
        .any(|other| (1..=8).any(|k| near(other.partial(k))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e_minor_shares_three_strings() {
        let voicing: Voicing = "022000".parse().unwrap();
        let all = tones(&voicing, &Tuning::STANDARD, 440.0, 0.0);
        let strings: Vec<usize> =
            all.iter().filter(|t| shared(t, &all)).map(|t| 6 - t.string).collect();
        // String 4 is the octave of 6, 2 the octave of 5, 1 the double octave of 6.
        assert_eq!(strings, [4, 2, 1]);
    }
}
