//! What is kept of a student and follows from it: progress, path, plan, songs.

use std::path::PathBuf;

use clap::Subcommand;

use super::Notes;

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
        /// The file. One that is there is replaced only if nothing in it is lost: an earlier export.
        file: PathBuf,
        /// Replace whatever is there.
        #[arg(long)]
        force: bool,
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
