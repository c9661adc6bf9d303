use std::sync::Arc;

use engines::microphone::Microphone;
use pipeline::SystemClock;
use pipeline::ports::AudioSource;

/// A microphone by its id, or the system's choice, outside a lesson. Its time begins now.
#[must_use]
pub fn microphone(id: Option<String>) -> Box<dyn AudioSource> {
    Box::new(Microphone::new(id, Arc::new(SystemClock::start())))
}
