use std::fs;
use std::path::Path;
use std::time::Instant;

use pipeline::ports::{PortError, Speech};
use serde::Serialize;
use tutor::hebrew::phrase_of_text;
use tutor::{ErrorCode, Phrase};

use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct SpokenLine {
    voice: String,
    seconds: f64,
    ms: u64,
    guessed: Vec<String>,
}

pub(crate) fn run(
    text: &str,
    out: Option<&Path>,
    voice: Option<&str>,
    output: &mut Output,
) -> Result<(), Failure> {
    let (phrase, guessed) = phrase_of_text(text).map_err(|error| Failure::wrong_text(&error))?;
    match speak(&phrase, out, voice) {
        Ok((speech, ms)) => {
            let seconds = speech.samples.len() as f64 / f64::from(speech.rate.max(1));
            let line = SpokenLine { voice: speech.voice, seconds, ms, guessed };
            output.line("spoken", &line, || text.to_owned())
        }
        // Who cannot hear it can still read it.
        Err(failure) if out.is_none() => output.text(text).and(Err(failure)),
        Err(failure) => Err(failure),
    }
}

/// Renders, then writes or plays; with the milliseconds that rendering took.
fn speak(
    phrase: &Phrase,
    out: Option<&Path>,
    voice: Option<&str>,
) -> Result<(Speech, u64), Failure> {
    let mut voice = host::voice(voice).map_err(|error| match host::voices() {
        here if voice.is_some() && !here.is_empty() => Failure::no_such_voice(&error, here),
        _ => no_voice(error),
    })?;
    let began = Instant::now();
    let speech = voice.render(phrase).map_err(no_voice)?;
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    match out {
        Some(path) => fs::write(path, host::wave(&speech.samples, speech.rate))
            .map_err(|error| Failure::unwritable(path, &error))?,
        None => host::loudspeaker()
            .play(&speech, &|| false)
            .map(drop)
            .map_err(|error| Failure::engine(&error, ErrorCode::LoudspeakerMissing))?,
    }
    Ok((speech, ms))
}

fn no_voice(error: PortError) -> Failure {
    Failure::engine(&error, ErrorCode::VoiceMissing)
}
