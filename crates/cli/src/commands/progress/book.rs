//! `prita practice --profile`: what is practised is kept.

use std::path::Path;

use host::{Logbook, Player, Recipe};
use pipeline::Step;
use pipeline::journal::{Journal, JournalError, Settings};
use progress::Profile;
use tutor::review::days_away;
use tutor::{Action, Manner, Observation};

use super::lines::{ItemLine, Names};
use super::open;
use crate::commands::learner::find;
use crate::failure::Failure;
use crate::output::Output;

/// A lesson's logbook, if one is kept. A record that fails does not end the lesson; it is told at
/// its end.
pub(crate) struct Book {
    log: Option<Logbook>,
    failed: Option<JournalError>,
    names: Names,
    /// Days since the student last played here.
    away: Option<u16>,
}

impl Book {
    pub(crate) fn none() -> Self {
        Self { log: None, failed: None, names: Names::default(), away: None }
    }

    /// The profile of a folder, where there is one, and what the student who is meant chose.
    pub(crate) fn known(
        folder: &Path,
        name: Option<&str>,
        output: &mut Output,
    ) -> Result<Option<(Profile, Settings)>, Failure> {
        if !Profile::is_in(folder) {
            return Ok(None);
        }
        let profile = open(folder, output)?;
        let student = find(&profile, name)?;
        Ok(Some((profile, student.map(|student| student.settings).unwrap_or_default())))
    }

    /// The profile of a folder, opened already or not, for one lesson.
    pub(crate) fn open(
        (folder, opened): (&Path, Option<Profile>),
        name: Option<&str>,
        recipe: &Recipe,
        output: &mut Output,
    ) -> Result<Self, Failure> {
        let profile = match opened {
            Some(profile) => profile,
            None => open(folder, output)?,
        };
        if !profile.is_writer() {
            return Err(Failure::journal(&JournalError::Busy));
        }
        let now = host::now();
        let student = who(&profile, name, &recipe.manner)?;
        let days = match &student {
            Player::Known(student) => profile.days(*student),
            Player::New { .. } => Ok(Vec::new()),
        };
        let away = days_away(&days.map_err(|error| Failure::journal(&error))?, now.day);
        let names = Names::of(recipe.manner.notes, folder);
        let log = recipe.logbook(Box::new(profile), student, now);
        Ok(Self { log, failed: None, names, away })
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
            output.line("recorded", &line, || format!("נשמר: {}.", line.text(&self.names)))?;
        }
        self.failed.map_or(Ok(()), |error| Err(Failure::journal(&error)))
    }
}

/// The student that is named, or the only one; else somebody new.
fn who(profile: &Profile, name: Option<&str>, manner: &Manner) -> Result<Player, Failure> {
    if let Some(student) = find(profile, name)? {
        return Ok(student.id.into());
    }
    let name = name.unwrap_or(host::ME);
    if !Profile::is_a_name(name) {
        let wrong = JournalError::Nonsense("a name of 1 to 40 letters");
        return Err(Failure::journal(&wrong));
    }
    Ok(Player::New {
        name: name.to_owned(),
        settings: Settings { address: manner.address, notes: manner.notes, ..Settings::default() },
    })
}
