//! Writes what a lesson practises into the journal while it goes on: whoever is cut off has lost no
//! more than the last strum, of changes no more than the last quarter of a minute, of a beat the round.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use audio::Strum;
use pipeline::journal::{Journal, JournalError, Practised, Settings, Standing, StudentId};
use pipeline::{Screen, Sitting, Update};
use theory::Chord;
use tutor::drill::Practice;
use tutor::review::{Item, Moment};
use tutor::{Feedback, TipId};

/// Whose journal it is.
#[derive(Debug, Clone)]
pub enum Player {
    /// Somebody who plays here already.
    Known(StudentId),
    /// Somebody new, admitted with the first record: of a lesson without one nothing is left.
    New {
        /// The name.
        name: String,
        /// What they chose.
        settings: Settings,
    },
}

impl From<StudentId> for Player {
    fn from(student: StudentId) -> Self {
        Self::Known(student)
    }
}

/// The journal of one student, open for one lesson.
pub struct Logbook {
    journal: Box<dyn Journal>,
    student: Player,
    session: Moment,
    /// The strums of a chord; none where a drill counts.
    sitting: Option<Sitting>,
    drilled: Vec<Practice>,
    /// What the teacher told of a drill on one chord.
    faults: BTreeMap<TipId, u32>,
    now: Duration,
    /// Written, or refused for good.
    kept: Vec<Practised>,
    /// What could not be written yet; it is tried again.
    unkept: Vec<Practised>,
    standings: Vec<Standing>,
}

impl Logbook {
    /// A lesson on `chord` that begins now, at `session`.
    #[must_use]
    pub fn new(
        journal: Box<dyn Journal>,
        student: impl Into<Player>,
        chord: Chord,
        session: Moment,
    ) -> Self {
        let sitting = Some(Sitting::new(chord, session, Duration::ZERO));
        Self { sitting, ..Self::of_drill(journal, student, session) }
    }

    /// A drill that counts by itself and begins now, at `session`.
    #[must_use]
    pub fn of_drill(
        journal: Box<dyn Journal>,
        student: impl Into<Player>,
        session: Moment,
    ) -> Self {
        let student = student.into();
        let (sitting, drilled, now) = (None, Vec::new(), Duration::ZERO);
        let (kept, unkept, standings) = (Vec::new(), Vec::new(), Vec::new());
        let faults = BTreeMap::new();
        Self { journal, student, session, sitting, drilled, faults, now, kept, unkept, standings }
    }

    /// A strum was judged.
    pub fn strum(&mut self, strum: &Strum) {
        self.now = self.now.max(strum.verdict_at);
        if let Some(sitting) = &mut self.sitting {
            sitting.strum(strum);
        }
    }

    /// The teacher said something of it.
    pub fn told(&mut self, feedback: &Feedback) {
        match &mut self.sitting {
            Some(sitting) => sitting.told(feedback),
            None if feedback.is_fault() => {
                *self.faults.entry(feedback.tip_id.clone()).or_insert(0) += 1;
            }
            None => {}
        }
    }

    /// What a drill has practised so far.
    pub fn drilled(&mut self, practised: &[Practice]) {
        // One that begins anew leaves what was kept of the round before.
        self.drilled = practised.to_vec();
    }

    /// Another chord is asked.
    ///
    /// # Errors
    /// What was practised before cannot be kept; [`Logbook::keep`] tries it again.
    pub fn aim(&mut self, chord: Chord) -> Result<(), JournalError> {
        let kept = self.keep();
        if self.sitting.is_some() {
            self.sitting = Some(Sitting::new(chord, self.session, self.now));
        }
        kept
    }

    /// Writes what is not written yet; what one record is refused for does not stop the others.
    ///
    /// # Errors
    /// Why the first that cannot be kept is not.
    pub fn keep(&mut self) -> Result<(), JournalError> {
        let strummed = self.sitting.as_ref().and_then(Sitting::practised);
        let drilled = self.drilled.iter().map(|practice| self.practised(practice));
        let all: Vec<Practised> = strummed.into_iter().chain(drilled).collect();
        for practised in all {
            replace(&mut self.unkept, practised);
        }
        let mut first = Ok(());
        for practised in std::mem::take(&mut self.unkept) {
            if self.kept.contains(&practised) {
                continue;
            }
            match self.record(&practised) {
                Ok(standing) => {
                    self.standings.retain(|known| known.last.item != standing.last.item);
                    self.standings.push(standing);
                    replace(&mut self.kept, practised);
                }
                Err(error) => {
                    let never = matches!(error, JournalError::Nonsense(_));
                    replace(if never { &mut self.kept } else { &mut self.unkept }, practised);
                    first = first.and(Err(error));
                }
            }
        }
        first
    }

    fn record(&mut self, practised: &Practised) -> Result<Standing, JournalError> {
        let student = match &self.student {
            Player::Known(student) => *student,
            Player::New { name, settings } => {
                self.journal.admit(name, settings, self.session.day)?.id
            }
        };
        self.student = Player::Known(student);
        self.journal.record(student, practised)
    }

