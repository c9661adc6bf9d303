//! Folders of real single notes whose file names say the note (`Fs3.flac`, `A2.wav`, `Eb4.ogg`),
//! as guitars of `synth`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use audio::RATE;
use pipeline::ports::PortError;
use synth::{KarplusStrong, Note, NoteBank, StiffGuitar};
use theory::Pitch;

use crate::render::Guitar;
use crate::sound::Sound;

/// Fewer notes than this are no guitar.
const LEAST: usize = 12;

/// A guitar of real notes.
pub(crate) struct Bank {
    pub(crate) guitar: Guitar,
    /// Lowest and highest pitch.
    pub(crate) reach: (f32, f32),
}

/// A recording of one note, with what it is named and its string (0 = string 6), where known.
pub(crate) type NoteFile = (PathBuf, Pitch, Option<usize>);

/// By timbre: two guitars that are made by rule, and those of the notes in `folders`.
pub(crate) fn guitars(folders: &[PathBuf], seed: u64) -> Result<Vec<(String, Bank)>, PortError> {
    let ruled = |guitar| Bank { guitar, reach: (0.0, 127.0) };
    let mut guitars = vec![
        ("stiff".to_owned(), ruled(Arc::new(StiffGuitar::new(RATE, seed)))),
        ("karplus".to_owned(), ruled(Arc::new(KarplusStrong::new(RATE, seed)))),
    ];
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let bank = self::guitar(folder, seed)?;
        guitars.extend(bank.map(|bank| (name.trim_start_matches("notes-").to_owned(), bank)));
    }
    Ok(guitars)
}

/// A guitar of the notes in `folder`; none where fewer than twelve files are named after notes.
pub(crate) fn guitar(folder: &Path, seed: u64) -> Result<Option<Bank>, PortError> {
    let files = note_files(folder)?.into_iter().map(|(path, named)| (path, named, None));
    of(&files.collect::<Vec<_>>(), seed)
}

/// A guitar of these notes; none of none.
pub(crate) fn of(files: &[NoteFile], seed: u64) -> Result<Option<Bank>, PortError> {
    let mut notes = Vec::new();
    for (path, named, string) in files {
        let samples = Sound::read(path)?.at_ears_rate();
        notes.extend(Note::recorded(f32::from(named.midi()), *string, &samples, RATE));
    }
    let (low, high) = notes
        .iter()
        .fold((f32::MAX, 0f32), |(low, high), note| (low.min(note.pitch), high.max(note.pitch)));
    let bank = NoteBank::new(RATE, notes, seed).filter(|_| low <= high);
    Ok(bank.map(|bank| Bank { guitar: Arc::new(bank), reach: (low, high) }))
}

/// The recordings of a folder that are named after a note, lowest first; none of too few.
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
    Ok(if files.len() < LEAST { Vec::new() } else { files })
}

/// `Fs3`, `F#3`, `Gb3`, `A2`.
fn pitch_named(stem: &str) -> Option<Pitch> {
    let mut letters = stem.chars();
    let natural = letters.next().filter(|letter| ('A'..='G').contains(letter))?;
    let rest = letters.as_str();
    let sharp = rest.strip_prefix('s').map(|octave| format!("{natural}#{octave}"));
    sharp.unwrap_or_else(|| stem.to_owned()).parse().ok()
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
