use std::path::PathBuf;

use clap::{ArgGroup, Parser, Subcommand};
use theory::StringNumber;
use tutor::NoteNames;

use crate::values::{beats_a_minute, reference, seconds_of_input, string, whole};

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
    /// One-minute changes between two chords: Em,Am. The time runs from the first strum.
    #[arg(long, value_name = "A,B", conflicts_with_all = ["chord", "pattern", "song"])]
    pub(crate) changes: Option<String>,
    /// String by string: each string of this chord by itself, from the thickest, until all ring.
    #[arg(long, value_name = "CHORD", conflicts_with_all = ["chord", "changes", "pattern", "song"])]
    pub(crate) strings: Option<String>,
    /// A strum pattern over a beat, a slot a sign: D down, U up, - rest (D-DU-UDU).
    #[arg(long, value_name = "SLOTS", conflicts_with = "song", allow_hyphen_values = true)]
    pub(crate) pattern: Option<String>,
    /// With --pattern: two bars played, two counted in silence (silence), or half a bar left out
    /// (rejoin), and in again on the first beat.
    #[arg(long, requires = "pattern", value_parser = ["silence", "rejoin"])]
    pub(crate) way: Option<String>,
    /// A song from beginning to end: an id of `song list`, or the path of a song's file.
    #[arg(long, value_name = "ID", conflicts_with = "chord")]
    pub(crate) song: Option<String>,
    /// Only this section of the song, from 1.
    #[arg(long, requires = "song", value_parser = whole::<u16>(1..=999))]
    pub(crate) section: Option<u16>,
    /// Changes: how long, in seconds; 60 if left out.
    #[arg(long, requires = "changes", value_parser = whole::<u32>(10..=600))]
    pub(crate) seconds: Option<u32>,
    /// Pattern: how many bars; 8 if left out.
    #[arg(long, requires = "pattern", value_parser = whole::<u32>(1..=64))]
    pub(crate) bars: Option<u32>,
    /// Beats a minute, 30–240; the song's own or 70 if left out.
    #[arg(long, conflicts_with_all = ["changes", "strings"], value_parser = whole::<u32>(30..=240))]
    pub(crate) bpm: Option<u32>,
    /// A recording: time of beat 0 in seconds; the first stroke if left out.
    #[arg(long, conflicts_with_all = ["changes", "strings"], requires = "audio", value_parser = seconds_of_input)]
    pub(crate) start: Option<f64>,
    /// Microphone: show the beat without clicks.
    #[arg(long)]
    pub(crate) no_clicks: bool,
}

