use std::fmt::Display;
use std::fs::File;
use std::io::{self, Write, stderr};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use host::TuningError;
use pipeline::journal::JournalError;
use pipeline::ports::PortError;
use progress::PortableError;
use theory::{Chord, Tuning};
use tutor::course::song::{SongError, problem_text};
use tutor::hebrew::{SpeechTextError, isolate};
use tutor::{ErrorCode, EventError, StyleError, error_text, event_text, recording_text};

use crate::args::Misplaced;

/// Why a command ended early, with its exit code. A sentence for the student in Hebrew, the
/// detail for whoever helps in English.
#[derive(Debug)]
pub(crate) enum Failure {
    /// 2: an argument that does not exist, and those that do.
    WrongUse { code: ErrorCode, detail: String, choices: Vec<String> },
    /// 2: an option that another drill takes.
    Misplaced(Misplaced),
    /// 3: a file, model or picture that cannot be used.
    BadInput { code: ErrorCode, detail: String },
    /// 3: a song or an event that cannot be read, in words of its own: they name the line.
    Unread { text: String, detail: String },
    /// 4: a device or engine is not available.
    Unavailable { code: ErrorCode, detail: String, choices: Vec<String> },
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
        match error {
            TuningError::Reference(_) => Self::wrong(ErrorCode::ReferenceUnknown, error),
            _ => Self::wrong(ErrorCode::TuningUnknown, error)
                .among(Tuning::named().map(|(name, _)| name)),
        }
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
        Self::WrongUse { code, detail: error.to_string(), choices: Vec::new() }
    }

    fn unavailable(code: ErrorCode, error: impl Display) -> Self {
        Self::Unavailable { code, detail: error.to_string(), choices: Vec::new() }
    }

    /// With what may stand there instead.
    pub(crate) fn among<T: Into<String>>(mut self, all: impl IntoIterator<Item = T>) -> Self {
        if let Self::WrongUse { choices, .. } | Self::Unavailable { choices, .. } = &mut self {
            choices.extend(all.into_iter().map(Into::into));
        }
        self
    }

    /// A question, or a sentence to understand, without a word in it.
    pub(crate) fn no_question(error: impl Display) -> Self {
        Self::wrong(ErrorCode::QuestionEmpty, error)
    }

    /// A way of choosing words that is not here.
    pub(crate) fn no_such_engine(name: &str) -> Self {
        let detail = format!("`{name}` answers no questions here");
        Self::unavailable(ErrorCode::EngineUnknown, detail).among(["template"])
    }

    /// A voicing that is no chord we can name.
    pub(crate) fn nameless_voicing() -> Self {
        Self::wrong(ErrorCode::VoicingUnknown, "this voicing is no chord that has a name")
    }

    /// No microphone at all.
    pub(crate) fn no_microphone() -> Self {
        Self::unavailable(ErrorCode::MicrophoneMissing, "this machine has no input device")
    }

    /// A microphone that does not open: the one of `device`, if that was named.
    pub(crate) fn silent_microphone(error: &PortError, device: Option<&str>) -> Self {
        let here: Vec<String> = host::input_devices().into_iter().map(|it| it.id).collect();
        match device.filter(|device| !here.iter().any(|id| id == device)) {
            // Where there is none at all, another name helps nobody.
            Some(_) if !here.is_empty() => {
                Self::unavailable(ErrorCode::MicrophoneUnknown, error).among(here)
            }
            _ => Self::unavailable(ErrorCode::MicrophoneMissing, error),
        }
    }

    /// A chord for which this tuning has no usual shape.
    pub(crate) fn no_shape(chord: Chord) -> Self {
        let name = chord.name();
        let detail = format!("{name} has no usual shape in this tuning: give a voicing");
        Self::wrong(ErrorCode::VoicingUnknown, detail)
    }

    /// A recording that cannot be read.
    pub(crate) fn file(path: &Path, error: &PortError) -> Self {
        let empty = path.metadata().is_ok_and(|file| file.is_file() && file.len() == 0);
        let code = match error {
            // The port tells only that the file did not open; the system knows why.
            PortError::Missing { .. } => {
                File::open(path).map_or_else(|error| unopened(&error), |_| ErrorCode::FileMissing)
            }
            _ if path.is_dir() => ErrorCode::FileIsFolder,
            PortError::Refused { .. } => ErrorCode::FileUnknown,
            _ if empty => ErrorCode::FileEmpty,
            _ => ErrorCode::FileDamaged,
        };
        Self::BadInput { code, detail: format!("{}: {error}", path.display()) }
    }

    /// A text that the system does not hand over.
    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Self {
        let code = if path.is_dir() { ErrorCode::FileIsFolder } else { unopened(error) };
        Self::BadInput { code, detail: format!("{}: {error}", path.display()) }
    }

    /// A recording longer than the engine takes at once.
    pub(crate) fn too_long(path: &Path, longest: Duration) -> Self {
        let detail = format!("{}: longer than {longest:?}", path.display());
        Self::BadInput { code: ErrorCode::InputTooLong, detail }
    }

    /// An event that makes no sense: what of it, and what may stand there.
    pub(crate) fn event(path: &Path, error: &EventError) -> Self {
        let text = error_text(ErrorCode::EventInvalid).display;
        let text = format!("{text}\n{}", event_text(error));
        Self::Unread { text, detail: format!("{}: {error}", path.display()) }
    }

    /// A line of a recording of observations that makes no sense, counted from 1.
    pub(crate) fn line(path: &Path, line: usize, why: &str) -> Self {
        let text = error_text(ErrorCode::EventInvalid).display;
        let text = format!("{text}\n{}", recording_text(line, why));
        Self::Unread { text, detail: format!("{}: line {line}: {why}", path.display()) }
    }

    /// A file that is wanted as text and is none, or too much of it.
    pub(crate) fn no_text(path: &Path, why: &str) -> Self {
        let text = "זה לא קובץ טקסט שאפשר לקרוא כאן. בוחרים קובץ אחר.".to_owned();
        Self::Unread { text, detail: format!("{}: {why}", path.display()) }
    }

    /// A teaching style that makes no sense; the detail names the line.
    pub(crate) fn style(path: &Path, error: &StyleError) -> Self {
        let detail = format!("{}: {error}", path.display());
        Self::BadInput { code: ErrorCode::StyleInvalid, detail }
    }

    /// A song's file that cannot be read.
    pub(crate) fn song(path: &Path, error: &SongError) -> Self {
        let detail = format!("{}: {error}", path.display());
        Self::Unread { text: problem_text(error), detail }
    }

    /// A file without a byte in it.
    pub(crate) fn empty(path: &Path) -> Self {
        let detail = format!("{}: it is empty", path.display());
        Self::BadInput { code: ErrorCode::TextFileEmpty, detail }
    }

    /// A voice that is not here, among those that are.
    pub(crate) fn no_such_voice(error: &PortError, voices: Vec<String>) -> Self {
        Self::unavailable(ErrorCode::VoiceUnknown, error).among(voices)
    }

    /// A file that cannot be written.
    pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Self {
        let code = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull,
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => ErrorCode::FolderIsFile,
            _ if path.is_dir() => ErrorCode::FileIsFolder,
            _ => ErrorCode::FileUnwritable,
        };
        Self::BadInput { code, detail: format!("{}: {error}", path.display()) }
    }

    /// An engine, model or device that does not answer; `absent` is what its absence means.
    pub(crate) fn engine(error: &PortError, absent: ErrorCode) -> Self {
        let detail = error.to_string();
        match error {
            PortError::Damaged { .. } => Self::BadInput { code: ErrorCode::ModelDamaged, detail },
            PortError::Missing { .. } => Self::unavailable(absent, detail),
            PortError::Refused { .. } => Self::BadInput { code: ErrorCode::InputRefused, detail },
            _ => Self::unavailable(ErrorCode::EngineRestarting, detail),
        }
    }

    /// No folder for data, and none named.
    pub(crate) fn no_profile() -> Self {
        let detail = "this system names no folder for data";
        Self::wrong(ErrorCode::PartMissing, detail).among(["--profile <DIR>"])
    }

    /// A file where a folder for progress is wanted.
    pub(crate) fn no_folder(path: &Path) -> Self {
        let detail = format!("{} is a file", path.display());
        Self::BadInput { code: ErrorCode::FolderIsFile, detail }
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
                Self::wrong(code, detail)
            }
            JournalError::Busy => Self::unavailable(code, detail),
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

    /// A file of progress that cannot be written.
    pub(crate) fn unexported(error: &PortableError) -> Self {
        match error {
            PortableError::File { path, reason, .. } => {
                Self::unwritable(Path::new(path), &io::Error::from(*reason))
            }
            _ => Self::portable(error),
        }
    }

    pub(crate) fn report(&self) -> ExitCode {
        let none = Vec::new();
        let (exit, text, detail) = match self {
            Self::ReaderLeft => return ExitCode::SUCCESS,
            Self::Misplaced(it) => {
                let detail = format!("{} goes with {}", it.option, it.homes.join(" or "));
                (2, belongs(*it), &detail.clone())
            }
            Self::WrongUse { code, detail, choices } => (2, sentence(*code, None, choices), detail),
            Self::BadInput { code, detail } => (3, sentence(*code, None, &none), detail),
            Self::Unavailable { code, detail, choices } => {
                (4, sentence(*code, None, choices), detail)
            }
            Self::Unread { text, detail } => (3, text.clone(), detail),
            Self::Internal { detail } => (1, sentence(ErrorCode::Unexpected, None, &none), detail),
        };
        // If standard error is gone, there is nowhere left to say it.
        let _ = writeln!(stderr(), "{text}\n({detail})");
        ExitCode::from(exit)
    }
}

