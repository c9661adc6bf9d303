//! What a lesson shows, and to whom.

use audio::{Check, Envelope, Onset, Strum};
use theory::Chord;
use tutor::drill::{Practice, Progress};
use tutor::{Feedback, LessonEvent, Trouble};

use crate::journal::JournalError;
use crate::ports::PortError;

/// Who watches a lesson. Called from several threads; must not block.
pub trait Screen: Send + Sync {
    /// Something to show.
    fn show(&self, update: Update);
}

/// Something to show.
#[derive(Debug, Clone, PartialEq)]
pub enum Update {
    /// Where the lesson stands.
    Status(Status),
    /// Levels, about 20 a second.
    Envelope(Envelope),
    /// Sound began.
    Onset(Onset),
    /// A strum was judged.
    Strum(Strum),
    /// A string played alone checked the last strum's verdict.
    Checked(Check),
    /// What was concluded from it.
    Event(LessonEvent),
    /// The teacher's two sentences, and who chose the words.
    Feedback(Feedback, Wording),
    /// Something stands in the way, with what the teacher says of it.
    Trouble(Trouble, Feedback),
    /// Nothing stands in the way any more.
    TroubleOver,
    /// The voice began (true) or ended.
    Speaking(bool),
    /// Another chord is asked.
    Aim(Chord),
    /// How the drill stands.
    Drill(Box<Progress>),
    /// What the drill has practised so far; replaces what it told before.
    Practised(Vec<Practice>),
    /// What is practised cannot be kept; the lesson goes on. Told once.
    Unkept(JournalError),
    /// A recording broke off; the lesson is over.
    Broken(PortError),
}

/// Where a lesson stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Waiting for the first sound from the device.
    Connecting,
    /// Sound arrives.
    Listening,
    /// The recording ended.
    Finished,
}

/// Who chose the words of a sentence; what is true in it is never chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wording {
    /// The teacher's own template.
    Template,
    /// A language model, by its id.
    Model(String),
}

impl Wording {
    /// `template`, or the model's id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Template => "template",
            Self::Model(id) => id,
        }
    }
}
