//! A damaged database is put aside as it is; the last good copy takes its place, and what can still
//! be read from the damaged one is added to it, row by row, as far as the seals hold.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pipeline::journal::{JournalError, Practised, Student, StudentId};
use rusqlite::Connection;
use tutor::review::{Day, Item};

use crate::folder::{Folder, remove, with_companions};
use crate::trouble::{of_sqlite, of_system};
use crate::{inspect, practised, reviews, schema, students};

/// How a recovery went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// Where the damaged file was put; none where it was gone.
    pub aside: Option<PathBuf>,
    /// Whether there was a good copy.
    pub copy: bool,
    /// The last day of practice in the good copy.
    pub copy_until: Option<Day>,
    /// How many records that the copy did not have were read from the damaged file.
    pub saved: usize,
    /// The last day of practice that is here now.
    pub until: Option<Day>,
    /// Whether every record of the damaged file could be read: nothing was lost.
    pub complete: bool,
}

/// What was read from a damaged file.
#[derive(Debug, Default)]
struct Salvage {
    students: Vec<Student>,
    practised: HashMap<(StudentId, Item, i64), Practised>,
    complete: bool,
}

/// Puts a sound database in the place of the damaged one, or of the one that is gone.
///
/// # Errors
/// No space, or the system refuses; then nothing was moved.
pub(crate) fn recover(folder: &Folder) -> Result<Recovered, JournalError> {
    let database = folder.database();
    let fresh = folder.unfinished("recovered").map_err(|error| of_system(&database, &error))?;
    let copy = from_good(folder, &fresh)?;
    let mut connection = schema::open(&fresh).map_err(|error| of_sqlite(&fresh, &error))?;
    let failed = |error: rusqlite::Error| of_sqlite(&fresh, &error);
    // It is moved alone: nothing of it may stand in a log.
    connection.pragma_update(None, "journal_mode", "DELETE").map_err(failed)?;
    schema::migrate(&fresh, &mut connection)?;
    let copy_until = last_day(&connection).map_err(failed)?;
    let salvage = salvage(folder)?;
    let saved = add(&mut connection, &salvage).map_err(failed)?;
    let until = last_day(&connection).map_err(failed)?;
    connection.close().map_err(|(_, error)| failed(error))?;
    let moved = |error: io::Error| of_system(&database, &error);
    let aside = put_aside(folder).map_err(moved)?;
    folder.place(&fresh, &database).map_err(moved)?;
    Ok(Recovered { aside, copy, copy_until, saved, until, complete: salvage.complete })
}

/// Begins with the good copy, if there is one and it is whole.
fn from_good(folder: &Folder, fresh: &Path) -> Result<bool, JournalError> {
    let good = folder.good();
    match inspect::open_whole(&good) {
        Ok(connection) => drop(connection),
        Err(newer @ JournalError::Newer { .. }) => return Err(newer),
        Err(error) => {
            tracing::warn!(%error, "no good copy");
            return Ok(false);
        }
    }
    fs::copy(&good, fresh).map_err(|error| of_system(fresh, &error))?;
    Ok(true)
}

fn last_day(connection: &Connection) -> rusqlite::Result<Option<Day>> {
    let sql = "SELECT max(day) FROM practised";
    connection.query_row(sql, [], |row| row.get::<_, Option<i32>>(0)).map(|day| day.map(Day))
}

/// Reads a copy of the damaged file, so that the original stays as it was found.
fn salvage(folder: &Folder) -> Result<Salvage, JournalError> {
    let database = folder.database();
    if inspect::header(&database).is_err() {
        return Ok(Salvage::default());
    }
    let copied = || -> io::Result<PathBuf> {
        let copy = folder.unfinished("salvage")?;
        for (from, to) in with_companions(&database).iter().zip(with_companions(&copy)).take(2) {
            if from.exists() {
                fs::copy(from, to)?;
            }
        }
        Ok(copy)
    };
    let copy = copied().map_err(|error| of_system(&database, &error))?;
    let salvage = read(&copy).unwrap_or_else(|error| {
        tracing::warn!(%error, "nothing can be read from the damaged file");
        Salvage::default()
    });
    for file in with_companions(&copy) {
        remove(&file).map_err(|error| of_system(&file, &error))?;
    }
    Ok(salvage)
}

fn read(copy: &Path) -> rusqlite::Result<Salvage> {
    let connection = schema::open(copy)?;
    let mut salvage = Salvage { complete: true, ..Salvage::default() };
    match students::all(&connection) {
        Ok((students, broken)) => {
            salvage.students = students;
            salvage.complete &= broken == 0;
        }
        Err(_) => salvage.complete = false,
    }
    // A broken page ends one walk; the other one comes from behind it.
    for backwards in [false, true] {
        let (rows, complete) = (&mut salvage.practised, &mut salvage.complete);
        let walked = practised::each(&connection, backwards, &mut |kept| match kept {
            Ok(kept) if kept.whole && kept.practised.is_possible() => {
                let key = (kept.student, kept.practised.item.clone(), kept.practised.began.unix_ms);
                rows.insert(key, kept.practised);
            }
            _ => *complete = false,
        });
        salvage.complete &= walked.is_ok();
    }
    Ok(salvage)
}

/// Adds what was salvaged; what is there already stays, unless the salvaged one went on longer.
/// Tells how many records are new.
fn add(connection: &mut Connection, salvage: &Salvage) -> rusqlite::Result<usize> {
    let transaction = connection.transaction()?;
    for student in &salvage.students {
        let same_name = students::named(&transaction, &student.name)?;
        if same_name.is_none_or(|id| id == student.id) {
            students::put(&transaction, student)?;
        }
    }
    let mut saved = 0;
    for ((student, item, began), practised) in &salvage.practised {
        if !students::exists(&transaction, *student)? {
            continue;
        }
        let known = practised::of_item(&transaction, *student, item)?;
        let known = known.iter().find(|known| known.began.unix_ms == *began);
        if known.is_none_or(|known| known.seconds < practised.seconds) {
            practised::put(&transaction, *student, practised)?;
            saved += usize::from(known.is_none());
        }
    }
    reviews::renew_all(&transaction)?;
    transaction.commit()?;
    Ok(saved)
}

/// Moves the damaged file away, with its log.
fn put_aside(folder: &Folder) -> io::Result<Option<PathBuf>> {
    let database = folder.database();
    let [_, log, shared, journal] = with_companions(&database);
    remove(&shared)?;
    if !database.exists() {
        for file in [log, journal] {
            remove(&file)?;
        }
        return Ok(None);
    }
    let aside = folder.aside();
    let [_, aside_log, _, aside_journal] = with_companions(&aside);
    // The log first: a database must never be met with another's.
    for (from, to) in [(log, aside_log), (journal, aside_journal)] {
        if from.exists() {
            fs::rename(from, to)?;
        }
    }
    fs::rename(&database, &aside)?;
    folder.settle()?;
    Ok(Some(aside))
}
