//! A damaged file: it is put aside as it is, what is whole comes back, and what was lost is said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use pipeline::journal::{Journal, JournalError, Practised};
use progress::{Notice, Profile, Recovered};
use rusqlite::Connection;
use support::{TODAY, at, filled, practised};
use tutor::review::Day;

const PAGE: usize = 4_096;

fn database(folder: &Path) -> PathBuf {
    folder.join("progress.db")
}

/// A profile with 300 records and a good copy of the first 256 or more.
fn kept(folder: &Path) -> Vec<Practised> {
    let mut profile = Profile::open(folder).unwrap();
    let student = filled(&mut profile, "נועה", 300);
    let all = profile.practised(student.id, None, Day(0)).unwrap();
    assert_eq!(all.len(), 300);
    all
}

/// Records after the last good copy: the program is killed before it makes another.
fn record_without_a_copy(folder: &Path, records: i64) {
    let good = folder.join("progress.good.db");
    let copy = fs::read(&good).unwrap();
    let mut profile = Profile::open(folder).unwrap();
    let student = profile.students().unwrap().remove(0);
    for n in 0..records {
        profile.record(student.id, &practised("chord:D", at(1, n), "++")).unwrap();
    }
    drop(profile);
    fs::write(good, copy).unwrap();
}

fn recovered(profile: &Profile) -> Recovered {
    let found = profile.notices().iter().find_map(|notice| match notice {
        Notice::Recovered(recovered) => Some(recovered.clone()),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{:?}", profile.notices()))
}

fn records(profile: &Profile) -> Vec<Practised> {
    let student = profile.students().unwrap().remove(0);
    profile.practised(student.id, None, Day(0)).unwrap()
}

/// Damages the file, opens the profile and tells what it says; the damaged bytes must be kept.
fn damaged(folder: &Path, damage: impl FnOnce(&mut Vec<u8>)) -> (Profile, Recovered) {
    let mut bytes = fs::read(database(folder)).unwrap();
    damage(&mut bytes);
    fs::write(database(folder), &bytes).unwrap();
    let profile = Profile::open(folder).unwrap();
    let told = recovered(&profile);
    let aside = told.aside.clone().unwrap();
    assert_eq!(fs::read(&aside).unwrap(), bytes, "put aside as it was found");
    (profile, told)
}

#[test]
fn no_byte_is_left_then_the_copy_comes_back() {
    for damage in [
        (|bytes: &mut Vec<u8>| bytes.clear()) as fn(&mut Vec<u8>),
        |bytes| bytes.truncate(50),
        |bytes| bytes[..16].fill(0),
        |bytes| *bytes = b"a letter to grandmother".repeat(99),
        |bytes| bytes.fill(0),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let all = kept(folder.path());
        let (profile, told) = damaged(folder.path(), damage);
        assert!(told.copy && !told.complete, "{told:?}");
        assert_eq!((told.saved, told.until), (0, told.copy_until), "{told:?}");
        assert_eq!(records(&profile), all, "the copy was made when the profile was closed");
        drop(profile);
        assert!(Profile::open(folder.path()).unwrap().notices().is_empty(), "told once");
    }
}

#[test]
fn an_overwritten_page_costs_only_what_was_on_it() {
    let folder = tempfile::tempdir().unwrap();
    kept(folder.path());
    record_without_a_copy(folder.path(), 40);
    let pages = fs::metadata(database(folder.path())).unwrap().len() as usize / PAGE;
    assert!(pages > 10, "{pages}");
    let sound = fs::read(database(folder.path())).unwrap();
    let good = fs::read(folder.path().join("progress.good.db")).unwrap();
    let mut saved = Vec::new();
    for page in 1..pages {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("progress.good.db"), &good).unwrap();
        fs::write(database(folder.path()), &sound).unwrap();
        let noise = |bytes: &mut Vec<u8>| {
            let page = &mut bytes[page * PAGE..(page + 1) * PAGE];
            page.iter_mut().enumerate().for_each(|(n, byte)| *byte = (n * 37 % 251) as u8);
        };
        let (profile, told) = damaged(folder.path(), noise);
        let now = records(&profile).len();
        assert_eq!(now, 300 + told.saved, "{told:?}");
        assert!(!told.complete || now == 340, "what is called complete is: {told:?}");
        saved.push(told.saved);
    }
    let most = saved.iter().filter(|saved| **saved == 40).count();
    assert!(most * 2 > saved.len(), "most pages cost nothing: {saved:?}");
}

#[test]
fn a_changed_byte_within_a_value_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    kept(folder.path());
    let connection = Connection::open(database(folder.path())).unwrap();
    connection
        .execute(
            "UPDATE practised SET clean = clean - 1 WHERE day = (SELECT max(day) FROM practised)",
            [],
        )
        .unwrap();
    connection.close().unwrap();
    let profile = Profile::open(folder.path()).unwrap();
    let told = recovered(&profile);
    assert!(told.copy && !told.complete, "{told:?}");
    assert_eq!(records(&profile).len(), 300);
    assert!(records(&profile).iter().all(|it| it.tally.clean == 3), "the good copy's values stay");
}