    /// What a drill practised, as it is kept.
    fn practised(&self, practice: &Practice) -> Practised {
        let Practice { item, since, lasted, tally, per_minute, tempo, strings, picked } =
            practice.clone();
        let of_chord = matches!(item, Item::Chord(_));
        Practised {
            seconds: lasted.as_secs_f32(),
            tally,
            per_minute,
            tempo,
            faults: if of_chord { self.faults.clone() } else { BTreeMap::new() },
            strings,
            picked,
            ..Practised::new(item, self.session.after(since))
        }
    }

    /// Where the items of this lesson stand now.
    #[must_use]
    pub fn standings(&self) -> &[Standing] {
        &self.standings
    }

    fn follow(mut self, updates: &Receiver<Update>, screen: &dyn Screen) {
        let mut told = false;
        while let Ok(update) = updates.recv() {
            let kept = match update {
                Update::Strum(strum) => {
                    self.strum(&strum);
                    self.keep()
                }
                Update::Feedback(feedback, _) => {
                    self.told(&feedback);
                    self.keep()
                }
                Update::Practised(practised) => {
                    self.drilled(&practised);
                    self.keep()
                }
                Update::Aim(chord) => self.aim(chord),
                _ => Ok(()),
            };
            if let Err(error) = kept {
                tracing::warn!(%error, "what is practised cannot be kept");
                if !std::mem::replace(&mut told, true) {
                    screen.show(Update::Unkept(error));
                }
            }
        }
    }
}

/// Puts a record in the place of what was known of the same practice.
fn replace(records: &mut Vec<Practised>, newer: Practised) {
    records.retain(|known| (&known.item, known.began) != (&newer.item, newer.began));
    records.push(newer);
}

/// A screen whose lesson is written down, on a thread of its own: the teacher waits for no disk.
struct Logged {
    screen: Arc<dyn Screen>,
    /// Unbounded: a handful of updates a minute.
    updates: Option<Sender<Update>>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl Screen for Logged {
    fn show(&self, update: Update) {
        let told = matches!(
            update,
            Update::Strum(_) | Update::Feedback(..) | Update::Aim(_) | Update::Practised(_)
        );
        if let Some(updates) = self.updates.as_ref().filter(|_| told) {
            // A writer that is gone has said why.
            let _ = updates.send(update.clone());
        }
        self.screen.show(update);
    }
}

impl Drop for Logged {
    fn drop(&mut self) {
        self.updates = None;
        let writer = self.writer.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        let _ = writer.map(JoinHandle::join);
    }
}

/// A screen that shows what `screen` does, and a journal that is kept meanwhile. Dropping it waits
/// until everything is written.
///
/// # Errors
/// There are no more threads.
pub fn logged(screen: Arc<dyn Screen>, book: Logbook) -> io::Result<Arc<dyn Screen>> {
    let (updates, received) = channel();
    let writer = thread::Builder::new().name("journal".to_owned());
    let watching = Arc::clone(&screen);
    let writer = writer.spawn(move || book.follow(&received, watching.as_ref()))?;
    let (updates, writer) = (Some(updates), Mutex::new(Some(writer)));
    Ok(Arc::new(Logged { screen, updates, writer }))
}

#[cfg(test)]
mod tests {
    use audio::{StringState, StringVerdict, Verdict};
    use pipeline::journal::Settings;
    use progress::Profile;
    use theory::StringNumber;
    use tutor::review::Day;

    use super::*;

    struct Nobody;

    impl Screen for Nobody {
        fn show(&self, _: Update) {}
    }

    fn strum(second: u64, verdict: Verdict) -> Update {
        let at = Duration::from_secs(second);
        let rings = |string| StringVerdict {
            string,
            asked: true,
            state: StringState::Rings,
            cents: None,
            confidence: 0.9,
        };
        let strings = StringNumber::THICK_TO_THIN.map(rings);
        let (chord, voicing, verdict) = (None, None, Some(verdict));
        Update::Strum(Strum {
            at,
            verdict_at: at,
            chord,
            voicing,
            verdict,
            strings,
            touch: None,
            picked: None,
        })
    }

    #[test]
    fn somebody_new_is_admitted_with_the_first_record() {
        let folder = tempfile::tempdir().unwrap();
        let session = Moment { unix_ms: 1_000, day: Day(20_783) };
        let lesson = |update: Option<Update>| {
            let profile = Profile::open(folder.path()).unwrap();
            let new = Player::New { name: "נועה".to_owned(), settings: Settings::default() };
            let book = Logbook::new(Box::new(profile), new, "Em".parse().unwrap(), session);
            let screen = logged(Arc::new(Nobody), book).unwrap();
            update.into_iter().for_each(|update| screen.show(update));
            drop(screen);
            Profile::open(folder.path()).unwrap().students().unwrap().len()
        };
        assert_eq!(lesson(None), 0, "nothing was heard");
        assert_eq!(lesson(Some(strum(2, Verdict::Right))), 1);
    }

