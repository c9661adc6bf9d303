//! `prita diagnose` and `replay`: the teacher without a microphone.

use std::fs;
use std::path::Path;

use prita_tests::command::{demo, in_hebrew, lines, of_type, prita};

#[test]
fn an_event_is_diagnosed_in_its_shortest_form() {
    let folder = tempfile::tempdir().unwrap();
    let event = folder.path().join("event.json");
    let shortest = r#"{"v":1,"target":"E:min","strings":[{"string":3,"state":"dead","confidence":0.95}],"presses":[{"string":4,"fret":2,"finger":"middle","confidence":0.9}]}"#;
    fs::write(&event, shortest).unwrap();
    let output = prita(&["--json", "diagnose", event.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let lines = lines(&output);
    assert_eq!(lines[0]["type"], "feedback");
    assert_eq!(lines[0]["source"], "template");
    assert!(lines[0]["display"].as_str().unwrap().contains("השלישי"));
    for nonsense in ["", "{}", r#"{"v":9,"target":"E:min"}"#, r#"{"v":1,"target":"Q"}"#] {
        fs::write(&event, nonsense).unwrap();
        let output = prita(&["diagnose", event.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(3), "{nonsense}");
        assert!(in_hebrew(&output.stderr));
    }
}

#[test]
fn observations_are_replayed_and_a_broken_line_is_named() {
    let recording = Path::new(env!("CARGO_MANIFEST_DIR")).join("replay/same_fault_thrice.jsonl");
    let output = prita(&["--json", "replay", recording.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let actions = lines(&output);
    assert!(actions.iter().all(|line| line["type"] == "action" && line["action"].is_string()));
    assert!(actions.iter().any(|line| line["action"] == "say"), "{actions:?}");

    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.jsonl");
    let whole = fs::read_to_string(&recording).unwrap();
    let lesson = whole.lines().next().unwrap();
    fs::write(&broken, format!("{lesson}\n\n{{\"type\": \"strum\"}}\n")).unwrap();
    let output = prita(&["replay", broken.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3));
    assert!(in_hebrew(&output.stderr));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("line 3"), "{said}");
    assert!(said.contains("שורה \u{2066}3\u{2069}: חסר כאן \u{2066}at"), "{said}");
}

#[test]
fn a_lesson_on_another_tuning_is_replayed_to_the_words_it_gave() {
    let recording = Path::new(env!("CARGO_MANIFEST_DIR")).join("replay/other_tuning.jsonl");
    let output = prita(&["--json", "replay", recording.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let actions = lines(&output);
    let practised = prita(&[
        "--json",
        "practice",
        "--no-witness",
        "--audio",
        &demo(),
        "--chord",
        "Em",
        "--tuning",
        "dadgad",
    ]);
    let practised = lines(&practised);
    let told = of_type(&practised, "feedback")[0];
    assert_eq!((&actions[0]["at"], &actions[0]["action"]), (&0.0.into(), &"say".into()));
    assert_eq!(actions[0]["feedback"]["speech"], told["speech"]);

    let folder = tempfile::tempdir().unwrap();
    let wrong = folder.path().join("wrong.jsonl");
    for setting in [r#""tuning":"banjo""#, r#""voicing":"0220""#] {
        let lesson = format!(r#"{{"type":"lesson","chord":"E:min",{setting}}}"#);
        fs::write(&wrong, lesson + "\n").unwrap();
        let output = prita(&["replay", wrong.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(3), "{setting}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("line 1"), "{setting}");
    }
}

#[test]
fn a_style_chooses_the_words_and_a_broken_one_names_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let event = folder.path().join("event.json");
    let dead =
        r#"{"v":1,"target":"E:min","strings":[{"string":3,"state":"dead","confidence":0.9}]}"#;
    fs::write(&event, dead).unwrap();
    let event = event.to_str().unwrap();
    let said = |style: &str| prita(&["diagnose", event, "--style", style, "--json"]);
    let words = |style: &str| {
        let line = said(style);
        assert_eq!(line.status.code(), Some(0), "{style}");
        let line = lines(&line).remove(0);
        assert_eq!(line["tip"], "L05", "the words change, the tip does not");
        line["display"].as_str().unwrap().to_owned()
    };
    assert_ne!(words("patient"), words("brief"));
    let own = folder.path().join("own.yaml");
    let yaml = "v: 1\nname: שלי\nsay:\n  - when: dead_open\n    heard: המיתר {string} נח.\n    try: פורטים רק אותו.\n";
    fs::write(&own, yaml).unwrap();
    assert!(words(own.to_str().unwrap()).starts_with("המיתר השלישי נח."));
    fs::write(&own, yaml.replace("{string} נח", "{fret} 3")).unwrap();
    let refused = said(own.to_str().unwrap());
    assert_eq!(refused.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("line 5"));
    assert_eq!(said("loud").status.code(), Some(2));
}
