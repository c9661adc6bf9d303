//! `prita notes`, `chords` and `rhythm` from outside: JSON lines, Hebrew, exit codes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::fs;

use engines::wave::wave;
use prita_tests::command::{demo, in_hebrew, lines, of_type, prita, text};

#[test]
fn rhythm_holds_strokes_against_the_beat() {
    let lines = lines(&prita(&["--json", "rhythm", &demo(), "--bpm", "60", "--changes"]));
    let strokes = of_type(&lines, "stroke");
    assert_eq!(strokes.len(), 3);
    for stroke in &strokes {
        assert_eq!(stroke["v"], 1);
        for key in ["at", "beat", "offset_ms"] {
            assert!(stroke[key].is_number(), "{key}: {stroke}");
        }
        assert!(matches!(stroke["direction"].as_str(), None | Some("down" | "up")));
    }
    assert_eq!(strokes[0]["beat"], 0.0);
    assert_eq!(strokes[0]["offset_ms"], 0.0);
    let timing = of_type(&lines, "timing");
    assert_eq!(timing.len(), 1);
    for key in ["mean_ms", "sd_ms", "tempo_bpm"] {
        assert!(timing[0][key].is_number(), "{key}");
    }
    let changes = of_type(&lines, "changes");
    assert_eq!(changes[0]["per_minute"], 0.0, "one chord does not change");
}

#[test]
fn a_start_moves_the_beat_and_a_pattern_finds_what_is_missing() {
    let demo = demo();
    let plain = lines(&prita(&["--json", "rhythm", &demo, "--bpm", "60"]));
    let first = of_type(&plain, "stroke")[0]["at"].as_f64().unwrap();
    let start = format!("{:.4}", first - 0.04);
    let late = lines(&prita(&["--json", "rhythm", &demo, "--bpm", "60", "--start", &start]));
    let offset = of_type(&late, "stroke")[0]["offset_ms"].as_f64().unwrap();
    assert!((offset - 40.0).abs() < 0.2, "{offset}");
    let asked = lines(&prita(&["--json", "rhythm", &demo, "--bpm", "240", "--pattern", "DU"]));
    let timing = of_type(&asked, "timing")[0];
    assert!(!timing["missed"].as_array().unwrap().is_empty());
}

#[test]
fn one_stroke_has_no_tempo_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let whole = lines(&prita(&["--json", "rhythm", &demo(), "--bpm", "60"]));
    assert_eq!(of_type(&whole, "timing")[0]["tempo_measured"], true);
    let bytes = fs::read(demo()).unwrap();
    let rate = u32::from_le_bytes(bytes[24..28].try_into().unwrap());
    // The first of the three strums; the header tells the shorter length.
    let data = 2 * 2 * rate;
    let mut first = bytes[..44 + data as usize].to_vec();
    first[4..8].copy_from_slice(&(36 + data).to_le_bytes());
    first[40..44].copy_from_slice(&data.to_le_bytes());
    let path = folder.path().join("one.wav");
    fs::write(&path, first).unwrap();
    let path = path.to_str().unwrap();
    let one = lines(&prita(&["--json", "rhythm", path, "--bpm", "90"]));
    let timing = of_type(&one, "timing")[0];
    assert_eq!(timing["strokes"], 1);
    assert_eq!((&timing["tempo_bpm"], &timing["tempo_measured"]), (&90.0.into(), &false.into()));
    let said = |args: &[&str]| text(&prita(args).stdout);
    assert!(said(&["rhythm", &demo(), "--bpm", "60"]).contains("קצב"));
    assert!(!said(&["rhythm", path, "--bpm", "90"]).contains("קצב"));
}

#[test]
fn notes_and_chords_have_every_key() {
    let notes = lines(&prita(&["--json", "notes", &demo()]));
    assert!(!notes.is_empty());
    for note in &notes {
        assert_eq!(note["type"], "note");
        assert!(note["until"].as_f64() > note["at"].as_f64());
        assert!(note["cents"].as_f64().unwrap().abs() <= 50.0);
        assert!((40..=88).contains(&note["midi"].as_u64().unwrap()));
        assert!((0.0..=1.0).contains(&note["confidence"].as_f64().unwrap()));
        assert_eq!(note.get("string").is_some(), note.get("fret").is_some());
    }
    let segments = lines(&prita(&["--json", "chords", &demo()]));
    let named: Vec<&str> =
        segments.iter().map(|s| s["chord"].as_str().unwrap()).filter(|c| *c != "N").collect();
    assert_eq!(named.len(), 1, "{named:?}");
    // The third is dead: E minor without its G is the bare fifth.
    assert!(["E:min", "E:5"].contains(&named[0]), "{named:?}");
}

#[test]
fn what_people_read_is_hebrew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("silence.wav");
    fs::write(&path, wave(&[0.0; 22_050], 22_050)).unwrap();
    let silence = path.to_string_lossy().into_owned();
    for args in
        [vec!["rhythm", &silence, "--bpm", "60"], vec!["notes", &silence], vec!["chords", &silence]]
    {
        let output = prita(&args);
        assert_eq!(output.status.code(), Some(0));
        assert!(in_hebrew(&output.stdout), "{args:?}");
    }
    assert!(in_hebrew(&prita(&["rhythm", &demo(), "--bpm", "60"]).stdout));
    let lines = lines(&prita(&["--json", "rhythm", &silence, "--bpm", "60"]));
    assert!(of_type(&lines, "stroke").is_empty());
}

#[test]
fn bad_input_is_three_and_wrong_use_is_two() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.wav");
    fs::write(&empty, b"").unwrap();
    let empty = empty.to_string_lossy().into_owned();
    for args in [
        vec!["notes", &empty],
        vec!["chords", &empty],
        vec!["rhythm", &empty, "--bpm", "90"],
        vec!["notes", "no-such-file.wav"],
        vec!["chords", "Cargo.toml"],
    ] {
        let output = prita(&args);
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        assert!(in_hebrew(&output.stderr), "{args:?}");
        assert!(output.stdout.is_empty(), "{args:?}");
    }
    let demo = demo();
    for args in [
        vec!["rhythm", &demo],
        vec!["rhythm", &demo, "--bpm", "0"],
        vec!["rhythm", &demo, "--bpm", "nan"],
        vec!["rhythm", &demo, "--bpm", "90", "--start", "-1"],
        vec!["rhythm", &demo, "--bpm", "90", "--pattern", "DUQ"],
        vec!["rhythm", &demo, "--bpm", "90", "--pattern", "--"],
        vec!["notes"],
        vec!["chords", &demo, "--bpm", "3"],
    ] {
        assert_eq!(prita(&args).status.code(), Some(2), "{args:?}");
    }
}