    #[test]
    fn a_lesson_writes_itself_down_chord_by_chord() {
        let folder = tempfile::tempdir().unwrap();
        let mut profile = Profile::open(folder.path()).unwrap();
        let today = Day(20_783);
        let id = profile.admit(crate::ME, &Settings::default(), today).unwrap().id;
        let session = Moment { unix_ms: 1_000, day: today };
        let book = Logbook::new(Box::new(profile), id, "Em".parse().unwrap(), session);
        let screen = logged(Arc::new(Nobody), book).unwrap();
        screen.show(strum(2, Verdict::Fault));
        screen.show(strum(4, Verdict::Right));
        screen.show(Update::Aim("Am".parse().unwrap()));
        screen.show(strum(9, Verdict::Right));
        drop(screen);
        let profile = Profile::open(folder.path()).unwrap();
        assert!(profile.is_writer(), "the lesson has let go of it");
        let kept = profile.practised(id, None, today).unwrap();
        let told: Vec<_> = kept
            .iter()
            .map(|it| (it.item.to_string(), it.began.unix_ms, it.tally.attempts, it.tally.clean))
            .collect();
        let expected =
            [("chord:E:min".to_owned(), 1_000, 2, 1), ("chord:A:min".to_owned(), 5_000, 1, 1)];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_was_refused_is_kept_later_and_the_next_chord_is_not_mixed_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut home = crate::Household::open(folder.path()).unwrap();
        let today = Day(20_783);
        let session = Moment { unix_ms: 1_000, day: today };
        // The journal refuses as long as nobody of this number is there.
        let id = StudentId(1);
        let mut book = Logbook::new(home.journal(), id, "Em".parse().unwrap(), session);
        let Update::Strum(first) = strum(2, Verdict::Right) else { panic!() };
        book.strum(&first);
        assert_eq!(book.aim("Am".parse().unwrap()), Err(JournalError::NoStudent));
        let Update::Strum(second) = strum(4, Verdict::Fault) else { panic!() };
        book.strum(&second);
        assert_eq!(home.admit(crate::ME, &Settings::default(), today).unwrap().id, id);
        book.keep().unwrap();
        let kept = home.journal().practised(id, None, today).unwrap();
        let told: Vec<_> = kept
            .iter()
            .map(|it| (it.item.to_string(), it.tally.attempts, it.tally.clean))
            .collect();
        assert_eq!(told, [("chord:E:min".to_owned(), 1, 1), ("chord:A:min".to_owned(), 1, 0)]);
    }

    #[test]
    fn a_record_that_makes_no_sense_stops_none_behind_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut home = crate::Household::open(folder.path()).unwrap();
        let today = Day(20_783);
        let id = home.admit(crate::ME, &Settings::default(), today).unwrap().id;
        let session = Moment { unix_ms: 1_000, day: today };
        let practice = |item: &str, per_minute| Practice {
            item: item.parse().unwrap(),
            since: Duration::ZERO,
            lasted: Duration::from_secs(60),
            tally: tutor::review::Tally::default(),
            per_minute,
            tempo: None,
            strings: None,
            picked: false,
        };
        let mut book = Logbook::of_drill(home.journal(), id, session);
        let all = [
            practice("pair:E:min>A:min", Some(f32::NAN)),
            practice("pair:A:min>E:min", Some(20.0)),
        ];
        book.drilled(&all);
        assert!(matches!(book.keep(), Err(JournalError::Nonsense(_))));
        let kept = home.journal().practised(id, None, today).unwrap();
        assert_eq!(kept.iter().map(|it| it.per_minute).collect::<Vec<_>>(), [Some(20.0)]);
    }

    #[derive(Default)]
    struct Notes(Mutex<Vec<JournalError>>);

    impl Screen for Notes {
        fn show(&self, update: Update) {
            if let Update::Unkept(error) = update {
                self.0.lock().unwrap().push(error);
            }
        }
    }

    #[test]
    fn what_cannot_be_kept_is_told_once_and_the_lesson_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Profile::open(folder.path()).unwrap();
        let today = Day(20_783);
        let id = writer.admit(crate::ME, &Settings::default(), today).unwrap().id;
        // Another Prita writes here: this one may only read.
        let reader = Profile::open(folder.path()).unwrap();
        let session = Moment { unix_ms: 1_000, day: today };
        let book = Logbook::new(Box::new(reader), id, "Em".parse().unwrap(), session);
        let notes = Arc::new(Notes::default());
        let screen = logged(Arc::clone(&notes) as Arc<dyn Screen>, book).unwrap();
        (1..4).for_each(|second| screen.show(strum(second, Verdict::Right)));
        drop(screen);
        assert_eq!(*notes.0.lock().unwrap(), [JournalError::Busy]);
    }
}
