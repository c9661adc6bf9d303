//! Keys: signature, the chords that live in one, and how a sound is spelled there. Which key a song
//! should be sung in lies in `easy`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{
    Chord, ChordSymbol, Interval, Note, PitchClass, Quality, Scale, ScaleKind, TheoryError, hebrew,
};

/// Major or minor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Major.
    Major,
    /// Minor, natural where not said otherwise.
    Minor,
}

/// A key. Written as its tonic chord: `G`, `Em`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key {
    /// The tonic.
    pub tonic: Note,
    /// Its mode.
    pub mode: Mode,
}

impl Key {
    /// A key of `mode` on `tonic`.
    #[must_use]
    pub const fn new(tonic: Note, mode: Mode) -> Self {
        Self { tonic, mode }
    }

    /// The key with `sharps` in its signature (negative: flats).
    #[must_use]
    pub fn with_signature(sharps: i32, mode: Mode) -> Self {
        let shift = if mode == Mode::Minor { 3 } else { 0 };
        Self { tonic: Note::at_fifths(sharps + shift), mode }
    }

    /// The 30 keys with at most seven accidentals.
    pub fn usual() -> impl Iterator<Item = Self> {
        let modes = [Mode::Major, Mode::Minor];
        modes.into_iter().flat_map(|mode| (-7..=7).map(move |n| Self::with_signature(n, mode)))
    }

    /// Sharps in the signature, flats negative; beyond ±7 only in theory.
    #[must_use]
    pub fn signature(&self) -> i32 {
        self.tonic.fifths() - if self.mode == Mode::Minor { 3 } else { 0 }
    }

    /// The altered notes of the signature in the order in which they are written.
    #[must_use]
    pub fn altered_notes(&self) -> Vec<Note> {
        match self.signature() {
            sharps @ 1.. => (6..6 + sharps).map(Note::at_fifths).collect(),
            flats => (0..-flats).map(|n| Note::at_fifths(-2 - n)).collect(),
        }
    }

    /// Its scale; natural minor for a minor key.
    #[must_use]
    pub fn scale(&self) -> Scale {
        let kind = match self.mode {
            Mode::Major => ScaleKind::Major,
            Mode::Minor => ScaleKind::Minor,
        };
        Scale::new(self.tonic, kind)
    }

    /// The key of the other mode with the same signature: G and Em.
    #[must_use]
    pub fn relative(&self) -> Self {
        match self.mode {
            Mode::Major => Self::with_signature(self.signature(), Mode::Minor),
            Mode::Minor => Self::with_signature(self.signature(), Mode::Major),
        }
    }

    /// The key of the other mode on the same tonic: E and Em.
    #[must_use]
    pub fn parallel(&self) -> Self {
        let mode = if self.mode == Mode::Major { Mode::Minor } else { Mode::Major };
        Self { mode, ..*self }
    }

    /// How a sound is written in this key: notes of the scale as they are; others as the chords
    /// that songs borrow need them (in major ♭2 ♭3 ♯4 ♭6 ♭7, in minor ♭2 3♯ ♯4 6♯ 7♯).
    #[must_use]
    pub fn spell(&self, class: PitchClass) -> Note {
        let centre = match self.mode {
            Mode::Major => self.signature(),
            Mode::Minor => self.signature() + 2,
        };
        Note::near(class, centre)
    }

    /// A chord with its root as written in this key.
    #[must_use]
    pub fn spell_chord(&self, chord: Chord) -> ChordSymbol {
        ChordSymbol::new(self.spell(chord.root), chord.quality)
    }

    /// The triads on the seven degrees, from the tonic; in minor those of the natural minor.
    #[must_use]
    pub fn triads(&self) -> [ChordSymbol; 7] {
        self.stacked([Quality::Maj, Quality::Min, Quality::Dim].as_slice())
    }

    /// The seventh chords on the seven degrees, from the tonic.
    #[must_use]
    pub fn sevenths(&self) -> [ChordSymbol; 7] {
        self.stacked([Quality::Maj7, Quality::Min7, Quality::Dom7, Quality::HalfDim].as_slice())
    }

    /// On each degree the one of `qualities` that lies in the scale.
    fn stacked(&self, qualities: &[Quality]) -> [ChordSymbol; 7] {
        let scale = self.scale();
        let mut degrees = scale.notes().into_iter();
        std::array::from_fn(|_| {
            let root = degrees.next().unwrap_or(self.tonic);
            let inside = |quality: &&Quality| {
                ChordSymbol::new(root, **quality).notes().all(|note| scale.degree(note).is_some())
            };
            let quality = qualities.iter().find(inside).copied().unwrap_or(qualities[0]);
            ChordSymbol::new(root, quality)
        })
    }

    /// The fifth-degree chord that leads home: major, with a seventh, in either mode.
    #[must_use]
    pub fn dominant(&self) -> ChordSymbol {
        ChordSymbol::new(self.tonic.up(Interval::PERFECT_FIFTH), Quality::Dom7)
    }

    /// The key `semitones` higher (negative: lower) with the fewest accidentals; sharps of two.
    #[must_use]
    pub fn moved(&self, semitones: i32) -> Self {
        let class = self.tonic.class().transposed(semitones);
        let spellings = [Note::sharp(class), Note::flat(class)];
        let keys = spellings.map(|tonic| Self { tonic, ..*self });
        if keys[1].signature().abs() < keys[0].signature().abs() { keys[1] } else { keys[0] }
    }

