//! The port itself.

use pipeline::journal::{
    FaultsOfDay, Journal, JournalError, Practised, Settings, Standing, Student, StudentId,
};
use rusqlite::Connection;
use tutor::review::{Day, Item};

use crate::trouble::of_sqlite;
use crate::{Profile, practised, reviews, students};

impl Journal for Profile {
    fn students(&self) -> Result<Vec<Student>, JournalError> {
        self.read(|connection| students::all(connection).map(|(students, _)| students))
    }

    fn admit(
        &mut self,
        name: &str,
        settings: &Settings,
        today: Day,
    ) -> Result<Student, JournalError> {
        let name =
            students::name(name).ok_or(JournalError::Nonsense("a name of 1 to 40 letters"))?;
        sensible(settings)?;
        let path = self.file();
        let failed = |error: rusqlite::Error| of_sqlite(&path, &error);
        self.write(|transaction| {
            if students::named(transaction, name).map_err(failed)?.is_some() {
                return Err(JournalError::NameTaken);
            }
            students::insert(transaction, name, today, settings).map_err(failed)
        })
    }

    fn choose(&mut self, student: StudentId, settings: &Settings) -> Result<(), JournalError> {
        sensible(settings)?;
        let path = self.file();
        let failed = |error: rusqlite::Error| of_sqlite(&path, &error);
        self.write(|transaction| {
            let (known, _) = students::all(transaction).map_err(failed)?;
            let known = known.into_iter().find(|known| known.id == student);
            let known = known.ok_or(JournalError::NoStudent)?;
            students::put(transaction, &Student { settings: settings.clone(), ..known })
                .map_err(failed)
        })
    }

    fn record(
        &mut self,
        student: StudentId,
        practised: &Practised,
    ) -> Result<Standing, JournalError> {
        if !practised.is_possible() {
            return Err(JournalError::Nonsense("a measurement that cannot be"));
        }
        let path = self.file();
        let failed = |error: rusqlite::Error| of_sqlite(&path, &error);
        self.write(|transaction| {
            known(transaction, student, &failed)?;
            practised::put(transaction, student, practised).map_err(failed)?;
            let review = reviews::renew(transaction, student, &practised.item).map_err(failed)?;
            Ok(Standing { last: practised.clone(), review })
        })
    }

    fn standings(&self, student: StudentId) -> Result<Vec<Standing>, JournalError> {
        let mut standings = self.read(|connection| {
            let reviews = reviews::of(connection, student)?;
            let last = practised::last_of_each(connection, student)?;
            let standing = |last: Practised| {
                let review = reviews.get(&last.item).copied();
                Standing { last, review }
            };
            Ok(last.into_iter().map(standing).collect::<Vec<_>>())
        })?;
        standings.sort_by_key(|standing| match standing.review {
            Some(review) => (false, review.due),
            None => (true, standing.last.began.day),
        });
        Ok(standings)
    }

    fn practised(
        &self,
        student: StudentId,
        item: Option<&Item>,
        since: Day,
    ) -> Result<Vec<Practised>, JournalError> {
        self.read(|connection| practised::of(connection, student, item, since))
    }

    fn faults(&self, student: StudentId, since: Day) -> Result<Vec<FaultsOfDay>, JournalError> {
        self.read(|connection| practised::faults(connection, student, since))
    }

    fn days(&self, student: StudentId) -> Result<Vec<Day>, JournalError> {
        self.read(|connection| practised::days(connection, student))
    }
}

fn sensible(settings: &Settings) -> Result<(), JournalError> {
    let possible = students::are_possible(settings);
    possible.then_some(()).ok_or(JournalError::Nonsense("a choice that cannot be kept"))
}

fn known(
    connection: &Connection,
    student: StudentId,
    failed: &dyn Fn(rusqlite::Error) -> JournalError,
) -> Result<(), JournalError> {
    let exists = students::exists(connection, student).map_err(failed)?;
    exists.then_some(()).ok_or(JournalError::NoStudent)
}
