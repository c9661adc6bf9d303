//! Files that cannot be used and arguments that do not exist, over all commands.

use std::fs;

use prita_tests::command::{demo, in_hebrew, prita, text};

#[test]
fn bad_files_are_exit_code_three_with_a_hebrew_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(demo()).unwrap();
    let cases: [(&str, &[u8]); 5] = [
        ("empty.wav", &[]),
        ("cut.wav", &whole[..whole.len() / 2]),
        ("header-only.wav", &whole[..44]),
        ("text.mp3", b"this is not a recording"),
        ("noise.flac", &whole[44..20_000]),
    ];
    for (name, bytes) in cases {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let path = path.to_str().unwrap();
        for args in [
            vec!["hear", path],
            vec!["notes", path],
            vec!["practice", "--audio", path, "--chord", "Em"],
        ] {
            let output = prita(&args);
            assert_eq!(output.status.code(), Some(3), "{args:?}");
            assert!(in_hebrew(&output.stderr), "{args:?}");
        }
    }
    let missing = prita(&["hear", "nowhere.wav"]);
    assert_eq!(missing.status.code(), Some(3));
    assert!(in_hebrew(&missing.stderr));
}

#[test]
fn wrong_use_is_exit_code_two_and_says_the_way_out_in_hebrew() {
    let demo = demo();
    for (args, says) in [
        (vec!["hear", &demo, "--target", "Qx"], "לא מוכר כאקורד"),
        (vec!["practice", "--audio", &demo, "--chord", ""], "לא מוכר כאקורד"),
        (vec!["hear", &demo, "--tuning", "banjo"], "הכיוון הזה לא מוכר"),
        (vec!["tune", &demo, "--tuning", "E2 A2 D3"], "שישה צלילים"),
        (vec!["practice", "--audio", &demo, "--chord", "Em", "--a4", "600"], "ארבע מאות וארבעים"),
        (vec!["tune", &demo, "--a4", "NaN"], "צליל הייחוס"),
        (vec!["tune", &demo, "--string", "9"], "בין אחת לשש"),
        (vec!["rhythm", &demo, "--bpm", "80", "--pattern", "DUQ"], "דפוס הפריטה"),
        (vec!["say", " "], "אין מה לומר"),
        (vec!["say", "hello"], "רק עברית"),
        (vec!["tune", &demo, "--a4", "high"], "צליל הייחוס"),
        (vec!["practice", "--chord", "Em"], "הפקודה לא שלמה"),
        (vec!["sing"], "הפקודה לא מובנת"),
    ] {
        let output = prita(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(output.stdout.is_empty(), "{args:?}");
        assert!(text(&output.stderr).contains(says), "{args:?}: {}", text(&output.stderr));
    }
}

#[test]
fn asking_for_help_is_no_mistake() {
    for (args, code) in [(&["--help"][..], 0), (&["tune", "--help"], 0), (&[], 2)] {
        let output = prita(args);
        assert_eq!(output.status.code(), Some(code), "{args:?}");
        let shown = [output.stdout, output.stderr].concat();
        assert!(text(&shown).contains("Usage: prita") && !in_hebrew(&shown), "{args:?}");
    }
}

#[test]
fn a_file_that_is_not_there_and_a_folder_that_cannot_be_are_called_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let below = file.join("takes");
    let (demo, below) = (demo(), below.to_str().unwrap());
    for (args, says) in [
        (vec!["hear", &demo, "--print", "nowhere.json"], "הקובץ לא נמצא"),
        (
            vec!["practice", "--audio", &demo, "--chord", "Em", "--keep", below],
            "זה קובץ ולא תיקייה",
        ),
        (
            vec!["practice", "--audio", &demo, "--chord", "Em", "--speak", "--keep", below],
            "זה קובץ ולא תיקייה",
        ),
    ] {
        let output = prita(&args);
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        let said = text(&output.stderr);
        assert!(said.contains(says), "{args:?}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_not_called_missing() {
    let folder = tempfile::tempdir().unwrap();
    // Nobody can open a link to itself, not even root.
    let closed = folder.path().join("closed.wav");
    std::os::unix::fs::symlink(&closed, &closed).unwrap();
    let closed = closed.to_str().unwrap();
    let binary = folder.path().join("binary.json");
    fs::write(&binary, [0xff, 0xfe, 0x00]).unwrap();
    let here = folder.path().to_str().unwrap();
    for (args, says) in [
        (["hear", closed], "אי אפשר לפתוח"),
        (["diagnose", closed], "אי אפשר לפתוח"),
        (["replay", here], "זו תיקייה ולא קובץ"),
        (["diagnose", "nowhere.json"], "הקובץ לא נמצא"),
        (["diagnose", binary.to_str().unwrap()], "not UTF-8"),
    ] {
        let output = prita(&args);
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        let said = text(&output.stderr);
        assert!(said.contains(says), "{args:?}: {said}");
    }
}
