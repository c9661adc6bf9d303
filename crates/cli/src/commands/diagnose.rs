use std::fs::File;
use std::io::{ErrorKind, Read, stdin};
use std::path::Path;
use std::sync::Arc;

use pipeline::journal::Settings;
use serde::Serialize;
use tutor::{Address, ErrorCode, Feedback, LessonEvent, Manner, Style, diagnose_as};

use crate::failure::Failure;
use crate::output::Output;

/// 64 MiB: a day of observations; what is larger is no text of ours.
const LARGEST_TEXT: u64 = 64 << 20;

/// Feedback as machines read it.
#[derive(Serialize)]
pub(crate) struct FeedbackLine {
    display: String,
    speech: String,
    ipa: String,
    tip: String,
    source: String,
    basis: String,
}

impl FeedbackLine {
    /// In the teacher's own words.
    pub(crate) fn template(feedback: &Feedback) -> Self {
        Self::from(feedback, "template")
    }

    /// `source`: `template`, or the id of the model that chose the words.
    pub(crate) fn from(feedback: &Feedback, source: &str) -> Self {
        Self {
            display: feedback.display(),
            speech: feedback.speech(),
            ipa: feedback.ipa(),
            tip: feedback.tip_id.0.clone(),
            source: source.to_owned(),
            basis: feedback.basis.clone(),
        }
    }
}

pub(crate) fn run(
    file: &Path,
    manner: &crate::args::Manner,
    output: &mut Output,
) -> Result<(), Failure> {
    let manner = manner.read(&Settings::default())?;
    let text = read(file)?;
    let event: LessonEvent =
        LessonEvent::parse(&text).map_err(|error| Failure::event(file, &error))?;
    let feedback = diagnose_as(&manner, &event);
    output.line("feedback", &FeedbackLine::template(&feedback), || feedback.display())
}

impl crate::args::Manner {
    /// The manner that is named; what is not, as in these settings.
    pub(crate) fn read(&self, settings: &Settings) -> Result<Manner, Failure> {
        let style = match &self.style {
            Some(name) => find_style(name)?,
            None => Style::named(&settings.style).unwrap_or_default(),
        };
        let address = match &self.address {
            Some(form) => parse_address(form)?,
            None => settings.address,
        };
        let notes = self.notes.map_or(settings.notes, Into::into);
        Ok(Manner { style, address, notes, level: settings.level })
    }
}

pub(crate) fn parse_address(text: &str) -> Result<Address, Failure> {
    match text {
        "m" => Ok(Address::Masculine),
        "f" => Ok(Address::Feminine),
        "neutral" => Ok(Address::Neutral),
        other => Err(Failure::wrong_argument(format!("`{other}`: use m, f or neutral"))),
    }
}

/// A style that is built in, or a file of the student's.
pub(crate) fn find_style(name: &str) -> Result<Arc<Style>, Failure> {
    if let Some(style) = Style::named(name) {
        return Ok(style);
    }
    let path = Path::new(name);
    if !path.exists() {
        let ids = Style::built_in().map(|(id, _)| id);
        let detail = format!("`{name}` is no file and no style");
        return Err(Failure::wrong(ErrorCode::StyleUnknown, detail).among(ids));
    }
    Style::parse(&read(path)?).map(Arc::new).map_err(|error| Failure::style(path, &error))
}

/// A text file, or standard input for `-`.
pub(crate) fn read(file: &Path) -> Result<String, Failure> {
    let source: Box<dyn Read> = if file == Path::new("-") {
        Box::new(stdin())
    } else {
        Box::new(File::open(file).map_err(|error| Failure::unreadable(file, &error))?)
    };
    let mut text = String::new();
    match source.take(LARGEST_TEXT + 1).read_to_string(&mut text) {
        Ok(_) if text.len() as u64 > LARGEST_TEXT => {
            Err(Failure::no_text(file, "it is larger than 64 MiB"))
        }
        Ok(_) if text.trim().is_empty() => Err(Failure::empty(file)),
        Ok(_) => Ok(text),
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            Err(Failure::no_text(file, "it is not UTF-8 text"))
        }
        Err(error) => Err(Failure::unreadable(file, &error)),
    }
}
