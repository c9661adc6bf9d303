use pipeline::ports::PortError;
use serde::Serialize;
use specta::Type;
use tutor::hebrew::{ErrorCode, error_text};

/// What went wrong, for the student: a code for the page and a Hebrew sentence with the way out.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct AppError {
    code: String,
    message: String,
}

