//! Voices that can speak Hebrew, the best first.
//!
//! A voice of the operating system is used where it has one for he-IL (macOS «Carmit» through
//! `say`, Linux through speech-dispatcher's own synthesizers only as far as they can hand back
//! samples, which none does: so none is offered there). Else espeak-ng speaks from stored
//! phonemes, as a separate program. Nothing here decides when to speak.

mod espeak;
mod phonemes;
mod run;
mod system;
mod wav;

use pipeline::ports::{PortError, Voice};

pub use espeak::EspeakVoice;
pub use phonemes::to_espeak;
pub use system::SystemVoice;

/// Ids of the Hebrew voices on this machine, the best first.
#[must_use]
pub fn voices() -> Vec<String> {
    let system = SystemVoice::find().ok().map(|voice| voice.id().to_owned());
    let espeak = EspeakVoice::find().ok().map(|voice| voice.id().to_owned());
    system.into_iter().chain(espeak).collect()
}

/// The voice with this id.
///
/// # Errors
/// [`PortError::Missing`] when this machine has no such voice.
pub fn voice(id: &str) -> Result<Box<dyn Voice>, PortError> {
    if id == espeak::ID {
        return Ok(Box::new(EspeakVoice::find()?));
    }
    match SystemVoice::find() {
        Ok(voice) if voice.id() == id => Ok(Box::new(voice)),
        _ => Err(PortError::Missing { what: format!("voice {id}") }),
    }
}

/// The best Hebrew voice here.
///
/// # Errors
/// [`PortError::Missing`] names espeak-ng, the voice that any system can install.
pub fn best_voice() -> Result<Box<dyn Voice>, PortError> {
    match SystemVoice::find() {
        Ok(voice) => Ok(Box::new(voice)),
        Err(_) => Ok(Box::new(EspeakVoice::find()?)),
    }
}
