//! Progress as a file: whole or not at all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use pipeline::journal::{Journal, JournalError, Practised, Standing, Student};
use progress::{PortableError, Profile};
use support::{TODAY, at, filled, practised};
use tutor::review::Day;

struct Place {
    root: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap() }
    }

    fn profile(&self, name: &str) -> Profile {
        Profile::open(&self.root.path().join(name)).unwrap()
    }

    fn file(&self) -> PathBuf {
        self.root.path().join("noa.json")
    }
}

type Everything = Vec<(String, Vec<Practised>, Vec<Standing>)>;

fn everything(profile: &Profile) -> Everything {
    let of = |student: Student| {
        let practised = profile.practised(student.id, None, Day(0)).unwrap();
        (student.name, practised, profile.standings(student.id).unwrap())
    };
    profile.students().unwrap().into_iter().map(of).collect()
}

#[test]
fn what_travels_arrives() {
    let place = Place::new();
    let mut here = place.profile("here");
    filled(&mut here, "נועה", 23);
    filled(&mut here, "אח", 4);
    let exported = here.export(&place.file(), None).unwrap();
    assert_eq!((exported.students, exported.records), (2, 27));
    let mut there = place.profile("there");
    let import = there.look_into(&place.file()).unwrap();
    assert!(!import.replaces());
    assert_eq!(there.import(&import).unwrap(), None);
    assert_eq!(everything(&there), everything(&here));
    let again = place.root.path().join("again.json");
    there.export(&again, None).unwrap();
    assert_eq!(fs::read(again).unwrap(), fs::read(place.file()).unwrap(), "byte for byte");
}

#[test]
fn an_export_destroys_whatever_it_does_not_hold() {
    let place = Place::new();
    let (mut here, file) = (place.profile("here"), place.file());
    let noa = filled(&mut here, "נועה", 3);
    let destroys = |here: &Profile, only| here.export_destroys(&file, only).unwrap();
    assert!(!destroys(&here, None), "there is none");
    fs::write(&file, "").unwrap();
    assert!(!destroys(&here, None), "there is nothing in it");
    fs::write(&file, "a letter").unwrap();
    assert!(destroys(&here, None));
    here.export(&file, None).unwrap();
    assert!(!destroys(&here, None) && !destroys(&here, Some(noa.id)));
    let more = practised("chord:A:min", at(3, 5), "+++");
    here.record(noa.id, &more).unwrap();
    assert!(!destroys(&here, None), "an earlier one");
    let other = place.profile("other");
    assert!(other.export_destroys(&file, None).unwrap(), "somebody else's");
    let brother = filled(&mut here, "אח", 4);
    here.export(&file, None).unwrap();
    assert!(destroys(&here, Some(brother.id)), "one of two");
    here.forget_student(noa.id).unwrap();
    assert!(destroys(&here, None), "all that is left of who was forgotten");
}

#[test]
fn one_student_travels_alone() {
    let place = Place::new();
    let mut here = place.profile("here");
    let noa = filled(&mut here, "נועה", 3);
    filled(&mut here, "אח", 4);
    let exported = here.export(&place.file(), Some(noa.id)).unwrap();
    assert_eq!((exported.students, exported.records), (1, 3));
}

#[test]
fn what_is_replaced_is_told_and_put_by() {
    let place = Place::new();
    let mut here = place.profile("here");
    let noa = filled(&mut here, "נועה", 5);
    filled(&mut here, "אח", 2);
    here.export(&place.file(), Some(noa.id)).unwrap();
    here.record(noa.id, &practised("chord:C", at(0, 0), "+")).unwrap();
    let before = everything(&here);
    let import = here.look_into(&place.file()).unwrap();
    let [incoming] = import.incoming() else { panic!() };
    assert_eq!((incoming.records, incoming.replaces, incoming.lost), (5, Some(6), 1));
    assert_eq!(everything(&here), before, "looking changes nothing");
    let put_by = here.import(&import).unwrap().unwrap();
    let after = everything(&here);
    assert_eq!((after[0].1.len(), &after[1]), (5, &before[1]), "who is not in the file stays");
    let import = here.look_into(&put_by).unwrap();
    here.import(&import).unwrap();
    assert_eq!(everything(&here), before, "and there is a way back");
}

#[test]
fn a_file_that_is_not_whole_changes_nothing() {
    let place = Place::new();
    let mut here = place.profile("here");
    filled(&mut here, "נועה", 9);
    here.export(&place.file(), None).unwrap();
    let whole = fs::read(place.file()).unwrap();
    let before = everything(&here);
    let refused = |bytes: &[u8]| {
        fs::write(place.file(), bytes).unwrap();
        here.look_into(&place.file()).unwrap_err()
    };
    for cut in (1..whole.len() - 2).step_by(7) {
        match refused(&whole[..cut]) {
            PortableError::Changed(_) => assert!(cut > 20, "{cut}"),
            PortableError::Foreign(_) => assert!(cut < 40, "{cut}"),
            other => panic!("{cut}: {other}"),
        }
    }
    let mut changed = 0;
    for at in (0..whole.len() - 1).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        let error = refused(&bytes);
        assert!(
            !matches!(error, PortableError::File { .. } | PortableError::Journal(_)),
            "{error}"
        );
        changed += 1;
    }
    assert!(changed > 100);
    assert_eq!(everything(&here), before);
}

