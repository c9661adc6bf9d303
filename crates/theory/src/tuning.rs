use std::fmt;
use std::str::FromStr;

use crate::{Pitch, StringNumber, TheoryError};

/// The open pitches from string 6 to string 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tuning([Pitch; 6]);

const PRESETS: [(&str, [u8; 6]); 7] = [
    ("standard", [40, 45, 50, 55, 59, 64]),
    ("drop-d", [38, 45, 50, 55, 59, 64]),
    ("half-step-down", [39, 44, 49, 54, 58, 63]),
    ("open-g", [38, 43, 50, 55, 59, 62]),
    ("open-d", [38, 45, 50, 54, 57, 62]),
    ("dadgad", [38, 45, 50, 55, 57, 62]),
    ("double-drop-d", [38, 45, 50, 55, 59, 62]),
];

impl Tuning {
    /// E2 A2 D3 G3 B3 E4.
    pub const STANDARD: Self =
        Self([Pitch(40), Pitch(45), Pitch(50), Pitch(55), Pitch(59), Pitch(64)]);

    /// The tunings that have a name, the usual one first.
    pub fn named() -> impl Iterator<Item = (&'static str, Self)> {
        PRESETS.iter().map(|(name, midi)| (*name, Self(midi.map(Pitch))))
    }

    /// The name of a tuning that has one.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        Self::named().find(|(_, tuning)| tuning == self).map(|(name, _)| name)
    }

    /// Semitones by which every string lies above the usual tuning, if it is the same for all: then
    /// chords are fretted as usual and keep the names of their shapes (a half step down, a capo).
    #[must_use]
    pub fn shift(&self) -> Option<i32> {
        let above = |n: usize| i32::from(self.0[n].midi()) - i32::from(Self::STANDARD.0[n].midi());
        (1..self.0.len()).all(|n| above(n) == above(0)).then(|| above(0))
    }

    /// The pitch of an open string.
    #[must_use]
    pub fn open(&self, string: StringNumber) -> Pitch {
        self.0[string.index()]
    }

    /// The same tuning with a capo on `fret`.
    #[must_use]
    pub fn with_capo(&self, fret: u8) -> Self {
        Self(self.0.map(|pitch| pitch.transposed(i32::from(fret))))
    }
}

impl Default for Tuning {
    fn default() -> Self {
        Self::STANDARD
    }
}

impl FromStr for Tuning {
    type Err = TheoryError;
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        if let Some((_, midi)) = PRESETS.iter().find(|(name, _)| *name == text.trim()) {
            return Ok(Self(midi.map(Pitch)));
        }
        let bad = || TheoryError::Tuning(text.to_owned());
        let notes: Vec<Pitch> =
            text.split_whitespace().map(str::parse).collect::<Result<_, _>>().map_err(|_| bad())?;
        notes.try_into().map(Self).map_err(|_| bad())
    }
}

impl fmt::Display for Tuning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&names.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_and_notes() {
        assert_eq!("standard".parse(), Ok(Tuning::STANDARD));
        assert_eq!("E2 A2 D3 G3 B3 E4".parse(), Ok(Tuning::STANDARD));
        for (name, _) in PRESETS {
            let tuning: Tuning = name.parse().unwrap();
            assert_eq!(tuning.to_string().parse(), Ok(tuning));
        }
        assert!("E2 A2".parse::<Tuning>().is_err());
    }

    #[test]
    fn a_name_is_given_back() {
        for (name, tuning) in Tuning::named() {
            assert_eq!(tuning.name(), Some(name));
        }
        assert_eq!("C2 G2 D3 G3 B3 E4".parse::<Tuning>().unwrap().name(), None);
    }

    #[test]
    fn only_what_moves_all_strings_alike_is_a_shift() {
        let shift = |text: &str| text.parse::<Tuning>().unwrap().shift();
        assert_eq!(shift("standard"), Some(0));
        assert_eq!(shift("half-step-down"), Some(-1));
        assert_eq!(Tuning::STANDARD.with_capo(3).shift(), Some(3));
        assert_eq!(shift("drop-d"), None);
        assert_eq!(shift("dadgad"), None);
    }
}
