//! The teacher: observations in, actions out.
//!
//! A pure, sans-IO state machine; time is an argument. It decides *what* is said, from evidence
//! and a data-driven table; nothing here listens, speaks, draws or waits.

mod action;
mod event;
mod feedback;
mod observation;
mod trouble;

pub use action::Action;
pub use event::{LessonEvent, Press, StringEvidence};
pub use feedback::{Feedback, Mark, Phrase, TipId};
pub use observation::{Command, Observation};
pub use trouble::{EngineKind, Trouble};
