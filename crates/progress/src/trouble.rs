//! What SQLite and the file system report, as the port tells it.

use std::io;
use std::path::Path;

use pipeline::journal::JournalError;
use rusqlite::ErrorCode;

/// An error while working on the file at `path`.
pub(crate) fn of_sqlite(path: &Path, error: &rusqlite::Error) -> JournalError {
    let (what, why) = (path.display().to_string(), error.to_string());
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => JournalError::Full,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            JournalError::Damaged { what, why }
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::ReadOnly) => {
            JournalError::Busy
        }
        Some(_) => JournalError::Refused { what, why },
        // A value of another type than the schema says, a text that is none.
        None => JournalError::Damaged { what, why },
    }
}

/// The same of the file system.
pub(crate) fn of_system(path: &Path, error: &io::Error) -> JournalError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => JournalError::Full,
        _ => JournalError::Refused { what: path.display().to_string(), why: error.to_string() },
    }
}
