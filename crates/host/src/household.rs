//! The students of this device: who plays now, what is kept of them, and their songs. One profile,
//! shared by the lesson that writes and the screens that read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pipeline::journal::{
    FaultsOfDay, Journal, JournalError, Practised, Settings, Standing, Student, StudentId,
};
use progress::{Exported, Import, Notice, PortableError, Profile};
use serde::{Deserialize, Serialize};
use theory::Chord;
use tutor::review::{Day, Item, days_away};

use crate::{Learner, SongShelf};

/// Which student played last; beside the profile.
const CURRENT: &str = "current.json";
/// Where it is put if it cannot be read.
const UNREADABLE: &str = "current.damaged.json";

/// The students of this device.
#[derive(Debug)]
pub struct Household {
    folder: PathBuf,
    profile: Shared,
    current: Option<StudentId>,
    /// Who played last cannot be read.
    lost: Option<Box<Notice>>,
}

#[derive(Serialize, Deserialize)]
struct Current {
    v: u8,
    student: StudentId,
}

impl Household {
    /// Opens the profile of a folder; it is made if there is none.
    ///
    /// # Errors
    /// As [`Profile::open`].
    pub fn open(folder: &Path) -> Result<Self, JournalError> {
        let profile = Profile::open(folder)?;
        let students = profile.students()?;
        let (last, lost) = match current_in(folder) {
            Ok(last) => (last, None),
            Err(error) => {
                tracing::warn!(%error, "who played last cannot be read");
                (None, Some(Box::new(put_aside(folder))))
            }
        };
        // Where one plays alone there is nothing to mistake.
        let lost = lost.filter(|_| students.len() > 1);
        let last = last.filter(|id| students.iter().any(|known| known.id == *id));
        let current = last.or_else(|| students.first().map(|student| student.id));
        let profile = Shared(Arc::new(Mutex::new(profile)));
        Ok(Self { folder: folder.to_owned(), profile, current, lost })
    }

    /// Everybody who plays here.
    ///
    /// # Errors
    /// What is kept cannot be read.
    pub fn students(&self) -> Result<Vec<Student>, JournalError> {
        self.profile.students()
    }

    /// Who plays now; none before the first student.
    ///
    /// # Errors
    /// What is kept cannot be read.
    pub fn current(&self) -> Result<Option<Student>, JournalError> {
        let students = self.students()?;
        Ok(students.into_iter().find(|student| Some(student.id) == self.current))
    }

    /// Somebody new, who plays from now on.
    ///
    /// # Errors
    /// As [`Journal::admit`].
    pub fn admit(
        &mut self,
        name: &str,
        settings: &Settings,
        today: Day,
    ) -> Result<Student, JournalError> {
        let student = self.profile.admit(name, settings, today)?;
        self.remember(student.id);
        Ok(student)
    }

    /// Another student plays from now on.
    ///
    /// # Errors
    /// Nobody of this number.
    pub fn switch(&mut self, student: StudentId) -> Result<(), JournalError> {
        if !self.students()?.iter().any(|known| known.id == student) {
            return Err(JournalError::NoStudent);
        }
        self.remember(student);
        Ok(())
    }

    /// The student who plays now chooses.
    ///
    /// # Errors
    /// Nobody plays yet, or it cannot be kept.
    pub fn choose(&mut self, settings: &Settings) -> Result<(), JournalError> {
        let current = self.current.ok_or(JournalError::NoStudent)?;
        self.profile.choose(current, settings)
    }

    /// Who plays now as the course sees them; somebody new before the first student.
    ///
    /// # Errors
    /// What is kept cannot be read.
    pub fn learner(&self, today: Day) -> Result<Learner, JournalError> {
        let songs = self.songs().songs();
        match self.current()? {
            Some(student) => Learner::of(&self.profile, &student, songs, today),
            None => Ok(Learner { songs, ..Learner::default() }),
        }
    }

