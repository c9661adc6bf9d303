//! A chord as it sounds: root and quality, without spelling, bass or voicing. How it is written
//! over a song is a [`ChordSymbol`].

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{ChordSymbol, Interval, Note, PitchClass, Quality, TheoryError};

/// A chord: root and quality, no voicing. `E:min` in text, `Em` for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Chord {
    /// The root.
    pub root: PitchClass,
    /// The intervals above it.
    pub quality: Quality,
}

impl Chord {
    /// A chord of `root` and `quality`.
    #[must_use]
    pub fn new(root: PitchClass, quality: Quality) -> Self {
        Self { root, quality }
    }

    /// The usual Latin name: `Em`, `F#m7`, `C`, `Bb`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}{}", self.spelled_root(), self.quality.suffix())
    }

    /// The root as guitarists call this chord: C♯ E♭ F♯ A♭ B♭; over a minor third G♯ (G♯m has five
    /// sharps, A♭m seven flats). A sound has no spelling: whoever has the chord as it was written
    /// shows that.
    #[must_use]
    pub fn spelled_root(&self) -> Note {
        let minor = self.quality.tones().contains(&Interval::MINOR_THIRD);
        Note::near(self.root, if minor { 2 } else { 1 })
    }

    /// The pitch classes it holds, root first.
    pub fn pitch_classes(&self) -> impl Iterator<Item = PitchClass> + '_ {
        self.quality.tones().iter().map(|tone| self.root.transposed(tone.semitones()))
    }

    /// `semitones` higher (negative: lower).
    #[must_use]
    pub fn transposed(&self, semitones: i32) -> Self {
        Self { root: self.root.transposed(semitones), ..*self }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.root, self.quality.label())
    }
}

impl FromStr for Chord {
    type Err = TheoryError;

    /// Whatever [`ChordSymbol`] reads, without a slash: a bass of its own is no other chord.
    /// Spoken «סי» is read as solfège B; asking back is the tutor's work.
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        match text.parse::<ChordSymbol>()? {
            symbol if symbol.bass.is_none() => Ok(symbol.chord()),
            _ => Err(TheoryError::Chord(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn understands_the_usual_names() {
        for (text, label) in [
            ("Em", "E:min"),
            ("E:min", "E:min"),
            ("G", "G:maj"),
            ("A7", "A:7"),
            ("F#m", "F#:min"),
            ("Bb", "A#:maj"),
            ("Bm7", "B:min7"),
            ("Dsus4", "D:sus4"),
            ("מי מינור", "E:min"),
            ("לה ספטים", "A:7"),
            ("פה דיאז מינור", "F#:min"),
            ("סי במול", "A#:maj"),
            ("רה", "D:maj"),
        ] {
            assert_eq!(
                text.parse::<Chord>().map(|c| c.to_string()).as_deref(),
                Ok(label),
                "{text}"
            );
        }
        for text in ["", "H", "Em9!", "מיתר", "em", "G/B"] {
            assert!(text.parse::<Chord>().is_err(), "{text}");
        }
    }

    #[test]
    fn black_keys_are_called_as_guitarists_call_them() {
        let name = |text: &str| text.parse::<Chord>().unwrap().name();
        for (text, called) in [
            ("A#", "Bb"),
            ("סי במול", "Bb"),
            ("D#", "Eb"),
            ("G#7", "Ab7"),
            ("Db", "C#"),
            ("Gb", "F#"),
            ("Dbm", "C#m"),
            ("Abm", "G#m"),
            ("G#dim", "G#dim"),
            ("A#m7", "Bbm7"),
            ("D#m", "Ebm"),
            ("E", "E"),
        ] {
            assert_eq!(name(text), called, "{text}");
        }
        // What is kept and what machines read stays with sharps.
        assert_eq!("Bb".parse::<Chord>().unwrap().to_string(), "A#:maj");
    }

    #[test]
    fn every_chord_reads_back_from_both_its_names() {
        for root in 0..12 {
            for quality in Quality::ALL {
                let chord = Chord::new(PitchClass(root), quality);
                assert_eq!(chord.to_string().parse(), Ok(chord));
                assert_eq!(chord.name().parse(), Ok(chord));
            }
        }
    }
}
