use std::fmt::Display;
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use theory::{BEGINNER_SHAPES, Chord, TheoryError};
use tutor::{Action, Address, Lesson, LessonEvent, NoteNames, Observation, Tutor};

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
    #[serde(default)]
    notes: NoteNames,
    /// From string 6 to string 1, as `practice --chord` takes it.
    voicing: Option<String>,
    /// A name or six notes, as `--tuning` takes it.
    tuning: Option<String>,
}

impl Setting {
    fn lesson(&self) -> Result<Lesson, TheoryError> {
        let lesson = Lesson::new(self.chord).addressed(self.address).naming(self.notes);
        let voicing = self.voicing.as_deref().map(str::parse).transpose()?;
        let tuning = self.tuning.as_deref().map_or(Ok(lesson.tuning), str::parse)?;
        Ok(Lesson { voicing, tuning, ..lesson })
    }
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
    /// The string that is to be played alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    string: Option<u8>,
}

pub(crate) fn run(file: &Path, output: &mut Output) -> Result<(), Failure> {
    let text = read(file)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let mut lines = lines.peekable();
    let setting = match lines.peek() {
        None => return Err(Failure::empty(file)),
        Some((number, line)) => setting(line).map_err(|why| at_line(file, *number, why))?,
    };
    let lesson = match setting {
        Some(lesson) => {
            lines.next();
            lesson
        }
        None => Lesson::new(BEGINNER_SHAPES[0].chord),
    };
    let names = lesson.notes;
    let mut tutor = Tutor::new(lesson);
    write(Duration::ZERO, tutor.begin(Duration::ZERO), names, output)?;
    for (number, line) in lines {
        let observation: Observation =
            serde_json::from_str(line).map_err(|error| at_line(file, number, error))?;
        let at = observation.at();
        write(at, tutor.handle(&observation, at), names, output)?;
    }
    Ok(())
}

/// The lesson that a line sets; none where it is an observation.
fn setting(line: &str) -> Result<Option<Lesson>, Unset> {
    let line: Value = serde_json::from_str(line)?;
    if line["type"] != "lesson" {
        return Ok(None);
    }
    Ok(Some(serde_json::from_value::<Setting>(line)?.lesson()?))
}

/// Why a line sets no lesson.
#[derive(Debug, thiserror::Error)]
enum Unset {
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Theory(#[from] TheoryError),
}

fn at_line(file: &Path, number: usize, why: impl Display) -> Failure {
    Failure::line(file, number + 1, &why.to_string())
}

fn write(
    at: Duration,
    actions: Vec<Action>,
    names: NoteNames,
    output: &mut Output,
) -> Result<(), Failure> {
    actions.iter().try_for_each(|action| {
        output.line("action", &ActionLine::of(seconds(at), action), || text_of(action, names))
    })
}

impl<'a> ActionLine<'a> {
    fn of(at: f64, action: &'a Action) -> Self {
        let name = match action {
            Action::Conclude(_) => "conclude",
            Action::Say(_) => "say",
            Action::Show(_) => "show",
            Action::Hush => "hush",
            Action::Alone { .. } => "alone",
            Action::Aim { .. } => "aim",
        };
        let (feedback, event, chord, string) = (None, None, None, None);
        let mut line = Self { at, action: name, feedback, event, chord, string };
        match action {
            Action::Conclude(event) => line.event = Some(event),
            Action::Say(feedback) | Action::Show(feedback) => {
                line.feedback = Some(FeedbackLine::template(feedback));
            }
            Action::Hush => {}
            Action::Alone { string, .. } => line.string = Some(string.number()),
            Action::Aim { chord } => line.chord = Some(*chord),
        }
        line
    }
}

fn text_of(action: &Action, names: NoteNames) -> String {
    let named = |chord: Chord| names.chord_line(chord);
    match action {
        Action::Say(feedback) | Action::Show(feedback) => format!("    {}", feedback.display()),
        Action::Conclude(event) => named(event.target),
        Action::Hush => "    …".to_owned(),
        Action::Alone { string, .. } => {
            format!("    מיתר {}", tutor::hebrew::string_label(*string))
        }
        Action::Aim { chord } => named(*chord),
    }
}
