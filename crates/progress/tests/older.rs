//! What every older version wrote is read, as a database and as a file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};

use pipeline::journal::Journal;
use progress::Profile;
use rusqlite::Connection;
use serde_json::Value;

/// Versions of the database, each with what it holds. A new step adds a line and two files.
const VERSIONS: [u32; 3] = [1, 2, 3];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Whether everything of `was` is in `is`, which may know more.
fn holds(is: &Value, was: &Value) -> bool {
    match (is, was) {
        (Value::Object(is), Value::Object(was)) => {
            was.iter().all(|(key, was)| is.get(key).is_some_and(|is| holds(is, was)))
        }
        (Value::Array(is), Value::Array(was)) => {
            is.len() == was.len() && is.iter().zip(was).all(|(is, was)| holds(is, was))
        }
        _ => is == was,
    }
}

#[test]
fn every_older_database_becomes_a_new_one_and_loses_nothing() {
    for version in VERSIONS {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open(folder.path().join("progress.db")).unwrap();
        let sql = fs::read_to_string(fixture(&format!("v{version}.sql"))).unwrap();
        connection.execute_batch(&sql).unwrap();
        connection.close().unwrap();
        let profile = Profile::open(folder.path()).unwrap();
        assert!(profile.notices().is_empty(), "{version}: {:?}", profile.notices());
        let file = folder.path().join("out.json");
        profile.export(&file, None).unwrap();
        let body = |path: PathBuf| -> Value {
            let text = fs::read_to_string(path).unwrap();
            serde_json::from_str::<Value>(&text).unwrap()["body"].clone()
        };
        let (was, is) = (body(fixture(&format!("v{version}.json"))), body(file));
        assert!(holds(&is, &was), "{version}: {is} {was}");
        let reviewed: usize = profile
            .students()
            .unwrap()
            .iter()
            .map(|student| profile.standings(student.id).unwrap())
            .map(|standings| standings.iter().filter(|it| it.review.is_some()).count())
            .sum();
        assert_eq!(reviewed, 4, "{version}");
    }
}

#[test]
fn every_older_file_is_taken() {
    for version in VERSIONS {
        let folder = tempfile::tempdir().unwrap();
        let mut profile = Profile::open(folder.path()).unwrap();
        let import = profile.look_into(&fixture(&format!("v{version}.json"))).unwrap();
        assert_eq!(import.incoming().len(), 2);
        profile.import(&import).unwrap();
        assert_eq!(profile.students().unwrap().len(), 2);
    }
}

#[test]
fn the_newest_version_has_a_fixture() {
    let folder = tempfile::tempdir().unwrap();
    drop(Profile::open(folder.path()).unwrap());
    let connection = Connection::open(folder.path().join("progress.db")).unwrap();
    let newest: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(VERSIONS.last(), Some(&newest));
}
