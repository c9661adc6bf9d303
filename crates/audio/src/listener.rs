use std::time::Duration;

use theory::{Tuning, Voicing};

use crate::{AudioChunk, Heard, Posteriorgram};

/// How to listen.
#[derive(Debug, Clone)]
pub struct ListenerConfig {
    /// Open pitches, capo included.
    pub tuning: Tuning,
    /// Reference A4 in Hz.
    pub a4: f32,
    /// What the student is asked to play.
    pub target: Option<Target>,
    /// Whether someone answers [`Heard::Witness`].
    pub witness: bool,
}

impl Default for ListenerConfig {
    fn default() -> Self {
        Self { tuning: Tuning::STANDARD, a4: 440.0, target: None, witness: false }
    }
}

/// What the student is asked to play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its usual voicings, the preferred one first; never empty.
    pub voicings: Vec<Voicing>,
}

/// Hears one session. The same samples give the same [`Heard`], however they are cut.
#[derive(Debug)]
pub struct Listener {}

impl Listener {
    /// A listener at the beginning of a session.
    #[must_use]
    pub fn new(config: ListenerConfig) -> Self {
        let _ = config;
        Self {}
    }

    /// Asks for something else from now on; an unfinished strum is dropped.
    pub fn aim(&mut self, target: Option<Target>) {
        let _ = target;
    }

    /// Hears the next chunk. A gap before `chunk.at`, or a new rate, starts afresh.
    pub fn hear(&mut self, chunk: &AudioChunk) -> Vec<Heard> {
        let _ = chunk;
        Vec::new()
    }

    /// Takes the witness's answer, or none if it could not answer, and goes on.
    pub fn answer(&mut self, id: u64, answer: Option<&Posteriorgram>) -> Vec<Heard> {
        let _ = (id, answer);
        Vec::new()
    }

    /// The input ends: settles what is open.
    pub fn finish(&mut self, at: Duration) -> Vec<Heard> {
        let _ = at;
        Vec::new()
    }
}
