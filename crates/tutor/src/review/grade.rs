use serde::{Deserialize, Serialize};

/// A try that is clean must come within so many, or the item is not known yet.
pub const TRIES: u32 = 5;
/// So many clean tries in a row are sure.
pub const IN_A_ROW: u32 = 5;
/// Changes a minute from which one moves on.
pub const GOOD_RATE: f32 = 30.0;
/// Changes a minute that are the goal.
pub const EASY_RATE: f32 = 60.0;

/// How well an item went, from measurement alone: nobody is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Not clean in [`TRIES`] tries.
    Again = 1,
    /// Clean, but slow or not sure.
    Hard = 2,
    /// Clean at [`GOOD_RATE`]; without a rate, [`IN_A_ROW`] clean tries in a row.
    Good = 3,
    /// Clean at [`EASY_RATE`] and [`IN_A_ROW`] in a row.
    Easy = 4,
}

/// Tries counted as they come. A try of which nobody can tell is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Tries with a verdict.
    pub attempts: u32,
    /// Of them clean.
    pub clean: u32,
    /// The first clean one, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_clean: Option<u32>,
    /// The most clean ones in a row.
    pub in_a_row: u32,
    /// Clean ones in a row up to the last try.
    #[serde(default)]
    pub running: u32,
}

impl Tally {
    /// One more try.
    pub fn count(&mut self, clean: bool) {
        self.attempts = self.attempts.saturating_add(1);
        if !clean {
            self.running = 0;
            return;
        }
        self.clean = self.clean.saturating_add(1);
        self.running = self.running.saturating_add(1);
        self.in_a_row = self.in_a_row.max(self.running);
        self.first_clean.get_or_insert(self.attempts);
    }

    /// Whether such numbers can have been counted.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        let first = match self.first_clean {
            None => self.clean == 0,
            Some(first) => self.clean > 0 && first > 0 && first <= self.attempts,
        };
        first
            && self.clean <= self.attempts
            && self.in_a_row <= self.clean
            && (self.in_a_row > 0) == (self.clean > 0)
            && self.running <= self.in_a_row
    }
}

/// The grade of what was measured; none where too little was tried to tell. `per_minute`: changes a
/// minute, where the item has them.
#[must_use]
pub fn grade(tally: &Tally, per_minute: Option<f32>) -> Option<Grade> {
    match tally.first_clean {
        None if tally.attempts < TRIES => return None,
        None => return Some(Grade::Again),
        Some(first) if first > TRIES => return Some(Grade::Again),
        Some(_) => {}
    }
    let sure = tally.in_a_row >= IN_A_ROW;
    Some(match per_minute {
        Some(rate) if rate >= EASY_RATE && sure => Grade::Easy,
        Some(rate) if rate >= GOOD_RATE => Grade::Good,
        Some(_) => Grade::Hard,
        None if sure => Grade::Good,
        None => Grade::Hard,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(tries: &str) -> Tally {
        let mut tally = Tally::default();
        tries.chars().for_each(|sign| tally.count(sign == '+'));
        assert!(tally.is_possible(), "{tally:?}");
        tally
    }

    #[test]
    fn measurements_make_grades() {
        use Grade::{Again, Easy, Good, Hard};
        for (tries, rate, expected) in [
            ("", None, None),
            ("----", None, None),
            ("-----", None, Some(Again)),
            ("-----+++++", Some(70.0), Some(Again)),
            ("----+", None, Some(Hard)),
            ("+", Some(29.9), Some(Hard)),
            ("+", Some(30.0), Some(Good)),
            ("++++", Some(90.0), Some(Good)),
            ("+++++", Some(59.9), Some(Good)),
            ("-+++++", Some(60.0), Some(Easy)),
            ("+++++", None, Some(Good)),
            ("++++-++++", None, Some(Hard)),
        ] {
            assert_eq!(grade(&tally(tries), rate), expected, "{tries} {rate:?}");
        }
    }

    #[test]
    fn impossible_counts_are_told() {
        let good = tally("-+++-+");
        assert_eq!((good.attempts, good.clean, good.first_clean), (6, 4, Some(2)));
        assert_eq!((good.in_a_row, good.running), (3, 1));
        for bad in [
            Tally { clean: 7, ..good },
            Tally { first_clean: None, ..good },
            Tally { first_clean: Some(7), ..good },
            Tally { first_clean: Some(0), ..good },
            Tally { in_a_row: 0, running: 0, ..good },
            Tally { in_a_row: 5, ..good },
            Tally { running: 4, ..good },
        ] {
            assert!(!bad.is_possible(), "{bad:?}");
        }
    }
}
