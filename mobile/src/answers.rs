//! What is asked and answered. The same JSON is written by Kotlin and Swift.

use serde::{Deserialize, Serialize};

/// May the app use it?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// Yes.
    Granted,
    /// No, and the system will not ask again: the way out is its settings.
    Denied,
    /// The system will ask when requested.
    Prompt,
    /// As `Prompt`, but it was refused once: say first what it is for. Android only.
    PromptWithRationale,
    /// This kind of machine has no such permission.
    NotNeeded,
}

/// The state of every permission the app has a use for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permissions {
    /// Hearing the guitar.
    pub microphone: Permission,
    /// Seeing the hand.
    pub camera: Permission,
}

/// What to ask the student for. Asking for both at once scares; ask when it is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionRequest {
    /// Ask for the microphone.
    pub microphone: bool,
    /// Ask for the camera.
    pub camera: bool,
}

/// How the system hands over sound once the session is open for music.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AudioSession {
    /// The rate the hardware runs at, in Hz; none when only the sound driver knows.
    pub sample_rate: Option<u32>,
    /// Whether sound comes without the noise and echo filters made for speech, which eat the
    /// decay of a string; none when only the sound driver knows.
    pub unprocessed: Option<bool>,
    /// A Bluetooth voice headset is the microphone: 8 or 16 kHz, useless for a guitar.
    pub voice_headset: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_phones_write_is_read() {
        let text = r#"{"microphone":"prompt-with-rationale","camera":"denied"}"#;
        let read: Permissions = serde_json::from_str(text).unwrap();
        assert_eq!(read.microphone, Permission::PromptWithRationale);
        assert_eq!(read.camera, Permission::Denied);
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }

    #[test]
    fn a_session_of_either_phone_is_read() {
        let android = r#"{"sampleRate":48000,"unprocessed":true,"voiceHeadset":false}"#;
        let read: AudioSession = serde_json::from_str(android).unwrap();
        assert_eq!((read.sample_rate, read.unprocessed), (Some(48_000), Some(true)));
        let unknown = r#"{"sampleRate":null,"unprocessed":null,"voiceHeadset":true}"#;
        let read: AudioSession = serde_json::from_str(unknown).unwrap();
        assert_eq!((read.sample_rate, read.voice_headset), (None, true));
    }

    #[test]
    fn an_unknown_state_is_an_error_not_a_grant() {
        let text = r#"{"microphone":"maybe","camera":"granted"}"#;
        assert!(serde_json::from_str::<Permissions>(text).is_err());
    }
}
