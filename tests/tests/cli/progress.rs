//! `prita progress`: kept, shown, taken along, deleted.

use std::fs;
use std::path::{Path, PathBuf};

use pipeline::journal::{Practised, Settings};
use prita_tests::command::{demo, in_hebrew, lines, of_type, prita, text};
use serde_json::Value;
use tutor::NoteNames;
use tutor::review::Day;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    /// A lesson on the bundled recording, kept in `profile`.
    fn practise(&self, profile: &str, student: &str) -> Vec<Value> {
        let (profile, demo) = (self.path(profile), demo());
        let args = ["--json", "practice", "--no-witness", "--audio", &demo, "--chord", "Em"];
        lines(&prita(&[&args[..], &["--profile", &profile, "--student", student]].concat()))
    }

    fn show(&self, profile: &str) -> Vec<Value> {
        lines(&prita(&["--json", "progress", "show", "--profile", &self.path(profile)]))
    }
}

#[test]
fn what_is_practised_is_shown() {
    let place = Place::new();
    let told = place.practise("p", "נועה");
    let [recorded] = of_type(&told, "recorded")[..] else { panic!("{told:?}") };
    assert_eq!(recorded["item"], "chord:E:min");
    assert_eq!((&recorded["attempts"], &recorded["clean"]), (&3.into(), &0.into()));
    place.practise("p", "נועה");
    let shown = place.show("p");
    let [summary] = of_type(&shown, "summary")[..] else { panic!("{shown:?}") };
    assert_eq!(summary["student"], "נועה");
    assert_eq!((&summary["records"], &summary["of_seven"]), (&2.into(), &1.into()));
    let faults: u64 =
        summary["faults"].as_array().unwrap().iter().map(|it| it["times"].as_u64().unwrap()).sum();
    assert_eq!(faults, 6, "{summary}");
    let people = prita(&["progress", "show", "--profile", &place.path("p")]);
    assert!(in_hebrew(&people.stdout) && text(&people.stdout).contains("נועה"));
}

