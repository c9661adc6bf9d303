//! Folders of recorded single notes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use audio::Resampler;
use engines::recording::Recording;
use pipeline::ports::{AudioSource, Capture};
use synth::Note;

/// The notes of one recorded guitar at 22,050 samples a second.
#[derive(Debug)]
pub(crate) struct Bank {
    pub(crate) name: String,
    pub(crate) notes: Vec<Note>,
}

/// Reads `NAME=FOLDER` or `NAME=FOLDER:PREFIX`.
pub(crate) fn read(argument: &str) -> Result<Bank> {
    let (name, place) = argument.split_once('=').context("--notes wants NAME=FOLDER")?;
    let (folder, prefix) = place.split_once(':').unwrap_or((place, ""));
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read {folder}"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    files.sort();
    let notes: Vec<Note> = files.iter().filter_map(|file| note(file, prefix)).collect();
    if notes.is_empty() {
        bail!("{folder} holds no note named like F#3, Fs3 or {prefix}s1_f00");
    }
    Ok(Bank { name: name.to_owned(), notes })
}

fn note(file: &Path, prefix: &str) -> Option<Note> {
    let name = file.file_stem()?.to_str()?.strip_prefix(prefix)?;
    let (pitch, string) = placed(name).or_else(|| named(name).map(|pitch| (pitch, None)))?;
    let samples = samples(file)?;
    Note::recorded(pitch, string, &samples, audio::RATE)
}

/// `Fs3` or `F#3`.
fn named(name: &str) -> Option<f32> {
    let pitch: theory::Pitch = name.replace('s', "#").parse().ok()?;
    Some(f32::from(pitch.midi()))
}

/// `s1_f00`: string and fret in standard tuning.
fn placed(name: &str) -> Option<(f32, Option<usize>)> {
    let (string, fret) = name.trim_start_matches('_').strip_prefix('s')?.split_once("_f")?;
    let string = theory::StringNumber::new(string.parse().ok()?).ok()?;
    let fret: u8 = fret.parse().ok()?;
    let open = theory::Tuning::STANDARD.open(string).midi();
    Some((f32::from(open + fret), Some(string.index())))
}

fn samples(file: &Path) -> Option<Vec<f32>> {
    let mut recording = Recording::open(file).ok()?;
    let mut out = Vec::new();
    let mut resampler: Option<Resampler> = None;
    while let Ok(Capture::Chunk(chunk)) = recording.read(Duration::ZERO) {
        let resampler = resampler.get_or_insert_with(|| Resampler::new(chunk.rate));
        resampler.push(&chunk.samples, &mut out);
    }
    Some(out)
}
