//! `prita practice`.

use std::path::PathBuf;

use clap::ArgGroup;

use super::{Manner, Tuned};
use crate::values::{seconds_of_input, whole};

#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("sound").args(["audio", "mic"]).required(true))]
#[command(group = ArgGroup::new("task").args(["chord", "changes", "strings", "pattern", "song"])
    .required(true).multiple(true))]
pub(crate) struct Practice {
    /// A recording.
    #[arg(long)]
    pub(crate) audio: Option<PathBuf>,
    /// The microphone; ends with Ctrl-C.
    #[arg(long)]
    pub(crate) mic: bool,
    /// The chord: Em, E:min, «מי מינור», or a voicing like 022000. With --pattern the chord to strum,
    /// Em if left out.
    #[arg(long)]
    pub(crate) chord: Option<String>,
    #[command(flatten)]
    pub(crate) drill: Drilled,
    /// Microphone id from `prita devices`.
    #[arg(long, requires = "mic")]
    pub(crate) device: Option<String>,
    #[command(flatten)]
    pub(crate) tuned: Tuned,
    /// Say the feedback aloud as well.
    #[arg(long)]
    pub(crate) speak: bool,
    /// Keep each strum whose strings are then played one by one, with what each did, in this folder.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) keep: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) manner: Manner,
    /// Listen without the neural witness.
    #[arg(long)]
    pub(crate) no_witness: bool,
    /// Keep what was practised in the profile in this folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) profile: Option<PathBuf>,
    /// Who plays; made if new. May be left out where one student or none plays in the profile.
    #[arg(long, requires = "profile", value_name = "NAME")]
    pub(crate) student: Option<String>,
}

/// A drill instead of a chord. Each tells how it stands (`drill`) and at the end what was reached.
#[derive(Debug, clap::Args)]
pub(crate) struct Drilled {
    /// One-minute changes between two chords: Em,Am, or 022000,x02210. The time runs from the first
    /// strum.
    #[arg(long, value_name = "A,B", conflicts_with_all = ["chord", "pattern", "song"])]
    pub(crate) changes: Option<String>,
    /// String by string: each string of this chord (or voicing) by itself, from the thickest, until
    /// all ring.
    #[arg(long, value_name = "CHORD", conflicts_with_all = ["chord", "changes", "pattern", "song"])]
    pub(crate) strings: Option<String>,
    /// A strum pattern over a beat, a slot a sign: D down, U up, - rest (D-DU-UDU).
    #[arg(long, value_name = "SLOTS", conflicts_with = "song", allow_hyphen_values = true)]
    pub(crate) pattern: Option<String>,
    /// With --pattern: two bars played, two counted in silence (silence), or half a bar left out
    /// (rejoin), and in again on the first beat.
    #[arg(long, value_parser = ["silence", "rejoin"])]
    pub(crate) way: Option<String>,
    /// A song from beginning to end: an id of `song list`, or the path of a song's file.
    #[arg(long, value_name = "ID", conflicts_with = "chord")]
    pub(crate) song: Option<String>,
    /// Only this section of the song, from 1.
    #[arg(long, value_parser = whole::<u16>(1..=999))]
    pub(crate) section: Option<u16>,
    /// Changes: how long, in seconds; 60 if left out.
    #[arg(long, value_parser = whole::<u32>(10..=600))]
    pub(crate) seconds: Option<u32>,
    /// Pattern: how many bars; 8 if left out.
    #[arg(long, value_parser = whole::<u32>(1..=64))]
    pub(crate) bars: Option<u32>,
    /// Pattern and song: beats a minute, 30–240; the song's own or 70 if left out.
    #[arg(long, value_parser = whole::<u32>(30..=240))]
    pub(crate) bpm: Option<u32>,
    /// Pattern and song from a recording: time of beat 0 in seconds; the first stroke if left out.
    #[arg(long, requires = "audio", value_parser = seconds_of_input)]
    pub(crate) start: Option<f64>,
    /// Pattern and song with the microphone: show the beat without clicks.
    #[arg(long)]
    pub(crate) no_clicks: bool,
}

impl Drilled {
    /// An option that the drill (or the lesson on a chord) does not take: what is practised, the
    /// option, and the drills that do.
    pub(crate) fn misplaced(&self) -> Option<Misplaced> {
        let here = match self {
            Self { changes: Some(_), .. } => "--changes",
            Self { strings: Some(_), .. } => "--strings",
            Self { pattern: Some(_), .. } => "--pattern",
            Self { song: Some(_), .. } => "--song",
            _ => "--chord",
        };
        let (pattern, beat) = (&["--pattern"][..], &["--pattern", "--song"][..]);
        [
            (self.way.is_some(), "--way", pattern),
            (self.section.is_some(), "--section", &["--song"]),
            (self.seconds.is_some(), "--seconds", &["--changes"]),
            (self.bars.is_some(), "--bars", pattern),
            (self.bpm.is_some(), "--bpm", beat),
            (self.start.is_some(), "--start", beat),
            (self.no_clicks, "--no-clicks", beat),
        ]
        .into_iter()
        .find(|(given, _, homes)| *given && !homes.contains(&here))
        .map(|(_, option, homes)| Misplaced { here, option, homes })
    }
}

/// An option that says nothing of what is practised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Misplaced {
    pub(crate) here: &'static str,
    pub(crate) option: &'static str,
    pub(crate) homes: &'static [&'static str],
}
