use std::fs;
use std::path::Path;
use std::time::Instant;

use pipeline::ports::{PortError, Speech};
use serde::Serialize;
use tutor::ErrorCode;
use tutor::hebrew::phrase_of_text;

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
    let (phrase, guessed) = phrase_of_text(text).map_err(Failure::wrong_argument)?;
    let mut voice = host::voice(voice).map_err(no_voice)?;
    let began = Instant::now();
    let speech = voice.render(&phrase).map_err(no_voice)?;
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    match out {
        Some(path) => {
            fs::write(path, wav(&speech)).map_err(|error| Failure::unwritable(path, &error))?;
        }
        None => {
            host::loudspeaker()
                .play(&speech, &|| false)
                .map_err(|error| Failure::engine(&error, ErrorCode::LoudspeakerMissing))?;
        }
    }
    let seconds = speech.samples.len() as f64 / f64::from(speech.rate.max(1));
    let line = SpokenLine { voice: speech.voice, seconds, ms, guessed };
    output.line("spoken", &line, || text.to_owned())
}

fn no_voice(error: PortError) -> Failure {
    Failure::engine(&error, ErrorCode::VoiceMissing)
}

/// A RIFF/WAVE file, 16 bit mono.
fn wav(speech: &Speech) -> Vec<u8> {
    let data: Vec<u8> = speech
        .samples
        .iter()
        .flat_map(|s| ((s.clamp(-1.0, 1.0) * 32_767.0) as i16).to_le_bytes())
        .collect();
    let size = data.len() as u32;
    let mut wav = Vec::with_capacity(44 + data.len());
    wav.extend_from_slice(b"RIFF");
    wav.extend_from_slice(&(36 + size).to_le_bytes());
    wav.extend_from_slice(b"WAVEfmt ");
    wav.extend_from_slice(&16u32.to_le_bytes());
    wav.extend_from_slice(&1u16.to_le_bytes());
    wav.extend_from_slice(&1u16.to_le_bytes());
    wav.extend_from_slice(&speech.rate.to_le_bytes());
    wav.extend_from_slice(&(speech.rate * 2).to_le_bytes());
    wav.extend_from_slice(&2u16.to_le_bytes());
    wav.extend_from_slice(&16u16.to_le_bytes());
    wav.extend_from_slice(b"data");
    wav.extend_from_slice(&size.to_le_bytes());
    wav.extend_from_slice(&data);
    wav
}
