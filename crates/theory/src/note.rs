//! A spelled note without octave: G♯ and A♭ are the same key of a piano and two notes on paper.
//! Where the spelling does not matter, use [`PitchClass`].

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Interval, PitchClass, TheoryError};

/// A letter of the musical alphabet, counted from C.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "a letter is its own description")]
pub enum Letter {
    C,
    D,
    E,
    F,
    G,
    A,
    B,
}

impl Letter {
    /// From C to B.
    pub const ALL: [Self; 7] = [Self::C, Self::D, Self::E, Self::F, Self::G, Self::A, Self::B];

    /// Semitones above C of the natural note.
    #[must_use]
    pub fn semitones(self) -> u8 {
        [0, 2, 4, 5, 7, 9, 11][self as usize]
    }

    /// The letter `steps` further on, round the octave.
    #[must_use]
    pub fn moved(self, steps: i32) -> Self {
        Self::ALL[(self as i32 + steps).rem_euclid(7) as usize]
    }

    /// From `C` or `c`.
    #[must_use]
    pub fn from_char(letter: char) -> Option<Self> {
        let place = "CDEFGAB".find(letter.to_ascii_uppercase())?;
        Self::ALL.get(place).copied()
    }
}

/// A spelled note without octave. Written `F#`, `Bb`, `C##`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Note {
    /// The letter.
    pub letter: Letter,
    /// Sharps (positive) or flats (negative).
    pub accidental: i8,
}

impl Note {
    /// The 21 notes with at most one accidental: C♭ C C♯ D♭ … B♯.
    pub fn simple() -> impl Iterator<Item = Self> {
        Letter::ALL.into_iter().flat_map(|letter| [-1, 0, 1].map(|a| Self::new(letter, a)))
    }

    /// A note of `letter` with `accidental` sharps (negative: flats).
    #[must_use]
    pub const fn new(letter: Letter, accidental: i8) -> Self {
        Self { letter, accidental }
    }

    /// What it sounds.
    #[must_use]
    pub fn class(self) -> PitchClass {
        PitchClass(self.letter.semitones()).transposed(i32::from(self.accidental))
    }

    /// The note an interval above; below for a negative interval. Spelled as the interval says.
    #[must_use]
    pub fn up(self, interval: Interval) -> Self {
        let letter = self.letter.moved(interval.steps());
        let octaves = (self.letter as i32 + interval.steps()).div_euclid(7);
        let natural = i32::from(letter.semitones()) + 12 * octaves;
        let exact =
            i32::from(self.letter.semitones()) + i32::from(self.accidental) + interval.semitones();
        Self { letter, accidental: (exact - natural) as i8 }
    }

    /// The note an interval below.
    #[must_use]
    pub fn down(self, interval: Interval) -> Self {
        self.up(-interval)
    }

    /// Its place on the line of fifths: C 0, G 1, F −1, F♯ 6, B♭ −2.
    #[must_use]
    pub fn fifths(self) -> i32 {
        [0, 2, 4, -1, 1, 3, 5][self.letter as usize] + 7 * i32::from(self.accidental)
    }

    /// The note at a place on the line of fifths.
    #[must_use]
    pub fn at_fifths(fifths: i32) -> Self {
        const NATURAL: [Letter; 7] =
            [Letter::F, Letter::C, Letter::G, Letter::D, Letter::A, Letter::E, Letter::B];
        let place = fifths + 1;
        Self {
            letter: NATURAL[place.rem_euclid(7) as usize],
            accidental: place.div_euclid(7) as i8,
        }
    }

    /// The spelling of a sound that lies nearest to `fifths` on the line of fifths; the sharper of
    /// two equally near ones. Around D (2) the black keys are C♯ E♭ F♯ G♯ B♭.
    #[must_use]
    pub fn near(class: PitchClass, fifths: i32) -> Self {
        // Seven fifths are a semitone (and four octaves): one representative, then ±12.
        let one = i32::from(class.semitones()) * 7;
        let lowest = fifths - 5;
        Self::at_fifths(lowest + (one - lowest).rem_euclid(12))
    }

    /// The same sound without a doubled accidental.
    #[must_use]
    pub fn simply_spelled(self) -> Self {
        match self.accidental {
            -1..=1 => self,
            2.. => Self::sharp(self.class()),
            _ => Self::flat(self.class()),
        }
    }

    /// With a sharp on every black key.
    #[must_use]
    pub fn sharp(class: PitchClass) -> Self {
        Self::near(class, 4)
    }

    /// With a flat on every black key.
    #[must_use]
    pub fn flat(class: PitchClass) -> Self {
        Self::near(class, -1)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.accidental < 0 { "b" } else { "#" };
        write!(f, "{:?}{}", self.letter, sign.repeat(usize::from(self.accidental.unsigned_abs())))
    }
}

impl FromStr for Note {
    type Err = TheoryError;

    /// A letter of either case and up to three accidentals of one kind: `#`, `♯`, `b`, `♭`, `x`.
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        let bad = || TheoryError::Note(text.to_owned());
        let (letter, rest) = Self::split(text).ok_or_else(bad)?;
        if rest.is_empty() { Ok(letter) } else { Err(bad()) }
    }
}

impl Note {
    /// The note at the beginning of `text` and what follows it.
    pub(crate) fn split(text: &str) -> Option<(Self, &str)> {
        let letter = Letter::from_char(text.chars().next()?)?;
        let mut accidental = 0i8;
        let mut rest = &text[1..];
        while let Some(sign) = rest.chars().next() {
            let shift = match sign {
                '#' | '♯' => 1,
                'b' | '♭' => -1,
                'x' | '𝄪' => 2,
                _ => break,
            };
            if accidental * shift < 0 || (accidental + shift).abs() > 3 {
                return None;
            }
            accidental += shift;
            rest = &rest[sign.len_utf8()..];
        }
        Some((Self { letter, accidental }, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for fifths in -22..=26 {
            let note = Note::at_fifths(fifths);
            assert_eq!(note.to_string().parse(), Ok(note));
            assert_eq!(note.fifths(), fifths);
        }
        assert_eq!("Cx".parse(), Ok(Note::new(Letter::C, 2)));
        for text in ["", "H", "C#b", "C####", "C5", "סי"] {
            assert!(text.parse::<Note>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_sound_is_spelled_near_its_key() {
        let names = |fifths: i32| -> Vec<String> {
            (0..12).map(|c| Note::near(PitchClass(c), fifths).to_string()).collect()
        };
        assert_eq!(names(2), ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B"]);
        assert_eq!(Note::sharp(PitchClass(10)).to_string(), "A#");
        assert_eq!(Note::flat(PitchClass(6)).to_string(), "Gb");
        for class in (0..12).map(PitchClass) {
            assert_eq!(Note::sharp(class).to_string(), class.to_string());
            assert_eq!(Note::flat(class).class(), class);
        }
    }
}
