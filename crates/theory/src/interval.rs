//! Distances between spelled notes: a diminished fifth and an augmented fourth sound alike and are
//! two intervals. Intervals add and can be turned round; they know no octave of their own.

use std::fmt;
use std::ops::{Add, Neg, Sub};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Note, TheoryError, hebrew};

/// A distance in letters and in semitones, upwards if positive. Written `m3`, `P5`, `A4`, `M9`,
/// downwards `-M2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Interval {
    steps: i32,
    semitones: i32,
}

/// Semitones of the perfect and major intervals from the unison to the seventh.
const NATURAL: [i32; 7] = [0, 2, 4, 5, 7, 9, 11];

#[allow(missing_docs, reason = "named by what they are")]
impl Interval {
    pub const UNISON: Self = Self::new(0, 0);
    pub const MINOR_SECOND: Self = Self::new(1, 1);
    pub const MAJOR_SECOND: Self = Self::new(1, 2);
    pub const AUGMENTED_SECOND: Self = Self::new(1, 3);
    pub const MINOR_THIRD: Self = Self::new(2, 3);
    pub const MAJOR_THIRD: Self = Self::new(2, 4);
    pub const DIMINISHED_FOURTH: Self = Self::new(3, 4);
    pub const PERFECT_FOURTH: Self = Self::new(3, 5);
    pub const AUGMENTED_FOURTH: Self = Self::new(3, 6);
    pub const DIMINISHED_FIFTH: Self = Self::new(4, 6);
    pub const PERFECT_FIFTH: Self = Self::new(4, 7);
    pub const AUGMENTED_FIFTH: Self = Self::new(4, 8);
    pub const MINOR_SIXTH: Self = Self::new(5, 8);
    pub const MAJOR_SIXTH: Self = Self::new(5, 9);
    pub const DIMINISHED_SEVENTH: Self = Self::new(6, 9);
    pub const MINOR_SEVENTH: Self = Self::new(6, 10);
    pub const MAJOR_SEVENTH: Self = Self::new(6, 11);
    pub const OCTAVE: Self = Self::new(7, 12);
    pub const MINOR_NINTH: Self = Self::new(8, 13);
    pub const MAJOR_NINTH: Self = Self::new(8, 14);
    pub const AUGMENTED_NINTH: Self = Self::new(8, 15);
    pub const PERFECT_ELEVENTH: Self = Self::new(10, 17);
    pub const AUGMENTED_ELEVENTH: Self = Self::new(10, 18);
    pub const MAJOR_THIRTEENTH: Self = Self::new(12, 21);
}

impl Interval {
    /// From letters moved (a third: 2) and semitones.
    #[must_use]
    pub const fn new(steps: i32, semitones: i32) -> Self {
        Self { steps, semitones }
    }

    /// Letters moved: 2 for a third, −2 for a third downwards.
    #[must_use]
    pub const fn steps(self) -> i32 {
        self.steps
    }

    /// Semitones moved.
    #[must_use]
    pub const fn semitones(self) -> i32 {
        self.semitones
    }

    /// From one note up to the next of that spelling, less than an octave of letters.
    #[must_use]
    pub fn between(from: Note, to: Note) -> Self {
        let steps = (to.letter as i32 - from.letter as i32).rem_euclid(7);
        let natural =
            (i32::from(to.letter.semitones()) - i32::from(from.letter.semitones())).rem_euclid(12);
        let altered = i32::from(to.accidental) - i32::from(from.accidental);
        Self { steps, semitones: natural + altered }
    }

    /// 1 for a unison, 3 for a third, 9 for a ninth, whichever way it goes.
    #[must_use]
    pub fn number(self) -> u32 {
        self.steps.unsigned_abs() + 1
    }

    /// Within the octave: a ninth becomes a second; a fourth downwards the fifth above it.
    #[must_use]
    pub fn simple(self) -> Self {
        let octaves = self.steps.div_euclid(7);
        Self { steps: self.steps - 7 * octaves, semitones: self.semitones - 12 * octaves }
    }

    /// What completes it to an octave: a third becomes a sixth, a unison an octave.
    #[must_use]
    pub fn inverted(self) -> Self {
        Self::OCTAVE - self.simple()
    }

    /// How far it is widened (positive) or narrowed against the major or perfect interval.
    fn altered(self) -> i32 {
        let octaves = self.steps.div_euclid(7);
        self.semitones - NATURAL[self.steps.rem_euclid(7) as usize] - 12 * octaves
    }

    /// Whether unisons, fourths, fifths and octaves are its kin: perfect, never major or minor.
    fn perfect(self) -> bool {
        matches!(self.steps.rem_euclid(7), 0 | 3 | 4)
    }

    /// The same distance upwards.
    fn upwards(self) -> Self {
        if self.steps < 0 { -self } else { self }
    }

