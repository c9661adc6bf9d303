use std::fs;
use std::io::{ErrorKind, Read, stdin};
use std::path::Path;

use pipeline::ports::PortError;
use serde::Serialize;
use tutor::{Address, Feedback, LessonEvent, diagnose};

use crate::failure::Failure;
use crate::output::Output;

/// Feedback as CLI.md wants it.
#[derive(Serialize)]
pub(crate) struct FeedbackLine {
    display: String,
    speech: String,
    ipa: String,
    tip: String,
    source: &'static str,
    basis: String,
}

impl FeedbackLine {
    pub(crate) fn template(feedback: &Feedback) -> Self {
        Self {
            display: feedback.display(),
            speech: feedback.speech(),
            ipa: feedback.ipa(),
            tip: feedback.tip_id.0.clone(),
            source: "template",
            basis: feedback.basis.clone(),
        }
    }
}

pub(crate) fn run(file: &Path, address: &str, output: &mut Output) -> Result<(), Failure> {
    let address = parse_address(address)?;
    let text = read(file)?;
    let event: LessonEvent =
        LessonEvent::parse(&text).map_err(|error| Failure::malformed(file, error))?;
    let feedback = diagnose(&event, address);
    output.line("feedback", &FeedbackLine::template(&feedback), || feedback.display())
}

pub(crate) fn parse_address(text: &str) -> Result<Address, Failure> {
    match text {
        "m" => Ok(Address::Masculine),
        "f" => Ok(Address::Feminine),
        "neutral" => Ok(Address::Neutral),
        other => Err(Failure::wrong_argument(format!("`{other}`: use m, f or neutral"))),
    }
}

/// A text file, or standard input for `-`.
pub(crate) fn read(file: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = if file == Path::new("-") {
        stdin().read_to_string(&mut text).map(|_| ())
    } else {
        fs::read_to_string(file).map(|contents| text = contents)
    };
    match read {
        Ok(()) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let missing = PortError::Missing { what: file.display().to_string() };
            Err(Failure::file(file, &missing))
        }
        Err(error) => Err(Failure::malformed(file, error)),
    }
}
