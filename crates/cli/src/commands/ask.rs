use std::path::Path;
use std::time::Instant;

use serde::Serialize;
use tutor::LessonEvent;
use tutor::ask::{Answer, Around, ask};

use super::diagnose::{parse_address, read};
use crate::args::Ask;
use crate::failure::Failure;
use crate::output::Output;

/// An answer as machines read it.
#[derive(Serialize)]
struct AnswerLine {
    text: String,
    source: &'static str,
    tip: String,
    intent: &'static str,
    checked: bool,
    ms: f64,
    speech: String,
    ipa: String,
    confidence: f32,
}

impl AnswerLine {
    fn new(answer: &Answer, ms: f64) -> Self {
        Self {
            text: answer.display(),
            source: "template",
            tip: answer.tip_id.0.clone(),
            intent: answer.intent,
            checked: answer.checked,
            ms,
            speech: answer.speech(),
            ipa: answer.ipa(),
            confidence: answer.confidence,
        }
    }
}

pub(crate) fn run(args: &Ask, output: &mut Output) -> Result<(), Failure> {
    let address = parse_address(&args.address)?;
    if args.engine != "template" {
        return Err(Failure::no_such_engine(&args.engine));
    }
    let (event, mut around) = match args.event.as_deref() {
        Some(file) => about(file).map(|(event, around)| (Some(event), around))?,
        None => (None, Around::default()),
    };
    around.notes = args.notes.into();
    let began = Instant::now();
    let answer = ask(&args.text, event.as_ref(), &around, address).map_err(Failure::no_question)?;
    let ms = (began.elapsed().as_secs_f64() * 1e5).round() / 100.0;
    output.line("answer", &AnswerLine::new(&answer, ms), || answer.display())
}

fn about(file: &Path) -> Result<(LessonEvent, Around), Failure> {
    let text = read(file)?;
    let malformed = |error| Failure::event(file, &error);
    Ok((LessonEvent::parse(&text).map_err(malformed)?, Around::parse(&text).map_err(malformed)?))
}
