//! The ports: short traits behind which everything that touches the world lives.
//!
//! All are synchronous and are called from one named thread each; none may panic. An error says
//! what happened and whether trying again makes sense.

use std::time::Duration;

use audio::{AudioChunk, Posteriorgram, WitnessWindow};
use thiserror::Error;
use tutor::Phrase;

/// A port that failed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PortError {
    /// The device, program or file is not there.
    #[error("{what} is missing")]
    Missing {
        /// What, for the log.
        what: String,
    },
    /// A file is damaged or not what the catalogue says; refused before it was parsed.
    #[error("{what} is damaged: {why}")]
    Damaged {
        /// Which file.
        what: String,
        /// How that was noticed.
        why: String,
    },
    /// The engine died or was killed; it is being restarted.
    #[error("{what} stopped: {why}")]
    Crashed {
        /// Which engine.
        what: String,
        /// Exit status or signal.
        why: String,
    },
    /// No answer in time; an engine that stays silent is killed and restarted.
    #[error("{what} did not answer within {after:?}")]
    TimedOut {
        /// Which engine.
        what: String,
        /// The limit.
        after: Duration,
    },
    /// Waiting out the back-off after a crash; ask again later.
    #[error("{what} is restarting")]
    Restarting {
        /// Which engine.
        what: String,
    },
    /// It answered that it cannot do this.
    #[error("{what} refused: {why}")]
    Refused {
        /// Which engine.
        what: String,
        /// Its reason.
        why: String,
    },
}

impl PortError {
    /// Whether trying again changes nothing before somebody installs or repairs something.
    #[must_use]
    pub fn is_for_good(&self) -> bool {
        matches!(self, Self::Missing { .. } | Self::Damaged { .. })
    }
}

/// What a capture read brought.
#[derive(Debug, Clone, PartialEq)]
pub enum Capture {
    /// Sound.
    Chunk(AudioChunk),
    /// Nothing within the wait.
    Idle,
    /// A recording ended.
    Ended,
}

/// Sound from a microphone or a recording. Thread `listen`.
pub trait AudioSource: Send {
    /// Waits at most `wait` for sound.
    ///
    /// # Errors
    /// [`PortError::Missing`] when the microphone was taken away; the source may be read again
    /// and comes back by itself when the device does.
    fn read(&mut self, wait: Duration) -> Result<Capture, PortError>;
}

/// A second opinion on pitches. Thread `listen`.
pub trait PitchWitness: Send {
    /// Looks at a window of [`WitnessWindow::SAMPLES`] samples.
    ///
    /// # Errors
    /// The lesson goes on without the witness.
    fn look(&mut self, window: &WitnessWindow) -> Result<Posteriorgram, PortError>;
}

/// What a language model is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Generation {
    /// The whole prompt.
    pub prompt: String,
    /// GBNF grammar the answer must follow.
    pub grammar: Option<String>,
    /// At most so many tokens.
    pub max_tokens: u32,
    /// Same seed, same answer.
    pub seed: u32,
    /// 0 is greedy.
    pub temperature: f32,
}

/// A language model. Thread `think`.
pub trait LanguageModel: Send {
    /// The model's id.
    fn id(&self) -> &str;

    /// Generates text. Pieces are handed to `on_piece` as they come; returning false cancels.
    ///
    /// # Errors
    /// The template speaks instead.
    fn generate(
        &mut self,
        request: &Generation,
        on_piece: &mut dyn FnMut(&str) -> bool,
    ) -> Result<String, PortError>;
}

/// A transcript of a clip.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// The words.
    pub text: String,
    /// 0–1.
    pub confidence: f32,
}

/// Speech to text, on the thread of whoever asks; no lesson does.
pub trait Transcriber: Send {
    /// Transcribes mono samples at 16,000 Hz in `language` (`he`).
    ///
    /// # Errors
    /// The question is asked again by text.
    fn transcribe(&mut self, samples: &[f32], language: &str) -> Result<Transcript, PortError>;
}

/// A spoken clip.
#[derive(Debug, Clone, PartialEq)]
pub struct Speech {
    /// Which voice.
    pub voice: String,
    /// Samples per second.
    pub rate: u32,
    /// Mono, −1…1.
    pub samples: Vec<f32>,
}

/// Text to speech. Thread `speak`.
pub trait Voice: Send {
    /// The voice's id.
    fn id(&self) -> &str;

    /// Renders a sentence.
    ///
    /// # Errors
    /// The caption stands alone.
    fn render(&mut self, phrase: &Phrase) -> Result<Speech, PortError>;
}

/// A loudspeaker. Thread `speak`.
pub trait Loudspeaker: Send {
    /// Plays `speech` until its end or until `stop` says true (asked at least every 20 ms).
    /// Tells whether it was heard to the end.
    ///
    /// # Errors
    /// The caption stands alone.
    fn play(&mut self, speech: &Speech, stop: &dyn Fn() -> bool) -> Result<bool, PortError>;
}

/// Time since the session began.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Duration;
}
