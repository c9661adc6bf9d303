//! The tables, and how an older file becomes a newer one. A step that has been released is never
//! changed; a new one is added, with a fixture of the version before it in `tests/fixtures`.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use pipeline::journal::JournalError;
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use crate::trouble::of_sqlite;

/// Marks a database as ours: «Prit».
pub(crate) const APPLICATION: u32 = 0x5072_6974;

/// The newest version known here.
pub(crate) const VERSION: u32 = STEPS.len() as u32;

const STEPS: [&str; 3] =
    [include_str!("schema/1.sql"), include_str!("schema/2.sql"), include_str!("schema/3.sql")];

static MIGRATIONS: LazyLock<Migrations<'static>> =
    LazyLock::new(|| Migrations::new(STEPS.iter().map(|sql| M::up(sql)).collect()));

/// How long one waits for another's transaction.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens a database that may be written; it is made if it is missing.
pub(crate) fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    common(&connection)?;
    connection.pragma_update(None, "secure_delete", true)?;
    // A commit is on the disk before it is acknowledged, on every system.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    Ok(connection)
}

/// Opens a database that is only read.
pub(crate) fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    common(&connection)?;
    Ok(connection)
}

fn common(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")
}

/// Pages of the log that are brought into the database at once: a record takes a handful.
const LOG: u32 = 128;

/// Readers do not wait for the writer, nor it for them.
pub(crate) fn log_ahead(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG)
}

/// Brings the log into the database and cuts it to nothing.
pub(crate) fn empty_log(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}

/// Writes whose it is, and the newest tables.
///
/// # Errors
/// [`JournalError::Newer`], or what SQLite reports.
pub(crate) fn migrate(path: &Path, connection: &mut Connection) -> Result<(), JournalError> {
    let found = version(path, connection)?;
    if found > VERSION {
        let (found, known) = (u64::from(found), u64::from(VERSION));
        return Err(JournalError::Newer { what: path.display().to_string(), found, known });
    }
    connection
        .pragma_update(None, "application_id", APPLICATION)
        .map_err(|error| of_sqlite(path, &error))?;
    MIGRATIONS.to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => of_sqlite(path, &err),
        other => JournalError::Refused { what: path.display().to_string(), why: other.to_string() },
    })
}

/// The version a database is at; 0 has no tables yet.
pub(crate) fn version(path: &Path, connection: &Connection) -> Result<u32, JournalError> {
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|error| of_sqlite(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_are_sound() {
        MIGRATIONS.validate().unwrap();
    }
}
