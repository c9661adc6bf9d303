use std::path::Path;
use std::time::Duration;

use audio::{Posteriorgram, Roll, Take};
use engines::recording::Recording;
use models::ModelHome;
use pipeline::ports::{AudioSource, Capture, PitchWitness, PortError};

use crate::pitch_witness;

/// Reads a whole recording.
///
/// # Errors
/// What the recording reports.
pub fn take(path: &Path) -> Result<Take, PortError> {
    let mut recording = Recording::open(path)?;
    let mut take: Option<Take> = None;
    loop {
        match recording.read(Duration::ZERO)? {
            Capture::Chunk(chunk) => {
                take.get_or_insert_with(|| Take::new(chunk.rate)).push(&chunk.samples);
            }
            Capture::Idle => {}
            Capture::Ended => break,
        }
    }
    let mut take = take.unwrap_or_else(|| Take::new(audio::RATE));
    take.end();
    Ok(take)
}

/// What the pitch witness of this machine says about a whole take.
///
/// # Errors
/// As [`pitch_witness`], or what the witness refuses; hearing works without it.
pub fn roll(take: &Take) -> Result<Roll, PortError> {
    roll_by(take, pitch_witness(&ModelHome::discover())?.as_mut())
}

/// The same by a witness of the caller's choice.
///
/// # Errors
/// What the witness refuses.
pub fn roll_by(take: &Take, witness: &mut dyn PitchWitness) -> Result<Roll, PortError> {
    let answers: Vec<Posteriorgram> = (0..take.windows())
        .map(|index| witness.look(&take.witness_window(index)))
        .collect::<Result<_, _>>()?;
    Roll::join(take, &answers).ok_or_else(|| PortError::Damaged {
        what: "pitch witness".to_owned(),
        why: "its answer has another size than expected".to_owned(),
    })
}
