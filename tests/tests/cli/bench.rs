//! `prita bench`: stages, ears, soak.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use prita_tests::built_program;
use prita_tests::command::{demo, in_hebrew, lines, models, prita};

#[test]
fn an_option_of_another_measurement_is_refused_not_swallowed() {
    for (args, home) in [
        (vec!["bench", "--floors"], "bench ears"),
        (vec!["bench", "tutor", "--suite", "rendered"], "bench ears"),
        (vec!["bench", "--limit", "3"], "bench ears"),
        (vec!["bench", "--recordings", "."], "bench ears"),
        (vec!["bench", "--minutes", "3"], "bench soak"),
        (vec!["bench", "soak", "--floors"], "bench ears"),
        (vec!["bench", "ears", "--minutes", "3"], "bench soak"),
        (vec!["bench", "ears", "--audio", "x.wav"], "the stages"),
    ] {
        let output = prita(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(home) && said.contains("--"), "{args:?}: {said}");
    }
}

/// The program away from the checkout, so that no model is found.
fn without_models(folder: &Path, args: &[&str]) -> Output {
    let alone = folder.join("prita");
    fs::copy(built_program("prita").unwrap(), &alone).unwrap();
    let mut command = Command::new(alone);
    command.args(args).env("PRITA_MODELS", folder).env("HOME", folder);
    command.env_remove("XDG_DATA_HOME").output().unwrap()
}

#[test]
fn a_named_stage_without_its_engine_is_exit_code_four() {
    let folder = tempfile::tempdir().unwrap();
    let demo = demo();
    let named = without_models(folder.path(), &["bench", "witness", "--audio", &demo]);
    assert_eq!(named.status.code(), Some(4), "{}", String::from_utf8_lossy(&named.stderr));
    assert!(in_hebrew(&named.stderr) && named.stdout.is_empty());
    let other = without_models(folder.path(), &["--json", "bench", "decode", "--audio", &demo]);
    assert_eq!(other.status.code(), Some(0));
    assert_eq!(lines(&other).len(), 1);
}

#[test]
fn every_stage_has_its_cost() {
    let stages = ["decode", "resample", "listen", "witness", "path", "tutor"];
    let demo = demo();
    let output = prita(&[&["--json", "bench", "--audio", &demo], &stages[..]].concat());
    assert_eq!(output.status.code(), Some(0));
    let costs = lines(&output);
    assert_eq!(costs.iter().map(|line| &line["stage"]).collect::<Vec<_>>(), stages);
    assert!(costs.iter().all(|line| line["figure"].as_f64().unwrap() > 0.0), "{costs:?}");
}

#[test]
fn the_ears_are_measured_beside_references() {
    let output = prita(&["--json", "bench", "ears", "--suite", "rendered", "--limit", "1"]);
    assert_eq!(output.status.code(), Some(0));
    let lines = lines(&output);
    assert!(lines.iter().all(|line| line["type"] == "bench" && line["stage"] == "ears"));
    let right = lines
        .iter()
        .find(|line| line["row"] == "correct: right at once" && line["group"] == "all")
        .unwrap();
    assert_eq!((&right["n"], &right["unit"]), (&16.into(), &"percent".into()));
    for key in ["figure", "reference"] {
        assert!((0.0..=100.0).contains(&right[key].as_f64().unwrap()), "{right}");
    }
    let again = prita(&["--json", "bench", "ears", "--suite", "rendered", "--limit", "1"]);
    let untimed = |output: &Output| -> Vec<String> {
        let text = String::from_utf8(output.stdout.clone()).unwrap();
        let timed = |line: &&str| line.contains("verdict, ") || line.contains("CPU");
        text.lines().filter(|line| !timed(line)).map(str::to_owned).collect()
    };
    assert_eq!(untimed(&output), untimed(&again));
    let unknown = prita(&["bench", "ears", "--suite", "guessed"]);
    assert_eq!(unknown.status.code(), Some(2));
    let missing =
        prita(&["bench", "ears", "--suite", "recorded", "--recordings", "/no/such/folder"]);
    assert_eq!(missing.status.code(), Some(3));
}

#[test]
fn hours_of_listening_leave_memory_where_it_was() {
    let output = prita(&["--json", "bench", "soak", "--minutes", "12"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = lines(&output);
    assert!(lines.iter().all(|line| line["type"] == "bench" && line["stage"] == "soak"));
    let row = |name: &str| lines.iter().find(|line| line["row"] == name).unwrap();
    let stands = lines.iter().rfind(|line| line["row"] == "memory").unwrap();
    assert_eq!((stands["at"].as_u64(), &stands["unit"]), (Some(720), &"MiB".into()));
    for event in ["onsets", "strums", "notes", "troubles", "actions"] {
        assert!(stands[event].as_u64().unwrap() > 10, "{event}: {stands}");
    }
    let grown = row("memory grown after minute 10");
    assert!(grown["figure"].as_f64().unwrap() <= 1.0 && grown["n"] == 2, "{grown}");
    assert!(row("onset told after, median")["n"].as_u64().unwrap() > 40);
    let refused = prita(&["bench", "soak", "--minutes", "0"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn the_witness_queues_nothing_for_its_maker() {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(built_program("prita").unwrap());
    command.args(["--json", "bench", "witness", "--audio", &demo()]).env("PRITA_MODELS", models());
    command.env("HOME", home.path()).env("USERPROFILE", home.path());
    let output =
        command.env_remove("XDG_CACHE_HOME").env_remove("ORT_DISABLE_TELEMETRY").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(lines(&output).len(), 1, "the witness was measured");
    let left: Vec<_> = fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap()).collect();
    assert!(left.is_empty(), "{left:?}");
}
