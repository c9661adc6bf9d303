//! A student as the course sees one: what was measured, chosen, is due and went wrong, and the songs
//! that were taken in. Without a profile: somebody new.

use pipeline::journal::{FaultsOfDay, Journal, JournalError, Practised, Settings, Student, due};
use tutor::course::song::Song;
use tutor::course::{self, Choices, Fault, Given, Measurement, Path};
use tutor::review::{Day, Item};

/// Days of faults that a plan may look at.
const FAULT_DAYS: i32 = 7;

/// A student.
#[derive(Debug, Clone, Default)]
pub struct Learner {
    /// What the student chose.
    pub settings: Settings,
    /// Everything that was measured.
    pub measurements: Vec<Measurement>,
    /// What should come back, longest due first.
    pub due: Vec<Item>,
    /// What went wrong in the last days.
    pub faults: Vec<Fault>,
    /// Songs of the student's own files.
    pub songs: Vec<Song>,
    /// How long was practised, a record each: seconds on a day.
    pub played: Vec<(Day, f32)>,
}

impl Learner {
    /// A student of a journal, on a day; `songs` are those of files.
    ///
    /// # Errors
    /// What is kept cannot be read.
    pub fn of(
        journal: &dyn Journal,
        student: &Student,
        songs: Vec<Song>,
        today: Day,
    ) -> Result<Self, JournalError> {
        let practised = journal.practised(student.id, None, Day(0))?;
        let standings = due(journal.standings(student.id)?, today);
        let faults = journal.faults(student.id, today.plus(-FAULT_DAYS))?;
        let played = practised.iter().map(|it| (it.began.day, it.seconds)).collect();
        Ok(Self {
            played,
            settings: student.settings.clone(),
            measurements: practised.into_iter().map(measured).collect(),
            due: standings.into_iter().map(|standing| standing.last.item).collect(),
            faults: faults.into_iter().map(fault).collect(),
            songs,
        })
    }

    /// Where the student stands on the course.
    #[must_use]
    pub fn path(&self) -> Path {
        let choices = Choices { level: self.settings.level, ..self.settings.course.clone() };
        course::path(&self.measurements, &choices)
    }

    /// Seconds practised on a day.
    #[must_use]
    pub fn seconds_on(&self, day: Day) -> f32 {
        self.played.iter().filter(|(of, _)| *of == day).map(|(_, seconds)| seconds).sum()
    }

    /// What a day is planned from; none for `minutes`: as many as the student chose.
    #[must_use]
    pub fn given<'a>(&'a self, path: &'a Path, today: Day, minutes: Option<u8>) -> Given<'a> {
        Given {
            today,
            minutes: minutes.unwrap_or(self.settings.minutes),
            path,
            measurements: &self.measurements,
            due: &self.due,
            faults: &self.faults,
            songs: &self.songs,
            address: self.settings.address,
            notes: self.settings.notes,
        }
    }
}

fn measured(practised: Practised) -> Measurement {
    Measurement {
        item: practised.item,
        day: practised.began.day,
        tally: practised.tally,
        per_minute: practised.per_minute,
        strings: practised.strings,
        picked: practised.picked,
    }
}

fn fault(fault: FaultsOfDay) -> Fault {
    Fault { row: fault.row, item: fault.item, day: fault.day, times: fault.times }
}
