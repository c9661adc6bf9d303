//! The table of reviews: what `tutor::review` makes of what was practised. It holds nothing that
//! cannot be counted anew.

use std::collections::HashMap;

use pipeline::journal::{Practised, StudentId};
use rusqlite::{Connection, Row, params};
use tutor::review::{Day, Item, Memory, Review, grade};

use crate::practised;
use crate::students::unreadable;

/// Where an item stands after everything that was practised of it, in order of time.
pub(crate) fn over(history: &[Practised]) -> Option<Review> {
    history.iter().fold(None, |before, practised| {
        match grade(&practised.tally, practised.per_minute) {
            Some(grade) => Some(Review::after(before, practised.began.day, grade)),
            None => before,
        }
    })
}

/// Counts one item's review anew and writes it.
pub(crate) fn renew(
    connection: &Connection,
    student: StudentId,
    item: &Item,
) -> rusqlite::Result<Option<Review>> {
    let review = over(&practised::of_item(connection, student, item)?);
    put(connection, student, item, review)?;
    Ok(review)
}

/// Counts every review anew: after an import, a recovery, or where the way to grade changed.
pub(crate) fn renew_all(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM reviews", [])?;
    let sql = "SELECT DISTINCT student, item FROM practised";
    let items: Vec<(i64, String)> = connection
        .prepare(sql)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (student, item) in items {
        let item: Item = item.parse().map_err(|error| unreadable(1, error))?;
        renew(connection, StudentId(student), &item)?;
    }
    Ok(())
}

fn put(
    connection: &Connection,
    student: StudentId,
    item: &Item,
    review: Option<Review>,
) -> rusqlite::Result<()> {
    let item = item.to_string();
    let Some(Review { memory, last, due, times, lapses }) = review else {
        let sql = "DELETE FROM reviews WHERE student = ?1 AND item = ?2";
        return connection.execute(sql, params![student.0, item]).map(drop);
    };
    let sql = "INSERT OR REPLACE INTO reviews
        (student, item, stability, difficulty, last, due, times, lapses)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let Memory { stability, difficulty } = memory;
    connection
        .prepare_cached(sql)?
        .execute(params![student.0, item, stability, difficulty, last.0, due.0, times, lapses])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<(Item, Review)> {
    let item: String = row.get(0)?;
    let item = item.parse().map_err(|error| unreadable(0, error))?;
    let review = Review {
        memory: Memory { stability: row.get(1)?, difficulty: row.get(2)? },
        last: Day(row.get(3)?),
        due: Day(row.get(4)?),
        times: row.get(5)?,
        lapses: row.get(6)?,
    };
    Ok((item, review))
}

const COLUMNS: &str = "item, stability, difficulty, last, due, times, lapses";

/// All reviews of a student.
pub(crate) fn of(
    connection: &Connection,
    student: StudentId,
) -> rusqlite::Result<HashMap<Item, Review>> {
    let sql = format!("SELECT {COLUMNS} FROM reviews WHERE student = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([student.0], read)?;
    rows.collect()
}
