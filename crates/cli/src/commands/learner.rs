//! Which student a command is about, and how the course sees them. Without a profile: somebody new.

use std::path::PathBuf;

use host::{Learner, SongShelf};
use pipeline::journal::{Journal, Student};
use progress::Profile;
use tutor::ErrorCode;
use tutor::review::Day;

use super::progress::{folder, open};
use crate::args::Kept;
use crate::failure::Failure;
use crate::output::Output;

/// The student who is meant, on a day.
pub(crate) fn learner(kept: &Kept, today: Day, output: &mut Output) -> Result<Learner, Failure> {
    let mut learner = of_profile(kept, today, output)?;
    learner.settings.notes = kept.notes.map_or(learner.settings.notes, Into::into);
    Ok(learner)
}

fn of_profile(kept: &Kept, today: Day, output: &mut Output) -> Result<Learner, Failure> {
    let Some(folder) = existing(kept)? else { return Ok(Learner::default()) };
    let songs = SongShelf::of_profile(&folder).songs();
    if !Profile::is_in(&folder) {
        return Ok(Learner { songs, ..Learner::default() });
    }
    let profile = open(&folder, output)?;
    match meant(&profile, kept)? {
        Some(student) => {
            Learner::of(&profile, &student, songs, today).map_err(|error| Failure::journal(&error))
        }
        None => Ok(Learner { songs, ..Learner::default() }),
    }
}

/// The folder that is named, or this user's where the system has one.
pub(crate) fn existing(kept: &Kept) -> Result<Option<PathBuf>, Failure> {
    let named = kept.profile.is_some();
    match folder(kept) {
        Ok(folder) => Ok(Some(folder)),
        Err(failure) if named => Err(failure),
        Err(_) => Ok(None),
    }
}

/// The student who is named, or the only one; none where nobody plays yet.
pub(crate) fn meant(profile: &Profile, kept: &Kept) -> Result<Option<Student>, Failure> {
    let name = kept.student.as_deref();
    match (find(profile, name)?, name) {
        (None, Some(name)) => Err(Failure::no_student(name)),
        (found, _) => Ok(found),
    }
}

/// The same; none also where nobody is called so.
pub(crate) fn find(profile: &Profile, name: Option<&str>) -> Result<Option<Student>, Failure> {
    let mut students = profile.students().map_err(|error| Failure::journal(&error))?;
    match name {
        Some(name) => Ok(students.into_iter().find(|student| student.name == name.trim())),
        None if students.len() > 1 => {
            let names: Vec<String> = students.into_iter().map(|student| student.name).collect();
            let detail = format!("there are {}; use --student", names.join(", "));
            Err(Failure::wrong(ErrorCode::StudentUnnamed, detail))
        }
        None => Ok(students.pop()),
    }
}
