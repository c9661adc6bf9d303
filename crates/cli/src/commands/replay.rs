use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use theory::{BEGINNER_SHAPES, Chord};
use tutor::{Action, Address, Lesson, LessonEvent, Observation, Tutor};

use super::diagnose::{FeedbackLine, read};
use super::hear::seconds;
use crate::failure::Failure;
use crate::output::Output;

/// The first line of a recording may set the lesson; without it, it is the first of the course.
#[derive(Deserialize)]
struct Setting {
    chord: Chord,
    #[serde(default)]
    address: Address,
}

#[derive(Serialize)]
struct ActionLine<'a> {
    at: f64,
    action: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    feedback: Option<FeedbackLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a LessonEvent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chord: Option<Chord>,
}

pub(crate) fn run(file: &Path, output: &mut Output) -> Result<(), Failure> {
    let text = read(file)?;
    let mut tutor = Tutor::new(Lesson::new(BEGINNER_SHAPES[0].chord));
    let mut empty = true;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let bad = |error| Failure::malformed(file, format!("line {}: {error}", number + 1));
        let line: Value = serde_json::from_str(line).map_err(bad)?;
        if empty && line["type"] == "lesson" {
            let Setting { chord, address } = serde_json::from_value(line).map_err(bad)?;
            tutor = Tutor::new(Lesson::new(chord).addressed(address));
        } else {
            let observation: Observation = serde_json::from_value(line).map_err(bad)?;
            let at = observation.at();
            for action in tutor.handle(&observation, at) {
                let line = ActionLine::of(seconds(at), &action);
                output.line("action", &line, || text_of(&action))?;
            }
        }
        empty = false;
    }
    if empty { Err(Failure::malformed(file, "it holds no lesson")) } else { Ok(()) }
}

impl<'a> ActionLine<'a> {
    fn of(at: f64, action: &'a Action) -> Self {
        let name = match action {
            Action::Conclude(_) => "conclude",
            Action::Say(_) => "say",
            Action::Show(_) => "show",
            Action::Hush => "hush",
            Action::Aim { .. } => "aim",
        };
        let mut line = Self { at, action: name, feedback: None, event: None, chord: None };
        match action {
            Action::Conclude(event) => line.event = Some(event),
            Action::Say(feedback) | Action::Show(feedback) => {
                line.feedback = Some(FeedbackLine::template(feedback));
            }
            Action::Hush => {}
            Action::Aim { chord } => line.chord = Some(*chord),
        }
        line
    }
}

fn text_of(action: &Action) -> String {
    let named = |chord: Chord| {
        let name = tutor::hebrew::isolate(&chord.name());
        format!("{name} · {}", tutor::hebrew::chord_name(chord))
    };
    match action {
        Action::Say(feedback) | Action::Show(feedback) => format!("    {}", feedback.display()),
        Action::Conclude(event) => named(event.target),
        Action::Hush => "    …".to_owned(),
        Action::Aim { chord } => named(*chord),
    }
}
