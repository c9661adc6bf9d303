//! How the student's own guitar is tuned: what the tuner was last asked for, kept beside what is known
//! of the guitar. Recordings may be of any other guitar and do not ask here.

use std::io;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use theory::{TheoryError, Tuning};
use thiserror::Error;
use tutor::Trouble;

use crate::{GuitarShelf, MY_GUITAR};

/// References a guitar is tuned to, A4 in Hz.
pub const REFERENCES: RangeInclusive<f32> = 430.0..=446.0;

const VERSION: u8 = 1;

/// How a guitar is tuned.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct GuitarTuning {
    /// Open pitches, capo included.
    pub tuning: Tuning,
    /// Reference A4 in Hz, within [`REFERENCES`].
    pub a4: f32,
}

impl Default for GuitarTuning {
    fn default() -> Self {
        Self { tuning: Tuning::STANDARD, a4: 440.0 }
    }
}

impl GuitarTuning {
    /// A tuning by its name or its six notes.
    ///
    /// # Errors
    /// No such tuning, or a reference outside [`REFERENCES`].
    pub fn of(tuning: &str, a4: f32) -> Result<Self, TuningError> {
        if !REFERENCES.contains(&a4) {
            return Err(TuningError::Reference(a4));
        }
        Ok(Self { tuning: tuning.parse()?, a4 })
    }

    /// Its name, or its six notes.
    #[must_use]
    pub fn id(&self) -> String {
        self.tuning.name().map_or_else(|| self.tuning.to_string(), str::to_owned)
    }
}

/// How the student's own guitar is tuned: as usual if nothing was ever chosen. Where the choice cannot
/// be read, that is what a lesson has to tell first.
#[must_use]
pub fn own_tuning() -> (GuitarTuning, Option<Trouble>) {
    let kept = GuitarShelf::discover().map(|shelf| shelf.tuning(MY_GUITAR));
    match kept {
        None => (GuitarTuning::default(), None),
        Some(Ok(tuning)) => (tuning, None),
        Some(Err(error)) => {
            tracing::warn!(%error, "how the guitar is tuned cannot be read");
            (GuitarTuning::default(), Some(Trouble::TuningUnknown))
        }
    }
}

/// Keeps how the student's own guitar is tuned.
///
/// # Errors
/// The system names no folder for data, or the file cannot be written.
pub fn keep_own_tuning(guitar: &GuitarTuning) -> io::Result<()> {
    GuitarShelf::discover()
        .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?
        .keep_tuning(MY_GUITAR, guitar)
}

/// Why something is no way to tune a guitar.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum TuningError {
    /// No such tuning.
    #[error(transparent)]
    Tuning(#[from] TheoryError),
    /// A4 lies elsewhere.
    #[error("A4 at {0} Hz: the reference lies between {low} and {high} Hz", low = REFERENCES.start(), high = REFERENCES.end())]
    Reference(f32),
    /// Written by another version of this program.
    #[error("version {0} of the file is unknown")]
    Version(u8),
}

/// As it lies in the file.
#[derive(Serialize, Deserialize)]
struct Raw {
    v: u8,
    tuning: String,
    a4: f32,
}

impl From<GuitarTuning> for Raw {
    fn from(guitar: GuitarTuning) -> Self {
        Self { v: VERSION, tuning: guitar.id(), a4: guitar.a4 }
    }
}

impl TryFrom<Raw> for GuitarTuning {
    type Error = TuningError;

    fn try_from(raw: Raw) -> Result<Self, TuningError> {
        if raw.v != VERSION {
            return Err(TuningError::Version(raw.v));
        }
        Self::of(&raw.tuning, raw.a4)
    }
}
