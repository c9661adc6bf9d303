//! Folders of real single notes whose file names say the note (`Fs3.flac`, `A2.wav`, `Eb4.ogg`),
//! as guitars of `synth`. Every note is brought to the pitch it really sounds at.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use audio::{RATE, Resampler};
use pipeline::ports::PortError;
use synth::{Note, NoteBank};
use theory::Pitch;

use crate::period;
use crate::render::Guitar;
use crate::sound::Sound;

/// A note starts where a frame of 5 ms first reaches this share of the loudest one.
const ATTACK: f32 = 0.12;
const FRAME_SECONDS: f64 = 0.005;
/// Farther than this from its name a note is not what its name says.
const ASTRAY: f32 = 0.7;

/// A guitar of real notes.
pub(crate) struct Bank {
    pub(crate) guitar: Guitar,
    /// Lowest and highest pitch.
    pub(crate) reach: (f32, f32),
}

/// A guitar of the notes in `folder`; none where fewer than twelve files are named after notes.
pub(crate) fn guitar(folder: &Path, seed: u64) -> Result<Option<Bank>, PortError> {
    let mut notes = Vec::new();
    for (path, named) in note_files(folder)? {
        if let Some(note) = note(&Sound::read(&path)?, named) {
            notes.push(note);
        }
    }
    if notes.len() < 12 {
        return Ok(None);
    }
    let low = notes.iter().map(|note| note.pitch).fold(f32::MAX, f32::min);
    let high = notes.iter().map(|note| note.pitch).fold(0f32, f32::max);
    let bank = NoteBank::new(RATE, notes, seed);
    Ok(bank.map(|bank| Bank { guitar: Arc::new(bank), reach: (low, high) }))
}

/// The recordings of a folder that are named after a note, lowest first.
pub(crate) fn note_files(folder: &Path) -> Result<Vec<(PathBuf, Pitch)>, PortError> {
    let missing = |_| PortError::Missing { what: folder.display().to_string() };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(missing)?.flatten() {
        let path = entry.path();
        let sound = path.extension().and_then(|e| e.to_str()).is_some_and(|extension| {
            ["flac", "wav", "ogg", "mp3"].contains(&extension.to_ascii_lowercase().as_str())
        });
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if let (true, Some(pitch)) = (sound, pitch_named(stem)) {
            files.push((path, pitch));
        }
    }
    files.sort_by_key(|(path, pitch)| (*pitch, path.clone()));
    Ok(files)
}

/// `Fs3`, `F#3`, `Gb3`, `A2`.
fn pitch_named(stem: &str) -> Option<Pitch> {
    let mut letters = stem.chars();
    let natural = letters.next().filter(|letter| ('A'..='G').contains(letter))?;
    let rest = letters.as_str();
    let sharp = rest.strip_prefix('s').map(|octave| format!("{natural}#{octave}"));
    sharp.unwrap_or_else(|| stem.to_owned()).parse().ok()
}

fn note(sound: &Sound, named: Pitch) -> Option<Note> {
    let mut samples = Vec::new();
    Resampler::new(sound.rate).push(&sound.samples, &mut samples);
    let frame = (FRAME_SECONDS * f64::from(RATE)) as usize;
    let loudness: Vec<f32> =
        samples.chunks(frame).map(|part| part.iter().map(|s| s * s).sum::<f32>().sqrt()).collect();
    let loudest = loudness.iter().fold(0f32, |most, l| most.max(*l));
    let first = loudness.iter().position(|l| *l >= ATTACK * loudest)?;
    samples.drain(..first.saturating_sub(1) * frame);
    let window = samples.get(RATE as usize / 10..RATE as usize * 6 / 10)?;
    let hz = period::near(window, RATE, named.hz(440.0), 1.06)?;
    let pitch = 69.0 + 12.0 * (hz / 440.0).log2();
    let peak = samples.iter().fold(1e-9f32, |most, s| most.max(s.abs()));
    samples.iter_mut().for_each(|sample| *sample /= peak);
    // The first two milliseconds rise, so that a cut recording does not click.
    let rise = RATE as usize / 500;
    samples.iter_mut().take(rise).enumerate().for_each(|(n, s)| *s *= n as f32 / rise as f32);
    let true_name = (pitch - f32::from(named.midi())).abs() < ASTRAY;
    true_name.then_some(Note { pitch, string: None, samples })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_say_notes() {
        assert_eq!(pitch_named("Fs3"), Some(Pitch(54)));
        assert_eq!(pitch_named("F#3"), Some(Pitch(54)));
        assert_eq!(pitch_named("Gb3"), Some(Pitch(54)));
        assert_eq!(pitch_named("E2"), Some(Pitch(40)));
        assert_eq!(pitch_named("readme"), None);
        assert_eq!(pitch_named("Clean_6-22"), None);
    }
}
