//! espeak-ng as a separate program, fed with phonemes. Plain Hebrew text would lose its vowels,
//! and its licence keeps it out of this process.

use std::path::PathBuf;
use std::time::Duration;

use pipeline::ports::{PortError, Speech, Voice};
use tutor::Phrase;

use super::phonemes::to_espeak;
use super::run::{output, program_on_path};
use super::wav::{level, read_wav};

pub(super) const ID: &str = "espeak-ng-he";
const PROGRAM: &str = "espeak-ng";
/// A sentence takes some tens of milliseconds; a hung program must not hold the lesson.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// Words a minute; the default 175 is fast for someone who listens with a guitar in hand.
const WORDS_A_MINUTE: &str = "145";

/// espeak-ng's Hebrew voice.
#[derive(Debug, Clone)]
pub struct EspeakVoice {
    program: PathBuf,
}

impl EspeakVoice {
    /// Looks for the program.
    ///
    /// # Errors
    /// [`PortError::Missing`] when it is not installed.
    pub fn find() -> Result<Self, PortError> {
        program_on_path(PROGRAM)
            .map(|program| Self { program })
            .ok_or_else(|| PortError::Missing { what: PROGRAM.to_owned() })
    }
}

impl Voice for EspeakVoice {
    fn id(&self) -> &str {
        ID
    }

    fn render(&mut self, phrase: &Phrase) -> Result<Speech, PortError> {
        let refused = |why: String| PortError::Refused { what: PROGRAM.to_owned(), why };
        let phonemes = to_espeak(&phrase.ipa)
            .map_err(|symbol| refused(format!("`{symbol}` is no phoneme of ours")))?;
        let arguments = ["-v", "he", "-s", WORDS_A_MINUTE, "--stdout", "--", &phonemes];
        let wav = output(&self.program, &arguments, TIME_LIMIT)?;
        let (rate, mut samples) =
            read_wav(&wav).ok_or_else(|| refused("it gave no sound".to_owned()))?;
        level(&mut samples);
        Ok(Speech { voice: ID.to_owned(), rate, samples })
    }
}
