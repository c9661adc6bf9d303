use std::fmt::Display;
use std::fs::File;
use std::io::{self, Write, stderr};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
use host::TuningError;
use pipeline::journal::JournalError;
use pipeline::ports::PortError;
use progress::PortableError;
use theory::Chord;
use tutor::course::song::{SongError, problem_text};
use tutor::hebrew::SpeechTextError;
use tutor::{ErrorCode, StyleError, error_text};

/// Why a command ended early, with its exit code. A sentence for the student in Hebrew, the
/// detail for whoever helps in English.
#[derive(Debug)]
pub(crate) enum Failure {
    /// 2: an argument that does not exist.
    WrongUse { code: ErrorCode, detail: String },
    /// 3: a file, model or picture that cannot be used.
    BadInput { code: ErrorCode, detail: String },
    /// 3: a song that cannot be read, in words of its own: they name the line.
    Song { text: String, detail: String },
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
        Self::wrong(ErrorCode::ChordUnknown, error)
    }

    /// A tuning or a reference that no guitar has.
    pub(crate) fn wrong_tuning(error: &TuningError) -> Self {
        let code = match error {
            TuningError::Reference(_) => ErrorCode::ReferenceUnknown,
            _ => ErrorCode::TuningUnknown,
        };
        Self::wrong(code, error)
    }

    /// A text that cannot be said.
    pub(crate) fn wrong_text(error: &SpeechTextError) -> Self {
        let code = match error {
            SpeechTextError::Empty => ErrorCode::TextEmpty,
            SpeechTextError::NotHebrew(_) => ErrorCode::TextForeign,
        };
        Self::wrong(code, error)
    }

    pub(crate) fn wrong_argument(error: impl Display) -> Self {
        Self::wrong(ErrorCode::CommandUnknown, error)
    }

    pub(crate) fn wrong(code: ErrorCode, error: impl Display) -> Self {
        Self::WrongUse { code, detail: error.to_string() }
    }

    /// A question, or a sentence to understand, without a word in it.
    pub(crate) fn no_question(error: impl Display) -> Self {
        Self::WrongUse { code: ErrorCode::QuestionEmpty, detail: error.to_string() }
    }

    /// A way of choosing words that is not here.
    pub(crate) fn no_such_engine(name: &str) -> Self {
        let detail = format!("`{name}` answers no questions here; use `--engine template`");
        Self::Unavailable { code: ErrorCode::EngineMissing, detail }
    }

    /// A voicing that is no chord we can name.
    pub(crate) fn nameless_voicing() -> Self {
        let detail = "this voicing is no chord that has a name".to_owned();
        Self::WrongUse { code: ErrorCode::VoicingUnknown, detail }
    }

    /// No microphone at all.
    pub(crate) fn no_microphone() -> Self {
        let detail = "this machine has no input device".to_owned();
        Self::Unavailable { code: ErrorCode::MicrophoneMissing, detail }
    }

    /// A microphone that does not open.
    pub(crate) fn silent_microphone(error: &PortError) -> Self {
        Self::Unavailable { code: ErrorCode::MicrophoneMissing, detail: error.to_string() }
    }

    /// A chord for which this tuning has no usual shape.
    pub(crate) fn no_shape(chord: Chord) -> Self {
        let name = chord.name();
        let detail = format!("{name} has no usual shape in this tuning: give a voicing");
        Self::WrongUse { code: ErrorCode::VoicingUnknown, detail }
    }

    /// A recording that cannot be read.
    pub(crate) fn file(path: &Path, error: &PortError) -> Self {
        let empty = path.metadata().is_ok_and(|file| file.is_file() && file.len() == 0);
        let code = match error {
            // The port tells only that the file did not open; the system knows why.
            PortError::Missing { .. } => {
                File::open(path).map_or_else(|error| unopened(&error), |_| ErrorCode::FileMissing)
            }
            PortError::Refused { .. } => ErrorCode::FileUnknown,
            _ if empty => ErrorCode::FileEmpty,
            _ => ErrorCode::FileDamaged,
        };
        Self::BadInput { code, detail: format!("{}: {error}", path.display()) }
    }

    /// A text that the system does not hand over.
    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::BadInput { code: unopened(error), detail: format!("{}: {error}", path.display()) }
    }

    /// A recording longer than the engine takes at once.
    pub(crate) fn too_long(path: &Path, longest: Duration) -> Self {
        let detail = format!("{}: longer than {longest:?}", path.display());
        Self::BadInput { code: ErrorCode::InputTooLong, detail }
    }

    /// An event or a recording of observations that makes no sense.
    pub(crate) fn malformed(path: &Path, error: impl Display) -> Self {
        let detail = format!("{}: {error}", path.display());
        Self::BadInput { code: ErrorCode::EventInvalid, detail }
    }

    /// A teaching style that makes no sense; the detail names the line.
    pub(crate) fn style(path: &Path, error: &StyleError) -> Self {
        let detail = format!("{}: {error}", path.display());
        Self::BadInput { code: ErrorCode::StyleInvalid, detail }
    }

    /// A song's file that cannot be read.
    pub(crate) fn song(path: &Path, error: &SongError) -> Self {
        let detail = format!("{}: {error}", path.display());
        Self::Song { text: problem_text(error), detail }
    }

    /// A file without a byte in it.
    pub(crate) fn empty(path: &Path) -> Self {
        let detail = format!("{}: it is empty", path.display());
        Self::BadInput { code: ErrorCode::FileEmpty, detail }
    }

    /// A voice that is not here, among those that are.
    pub(crate) fn no_such_voice(error: &PortError, voices: &[String]) -> Self {
        let detail = format!("{error}; there are {}", voices.join(", "));
        Self::Unavailable { code: ErrorCode::VoiceUnknown, detail }
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
            PortError::Missing { .. } => Self::Unavailable { code: absent, detail },
            PortError::Refused { .. } => Self::BadInput { code: ErrorCode::InputRefused, detail },
            _ => Self::Unavailable { code: ErrorCode::EngineRestarting, detail },
        }
    }

    /// No folder for data, and none named.
    pub(crate) fn no_profile() -> Self {
        Self::wrong_argument("this system names no folder for data; use --profile")
    }

    /// Nobody of this name.
    pub(crate) fn no_student(name: &str) -> Self {
        Self::wrong(ErrorCode::StudentUnknown, format!("`{name}` does not play here"))
    }

    /// Progress that cannot be read or kept.
    pub(crate) fn journal(error: &JournalError) -> Self {
        let (code, detail) = (host::journal_code(error), error.to_string());
        match error {
            JournalError::NoStudent | JournalError::NameTaken | JournalError::Nonsense(_) => {
                Self::WrongUse { code, detail }
            }
            JournalError::Busy => Self::Unavailable { code, detail },
            _ => Self::BadInput { code, detail },
        }
    }

    /// A file of progress that is not taken, or cannot be written.
    pub(crate) fn portable(error: &PortableError) -> Self {
        match error {
            PortableError::Journal(error) => Self::journal(error),
            _ => Self::BadInput { code: host::portable_code(error), detail: error.to_string() },
        }
    }

    pub(crate) fn report(&self) -> ExitCode {
        let (exit, code, detail) = match self {
            Self::ReaderLeft => return ExitCode::SUCCESS,
            Self::WrongUse { code, detail } => (2, *code, detail),
            Self::BadInput { code, detail } => (3, *code, detail),
            Self::Unavailable { code, detail } => (4, *code, detail),
            Self::Song { text, detail } => {
                let _ = writeln!(stderr(), "{text}\n({detail})");
                return ExitCode::from(3);
            }
            Self::Internal { detail } => (1, ErrorCode::Unexpected, detail),
        };
        // If standard error is gone, there is nowhere left to say it.
        let _ = writeln!(stderr(), "{}\n({detail})", error_text(code).display);
        ExitCode::from(exit)
    }
}

/// Arguments that clap does not take, or a wish for help.
pub(crate) fn misread(error: &clap::Error) -> ExitCode {
    let wrong = error.use_stderr() && error.kind() != DisplayHelpOnMissingArgumentOrSubcommand;
    if wrong {
        let _ = writeln!(stderr(), "{}", error_text(ErrorCode::CommandUnknown).display);
    }
    let _ = error.print();
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Why a file did not open: it is not there, or it may not be read.
fn unopened(error: &io::Error) -> ErrorCode {
    match error.kind() {
        io::ErrorKind::NotFound => ErrorCode::FileMissing,
        _ => ErrorCode::FileUnreadable,
    }
}
