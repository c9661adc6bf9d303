use theory::{Tuning, Voicing};

use crate::{GuitarPrint, Trust};

/// How to listen.
#[derive(Debug, Clone)]
pub struct ListenerConfig {
    /// Open pitches, capo included.
    pub tuning: Tuning,
    /// Reference A4 in Hz.
    pub a4: f32,
    /// What the student is asked to play.
    pub target: Option<Target>,
    /// Whether someone answers [`crate::Heard::Witness`].
    pub witness: bool,
    /// Whether [`crate::Heard::Study`] is wanted, to train the net.
    pub study: bool,
    /// What tuning has told of this guitar.
    pub print: Option<GuitarPrint>,
    /// What checking has shown on this guitar before.
    pub trust: Trust,
}

impl Default for ListenerConfig {
    fn default() -> Self {
        Self {
            tuning: Tuning::STANDARD,
            a4: 440.0,
            target: None,
            witness: false,
            study: false,
            print: None,
            trust: Trust::default(),
        }
    }
}

/// What the student is asked to play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its usual voicings, the preferred one first. Empty: what is asked cannot be played on this
    /// guitar, and it is listened to as if nothing were asked.
    pub voicings: Vec<Voicing>,
}

impl Target {
    /// Nothing, where nothing can be played for it.
    pub(crate) fn possible(self) -> Option<Self> {
        (!self.voicings.is_empty()).then_some(self)
    }
}
