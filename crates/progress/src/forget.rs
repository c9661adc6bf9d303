use std::path::PathBuf;

use pipeline::journal::{JournalError, StudentId};

use crate::folder::{remove, with_companions};
use crate::trouble::{of_sqlite, of_system};
use crate::{Profile, schema, students};

/// What is gone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// The files that were removed.
    pub files: Vec<PathBuf>,
}

impl Profile {
    /// Removes everything: all students, the copies and what was put aside. Files of others in the
    /// folder stay.
    ///
    /// # Errors
    /// [`JournalError::Busy`], or a file cannot be removed.
    pub fn forget(mut self) -> Result<Forgotten, JournalError> {
        if !self.is_writer() {
            return Err(JournalError::Busy);
        }
        self.let_go()?;
        let folder = self.folder.clone();
        let failed = |error: std::io::Error| of_system(folder.path(), &error);
        let mut files = with_companions(&folder.database()).to_vec();
        files.extend(with_companions(&folder.good()));
        files.push(folder.reserve());
        files.extend(folder.leftovers().map_err(failed)?);
        // The lock is held until the last.
        files.push(folder.lock());
        let mut forgotten = Forgotten::default();
        for file in files {
            if remove(&file).map_err(|error| of_system(&file, &error))? {
                forgotten.files.push(file);
            }
        }
        folder.settle().map_err(failed)?;
        // Somebody else's files may lie there.
        let _ = std::fs::remove_dir(folder.path());
        Ok(forgotten)
    }

    /// Removes one student, here and in the copies: what was put aside holds them as well and goes.
    ///
    /// # Errors
    /// [`JournalError::NoStudent`], [`JournalError::Busy`], or it cannot be written.
    pub fn forget_student(&mut self, student: StudentId) -> Result<Forgotten, JournalError> {
        let path = self.file();
        let failed = |error: rusqlite::Error| of_sqlite(&path, &error);
        if !self.is_writer() {
            return Err(JournalError::Busy);
        }
        if !self.read(|connection| students::exists(connection, student))? {
            return Err(JournalError::NoStudent);
        }
        // First: while one of them stays the student can still be named, and forgotten again.
        let good = self.folder.good();
        let mut files = self.folder.leftovers().map_err(|error| of_system(&path, &error))?;
        files.push(good);
        let mut forgotten = Forgotten::default();
        for file in files {
            if remove(&file).map_err(|error| of_system(&file, &error))? {
                forgotten.files.push(file);
            }
        }
        self.write(|transaction| students::delete(transaction, student).map_err(failed))?;
        // Neither in free pages nor in the log.
        self.read(|connection| {
            connection.execute_batch("VACUUM")?;
            schema::empty_log(connection)
        })?;
        self.save();
        Ok(forgotten)
    }
}
