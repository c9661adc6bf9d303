use serde::{Deserialize, Serialize};

use super::{Day, Grade, Memory, RETENTION};

/// No item stays away longer: hands forget otherwise than heads, and how is not known yet.
const LONGEST: f64 = 180.0;

/// Where an item stands, and when it should come back.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// What is remembered of it.
    pub memory: Memory,
    /// The last day it was graded.
    pub last: Day,
    /// The day it should come back.
    pub due: Day,
    /// How often it was graded.
    pub times: u32,
    /// How often it had to begin again after the first time.
    pub lapses: u32,
}

impl Review {
    /// An item graded on `day`, after what stood before.
    #[must_use]
    pub fn after(before: Option<Self>, day: Day, grade: Grade) -> Self {
        let Some(before) = before else {
            return Self::of(Memory::first(grade), day, (1, 0));
        };
        let memory = before.memory.after(day.since(before.last), grade);
        let lapses = before.lapses + u32::from(grade == Grade::Again);
        // A clock set back does not bring the item back earlier than it was practised.
        Self::of(memory, day.max(before.last), (before.times.saturating_add(1), lapses))
    }

    fn of(memory: Memory, last: Day, (times, lapses): (u32, u32)) -> Self {
        let days = memory.interval(RETENTION).round().clamp(1.0, LONGEST);
        Self { memory, last, due: last.plus(days as i32), times, lapses }
    }

    /// Whether it should come back on `today`.
    #[must_use]
    pub fn is_due(&self, today: Day) -> bool {
        self.due <= today
    }

    /// The chance that it still goes well on `today`, 0–1.
    #[must_use]
    pub fn chance(&self, today: Day) -> f64 {
        self.memory.chance(today.since(self.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_well_comes_later_and_later() {
        let mut review = Review::after(None, Day(0), Grade::Good);
        let mut waits = Vec::new();
        for _ in 0..8 {
            waits.push(review.due.since(review.last));
            review = Review::after(Some(review), review.due, Grade::Good);
        }
        assert_eq!(waits[0], 2);
        assert!(waits.is_sorted() && waits.last() == Some(&180), "{waits:?}");
        assert_eq!((review.times, review.lapses), (9, 0));
    }

    #[test]
    fn what_was_forgotten_comes_back_soon() {
        let known = Review::after(None, Day(0), Grade::Easy);
        let again = Review::after(Some(known), known.due, Grade::Again);
        assert!(again.due.since(again.last) <= 2 && again.lapses == 1, "{again:?}");
        let first = Review::after(None, Day(0), Grade::Again);
        assert_eq!((first.due, first.lapses), (Day(1), 0));
        assert!(!first.is_due(Day(0)) && first.is_due(Day(1)));
    }

    #[test]
    fn a_clock_set_back_changes_no_order() {
        let known = Review::after(None, Day(100), Grade::Good);
        let back = Review::after(Some(known), Day(50), Grade::Good);
        assert_eq!(back.last, Day(100));
        assert!(back.due > Day(100));
    }
}
