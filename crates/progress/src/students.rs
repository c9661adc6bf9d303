//! The table of students.

use pipeline::journal::{Settings, Student, StudentId};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};
use tutor::review::Day;

use crate::seal::{Seal, seal};

/// Longest name, in letters.
const LONGEST: usize = 40;

/// A name as it is kept: without spaces around it. None where that is no name.
pub(crate) fn name(text: &str) -> Option<&str> {
    let name = text.trim();
    let written = !name.is_empty() && name.chars().count() <= LONGEST;
    (written && !name.chars().any(char::is_control)).then_some(name)
}

/// Whether such settings can be kept.
pub(crate) fn are_possible(settings: &Settings) -> bool {
    let short = |text: &str| text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
    let colour = |text: &String| {
        let digits = text.strip_prefix('#').unwrap_or_default();
        digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit())
    };
    short(&settings.style) && settings.colour.as_ref().is_none_or(colour)
}

/// All students whose row is whole, and how many rows are not.
pub(crate) fn all(connection: &Connection) -> rusqlite::Result<(Vec<Student>, usize)> {
    let sql = "SELECT id, name, since, settings, seal FROM students ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let rows: Vec<Option<Student>> = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    let broken = rows.iter().filter(|row| row.is_none()).count();
    Ok((rows.into_iter().flatten().collect(), broken))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Option<Student>> {
    let (id, name, since): (i64, String, i32) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let text: String = row.get(3)?;
    let expected: Vec<u8> = row.get(4)?;
    let whole = sealed(id, &name, since, &text).is_ok_and(|seal| seal == expected[..]);
    let settings = serde_json::from_str(&text).ok().filter(|_| whole);
    let student = |settings| Student { id: StudentId(id), name, since: Day(since), settings };
    Ok(settings.map(student))
}

/// Over the settings as they are written: a later version knows more of them.
fn sealed(id: i64, name: &str, since: i32, settings: &str) -> Result<Seal, serde_json::Error> {
    seal(id, &(name, since, settings))
}

/// Whether there is such a student.
pub(crate) fn exists(connection: &Connection, id: StudentId) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM students WHERE id = ?1";
    Ok(connection.query_row(sql, [id.0], |_| Ok(())).optional()?.is_some())
}

/// The number of the student of this name.
pub(crate) fn named(connection: &Connection, name: &str) -> rusqlite::Result<Option<StudentId>> {
    let sql = "SELECT id FROM students WHERE name = ?1";
    connection.query_row(sql, [name], |row| row.get(0).map(StudentId)).optional()
}

/// Somebody new.
pub(crate) fn insert(
    connection: &Connection,
    name: &str,
    since: Day,
    settings: &Settings,
) -> rusqlite::Result<Student> {
    let sql = "SELECT coalesce(max(id), 0) + 1 FROM students";
    let id = connection.query_row(sql, [], |row| row.get(0).map(StudentId))?;
    let student = Student { id, name: name.to_owned(), since, settings: settings.clone() };
    put(connection, &student)?;
    Ok(student)
}

/// Writes a student, in the place of the one with the same number.
pub(crate) fn put(connection: &Connection, student: &Student) -> rusqlite::Result<()> {
    let settings = serde_json::to_string(&student.settings).map_err(unwritable)?;
    let seal = sealed(student.id.0, &student.name, student.since.0, &settings);
    let seal = seal.map_err(unwritable)?;
    let sql = "INSERT INTO students (id, name, since, settings, seal) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (id) DO UPDATE SET name = ?2, since = ?3, settings = ?4, seal = ?5";
    connection.prepare_cached(sql)?.execute(params![
        student.id.0,
        student.name,
        student.since.0,
        settings,
        seal
    ])?;
    Ok(())
}

/// Removes a student and everything of theirs.
pub(crate) fn delete(connection: &Connection, id: StudentId) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM students WHERE id = ?1", [id.0]).map(drop)
}

pub(crate) fn unwritable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}

pub(crate) fn unreadable(
    column: usize,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}
