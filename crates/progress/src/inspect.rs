//! Whether a database is ours and whole, before anything is believed or written.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use pipeline::journal::JournalError;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::schema::{self, APPLICATION, VERSION};
use crate::trouble::{of_sqlite, of_system};
use crate::{practised, students};

/// First bytes of every SQLite database.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// Where the header says whose the database is.
const OWNER: std::ops::Range<usize> = 68..72;
const HEADER: usize = 100;

/// Looks at the file itself: SQLite takes an empty file for a new database and throws its log away.
///
/// # Errors
/// [`JournalError::Damaged`] where this is no database of ours, or what the system reports.
pub(crate) fn header(path: &Path) -> Result<(), JournalError> {
    let damaged = |why: &str| {
        Err(JournalError::Damaged { what: path.display().to_string(), why: why.to_owned() })
    };
    let mut header = [0; HEADER];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut header));
    match read {
        Ok(()) if !header.starts_with(MAGIC) => damaged("it is no SQLite database"),
        Ok(()) if header[OWNER] != APPLICATION.to_be_bytes() => {
            damaged("it is another program's database")
        }
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => damaged("it is cut short"),
        Err(error) => Err(of_system(path, &error)),
    }
}

/// Opens a database after looking at every page and every row of it.
///
/// # Errors
/// [`JournalError::Damaged`], [`JournalError::Newer`], or what the system reports.
pub(crate) fn open_whole(path: &Path) -> Result<Connection, JournalError> {
    header(path)?;
    let connection = schema::open(path).map_err(|error| of_sqlite(path, &error))?;
    // Until it is known to be whole, closing it changes nothing.
    hold(&connection, true).map_err(|error| of_sqlite(path, &error))?;
    check(path, &connection)?;
    hold(&connection, false).map_err(|error| of_sqlite(path, &error))?;
    Ok(connection)
}

fn hold(connection: &Connection, on: bool) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on).map(drop)
}

/// Every page, every reference, every seal.
///
/// # Errors
/// As [`open_whole`].
pub(crate) fn check(path: &Path, connection: &Connection) -> Result<(), JournalError> {
    let version = schema::version(path, connection)?;
    if version > VERSION {
        let (found, known) = (u64::from(version), u64::from(VERSION));
        return Err(JournalError::Newer { what: path.display().to_string(), found, known });
    }
    let why = faults(connection).map_err(|error| of_sqlite(path, &error))?;
    match why {
        None => Ok(()),
        Some(why) => Err(JournalError::Damaged { what: path.display().to_string(), why }),
    }
}

/// What is wrong, if anything is.
fn faults(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let pages: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if pages != "ok" {
        return Ok(Some(pages));
    }
    let strays = connection.prepare("PRAGMA foreign_key_check")?.exists([])?;
    if strays {
        return Ok(Some("something practised belongs to nobody".to_owned()));
    }
    let (_, mut broken) = students::all(connection)?;
    practised::each(connection, false, &mut |kept| {
        broken += usize::from(!kept.is_ok_and(|kept| kept.whole));
    })?;
    Ok((broken > 0).then(|| format!("{broken} rows are not as they were written")))
}