    /// The songs of files.
    #[must_use]
    pub fn songs(&self) -> SongShelf {
        SongShelf::of_profile(&self.folder)
    }

    /// Days since the one who plays now played last, `today` included; none before anything was played.
    ///
    /// # Errors
    /// What is kept cannot be read.
    pub fn days_away(&self, today: Day) -> Result<Option<u16>, JournalError> {
        let Some(student) = self.current()? else { return Ok(None) };
        let days = self.journal().days(student.id)?;
        Ok(days_away(&days, today))
    }

    /// How many changes a minute between two chords the sessions before gave, oldest first; empty
    /// before the first student.
    ///
    /// # Errors
    /// What is kept cannot be read.
    pub fn rates(&self, pair: (Chord, Chord)) -> Result<Vec<u16>, JournalError> {
        let Some(student) = self.current()? else { return Ok(Vec::new()) };
        let item = Item::Pair(pair.0, pair.1);
        let practised = self.profile.practised(student.id, Some(&item), Day(0))?;
        Ok(practised
            .iter()
            .filter_map(|it| it.per_minute)
            .map(|rate| rate.round() as u16)
            .collect())
    }

    /// The journal, for a lesson that writes into it.
    #[must_use]
    pub fn journal(&self) -> Box<dyn Journal> {
        Box::new(self.profile.clone())
    }

    /// What the student should be told.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let mut notices = self.profile.lock().notices().to_vec();
        notices.extend(self.lost.as_deref().cloned());
        notices
    }

    /// Whether another Prita keeps this progress.
    #[must_use]
    pub fn is_writer(&self) -> bool {
        self.profile.lock().is_writer()
    }

    /// Writes everybody's progress, or one student's, into a file.
    ///
    /// # Errors
    /// As [`Profile::export`].
    pub fn export(&self, file: &Path, only: Option<StudentId>) -> Result<Exported, PortableError> {
        self.profile.lock().export(file, only)
    }

    /// Reads a file and says what it would replace.
    ///
    /// # Errors
    /// As [`Profile::look_into`].
    pub fn look_into(&self, file: &Path) -> Result<Import, PortableError> {
        self.profile.lock().look_into(file)
    }

    /// Takes all of it, or nothing; tells where what was replaced is kept.
    ///
    /// # Errors
    /// As [`Profile::import`].
    pub fn import(&mut self, import: &Import) -> Result<Option<PathBuf>, PortableError> {
        let before = self.profile.lock().import(import)?;
        // Where nobody played yet, somebody does now. What was taken is taken, whoever is first.
        let known = self.current().ok().flatten().is_some();
        if let Some(first) = self.students().unwrap_or_default().first().filter(|_| !known) {
            self.remember(first.id);
        }
        Ok(before)
    }

    /// Removes one student, here and in the copies.
    ///
    /// # Errors
    /// As [`Profile::forget_student`].
    pub fn forget_student(&mut self, student: StudentId) -> Result<(), JournalError> {
        self.profile.lock().forget_student(student)?;
        if self.current == Some(student) {
            self.current = None;
            if let Some(other) = self.students()?.first() {
                self.remember(other.id);
            }
        }
        Ok(())
    }

    /// Removes everything: all students, the copies, the songs and who played last.
    ///
    /// # Errors
    /// A lesson still writes, another Prita does, or a file cannot be removed. Where nothing was
    /// removed yet the household is handed back.
    pub fn forget(self) -> Result<(), (JournalError, Option<Self>)> {
        if Arc::strong_count(&self.profile.0) > 1 || !self.is_writer() {
            return Err((JournalError::Busy, Some(self)));
        }
        self.remove_everything().map_err(|error| (error, None))
    }

    fn remove_everything(self) -> Result<(), JournalError> {
        let Self { folder, profile, .. } = self;
        let profile = Arc::into_inner(profile.0).ok_or(JournalError::Busy)?;
        let profile = profile.into_inner().unwrap_or_else(PoisonError::into_inner);
        let refused = |error: io::Error| JournalError::Refused {
            what: folder.display().to_string(),
            why: error.to_string(),
        };
        SongShelf::of_profile(&folder).clear().map_err(refused)?;
        forget_last(&folder).map_err(refused)?;
        profile.forget().map(drop)
    }

    /// Who played last is a convenience: where it cannot be kept, the first student plays next time.
    fn remember(&mut self, student: StudentId) {
        self.current = Some(student);
        self.lost = None;
        let kept = serde_json::to_vec(&Current { v: 1, student })
            .map_err(io::Error::from)
            .and_then(|text| {
                let half = self.folder.join("current.half");
                fs::write(&half, text)?;
                fs::rename(half, self.folder.join(CURRENT))
            });
        if let Err(error) = kept {
            tracing::warn!(%error, "who plays now cannot be kept");
        }
    }
}

