use std::io;

use host::Source;
use pipeline::ports::PortError;
use serde::Serialize;
use specta::Type;
use tutor::{ErrorCode, error_text};

/// What went wrong, for the student: a code for the page and a Hebrew sentence with the way out.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct AppError {
    pub(crate) code: String,
    pub(crate) message: String,
}

impl AppError {
    fn new(code: ErrorCode) -> Self {
        Self { code: code.key().to_owned(), message: error_text(code).display }
    }

    pub(crate) fn unknown_chord() -> Self {
        Self::new(ErrorCode::ChordUnknown)
    }

    pub(crate) fn no_demo() -> Self {
        Self::new(ErrorCode::FileMissing)
    }

    /// The dialog was closed without a choice: not an error for the student, nothing to read.
    #[cfg(desktop)]
    pub(crate) fn nothing_chosen() -> Self {
        Self { code: "nothing_chosen".to_owned(), message: String::new() }
    }

    /// Something that was to be kept on the device was not.
    pub(crate) fn unkept(error: &io::Error) -> Self {
        tracing::warn!(%error, "cannot be kept");
        Self::new(match error.kind() {
            io::ErrorKind::StorageFull => ErrorCode::DiskFull,
            _ => ErrorCode::FileUnreadable,
        })
    }

    pub(crate) fn unexpected() -> Self {
        Self::new(ErrorCode::Unexpected)
    }

    #[cfg(mobile)]
    pub(crate) fn not_on_phones() -> Self {
        Self::new(ErrorCode::FileMissing)
    }

    /// A lesson on the sound of `source` did not begin.
    pub(crate) fn at_the_start(error: &PortError, source: &Source) -> Self {
        tracing::warn!(%error, "the lesson cannot begin");
        // Whatever else is refused (threads, by the system) is not the recording's fault.
        let of_the_recording =
            |what: &str| matches!(source, Source::Recording(_)) && source.name() == what;
        Self::new(match error {
            PortError::Refused { what, .. } if of_the_recording(what) => ErrorCode::FileUnknown,
            other => in_general(other),
        })
    }

    /// The sound of an open lesson broke off.
    pub(crate) fn in_the_middle(error: &PortError) -> Self {
        tracing::warn!(%error, "the sound broke off");
        Self::new(in_general(error))
    }
}

fn in_general(error: &PortError) -> ErrorCode {
    match error {
        PortError::Missing { .. } => ErrorCode::FileMissing,
        PortError::Damaged { .. } => ErrorCode::FileDamaged,
        _ => ErrorCode::Unexpected,
    }
}
