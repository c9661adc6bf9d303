//! Recorded observations give the same actions, word for word.

#![allow(clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use theory::Chord;
use tutor::{Action, Address, Lesson, Observation, Tutor};

fn recordings() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("replay");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the recordings are here")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    files
}

fn lesson(line: &str) -> Lesson {
    let setting: Value = serde_json::from_str(line).expect("the first line is the lesson");
    let chord: Chord = setting["chord"].as_str().expect("a chord").parse().expect("a chord name");
    let address: Address = serde_json::from_value(setting["address"].clone()).expect("an address");
    let lesson = Lesson::new(chord).addressed(address);
    let voicing = setting["voicing"].as_str().map(|it| it.parse().expect("a voicing"));
    let tuning =
        setting["tuning"].as_str().map_or(lesson.tuning, |it| it.parse().expect("a tuning"));
    Lesson { voicing, tuning, ..lesson }
}

fn replay(file: &Path) -> Vec<(f64, Action)> {
    let text = fs::read_to_string(file).expect("a readable recording");
    let mut lines = text.lines();
    let mut tutor = Tutor::new(lesson(lines.next().expect("a lesson")));
    let observations = lines.map(|line| -> Observation {
        serde_json::from_str(line).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
    });
    let mut actions: Vec<_> =
        tutor.begin(Duration::ZERO).into_iter().map(|action| (0.0, action)).collect();
    for observation in observations {
        let at = observation.at();
        let told = tutor.handle(&observation, at).into_iter();
        actions.extend(told.map(|action| (at.as_secs_f64(), action)));
    }
    actions
}

#[test]
fn a_recording_gives_the_same_actions() {
    let files = recordings();
    assert!(files.len() >= 10, "only {} recordings", files.len());
    for file in files {
        let actions: Vec<Value> =
            replay(&file).iter().map(|(at, action)| json!({"at": at, "does": action})).collect();
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        insta::assert_json_snapshot!(name, actions);
    }
}

#[test]
fn a_failed_strum_is_never_praised_and_no_verdict_stands_on_bad_hearing() {
    for file in recordings() {
        let mut fault = false;
        for (at, action) in replay(&file) {
            match action {
                Action::Conclude(event) => {
                    let bad = |e: &tutor::StringEvidence| {
                        (e.state == audio::StringState::Rings) != (e.asked != Some(false))
                            && e.state != audio::StringState::NotPlayed
                    };
                    fault = event.strings.iter().any(bad) || event.ask.is_some();
                }
                Action::Say(feedback) | Action::Show(feedback) => {
                    let praise = feedback.tip_id.0.starts_with("OK") || feedback.tip_id.0 == "P02";
                    assert!(
                        !(praise && fault),
                        "{} at {at}: {}",
                        file.display(),
                        feedback.display()
                    );
                }
                Action::Hush | Action::Alone { .. } | Action::Aim { .. } => {}
            }
        }
    }
    let noise = recordings().into_iter().find(|f| f.ends_with("noise.jsonl")).expect("noise");
    let concluded = replay(&noise).iter().filter(|(_, a)| matches!(a, Action::Conclude(_))).count();
    assert_eq!(concluded, 1, "only the strum after the noise is judged");
}
