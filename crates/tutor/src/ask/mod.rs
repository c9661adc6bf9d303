//! Free questions in Hebrew, without a model: what is asked, and an answer that is true.
//!
//! A question is matched against the known ones (`faq`) by meaning; where an event is at hand and
//! the question is about it, the diagnosis answers. What is not known is said to be not known.
//! Nothing here listens, remembers or invents.

mod answer;
mod chords;
mod commands;
mod denial;
mod difference;
mod evidence;
mod faq;
mod features;
mod fill;
mod intent;
mod learn;
mod model;
mod named;
mod noise;
mod note;
mod numbers;
mod placement;
mod recognise;
mod render;
mod slots;
pub(crate) mod text;
mod title;
mod trial;
mod understand;
mod vocabulary;
mod ways;

use thiserror::Error;

pub use answer::{Answer, ask};
pub use commands::learnt_commands;
pub use evidence::Around;
pub use intent::Intent;
pub(crate) use numbers::spelled;
pub use recognise::{Trial, cross_validated, learnt_questions};
pub use trial::{CommandTrial, commands_cross_validated};
pub use understand::{Understood, understand};

/// Why a question has no answer at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum QuestionError {
    /// Nothing is written.
    #[error("there is nothing in this text; write a question in Hebrew")]
    Empty,
}
