//! `prita practice`: a lesson from a recording, and what is missing for one.

use std::fs;
use std::process::Command;

use prita_tests::built_program;
use prita_tests::command::{demo, lines, models, of_type, prita};
use serde_json::Value;

use crate::sound::{demo_samples, wav};

#[test]
fn the_demo_lesson_names_the_dead_string() {
    let output = prita(&["--json", "practice", "--audio", &demo(), "--chord", "מי מינור"]);
    assert_eq!(output.status.code(), Some(0));
    let lines = lines(&output);
    assert!(lines.iter().all(|line| line["v"] == 1 && line["type"].is_string()));
    let strums = of_type(&lines, "strum");
    assert_eq!(strums.len(), 3);
    for strum in strums {
        assert_eq!(strum["verdict"], "fault");
        for string in strum["strings"].as_array().unwrap() {
            let dead = string["string"] == 3;
            assert_eq!(string["state"], if dead { "dead" } else { "rings" });
        }
    }
    let feedback = of_type(&lines, "feedback");
    assert!(feedback[0]["display"].as_str().unwrap().contains("המיתר השלישי"));
    for said in feedback {
        let speech = said["speech"].as_str().unwrap();
        assert!(!speech.chars().any(|c| c.is_ascii_alphanumeric()), "{speech}");
    }
}

#[test]
fn a_damaged_or_missing_witness_costs_a_sentence_not_the_lesson() {
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(models()).unwrap().flatten() {
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    let net = folder.path().join("nmp.onnx");
    let mut bytes = fs::read(&net).unwrap();
    bytes[1_000] ^= 1;
    fs::write(&net, bytes).unwrap();
    // Away from the checkout, so that no other model folder is found.
    let without = tempfile::tempdir().unwrap();
    let alone = without.path().join("prita");
    fs::copy(built_program("prita").unwrap(), &alone).unwrap();
    for (program, models) in
        [(built_program("prita").unwrap(), folder.path()), (alone, without.path())]
    {
        let output = Command::new(program)
            .args(["--json", "practice", "--audio", &demo(), "--chord", "Em"])
            .env("PRITA_MODELS", models)
            .env("HOME", without.path())
            .env_remove("XDG_DATA_HOME")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0));
        let lines = lines(&output);
        assert_eq!(of_type(&lines, "strum").len(), 3);
        let tips: Vec<&str> =
            of_type(&lines, "feedback").iter().filter_map(|f| f["tip"].as_str()).collect();
        assert!(tips.contains(&"A05"), "{tips:?}: the silent witness is said");
        assert!(tips.contains(&"L05"), "{tips:?}: the lesson goes on");
    }
}

#[test]
fn where_there_is_no_microphone_nobody_waits_for_one() {
    let folder = tempfile::tempdir().unwrap();
    let no_sound = folder.path().join("asound.conf");
    fs::write(&no_sound, "").unwrap();
    let output = Command::new(built_program("prita").unwrap())
        .args(["practice", "--mic", "--chord", "Em", "--no-witness"])
        .env("HOME", folder.path())
        .env("ALSA_CONFIG_PATH", &no_sound)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stderr).contains("אין מיקרופון מחובר"));
}

#[test]
fn drills_take_a_voicing_and_tell_a_bar_once() {
    let drilled = |args: &[&str]| {
        let output = prita(&[&["practice", "--no-witness", "--audio", &demo()], args].concat());
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    // Only the strings of this voicing are asked for: of the usual Em the thickest would be.
    assert!(drilled(&["--strings", "xx2000"]).contains("מיתר \u{2066}4\u{2069}"));
    assert!(drilled(&["--changes", "022000,x02210"]).contains("Am"));
    let bars = drilled(&["--pattern", "DU", "--chord", "022000", "--bpm", "100"]);
    let told: Vec<&str> = bars.lines().filter(|line| line.starts_with("תיבה")).collect();
    assert!(told.len() > 2 && told.windows(2).all(|two| two[0] != two[1]), "{bars}");
}

#[test]
fn a_voicing_without_a_name_is_told_from_a_wrong_chord() {
    let output = prita(&["practice", "--audio", &demo(), "--chord", "0x1xx7"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("אין כאן צורה מוכרת"));
}

#[test]
fn spoken_or_not_a_recording_has_the_times_of_its_sound() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.wav");
    // The first strum alone: what is spoken is played at the pace of life.
    fs::write(&path, wav(&demo_samples()[..44_100 * 5 / 2], 44_100, 1)).unwrap();
    let args = ["--json", "practice", "--chord", "Em", "--audio", path.to_str().unwrap()];
    let judged = |more: &[&str]| -> Vec<Value> {
        let mut lines = lines(&prita(&[&args[..], more].concat()));
        lines.retain(|line| line["type"] != "feedback");
        lines
    };
    let silent = judged(&[]);
    assert_eq!((of_type(&silent, "strum").len(), of_type(&silent, "event").len()), (1, 1));
    assert_eq!(judged(&["--speak"]), silent);
}
