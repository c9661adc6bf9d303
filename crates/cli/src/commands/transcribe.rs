use std::path::Path;
use std::time::Duration;

use audio::Resampler;
use host::Recording;
use pipeline::ports::{AudioSource, Capture};
use serde::Serialize;
use tutor::ErrorCode;

use crate::failure::Failure;
use crate::output::Output;

/// What the speech engine takes at once.
const LONGEST: Duration = Duration::from_secs(120);

#[derive(Serialize)]
struct UtteranceLine {
    at: f64,
    until: f64,
    text: String,
    confidence: f32,
}

pub(crate) fn run(file: &Path, model: &Path, output: &mut Output) -> Result<(), Failure> {
    // A model of the student's own: a wrong name is no broken installation.
    model.metadata().map_err(|error| Failure::unreadable(model, &error))?;
    let mut recording = Recording::open(file).map_err(|error| Failure::file(file, &error))?;
    let mut samples = Vec::new();
    let mut resampler: Option<Resampler> = None;
    loop {
        match recording.read(Duration::ZERO).map_err(|error| Failure::file(file, &error))? {
            Capture::Chunk(chunk) => resampler
                .get_or_insert_with(|| Resampler::between(chunk.rate, host::SPEECH_RATE))
                .push(&chunk.samples, &mut samples),
            Capture::Idle => {}
            Capture::Ended => break,
        }
        if samples.len() as u64 > LONGEST.as_secs() * u64::from(host::SPEECH_RATE) {
            return Err(Failure::too_long(file, LONGEST));
        }
    }
    let transcript = host::transcriber(model)
        .transcribe(&samples, "he")
        .map_err(|error| Failure::engine(&error, ErrorCode::EngineMissing))?;
    let until = samples.len() as f64 / f64::from(host::SPEECH_RATE);
    let line =
        UtteranceLine { at: 0.0, until, text: transcript.text, confidence: transcript.confidence };
    output.line("utterance", &line, || line.text.clone())
}
