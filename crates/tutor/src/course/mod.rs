//! The path: chapters and gates, what a student has passed, what to practise today, songs.
//!
//! Pure: the day is an argument and what was measured is a list. Nothing here keeps anything, listens
//! or speaks; whether a gate is passed is computed anew from the measurements, so that a mended
//! gate or another order loses nothing.

mod chapter;
mod drill;
mod faults;
mod gates;
mod path;
mod plan;
mod report;
#[cfg(test)]
mod sentences;
pub mod song;
mod tasks;
mod words;

pub use chapter::{Chapter, Gate, Order, Step, StepKind, chapters, step, steps};
pub use drill::{Drill, DrillKind, Pass, Target, drills, lines, target};
pub use faults::{fault_words, most_common};
pub use gates::{Measurement, Rang};
pub use path::{Choices, Path, State, StepState, path};
pub use plan::{Fault, Given, Plan, task, today};
pub use report::{ChangesReport, Report, StringReport, StringsReport, report};
pub use tasks::Task;
pub(crate) use words::fill_counts;
