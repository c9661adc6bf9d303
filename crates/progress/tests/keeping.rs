//! What is kept is read again, and what follows from it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

mod support;

use pipeline::journal::{Hand, Journal, JournalError, Practised, Settings, StudentId, due};
use progress::{Notice, Profile};
use support::{TODAY, at, filled, practised, student};
use tutor::TipId;
use tutor::review::{Grade, Review};

#[test]
fn what_is_kept_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profile");
    let mut profile = Profile::open(&path).unwrap();
    assert!(profile.is_writer() && profile.notices().is_empty());
    let noa = student(&mut profile, " נועה ");
    assert_eq!(noa.name, "נועה");
    let mut first = practised("chord:E:min", at(-3, 0), "--+++++");
    first.per_minute = Some(31.25);
    first.tempo = Some(60.0);
    first.faults.insert(TipId("T01".to_owned()), 1);
    let standing = profile.record(noa.id, &first).unwrap();
    assert_eq!(standing.review, Some(Review::after(None, at(-3, 0).day, Grade::Good)));
    drop(profile);

    let profile = Profile::open(&path).unwrap();
    assert!(profile.notices().is_empty());
    assert_eq!(profile.students().unwrap(), std::slice::from_ref(&noa));
    let since = TODAY.plus(-7);
    assert_eq!(profile.practised(noa.id, None, since).unwrap(), [first.clone()]);
    assert_eq!(profile.practised(noa.id, Some(&first.item), since).unwrap(), [first.clone()]);
    assert_eq!(profile.practised(noa.id, None, TODAY).unwrap(), []);
    assert_eq!(profile.standings(noa.id).unwrap(), [standing]);
    assert_eq!(profile.days(noa.id).unwrap(), [at(-3, 0).day]);
    let faults = profile.faults(noa.id, since).unwrap();
    let told: Vec<_> = faults.iter().map(|it| (it.row.0.as_str(), it.times)).collect();
    assert_eq!(told, [("L05", 2), ("T01", 1)]);
}

#[test]
fn a_long_practice_grows_under_its_own_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut profile = Profile::open(folder.path()).unwrap();
    let student = student(&mut profile, "א");
    for tries in ["-", "--", "-----", "-----+", "-----++++++"] {
        profile.record(student.id, &practised("chord:E:min", at(0, 0), tries)).unwrap();
    }
    let all = profile.practised(student.id, None, TODAY).unwrap();
    assert_eq!(all, [practised("chord:E:min", at(0, 0), "-----++++++")]);
    let [standing] = &profile.standings(student.id).unwrap()[..] else { panic!() };
    let review = standing.review.unwrap();
    assert_eq!((review.times, review.due), (1, TODAY.plus(1)), "it counts once");
}

#[test]
fn what_is_due_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut profile = Profile::open(folder.path()).unwrap();
    let id = student(&mut profile, "א").id;
    for (item, day, tries) in [
        ("chord:E:min", -5, "+++++"),
        ("chord:A:min", -5, "-----"),
        ("pair:E:min>A:min", -5, "+"),
        ("pattern:D-DU-UDU", -1, "--"),
        ("song:erez/2", 0, "+++++"),
    ] {
        profile.record(id, &practised(item, at(day, 0), tries)).unwrap();
    }
    let standings = profile.standings(id).unwrap();
    let order: Vec<String> = standings.iter().map(|it| it.last.item.to_string()).collect();
    let expected =
        ["chord:A:min", "pair:E:min>A:min", "chord:E:min", "song:erez/2", "pattern:D-DU-UDU"];
    assert_eq!(order, expected);
    assert_eq!(due(standings, TODAY).len(), 3);
}

#[test]
fn a_later_record_of_an_earlier_day_is_put_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut profile = Profile::open(folder.path()).unwrap();
    let (forth, back) = (student(&mut profile, "א").id, student(&mut profile, "ב").id);
    let mut history: Vec<Practised> = (0..6)
        .map(|n| practised("chord:C", at(n * 3, 0), ["+++++", "-----", "+"][n as usize % 3]))
        .collect();
    for one in &history {
        profile.record(forth, one).unwrap();
    }
    history.reverse();
    for one in &history {
        profile.record(back, one).unwrap();
    }
    assert_eq!(profile.standings(forth).unwrap(), profile.standings(back).unwrap());
}

#[test]
fn students_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let mut profile = Profile::open(folder.path()).unwrap();
    let one = filled(&mut profile, "נועה", 12);
    let other = filled(&mut profile, "#a8420a", 7);
    assert_eq!(profile.practised(one.id, None, TODAY.plus(-9)).unwrap().len(), 12);
    assert_eq!(profile.practised(other.id, None, TODAY.plus(-9)).unwrap().len(), 7);
    let taken = profile.admit("נועה ", &Settings::default(), TODAY);
    assert_eq!(taken.unwrap_err(), JournalError::NameTaken);
    let nobody = profile.record(StudentId(9), &practised("chord:C", at(0, 0), "+"));
    assert_eq!(nobody.unwrap_err(), JournalError::NoStudent);
}

#[test]
fn choices_are_kept_and_nonsense_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut profile = Profile::open(folder.path()).unwrap();
    let id = student(&mut profile, "א").id;
    let chosen = Settings {
        hand: Hand::Left,
        colour: Some("#1b5e8c".to_owned()),
        minutes: 20,
        ..Settings::default()
    };
    profile.choose(id, &chosen).unwrap();
    let bad = Settings { colour: Some("blue".to_owned()), ..Settings::default() };
    assert!(matches!(profile.choose(id, &bad), Err(JournalError::Nonsense(_))));
    for name in ["", "  ", "a\nb", &"א".repeat(41)] {
        let refused = profile.admit(name, &Settings::default(), TODAY);
        assert!(matches!(refused, Err(JournalError::Nonsense(_))), "{name}");
    }
    let sound = practised("chord:C", at(0, 0), "+");
    for bad in [
        Practised { seconds: f32::NAN, ..sound.clone() },
        Practised { seconds: -0.0, ..sound.clone() },
        Practised { per_minute: Some(f32::INFINITY), ..sound.clone() },
        Practised { began: at(-30_000, 0), ..sound.clone() },
        Practised { faults: [(TipId("a b".to_owned()), 1)].into(), ..sound.clone() },
    ] {
        assert!(matches!(profile.record(id, &bad), Err(JournalError::Nonsense(_))), "{bad:?}");
    }
    drop(profile);
    let profile = Profile::open(folder.path()).unwrap();
    assert_eq!(profile.students().unwrap()[0].settings, chosen);
    assert!(profile.practised(id, None, TODAY).unwrap().is_empty());
}

#[test]
fn the_second_one_reads() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Profile::open(folder.path()).unwrap();
    let student = filled(&mut first, "א", 5);
    let mut second = Profile::open(folder.path()).unwrap();
    assert!(!second.is_writer());
    assert_eq!(second.notices(), [Notice::OnlyToRead]);
    let more = practised("chord:C", at(0, 0), "+");
    assert_eq!(second.record(student.id, &more).unwrap_err(), JournalError::Busy);
    first.record(student.id, &more).unwrap();
    let seen = second.practised(student.id, None, TODAY.plus(-9)).unwrap();
    assert_eq!(seen.len(), 6, "what the first one keeps meanwhile is seen");
    drop(first);
    assert!(Profile::open(folder.path()).unwrap().is_writer());
}
