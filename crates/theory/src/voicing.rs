//! Where a chord is pressed, string by string. By which finger lies in `fingering`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Pitch, StringNumber, TheoryError, Tuning};

const HIGHEST_FRET: u8 = 24;

/// A fret for each string from 6 to 1; none where the string must stay silent.
/// Written `022000`, `x02210` or `x-10-12-12-11-x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Voicing([Option<u8>; 6]);

impl Voicing {
    /// A voicing from its frets, string 6 first.
    #[must_use]
    pub const fn new(frets: [Option<u8>; 6]) -> Self {
        Self(frets)
    }

    /// The fret asked of `string`, 0 for open; none if it must stay silent.
    #[must_use]
    pub fn fret(&self, string: StringNumber) -> Option<u8> {
        self.0[string.index()]
    }

    /// The pitch asked of `string`, none if it must stay silent.
    #[must_use]
    pub fn pitch(&self, string: StringNumber, tuning: &Tuning) -> Option<Pitch> {
        self.fret(string).map(|fret| tuning.open(string).transposed(i32::from(fret)))
    }

    /// The strings that must sound, thick first.
    pub fn sounding(&self) -> impl Iterator<Item = StringNumber> + '_ {
        StringNumber::THICK_TO_THIN.into_iter().filter(|s| self.fret(*s).is_some())
    }

    /// The strings that a finger presses and their frets: by fret, thick before thin.
    #[must_use]
    pub fn fretted(&self) -> Vec<(StringNumber, u8)> {
        let mut placed: Vec<(StringNumber, u8)> = StringNumber::THICK_TO_THIN
            .into_iter()
            .filter_map(|string| Some((string, self.fret(string).filter(|fret| *fret > 0)?)))
            .collect();
        placed.sort_by_key(|(_, fret)| *fret);
        placed
    }

    /// The lowest and the highest fret pressed; none where all strings are open.
    #[must_use]
    pub fn fretted_range(&self) -> Option<(u8, u8)> {
        let pressed = || self.0.iter().flatten().copied().filter(|fret| *fret > 0);
        Some((pressed().min()?, pressed().max()?))
    }

    /// Silent strings between sounding ones, and at the edges.
    #[must_use]
    pub fn muted(&self) -> (u8, u8) {
        let silent = self.0.iter().filter(|fret| fret.is_none()).count();
        let edge = |fret: &&Option<u8>| fret.is_none();
        let outside =
            self.0.iter().take_while(edge).count() + self.0.iter().rev().take_while(edge).count();
        let outside = outside.min(silent);
        ((silent - outside) as u8, outside as u8)
    }
}

impl fmt::Display for Voicing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frets = self.0.map(|fret| fret.map_or("x".to_owned(), |fret| fret.to_string()));
        let wide = self.0.iter().flatten().any(|fret| *fret > 9);
        f.write_str(&frets.join(if wide { "-" } else { "" }))
    }
}

impl FromStr for Voicing {
    type Err = TheoryError;
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        let bad = || TheoryError::Voicing(text.to_owned());
        let text = text.trim();
        let cells: Vec<String> = if text.contains('-') {
            text.split('-').map(str::to_owned).collect()
        } else {
            text.chars().map(String::from).collect()
        };
        let frets = cells
            .iter()
            .map(|cell| match cell.as_str() {
                "x" | "X" => Ok(None),
                digits => digits.parse().ok().filter(|f| *f <= HIGHEST_FRET).map(Some).ok_or(()),
            })
            .collect::<Result<Vec<Option<u8>>, ()>>()
            .map_err(|()| bad())?;
        let voicing = Self(frets.try_into().map_err(|_| bad())?);
        if voicing.sounding().next().is_none() {
            return Err(bad());
        }
        Ok(voicing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes() {
        for text in ["022000", "x02210", "x-10-12-12-11-x", "320003"] {
            assert_eq!(text.parse::<Voicing>().unwrap().to_string(), text);
        }
        for text in ["02200", "0220000", "xxxxxx", "0220a0", "x-99-0-0-0-0", ""] {
            assert!(text.parse::<Voicing>().is_err(), "{text}");
        }
    }

    #[test]
    fn e_minor_sounds_as_written() {
        let voicing: Voicing = "022000".parse().unwrap();
        let midi: Vec<u8> = voicing
            .sounding()
            .filter_map(|s| voicing.pitch(s, &Tuning::STANDARD))
            .map(Pitch::midi)
            .collect();
        assert_eq!(midi, [40, 47, 52, 55, 59, 64]);
    }
}
