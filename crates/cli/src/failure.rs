use std::fmt::Display;
use std::io::{self, Write, stderr};
use std::path::Path;
use std::process::ExitCode;

use pipeline::ports::PortError;
use tutor::{ErrorCode, error_text};

/// Why a command ended early, with its exit code. A sentence for the student in Hebrew, the
/// detail for whoever helps in English.
#[derive(Debug)]
pub(crate) enum Failure {
    /// 2: an argument that does not exist.
    WrongUse { code: Option<ErrorCode>, detail: String },
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
        Self::WrongUse { code: Some(ErrorCode::ChordUnknown), detail: error.to_string() }
    }

    pub(crate) fn wrong_argument(error: impl Display) -> Self {
        Self::WrongUse { code: None, detail: error.to_string() }
    }

    /// A recording or text file that cannot be read.
    pub(crate) fn file(path: &Path, error: &PortError) -> Self {
        let empty = path.metadata().is_ok_and(|file| file.is_file() && file.len() == 0);
        let code = match error {
            PortError::Missing { .. } => ErrorCode::FileMissing,
            PortError::Refused { .. } => ErrorCode::FileUnknown,
            _ if empty => ErrorCode::FileEmpty,
            _ => ErrorCode::FileDamaged,
        };
        Self::BadInput { code, detail: format!("{}: {error}", path.display()) }
    }

    /// An event or a recording of observations that makes no sense.
    pub(crate) fn malformed(path: &Path, error: impl Display) -> Self {
        let detail = format!("{}: {error}", path.display());
        Self::BadInput { code: ErrorCode::EventInvalid, detail }
    }

    /// A file that cannot be written.
    pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Self {
        let code = match error.kind() {
            io::ErrorKind::StorageFull => ErrorCode::DiskFull,
            _ => ErrorCode::FileUnreadable,
        };
        Self::BadInput { code, detail: format!("{}: {error}", path.display()) }
    }

    /// An engine, model or device that does not answer; `absent` is what its absence means.
    pub(crate) fn engine(error: &PortError, absent: ErrorCode) -> Self {
        let detail = error.to_string();
        match error {
            PortError::Damaged { .. } => Self::BadInput { code: ErrorCode::ModelDamaged, detail },
            PortError::Missing { .. } if absent == ErrorCode::ModelMissing => {
                Self::BadInput { code: absent, detail }
            }
            PortError::Missing { .. } => Self::Unavailable { code: absent, detail },
            PortError::Refused { .. } => Self::BadInput { code: ErrorCode::ModelDamaged, detail },
            _ => Self::Unavailable { code: ErrorCode::EngineRestarting, detail },
        }
    }

    pub(crate) fn report(&self) -> ExitCode {
        let (exit, hebrew, detail) = match self {
            Self::ReaderLeft => return ExitCode::SUCCESS,
            Self::WrongUse { code, detail } => (2, *code, detail),
            Self::BadInput { code, detail } => (3, Some(*code), detail),
            Self::Unavailable { code, detail } => (4, Some(*code), detail),
            Self::Internal { detail } => (1, Some(ErrorCode::Unexpected), detail),
        };
        // If standard error is gone, there is nowhere left to say it.
        let _ = match hebrew {
            Some(code) => writeln!(stderr(), "{}\n({detail})", error_text(code).display),
            None => writeln!(stderr(), "{detail}"),
        };
        ExitCode::from(exit)
    }
}
