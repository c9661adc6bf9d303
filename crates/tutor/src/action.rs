use serde::{Deserialize, Serialize};

use crate::{Feedback, LessonEvent};

/// What the teacher wants done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// The event that was concluded from a strum; shown, kept, explained.
    Conclude(LessonEvent),
    /// Show this, and say it aloud when the student is not playing.
    Say(Feedback),
    /// Show this without saying it (the fault has not repeated yet).
    Show(Feedback),
    /// Stop speaking now.
    Hush,
    /// Have the ears wait for this string alone; what it does settles the last strum.
    Alone {
        /// Which.
        string: theory::StringNumber,
        /// Whether the verdict on it is taken back until then. A string that was objected to
        /// teaches the ears nothing: who objects may have mended the string first.
        withdrawn: bool,
    },
    /// Aim the ears at another chord.
    Aim {
        /// Which.
        chord: theory::Chord,
    },
}
