//! `prita tune`, `hear`, `rhythm`: what is heard, without a lesson.

use std::path::PathBuf;

use clap::ArgGroup;
use theory::StringNumber;

use super::Tuned;
use crate::values::{beats_a_minute, reference, seconds_of_input, string, whole};

#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("sound").args(["file", "mic"]).required(true))]
pub(crate) struct Tune {
    /// wav, flac, ogg or mp3.
    pub(crate) file: Option<PathBuf>,
    /// The microphone; ends when all six strings (or the one of --string) are in tune, or with
    /// Ctrl-C; with --intonation only so.
    #[arg(long)]
    pub(crate) mic: bool,
    /// Microphone id from `prita devices`.
    #[arg(long, requires = "mic")]
    pub(crate) device: Option<String>,
    #[command(flatten)]
    pub(crate) tuned: Tuned,
    /// Tune only this string, 1 (thin) to 6 (thick); recognised by ear if left out.
    #[arg(long, value_parser = string)]
    pub(crate) string: Option<StringNumber>,
    /// Compare each twelfth fret (or harmonic) with the open string played before it.
    #[arg(long)]
    pub(crate) intonation: bool,
    /// Write what the open strings are like to this JSON file.
    #[arg(long)]
    pub(crate) print: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Hear {
    /// wav, flac, ogg or mp3.
    pub(crate) file: PathBuf,
    /// What should have been played: a chord or a voicing.
    #[arg(long)]
    pub(crate) target: Option<String>,
    /// standard drop-d half-step-down open-g open-d dadgad double-drop-d, or six notes.
    #[arg(long, default_value = "standard")]
    pub(crate) tuning: String,
    /// Reference A4 in Hz, 430 to 446.
    #[arg(long, default_value_t = 440.0, value_parser = reference)]
    pub(crate) a4: f32,
    /// Fret of the capo.
    #[arg(long, default_value_t = 0, value_parser = whole::<u8>(0..=12))]
    pub(crate) capo: u8,
    /// The guitar's fingerprint, as `prita tune --print` writes it.
    #[arg(long, value_name = "FILE")]
    pub(crate) print: Option<PathBuf>,
    /// Listen without the neural witness.
    #[arg(long)]
    pub(crate) no_witness: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Rhythm {
    /// wav, flac, ogg or mp3.
    pub(crate) file: PathBuf,
    /// Beats a minute, 20–400.
    #[arg(long, value_parser = beats_a_minute)]
    pub(crate) bpm: f64,
    /// Time of beat 0 in seconds; the first stroke if left out.
    #[arg(long, value_parser = seconds_of_input, allow_negative_numbers = true)]
    pub(crate) start: Option<f64>,
    /// What to strike, a slot a sign, from beat 0 and repeating: D down, U up, - rest (D-DU-UDU).
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) pattern: Option<String>,
    /// Slots a beat: 2 for eighths, 4 for sixteenths, 3 for triplets.
    #[arg(long, default_value_t = 2, value_parser = whole::<u32>(1..=6))]
    pub(crate) per_beat: u32,
    /// Count chord changes a minute by ear as well.
    #[arg(long)]
    pub(crate) changes: bool,
}
