use std::io;

use host::{SongFileError, Source};
use pipeline::journal::JournalError;
use pipeline::ports::PortError;
use progress::PortableError;
use serde::Serialize;
use specta::Type;
use tutor::course::song::problem_text;
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

    /// Progress that cannot be read or kept.
    pub(crate) fn journal(error: &JournalError) -> Self {
        tracing::warn!(%error, "the progress");
        Self::new(host::journal_code(error))
    }

    /// A file of progress that is not taken, or cannot be written.
    pub(crate) fn portable(error: &PortableError) -> Self {
        tracing::warn!(%error, "a file of progress");
        Self::new(host::portable_code(error))
    }

    /// A file that gives no song; of a text that is none, its line and what is wrong there.
    pub(crate) fn song(error: &SongFileError) -> Self {
        tracing::warn!(%error, "no song");
        Self::new(match error {
            SongFileError::Song(error) => {
                let message = problem_text(error);
                return Self { code: "song_malformed".to_owned(), message };
            }
            SongFileError::Empty => ErrorCode::TextFileEmpty,
            SongFileError::TooLarge => ErrorCode::InputTooLong,
            SongFileError::File(error) if error.kind() == io::ErrorKind::NotFound => {
                ErrorCode::FileMissing
            }
            SongFileError::File(_) => ErrorCode::FileUnreadable,
        })
    }

    /// Something that was to be kept on the device was not.
    pub(crate) fn unkept(error: &io::Error) -> Self {
        tracing::warn!(%error, "cannot be kept");
        Self::new(match error.kind() {
            io::ErrorKind::StorageFull => ErrorCode::DiskFull,
            _ => ErrorCode::FileUnwritable,
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
