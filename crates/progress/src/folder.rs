//! The files of a profile, by name, and how one is put in the place of another: the old one stays
//! whole until the new one is.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use pipeline::journal::JournalError;

use crate::trouble::of_system;

const DAMAGED: &str = "progress.damaged-";
const REPLACED: &str = "before-import-";

/// A profile's folder.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The folder, made if it is missing; nobody else on this machine may look into it.
    pub(crate) fn at(path: &Path) -> Result<Self, JournalError> {
        make(path).map_err(|error| of_system(path, &error))?;
        Ok(Self(path.to_owned()))
    }

    /// The folder by its name alone, whether it is there or not.
    pub(crate) fn named(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("progress.db")
    }

    /// The last copy that was checked.
    pub(crate) fn good(&self) -> PathBuf {
        self.0.join("progress.good.db")
    }

    pub(crate) fn lock(&self) -> PathBuf {
        self.0.join("lock")
    }

    pub(crate) fn reserve(&self) -> PathBuf {
        self.0.join("reserve")
    }

    /// A file that is being made; what an earlier run left half made is gone.
    pub(crate) fn unfinished(&self, purpose: &str) -> io::Result<PathBuf> {
        let path = self.0.join(format!("unfinished-{purpose}"));
        for file in with_companions(&path) {
            remove(&file)?;
        }
        Ok(path)
    }

    /// A free name for a damaged database.
    pub(crate) fn aside(&self) -> PathBuf {
        self.numbered(DAMAGED, ".db")
    }

    /// A free name for what an import replaces.
    pub(crate) fn replaced(&self) -> PathBuf {
        self.numbered(REPLACED, ".json")
    }

    fn numbered(&self, stem: &str, extension: &str) -> PathBuf {
        let name = |number: u32| self.0.join(format!("{stem}{number}{extension}"));
        (1..u32::MAX).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(0))
    }

    /// Copies of what was kept that stand beside the database: damaged ones, replaced ones, half made
    /// ones.
    pub(crate) fn leftovers(&self) -> io::Result<Vec<PathBuf>> {
        let ours = |name: &str| {
            [DAMAGED, REPLACED, "unfinished-"].iter().any(|stem| name.starts_with(stem))
        };
        let mut paths = Vec::new();
        for entry in fs::read_dir(&self.0)? {
            let entry = entry?;
            if entry.file_name().to_str().is_some_and(ours) {
                paths.push(entry.path());
            }
        }
        paths.sort();
        Ok(paths)
    }

    /// Puts a finished file at its place, durably.
    pub(crate) fn place(&self, from: &Path, to: &Path) -> io::Result<()> {
        File::open(from)?.sync_all()?;
        fs::rename(from, to)?;
        self.settle()
    }

    /// What was renamed or removed here stays so after a power cut.
    pub(crate) fn settle(&self) -> io::Result<()> {
        // Other systems do not open folders, and keep names by themselves.
        if cfg!(unix) { File::open(&self.0)?.sync_all() } else { Ok(()) }
    }
}

/// A database and what SQLite puts beside it.
pub(crate) fn with_companions(database: &Path) -> [PathBuf; 4] {
    let beside = |suffix: &str| {
        let mut name = database.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    [database.to_owned(), beside("-wal"), beside("-shm"), beside("-journal")]
}

/// Removes a file, if it is there. Tells whether it was.
pub(crate) fn remove(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn make(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}