/// Removes the note of who played last.
///
/// # Errors
/// The system refuses.
pub fn forget_last(folder: &Path) -> io::Result<()> {
    for name in [CURRENT, UNREADABLE] {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Who played last; none where nobody did.
fn current_in(folder: &Path) -> io::Result<Option<StudentId>> {
    let text = match fs::read(folder.join(CURRENT)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        text => text?,
    };
    let current: Current = serde_json::from_slice(&text)?;
    if current.v == 1 {
        return Ok(Some(current.student));
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, format!("version {}", current.v)))
}

fn put_aside(folder: &Path) -> Notice {
    let aside = folder.join(UNREADABLE);
    let moved = fs::rename(folder.join(CURRENT), &aside);
    Notice::LastUnknown { aside: moved.is_ok().then_some(aside) }
}

/// One profile in several hands.
#[derive(Debug, Clone)]
struct Shared(Arc<Mutex<Profile>>);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Profile> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for Shared {
    fn students(&self) -> Result<Vec<Student>, JournalError> {
        self.lock().students()
    }

    fn admit(
        &mut self,
        name: &str,
        settings: &Settings,
        today: Day,
    ) -> Result<Student, JournalError> {
        self.lock().admit(name, settings, today)
    }

    fn choose(&mut self, student: StudentId, settings: &Settings) -> Result<(), JournalError> {
        self.lock().choose(student, settings)
    }

    fn record(
        &mut self,
        student: StudentId,
        practised: &Practised,
    ) -> Result<Standing, JournalError> {
        self.lock().record(student, practised)
    }

    fn standings(&self, student: StudentId) -> Result<Vec<Standing>, JournalError> {
        self.lock().standings(student)
    }

    fn practised(
        &self,
        student: StudentId,
        item: Option<&Item>,
        since: Day,
    ) -> Result<Vec<Practised>, JournalError> {
        self.lock().practised(student, item, since)
    }

    fn faults(&self, student: StudentId, since: Day) -> Result<Vec<FaultsOfDay>, JournalError> {
        self.lock().faults(student, since)
    }

    fn days(&self, student: StudentId) -> Result<Vec<Day>, JournalError> {
        self.lock().days(student)
    }
}

#[cfg(test)]
mod tests {
    use pipeline::journal::Hand;

    use super::*;

    const TODAY: Day = Day(20_783);

    #[test]
    fn who_played_last_plays_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut home = Household::open(folder.path()).unwrap();
        assert_eq!(home.current().unwrap(), None);
        assert_eq!(home.choose(&Settings::default()), Err(JournalError::NoStudent));
        let first = home.admit("נועה", &Settings::default(), TODAY).unwrap();
        let second = home.admit("דן", &Settings::default(), TODAY).unwrap();
        assert_eq!(home.current().unwrap(), Some(second));
        home.switch(first.id).unwrap();
        let lefty = Settings { hand: Hand::Left, ..Settings::default() };
        home.choose(&lefty).unwrap();
        assert_eq!(home.switch(StudentId(99)), Err(JournalError::NoStudent));
        drop(home);
        let home = Household::open(folder.path()).unwrap();
        let current = home.current().unwrap().unwrap();
        assert_eq!((current.name.as_str(), current.settings.hand), ("נועה", Hand::Left));
        assert_eq!(home.learner(TODAY).unwrap().settings.hand, Hand::Left);
    }

    #[test]
    fn a_lesson_writes_what_the_screens_read() {
        let folder = tempfile::tempdir().unwrap();
        let mut home = Household::open(folder.path()).unwrap();
        let student = home.admit(crate::ME, &Settings::default(), TODAY).unwrap();
        let began = tutor::review::Moment { unix_ms: 1_000, day: TODAY };
        let mut played = Practised::new("chord:E:min".parse().unwrap(), began);
        (0..5).for_each(|_| played.tally.count(true));
        home.journal().record(student.id, &played).unwrap();
        assert_eq!(home.learner(TODAY).unwrap().measurements.len(), 1);
        for (second, rate) in [(60, 18.4), (120, 21.0)] {
            let began = tutor::review::Moment { unix_ms: second * 1_000, day: TODAY };
            let pair = Practised::new("pair:E:min>A:min".parse().unwrap(), began);
            let pair = Practised { per_minute: Some(rate), ..pair };
            home.journal().record(student.id, &pair).unwrap();
        }
        let pair = ("Em".parse().unwrap(), "Am".parse().unwrap());
        assert_eq!(home.rates(pair).unwrap(), [18, 21]);
    }

    #[test]
    fn forgetting_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("progress");
        let mut home = Household::open(&place).unwrap();
        let one = home.admit("א", &Settings::default(), TODAY).unwrap();
        home.admit("ב", &Settings::default(), TODAY).unwrap();
        home.forget_student(one.id).unwrap();
        assert_eq!(home.current().unwrap().unwrap().name, "ב");
        fs::create_dir_all(place.join("songs")).unwrap();
        fs::write(place.join("songs/x.cho"), "[Em]la").unwrap();
        let lesson = home.journal();
        let (error, home) = home.forget().unwrap_err();
        assert_eq!(error, JournalError::Busy, "a lesson writes");
        drop(lesson);
        assert!(home.unwrap().forget().is_ok());
        assert!(!place.exists());
    }

    #[test]
    fn a_damaged_note_of_who_played_is_no_reason_to_stop() {
        let folder = tempfile::tempdir().unwrap();
        let mut home = Household::open(folder.path()).unwrap();
        home.admit("א", &Settings::default(), TODAY).unwrap();
        drop(home);
        fs::write(folder.path().join(CURRENT), "{").unwrap();
        let home = Household::open(folder.path()).unwrap();
        assert_eq!(home.current().unwrap().unwrap().name, "א");
        assert_eq!(home.notices(), [], "one plays alone");
    }

    #[test]
    fn a_damaged_note_of_who_played_is_put_aside_and_told_where_it_matters() {
        let folder = tempfile::tempdir().unwrap();
        let mut home = Household::open(folder.path()).unwrap();
        home.admit("א", &Settings::default(), TODAY).unwrap();
        let second = home.admit("ב", &Settings::default(), TODAY).unwrap();
        drop(home);
        fs::write(folder.path().join(CURRENT), "{").unwrap();
        let mut home = Household::open(folder.path()).unwrap();
        assert_eq!(home.current().unwrap().unwrap().name, "א");
        let aside = folder.path().join(UNREADABLE);
        assert_eq!(fs::read_to_string(&aside).unwrap(), "{");
        let told = Notice::LastUnknown { aside: Some(aside.clone()) };
        assert_eq!(home.notices(), std::slice::from_ref(&told));
        assert!(crate::notice_text(&told).contains(UNREADABLE));
        home.switch(second.id).unwrap();
        assert_eq!(home.notices(), []);
        drop(home);
        let home = Household::open(folder.path()).unwrap();
        assert_eq!(home.current().unwrap(), Some(second));
        assert!(home.forget().is_ok());
        assert!(!folder.path().exists(), "what was put aside goes as well");
    }
}
