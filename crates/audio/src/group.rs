//! When a strum under way is looked at: early where all is plain, in time, and once more before a
//! string at its end is accused. It hears and judges nothing.

use crate::conclude::Limit;
use crate::judge::Span;
use crate::resample::RATE;

/// From the last rise of a strum to its verdict.
const SETTLES: u64 = RATE as u64 * 30 / 100;
/// From the first and from the last rise to an early look, whichever is later: what is right
/// beyond doubt by then is said at once.
const EARLY: u64 = SETTLES;
const EARLY_AFTER_LAST: u64 = RATE as u64 * 20 / 100;
/// An early look that saves less than this is left out.
const WORTHWHILE: u64 = RATE as u64 * 3 / 100;
/// From the first rise to the last look before a string at the end of the strum is accused, at
/// least: strings of a slow strum may still come.
const LATE: u64 = RATE as u64 * 46 / 100;
/// What is looked at ends at the look and is at most this long.
const LOOK: u64 = RATE as u64 * 28 / 100;
/// From the last rise to the naming of a chord that was not asked.
const RUNG: u64 = RATE as u64 * 70 / 100;
/// After the last rise there is pick noise, which is not looked at.
const ATTACK: u64 = RATE as u64 * 20 / 1000;

/// Rises that belong to one strum, in sample indices.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group {
    pub(crate) first: u64,
    pub(crate) last: u64,
    /// Whether an early look was not enough.
    pub(crate) looked_at: bool,
    /// The last faint rise, if any: the last strings of a slow strum may rise so.
    pub(crate) faint: u64,
    /// Whether an accusation waits for a last look after it, and what limited the look before.
    pub(crate) accusing: bool,
    pub(crate) limit: Limit,
    /// End of what an unasked strum is judged by, once that is known: its chord is heard longer.
    pub(crate) opened: Option<u64>,
}

impl Group {
    /// A strum that rose first at `at`, from `first` on.
    pub(crate) fn of(first: u64, at: u64) -> Self {
        let (looked_at, accusing, limit, opened) = (false, false, None, None);
        Self { first, last: at, looked_at, faint: 0, accusing, limit, opened }
    }

    /// Whether its last string has rung for long enough at `end`.
    pub(crate) fn has_settled(self, end: u64) -> bool {
        let end = self.opened.unwrap_or(end);
        end >= self.last + SETTLES
    }

    /// When it is judged.
    pub(crate) fn due(self) -> u64 {
        if self.accusing {
            (self.last.max(self.faint) + SETTLES).max(self.first + LATE)
        } else if self.opened.is_some() {
            self.last + RUNG
        } else {
            self.last + SETTLES
        }
    }

    pub(crate) fn span(self, end: u64) -> Span {
        let (rang, end) = (end, self.opened.unwrap_or(end));
        let struck = (self.last + ATTACK).min(end);
        Span { first: self.first, struck, from: struck.max(end.saturating_sub(LOOK)), end, rang }
    }

    /// When it is looked at early, if that is worth it.
    pub(crate) fn early(self) -> Option<u64> {
        let early = (self.first + EARLY).max(self.last + EARLY_AFTER_LAST);
        (!self.looked_at && early + WORTHWHILE <= self.due()).then_some(early)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 10 ms.
    const STEP: u64 = RATE as u64 / 100;

    #[test]
    fn a_fast_strum_has_one_look() {
        let group = Group::of(0, 2 * STEP);
        assert_eq!(group.early(), None);
        assert_eq!(group.due(), 2 * STEP + SETTLES);
        assert!(!group.has_settled(group.due() - 1) && group.has_settled(group.due()));
    }

    #[test]
    fn a_slow_strum_is_looked_at_early_and_once() {
        let group = Group::of(0, 10 * STEP);
        let early = group.early().unwrap();
        assert_eq!(early, (10 * STEP + EARLY_AFTER_LAST).max(EARLY));
        assert!(early < group.due());
        assert_eq!(Group { looked_at: true, ..group }.early(), None);
    }

    #[test]
    fn an_accusation_waits_for_strings_that_rise_faintly() {
        let group = Group { accusing: true, faint: 30 * STEP, ..Group::of(0, 6 * STEP) };
        assert_eq!(group.due(), 30 * STEP + SETTLES);
        let group = Group { faint: 0, ..group };
        assert_eq!(group.due(), LATE);
    }

    #[test]
    fn what_is_looked_at_begins_after_the_pick_and_is_bounded() {
        let span = Group::of(0, 10 * STEP).span(60 * STEP);
        assert_eq!((span.first, span.end), (0, 60 * STEP));
        assert_eq!(span.struck, 10 * STEP + ATTACK);
        assert_eq!(span.from, 60 * STEP - LOOK);
        let span = Group::of(0, 10 * STEP).span(11 * STEP);
        assert_eq!(span.from, 11 * STEP);
    }
}