/// What is wrong and the way out, and below it what may stand there: as the value of `option`, if
/// that is known.
pub(crate) fn sentence(code: ErrorCode, option: Option<&str>, choices: &[String]) -> String {
    let text = error_text(code).display;
    if choices.is_empty() && option.is_none() {
        return text;
    }
    let label = match code {
        ErrorCode::PartMissing => "חסר",
        ErrorCode::PartsClash => "לא יחד",
        ErrorCode::ChangesUnknown | ErrorCode::DayUnknown => "למשל",
        _ => "אפשר",
    };
    let place = option.map_or(String::new(), |option| format!(" ב־{}", isolate(option)));
    let choices: Vec<String> = choices.iter().map(|choice| isolate(choice)).collect();
    format!("{text}\n{label}{place}: {}", choices.join(", "))
}

/// Which two do not go together, and where the option belongs.
fn belongs(Misplaced { here, option, homes }: Misplaced) -> String {
    let clash = sentence(ErrorCode::PartsClash, None, &[here.to_owned(), option.to_owned()]);
    let homes: Vec<String> = homes.iter().map(|home| isolate(home)).collect();
    format!("{clash}. {} הולך עם: {}", isolate(option), homes.join(", "))
}

/// Something that stays undone while the rest goes on.
pub(crate) fn remark(code: ErrorCode, error: impl Display) {
    let _ = writeln!(stderr(), "{}\n({error})", sentence(code, None, &[]));
}

/// Why a file did not open: it is not there, or it may not be read.
fn unopened(error: &io::Error) -> ErrorCode {
    match error.kind() {
        io::ErrorKind::NotFound => ErrorCode::FileMissing,
        io::ErrorKind::IsADirectory => ErrorCode::FileIsFolder,
        _ => ErrorCode::FileUnreadable,
    }
}
