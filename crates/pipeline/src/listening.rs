//! The loop of every thread `listen`, of a lesson, of tuning and of the check: reads the source until
//! it is told to stop, and tells what changes at the device.
//!
//! What is made of the sound is the listener's.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use audio::AudioChunk;

use crate::device::{Change, Device};
use crate::ports::{AudioSource, Capture, PortError};

const READ_WAIT: Duration = Duration::from_millis(100);

/// What listens.
pub(crate) trait Listening {
    /// Where the sound comes from.
    fn source(&mut self) -> &mut dyn AudioSource;

    /// What was asked since the last read.
    fn answer(&mut self) {}

    /// Sound arrives, or does so no more.
    fn device_changed(&mut self, change: Change);

    /// The next piece of sound.
    fn hear(&mut self, chunk: AudioChunk);

    /// No more sound will come: the recording is over, or broke off.
    fn ended(&mut self, broke_off: Option<PortError>);
}

/// Listens until the source ends or `stop` is set. A device that is away is waited for; a recording
/// that breaks off does not come back.
pub(crate) fn listen(listening: &mut impl Listening, stop: &AtomicBool) {
    let mut device = Device::default();
    while !stop.load(Ordering::Acquire) {
        listening.answer();
        let read = listening.source().read(READ_WAIT);
        if let Some(change) = device.saw(&read) {
            if let Change::Left(trouble) = &change {
                tracing::warn!(?trouble, "no sound");
            }
            listening.device_changed(change);
        }
        match read {
            Ok(Capture::Chunk(chunk)) => listening.hear(chunk),
            Ok(Capture::Idle) | Err(PortError::Missing { .. }) => {}
            Ok(Capture::Ended) => return listening.ended(None),
            Err(error) => return listening.ended(Some(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use tutor::Trouble;

    use super::*;

    struct Script(VecDeque<Result<Capture, PortError>>);

    impl AudioSource for Script {
        fn read(&mut self, _wait: Duration) -> Result<Capture, PortError> {
            self.0.pop_front().unwrap_or(Ok(Capture::Ended))
        }
    }

    struct Notes {
        script: Script,
        told: Vec<String>,
    }

    impl Listening for Notes {
        fn source(&mut self) -> &mut dyn AudioSource {
            &mut self.script
        }

        fn device_changed(&mut self, change: Change) {
            self.told.push(match change {
                Change::Came { back } => format!("came, back {back}"),
                Change::Left(Trouble::MicrophoneLost) => "lost".to_owned(),
                Change::Left(_) => "missing".to_owned(),
            });
        }

        fn hear(&mut self, chunk: AudioChunk) {
            self.told.push(format!("{} samples", chunk.samples.len()));
        }

        fn ended(&mut self, broke_off: Option<PortError>) {
            self.told.push(format!("ended, broke off {}", broke_off.is_some()));
        }
    }

    fn told(script: Vec<Result<Capture, PortError>>) -> Vec<String> {
        let mut notes = Notes { script: Script(script.into()), told: Vec::new() };
        listen(&mut notes, &AtomicBool::new(false));
        notes.told
    }

    fn chunk() -> Result<Capture, PortError> {
        let samples = vec![0.0; 3];
        Ok(Capture::Chunk(AudioChunk { at: Duration::ZERO, rate: 48_000, samples }))
    }

    fn gone() -> Result<Capture, PortError> {
        Err(PortError::Missing { what: "microphone".to_owned() })
    }

    #[test]
    fn a_device_that_leaves_is_waited_for() {
        let script = vec![chunk(), Ok(Capture::Idle), gone(), gone(), chunk()];
        let expected = [
            "came, back false",
            "3 samples",
            "lost",
            "came, back true",
            "3 samples",
            "ended, broke off false",
        ];
        assert_eq!(told(script), expected);
    }

    #[test]
    fn a_recording_that_breaks_off_is_over() {
        let why = || PortError::Damaged { what: "take.wav".to_owned(), why: "cut".to_owned() };
        let script = vec![chunk(), Err(why()), chunk()];
        let expected = ["came, back false", "3 samples", "ended, broke off true"];
        assert_eq!(told(script), expected);
    }

    #[test]
    fn told_to_stop_it_reads_nothing() {
        let mut notes = Notes { script: Script(vec![chunk()].into()), told: Vec::new() };
        listen(&mut notes, &AtomicBool::new(true));
        assert_eq!((notes.told.len(), notes.script.0.len()), (0, 1));
    }
}