#[test]
fn what_is_no_file_of_ours_says_so() {
    let place = Place::new();
    let here = place.profile("here");
    let read = |bytes: &[u8]| {
        fs::write(place.file(), bytes).unwrap();
        here.look_into(&place.file()).unwrap_err()
    };
    assert_eq!(read(b""), PortableError::Empty);
    for foreign in [&b"{}"[..], b"[]", b"null", b"RIFF\xff\xff", b"{\"v\":1,\"type\":\"print\"}"] {
        assert!(matches!(read(foreign), PortableError::Foreign(_)));
    }
    let newer = br#"{"v":2,"type":"prita-progress","shape":"of another kind"}"#;
    assert_eq!(read(newer), PortableError::Newer { found: 2 });
    let missing = here.look_into(Path::new("nowhere.json")).unwrap_err();
    assert!(matches!(missing, PortableError::File { .. }), "{missing}");
}

/// The text of a file with this body and a checksum that holds.
fn sealed(body: &str) -> String {
    use sha2::{Digest, Sha256};
    let hash: String = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect();
    format!(r#"{{"v":1,"type":"prita-progress","sha256":"{hash}","body":{body}}}"#)
}

#[test]
fn nonsense_under_a_checksum_is_refused() {
    let place = Place::new();
    let here = place.profile("here");
    let student = |name: &str, practised: &str| {
        format!(
            r#"{{"name":"{name}","since":"2026-11-26","settings":{{}},"practised":[{practised}]}}"#
        )
    };
    let record = |seconds: &str| {
        format!(
            r#"{{"item":"chord:E:min","began":{{"unix_ms":5,"day":"2026-11-26"}},"seconds":{seconds},"tally":{{"attempts":0,"clean":0,"in_a_row":0}}}}"#
        )
    };
    let read = |students: &[String]| {
        let body = format!(r#"{{"students":[{}]}}"#, students.join(","));
        fs::write(place.file(), sealed(&body)).unwrap();
        here.look_into(&place.file())
    };
    assert!(read(&[student("א", &record("5"))]).is_ok(), "the frame itself is sound");
    for nonsense in [
        vec![student("א", &record("-5"))],
        vec![student("א", &record("1e30"))],
        vec![student("א", &record("\"5\""))],
        vec![student("", "")],
        vec![student(" א", "")],
        vec![student("א", ""), student("א", "")],
        vec![student("א", &[record("5"), record("6")].join(","))],
    ] {
        assert!(matches!(read(&nonsense), Err(PortableError::Nonsense(_))), "{nonsense:?}");
    }
}

#[test]
fn who_only_reads_may_export_and_not_import() {
    let place = Place::new();
    let mut first = place.profile("here");
    filled(&mut first, "נועה", 5);
    let mut second = place.profile("here");
    second.export(&place.file(), None).unwrap();
    let import = second.look_into(&place.file()).unwrap();
    let busy = second.import(&import).unwrap_err();
    assert_eq!(busy, PortableError::Journal(JournalError::Busy));
    assert_eq!(second.forget().unwrap_err(), JournalError::Busy);
}

#[test]
fn everything_is_forgotten() {
    let place = Place::new();
    let mut here = place.profile("here");
    filled(&mut here, "נועה", 80);
    here.export(&place.file(), None).unwrap();
    let import = here.look_into(&place.file()).unwrap();
    here.import(&import).unwrap();
    let folder = place.root.path().join("here");
    fs::write(folder.join("mine.txt"), "not Prita's").unwrap();
    let forgotten = here.forget().unwrap();
    assert!(forgotten.files.iter().any(|file| file.ends_with("before-import-1.json")));
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left, ["mine.txt"]);
    assert!(place.profile("here").students().unwrap().is_empty());
}

#[test]
fn a_student_is_forgotten_with_the_last_copy_or_not_at_all() {
    let place = Place::new();
    let mut here = place.profile("here");
    let noa = filled(&mut here, "נועה", 5);
    // A copy that cannot be removed.
    let copy = place.root.path().join("here/before-import-1.json");
    fs::create_dir(&copy).unwrap();
    assert!(matches!(here.forget_student(noa.id), Err(JournalError::Refused { .. })));
    assert_eq!(here.students().unwrap().len(), 1);
    fs::remove_dir(&copy).unwrap();
    here.forget_student(noa.id).unwrap();
    assert!(here.students().unwrap().is_empty());
}

#[test]
fn a_student_who_is_forgotten_is_in_no_file() {
    let place = Place::new();
    let mut here = place.profile("here");
    let noa = filled(&mut here, "zkqvnoa", 30);
    let other = filled(&mut here, "xwpbrother", 30);
    here.export(&place.file(), None).unwrap();
    let import = here.look_into(&place.file()).unwrap();
    here.import(&import).unwrap();
    here.forget_student(noa.id).unwrap();
    assert_eq!(here.students().unwrap().len(), 1);
    assert_eq!(here.practised(other.id, None, TODAY.plus(-9)).unwrap().len(), 30);
    assert_eq!(here.forget_student(noa.id).unwrap_err(), JournalError::NoStudent);
    let holds = |name: &[u8]| {
        let files = fs::read_dir(place.root.path().join("here")).unwrap();
        let bytes = files.map(|file| fs::read(file.unwrap().path()).unwrap());
        bytes.filter(|bytes| bytes.windows(name.len()).any(|it| it == name)).count()
    };
    assert_eq!(holds(b"zkqvnoa"), 0);
    assert!(holds(b"xwpbrother") >= 2, "the other one is kept, and in the copy");
}
