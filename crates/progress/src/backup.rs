//! The last good copy: a whole database beside the one in use, checked before it takes the place of
//! the copy before it.

use std::path::Path;

use pipeline::journal::JournalError;
use rusqlite::Connection;

use crate::folder::{Folder, remove};
use crate::inspect;
use crate::trouble::{of_sqlite, of_system};

/// Copies what is kept. The copy before it stays, unless the new one is whole.
///
/// # Errors
/// No space, or what is in use is damaged.
pub(crate) fn renew(folder: &Folder, connection: &Connection) -> Result<(), JournalError> {
    let good = folder.good();
    let copy = folder.unfinished("copy").map_err(|error| of_system(&good, &error))?;
    let renewed = write(connection, &copy).and_then(|()| {
        drop(inspect::open_whole(&copy)?);
        folder.place(&copy, &good).map_err(|error| of_system(&good, &error))
    });
    if renewed.is_err() {
        let _ = remove(&copy);
    }
    renewed
}

fn write(connection: &Connection, copy: &Path) -> Result<(), JournalError> {
    let name = copy.to_str().ok_or(JournalError::Nonsense("the folder's name is no text"))?;
    connection.execute("VACUUM INTO ?1", [name]).map(drop).map_err(|error| of_sqlite(copy, &error))
}

/// Whether the last good copy holds everything that is in use now.
pub(crate) fn is_current(folder: &Folder, connection: &Connection) -> bool {
    let counted = |connection: &Connection| {
        let sql = "SELECT count(*), max(began), total(seconds), total(attempts),
            (SELECT group_concat(hex(seal)) FROM students) FROM practised";
        connection.query_row(sql, [], |row| {
            let numbers: (i64, Option<i64>, f64, f64) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok((numbers, row.get::<_, Option<String>>(4)?))
        })
    };
    let copy = crate::schema::open_to_read(&folder.good()).and_then(|copy| counted(&copy));
    matches!((copy, counted(connection)), (Ok(copy), Ok(now)) if copy == now)
}
