use serde::Serialize;

use super::Day;

/// Free days in a row that break nothing (a weekend); one more begins a new run.
pub const FORGIVEN: u32 = 2;

/// Whoever was away for more days is welcomed back (row P07) and begins with what is easy.
pub const LONG_AWAY: u16 = 7;

/// How steadily somebody plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Streak {
    /// Days of playing among the last seven, today included.
    pub of_seven: u32,
    /// Days of playing in the run that is going on; free days are not counted.
    pub run: u32,
}

/// The streak on `today` of somebody who played on `days`, in any order. At most [`FORGIVEN`] free
/// days lie between two days of a run; today is not free before it is over.
#[must_use]
pub fn streak(days: &[Day], today: Day) -> Streak {
    let mut past: Vec<Day> = days.iter().copied().filter(|day| *day <= today).collect();
    past.sort_unstable();
    past.dedup();
    let of_seven = past.iter().filter(|day| today.since(**day) < 7).count();
    let (mut run, mut next) = (0, today);
    for day in past.iter().rev() {
        if next.since(*day) > FORGIVEN + 1 {
            break;
        }
        (run, next) = (run + 1, *day);
    }
    Streak { of_seven: u32::try_from(of_seven).unwrap_or(7), run }
}

/// Days since somebody who played on `days` played last, 0 where that was today: whoever has played
/// today never left. None before anything was played.
#[must_use]
pub fn days_away(days: &[Day], today: Day) -> Option<u16> {
    let last = days.iter().filter(|day| **day <= today).max()?;
    Some(u16::try_from(today.since(*last)).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(days: &[i32], today: i32) -> (u32, u32) {
        let days: Vec<Day> = days.iter().map(|day| Day(*day)).collect();
        let Streak { of_seven, run } = streak(&days, Day(today));
        (of_seven, run)
    }

    #[test]
    fn who_was_away_was_away_since_the_last_day() {
        let away = |days: &[i32], today: i32| {
            let days: Vec<Day> = days.iter().map(|day| Day(*day)).collect();
            days_away(&days, Day(today))
        };
        assert_eq!(away(&[], 10), None);
        assert_eq!(away(&[12], 10), None, "a clock that was put back");
        assert_eq!(away(&[3, 10, 5], 10), Some(0));
        assert_eq!(away(&[5, 3], 10), Some(5));
        assert_eq!(away(&[-90_000], 10), Some(u16::MAX));
    }

    #[test]
    fn free_days_are_forgiven() {
        assert_eq!(on(&[], 10), (0, 0));
        assert_eq!(on(&[10], 10), (1, 1));
        assert_eq!(on(&[8, 10, 10, 9], 10), (3, 3));
        assert_eq!(on(&[1, 3, 6, 9], 10), (2, 4));
        assert_eq!(on(&[1, 5, 6], 6), (3, 2), "three free days begin anew");
        assert_eq!(on(&[1, 2, 3], 6), (3, 3), "today is not over");
        assert_eq!(on(&[1, 2, 3], 7), (3, 0));
        assert_eq!(on(&[3, 4, 20], 4), (2, 2), "days to come do not count");
    }
}
