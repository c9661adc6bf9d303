//! Strums the student asked to keep, each with what every string really did: the strings were
//! played alone afterwards. A folder in the format of the audio assets (`index.csv` beside WAVs).
//!
//! Nothing is kept unless asked for, and nothing leaves the folder.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use audio::{Check, Strum};
use engines::wave::wave;
use pipeline::ports::AudioSource;
use theory::StringNumber;

use crate::recent::{Keeping, Recent, locked};

const HEADER: &str = "path,kind,label,source,licence,real,instrument,midi,string,fret,onset_s,dur_s,gt,strings_state,note\n";
/// Sound that is remembered, so that a strum can still be cut out once its strings are checked.
const REMEMBERED: Duration = Duration::from_secs(40);
/// A take begins this long before its strum, and ends this long before the first string alone is
/// judged, at most so long after the strum.
const BEFORE: Duration = Duration::from_millis(300);
const JUDGED_AFTER: Duration = Duration::from_millis(450);
const LONGEST: Duration = Duration::from_millis(2_500);

/// A strum that waits for its strings to be played alone.
#[derive(Debug)]
struct Open {
    strum: Strum,
    /// What each asked string did, string 6 first.
    rang: [Option<bool>; 6],
    sound: Option<(Vec<f32>, u32)>,
}

/// Writes takes into a folder.
#[derive(Debug)]
pub struct Takes {
    folder: PathBuf,
    /// The chord that is practised.
    label: String,
    recent: Arc<Mutex<Recent>>,
    open: Option<Open>,
    /// Takes written.
    written: usize,
}

impl Takes {
    /// Takes of what `source` will give while `label` is practised, kept in `folder` (made if missing).
    ///
    /// # Errors
    /// The folder cannot be made or its index cannot be written.
    pub fn of(
        source: Box<dyn AudioSource>,
        folder: PathBuf,
        label: String,
    ) -> io::Result<(Self, Keeping)> {
        fs::create_dir_all(&folder)?;
        let index = folder.join("index.csv");
        if !index.exists() {
            fs::write(&index, HEADER)?;
        }
        let (recent, keeping) = Keeping::of(source, REMEMBERED);
        Ok((Self { folder, label, recent, open: None, written: 0 }, keeping))
    }

    /// The sound that is remembered.
    pub(crate) fn recent(&self) -> Arc<Mutex<Recent>> {
        Arc::clone(&self.recent)
    }

    /// A strum was judged; one told anew goes on.
    ///
    /// # Errors
    /// The take before it cannot be written.
    pub fn strum(&mut self, strum: &Strum) -> io::Result<()> {
        match &mut self.open {
            Some(open) if open.strum.at == strum.at => open.strum = strum.clone(),
            _ => {
                self.close()?;
                self.open = Some(Open { strum: strum.clone(), rang: [None; 6], sound: None });
            }
        }
        Ok(())
    }

    /// A string of the last strum was heard alone.
    ///
    /// # Errors
    /// The take cannot be written.
    pub fn check(&mut self, check: &Check) -> io::Result<()> {
        let Some(open) = self.open.as_mut().filter(|open| open.strum.at == check.strum) else {
            return Ok(());
        };
        open.rang[check.string.index()] = Some(check.rang);
        if open.sound.is_none() {
            let recent = locked(&self.recent);
            let at = open.strum.at;
            let to = recent.end().saturating_sub(JUDGED_AFTER).min(at + LONGEST);
            open.sound = recent.between(at.saturating_sub(BEFORE), to);
        }
        let done =
            open.strum.strings.iter().all(|s| !s.asked || open.rang[s.string.index()].is_some());
        if done { self.close() } else { Ok(()) }
    }

    /// Writes what is open, if any of its strings was checked.
    ///
    /// # Errors
    /// The take cannot be written.
    pub fn close(&mut self) -> io::Result<()> {
        let Some(Open { strum, rang, sound: Some((samples, rate)) }) = self.open.take() else {
            return Ok(());
        };
        let name = self.free_name();
        fs::write(self.folder.join(&name), wave(&samples, rate))?;
        let mut index = OpenOptions::new().append(true).open(self.folder.join("index.csv"))?;
        index.write_all(
            row(&name, &self.label, &strum, &rang, samples.len() as f64 / f64::from(rate))
                .as_bytes(),
        )?;
        self.written += 1;
        Ok(())
    }

    /// How many takes were written.
    #[must_use]
    pub fn written(&self) -> usize {
        self.written
    }

    fn free_name(&self) -> String {
        (1..)
            .map(|n| format!("take-{n:05}.wav"))
            .find(|name| !self.folder.join(name).exists())
            .unwrap_or_default()
    }
}

/// R rings, D was struck and did not ring, A must be silent, ? was not played alone.
fn letter(strum: &Strum, rang: &[Option<bool>; 6], string: StringNumber) -> char {
    match (strum.strings[string.index()].asked, rang[string.index()]) {
        (false, _) => 'A',
        (true, Some(true)) => 'R',
        (true, Some(false)) => 'D',
        (true, None) => '?',
    }
}

fn row(name: &str, label: &str, strum: &Strum, rang: &[Option<bool>; 6], seconds: f64) -> String {
    let states: String =
        StringNumber::THICK_TO_THIN.iter().map(|s| letter(strum, rang, *s)).collect();
    let kind = if states.contains('D') { "chord-dead" } else { "chord" };
    let target = strum.voicing.map(|voicing| voicing.to_string()).unwrap_or_default();
    let onset = BEFORE.min(strum.at).as_secs_f64();
    format!(
        "{name},{kind},{label},own take,own,1,,,,,{onset:.3},{seconds:.3},,{states},target={target}\n"
    )
}
