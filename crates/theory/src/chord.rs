use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{PitchClass, TheoryError};

/// The quality of a chord: its intervals above the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// Major triad.
    Maj,
    /// Minor triad.
    Min,
    /// Dominant seventh.
    Dom7,
    /// Major seventh.
    Maj7,
    /// Minor seventh.
    Min7,
    /// Suspended second.
    Sus2,
    /// Suspended fourth.
    Sus4,
    /// Diminished triad.
    Dim,
    /// Augmented triad.
    Aug,
    /// Root and fifth.
    Power,
}

impl Quality {
    /// Every quality, triads first.
    pub const ALL: [Self; 10] = [
        Self::Maj,
        Self::Min,
        Self::Dom7,
        Self::Maj7,
        Self::Min7,
        Self::Sus2,
        Self::Sus4,
        Self::Dim,
        Self::Aug,
        Self::Power,
    ];

    /// Semitones above the root, root first.
    #[must_use]
    pub fn intervals(self) -> &'static [u8] {
        match self {
            Self::Maj => &[0, 4, 7],
            Self::Min => &[0, 3, 7],
            Self::Dom7 => &[0, 4, 7, 10],
            Self::Maj7 => &[0, 4, 7, 11],
            Self::Min7 => &[0, 3, 7, 10],
            Self::Sus2 => &[0, 2, 7],
            Self::Sus4 => &[0, 5, 7],
            Self::Dim => &[0, 3, 6],
            Self::Aug => &[0, 4, 8],
            Self::Power => &[0, 7],
        }
    }

    /// As in `E:min`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Maj => "maj",
            Self::Min => "min",
            Self::Dom7 => "7",
            Self::Maj7 => "maj7",
            Self::Min7 => "min7",
            Self::Sus2 => "sus2",
            Self::Sus4 => "sus4",
            Self::Dim => "dim",
            Self::Aug => "aug",
            Self::Power => "5",
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Maj => "",
            Self::Min => "m",
            Self::Min7 => "m7",
            other => other.label(),
        }
    }

    fn from_suffix(text: &str) -> Option<Self> {
        Some(match text {
            "" | "M" | "maj" | "major" | "מז'ור" | "מז׳ור" | "מג'ור" | "מג׳ור" => {
                Self::Maj
            }
            "m" | "min" | "minor" | "-" | "מינור" => Self::Min,
            "7" | "dom7" | "ספטים" | "שבע" => Self::Dom7,
            "maj7" | "M7" | "Maj7" | "major7" => Self::Maj7,
            "m7" | "min7" | "minor7" | "-7" | "מינור 7" | "מינור שבע" | "מינור ספטים" => {
                Self::Min7
            }
            "sus2" => Self::Sus2,
            "sus4" | "sus" => Self::Sus4,
            "dim" | "°" | "o" => Self::Dim,
            "aug" | "+" => Self::Aug,
            "5" => Self::Power,
            _ => return None,
        })
    }
}

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

    /// The usual Latin name: `Em`, `F#m7`, `C`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}{}", self.root, self.quality.suffix())
    }

    /// The pitch classes it holds, root first.
    pub fn pitch_classes(&self) -> impl Iterator<Item = PitchClass> + '_ {
        self.quality.intervals().iter().map(|i| self.root.transposed(i32::from(*i)))
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.root, self.quality.label())
    }
}

impl From<Chord> for String {
    fn from(chord: Chord) -> Self {
        chord.to_string()
    }
}

impl TryFrom<String> for Chord {
    type Error = TheoryError;
    fn try_from(text: String) -> Result<Self, TheoryError> {
        text.parse()
    }
}

impl FromStr for Chord {
    type Err = TheoryError;

    /// Understands `E:min`, the usual names (`Em`, `Bb`, `F#m7`) and Hebrew («מי מינור»,
    /// «פה דיאז מינור»). Spoken «סי» is read as solfège B; asking back is the tutor's work.
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        let bad = || TheoryError::Chord(text.to_owned());
        let name = text.trim();
        let (root, rest) = latin_root(name).or_else(|| hebrew_root(name)).ok_or_else(bad)?;
        let rest = rest.strip_prefix(':').unwrap_or(rest).trim();
        Quality::from_suffix(rest).map(|q| Self::new(root, q)).ok_or_else(bad)
    }
}

fn latin_root(name: &str) -> Option<(PitchClass, &str)> {
    let letter = name.chars().next().filter(char::is_ascii_uppercase)?;
    let after = &name[letter.len_utf8()..];
    let accidental = after
        .chars()
        .next()
        .filter(|c| matches!(c, '#' | 'b' | '♯' | '♭'))
        .map_or(0, char::len_utf8);
    let end = letter.len_utf8() + accidental;
    name[..end].parse().ok().map(|root| (root, &name[end..]))
}

fn hebrew_root(name: &str) -> Option<(PitchClass, &str)> {
    const NATURALS: [(&str, u8); 7] =
        [("דו", 0), ("רה", 2), ("מי", 4), ("פה", 5), ("סול", 7), ("לה", 9), ("סי", 11)];
    let (word, class) = NATURALS.iter().find(|(word, _)| {
        name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '#']))
    })?;
    let rest = name[word.len()..].trim_start();
    for (accidental, shift) in [("דיאז", 1), ("#", 1), ("במול", -1)] {
        if let Some(after) = rest.strip_prefix(accidental) {
            return Some((PitchClass(*class).transposed(shift), after));
        }
    }
    Some((PitchClass(*class), rest))
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
        for text in ["", "H", "Em9!", "מיתר", "em"] {
            assert!(text.parse::<Chord>().is_err(), "{text}");
        }
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
