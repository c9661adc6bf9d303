//! A profile: the folder in which the progress of this device's students is kept, opened.

use std::path::{Path, PathBuf};

use pipeline::journal::JournalError;
use rusqlite::{Connection, Transaction};

use crate::folder::{Folder, remove, with_companions};
use crate::lock::Lock;
use crate::recover::{Recovered, recover};
use crate::trouble::{of_sqlite, of_system};
use crate::{backup, inspect, reserve, schema, students};

/// The good copy is renewed at least after so many records.
const RECORDS: u32 = 64;

/// Something the student should be told.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// Another Prita keeps this progress: here it can only be looked at.
    OnlyToRead,
    /// The file was damaged and a sound one took its place.
    Recovered(Recovered),
    /// The disk is full; the last room was used.
    LastRoom,
    /// The good copy could not be renewed; the one before it stays.
    NoCopy,
    /// Who played last was noted and cannot be read: the first student plays.
    LastUnknown {
        /// Where that note was put; none where it could not be moved.
        aside: Option<PathBuf>,
    },
}

/// An open profile. One program at a time may write in it.
#[derive(Debug)]
pub struct Profile {
    pub(crate) folder: Folder,
    pub(crate) connection: Connection,
    lock: Option<Lock>,
    notices: Vec<Notice>,
    unsaved: u32,
}

impl Profile {
    /// Opens the profile in a folder; it is made if there is none. A damaged one is recovered, which
    /// [`Profile::notices`] tells.
    ///
    /// # Errors
    /// [`JournalError::Full`] or [`JournalError::Refused`]; [`JournalError::Newer`] where a newer
    /// Prita has written; [`JournalError::Busy`] where another one has just begun to. In none of
    /// these is a file changed.
    pub fn open(folder: &Path) -> Result<Self, JournalError> {
        let folder = Folder::at(folder)?;
        match Lock::take(&folder)? {
            Some(lock) => Self::to_write(folder, lock),
            None => Self::to_read(folder),
        }
    }

    fn to_write(folder: Folder, lock: Lock) -> Result<Self, JournalError> {
        let mut notices = Vec::new();
        let opened = match Self::sound(&folder, &mut notices) {
            Err(error) if is_space(&folder, &error) && reserve::free(&folder) => {
                notices.push(Notice::LastRoom);
                Self::sound(&folder, &mut notices)
            }
            opened => opened,
        };
        let connection = opened?;
        let mut profile = Self { folder, connection, lock: Some(lock), notices, unsaved: 0 };
        if !profile.notices.contains(&Notice::LastRoom) {
            reserve::keep(&profile.folder);
        }
        if !backup::is_current(&profile.folder, &profile.connection) {
            profile.save();
        }
        Ok(profile)
    }

    /// A sound database, whatever was there.
    fn sound(folder: &Folder, notices: &mut Vec<Notice>) -> Result<Connection, JournalError> {
        let path = folder.database();
        let found = if path.exists() { Some(inspect::open_whole(&path)) } else { None };
        let mut connection = match found {
            Some(Ok(connection)) => connection,
            None if !folder.good().exists() => create(folder)?,
            None | Some(Err(JournalError::Damaged { .. })) => {
                notices.push(Notice::Recovered(recover(folder)?));
                inspect::open_whole(&path)?
            }
            Some(Err(error)) => return Err(error),
        };
        schema::log_ahead(&connection).map_err(|error| of_sqlite(&path, &error))?;
        schema::migrate(&path, &mut connection)?;
        Ok(connection)
    }

    fn to_read(folder: Folder) -> Result<Self, JournalError> {
        let path = folder.database();
        if !path.exists() {
            return Err(JournalError::Busy);
        }
        inspect::header(&path)?;
        let connection = schema::open_to_read(&path).map_err(|error| of_sqlite(&path, &error))?;
        inspect::check(&path, &connection)?;
        let notices = vec![Notice::OnlyToRead];
        Ok(Self { folder, connection, lock: None, notices, unsaved: 0 })
    }

