//! Whether sound arrives: what a read of the source tells of the device, each change once.

use tutor::Trouble;

use crate::ports::{Capture, PortError};

/// What changed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    /// Sound arrives for the first time, or again (`back`).
    Came { back: bool },
    /// It was there and is gone, or never came.
    Left(Trouble),
}

/// Follows one device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Device {
    /// Nothing has been read yet.
    #[default]
    Unknown,
    /// Sound arrives.
    Present,
    /// Nothing can be read.
    Away,
}

impl Device {
    /// What a read tells. Errors other than a missing device end the source and are not its matter.
    pub(crate) fn saw(&mut self, read: &Result<Capture, PortError>) -> Option<Change> {
        let before = *self;
        match read {
            Ok(Capture::Chunk(_)) => *self = Self::Present,
            Err(PortError::Missing { .. }) => *self = Self::Away,
            _ => return None,
        }
        match (before, *self) {
            (same, now) if same == now => None,
            (before, Self::Present) => Some(Change::Came { back: before == Self::Away }),
            (Self::Present, _) => Some(Change::Left(Trouble::MicrophoneLost)),
            _ => Some(Change::Left(Trouble::MicrophoneMissing)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use audio::AudioChunk;

    use super::*;

    fn chunk() -> Result<Capture, PortError> {
        Ok(Capture::Chunk(AudioChunk { at: Duration::ZERO, rate: 48_000, samples: vec![0.0] }))
    }

    fn gone() -> Result<Capture, PortError> {
        Err(PortError::Missing { what: "microphone".to_owned() })
    }

    #[test]
    fn each_change_is_told_once() {
        let mut device = Device::default();
        assert_eq!(device.saw(&Ok(Capture::Idle)), None);
        assert_eq!(device.saw(&gone()), Some(Change::Left(Trouble::MicrophoneMissing)));
        assert_eq!(device.saw(&gone()), None);
        assert_eq!(device.saw(&chunk()), Some(Change::Came { back: true }));
        assert_eq!(device.saw(&chunk()), None);
        assert_eq!(device.saw(&gone()), Some(Change::Left(Trouble::MicrophoneLost)));
    }

    #[test]
    fn a_device_that_was_there_from_the_start_is_not_back() {
        let mut device = Device::default();
        assert_eq!(device.saw(&chunk()), Some(Change::Came { back: false }));
    }
}
