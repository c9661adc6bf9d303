//! Why a song's file is not taken: for people in Hebrew, with its line.

use thiserror::Error;

use crate::hebrew::isolate;

/// What is wrong with a song's file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SongProblem {
    /// A chord that no one can read.
    #[error("`{0}` is no chord")]
    Chord(String),
    /// `[` or `{` without its end.
    #[error("`{0}` is not closed")]
    Open(char),
    /// A directive whose value makes no sense.
    #[error("`{0}` does not take `{1}`")]
    Value(String, String),
    /// The end of a section that did not begin, or a beginning within another.
    #[error("`{0}` stands where it cannot")]
    Nested(String),
    /// Bytes that are no UTF-8 text.
    #[error("it is not UTF-8 text")]
    NotText,
    /// Nothing to play.
    #[error("there is no chord in it")]
    NoChords,
    /// More than a song.
    #[error("it is longer than a song")]
    TooLong,
    /// XML that is not well-formed.
    #[error("{0}")]
    Xml(String),
    /// XML of another kind.
    #[error("`{0}` is no score by parts")]
    NoScore(String),
    /// A format that is not read here.
    #[error("{0} is not read here; export MusicXML or ChordPro")]
    Foreign(&'static str),
}

/// Why a song's file is not taken, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct SongError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: SongProblem,
}

impl SongError {
    pub(super) fn at(line: usize, problem: SongProblem) -> Self {
        Self { line, problem }
    }
}

/// What a student reads: which line, what is wrong, the way out.
#[must_use]
pub fn problem_text(error: &SongError) -> String {
    let what = match &error.problem {
        SongProblem::Chord(name) => {
            format!("{} לא מוכר כאקורד. כותבים למשל {}.", shown(name), isolate("[Am]"))
        }
        SongProblem::Open(sign) => {
            format!("סוגר נפתח ולא נסגר: {}. סוגרים אותו, ומנסים שוב.", shown(&sign.to_string()))
        }
        SongProblem::Value(name, value) => {
            let (name, value) = (shown(name), shown(value));
            format!("הערך {value} לא מתאים להוראה {name}. מתקנים אותו, ומנסים שוב.")
        }
        SongProblem::Nested(name) => {
            format!("ההוראה {} לא במקומה. בודקים איפה מתחיל ואיפה נגמר כל חלק.", shown(name))
        }
        SongProblem::NotText => {
            format!("זה לא קובץ טקסט. שומרים אותו בקידוד {}, ומנסים שוב.", isolate("UTF-8"))
        }
        SongProblem::NoChords => "אין בקובץ אף אקורד. מוסיפים אקורדים מעל המילים.".to_owned(),
        SongProblem::TooLong => "הקובץ ארוך מדי לשיר אחד. שומרים כל שיר בקובץ משלו.".to_owned(),
        SongProblem::Xml(_) => "הקובץ לא שלם. מייצאים אותו שוב, ומנסים שוב.".to_owned(),
        SongProblem::NoScore(_) => {
            format!("זה לא תווים של שיר. מייצאים מתוכנת התווים בפורמט {}.", isolate("MusicXML"))
        }
        SongProblem::Foreign(format) => format!(
            "קובצי {} לא נקראים כאן. מייצאים את השיר בפורמט {} או {}.",
            isolate(format),
            isolate("MusicXML"),
            isolate("ChordPro")
        ),
    };
    match error.problem {
        // Of the whole file.
        SongProblem::NoChords | SongProblem::TooLong | SongProblem::Foreign(_) => what,
        _ => format!("שורה {}: {what}", isolate(&error.line.to_string())),
    }
}

/// A token of the file, cut short and isolated.
fn shown(token: &str) -> String {
    isolate(&token.chars().filter(|c| !c.is_control()).take(24).collect::<String>())
}
