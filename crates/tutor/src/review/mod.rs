//! When an item should come back: a grade from what was measured, and from that a day.
//!
//! Pure: days are arguments. What is kept of a student lies behind `pipeline`'s `Journal`; which of
//! the due items are practised today is the path's choice. Motor skills are not flashcards: FSRS's
//! intervals for them are an assumption that the kept measurements are there to test.

mod day;
mod fsrs;
mod grade;
mod item;
mod schedule;
mod streak;
mod turns;

pub use day::{Day, Moment};
pub use fsrs::{Memory, RETENTION};
pub use grade::{EASY_RATE, GOOD_RATE, Grade, IN_A_ROW, TRIES, Tally, grade};
pub use item::{Item, ItemError};
pub use schedule::Review;
pub use streak::{FORGIVEN, LONG_AWAY, Streak, days_away, streak};
pub use turns::take_turns;