#[test]
fn several_students_must_say_who_plays() {
    let place = Place::new();
    place.practise("p", "נועה");
    place.practise("p", "אח");
    let (profile, demo) = (place.path("p"), demo());
    let nobody = prita(&["practice", "--audio", &demo, "--chord", "Em", "--profile", &profile]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(in_hebrew(&nobody.stderr), "{}", text(&nobody.stderr));
    let one = ["--json", "progress", "show", "--student", "אח", "--profile", &profile];
    assert_eq!(lines(&prita(&one)).len(), 1);
    let unknown = prita(&["progress", "show", "--student", "סבא", "--profile", &profile]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn progress_travels_and_says_what_it_replaces() {
    let place = Place::new();
    place.practise("here", "נועה");
    let file = place.path("noa.json");
    let at = |profile: &str, args: &[&str]| {
        let profile = place.path(profile);
        lines(&prita(&[&["--json", "progress"], args, &["--profile", &profile]].concat()))
    };
    assert_eq!(at("here", &["export", &file])[0]["records"], 1);
    let taken = at("there", &["import", &file]);
    assert_eq!((&taken[0]["taken"], &taken[0]["records"]), (&true.into(), &1.into()));
    assert!(taken[0]["students"][0].get("replaces").is_none());
    assert_eq!(place.show("there"), place.show("here"));
    place.practise("there", "נועה");
    let asked = at("there", &["import", &file, "--dry-run"]);
    assert_eq!((&asked[0]["taken"], &asked[0]["students"][0]["lost"]), (&false.into(), &1.into()));
    assert_eq!(place.show("there")[0]["records"], 2);
    let replaced = at("there", &["import", &file]);
    assert_eq!(replaced[0]["students"][0]["replaces"], 2);
    let before = PathBuf::from(replaced[0]["before"].as_str().unwrap());
    assert!(before.starts_with(place.path("there")) && before.is_file());
    assert_eq!(place.show("there")[0]["records"], 1);
    at("there", &["import", before.to_str().unwrap()]);
    assert_eq!(place.show("there")[0]["records"], 2);
}

#[test]
fn a_place_that_cannot_be_written_is_not_called_a_file_that_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let (profile, file) = (folder.path().join("here"), folder.path().join("nowhere/out.json"));
    let (profile, file) = (profile.to_str().unwrap(), file.to_str().unwrap());
    let output = prita(&["progress", "export", file, "--profile", profile]);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("אי אפשר לכתוב את הקובץ"), "{said}");
}

#[test]
fn an_export_replaces_nothing_it_does_not_hold_unless_forced() {
    let place = Place::new();
    place.practise("p", "נועה");
    let (profile, file) = (place.path("p"), place.path("out.json"));
    let export = |more: &[&str]| {
        prita(&[&["progress", "export", &file, "--profile", &profile], more].concat())
    };
    assert_eq!(export(&[]).status.code(), Some(0), "a new file");
    place.practise("p", "נועה");
    assert_eq!(export(&[]).status.code(), Some(0), "an earlier export");
    fs::write(&file, "שיר שכתבתי").unwrap();
    let refused = export(&[]);
    assert_eq!(refused.status.code(), Some(2));
    let said = text(&refused.stderr);
    assert!(said.contains("כבר יש קובץ") && said.contains("--force"), "{said}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "שיר שכתבתי");
    assert_eq!(export(&["--force"]).status.code(), Some(0));
    assert!(fs::read_to_string(&file).unwrap().contains("prita-progress"));
}

#[test]
fn a_lesson_that_cannot_be_makes_no_student() {
    let place = Place::new();
    place.practise("p", "נועה");
    let (p, new, demo) = (place.path("p"), place.path("new"), demo());
    let text_file = place.path("text.wav");
    fs::write(&text_file, "not a recording").unwrap();
    let folder = format!("{text_file}/takes");
    let long = "א".repeat(41);
    for (args, code) in [
        (vec!["--audio", "nowhere.wav", "--chord", "Em"], 3),
        (vec!["--audio", &text_file, "--chord", "Em"], 3),
        (vec!["--audio", &text_file, "--chord", "Em", "--speak"], 3),
        (vec!["--audio", &demo, "--chord", "Qx"], 2),
        (vec!["--audio", &demo, "--chord", "Em", "--style", "nobody"], 2),
        (vec!["--audio", &demo, "--chord", "Em", "--keep", &folder], 3),
        (vec!["--audio", &demo, "--chord", "Em", "--student", &long], 2),
    ] {
        for profile in [&p, &new] {
            let who = if code == 2 && args.contains(&"--student") {
                vec![]
            } else {
                vec!["--student", "דן"]
            };
            let all = [&["practice", "--profile", profile][..], &args, &who].concat();
            let output = prita(&all);
            assert_eq!(output.status.code(), Some(code), "{all:?} {}", text(&output.stderr));
        }
        let shown = place.show("p");
        assert_eq!(shown.len(), 1, "{args:?}: {shown:?}");
        assert_eq!(place.show("new")[0]["students"], 0, "{args:?}");
    }
}

#[test]
fn a_lesson_speaks_as_its_student_chose() {
    let place = Place::new();
    let (p, demo) = (place.path("p"), demo());
    let mut home = host::Household::open(Path::new(&p)).unwrap();
    let settings = Settings { notes: NoteNames::Letters, ..Settings::default() };
    home.admit("נועה", &settings, Day(20_783)).unwrap();
    drop(home);
    let said = |more: &[&str]| {
        let args = ["practice", "--no-witness", "--audio", &demo, "--chord", "Em"];
        let output = prita(&[&args[..], &["--profile", &p], more].concat());
        text(&output.stdout).lines().next().unwrap().to_owned()
    };
    let em = "Em".parse().unwrap();
    assert_eq!(said(&[]), NoteNames::Letters.chord_line(em));
    assert_eq!(said(&["--notes", "solfege"]), NoteNames::Solfege.chord_line(em));
}

#[test]
fn what_went_wrong_and_songs_are_called_by_name() {
    let place = Place::new();
    place.practise("p", "נועה");
    let p = place.path("p");
    let home = host::Household::open(Path::new(&p)).unwrap();
    let student = home.current().unwrap().unwrap().id;
    let mut song = Practised::new("song:boker-ehad/1".parse().unwrap(), host::now());
    song.tally.count(true);
    home.journal().record(student, &song).unwrap();
    drop(home);
    let shown = text(&prita(&["progress", "show", "--profile", &p]).stdout);
    assert!(shown.contains("בשבוע האחרון בעיקר: מיתר"), "{shown}");
    assert!(shown.contains("בוקר אחד") && !shown.contains("boker-ehad"), "{shown}");
    assert!(!shown.contains("0 נקיות") && !shown.contains("מתוך 0"), "{shown}");
    let summary = &place.show("p")[0];
    let common = &summary["common"][0];
    assert_eq!((&common["item"], &common["row"]), (&"chord:E:min".into(), &"L05".into()));
    assert!(in_hebrew(common["words"].as_str().unwrap().as_bytes()));
}

#[test]
fn a_file_that_is_no_good_is_refused_in_hebrew_and_makes_no_profile() {
    let place = Place::new();
    place.practise("here", "נועה");
    let file = place.path("noa.json");
    let _ =
        lines(&prita(&["--json", "progress", "export", &file, "--profile", &place.path("here")]));
    let whole = fs::read_to_string(&file).unwrap();
    let other = whole.replacen("chord:E:min", "chord:A:min", 1);
    let newer = whole.replacen("\"v\":1", "\"v\":7", 1);
    for (bytes, said) in [
        ("", "ריק"),
        ("an old letter", "לא קובץ של התקדמות"),
        (&whole[..whole.len() / 2], "לא שלם"),
        (&other, "לא שלם"),
        (&newer, "חדשה יותר"),
    ] {
        fs::write(&file, bytes).unwrap();
        let refused = prita(&["progress", "import", &file, "--profile", &place.path("new")]);
        assert_eq!(refused.status.code(), Some(3), "{said}");
        assert!(text(&refused.stderr).contains(said), "{}", text(&refused.stderr));
        assert!(!Path::new(&place.path("new")).exists());
    }
    let missing =
        prita(&["progress", "import", &place.path("none"), "--profile", &place.path("p")]);
    assert_eq!(missing.status.code(), Some(3));
}

#[test]
fn a_damaged_profile_is_recovered_and_says_so() {
    let place = Place::new();
    place.practise("p", "נועה");
    let database = place.0.path().join("p/progress.db");
    fs::write(&database, b"not what it was").unwrap();
    let shown = place.show("p");
    let [notice] = of_type(&shown, "notice")[..] else { panic!("{shown:?}") };
    assert_eq!(notice["code"], "recovered");
    assert!(notice["text"].as_str().unwrap().contains("progress.damaged-1.db"));
    assert_eq!(of_type(&shown, "summary")[0]["records"], 1);
}

#[test]
fn nothing_is_left_of_what_is_forgotten() {
    let place = Place::new();
    place.practise("p", "נועה");
    let profile = place.path("p");
    let asked = prita(&["progress", "forget", "--profile", &profile]);
    assert_eq!(asked.status.code(), Some(2));
    assert_eq!(place.show("p")[0]["records"], 1);
    let gone = lines(&prita(&["--json", "progress", "forget", "--yes", "--profile", &profile]));
    assert!(gone[0]["forgotten"].as_array().unwrap().len() >= 3, "{gone:?}");
    assert!(!Path::new(&profile).exists());
    assert_eq!(place.show("p")[0]["students"], 0);
    assert!(!Path::new(&profile).exists(), "looking makes nothing");
}

#[test]
fn what_another_prita_keeps_is_not_forgotten_in_part() {
    let place = Place::new();
    place.practise("p", "נועה");
    let (profile, song) = (place.path("p"), place.path("My song.cho"));
    fs::write(&song, "[Em]la [Am]la\n").unwrap();
    let taken = prita(&["song", "import", &song, "--profile", &profile]);
    assert_eq!(taken.status.code(), Some(0), "{}", text(&taken.stderr));
    let other = host::Household::open(Path::new(&profile)).unwrap();
    assert!(other.is_writer());
    let busy = prita(&["progress", "forget", "--yes", "--profile", &profile]);
    assert_ne!(busy.status.code(), Some(0));
    assert!(Path::new(&profile).join("songs/my-song.cho").exists());
    drop(other);
    let _ = lines(&prita(&["--json", "progress", "forget", "--yes", "--profile", &profile]));
    assert!(!Path::new(&profile).exists());
}
