use std::time::Duration;

use pipeline::ports::{PortError, Transcriber, Transcript};
use protocol::{Capability, Message, Transcribe};

use super::client::EngineProgram;
use super::setup::Setup;

/// Speech recognition in its own program.
pub struct SpeechEngine {
    program: EngineProgram,
    deadline: Duration,
    glossary: Option<String>,
}

impl SpeechEngine {
    /// Starts `prita-asr`. A transcript must come within `deadline`; `glossary` names words the
    /// student is likely to say.
    #[must_use]
    pub fn start(setup: Setup, deadline: Duration, glossary: Option<String>) -> Self {
        Self::new(EngineProgram::start(setup, Capability::Transcribe), deadline, glossary)
    }

    /// On a program started elsewhere with [`Capability::Transcribe`].
    #[must_use]
    pub fn new(program: EngineProgram, deadline: Duration, glossary: Option<String>) -> Self {
        Self { program, deadline, glossary }
    }

    /// The program behind.
    #[must_use]
    pub fn program(&self) -> &EngineProgram {
        &self.program
    }
}

impl Transcriber for SpeechEngine {
    fn transcribe(&mut self, samples: &[f32], language: &str) -> Result<Transcript, PortError> {
        let asked = |id| {
            Message::Transcribe(Transcribe {
                id,
                language: language.to_owned(),
                initial_prompt: self.glossary.clone(),
                samples: samples.to_vec(),
            })
        };
        match self.program.ask(asked, self.deadline, &mut |_| true)? {
            Some(Message::Transcript(transcript)) => {
                Ok(Transcript { text: transcript.text, confidence: transcript.confidence })
            }
            Some(other) => Err(self.program.confused(&other)),
            None => Ok(Transcript { text: String::new(), confidence: 0.0 }),
        }
    }
}
