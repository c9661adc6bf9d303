use std::fs::{File, TryLockError};
use std::io;

use pipeline::journal::JournalError;

use crate::folder::Folder;
use crate::trouble::of_system;

/// The right to write in a folder. One program holds it; it ends with the program, however that ends.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "held open, not asked")] File);

impl Lock {
    /// Takes the lock; none where another program has it.
    pub(crate) fn take(folder: &Folder) -> Result<Option<Self>, JournalError> {
        let path = folder.lock();
        let file = File::options().create(true).append(true).open(&path);
        let file = file.map_err(|error| of_system(&path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            // A system without such locks runs one of us at a time (phones).
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(Some(Self(file)))
            }
            Err(TryLockError::Error(error)) => Err(of_system(&path, &error)),
        }
    }
}
