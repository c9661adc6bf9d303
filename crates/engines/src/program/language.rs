use std::time::Duration;

use pipeline::ports::{Generation, LanguageModel, PortError};
use protocol::{Capability, Generate, Message, Stop};

use super::client::EngineProgram;
use super::setup::Setup;

/// A language model in its own program.
pub struct LanguageEngine {
    program: EngineProgram,
    deadline: Duration,
}

impl LanguageEngine {
    /// Starts `prita-llm`. An answer must be complete within `deadline`.
    #[must_use]
    pub fn start(setup: Setup, deadline: Duration) -> Self {
        Self::new(EngineProgram::start(setup, Capability::Generate), deadline)
    }

    /// On a program started elsewhere with [`Capability::Generate`].
    #[must_use]
    pub fn new(program: EngineProgram, deadline: Duration) -> Self {
        Self { program, deadline }
    }

    /// The program behind.
    #[must_use]
    pub fn program(&self) -> &EngineProgram {
        &self.program
    }
}

impl LanguageModel for LanguageEngine {
    fn id(&self) -> &str {
        self.program.model()
    }

    /// A cancelled answer is what was written so far. `on_piece` also gets empty pieces while
    /// nothing is written, so that a newer question never waits.
    fn generate(
        &mut self,
        request: &Generation,
        on_piece: &mut dyn FnMut(&str) -> bool,
    ) -> Result<String, PortError> {
        let mut text = String::new();
        let mut collect = |piece: &str| {
            text.push_str(piece);
            on_piece(piece)
        };
        let asked = |id| {
            Message::Generate(Generate {
                id,
                prompt: request.prompt.clone(),
                grammar: request.grammar.clone(),
                max_tokens: request.max_tokens,
                seed: request.seed,
                // JSON has no NaN; greedy is the harmless reading of it.
                temperature: if request.temperature.is_finite() {
                    request.temperature
                } else {
                    0.0
                },
            })
        };
        match self.program.ask(asked, self.deadline, &mut collect)? {
            None => Ok(text),
            Some(Message::Done(done)) if done.stop == Stop::Stuck => Err(PortError::Refused {
                what: "the language model".to_owned(),
                why: "no token of its vocabulary continues the grammar".to_owned(),
            }),
            Some(Message::Done(_)) => Ok(text),
            Some(other) => Err(self.program.confused(&other)),
        }
    }
}
