//! Pitches as a tuner knows them: MIDI numbers and Hz, with or without octave, not spelled.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::TheoryError;

const SHARP_NAMES: [&str; 12] = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

/// A pitch as a MIDI note number (60 = C4, 69 = A4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pitch(pub u8);

impl Pitch {
    /// MIDI note number.
    #[must_use]
    pub fn midi(self) -> u8 {
        self.0
    }

    /// Frequency in Hz in equal temperament for a reference A4 in Hz.
    #[must_use]
    pub fn hz(self, a4: f32) -> f32 {
        a4 * ((f32::from(self.0) - 69.0) / 12.0).exp2()
    }

    /// The nearest pitch to `hz` and how many cents `hz` lies above it (−50…+50); none outside
    /// MIDI 0–127.
    #[must_use]
    pub fn nearest(hz: f32, a4: f32) -> Option<(Self, f32)> {
        let exact = 69.0 + 12.0 * (hz / a4).log2();
        let midi = exact.round();
        (0.0..=127.0).contains(&midi).then_some((Self(midi as u8), (exact - midi) * 100.0))
    }

    /// This pitch without its octave.
    #[must_use]
    pub fn class(self) -> PitchClass {
        PitchClass(self.0 % 12)
    }

    /// `semitones` higher (negative: lower), kept within MIDI 0–127.
    #[must_use]
    pub fn transposed(self, semitones: i32) -> Self {
        Self((i32::from(self.0) + semitones).clamp(0, 127) as u8)
    }
}

impl fmt::Display for Pitch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.class(), i32::from(self.0 / 12) - 1)
    }
}

impl FromStr for Pitch {
    type Err = TheoryError;
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        let bad = || TheoryError::Note(text.to_owned());
        let split = text.find(|c: char| c.is_ascii_digit() || c == '-').ok_or_else(bad)?;
        let class: PitchClass = text[..split].parse().map_err(|_| bad())?;
        let octave: i32 = text[split..].parse().map_err(|_| bad())?;
        let midi = (octave + 1) * 12 + i32::from(class.0);
        // Flats and sharps across the octave border (Cb4 is B3).
        let wrapped = match &text[..split] {
            "Cb" | "cb" => midi - 12,
            "B#" | "b#" => midi + 12,
            _ => midi,
        };
        u8::try_from(wrapped).ok().filter(|m| *m < 128).map(Self).ok_or_else(bad)
    }
}

/// A pitch without its octave: 0 = C … 11 = B. Written with sharps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PitchClass(pub u8);

impl PitchClass {
    /// Semitones above C, 0–11.
    #[must_use]
    pub fn semitones(self) -> u8 {
        self.0
    }

    /// `semitones` higher, round the octave.
    #[must_use]
    pub fn transposed(self, semitones: i32) -> Self {
        Self((i32::from(self.0) + semitones).rem_euclid(12) as u8)
    }
}

impl fmt::Display for PitchClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SHARP_NAMES[usize::from(self.0 % 12)])
    }
}

impl FromStr for PitchClass {
    type Err = TheoryError;
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        let bad = || TheoryError::Note(text.to_owned());
        let mut letters = text.chars();
        let natural = match letters.next().ok_or_else(bad)?.to_ascii_uppercase() {
            'C' => 0,
            'D' => 2,
            'E' => 4,
            'F' => 5,
            'G' => 7,
            'A' => 9,
            'B' => 11,
            _ => return Err(bad()),
        };
        let accidental = match letters.as_str() {
            "" => 0,
            "#" | "♯" => 1,
            "b" | "♭" => -1,
            _ => return Err(bad()),
        };
        Ok(Self(natural).transposed(accidental))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip_over_the_guitar() {
        for midi in 28..=100 {
            assert_eq!(Pitch(midi).to_string().parse::<Pitch>(), Ok(Pitch(midi)));
        }
        assert_eq!("Bb2".parse(), Ok(Pitch(46)));
        assert_eq!("Cb4".parse(), Ok(Pitch(59)));
        assert!("H2".parse::<Pitch>().is_err());
        assert!("E".parse::<Pitch>().is_err());
    }

    #[test]
    fn nearest_tells_cents() {
        let (pitch, cents) = Pitch::nearest(442.0, 440.0).unwrap();
        assert_eq!(pitch, Pitch(69));
        assert!((cents - 7.85).abs() < 0.01);
        assert_eq!(Pitch::nearest(0.0, 440.0), None);
    }
}
