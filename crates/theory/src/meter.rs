//! Metres: how many beats a bar has, which of them weigh more, how they divide. No tempo and no
//! time: that is the metronome's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::TheoryError;

/// A metre, `4/4` or `6/8`. Felt in beats: 6/8 has two, of three eighths each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Meter {
    count: u8,
    unit: u8,
}

/// How much a place in the bar weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Accent {
    /// Between the beats.
    Between,
    /// A beat.
    Beat,
    /// A beat that begins a half or a group of the bar: the third of 4/4.
    Medium,
    /// The first beat.
    Strong,
}

impl Meter {
    /// Four quarters.
    pub const COMMON: Self = Self { count: 4, unit: 4 };

    /// Three quarters.
    pub const WALTZ: Self = Self { count: 3, unit: 4 };

    /// Six eighths.
    pub const SIX_EIGHT: Self = Self { count: 6, unit: 8 };

    /// # Errors
    /// [`TheoryError::Meter`] for no beats, more than 16, or a unit that is no note value.
    pub fn new(count: u8, unit: u8) -> Result<Self, TheoryError> {
        if (1..=16).contains(&count) && matches!(unit, 1 | 2 | 4 | 8 | 16) {
            Ok(Self { count, unit })
        } else {
            Err(TheoryError::Meter(format!("{count}/{unit}")))
        }
    }

    /// The upper number.
    #[must_use]
    pub fn count(&self) -> u8 {
        self.count
    }

    /// The lower number.
    #[must_use]
    pub fn unit(&self) -> u8 {
        self.unit
    }

    /// Whether its beats divide by three: 6/8, 9/8, 12/8, 6/4.
    #[must_use]
    pub fn is_compound(&self) -> bool {
        self.count > 3 && self.count.is_multiple_of(3)
    }

    /// Units of the lower number in each beat, the first beat first: `[1; 4]` for 4/4, `[3, 3]` for
    /// 6/8, `[2, 2, 3]` for 7/8.
    #[must_use]
    pub fn beats(&self) -> Vec<u8> {
        match (self.count, self.unit) {
            _ if self.is_compound() => vec![3; usize::from(self.count / 3)],
            // Odd eighths go in twos with a three at the end; 3/8 is one beat.
            (3, 8..) => vec![3],
            (5 | 7 | 11 | 13, 8..) => {
                let mut beats = vec![2; usize::from((self.count - 3) / 2)];
                beats.push(3);
                beats
            }
            _ => vec![1; usize::from(self.count)],
        }
    }

    /// Quarters in a bar.
    #[must_use]
    pub fn quarters(&self) -> f32 {
        f32::from(self.count) * 4.0 / f32::from(self.unit)
    }

    /// The weight of every place of a bar whose units are divided by `division` (4/4 in eighths: 2,
    /// eight places).
    #[must_use]
    pub fn accents(&self, division: u8) -> Vec<Accent> {
        let beats = self.beats();
        let strong = self.medium_every(beats.len());
        let mut accents = Vec::new();
        for (beat, units) in beats.iter().enumerate() {
            accents.push(match beat {
                0 => Accent::Strong,
                beat if beat % strong == 0 => Accent::Medium,
                _ => Accent::Beat,
            });
            let between = usize::from(*units) * usize::from(division.max(1)) - 1;
            accents.extend(std::iter::repeat_n(Accent::Between, between));
        }
        accents
    }

    /// Beats between medium accents: bars of an even number of four and more beats have halves.
    fn medium_every(&self, beats: usize) -> usize {
        if beats >= 4 && beats.is_multiple_of(2) { beats / 2 } else { usize::MAX }
    }

    /// How a teacher counts a bar in eighths: «אחת ו שתיים ו…»; compound bars every eighth. In
    /// the feminine, as one counts.
    #[must_use]
    pub fn counted(&self) -> Vec<&'static str> {
        const NUMBERS: [&str; 16] = [
            "אחת",
            "שתיים",
            "שלוש",
            "ארבע",
            "חמש",
            "שש",
            "שבע",
            "שמונה",
            "תשע",
            "עשר",
            "אחת עשרה",
            "שתים עשרה",
            "שלוש עשרה",
            "ארבע עשרה",
            "חמש עשרה",
            "שש עשרה",
        ];
        let numbers = NUMBERS.iter().take(usize::from(self.count)).copied();
        match self.unit {
            8.. => numbers.collect(),
            _ => numbers.flat_map(|number| [number, "ו"]).collect(),
        }
    }
}

impl fmt::Display for Meter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.count, self.unit)
    }
}

impl FromStr for Meter {
    type Err = TheoryError;

    /// `3/4`; `C` for common time.
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        let bad = || TheoryError::Meter(text.to_owned());
        if text.trim() == "C" {
            return Ok(Self::COMMON);
        }
        let (count, unit) = text.trim().split_once('/').ok_or_else(bad)?;
        let number = |text: &str| text.trim().parse::<u8>().map_err(|_| bad());
        Self::new(number(count)?, number(unit)?).map_err(|_| bad())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beats(text: &str) -> Vec<u8> {
        text.parse::<Meter>().unwrap().beats()
    }

    #[test]
    fn beats_of_a_bar() {
        assert_eq!(beats("4/4"), [1; 4]);
        assert_eq!(beats("3/4"), [1; 3]);
        assert_eq!(beats("6/8"), [3, 3]);
        assert_eq!(beats("12/8"), [3; 4]);
        assert_eq!(beats("7/8"), [2, 2, 3]);
        assert_eq!(beats("2/2"), [1, 1]);
        for text in ["", "4", "0/4", "4/3", "17/4", "4/4/4", "a/b"] {
            assert!(text.parse::<Meter>().is_err(), "{text}");
        }
    }

    #[test]
    fn accents_of_a_bar() {
        use Accent::{Beat, Between, Medium, Strong};
        let accents = Meter::COMMON.accents(2);
        assert_eq!(accents, [Strong, Between, Beat, Between, Medium, Between, Beat, Between]);
        let six_eight: Meter = "6/8".parse().unwrap();
        assert_eq!(six_eight.accents(1), [Strong, Between, Between, Beat, Between, Between]);
        for meter in ["2/4", "3/4", "4/4", "5/4", "6/8", "7/8", "9/8", "12/8"] {
            let meter: Meter = meter.parse().unwrap();
            assert_eq!(meter.accents(2).len(), 2 * usize::from(meter.count()), "{meter}");
        }
    }

    #[test]
    fn counted_aloud() {
        assert_eq!("3/4".parse::<Meter>().unwrap().counted().join(" "), "אחת ו שתיים ו שלוש ו");
        assert_eq!("6/8".parse::<Meter>().unwrap().counted().len(), 6);
    }
}
