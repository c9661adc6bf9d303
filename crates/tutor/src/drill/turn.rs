//! What a word of the student means, the same in every kind of drill.

use super::Phase;
use crate::Command;

/// What a drill is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// The round begins, without waiting where that can be.
    Begin,
    /// All over again, from where a drill begins by itself; what was played is kept.
    Anew,
    /// It is over, and nothing was reached.
    Leave,
    /// Not now: it waits as at first.
    Wait,
    /// It is over with what is known; the result is said, or only shown.
    End {
        aloud: bool,
    },
    Slower,
    Faster,
}

/// What `command` means in `phase`; none where it means nothing to a drill.
pub(super) fn turn(command: Command, phase: Phase) -> Option<Turn> {
    use Phase::{CountIn, Over, Playing, Ready, Rejoin, Silent};
    match (command, phase) {
        (Command::Start, Ready | Over) => Some(Turn::Begin),
        (Command::Again, _) => Some(Turn::Anew),
        (Command::Next, Ready | CountIn) => Some(Turn::Leave),
        (Command::Next, Playing | Silent | Rejoin) => Some(Turn::End { aloud: true }),
        (Command::Stop, CountIn) => Some(Turn::Wait),
        // Whoever says «די» wants to hear nothing.
        (Command::Stop, Playing | Silent | Rejoin) => Some(Turn::End { aloud: false }),
        (Command::Slower, _) => Some(Turn::Slower),
        (Command::Faster, _) => Some(Turn::Faster),
        _ => None,
    }
}
