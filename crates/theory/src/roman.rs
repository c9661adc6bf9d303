//! Roman numerals: a chord by its place in a key. `V7`, `bVII`, `ii65`, `viiø7`, `V7/ii`. Written as
//! in textbooks: small letters for a minor third, figures for inversions; a seventh is what it says
//! (`I7` is dominant, as in the blues, `Imaj7` is not).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{ChordSymbol, Interval, Key, Mode, Note, Quality, TheoryError};

/// A chord by its place in a key. In minor, small vi and vii stand on the raised degrees (vii° of
/// A minor is G♯), large ones on those of the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Roman {
    /// 1 to 7.
    pub degree: u8,
    /// Sharps (negative: flats) written before the numeral.
    pub accidental: i8,
    /// The chord's quality.
    pub quality: Quality,
    /// 0 with the root in the bass.
    pub inversion: u8,
    /// The chord that it leads to, whose key it is read in.
    pub of: Option<Target>,
}

/// What stands after the slash: a degree taken for a tonic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// 2 to 7.
    pub degree: u8,
    /// Sharps (negative: flats) written before the numeral.
    pub accidental: i8,
    /// Major or minor.
    pub mode: Mode,
}

const NUMERALS: [&str; 7] = ["I", "II", "III", "IV", "V", "VI", "VII"];

impl Roman {
    /// The place of a chord in a key; none over a bass that is no chord tone, and for inversions
    /// that have no figures (of ninths, sixths, suspended chords).
    #[must_use]
    pub fn of(symbol: &ChordSymbol, key: &Key) -> Option<Self> {
        let inversion = symbol.inversion()? as u8;
        if inversion > 0 && figures(symbol.quality).is_none() {
            return None;
        }
        let (degree, accidental) = place(symbol.root, symbol.quality.is_minor(), key);
        Some(Self { degree, accidental, quality: symbol.quality, inversion, of: None })
    }

    /// The chord read as leading to another one of the key: `V7/ii` for A7 in G; none if it does
    /// not, or belongs to the key itself.
    #[must_use]
    pub fn leading(symbol: &ChordSymbol, key: &Key) -> Option<Self> {
        let home = key.scale();
        if symbol.notes().all(|note| home.degree(note).is_some()) {
            return None;
        }
        let to_target = match symbol.quality {
            Quality::Maj | Quality::Dom7 => -Interval::PERFECT_FIFTH,
            Quality::Dim | Quality::Dim7 | Quality::HalfDim => Interval::MINOR_SECOND,
            _ => return None,
        };
        let root = symbol.root.up(to_target);
        let triads = key.triads();
        let led = triads.iter().find(|triad| triad.root == root && triad.root != key.tonic)?;
        let mode = match led.quality {
            Quality::Maj => Mode::Major,
            Quality::Min => Mode::Minor,
            _ => return None,
        };
        let (degree, accidental) = place(root, Some(mode == Mode::Minor), key);
        let of = Some(Target { degree, accidental, mode });
        Self::of(symbol, &Key::new(root, mode)).map(|roman| Self { of, ..roman })
    }

    /// The chord it is in `key`.
    #[must_use]
    pub fn chord(&self, key: &Key) -> ChordSymbol {
        let key = match self.of {
            Some(target) => {
                let minor = Some(target.mode == Mode::Minor);
                Key::new(root(target.degree, target.accidental, minor, key), target.mode)
            }
            None => *key,
        };
        let root = root(self.degree, self.accidental, self.quality.is_minor(), &key);
        let symbol = ChordSymbol::new(root, self.quality);
        let bass = symbol.notes().nth(usize::from(self.inversion));
        bass.map_or(symbol, |bass| symbol.over(bass))
    }
}

/// Degree and written accidental of a root.
fn place(root: Note, minor: Option<bool>, key: &Key) -> (u8, i8) {
    let degree = Interval::between(key.tonic, root).number() as u8;
    let own = scale_note(degree, key);
    (degree, root.accidental - own.accidental - raised(degree, minor, key))
}

