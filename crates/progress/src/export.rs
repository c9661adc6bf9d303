use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use pipeline::journal::{Journal, JournalError, Student, StudentId};
use tutor::review::Day;

use crate::folder::remove;
use crate::portable::{self, Body, PortableError, Traveller};
use crate::{Profile, import};

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// How many students.
    pub students: usize,
    /// How many records.
    pub records: usize,
}

impl Profile {
    /// Writes everything, or one student, into a file. What stood there stays whole until the new
    /// file is.
    ///
    /// # Errors
    /// Nobody of this number, or the file cannot be written.
    pub fn export(&self, file: &Path, only: Option<StudentId>) -> Result<Exported, PortableError> {
        let (text, exported) = self.portable(only)?;
        replace(file, text.as_bytes()).map_err(|error| unwritten(file, &error))?;
        Ok(exported)
    }

    /// Whether such an export would destroy something: what stands in the file is neither empty nor
    /// an earlier export with no record that the new one lacks. What is no file cannot be replaced.
    ///
    /// # Errors
    /// What is kept here cannot be read.
    pub fn export_destroys(
        &self,
        file: &Path,
        only: Option<StudentId>,
    ) -> Result<bool, PortableError> {
        let written = fs::metadata(file).is_ok_and(|file| file.is_file() && file.len() > 0);
        if !written {
            return Ok(false);
        }
        let Ok(earlier) = import::read(file) else { return Ok(true) };
        let here = self.students()?;
        for traveller in &earlier.students {
            let same = here.iter().find(|student| student.name == traveller.name);
            let Some(same) = same.filter(|same| only.is_none_or(|id| id == same.id)) else {
                return Ok(true);
            };
            let kept = self.practised(same.id, None, Day(i32::MIN))?;
            if import::missing(&traveller.practised, &kept) > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The text of such a file.
    pub(crate) fn portable(
        &self,
        only: Option<StudentId>,
    ) -> Result<(String, Exported), PortableError> {
        let wanted = |student: &Student| only.is_none_or(|id| id == student.id);
        let mut students = Vec::new();
        for student in self.students()?.into_iter().filter(wanted) {
            let practised = self.practised(student.id, None, Day(i32::MIN))?;
            let Student { name, since, settings, .. } = student;
            students.push(Traveller { name, since, settings, practised });
        }
        if only.is_some() && students.is_empty() {
            return Err(JournalError::NoStudent.into());
        }
        let records = students.iter().map(|student| student.practised.len()).sum();
        let exported = Exported { students: students.len(), records };
        Ok((portable::write(&Body { students })?, exported))
    }
}

/// Writes beside the file first. A folder, a device or a pipe is written as it is.
pub(crate) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if file.exists() && !file.is_file() {
        return File::options().write(true).open(file)?.write_all(bytes);
    }
    let mut name = file.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    name.push(".unfinished");
    let unfinished = file.with_file_name(name);
    let written = File::create(&unfinished)
        .and_then(|mut out| out.write_all(bytes).and_then(|()| out.sync_all()))
        .and_then(|()| fs::rename(&unfinished, file));
    if written.is_err() {
        let _ = remove(&unfinished);
    }
    written
}

pub(crate) fn unwritten(file: &Path, error: &io::Error) -> PortableError {
    let (path, why) = (file.display().to_string(), error.to_string());
    PortableError::File { path, why, reason: error.kind() }
}
