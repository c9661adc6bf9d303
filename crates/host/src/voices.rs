use std::path::Path;
use std::time::Duration;

use engines::loudspeaker::DefaultLoudspeaker;
use engines::program::{ModelFile, Setup, SpeechEngine, beside_this_program};
use pipeline::ports::{Loudspeaker, PortError, Transcriber, Voice};

/// Samples per second that a transcriber expects.
pub const SPEECH_RATE: u32 = 16_000;

/// The longest that transcribing a clip may take.
const LISTENING: Duration = Duration::from_secs(120);

/// Ids of the Hebrew voices here, the best first.
#[must_use]
pub fn voices() -> Vec<String> {
    engines::voice::voices()
}

/// A voice by its id, or the best one here.
///
/// # Errors
/// [`PortError::Missing`] when there is no such voice.
pub fn voice(id: Option<&str>) -> Result<Box<dyn Voice>, PortError> {
    match id {
        Some(id) => engines::voice::voice(id),
        None => engines::voice::best_voice(),
    }
}

/// The system's loudspeaker.
#[must_use]
pub fn loudspeaker() -> Box<dyn Loudspeaker> {
    Box::new(DefaultLoudspeaker)
}

/// Speech to text with a whisper model file.
#[must_use]
pub fn transcriber(model: &Path) -> Box<dyn Transcriber> {
    let model = ModelFile { path: model.to_path_buf(), sha256: None };
    let setup = Setup::new(beside_this_program("prita-asr"), model);
    Box::new(SpeechEngine::start(setup, LISTENING, None))
}
