//! The arguments of every command, as clap reads them; their `--help` is written here.

mod bench;
mod kept;
mod practice;
mod sound;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use tutor::NoteNames;

pub(crate) use self::bench::{Bench, Measured};
pub(crate) use self::kept::{CoursePath, Kept, Progress, ProgressAction, SongAction, Songs, Today};
pub(crate) use self::practice::{Drilled, Misplaced, Practice};
pub(crate) use self::sound::{Hear, Rhythm, Tune};
use crate::values::reference;

/// Prita: a guitar teacher in Hebrew that needs no network.
#[derive(Debug, Parser)]
#[command(
    name = "prita",
    version,
    after_help = "Exit codes: 0 done, 2 wrong use, 3 bad input, \
    4 a device or engine is not available, 1 anything else."
)]
pub(crate) struct Args {
    /// One JSON object a line on standard output, nothing else there.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Tell on standard error what goes wrong inside; twice: what goes on. PRITA_LOG names it exactly.
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// One lesson step: hears, then says what rang, what did not, and one tip.
    Practice(Box<Practice>),
    /// Every strum of a recording, string by string.
    Hear(Hear),
    /// The notes of a recording: melodies, picking, chords note by note.
    Notes {
        /// wav, flac, ogg or mp3.
        file: PathBuf,
        /// Listen without the neural witness.
        #[arg(long)]
        no_witness: bool,
    },
    /// A tuner: the pitch of one string after another, and which way to turn.
    Tune(Tune),
    /// The chords of a recording, from when to when.
    Chords {
        /// wav, flac, ogg or mp3.
        file: PathBuf,
        /// Listen without the neural witness.
        #[arg(long)]
        no_witness: bool,
    },
    /// The strokes of a recording against a beat: early, late, tempo, direction.
    Rhythm(Rhythm),
    /// Recorded observations through the teacher.
    Replay {
        /// One observation a line; a first line of type `lesson` sets chord, address,
        /// voicing and tuning.
        file: PathBuf,
    },
    /// One LessonEvent to its feedback.
    Diagnose {
        /// A JSON file; `-` for standard input.
        file: PathBuf,
        #[command(flatten)]
        manner: Manner,
    },
    /// A question in Hebrew, answered without a model.
    Ask(Ask),
    /// What a spoken sentence wants: a command of the lesson, a question, or nothing known.
    Understand {
        /// Hebrew text, as typed or as a recogniser wrote it.
        text: String,
        /// The chords at hand (Em, C-G): they settle what «סי» means.
        #[arg(long, value_name = "NAME")]
        lesson: Option<String>,
    },
    /// Speech from Hebrew text.
    Say {
        /// Hebrew text.
        text: String,
        /// Write a WAV file instead of playing.
        #[arg(long)]
        out: Option<PathBuf>,
        /// Voice id; the best one here if left out.
        #[arg(long)]
        voice: Option<String>,
    },
    /// Speech to text, with a whisper model of your own.
    Transcribe {
        /// wav, flac, ogg or mp3.
        file: PathBuf,
        /// A whisper model in ggml format.
        #[arg(long)]
        model: PathBuf,
    },
    /// What a student practised here: to look at, to take along, to delete.
    Progress(Progress),
    /// The course: every step, where it stands, what its gate asks and what was reached.
    Path(CoursePath),
    /// Today's plan, from what is due, what went wrong and the course; each task with its reason.
    Today(Today),
    /// Songs: the own ones and those of your files, as sheets of words and chords.
    Song(Songs),
    /// Microphones and voices of this machine.
    Devices,
    /// Cost of each stage in CPU seconds per second of sound, beside a reference; `bench ears`:
    /// what the ears are worth over takes with known truth, beside the usual methods (CREPE among
    /// them where PRITA_CREPE names a Python that has it, see scripts/crepe); `bench soak`: hours
    /// of input as fast as they go, exit code 1 where memory grows by more than 1 MiB after the
    /// tenth minute; `bench ask`: how free questions are recognised, each left out in turn;
    /// `bench week`: the plans of a drawn student's first week.
    Bench(Bench),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    /// The question.
    pub(crate) text: String,
    /// What it is about: a LessonEvent in JSON; `-` for standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) event: Option<PathBuf>,
    /// What notes are called: סול or G.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) notes: Notes,
    /// Who chooses the words. Only `template` answers questions so far.
    #[arg(long, default_value = "template")]
    pub(crate) engine: String,
    /// Address form: m, f or neutral.
    #[arg(long, default_value = "neutral", value_parser = ["m", "f", "neutral"])]
    pub(crate) address: String,
}

/// How the teacher speaks: as the student of the profile chose, where there is one and nothing is given.
#[derive(Debug, clap::Args)]
pub(crate) struct Manner {
    /// Address form: m, f or neutral; neutral if left out.
    #[arg(long, value_parser = ["m", "f", "neutral"])]
    pub(crate) address: Option<String>,
    /// Teaching style: patient brief playful child strict, or a YAML file of your own; patient if left
    /// out.
    #[arg(long)]
    pub(crate) style: Option<String>,
    /// What notes are called: סול or G; סול if left out.
    #[arg(long, value_enum)]
    pub(crate) notes: Option<Notes>,
}

/// What notes and chords are called.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub(crate) enum Notes {
    /// סול
    #[default]
    Solfege,
    /// G
    Letters,
}

impl From<Notes> for NoteNames {
    fn from(notes: Notes) -> Self {
        match notes {
            Notes::Solfege => Self::Solfege,
            Notes::Letters => Self::Letters,
        }
    }
}

/// How the guitar is tuned.
#[derive(Debug, clap::Args)]
pub(crate) struct Tuned {
    /// standard drop-d half-step-down open-g open-d dadgad double-drop-d, or six notes. If left out:
    /// standard for a recording; with --mic as the tuner was last asked, here or in the app.
    #[arg(long)]
    pub(crate) tuning: Option<String>,
    /// Reference A4 in Hz, 430 to 446. If left out: 440 for a recording; with --mic as the tuner was
    /// last asked.
    #[arg(long, value_parser = reference)]
    pub(crate) a4: Option<f32>,
}