fn root(degree: u8, accidental: i8, minor: Option<bool>, key: &Key) -> Note {
    let own = scale_note(degree, key);
    Note::new(own.letter, own.accidental + accidental + raised(degree, minor, key))
}

fn scale_note(degree: u8, key: &Key) -> Note {
    let place = usize::from(degree.saturating_sub(1));
    key.scale().notes().get(place).copied().unwrap_or(key.tonic)
}

/// Small vi and vii of a minor key stand a semitone above the signature.
fn raised(degree: u8, minor: Option<bool>, key: &Key) -> i8 {
    i8::from(key.mode == Mode::Minor && degree >= 6 && minor == Some(true))
}

/// Figures of the inversions of triads and seventh chords.
fn figures(quality: Quality) -> Option<&'static [&'static str]> {
    match quality {
        Quality::Maj | Quality::Min | Quality::Dim | Quality::Aug => Some(&["", "6", "64"]),
        Quality::Dom7
        | Quality::Min7
        | Quality::Maj7
        | Quality::MinMaj7
        | Quality::HalfDim
        | Quality::Dim7
        | Quality::Dom7Sharp5
        | Quality::Maj7Sharp5 => Some(&["7", "65", "43", "42"]),
        _ => None,
    }
}

/// What is written after the numeral.
fn suffix(quality: Quality, inversion: u8) -> Option<String> {
    let kind = match quality {
        Quality::Maj | Quality::Min | Quality::Dom7 | Quality::Min7 => "",
        Quality::Dim | Quality::Dim7 => "°",
        Quality::HalfDim => "ø",
        Quality::Aug => "+",
        Quality::Dom7Sharp5 => "+",
        Quality::Maj7Sharp5 => "+maj",
        Quality::Maj7 | Quality::MinMaj7 => "maj",
        Quality::Maj6 | Quality::Min6 => "add6",
        other => {
            let plain = other.suffix();
            let plain = if other.is_minor() == Some(true) { &plain[1..] } else { plain };
            return (inversion == 0).then(|| plain.to_owned());
        }
    };
    match figures(quality) {
        Some(figures) => Some(format!("{kind}{}", figures.get(usize::from(inversion))?)),
        None => (inversion == 0).then(|| kind.to_owned()),
    }
}

fn signs(accidental: i8) -> String {
    let sign = if accidental < 0 { "b" } else { "#" };
    sign.repeat(usize::from(accidental.unsigned_abs()))
}

fn numeral(degree: u8, minor: bool) -> String {
    let large = NUMERALS[usize::from(degree.clamp(1, 7) - 1)];
    if minor { large.to_lowercase() } else { large.to_owned() }
}

impl fmt::Display for Roman {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let small = self.quality.is_minor() == Some(true);
        let suffix = suffix(self.quality, self.inversion).unwrap_or_default();
        write!(f, "{}{}{suffix}", signs(self.accidental), numeral(self.degree, small))?;
        match self.of {
            None => Ok(()),
            Some(Target { degree, accidental, mode }) => {
                write!(f, "/{}{}", signs(accidental), numeral(degree, mode == Mode::Minor))
            }
        }
    }
}

/// Accidental, degree and whether the letters are small, and what follows.
fn split(text: &str) -> Option<(i8, u8, bool, &str)> {
    let unsigned = text.trim_start_matches(['#', '♯', 'b', '♭']);
    let signs = text[..text.len() - unsigned.len()].chars();
    let accidental = signs.map(|sign| if matches!(sign, '#' | '♯') { 1 } else { -1 }).sum();
    let small = unsigned.starts_with(['i', 'v']);
    let letters = unsigned.trim_start_matches(if small { ['i', 'v'] } else { ['I', 'V'] });
    let length = unsigned.len() - letters.len();
    let name = unsigned[..length].to_uppercase();
    let place = NUMERALS.iter().position(|numeral| *numeral == name)?;
    Some((accidental, place as u8 + 1, small, letters))
}

impl FromStr for Roman {
    type Err = TheoryError;

