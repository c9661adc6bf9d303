//! The table of what was practised. A row is sealed as `Practised` is written in JSON: what a later
//! version adds must be left out there where it is unknown.

use pipeline::journal::{FaultsOfDay, Practised, StudentId};
use rusqlite::{Connection, Row, params};
use tutor::TipId;
use tutor::review::{Day, Item, Moment, Tally};

use crate::seal::seal;
use crate::students::{unreadable, unwritable};

const COLUMNS: &str = "student, item, began, day, seconds, attempts, clean, first_clean, in_a_row, \
    running, per_minute, tempo, faults, seal";

/// All columns as they are read: a file that is not migrated (yet) knows fewer.
fn columns(connection: &Connection) -> rusqlite::Result<String> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let strings = if version >= 2 { "strings" } else { "NULL" };
    let picked = if version >= 3 { "picked" } else { "0" };
    Ok(format!("{COLUMNS}, {strings}, {picked}"))
}

/// A row, and whether its seal holds.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) student: StudentId,
    pub(crate) practised: Practised,
    pub(crate) whole: bool,
}

/// Writes something practised, in the place of what began at the same moment.
pub(crate) fn put(
    connection: &Connection,
    student: StudentId,
    practised: &Practised,
) -> rusqlite::Result<()> {
    let Practised { item, began, seconds, tally, per_minute, tempo, faults, strings, picked } =
        practised;
    let faults = serde_json::to_string(faults).map_err(unwritable)?;
    let strings = strings.map(|all| serde_json::to_string(&all)).transpose().map_err(unwritable)?;
    let seal = seal(student.0, practised).map_err(unwritable)?;
    let sql = format!(
        "INSERT OR REPLACE INTO practised ({COLUMNS}, strings, picked) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, \
         ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
    );
    connection.prepare_cached(&sql)?.execute(params![
        student.0,
        item.to_string(),
        began.unix_ms,
        began.day.0,
        seconds,
        tally.attempts,
        tally.clean,
        tally.first_clean,
        tally.in_a_row,
        tally.running,
        per_minute,
        tempo,
        faults,
        seal,
        strings,
        picked,
    ])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let item: String = row.get(1)?;
    let faults: String = row.get(12)?;
    let strings: Option<String> = row.get(14)?;
    let strings = strings.as_deref().map(serde_json::from_str).transpose();
    let student = StudentId(row.get(0)?);
    let practised = Practised {
        item: item.parse::<Item>().map_err(|error| unreadable(1, error))?,
        began: Moment { unix_ms: row.get(2)?, day: Day(row.get(3)?) },
        seconds: row.get(4)?,
        tally: Tally {
            attempts: row.get(5)?,
            clean: row.get(6)?,
            first_clean: row.get(7)?,
            in_a_row: row.get(8)?,
            running: row.get(9)?,
        },
        per_minute: row.get(10)?,
        tempo: row.get(11)?,
        faults: serde_json::from_str(&faults).map_err(|error| unreadable(12, error))?,
        strings: strings.map_err(|error| unreadable(14, error))?,
        picked: row.get(15)?,
    };
    let expected: Vec<u8> = row.get(13)?;
    let whole = seal(student.0, &practised).is_ok_and(|seal| seal == expected[..]);
    Ok(Kept { student, practised, whole })
}

/// Hands over every row, in this order of the key or the other. A row that cannot be read ends it.
pub(crate) fn each(
    connection: &Connection,
    backwards: bool,
    on: &mut dyn FnMut(rusqlite::Result<Kept>),
) -> rusqlite::Result<()> {
    let order = if backwards { "DESC" } else { "ASC" };
    let columns = columns(connection)?;
    let sql = format!(
        "SELECT {columns} FROM practised ORDER BY student {order}, item {order}, began {order}"
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        on(read(row));
    }
    Ok(())
}

/// What a student practised from `since` on, in order of time; of one item, or of all.
pub(crate) fn of(
    connection: &Connection,
    student: StudentId,
    item: Option<&Item>,
    since: Day,
) -> rusqlite::Result<Vec<Practised>> {
    let columns = columns(connection)?;
    let sql = format!(
        "SELECT {columns} FROM practised WHERE student = ?1 AND day >= ?2 \
         AND (?3 IS NULL OR item = ?3) ORDER BY began, item"
    );
    let item = item.map(ToString::to_string);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![student.0, since.0, item], read)?;
    rows.map(|row| row.map(|kept| kept.practised)).collect()
}

/// All that was practised of one item, in order of time.
pub(crate) fn of_item(
    connection: &Connection,
    student: StudentId,
    item: &Item,
) -> rusqlite::Result<Vec<Practised>> {
    let columns = columns(connection)?;
    let sql =
        format!("SELECT {columns} FROM practised WHERE student = ?1 AND item = ?2 ORDER BY began");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![student.0, item.to_string()], read)?;
    rows.map(|row| row.map(|kept| kept.practised)).collect()
}

/// The last time each item was practised.
pub(crate) fn last_of_each(
    connection: &Connection,
    student: StudentId,
) -> rusqlite::Result<Vec<Practised>> {
    let columns = columns(connection)?;
    let sql = format!(
        "SELECT {columns} FROM practised AS one WHERE student = ?1 AND began = \
         (SELECT max(began) FROM practised WHERE student = ?1 AND item = one.item) ORDER BY item"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([student.0], read)?;
    rows.map(|row| row.map(|kept| kept.practised)).collect()
}

/// What went wrong from `since` on, by day, item and row.
pub(crate) fn faults(
    connection: &Connection,
    student: StudentId,
    since: Day,
) -> rusqlite::Result<Vec<FaultsOfDay>> {
    let sql = "SELECT fault.key, item, day, sum(fault.value) FROM practised, json_each(faults) AS fault
        WHERE student = ?1 AND day >= ?2 GROUP BY day, item, fault.key ORDER BY day, item, fault.key";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![student.0, since.0], |row| {
        let item: String = row.get(1)?;
        Ok(FaultsOfDay {
            row: TipId(row.get(0)?),
            item: item.parse::<Item>().map_err(|error| unreadable(1, error))?,
            day: Day(row.get(2)?),
            times: row.get(3)?,
        })
    })?;
    rows.collect()
}

/// The days on which a student played.
pub(crate) fn days(connection: &Connection, student: StudentId) -> rusqlite::Result<Vec<Day>> {
    let sql = "SELECT DISTINCT day FROM practised WHERE student = ?1 ORDER BY day";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([student.0], |row| row.get(0).map(Day))?;
    rows.collect()
}

/// Removes everything a student practised.
pub(crate) fn clear(connection: &Connection, student: StudentId) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM practised WHERE student = ?1", [student.0]).map(drop)
}
