//! The listener together with its witness: the pure step is split round the port, this joins it.

use std::time::Duration;

use audio::{AudioChunk, Heard, Listener, ListenerConfig, Pick, Target};
use theory::StringNumber;
use tutor::{EngineKind, Observation, Trouble};

use crate::ports::{PitchWitness, PortError};

/// What the ear reports.
#[derive(Debug, Clone, PartialEq)]
pub enum Sensed {
    /// Something was heard; never [`Heard::Witness`].
    Heard(Heard),
    /// The witness fell silent or came back; hearing goes on.
    Trouble(Trouble),
}

impl Sensed {
    /// What the teacher should know of it. Envelopes are for the screen alone.
    #[must_use]
    pub fn observation(&self, now: Duration) -> Option<Observation> {
        let trouble = |trouble| Observation::Trouble { at: now, trouble };
        Some(match self {
            Self::Heard(Heard::Onset(onset)) => Observation::Onset(*onset),
            Self::Heard(Heard::Strum(strum)) => Observation::Strum(strum.clone()),
            Self::Heard(Heard::Note(note)) => Observation::Note(*note),
            Self::Heard(Heard::Chord(chord)) => Observation::Chord(*chord),
            Self::Heard(Heard::Sensing(problem)) => trouble(Trouble::Hearing(*problem)),
            Self::Trouble(it) => trouble(it.clone()),
            Self::Heard(
                Heard::Envelope(_) | Heard::Witness(_) | Heard::Study(_) | Heard::Checked(_),
            ) => return None,
        })
    }
}

/// A listener that asks its witness by itself.
pub struct Ear {
    listener: Listener,
    witness: Option<Box<dyn PitchWitness>>,
    witness_down: bool,
    now: Duration,
}

impl Ear {
    /// An ear with or without a witness; `config.witness` is set accordingly.
    #[must_use]
    pub fn new(config: ListenerConfig, witness: Option<Box<dyn PitchWitness>>) -> Self {
        let config = ListenerConfig { witness: witness.is_some(), ..config };
        Self { listener: Listener::new(config), witness, witness_down: false, now: Duration::ZERO }
    }

    /// Aims at another chord.
    pub fn aim(&mut self, target: Option<Target>) {
        self.listener.aim(target);
    }

    /// Waits for this string alone; [`Listener::ask_alone`].
    pub fn ask_alone(&mut self, string: StringNumber, withdrawn: bool) -> Vec<Sensed> {
        let heard = self.listener.ask_alone(string, withdrawn);
        self.settle(heard)
    }

    /// Strings are played one by one, this one next; [`Listener::pick`].
    pub fn pick(&mut self, pick: Pick) {
        self.listener.pick(pick);
    }

    /// Gives the witness back.
    #[must_use]
    pub fn into_witness(self) -> Option<Box<dyn PitchWitness>> {
        self.witness
    }

    /// End of the sound heard so far.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.now
    }

    /// Hears a chunk.
    pub fn hear(&mut self, chunk: &AudioChunk) -> Vec<Sensed> {
        let length = chunk.samples.len() as f64 / f64::from(chunk.rate.max(1));
        self.now = chunk.at + Duration::from_secs_f64(length);
        let heard = self.listener.hear(chunk);
        self.settle(heard)
    }

    /// The sound ended.
    pub fn finish(&mut self) -> Vec<Sensed> {
        let heard = self.listener.finish();
        self.settle(heard)
    }

    fn settle(&mut self, heard: Vec<Heard>) -> Vec<Sensed> {
        let mut sensed = Vec::with_capacity(heard.len());
        let mut open = std::collections::VecDeque::from(heard);
        while let Some(heard) = open.pop_front() {
            let Heard::Witness(window) = heard else {
                sensed.push(Sensed::Heard(heard));
                continue;
            };
            let answer = self.witness.as_mut().map(|witness| witness.look(&window));
            sensed.extend(self.witness_state(&answer));
            let posteriorgram = answer.and_then(Result::ok);
            let more = self.listener.answer(window.id, posteriorgram.as_ref());
            // Answers come before what was heard later.
            for heard in more.into_iter().rev() {
                open.push_front(heard);
            }
        }
        sensed
    }

    fn witness_state<T>(&mut self, answer: &Option<Result<T, PortError>>) -> Option<Sensed> {
        let engine = EngineKind::Witness;
        match (answer, self.witness_down) {
            (Some(Err(error)), false) => {
                tracing::warn!(%error, "pitch witness is silent");
                self.witness_down = true;
                let missing = error.is_for_good();
                Some(Sensed::Trouble(Trouble::EngineDown { engine, missing }))
            }
            (Some(Ok(_)), true) => {
                self.witness_down = false;
                Some(Sensed::Trouble(Trouble::EngineBack { engine }))
            }
            _ => None,
        }
    }
}
