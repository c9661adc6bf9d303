//! A chord as it is written over a song: spelled root, quality and, after a slash, another bass.
//! For what it sounds, whatever its spelling, see [`Chord`].

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Chord, Interval, Note, Quality, TheoryError, hebrew};

/// A chord as a songbook names it: `F#m7`, `Bb`, `D/F#`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChordSymbol {
    /// The root as spelled.
    pub root: Note,
    /// The intervals above it.
    pub quality: Quality,
    /// Another note in the bass than the root.
    pub bass: Option<Note>,
}

impl ChordSymbol {
    /// A chord with its root in the bass.
    #[must_use]
    pub const fn new(root: Note, quality: Quality) -> Self {
        Self { root, quality, bass: None }
    }

    /// The same chord over another bass; the root's own name takes the slash away.
    #[must_use]
    pub fn over(self, bass: Note) -> Self {
        Self { bass: (bass != self.root).then_some(bass), ..self }
    }

    /// What is named, without spelling and bass.
    #[must_use]
    pub fn chord(&self) -> Chord {
        Chord::new(self.root.class(), self.quality)
    }

    /// Its notes from the root upwards, each once; a bass that is no chord tone is not among them.
    pub fn notes(&self) -> impl Iterator<Item = Note> + '_ {
        self.quality.tones().iter().map(|tone| self.root.up(*tone))
    }

    /// Its notes from the bass upwards.
    #[must_use]
    pub fn notes_from_bass(&self) -> Vec<Note> {
        let mut notes: Vec<Note> = self.notes().collect();
        match (self.bass_place(), self.bass) {
            (Some(place), _) => notes.rotate_left(place),
            (None, Some(bass)) => notes.insert(0, bass),
            (None, None) => {}
        }
        notes
    }

    /// The lowest note.
    #[must_use]
    pub fn lowest(&self) -> Note {
        self.bass.unwrap_or(self.root)
    }

    /// Which tone lies in the bass, counted in thirds: 0 the root, 1 the third, 2 the fifth, 3 the
    /// seventh, 4 the ninth or second, 5 the eleventh or fourth, 6 the thirteenth or sixth; none for
    /// a bass that is no chord tone. The bass may be spelled otherwise (E♭ for D♯).
    #[must_use]
    pub fn inversion(&self) -> Option<usize> {
        let tone = self.quality.tones()[self.bass_place()?];
        let steps = tone.simple().steps();
        // An even number of steps is a stack of thirds; an odd one an octave higher is, too.
        Some(if steps % 2 == 0 { steps / 2 } else { (steps + 7) / 2 } as usize)
    }

    /// Where the bass stands among the tones.
    fn bass_place(&self) -> Option<usize> {
        let lowest = self.lowest();
        self.notes()
            .position(|note| note == lowest)
            .or_else(|| self.notes().position(|note| note.class() == lowest.class()))
    }

    /// The chord an interval higher, bass and all.
    #[must_use]
    pub fn transposed(&self, by: Interval) -> Self {
        Self {
            root: self.root.up(by),
            quality: self.quality,
            bass: self.bass.map(|bass| bass.up(by)),
        }
    }

    /// «מי מינור», «רה מז'ור על פה דיאז».
    #[must_use]
    pub fn hebrew(&self) -> String {
        let name = format!("{} {}", self.root.hebrew(), self.quality.hebrew());
        match self.bass {
            Some(bass) => format!("{name} על {}", bass.hebrew()),
            None => name,
        }
    }

    /// Reads a name and says what else it may mean, see [`Reading`].
    ///
    /// # Errors
    /// [`TheoryError::Chord`] where it is no chord name in Latin letters or Hebrew.
    pub fn read(text: &str) -> Result<Reading, TheoryError> {
        let name = hebrew::plain(text);
        let reading = match name.chars().next() {
            Some('A'..='G') => latin(&name).map(|symbol| Reading { symbol, or: None }),
            _ => hebrew::chord(&name),
        };
        reading.ok_or_else(|| TheoryError::Chord(text.to_owned()))
    }
}

/// A chord name understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The usual meaning.
    pub symbol: ChordSymbol,
    /// What it may mean instead: spoken «סי» is B in solfège and C to who spells with letters. Who
    /// knows the lesson or the student decides, or asks.
    pub or: Option<ChordSymbol>,
}

impl fmt::Display for ChordSymbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.root, self.quality.suffix())?;
        self.bass.map_or(Ok(()), |bass| write!(f, "/{bass}"))
    }
}

impl FromStr for ChordSymbol {
    type Err = TheoryError;

    /// The usual names (`Em`, `Bb`, `F#m7`, `D/F#`), `E:min`, and Hebrew («מי מינור», «לה ספטים»).
    /// «סי» is read as B; [`ChordSymbol::read`] tells where that is not sure.
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        Self::read(text).map(|reading| reading.symbol)
    }
}

fn latin(name: &str) -> Option<ChordSymbol> {
    let (root, rest) = Note::split(name)?;
    let (suffix, bass) = match rest.rsplit_once('/') {
        Some((suffix, bass)) if bass.trim().starts_with(|c: char| c.is_ascii_uppercase()) => {
            (suffix, Some(bass.trim().parse().ok()?))
        }
        _ => (rest, None),
    };
    let suffix = suffix.strip_prefix(':').unwrap_or(suffix);
    let symbol = ChordSymbol::new(root, Quality::from_suffix(suffix)?);
    Some(bass.map_or(symbol, |bass| symbol.over(bass)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbol(text: &str) -> ChordSymbol {
        text.parse().unwrap()
    }

    #[test]
    fn songbook_names() {
        for (text, name) in [
            ("Em", "Em"),
            ("E:min", "Em"),
            ("F♯m7", "F#m7"),
            ("Bbmaj7", "Bbmaj7"),
            ("D/F#", "D/F#"),
            ("C/C", "C"),
            ("C6/9", "C69"),
            ("C6/9/E", "C69/E"),
            ("Am7(b5)", "Am7b5"),
            ("G7sus4 / D", "G7sus4/D"),
        ] {
            assert_eq!(symbol(text).to_string(), name);
        }
        for text in ["", "H", "Em/", "C/H", "em", "C/e", "Hello", "Gmaj8", "D4", "E2"] {
            assert!(text.parse::<ChordSymbol>().is_err(), "{text}");
        }
    }

    #[test]
    fn notes_and_inversions() {
        let notes = |text: &str| -> String {
            symbol(text).notes_from_bass().iter().map(|n| format!("{n} ")).collect()
        };
        assert_eq!(notes("Ebm7"), "Eb Gb Bb Db ");
        assert_eq!(notes("C/G"), "G C E ");
        assert_eq!(notes("C/D"), "D C E G ");
        assert_eq!(symbol("C/E").inversion(), Some(1));
        assert_eq!(symbol("C/D").inversion(), None);
        assert_eq!(symbol("B/Eb").inversion(), Some(1));
    }

    #[test]
    fn transposed_with_its_bass() {
        let up = symbol("D/F#").transposed(Interval::MINOR_THIRD);
        assert_eq!(up.to_string(), "F/A");
    }
}
