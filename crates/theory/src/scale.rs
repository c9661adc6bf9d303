//! Scales: a tonic and steps above it, spelled as they are written. What chords a key makes of its
//! scale lies in `key`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Interval, Note, PitchClass, TheoryError, hebrew};

/// The steps of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "named by what they are")]
pub enum ScaleKind {
    Major,
    /// Natural minor.
    Minor,
    HarmonicMinor,
    /// Upwards; downwards it is the natural minor.
    MelodicMinor,
    Dorian,
    Phrygian,
    Lydian,
    Mixolydian,
    Locrian,
    MajorPentatonic,
    MinorPentatonic,
    /// Minor pentatonic with a diminished fifth.
    Blues,
    /// Major pentatonic with a minor third.
    MajorBlues,
    WholeTone,
    Chromatic,
    /// Whole tone first.
    Octatonic,
    /// Fifth mode of the harmonic minor, «freygish»: at home in Israeli and klezmer songs.
    PhrygianDominant,
}

struct Row {
    kind: ScaleKind,
    name: &'static str,
    hebrew: &'static str,
    steps: &'static [Interval],
}

const fn row(
    kind: ScaleKind,
    name: &'static str,
    hebrew: &'static str,
    steps: &'static [Interval],
) -> Row {
    Row { kind, name, hebrew, steps }
}

const R: Interval = Interval::UNISON;
const B2: Interval = Interval::MINOR_SECOND;
const M2: Interval = Interval::MAJOR_SECOND;
const B3: Interval = Interval::MINOR_THIRD;
const M3: Interval = Interval::MAJOR_THIRD;
const P4: Interval = Interval::PERFECT_FOURTH;
const S4: Interval = Interval::AUGMENTED_FOURTH;
const B5: Interval = Interval::DIMINISHED_FIFTH;
const P5: Interval = Interval::PERFECT_FIFTH;
const S5: Interval = Interval::AUGMENTED_FIFTH;
const B6: Interval = Interval::MINOR_SIXTH;
const M6: Interval = Interval::MAJOR_SIXTH;
const S6: Interval = Interval::new(5, 10);
const B7: Interval = Interval::MINOR_SEVENTH;
const M7: Interval = Interval::MAJOR_SEVENTH;
const S1: Interval = Interval::new(0, 1);

/// In the order of the variants.
#[rustfmt::skip]
static ROWS: [Row; ScaleKind::ALL.len()] = [
    row(ScaleKind::Major, "major", "מז'ור", &[R, M2, M3, P4, P5, M6, M7]),
    row(ScaleKind::Minor, "minor", "מינור", &[R, M2, B3, P4, P5, B6, B7]),
    row(ScaleKind::HarmonicMinor, "harmonic minor", "מינור הרמוני", &[R, M2, B3, P4, P5, B6, M7]),
    row(ScaleKind::MelodicMinor, "melodic minor", "מינור מלודי", &[R, M2, B3, P4, P5, M6, M7]),
    row(ScaleKind::Dorian, "dorian", "דורי", &[R, M2, B3, P4, P5, M6, B7]),
    row(ScaleKind::Phrygian, "phrygian", "פריגי", &[R, B2, B3, P4, P5, B6, B7]),
    row(ScaleKind::Lydian, "lydian", "לידי", &[R, M2, M3, S4, P5, M6, M7]),
    row(ScaleKind::Mixolydian, "mixolydian", "מיקסולידי", &[R, M2, M3, P4, P5, M6, B7]),
    row(ScaleKind::Locrian, "locrian", "לוקרי", &[R, B2, B3, P4, B5, B6, B7]),
    row(ScaleKind::MajorPentatonic, "major pentatonic", "פנטטוני מז'ור", &[R, M2, M3, P5, M6]),
    row(ScaleKind::MinorPentatonic, "minor pentatonic", "פנטטוני מינור", &[R, B3, P4, P5, B7]),
    row(ScaleKind::Blues, "blues", "בלוז", &[R, B3, P4, B5, P5, B7]),
    row(ScaleKind::MajorBlues, "major blues", "בלוז מז'ור", &[R, M2, B3, M3, P5, M6]),
    row(ScaleKind::WholeTone, "whole tone", "טונים שלמים", &[R, M2, M3, S4, S5, S6]),
    row(ScaleKind::Chromatic, "chromatic", "כרומטי",
        &[R, S1, M2, B3, M3, P4, S4, P5, B6, M6, B7, M7]),
    row(ScaleKind::Octatonic, "octatonic", "אוקטטוני", &[R, M2, B3, P4, B5, B6, M6, M7]),
    row(ScaleKind::PhrygianDominant, "phrygian dominant", "פריגי דומיננטי",
        &[R, B2, M3, P4, P5, B6, B7]),
];

impl ScaleKind {
    /// Every kind.
    pub const ALL: [Self; 17] = [
        Self::Major,
        Self::Minor,
        Self::HarmonicMinor,
        Self::MelodicMinor,
        Self::Dorian,
        Self::Phrygian,
        Self::Lydian,
        Self::Mixolydian,
        Self::Locrian,
        Self::MajorPentatonic,
        Self::MinorPentatonic,
        Self::Blues,
        Self::MajorBlues,
        Self::WholeTone,
        Self::Chromatic,
        Self::Octatonic,
        Self::PhrygianDominant,
    ];

    fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// The steps above the tonic, the tonic first, the octave left out.
    #[must_use]
    pub fn steps(self) -> &'static [Interval] {
        self.row().steps
    }

    /// `harmonic minor`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// «מינור הרמוני».
    #[must_use]
    pub fn hebrew(self) -> &'static str {
        self.row().hebrew
    }

    /// By its [`Self::name`], by its Hebrew name, or by another usual one.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        let name = text.trim().to_lowercase();
        let known = |row: &&Row| row.name == name || row.hebrew == name;
        ROWS.iter().find(known).map(|row| row.kind).or_else(|| {
            Some(match name.as_str() {
                "ionian" | "maj" | "יוני" => Self::Major,
                "aeolian" | "natural minor" | "min" | "m" | "מינור טבעי" | "איאולי" => {
                    Self::Minor
                }
                "pentatonic" | "פנטטוני" | "מז'ור פנטטוני" => {
                    Self::MajorPentatonic
                }
                "מינור פנטטוני" => Self::MinorPentatonic,
                "minor blues" | "בלוז מינור" => Self::Blues,
                "diminished" => Self::Octatonic,
                "freygish" | "פרייגיש" | "אהבה רבה" => Self::PhrygianDominant,
                _ => return None,
            })
        })
    }
}

/// A scale on its tonic. Written `A minor pentatonic`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Scale {
    /// The note it begins on.
    pub tonic: Note,
    /// Its steps.
    pub kind: ScaleKind,
}

impl Scale {
    /// A scale of `kind` on `tonic`.
    #[must_use]
    pub const fn new(tonic: Note, kind: ScaleKind) -> Self {
        Self { tonic, kind }
    }

    /// Its notes upwards from the tonic, without the octave. A scale of seven letters has each once;
    /// those that have no seven are spelled without doubled accidentals, the chromatic one as its
    /// notes are usually called.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let steps = self.kind.steps();
        let spelled = || steps.iter().map(|step| self.tonic.up(*step));
        match self.kind {
            ScaleKind::WholeTone | ScaleKind::Octatonic => self.in_seconds(),
            ScaleKind::Chromatic => {
                let usual = spelled().skip(1).map(|note| Note::near(note.class(), 1));
                std::iter::once(self.tonic).chain(usual).collect()
            }
            _ => spelled().collect(),
        }
    }

    /// Each note a second above the one before.
    fn in_seconds(&self) -> Vec<Note> {
        let steps = self.kind.steps().windows(2);
        let seconds = steps.map(|pair| Interval::new(1, (pair[1] - pair[0]).semitones()));
        let mut notes = vec![self.tonic];
        let mut last = self.tonic;
        for second in seconds {
            last = last.up(second).simply_spelled();
            notes.push(last);
        }
        notes
    }

    /// Its notes downwards from the octave, as they are played: the melodic minor comes down as the
    /// natural minor.
    #[must_use]
    pub fn notes_down(&self) -> Vec<Note> {
        let down = match self.kind {
            ScaleKind::MelodicMinor => Self::new(self.tonic, ScaleKind::Minor),
            _ => *self,
        };
        let mut notes: Vec<Note> = down.notes();
        notes[1..].reverse();
        notes
    }

    /// Whether it sounds this pitch class.
    #[must_use]
    pub fn contains(&self, class: PitchClass) -> bool {
        self.notes().into_iter().any(|note| note.class() == class)
    }

    /// The degree of a note as spelled, 1 the tonic.
    #[must_use]
    pub fn degree(&self, note: Note) -> Option<usize> {
        self.notes().iter().position(|own| *own == note).map(|place| place + 1)
    }

    /// The scale an interval higher.
    #[must_use]
    pub fn transposed(&self, by: Interval) -> Self {
        Self { tonic: self.tonic.up(by), ..*self }
    }

    /// «לה מינור הרמוני».
    #[must_use]
    pub fn hebrew(&self) -> String {
        format!("{} {}", self.tonic.hebrew(), self.kind.hebrew())
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.tonic, self.kind.name())
    }
}

impl FromStr for Scale {
    type Err = TheoryError;

    /// `A minor pentatonic`, «לה מינור הרמוני», «סולם דו מז'ור»; a note alone is its major scale.
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        let bad = || TheoryError::Scale(text.to_owned());
        let plain = hebrew::plain(text);
        let name = plain.strip_prefix("סולם ").unwrap_or(&plain);
        let (tonic, kind) = hebrew::tonic(name).ok_or_else(bad)?;
        let kind = match kind.trim() {
            "" => Some(ScaleKind::Major),
            kind => ScaleKind::from_name(kind),
        };
        kind.map(|kind| Self::new(tonic, kind)).ok_or_else(bad)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(text: &str) -> String {
        let scale: Scale = text.parse().unwrap();
        scale.notes().iter().map(|note| format!("{note} ")).collect()
    }

    #[test]
    fn spelled_as_written() {
        assert_eq!(notes("Eb major"), "Eb F G Ab Bb C D ");
        assert_eq!(notes("לה מינור הרמוני"), "A B C D E F G# ");
        assert_eq!(notes("סולם סול"), "G A B C D E F# ");
        assert_eq!(notes("E blues"), "E G A Bb B D ");
        let melodic: Scale = "A melodic minor".parse().unwrap();
        let down: String = melodic.notes_down().iter().map(ToString::to_string).collect();
        assert_eq!(down, "AGFEDCB");
        for text in ["", "H major", "C foo", "מה"] {
            assert!(text.parse::<Scale>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_name_reads_back() {
        for (kind, row) in ScaleKind::ALL.into_iter().zip(&ROWS) {
            assert_eq!(row.kind, kind);
            for tonic in Note::simple() {
                let scale = Scale::new(tonic, kind);
                assert_eq!(scale.to_string().parse(), Ok(scale));
                assert_eq!(scale.hebrew().parse(), Ok(scale));
            }
        }
    }
}
