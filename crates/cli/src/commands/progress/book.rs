//! `prita practice --profile`: what is practised is kept.

use std::path::Path;

use host::{Logbook, Recipe};
use pipeline::Step;
use pipeline::journal::{Journal, JournalError, Settings, Student};
use progress::Profile;
use tutor::review::Day;
use tutor::{Action, Address, ErrorCode, NoteNames, Observation};

use super::lines::ItemLine;
use super::open;
use crate::failure::Failure;
use crate::output::Output;

/// A lesson's logbook, if one is kept. A record that fails does not end the lesson; it is told at
/// its end.
pub(crate) struct Book {
    log: Option<Logbook>,
    failed: Option<JournalError>,
    names: NoteNames,
    /// Days since the student last played here.
    away: Option<u16>,
}

impl Book {
    pub(crate) fn none() -> Self {
        Self { log: None, failed: None, names: NoteNames::default(), away: None }
    }

    pub(crate) fn open(
        folder: &Path,
        name: Option<&str>,
        recipe: &Recipe,
        output: &mut Output,
    ) -> Result<Self, Failure> {
        let mut profile = open(folder, output)?;
        if !profile.is_writer() {
            return Err(Failure::journal(&JournalError::Busy));
        }
        let now = host::now();
        let student = who(&mut profile, name, recipe.manner.address, now.day)?;
        let days = profile.days(student.id).map_err(|error| Failure::journal(&error))?;
        let last = days.iter().filter(|day| **day <= now.day).max();
        let away = last.map(|last| now.day.since(*last));
        let away = away.map(|days| u16::try_from(days).unwrap_or(u16::MAX));
        let log = recipe.logbook(Box::new(profile), student.id, now);
        Ok(Self { log, failed: None, names: recipe.manner.notes, away })
    }

    /// Days since the student last played here; none where that was never.
    pub(crate) fn away(&self) -> Option<u16> {
        self.away
    }

    pub(crate) fn step(&mut self, step: &Step) {
        self.with(|log| match step {
            Step::Observed(Observation::Strum(strum)) => {
                log.strum(strum);
                Ok(())
            }
            Step::Acted(_, Action::Say(feedback) | Action::Show(feedback)) => {
                log.told(feedback);
                Ok(())
            }
            Step::Acted(_, Action::Aim { chord }) => log.aim(*chord),
            Step::Practised(practised) => {
                log.drilled(practised);
                log.keep()
            }
            _ => Ok(()),
        });
    }

    pub(crate) fn with(&mut self, act: impl FnOnce(&mut Logbook) -> Result<(), JournalError>) {
        if let Some(Err(error)) = self.log.as_mut().map(act) {
            tracing::warn!(%error, "what is practised cannot be kept");
            self.failed.get_or_insert(error);
        }
    }

    /// Keeps the rest and says what was kept.
    pub(crate) fn close(mut self, output: &mut Output) -> Result<(), Failure> {
        self.with(Logbook::keep);
        for standing in self.log.iter().flat_map(Logbook::standings) {
            let line = ItemLine::of(standing);
            output.line("recorded", &line, || format!("נשמר: {}.", line.text(self.names)))?;
        }
        self.failed.map_or(Ok(()), |error| Err(Failure::journal(&error)))
    }
}

/// The student that is named, or the only one; made if new.
fn who(
    profile: &mut Profile,
    name: Option<&str>,
    address: Address,
    today: Day,
) -> Result<Student, Failure> {
    let failed = |error: JournalError| Failure::journal(&error);
    let mut students = profile.students().map_err(failed)?;
    let known = match name {
        Some(name) => students.into_iter().find(|student| student.name == name.trim()),
        None if students.len() > 1 => {
            let names: Vec<String> = students.into_iter().map(|student| student.name).collect();
            let detail = format!("use --student; there are {}", names.join(", "));
            return Err(Failure::wrong(ErrorCode::StudentUnnamed, detail));
        }
        None => students.pop(),
    };
    known.map_or_else(
        || {
            let settings = Settings { address, ..Settings::default() };
            profile.admit(name.unwrap_or(host::ME), &settings, today).map_err(failed)
        },
        Ok,
    )
}
