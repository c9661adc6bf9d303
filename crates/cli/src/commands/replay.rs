use std::path::Path;

use serde::{Deserialize, Serialize};
use theory::Chord;
use tutor::{Action, Address, Lesson, Observation, Tutor};

use super::diagnose::read;
use super::hear::seconds;
use crate::failure::Failure;
use crate::output::Output;

/// A line of a recording: the lesson's setting, or an observation.
#[derive(Deserialize)]
#[serde(tag = "type", rename = "lesson")]
struct Setting {
    chord: Chord,
    #[serde(default)]
    address: Address,
}

#[derive(Serialize)]
struct ActionLine<'a> {
    at: f64,
    #[serde(flatten)]
    action: &'a Action,
}

pub(crate) fn run(file: &Path, output: &mut Output) -> Result<(), Failure> {
    let text = read(file)?;
    let mut tutor = None;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let bad = |error| Failure::malformed(file, format!("line {}: {error}", number + 1));
        let Some(tutor) = &mut tutor else {
            let setting: Setting = serde_json::from_str(line).map_err(bad)?;
            tutor = Some(Tutor::new(Lesson::new(setting.chord).addressed(setting.address)));
            continue;
        };
        let observation: Observation = serde_json::from_str(line).map_err(bad)?;
        let at = observation.at();
        for action in tutor.handle(&observation, at) {
            let line = ActionLine { at: seconds(at), action: &action };
            output.line("action", &line, || text_of(&action))?;
        }
    }
    match tutor {
        Some(_) => Ok(()),
        None => Err(Failure::malformed(file, "it holds no lesson")),
    }
}

fn text_of(action: &Action) -> String {
    match action {
        Action::Say(feedback) | Action::Show(feedback) => feedback.display(),
        Action::Conclude(event) => format!("{}", event.target),
        Action::Hush => "…".to_owned(),
        Action::Aim { chord } => tutor::hebrew::chord_name(*chord),
    }
}
