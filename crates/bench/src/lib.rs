//! Measures the ears over takes with known truth, beside the usual methods on the same takes.
//!
//! Suites are rendered, mixed from real notes, or read from a folder of recordings; figures come
//! as tables. It fits nothing, and no part of a lesson depends on it.

mod bank;
mod chroma;
mod crepe;
mod crew;
mod endless;
mod figure;
mod index;
mod notes;
mod outcome;
mod period;
mod phrases;
mod picked;
mod pluck;
mod posterior;
mod render;
mod room;
mod singles;
mod sound;
mod strummed;
mod strums;
mod suites;
mod take;
mod unasked;
mod voicings;
mod week;
mod work;

pub use crew::WitnessMaker;
pub use endless::{EndlessLesson, Progress};
pub use figure::{Bound, Figure, Table, quantile};
pub use week::{Drawn, WeekDay, week};
pub use work::{Plan, SUITES, measure};
