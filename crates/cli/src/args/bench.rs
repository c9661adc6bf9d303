//! `prita bench`.

use std::path::PathBuf;

use crate::values::whole;

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
