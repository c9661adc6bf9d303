use pipeline::ports::PortError;
use serde::Serialize;
use specta::Type;
use tutor::{ErrorCode, error_text};

/// What went wrong, for the student: a code for the page and a Hebrew sentence with the way out.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct AppError {
    code: String,
    message: String,
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

    pub(crate) fn no_lesson() -> Self {
        Self::new(ErrorCode::Unexpected)
    }

    #[cfg(mobile)]
    pub(crate) fn not_on_phones() -> Self {
        Self::new(ErrorCode::FileMissing)
    }
}

impl From<PortError> for AppError {
    fn from(error: PortError) -> Self {
        tracing::warn!(%error, "the lesson cannot begin");
        match error {
            PortError::Missing { .. } => Self::new(ErrorCode::FileMissing),
            PortError::Damaged { .. } => Self::new(ErrorCode::FileDamaged),
            PortError::Refused { .. } => Self::new(ErrorCode::FileUnknown),
            _ => Self::new(ErrorCode::Unexpected),
        }
    }
}
