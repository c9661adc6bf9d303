//! A student as the course sees one: what was measured, chosen, is due and went wrong, and the
//! songs that were taken in. Without a profile: somebody new.

use std::fs;
use std::path::{Path, PathBuf};

use pipeline::journal::{Journal, JournalError, Practised, Settings, Student, due};
use progress::Profile;
use tutor::ErrorCode;
use tutor::course::song::{Song, read_chordpro};
use tutor::course::{Fault, Measurement};
use tutor::review::{Day, Item};

use super::progress::{folder, open};
use crate::args::Kept;
use crate::failure::Failure;
use crate::output::Output;

/// Days of faults that a plan may look at.
const FAULT_DAYS: i32 = 7;

/// A student.
#[derive(Default)]
pub(crate) struct Learner {
    pub(crate) settings: Settings,
    pub(crate) measurements: Vec<Measurement>,
    pub(crate) due: Vec<Item>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) songs: Vec<Song>,
}

impl Learner {
    /// The student who is meant, on a day.
    pub(crate) fn read(kept: &Kept, today: Day, output: &mut Output) -> Result<Self, Failure> {
        let Some(folder) = existing(kept)? else { return Ok(Self::default()) };
        let songs = songs_in(&folder)?;
        if !Profile::is_in(&folder) {
            return Ok(Self { songs, ..Self::default() });
        }
        let profile = open(&folder, output)?;
        let Some(student) = meant(&profile, kept)? else {
            return Ok(Self { songs, ..Self::default() });
        };
        let mut learner =
            Self::of(&profile, &student, today).map_err(|error| Failure::journal(&error))?;
        learner.songs = songs;
        Ok(learner)
    }

    fn of(profile: &Profile, student: &Student, today: Day) -> Result<Self, JournalError> {
        let practised = profile.practised(student.id, None, Day(0))?;
        let standings = due(profile.standings(student.id)?, today);
        let faults = profile.faults(student.id, today.plus(-FAULT_DAYS))?;
        let fault = |fault: pipeline::journal::FaultsOfDay| Fault {
            row: fault.row,
            item: fault.item,
            day: fault.day,
            times: fault.times,
        };
        Ok(Self {
            settings: student.settings.clone(),
            measurements: practised.into_iter().map(measured).collect(),
            due: standings.into_iter().map(|standing| standing.last.item).collect(),
            faults: faults.into_iter().map(fault).collect(),
            songs: Vec::new(),
        })
    }
}

fn measured(practised: Practised) -> Measurement {
    Measurement {
        item: practised.item,
        day: practised.began.day,
        tally: practised.tally,
        per_minute: practised.per_minute,
    }
}

/// The folder that is named, or this user's where the system has one.
fn existing(kept: &Kept) -> Result<Option<PathBuf>, Failure> {
    let named = kept.profile.is_some();
    match folder(kept) {
        Ok(folder) => Ok(Some(folder)),
        Err(failure) if named => Err(failure),
        Err(_) => Ok(None),
    }
}

/// The student who is named, or the only one; none where nobody plays yet.
pub(crate) fn meant(profile: &Profile, kept: &Kept) -> Result<Option<Student>, Failure> {
    let mut students = profile.students().map_err(|error| Failure::journal(&error))?;
    match &kept.student {
        Some(name) => {
            let found = students.into_iter().find(|student| student.name == name.trim());
            found.map(Some).ok_or_else(|| Failure::no_student(name))
        }
        None if students.len() > 1 => {
            let names: Vec<String> = students.into_iter().map(|student| student.name).collect();
            let detail = format!("there are {}; use --student", names.join(", "));
            Err(Failure::wrong(ErrorCode::StudentUnnamed, detail))
        }
        None => Ok(students.pop()),
    }
}

/// Where songs of files are kept in a profile.
pub(crate) fn song_folder(folder: &Path) -> PathBuf {
    folder.join("songs")
}

/// The songs of files, in the order of their names.
fn songs_in(folder: &Path) -> Result<Vec<Song>, Failure> {
    let folder = song_folder(folder);
    let Ok(entries) = fs::read_dir(&folder) else { return Ok(Vec::new()) };
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "cho"));
    files.sort();
    let song = |file: &PathBuf| {
        let id = file.file_stem()?.to_str()?.to_owned();
        let text = fs::read_to_string(file).ok()?;
        match read_chordpro(&id, &text) {
            Ok(song) => Some(song),
            Err(error) => {
                tracing::warn!(file = %file.display(), %error, "a song is left out");
                None
            }
        }
    };
    Ok(files.iter().filter_map(song).collect())
}
