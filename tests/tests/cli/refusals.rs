//! Files that cannot be used and arguments that do not exist, over all commands.

use std::fs;

use prita_tests::command::{demo, in_hebrew, prita};

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
fn wrong_use_is_exit_code_two() {
    for args in [
        vec!["hear", &demo(), "--target", "Qx"],
        vec!["hear", &demo(), "--tuning", "banjo"],
        vec!["practice", "--chord", "Em"],
        vec!["sing"],
    ] {
        assert_eq!(prita(&args).status.code(), Some(2), "{args:?}");
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
        (vec!["practice", "--audio", &demo, "--chord", "Em", "--keep", below], "אי אפשר לפתוח"),
        (
            vec!["practice", "--audio", &demo, "--chord", "Em", "--speak", "--keep", below],
            "אי אפשר לפתוח",
        ),
    ] {
        let output = prita(&args);
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
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
        (["replay", here], "אי אפשר לפתוח"),
        (["diagnose", "nowhere.json"], "הקובץ לא נמצא"),
        (["diagnose", binary.to_str().unwrap()], "not UTF-8"),
    ] {
        let output = prita(&args);
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(says), "{args:?}: {said}");
    }
}
