use std::fmt::Display;
use std::io::{Write, stderr};
use std::path::Path;
use std::process::ExitCode;

use pipeline::ports::PortError;
use tutor::hebrew::{ErrorCode, error_text};

/// Why a command ended early, with its exit code. A sentence for the student in Hebrew, the
/// detail for whoever helps in English.
#[derive(Debug)]
pub(crate) enum Failure {
    /// 2: an argument that does not exist.
    WrongUse { code: ErrorCode, detail: String },
    /// 3: a file, model or picture that cannot be used.
    BadInput { code: ErrorCode, detail: String },
    /// 4: a device or engine is not available.
    Unavailable { code: ErrorCode, detail: String },
    /// 1: anything else.
    Internal { detail: String },
    /// 0: whoever read the pipe has seen enough.
    ReaderLeft,
}

impl Failure {
    pub(crate) fn internal(error: impl Display) -> Self {
        Self::Internal { detail: error.to_string() }
    }

    pub(crate) fn wrong_chord(error: impl Display) -> Self {
        Self::WrongUse { code: ErrorCode::UnknownChord, detail: error.to_string() }
    }

    pub(crate) fn wrong_argument(error: impl Display) -> Self {
        Self::WrongUse { code: ErrorCode::WrongUse, detail: error.to_string() }
    }

    /// A recording or text file that cannot be read.
    pub(crate) fn file(path: &Path, error: &PortError) -> Self {
        let code = match error {
            PortError::Missing { .. } => ErrorCode::FileMissing,
            _ => ErrorCode::FileDamaged,
        };
        Self::BadInput { code, detail: format!("{}: {error}", path.display()) }
    }

    pub(crate) fn malformed(path: &Path, error: impl Display) -> Self {
        let detail = format!("{}: {error}", path.display());
        Self::BadInput { code: ErrorCode::FileDamaged, detail }
    }

    /// An engine, model or device that does not answer.
    pub(crate) fn engine(error: &PortError) -> Self {
        let detail = error.to_string();
        match error {
            PortError::Damaged { .. } => Self::BadInput { code: ErrorCode::ModelDamaged, detail },
            PortError::Missing { .. } => {
                Self::Unavailable { code: ErrorCode::EngineMissing, detail }
            }
            _ => Self::Unavailable { code: ErrorCode::EngineRestarting, detail },
        }
    }

    pub(crate) fn report(&self) -> ExitCode {
        let (exit, hebrew, detail) = match self {
            Self::ReaderLeft => return ExitCode::SUCCESS,
            Self::WrongUse { code, detail } => (2, error_text(*code).display, detail),
            Self::BadInput { code, detail } => (3, error_text(*code).display, detail),
            Self::Unavailable { code, detail } => (4, error_text(*code).display, detail),
            Self::Internal { detail } => (1, error_text(ErrorCode::Internal).display, detail),
        };
        // Standard error is gone: there is nowhere left to say it.
        let _ = writeln!(stderr(), "{hebrew}\n({detail})");
        ExitCode::from(exit)
    }
}
