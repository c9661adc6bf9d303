//! The operating system's own he-IL voice.
//!
//! macOS: `say -v Carmit`, written to a WAV on standard output's stead, a temporary file (its
//! `say` cannot write to a pipe). Linux: speech-dispatcher plays by itself and hands back no
//! samples, so the teacher could not be stopped within a buffer or levelled: not offered.
//! Windows: the «Asaf» voice needs WinRT calls that no code here makes yet: not offered.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use pipeline::ports::{PortError, Speech, Voice};
use tutor::Phrase;

use super::run::{output, program_on_path};
use super::wav::{level, read_wav};

const TIME_LIMIT: Duration = Duration::from_secs(10);

/// «Carmit» of macOS.
#[derive(Debug, Clone)]
pub struct SystemVoice {
    program: PathBuf,
    id: String,
}

impl SystemVoice {
    /// Looks for a he-IL voice.
    ///
    /// # Errors
    /// [`PortError::Missing`] where the system has none that hands back samples.
    pub fn find() -> Result<Self, PortError> {
        let missing = || PortError::Missing { what: "a he-IL system voice".to_owned() };
        if !cfg!(target_os = "macos") {
            return Err(missing());
        }
        let program = program_on_path("say").ok_or_else(missing)?;
        let listing = output(&program, &["-v", "?"], TIME_LIMIT)?;
        let name = hebrew_voice(&String::from_utf8_lossy(&listing)).ok_or_else(missing)?;
        Ok(Self { program, id: name })
    }
}

/// The first name in a listing of `say -v '?'` whose language is he_IL.
fn hebrew_voice(listing: &str) -> Option<String> {
    let line = listing.lines().find(|line| line.contains("he_IL"))?;
    line.split("he_IL").next().map(|name| name.trim().to_owned())
}

impl Voice for SystemVoice {
    fn id(&self) -> &str {
        &self.id
    }

    fn render(&mut self, phrase: &Phrase) -> Result<Speech, PortError> {
        let file = std::env::temp_dir().join(format!("prita-say-{}.wav", std::process::id()));
        let path = file.to_string_lossy().into_owned();
        let arguments =
            ["-v", &self.id, "--data-format=LEI16@22050", "-o", &path, "--", &phrase.speech];
        let said = output(&self.program, &arguments, TIME_LIMIT);
        let bytes = fs::read(&file);
        // Nothing depends on the file any more; a leftover in the temporary folder does no harm.
        let _ = fs::remove_file(&file);
        said?;
        let bytes = bytes.map_err(|error| PortError::Refused {
            what: self.id.clone(),
            why: error.to_string(),
        })?;
        let (rate, mut samples) = read_wav(&bytes)
            .ok_or_else(|| PortError::Refused { what: self.id.clone(), why: "no sound".into() })?;
        level(&mut samples);
        Ok(Speech { voice: self.id.clone(), rate, samples })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hebrew_voice_is_found_in_a_listing() {
        let listing = "Alex    en_US    # Hi\nCarmit              he_IL    # שלום\n";
        assert_eq!(hebrew_voice(listing).as_deref(), Some("Carmit"));
        assert_eq!(hebrew_voice("Alex en_US"), None);
    }
}