/// Where progress is kept, and whose it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Kept {
    /// The folder in which progress is kept; the one of this user if left out.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) profile: Option<PathBuf>,
    /// The student's name or colour.
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) student: Option<String>,
    /// What notes are called: סול or G; as the student chose if left out.
    #[arg(long, global = true, value_enum)]
    pub(crate) notes: Option<Notes>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Progress {
    #[command(flatten)]
    pub(crate) kept: Kept,
    #[command(subcommand)]
    pub(crate) action: ProgressAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ProgressAction {
    /// Each student: days, items with their last measurements and when they come back, faults.
    Show,
    /// Writes all students, or the one of --student, to a JSON file with a checksum.
    Export {
        /// The file; one that is there is replaced.
        file: PathBuf,
    },
    /// Takes the students of such a file, all or none. A student of the same name is replaced; what
    /// was here is first written to a file of its own, which is named.
    Import {
        /// A file from `progress export`.
        file: PathBuf,
        /// Only say what would be replaced.
        #[arg(long)]
        dry_run: bool,
    },
    /// Deletes everything that is kept here, copies included, or what is kept of --student.
    Forget {
        /// Really delete it; there is no way back.
        #[arg(long)]
        yes: bool,
    },
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

/// How the teacher speaks.
#[derive(Debug, clap::Args)]
pub(crate) struct Manner {
    /// Address form: m, f or neutral.
    #[arg(long, default_value = "neutral", value_parser = ["m", "f", "neutral"])]
    pub(crate) address: String,
    /// Teaching style: patient brief playful child strict, or a YAML file of your own.
    #[arg(long, default_value = "patient")]
    pub(crate) style: String,
    /// What notes are called: סול or G.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) notes: Notes,
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

#[derive(Debug, clap::Args)]
pub(crate) struct Bench {
    /// decode resample listen witness path tutor tutor_p99 tip (all of these if left out), ears, soak or ask.
    pub(crate) stages: Vec<String>,
    /// Stages: the recording to use; the bundled demo if left out.
    #[arg(long)]
    pub(crate) audio: Option<PathBuf>,
    /// ears: the folder with index.csv; $PRITA_ASSETS/audio if left out.
    #[arg(long)]
    pub(crate) recordings: Option<PathBuf>,
    /// ears: another folder of single notes named after their pitch (Fs3.wav), to be mixed into
    /// strums; may be given several times.
    #[arg(long)]
    pub(crate) notes: Vec<PathBuf>,
    /// ears: only this suite; may be given several times.
    #[arg(long)]
    pub(crate) suite: Vec<String>,
    /// ears: a quick look at about so many takes of each kind and timbre.
    #[arg(long, value_parser = whole::<usize>(1..=1_000_000))]
    pub(crate) limit: Option<usize>,
    /// ears: exit with 1 where a figure falls below its floor.
    #[arg(long)]
    pub(crate) floors: bool,
    /// soak: minutes of input, 120 if left out; a run of ten or less does not judge memory. week:
    /// minutes of each day, 5, 7 or 20.
    #[arg(long, value_parser = whole::<u64>(1..=10_080))]
    pub(crate) minutes: Option<u64>,
}

/// What `bench` measures in one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measured {
    /// What stages cost.
    Stages,
    /// What the ears are worth.
    Ears,
    /// Whether hours leave memory where it was.
    Soak,
    /// What free questions are worth.
    Ask,
    /// How a drawn student's first week goes.
    Week,
}

impl Bench {
    pub(crate) fn measured(&self) -> Measured {
        match self.stages.as_slice() {
            [only] if only == "ears" => Measured::Ears,
            [only] if only == "soak" => Measured::Soak,
            [only] if only == "ask" => Measured::Ask,
            [only] if only == "week" => Measured::Week,
            _ => Measured::Stages,
        }
    }

    /// An option that was given and says nothing of what is measured, with what it belongs to.
    pub(crate) fn stray_option(&self) -> Option<(&'static str, &'static str)> {
        let (ears, soak) = ((Measured::Ears, "bench ears"), (Measured::Soak, "bench soak"));
        [
            (self.audio.is_some(), "--audio", (Measured::Stages, "the stages")),
            (self.recordings.is_some(), "--recordings", ears),
            (!self.notes.is_empty(), "--notes", ears),
            (!self.suite.is_empty(), "--suite", ears),
            (self.limit.is_some(), "--limit", ears),
            (self.floors, "--floors", ears),
            (self.minutes.is_some(), "--minutes", soak),
        ]
        .into_iter()
        .filter(|(_, option, _)| *option != "--minutes" || self.measured() != Measured::Week)
        .find(|(given, _, (home, _))| *given && *home != self.measured())
        .map(|(_, option, (_, home))| (option, home))
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct CoursePath {
    #[command(flatten)]
    pub(crate) kept: Kept,
    /// Take the chapters in this order from now on: em-first or a-d-first. Nothing that was passed
    /// is lost.
    #[arg(long, value_name = "ORDER", value_parser = ["em-first", "a-d-first"])]
    pub(crate) order: Option<String>,
    /// Leave this step (em-am.changes) or all steps of this chapter (em-am) behind, passed or not;
    /// may be given several times.
    #[arg(long, value_name = "ID")]
    pub(crate) move_on: Vec<String>,
    /// Come back to what was left behind; may be given several times.
    #[arg(long, value_name = "ID")]
    pub(crate) come_back: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Today {
    #[command(flatten)]
    pub(crate) kept: Kept,
    /// 5, 7 or 20; what the student chose if left out, else 7.
    #[arg(long, value_parser = ["5", "7", "20"])]
    pub(crate) minutes: Option<String>,
    /// Another day, as 2026-11-26.
    #[arg(long, value_name = "DATE")]
    pub(crate) day: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Songs {
    #[command(flatten)]
    pub(crate) kept: Kept,
    #[command(subcommand)]
    pub(crate) action: SongAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SongAction {
    /// Every song, and whether its chords are known already.
    List,
    /// A song's sheet: words, chords over their syllables, strum pattern, an easier way if any.
    Show {
        /// The id from `song list`.
        id: String,
        /// With the easier shapes and the capo that they need.
        #[arg(long)]
        easy: bool,
    },
    /// Takes a song from a ChordPro or a MusicXML file into this profile.
    Import {
        /// .cho .chordpro .crd .pro .txt, or .musicxml .xml.
        file: PathBuf,
        /// Only read it.
        #[arg(long)]
        dry_run: bool,
    },
    /// Removes a song that was taken from a file; what was practised of it is kept.
    Remove {
        /// The id from `song list`.
        id: String,
        /// Really remove it; there is no way back.
        #[arg(long)]
        yes: bool,
    },
}