    /// «טרצה קטנה», «קווינטה זכה», «קוורטה מוגדלת»; the direction is not told.
    #[must_use]
    pub fn hebrew(self) -> String {
        const NUMBERS: [&str; 13] = [
            "פרימה",
            "סקונדה",
            "טרצה",
            "קוורטה",
            "קווינטה",
            "סקסטה",
            "ספטימה",
            "אוקטבה",
            "נונה",
            "דצימה",
            "אונדצימה",
            "דואודצימה",
            "טרצדצימה",
        ];
        let up = self.upwards();
        if up.steps >= NUMBERS.len() as i32 {
            let octaves = up.steps / 7;
            let rest = up - Self::new(7 * octaves, 12 * octaves);
            return format!("{} ועוד {octaves} אוקטבות", rest.hebrew());
        }
        let (kind, times) = up.kind();
        let kind = match kind {
            'P' => "זכה",
            'M' => "גדולה",
            'm' => "קטנה",
            'A' => "מוגדלת",
            _ => "מוקטנת",
        };
        let number = NUMBERS[up.steps as usize];
        match times {
            0 | 1 => format!("{number} {kind}"),
            2 => format!("{number} {kind} פעמיים"),
            more => format!("{number} {kind} {more} פעמים"),
        }
    }

    /// By its [`Self::hebrew`] name.
    fn from_hebrew(text: &str) -> Option<Self> {
        let name = hebrew::plain(text);
        let altered = |steps: i32| {
            let plain = Self::new(steps, 0);
            (-3..=2).map(move |by| Self::new(steps, by - plain.altered()))
        };
        (0..=12).flat_map(altered).find(|interval| interval.hebrew() == name)
    }

    /// `P`, `M`, `m`, `A` or `d`, and how many times (`AA`).
    fn kind(self) -> (char, usize) {
        let altered = self.altered();
        match (self.perfect(), altered) {
            (true, 0) => ('P', 1),
            (false, 0) => ('M', 1),
            (false, -1) => ('m', 1),
            (_, 1..) => ('A', altered as usize),
            (true, _) => ('d', altered.unsigned_abs() as usize),
            (false, _) => ('d', altered.unsigned_abs() as usize - 1),
        }
    }
}

impl Add for Interval {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { steps: self.steps + other.steps, semitones: self.semitones + other.semitones }
    }
}

impl Neg for Interval {
    type Output = Self;
    fn neg(self) -> Self {
        Self { steps: -self.steps, semitones: -self.semitones }
    }
}

impl Sub for Interval {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let up = self.upwards();
        let sign = if up == *self { "" } else { "-" };
        let (kind, times) = up.kind();
        let kind = String::from(kind).repeat(times);
        write!(f, "{sign}{kind}{}", up.number())
    }
}

impl FromStr for Interval {
    type Err = TheoryError;

    /// `m3`, `P5`, `AA4`, `-M2`, numbers up to 22 (three octaves); «טרצה קטנה», up to a thirteenth.
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        let bad = || TheoryError::Interval(text.to_owned());
        if text.contains(|c: char| ('א'..='ת').contains(&c)) {
            return Self::from_hebrew(text).ok_or_else(bad);
        }
        let (down, name) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let split = name.find(|c: char| c.is_ascii_digit()).ok_or_else(bad)?;
        let (kind, number) = name.split_at(split);
        let number: i32 = number.parse().ok().filter(|n| (1..=22).contains(n)).ok_or_else(bad)?;
        let mut interval = Self::new(number - 1, 0);
        interval.semitones -= interval.altered();
        let first = kind.chars().next().ok_or_else(bad)?;
        let times = kind.chars().filter(|c| *c == first).count() as i32;
        let alike = times as usize == kind.len() && times <= 4;
        interval.semitones += match (first, interval.perfect()) {
            _ if !alike => return Err(bad()),
            ('P', true) | ('M', false) if times == 1 => 0,
            ('m', false) if times == 1 => -1,
            ('A', _) => times,
            ('d', true) => -times,
            ('d', false) => -times - 1,
            _ => return Err(bad()),
        };
        Ok(if down { -interval } else { interval })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for name in ["P1", "m2", "M2", "A2", "d4", "A4", "d5", "dd5", "M7", "P8", "A9", "-M2"] {
            assert_eq!(name.parse::<Interval>().unwrap().to_string(), name);
        }
        for name in ["", "P3", "M5", "m0", "Mm3", "MM3", "3", "P23", "x4", "-"] {
            assert!(name.parse::<Interval>().is_err(), "{name}");
        }
    }

    #[test]
    fn between_notes() {
        let between = |a: &str, b: &str| {
            Interval::between(a.parse().unwrap(), b.parse().unwrap()).to_string()
        };
        assert_eq!(between("C", "E"), "M3");
        assert_eq!(between("E", "C"), "m6");
        assert_eq!(between("B", "F"), "d5");
        assert_eq!(between("F", "B"), "A4");
        assert_eq!(between("C#", "C"), "d1");
        assert_eq!(Interval::MAJOR_THIRD.inverted(), Interval::MINOR_SIXTH);
        assert_eq!((-Interval::PERFECT_FOURTH).simple(), Interval::PERFECT_FIFTH);
    }

    #[test]
    fn hebrew_names() {
        let name = |text: &str| text.parse::<Interval>().unwrap().hebrew();
        assert_eq!(name("m3"), "טרצה קטנה");
        assert_eq!(name("P5"), "קווינטה זכה");
        assert_eq!(name("dd7"), "ספטימה מוקטנת פעמיים");
        for text in ["P1", "m3", "A4", "d5", "M7", "P8", "m9", "P11", "M13"] {
            let interval: Interval = text.parse().unwrap();
            assert_eq!(interval.hebrew().parse(), Ok(interval));
        }
        assert_eq!(name("M16"), "סקונדה גדולה ועוד 2 אוקטבות");
    }
}
