//! Where a student's progress lies, what time it is there, and what its keeping has to tell.

use std::io;
use std::path::{Path, PathBuf};

use chrono::Local;
use pipeline::journal::JournalError;
use progress::{Notice, PortableError, Recovered};
use tutor::ErrorCode;
use tutor::hebrew::isolate;
use tutor::review::{Day, Moment};

/// The name of a student who has given none.
pub const ME: &str = "אני";

/// The folder of this user's progress; none where the system names no folder for data.
#[must_use]
pub fn progress_folder() -> Option<PathBuf> {
    models::user_data().map(|data| data.join("progress"))
}

/// Now, on the clock of this machine and in its time zone.
#[must_use]
pub fn now() -> Moment {
    let now = Local::now();
    Moment::of(now.timestamp_millis(), now.offset().local_minus_utc())
}

/// What a student is told where progress cannot be read or kept.
#[must_use]
pub fn journal_code(error: &JournalError) -> ErrorCode {
    match error {
        JournalError::NoStudent | JournalError::Nonsense(_) => ErrorCode::StudentUnknown,
        JournalError::NameTaken => ErrorCode::StudentTaken,
        JournalError::Full => ErrorCode::ProgressFull,
        JournalError::Busy => ErrorCode::ProgressBusy,
        JournalError::Damaged { .. } => ErrorCode::ProgressDamaged,
        JournalError::Newer { .. } => ErrorCode::ProgressNewer,
        JournalError::Refused { .. } => ErrorCode::FileUnreadable,
    }
}

/// What a student is told of a file of progress that is not taken, or cannot be written.
#[must_use]
pub fn portable_code(error: &PortableError) -> ErrorCode {
    match error {
        PortableError::Journal(error) => journal_code(error),
        PortableError::Empty => ErrorCode::TextFileEmpty,
        PortableError::Foreign(_) => ErrorCode::ImportForeign,
        PortableError::Changed(_) | PortableError::Nonsense(_) => ErrorCode::ImportChanged,
        PortableError::Newer { .. } => ErrorCode::ProgressNewer,
        PortableError::File { reason: io::ErrorKind::NotFound, .. } => ErrorCode::FileMissing,
        PortableError::File {
            reason: io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded,
            ..
        } => ErrorCode::DiskFull,
        PortableError::File { reason: io::ErrorKind::IsADirectory, .. } => ErrorCode::FileIsFolder,
        PortableError::File { .. } => ErrorCode::FileUnreadable,
    }
}

/// What a student is told of a notice: what happened, and what of the data is there.
#[must_use]
pub fn notice_text(notice: &Notice) -> String {
    match notice {
        Notice::OnlyToRead => {
            "ההתקדמות פתוחה עכשיו בחלון אחר של פריטה. כאן אפשר רק לראות אותה.".to_owned()
        }
        Notice::LastRoom => {
            "הדיסק מלא. ההתקדמות עוד נשמרת במקום ששמרנו לה; כדאי לפנות קצת מקום.".to_owned()
        }
        Notice::NoCopy => {
            "ההתקדמות נשמרת, אבל אין מקום לעותק החדש שלה. העותק הקודם נשאר.".to_owned()
        }
        Notice::LastUnknown { aside } => {
            let aside = aside
                .as_deref()
                .map_or(String::new(), |aside| format!(" הוא נשמר בצד: {}.", shown(aside)));
            format!(
                "הקובץ שבו רשום מי ניגן לאחרונה נפגם.{aside} בודקים בהגדרות מי מנגן עכשיו, לפני שמתחילים."
            )
        }
        Notice::Recovered(recovered) => recovery_text(recovered),
        _ => "ההתקדמות נשמרת.".to_owned(),
    }
}

fn recovery_text(recovered: &Recovered) -> String {
    let found = match &recovered.aside {
        Some(aside) => format!("קובץ ההתקדמות נפגם. הוא נשמר בצד: {}.", shown(aside)),
        None => "קובץ ההתקדמות לא נמצא במקומו.".to_owned(),
    };
    let copy = match (recovered.copy, recovered.copy_until) {
        (true, Some(day)) => format!(" חזר העותק הטוב האחרון, עד {}.", date(day)),
        (true, None) => " חזר העותק הטוב האחרון.".to_owned(),
        (false, _) => " לא היה עותק טוב.".to_owned(),
    };
    let saved = match recovered.saved {
        0 => String::new(),
        1 => " מהקובץ הפגום נקרא עוד תרגול אחד.".to_owned(),
        more => format!(" מהקובץ הפגום נקראו עוד {more} תרגולים."),
    };
    let lost = match (recovered.complete, recovered.until) {
        (true, _) => " שום דבר לא אבד.".to_owned(),
        (false, Some(day)) => format!(" ייתכן שאבד מה שתורגל אחרי {}.", date(day)),
        (false, None) => " מה שתורגל קודם אבד, ומתחילים מחדש.".to_owned(),
    };
    found + &copy + &saved + &lost
}

/// A file's place inside Hebrew.
fn shown(path: &Path) -> String {
    isolate(&path.display().to_string())
}

fn date(day: Day) -> String {
    let (year, month, of_month) = day.date();
    format!("{of_month}.{month}.{year}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_says_what_was_lost_and_where_the_file_is() {
        let recovered = Recovered {
            aside: Some(PathBuf::from("/a/progress.damaged-1.db")),
            copy: true,
            copy_until: Some(Day(20_780)),
            saved: 3,
            until: Some(Day(20_783)),
            complete: false,
        };
        let text = notice_text(&Notice::Recovered(recovered.clone()));
        for part in ["progress.damaged-1.db", "23.11.2026", "3 תרגולים", "אחרי 26.11.2026"]
        {
            assert!(text.contains(part), "{text}");
        }
        let nothing =
            Recovered { copy: false, saved: 0, until: None, copy_until: None, ..recovered };
        assert!(notice_text(&Notice::Recovered(nothing)).ends_with("מתחילים מחדש."));
    }
}
