//! The teacher: observations in, actions out.
//!
//! A pure, sans-IO state machine; time is an argument. It decides *what* is said, from evidence
//! and a data-driven table; nothing here listens, speaks, draws or waits.

mod action;
pub mod ask;
pub mod course;
mod diagnosis;
pub mod drill;
mod event;
mod event_check;
mod event_words;
mod feedback;
mod guide;
pub mod hebrew;
mod lesson;
mod observation;
mod policy;
pub mod review;
mod rhythm_words;
mod style;
mod trouble;
mod trouble_text;
mod tuning_words;
mod tutor;
mod watch;

pub use action::Action;
pub use diagnosis::{Manner, diagnose, diagnose_as, wordings};
pub use event::{Hand, LessonEvent, Press, StringEvidence};
pub use event_check::{EVENT_VERSION, EventError};
pub use event_words::{event_text, recording_text};
pub use feedback::{Feedback, Mark, Phrase, TipId};
pub use guide::{CheckStep, Guide, GuideState, GuideStep, TuningGuide, check_words};
pub use lesson::{Address, Guitar, Lesson, Level, NoteNames};
pub use observation::{Beat, Change, Command, Observation, Pass, Placement};
pub use rhythm_words::{beats_of, rhythm_words};
pub use style::{Fault as StyleFault, Style, StyleError};
pub use trouble::{EngineKind, SeeingProblem, Trouble, trouble_words};
pub use trouble_text::{ErrorCode, error_text};
pub use tuning_words::{intonation_words, nothing_to_tune, tuning_words};
pub use tutor::Tutor;