    fn from_str(text: &str) -> Result<Self, TheoryError> {
        let bad = || TheoryError::Roman(text.to_owned());
        let (upper, target) = match text.trim().split_once('/') {
            Some((upper, target)) => (upper, Some(target)),
            None => (text.trim(), None),
        };
        let (accidental, degree, small, rest) = split(upper).ok_or_else(bad)?;
        let wanted = plain(rest);
        let dim = wanted.starts_with(['°', 'ø']);
        let fits = |quality: &Quality| (quality.is_minor() == Some(true)) == (small || dim);
        let (quality, inversion) = Quality::ALL
            .into_iter()
            .filter(fits)
            .flat_map(|quality| (0..4).map(move |inversion| (quality, inversion)))
            .find(|(quality, inversion)| suffix(*quality, *inversion).as_ref() == Some(&wanted))
            .ok_or_else(bad)?;
        let of = match target.map(split) {
            None => None,
            Some(Some((accidental, degree, small, ""))) => {
                let mode = if small { Mode::Minor } else { Mode::Major };
                Some(Target { degree, accidental, mode })
            }
            Some(_) => return Err(bad()),
        };
        Ok(Self { degree, accidental, quality, inversion, of })
    }
}

fn plain(suffix: &str) -> String {
    let suffix = suffix.replace("M", "maj").replace("dim", "°").replace("aug", "+");
    match suffix.strip_prefix('o') {
        Some(rest) => format!("°{rest}"),
        None if suffix == "ø" => "ø7".to_owned(),
        None if suffix == "2" => "42".to_owned(),
        None => suffix,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chord(roman: &str, key: &str) -> String {
        roman.parse::<Roman>().unwrap().chord(&key.parse().unwrap()).to_string()
    }

    fn roman(chord: &str, key: &str) -> String {
        Roman::of(&chord.parse().unwrap(), &key.parse().unwrap()).unwrap().to_string()
    }

    #[test]
    fn there_and_back() {
        for (numeral, key, name) in [
            ("I", "G", "G"),
            ("vi", "G", "Em"),
            ("V7", "G", "D7"),
            ("V65", "G", "D7/F#"),
            ("I6", "C", "C/E"),
            ("I64", "C", "C/G"),
            ("bVII", "G", "F"),
            ("IVmaj7", "C", "Fmaj7"),
            ("vii°", "Am", "G#dim"),
            ("VII", "Am", "G"),
            ("bvii", "Am", "Gm"),
            ("iiø7", "Am", "Bm7b5"),
            ("ivadd6", "Em", "Am6"),
            ("Vsus4", "D", "Asus4"),
            ("V7b9", "Am", "E7b9"),
            ("iiadd9", "C", "Dmadd9"),
        ] {
            assert_eq!(chord(numeral, key), name, "{numeral} in {key}");
            assert_eq!(roman(name, key), numeral, "{name} in {key}");
        }
        assert_eq!(chord("V7/ii", "C"), "A7");
        assert_eq!(chord("viio7/V", "C"), "F#dim7");
        assert_eq!(chord("V/V", "G"), "A");
        for text in ["", "H", "IIX", "Vx", "V7/", "i°maj", "V/V/V", "8"] {
            assert!(text.parse::<Roman>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_numeral_reads_back() {
        for degree in 1..=7 {
            for accidental in -1..=1 {
                for quality in Quality::ALL {
                    let last = figures(quality).map_or(1, <[&str]>::len) as u8;
                    for inversion in 0..last {
                        let roman = Roman { degree, accidental, quality, inversion, of: None };
                        assert_eq!(roman.to_string().parse(), Ok(roman), "{roman}");
                    }
                }
            }
        }
    }

    #[test]
    fn chords_that_lead() {
        let leading = |name: &str, key: &str| {
            Roman::leading(&name.parse().unwrap(), &key.parse().unwrap()).map(|r| r.to_string())
        };
        assert_eq!(leading("A7", "G").as_deref(), Some("V7/V"));
        assert_eq!(leading("E7/G#", "G").as_deref(), Some("V65/ii"));
        assert_eq!(leading("C#dim7", "C").as_deref(), Some("vii°7/ii"));
        assert_eq!(leading("D7", "G"), None);
        assert_eq!(leading("F", "G"), None);
    }
}