    /// What to transpose by to come from this key to `other`: upwards, less than an octave.
    #[must_use]
    pub fn up_to(&self, other: Self) -> Interval {
        Interval::between(self.tonic, other.tonic)
    }

    /// The key a song is most likely in, by its chords from first to last; none without chords. A
    /// chord of the key counts, its tonic at the end and at the beginning more, its dominant too.
    #[must_use]
    pub fn of_song(chords: &[ChordSymbol]) -> Option<Self> {
        let (first, last) = (chords.first()?, chords.last()?);
        let score = |key: &Self| -> i32 {
            let home = |symbol: &ChordSymbol| i32::from(key.is_home(symbol));
            let each: i32 = chords.iter().map(|symbol| key.holds(symbol)).sum();
            6 * each + 4 * chords.len().min(6) as i32 * (2 * home(last) + home(first))
                - key.signature().abs()
        };
        let scored = Self::usual().map(|key| (score(&key), key));
        scored.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, key)| key)
    }

    fn is_home(&self, symbol: &ChordSymbol) -> bool {
        let minor = symbol.quality.is_minor().unwrap_or(self.mode == Mode::Minor);
        symbol.root == self.tonic && minor == (self.mode == Mode::Minor)
    }

    /// 3 for a chord wholly of this key, 2 for one whose triad is, or the dominant of a minor key.
    fn holds(&self, symbol: &ChordSymbol) -> i32 {
        let scale = self.scale();
        let of_scale = |note: Note| scale.degree(note).is_some();
        let dominant =
            symbol.root == self.dominant().root && symbol.quality.is_minor() == Some(false);
        match symbol.notes().all(of_scale) {
            true => 3,
            false if dominant || symbol.notes().take(3).all(of_scale) => 2,
            false => 0,
        }
    }

    /// `E minor`.
    #[must_use]
    pub fn name(&self) -> String {
        self.scale().to_string()
    }

    /// «מי מינור».
    #[must_use]
    pub fn hebrew(&self) -> String {
        self.scale().hebrew()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.tonic, if self.mode == Mode::Minor { "m" } else { "" })
    }
}

impl FromStr for Key {
    type Err = TheoryError;

    /// `G`, `Em`, `E minor`, «מי מינור», «סולם סול מז'ור».
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        let plain = hebrew::plain(text);
        let name = plain.strip_prefix("סולם ").unwrap_or(&plain);
        let (tonic, mode) = hebrew::tonic(name).ok_or_else(|| TheoryError::Key(text.to_owned()))?;
        let mode = match mode.trim() {
            "" | "major" | "maj" | "מז'ור" => Mode::Major,
            "m" | "minor" | "min" | "מינור" => Mode::Minor,
            _ => return Err(TheoryError::Key(text.to_owned())),
        };
        Ok(Self { tonic, mode })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    fn song(text: &str) -> Vec<ChordSymbol> {
        text.split_whitespace().map(|name| name.parse().unwrap()).collect()
    }

    #[test]
    fn names_and_signatures() {
        assert_eq!(key("Em").signature(), 1);
        assert_eq!(key("סי במול מז'ור").signature(), -2);
        assert_eq!(key("D").altered_notes(), ["F#", "C#"].map(|n| n.parse().unwrap()));
        assert_eq!(key("F").altered_notes(), ["Bb".parse().unwrap()]);
        assert_eq!(key("G").relative(), key("E minor"));
        for key in Key::usual() {
            assert_eq!(key.to_string().parse(), Ok(key));
            assert_eq!(key.hebrew().parse(), Ok(key));
            assert_eq!(key.relative().relative(), key);
        }
        assert!("Gdim".parse::<Key>().is_err());
    }

    #[test]
    fn chords_of_a_key() {
        let names = |chords: [ChordSymbol; 7]| chords.map(|c| c.to_string()).join(" ");
        assert_eq!(names(key("G").triads()), "G Am Bm C D Em F#dim");
        assert_eq!(names(key("Am").triads()), "Am Bdim C Dm Em F G");
        assert_eq!(names(key("C").sevenths()), "Cmaj7 Dm7 Em7 Fmaj7 G7 Am7 Bm7b5");
        assert_eq!(key("Am").dominant().to_string(), "E7");
    }

    #[test]
    fn spelled_by_key() {
        let spelled = |name: &str, class: u8| key(name).spell(PitchClass(class)).to_string();
        assert_eq!(spelled("C", 10), "Bb");
        assert_eq!(spelled("C", 6), "F#");
        assert_eq!(spelled("E", 8), "G#");
        assert_eq!(spelled("Eb", 8), "Ab");
        assert_eq!(spelled("Am", 8), "G#");
        assert_eq!(spelled("Dm", 1), "C#");
        assert_eq!(spelled("Dm", 10), "Bb");
    }

    #[test]
    fn the_key_of_a_song() {
        let of = |text: &str| Key::of_song(&song(text)).map(|key| key.to_string());
        assert_eq!(of("G C D G").as_deref(), Some("G"));
        assert_eq!(of("G D Em C").as_deref(), Some("G"));
        assert_eq!(of("Am F C G Am").as_deref(), Some("Am"));
        assert_eq!(of("Am Dm E7 Am").as_deref(), Some("Am"));
        assert_eq!(of("A7 D7 A7 E7 A7").as_deref(), Some("A"));
        assert_eq!(of("Bb Eb F Bb").as_deref(), Some("Bb"));
        assert_eq!(of(""), None);
    }
}
