use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Which program, which model, how much patience.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The program.
    pub program: PathBuf,
    /// Its model.
    pub model: ModelFile,
    /// Time limits.
    pub patience: Patience,
}

impl Setup {
    /// With the usual patience.
    #[must_use]
    pub fn new(program: PathBuf, model: ModelFile) -> Self {
        Self { program, model, patience: Patience::default() }
    }

    /// The program's name, for people.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.program.file_stem().unwrap_or(self.program.as_os_str());
        name.to_string_lossy().into_owned()
    }
}

/// A model file and what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Hex; checked by the program before it parses the file. Without it damage goes unnoticed.
    pub sha256: Option<String>,
}

impl ModelFile {
    /// The file's name without its ending.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_stem().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }
}

/// How long to wait for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// From the start of the program to its greeting.
    pub greeting: Duration,
    /// For checking and loading a model (gigabytes from a slow disk).
    pub loading: Duration,
    /// Between two pings.
    pub ping_every: Duration,
    /// For the answer to a ping. Long enough for a starved machine: engines run at low priority.
    pub silence: Duration,
    /// For a cancelled request to end.
    pub cancelling: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            greeting: Duration::from_secs(10),
            loading: Duration::from_secs(180),
            ping_every: Duration::from_secs(2),
            silence: Duration::from_secs(10),
            cancelling: Duration::from_secs(15),
        }
    }
}

/// Where an engine program lies when it was built or installed together with this program.
/// `name` is without suffix: `prita-llm`.
#[must_use]
pub fn beside_this_program(name: &str) -> PathBuf {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let folder = env::current_exe().ok().and_then(|here| here.parent().map(Path::to_path_buf));
    folder.unwrap_or_default().join(file)
}
