//! The fingerprint of one guitar: what each open string is like when it is heard alone.
//!
//! Learnt from [`Portrait`]s while the student tunes; a running mean per string, bounded by what
//! strings can be, so that one bad note does little. It judges nothing.

use serde::{Deserialize, Serialize};
use theory::StringNumber;

use crate::Portrait;

const VERSION: u8 = 1;
const PARTIALS: usize = 10;
/// Notes a string's mean looks back on.
const MEMORY: u16 = 20;
/// Only notes this sure teach.
const SURE: f32 = 0.5;
/// An open string this far from its pitch, in cents, may be another one.
const FAR: f32 = 120.0;
/// B grows by this many octaves a fret: the string is shorter by 2^(fret/12), B goes with the
/// square.
const PER_FRET: f32 = 1.0 / 6.0;
/// Bounds of B of an open string.
const STIFFNESS: (f32, f32) = (1e-6, 5e-4);
/// B is learnt from notes that tell it at least this well (its standard error).
const TELLING: f32 = 3e-5;

/// One open string.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StringPrint {
    /// Cents above its pitch when it was last heard open, −120…120.
    pub cents: f32,
    /// Inharmonicity B of the open string, 1e-6…5e-4; none until a note told it.
    pub stiffness: Option<f32>,
    /// Partials 1–10 at the attack in dB beside the loudest, −60…0.
    pub levels: [f32; PARTIALS],
    /// Time constants of their amplitudes in seconds, 0.05–10.
    pub decays: [f32; PARTIALS],
    /// Open notes it was learnt from.
    pub notes: u16,
    /// Notes that told B.
    pub stiffness_notes: u16,
}

impl StringPrint {
    /// Inharmonicity B when it is held down at `fret`.
    #[must_use]
    pub fn stiffness_at(&self, fret: u8) -> Option<f32> {
        self.stiffness.map(|open| open * (f32::from(fret) * PER_FRET).exp2())
    }
}

/// One guitar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Raw")]
pub struct GuitarPrint {
    /// Version of this format.
    v: u8,
    /// String 6 first; none: not heard yet.
    strings: [Option<StringPrint>; 6],
}

impl Default for GuitarPrint {
    fn default() -> Self {
        Self { v: VERSION, strings: [None; 6] }
    }
}

impl GuitarPrint {
    /// What is known of a string.
    #[must_use]
    pub fn string(&self, string: StringNumber) -> Option<&StringPrint> {
        self.strings[string.index()].as_ref()
    }

    /// Learns from an open string heard alone. Tells whether the note was good enough.
    pub fn learn(&mut self, note: &Portrait) -> bool {
        if note.confidence < SURE || note.cents.abs() > FAR {
            return false;
        }
        let slot = &mut self.strings[note.string.index()];
        let known = slot.get_or_insert(StringPrint {
            cents: note.cents,
            stiffness: None,
            levels: note.levels,
            decays: note.decays,
            notes: 0,
            stiffness_notes: 0,
        });
        let share = share(&mut known.notes);
        known.cents = note.cents;
        for (mean, new) in known.levels.iter_mut().zip(note.levels) {
            *mean += share * (new - *mean);
        }
        for (mean, new) in known.decays.iter_mut().zip(note.decays) {
            *mean *= (new / *mean).powf(share);
        }
        learn_stiffness(known, note);
        true
    }
}

/// Counts one more note and gives its share in the mean.
fn share(notes: &mut u16) -> f32 {
    *notes = notes.saturating_add(1).min(MEMORY);
    1.0 / f32::from(*notes)
}

fn learn_stiffness(known: &mut StringPrint, note: &Portrait) {
    if note.stiffness_error > TELLING {
        return;
    }
    let new = note.stiffness.clamp(STIFFNESS.0, STIFFNESS.1);
    let share = share(&mut known.stiffness_notes);
    let mean = known.stiffness.unwrap_or(new);
    known.stiffness = Some(mean + share * (new - mean));
}

/// As it comes from a file: believed only within bounds.
#[derive(Deserialize)]
struct Raw {
    v: u8,
    strings: [Option<StringPrint>; 6],
}

impl TryFrom<Raw> for GuitarPrint {
    type Error = PrintError;

    fn try_from(raw: Raw) -> Result<Self, PrintError> {
        if raw.v != VERSION {
            return Err(PrintError::Version(raw.v));
        }
        let within = |value: f32, low: f32, high: f32| (low..=high).contains(&value);
        let sound = |string: &StringPrint| {
            within(string.cents, -FAR, FAR)
                && string.stiffness.is_none_or(|b| within(b, STIFFNESS.0, STIFFNESS.1))
                && string.levels.iter().all(|level| within(*level, -60.0, 0.0))
                && string.decays.iter().all(|decay| within(*decay, 0.05, 10.0))
        };
        if !raw.strings.iter().flatten().all(sound) {
            return Err(PrintError::Impossible);
        }
        Ok(Self { v: raw.v, strings: raw.strings })
    }
}

/// A fingerprint that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// Written by another version.
    #[error("fingerprint of version {0}; this program reads version {VERSION}")]
    Version(u8),
    /// Values that no string has.
    #[error("the fingerprint holds values that no guitar string has")]
    Impossible,
}