    /// Whether a folder holds a profile, whole or not.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        let there = |folder: &Folder| folder.database().exists() || folder.good().exists();
        there(&Folder::named(folder))
    }

    /// Whether a student may be called so: 1 to 40 letters, spaces around them left out.
    #[must_use]
    pub fn is_a_name(text: &str) -> bool {
        students::name(text).is_some()
    }

    /// What the student should be told, oldest first.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Whether this one may write.
    #[must_use]
    pub fn is_writer(&self) -> bool {
        self.lock.is_some()
    }

    /// The database's file, for people who look for it.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        self.folder.database()
    }

    /// Reads.
    pub(crate) fn read<T>(
        &self,
        act: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, JournalError> {
        act(&self.connection).map_err(|error| of_sqlite(&self.folder.database(), &error))
    }

    /// Writes all of it or nothing. On a full disk room is made and it is tried again.
    pub(crate) fn write<T>(
        &mut self,
        act: impl Fn(&Transaction<'_>) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        if !self.is_writer() {
            return Err(JournalError::Busy);
        }
        let mut done = self.attempt(&act);
        for find_room in [Self::empty_log, Self::use_reserve] {
            if !done.as_ref().is_err_and(|error| is_space(&self.folder, error)) {
                break;
            }
            if find_room(self) {
                done = self.attempt(&act);
            }
        }
        let full = done.as_ref().is_err_and(|error| is_space(&self.folder, error));
        let done = done.map_err(|error| if full { JournalError::Full } else { error })?;
        self.unsaved += 1;
        if self.unsaved >= RECORDS {
            self.save();
        }
        Ok(done)
    }

    /// Brings the log into the database, which grows less than the log did.
    fn empty_log(&mut self) -> bool {
        let emptied = schema::empty_log(&self.connection);
        emptied.inspect_err(|error| tracing::warn!(%error, "the log cannot be emptied")).is_ok()
    }

    /// Gives the reserve away.
    fn use_reserve(&mut self) -> bool {
        let freed = reserve::free(&self.folder);
        if freed {
            self.notices.push(Notice::LastRoom);
            self.empty_log();
        }
        freed
    }

    fn attempt<T>(
        &mut self,
        act: impl Fn(&Transaction<'_>) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let path = self.folder.database();
        let failed = |error: rusqlite::Error| of_sqlite(&path, &error);
        let transaction = self.connection.transaction().map_err(failed)?;
        let done = act(&transaction)?;
        transaction.commit().map_err(failed)?;
        Ok(done)
    }

    /// Renews the good copy. Where it cannot, the one before it stays, and what is in use as well.
    pub(crate) fn save(&mut self) {
        self.unsaved = 0;
        if let Err(error) = backup::renew(&self.folder, &self.connection) {
            tracing::warn!(%error, "the good copy of the progress cannot be renewed");
            if !self.notices.contains(&Notice::NoCopy) {
                self.notices.push(Notice::NoCopy);
            }
        }
    }

    /// Lets go of the database, without a last copy.
    pub(crate) fn let_go(&mut self) -> Result<(), JournalError> {
        let path = self.folder.database();
        let failed = |error: rusqlite::Error| of_sqlite(&path, &error);
        self.unsaved = 0;
        let nothing = Connection::open_in_memory().map_err(failed)?;
        let connection = std::mem::replace(&mut self.connection, nothing);
        connection.close().map_err(|(_, error)| failed(error))
    }
}

/// A new database that appears with its tables, or not at all.
fn create(folder: &Folder) -> Result<Connection, JournalError> {
    let path = folder.database();
    let moved = |error: std::io::Error| of_system(&path, &error);
    // A log without its database must not be taken for the new one's.
    with_companions(&path).iter().try_for_each(|file| remove(file).map(drop)).map_err(moved)?;
    let fresh = folder.unfinished("new").map_err(moved)?;
    let mut connection = schema::open(&fresh).map_err(|error| of_sqlite(&fresh, &error))?;
    schema::migrate(&fresh, &mut connection)?;
    connection.close().map_err(|(_, error)| of_sqlite(&fresh, &error))?;
    folder.place(&fresh, &path).map_err(moved)?;
    inspect::open_whole(&path)
}

/// Whether it is space that is missing. SQLite tells so only of the database itself, not of the
/// files beside it.
fn is_space(folder: &Folder, error: &JournalError) -> bool {
    match error {
        JournalError::Full => true,
        JournalError::Refused { .. } => reserve::is_full(folder),
        _ => false,
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        if self.is_writer() && self.unsaved > 0 {
            self.save();
        }
    }
}

#[cfg(test)]
mod tests {
    use pipeline::journal::{Journal, Practised, Settings};
    use tutor::review::{Day, Moment};

    use super::*;

    /// A full disk without a mount: the database may not grow any more.
    fn limit(profile: &Profile, pages: u32) {
        let sql = format!("PRAGMA max_page_count = {pages}");
        profile.connection.query_row(&sql, [], |_| Ok(())).unwrap();
    }

    #[test]
    fn on_a_full_disk_nothing_that_was_acknowledged_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let mut profile = Profile::open(folder.path()).unwrap();
        let student = profile.admit("נועה", &Settings::default(), Day(20_783)).unwrap().id;
        limit(&profile, 12);
        let mut acknowledged = Vec::new();
        let record = |profile: &mut Profile, n: i64| {
            let began = Moment { unix_ms: n, day: Day(20_783) };
            let practised = Practised::new("chord:E:min".parse().unwrap(), began);
            profile.record(student, &practised).map(|_| practised)
        };
        let error = (0..10_000).find_map(|n| match record(&mut profile, n) {
            Ok(practised) => {
                acknowledged.push(practised);
                None
            }
            Err(error) => Some(error),
        });
        assert_eq!(error, Some(JournalError::Full));
        assert!(acknowledged.len() > 50);
        assert!(profile.notices().contains(&Notice::LastRoom));
        assert!(!profile.folder.reserve().exists(), "the reserve was given away");
        assert_eq!(profile.practised(student, None, Day(0)).unwrap(), acknowledged);
        limit(&profile, 1_000);
        acknowledged.push(record(&mut profile, 20_000).unwrap());
        drop(profile);
        let profile = Profile::open(folder.path()).unwrap();
        assert_eq!(profile.practised(student, None, Day(0)).unwrap(), acknowledged);
        assert!(profile.folder.reserve().exists(), "and is kept anew");
    }
}
