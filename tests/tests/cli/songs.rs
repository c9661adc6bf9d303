//! `prita song`: a song of a file is taken, shown, removed.

use std::fs;
use std::process::Command;

use prita_tests::built_program;
use prita_tests::command::{demo, in_hebrew, lines, models, prita, text};

#[test]
fn a_song_of_a_file_is_taken_and_removed_again() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile");
    let profile = profile.to_str().unwrap();
    let file = folder.path().join("My song.cho");
    fs::write(&file, "{title: שיר}\n{tempo: 84}\n{meta: strum D-DU-UDU}\n[Em]la [Am]la\n").unwrap();
    let file = file.to_str().unwrap();
    let song = |rest: &[&str]| {
        let mut args = vec!["song", "--profile", profile];
        args.extend(rest);
        prita(&args)
    };

    let only_read = song(&["import", file, "--dry-run"]);
    assert!(text(&only_read.stdout).contains("לא נשמר"), "{}", text(&only_read.stdout));
    assert_eq!(song(&["show", "my-song"]).status.code(), Some(2));
    let taken = song(&["import", file]);
    assert_eq!(taken.status.code(), Some(0), "{}", text(&taken.stderr));
    assert!(text(&taken.stdout).contains("נשמר בשם \u{2066}my-song\u{2069}"));
    assert_eq!(lines(&song(&["import", file, "--json"]))[0]["saved"], true);

    let shown = text(&song(&["show", "my-song"]).stdout);
    for part in ["\u{2066}84\u{2069}", "\u{2066}4/4\u{2069}", "\u{2066}D-DU-UDU\u{2069}"] {
        assert!(shown.contains(part), "{shown}");
    }
    assert!(!shown.contains("נשמר"), "showing saves nothing: {shown}");

    let unsure = song(&["remove", "my-song"]);
    assert_eq!(unsure.status.code(), Some(2));
    assert!(text(&unsure.stderr).contains("\u{2066}--yes\u{2069}"), "{}", text(&unsure.stderr));
    assert_eq!(song(&["show", "my-song"]).status.code(), Some(0), "it is still there");
    let removed = song(&["remove", "my-song", "--yes", "--json"]);
    let removed = lines(&removed);
    assert_eq!((&removed[0]["type"], &removed[0]["id"]), (&"removed".into(), &"my-song".into()));
    assert_eq!(song(&["show", "my-song"]).status.code(), Some(2));
    assert_eq!(song(&["remove", "my-song", "--yes"]).status.code(), Some(2));
}

#[test]
fn the_songs_of_the_book_stay() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().to_str().unwrap();
    let output = prita(&["song", "--profile", profile, "remove", "yonatan", "--yes"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(in_hebrew(&output.stderr) && text(&output.stderr).contains("שייך לפריטה"));
    assert_eq!(prita(&["song", "show", "yonatan"]).status.code(), Some(0));
}

#[test]
fn a_song_that_is_listed_can_be_practised_by_its_id() {
    let home = tempfile::tempdir().unwrap();
    let at_home = |args: &[&str]| {
        let mut command = Command::new(built_program("prita").unwrap());
        command.args(args).current_dir(home.path()).env("PRITA_MODELS", models());
        command.env("HOME", home.path()).env("XDG_DATA_HOME", home.path()).output().unwrap()
    };
    fs::write(home.path().join("My song.cho"), "[Em]la [Am]la\n").unwrap();
    // A file of the name of a song of the book is not that song.
    fs::write(home.path().join("gesher"), "").unwrap();
    let taken = at_home(&["song", "import", "My song.cho"]);
    assert_eq!(taken.status.code(), Some(0), "{}", text(&taken.stderr));
    for id in ["my-song", "gesher", "My song.cho"] {
        let played = at_home(&["practice", "--no-witness", "--audio", &demo(), "--song", id]);
        assert_eq!(played.status.code(), Some(0), "{id}: {}", text(&played.stderr));
    }
}
