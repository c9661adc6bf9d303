//! The open strings: presets, any six notes, and a capo.

use std::fmt;
use std::str::FromStr;

use crate::{Pitch, PitchClass, StringNumber, TheoryError};

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

/// Other names of presets, after [`plain_name`].
const OTHER_NAMES: [(&str, &str); 18] = [
    ("eadgbe", "standard"),
    ("regular", "standard"),
    ("רגיל", "standard"),
    ("כיוון-רגיל", "standard"),
    ("dropd", "drop-d"),
    ("דרופ-די", "drop-d"),
    ("דרופ-רה", "drop-d"),
    ("eb", "half-step-down"),
    ("חצי-טון-נמוך", "half-step-down"),
    ("חצי-טון-למטה", "half-step-down"),
    ("openg", "open-g"),
    ("סול-פתוח", "open-g"),
    ("opend", "open-d"),
    ("רה-פתוח", "open-d"),
    ("d-a-d-g-a-d", "dadgad"),
    ("דדגד", "dadgad"),
    ("double-dropd", "double-drop-d"),
    ("דאבל-דרופ-די", "double-drop-d"),
];

fn plain_name(text: &str) -> String {
    let words = text.trim().to_lowercase().replace(['_', '־'], " ");
    let name = words.split_whitespace().collect::<Vec<_>>().join("-");
    OTHER_NAMES.iter().find(|(other, _)| *other == name).map_or(name, |(_, usual)| (*usual).into())
}

impl FromStr for Tuning {
    type Err = TheoryError;

    /// A preset by its name in English or Hebrew, or six notes from the thick string: with octaves
    /// (`D2 A2 D3 G3 B3 E4`), or without, then each as near to the usual string as it can be.
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        let name = plain_name(text);
        if let Some((_, midi)) = PRESETS.iter().find(|(preset, _)| *preset == name) {
            return Ok(Self(midi.map(Pitch)));
        }
        let bad = || TheoryError::Tuning(text.to_owned());
        let words: Vec<&str> = text.split_whitespace().collect();
        let words: [&str; 6] = words.try_into().map_err(|_| bad())?;
        let mut open = Self::STANDARD.0;
        for (pitch, word) in open.iter_mut().zip(words) {
            let near = || word.parse().ok().map(|class| nearest(class, *pitch));
            *pitch = word.parse().ok().or_else(near).ok_or_else(bad)?;
        }
        Ok(Self(open))
    }
}

/// The pitch of that class nearest to `usual`; the lower of two, for strings are slackened rather
/// than tightened.
fn nearest(class: PitchClass, usual: Pitch) -> Pitch {
    let above =
        (i32::from(class.semitones()) - i32::from(usual.class().semitones())).rem_euclid(12);
    usual.transposed(if above >= 6 { above - 12 } else { above })
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
        for bad in ["E2 A2", "", "E A D G B H", "E2 A2 D3 G3 B3 E4 E4", "drop"] {
            assert!(bad.parse::<Tuning>().is_err(), "{bad}");
        }
    }

    #[test]
    fn names_as_people_write_them() {
        let read = |text: &str| text.parse::<Tuning>().ok().and_then(|tuning| tuning.name());
        for (text, name) in [
            ("Drop D", "drop-d"),
            ("DADGAD", "dadgad"),
            ("D A D G A D", "dadgad"),
            ("D A D G B E", "drop-d"),
            ("Eb Ab Db Gb Bb Eb", "half-step-down"),
            ("סול פתוח", "open-g"),
            ("רגיל", "standard"),
        ] {
            assert_eq!(read(text), Some(name), "{text}");
        }
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
