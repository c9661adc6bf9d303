use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Days of the calendar in the student's own time zone, counted from 1 January 1970. `2026-11-26`
/// in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(pub i32);

impl Day {
    /// This one and `days` more; negative: before it.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Whole days from `earlier` to this one; 0 where that one is later (a clock was set back).
    #[must_use]
    pub fn since(self, earlier: Self) -> u32 {
        u32::try_from(i64::from(self.0) - i64::from(earlier.0)).unwrap_or(0)
    }

    /// A date of the Gregorian calendar; none where it has no such day.
    #[must_use]
    pub fn of(year: i32, month: u8, day: u8) -> Option<Self> {
        let last = match month {
            2 if is_leap(year) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            _ => return None,
        };
        let written = (0..=9999).contains(&year) && (1..=last).contains(&day);
        written.then(|| Self(days_from_civil(year, i32::from(month), i32::from(day))))
    }

    /// Year, month, day of the month.
    #[must_use]
    pub fn date(self) -> (i32, u8, u8) {
        civil_from_days(self.0)
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const DAYS_OF_400_YEARS: i32 = 146_097;
/// From 1 March of the year 0 to 1 January 1970.
const EPOCH: i32 = 719_468;

/// Years are counted from March, so that a leap day is the last one (H. Hinnant, «chrono-compatible
/// low-level date algorithms»).
fn days_from_civil(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * DAYS_OF_400_YEARS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH
}

fn civil_from_days(days: i32) -> (i32, u8, u8) {
    let days = days.saturating_add(EPOCH);
    let (era, of_era) = (days.div_euclid(DAYS_OF_400_YEARS), days.rem_euclid(DAYS_OF_400_YEARS));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march + 2) / 5 + 1;
    let month = if march < 10 { march + 3 } else { march - 9 };
    let year = year + era * 400 + i32::from(month <= 2);
    (year, u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A text that is no date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not a date; write 2026-11-26")]
pub struct DayError(String);

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let bad = || DayError(text.to_owned());
        let mut parts = text.splitn(3, '-');
        let mut part = |width: usize| {
            let digits = parts.next().filter(|part| part.len() == width)?;
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<u16>().ok())?
        };
        let date = (part(4), part(2), part(2));
        let (Some(year), Some(month), Some(day)) = date else { return Err(bad()) };
        let narrow = |number: u16| u8::try_from(number).unwrap_or(0);
        Self::of(i32::from(year), narrow(month), narrow(day)).ok_or_else(bad)
    }
}

impl TryFrom<String> for Day {
    type Error = DayError;

    fn try_from(text: String) -> Result<Self, DayError> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

/// A moment as the program's root read it from the clock of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// Milliseconds since 1970 in universal time.
    pub unix_ms: i64,
    /// The day it belongs to where the student is.
    pub day: Day,
}

impl Moment {
    /// A moment at a place whose clocks are `offset` seconds ahead of universal time.
    #[must_use]
    pub fn of(unix_ms: i64, offset: i32) -> Self {
        let day = (unix_ms.div_euclid(1_000) + i64::from(offset)).div_euclid(86_400);
        let bound = |end: i32| i64::from(end);
        let day = day.clamp(bound(i32::MIN), bound(i32::MAX));
        Self { unix_ms, day: Day(i32::try_from(day).unwrap_or(0)) }
    }

    /// So much later, on the same day: a session belongs to the day on which it began.
    #[must_use]
    pub fn after(self, later: std::time::Duration) -> Self {
        let ms = i64::try_from(later.as_millis()).unwrap_or(i64::MAX);
        Self { unix_ms: self.unix_ms.saturating_add(ms), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_agree() {
        for (days, text) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (11_016, "2000-02-29"),
            (20_783, "2026-11-26"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(Day(days).to_string(), text);
            assert_eq!(text.parse(), Ok(Day(days)));
        }
        for day in (-719_000..2_900_000).step_by(37) {
            let (year, month, of_month) = Day(day).date();
            assert_eq!(Day::of(year, month, of_month), Some(Day(day)));
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "2026-02-29", "2026-13-01", "2026-1-1", "2026-11-26 ", "+026-11-26", "א"]
        {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_begins_at_local_midnight() {
        let evening = 20_783 * 86_400_000 - 3_600_000;
        assert_eq!(Moment::of(evening, 0).day, Day(20_782));
        assert_eq!(Moment::of(evening, 2 * 3_600).day, Day(20_783));
        assert_eq!(Moment::of(-1, 0).day, Day(-1));
        assert_eq!(Moment::of(i64::MIN, 0).day, Day(i32::MIN));
    }

    #[test]
    fn a_clock_set_back_is_no_time() {
        assert_eq!(Day(5).since(Day(2)), 3);
        assert_eq!(Day(2).since(Day(5)), 0);
        assert_eq!(Day(i32::MAX).since(Day(i32::MIN)), u32::MAX);
    }
}