#[test]
fn a_shorter_file_gives_what_is_left_of_it() {
    let folder = tempfile::tempdir().unwrap();
    kept(folder.path());
    record_without_a_copy(folder.path(), 40);
    let (profile, told) = damaged(folder.path(), |bytes| bytes.truncate(bytes.len() * 2 / 3));
    assert!(!told.complete, "{told:?}");
    assert_eq!(records(&profile).len(), 300 + told.saved);
}

#[test]
fn another_programs_database_is_put_aside_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let all = kept(folder.path());
    fs::remove_file(database(folder.path())).unwrap();
    let other = Connection::open(database(folder.path())).unwrap();
    other
        .execute_batch("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('עוגה');")
        .unwrap();
    other.close().unwrap();
    let profile = Profile::open(folder.path()).unwrap();
    let aside = Connection::open(recovered(&profile).aside.unwrap()).unwrap();
    let cake: String = aside.query_row("SELECT name FROM recipes", [], |row| row.get(0)).unwrap();
    assert_eq!((cake.as_str(), records(&profile)), ("עוגה", all));
}

#[test]
fn a_file_that_is_gone_comes_back_from_the_copy() {
    let folder = tempfile::tempdir().unwrap();
    let all = kept(folder.path());
    fs::remove_file(database(folder.path())).unwrap();
    let profile = Profile::open(folder.path()).unwrap();
    let told = recovered(&profile);
    assert_eq!((told.aside, told.copy), (None, true));
    assert_eq!(records(&profile), all);
}

#[test]
fn without_a_good_copy_one_begins_anew_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    kept(folder.path());
    fs::write(folder.path().join("progress.good.db"), "rubbish").unwrap();
    let (mut profile, told) = damaged(folder.path(), |bytes| bytes.truncate(10));
    assert!(!told.copy && !told.complete && told.until.is_none(), "{told:?}");
    assert!(profile.students().unwrap().is_empty());
    filled(&mut profile, "נועה", 3);
}

#[test]
fn without_a_good_copy_what_can_be_read_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let all = kept(folder.path());
    fs::write(folder.path().join("progress.good.db"), "").unwrap();
    let last = |bytes: &mut Vec<u8>| {
        let start = bytes.len() - PAGE;
        bytes[start..].fill(0xee);
    };
    let (profile, told) = damaged(folder.path(), last);
    let now = records(&profile);
    assert!(!told.copy && now.len() == told.saved && now.len() > 100, "{told:?}");
    assert!(now.iter().all(|it| all.contains(it)), "nothing is invented");
}

#[test]
fn a_newer_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    kept(folder.path());
    let connection = Connection::open(database(folder.path())).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    connection.close().unwrap();
    let before = fs::read(database(folder.path())).unwrap();
    match Profile::open(folder.path()).unwrap_err() {
        JournalError::Newer { found, .. } => assert_eq!(found, 99),
        other => panic!("{other}"),
    }
    assert_eq!(fs::read(database(folder.path())).unwrap(), before);
}

#[test]
fn who_only_reads_repairs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    kept(folder.path());
    let first = Profile::open(folder.path()).unwrap();
    fs::write(database(folder.path()), "rubbish").unwrap();
    let second = Profile::open(folder.path()).unwrap_err();
    assert!(matches!(second, JournalError::Damaged { .. }), "{second}");
    assert_eq!(fs::read(database(folder.path())).unwrap(), b"rubbish");
    drop(first);
    let third = Profile::open(folder.path()).unwrap();
    assert_eq!(recovered(&third).copy_until, Some(TODAY.plus(-1)));
}
