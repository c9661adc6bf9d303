//! `prita progress`: a student's own data, to take along, to look at, to delete.

mod book;
mod lines;

use std::path::{Path, PathBuf};

use host::SongShelf;
use pipeline::journal::{Journal, JournalError, Student};
use progress::{PortableError, Profile};
use tutor::ErrorCode;

pub(super) use self::book::Book;
use self::lines::{
    ExportLine, ForgetLine, ImportLine, Names, NothingLine, NoticeLine, SummaryLine,
};
use crate::args::{Kept, Progress, ProgressAction};
use crate::failure::Failure;
use crate::output::Output;

pub(crate) fn run(args: &Progress, output: &mut Output) -> Result<(), Failure> {
    let (folder, kept) = (folder(&args.kept)?, &args.kept);
    match &args.action {
        ProgressAction::Show => show(&folder, kept, output),
        ProgressAction::Export { file, force } => export(&folder, kept, (file, *force), output),
        ProgressAction::Import { file, dry_run } => import(&folder, file, *dry_run, output),
        ProgressAction::Forget { yes } => forget(&folder, kept, *yes, output),
    }
}

/// The folder of the profile that is named, or of this user.
pub(crate) fn folder(kept: &Kept) -> Result<PathBuf, Failure> {
    match &kept.profile {
        Some(folder) if folder.is_file() => Err(Failure::no_folder(folder)),
        Some(folder) => Ok(folder.clone()),
        None => host::progress_folder().ok_or_else(Failure::no_profile),
    }
}

/// Opens a profile and tells what it has to tell.
pub(crate) fn open(folder: &Path, output: &mut Output) -> Result<Profile, Failure> {
    if folder.is_file() {
        return Err(Failure::no_folder(folder));
    }
    let profile = Profile::open(folder).map_err(|error| Failure::journal(&error))?;
    for notice in profile.notices() {
        let line = NoticeLine::of(notice);
        output.line("notice", &line, || line.text.clone())?;
    }
    Ok(profile)
}

/// The students that are meant: the one that is named, or all.
fn meant(profile: &Profile, name: Option<&str>) -> Result<Vec<Student>, Failure> {
    let mut students = profile.students().map_err(|error| Failure::journal(&error))?;
    if let Some(name) = name {
        students.retain(|student| student.name == name.trim());
        if students.is_empty() {
            return Err(Failure::no_student(name));
        }
    }
    Ok(students)
}

fn show(folder: &Path, kept: &Kept, output: &mut Output) -> Result<(), Failure> {
    if !Profile::is_in(folder) {
        return nothing(output);
    }
    let profile = open(folder, output)?;
    let students = meant(&profile, kept.student.as_deref())?;
    if students.is_empty() {
        return nothing(output);
    }
    let today = host::now().day;
    for student in &students {
        let line =
            SummaryLine::of(&profile, student, today).map_err(|error| Failure::journal(&error))?;
        let notes = kept.notes.map_or(student.settings.notes, Into::into);
        output.line("summary", &line, || line.text(&Names::of(notes, folder)))?;
    }
    Ok(())
}

fn nothing(output: &mut Output) -> Result<(), Failure> {
    output.line("summary", &NothingLine::default(), || "עוד לא נשמרה כאן התקדמות.".to_owned())
}

fn export(
    folder: &Path,
    kept: &Kept,
    (file, force): (&Path, bool),
    output: &mut Output,
) -> Result<(), Failure> {
    let failed = |error: PortableError| Failure::portable(&error);
    let profile = open(folder, output)?;
    let only = match &kept.student {
        Some(name) => meant(&profile, Some(name))?.first().map(|student| student.id),
        None => None,
    };
    if !force && profile.export_destroys(file, only).map_err(failed)? {
        let detail = format!("{} is there and would be replaced", file.display());
        return Err(Failure::wrong(ErrorCode::FileExists, detail).among(["--force"]));
    }
    let unwritten = |error: PortableError| Failure::unexported(&error);
    let exported = profile.export(file, only).map_err(unwritten)?;
    let line = ExportLine::of(file, exported);
    output.line("summary", &line, || line.text())
}

fn import(folder: &Path, file: &Path, dry_run: bool, output: &mut Output) -> Result<(), Failure> {
    // A file that is no good makes no profile.
    let failed = |error: PortableError| Failure::portable(&error);
    Profile::read_file(file).map_err(failed)?;
    let mut profile = open(folder, output)?;
    let import = profile.look_into(file).map_err(failed)?;
    let before = if dry_run { None } else { profile.import(&import).map_err(failed)? };
    let line = ImportLine::of(file, import.incoming(), before.as_deref(), !dry_run);
    output.line("summary", &line, || line.text())
}

fn forget(folder: &Path, kept: &Kept, yes: bool, output: &mut Output) -> Result<(), Failure> {
    if !Profile::is_in(folder) {
        return nothing(output);
    }
    if !yes {
        let detail = format!("this would delete what lies in {}", folder.display());
        return Err(Failure::wrong(ErrorCode::NotConfirmed, detail).among(["--yes"]));
    }
    let failed = |error: JournalError| Failure::journal(&error);
    let mut profile = open(folder, output)?;
    let forgotten = match &kept.student {
        None => {
            if !profile.is_writer() {
                return Err(failed(JournalError::Busy));
            }
            // Songs of files are the student's as well; the folder goes with the last of it.
            let songs = SongShelf::of_profile(folder);
            let cleared = songs.clear().and_then(|()| host::forget_last(folder));
            cleared.map_err(|error| Failure::unwritable(folder, &error))?;
            profile.forget().map_err(failed)?
        }
        Some(name) => {
            let students = meant(&profile, Some(name))?;
            let mut forgotten = progress::Forgotten::default();
            for student in students {
                forgotten = profile.forget_student(student.id).map_err(failed)?;
            }
            forgotten
        }
    };
    let line = ForgetLine::of(kept.student.as_deref(), &forgotten);
    output.line("summary", &line, || line.text())
}
