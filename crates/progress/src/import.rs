use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use pipeline::journal::{Journal, JournalError, Practised, Student};
use tutor::review::Day;

use crate::export::{replace, unwritten};
use crate::portable::{self, Body, PortableError};
use crate::trouble::of_sqlite;
use crate::{Profile, practised, reviews, students};

/// No student plays so much that a file is larger, in bytes.
const LARGEST: u64 = 256 << 20;

/// A file that was read and checked, and what taking it would do here. Nothing has changed yet.
#[derive(Debug)]
pub struct Import {
    body: Body,
    incoming: Vec<Incoming>,
}

/// A student in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// The name.
    pub name: String,
    /// Records in the file.
    pub records: usize,
    /// Records here of the student of this name, who is replaced; none: nobody is.
    pub replaces: Option<usize>,
    /// Of them those that the file does not have: they would be gone.
    pub lost: usize,
}

impl Import {
    /// Who comes.
    #[must_use]
    pub fn incoming(&self) -> &[Incoming] {
        &self.incoming
    }

    /// Whether anybody here is replaced.
    #[must_use]
    pub fn replaces(&self) -> bool {
        self.incoming.iter().any(|student| student.replaces.is_some())
    }
}

impl Profile {
    /// Whether a file could be taken, without a profile to take it.
    ///
    /// # Errors
    /// As [`Profile::look_into`].
    pub fn read_file(file: &Path) -> Result<(), PortableError> {
        read(file).map(drop)
    }

    /// Reads a file and says what it would replace; whoever is not in it stays as they are.
    ///
    /// # Errors
    /// It is no such file, not whole, of a newer version, or holds nonsense.
    pub fn look_into(&self, file: &Path) -> Result<Import, PortableError> {
        let body = read(file)?;
        let here = self.students()?;
        let mut incoming = Vec::new();
        for traveller in &body.students {
            let same = here.iter().find(|student| student.name == traveller.name);
            let (replaces, lost) = match same {
                None => (None, 0),
                Some(student) => {
                    let kept = self.practised(student.id, None, Day(i32::MIN))?;
                    (Some(kept.len()), missing(&kept, &traveller.practised))
                }
            };
            let (name, records) = (traveller.name.clone(), traveller.practised.len());
            incoming.push(Incoming { name, records, replaces, lost });
        }
        Ok(Import { body, incoming })
    }

    /// Takes all of it, or nothing. Where somebody is replaced, everything that is here is first
    /// written to a file of the profile's folder, which is told.
    ///
    /// # Errors
    /// It cannot be kept; then nothing has changed.
    pub fn import(&mut self, import: &Import) -> Result<Option<PathBuf>, PortableError> {
        let before = if import.replaces() { Some(self.put_by()?) } else { None };
        let path = self.file();
        let failed = |error: rusqlite::Error| of_sqlite(&path, &error);
        self.write(|transaction| {
            for traveller in &import.body.students {
                let id = students::named(transaction, &traveller.name).map_err(failed)?;
                let student = match id {
                    None => students::insert(
                        transaction,
                        &traveller.name,
                        traveller.since,
                        &traveller.settings,
                    )
                    .map_err(failed)?,
                    Some(id) => {
                        practised::clear(transaction, id).map_err(failed)?;
                        let (name, settings) = (traveller.name.clone(), traveller.settings.clone());
                        let student = Student { id, name, since: traveller.since, settings };
                        students::put(transaction, &student).map_err(failed)?;
                        student
                    }
                };
                for practised in &traveller.practised {
                    practised::put(transaction, student.id, practised).map_err(failed)?;
                }
            }
            reviews::renew_all(transaction).map_err(failed)
        })?;
        self.save();
        Ok(before)
    }

    /// Puts a copy of everything by.
    fn put_by(&self) -> Result<PathBuf, PortableError> {
        if !self.is_writer() {
            return Err(JournalError::Busy.into());
        }
        let file = self.folder.replaced();
        let (text, _) = self.portable(None)?;
        replace(&file, text.as_bytes()).map_err(|error| unwritten(&file, &error))?;
        Ok(file)
    }
}

pub(crate) fn read(file: &Path) -> Result<Body, PortableError> {
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|opened| opened.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| unwritten(file, &error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(PortableError::Foreign("it is too large".to_owned()));
    }
    portable::read(&bytes)
}

/// How many of `kept` are not in `coming`, or went on longer than there.
pub(crate) fn missing(kept: &[Practised], coming: &[Practised]) -> usize {
    let coming: HashMap<_, _> =
        coming.iter().map(|it| ((&it.item, it.began.unix_ms), it.seconds)).collect();
    let gone = |it: &&Practised| {
        coming.get(&(&it.item, it.began.unix_ms)).is_none_or(|seconds| *seconds < it.seconds)
    };
    kept.iter().filter(gone).count()
}
