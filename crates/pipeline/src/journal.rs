//! The port behind which a student's progress is kept: who plays here, what was practised, when it
//! should come back, what kept going wrong.
//!
//! Measurements only: never a frame or a recording. No clock: whoever records says when. What is
//! worth practising today is decided in `tutor`.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use tutor::course::{Choices, Rang};
use tutor::review::{Day, Item, Moment, Review, Tally, take_turns};
use tutor::{Address, Guitar, Level, NoteNames, TipId};

/// A student of this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StudentId(pub i64);

/// Who plays: a name or a colour, no account.
#[derive(Debug, Clone, PartialEq)]
pub struct Student {
    /// For the other calls.
    pub id: StudentId,
    /// What the student is called here, unlike anybody else's.
    pub name: String,
    /// The first day.
    pub since: Day,
    /// What the student chose.
    pub settings: Settings,
}

/// The hand that strikes the strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hand {
    /// The right one.
    #[default]
    Right,
    /// The left one: pictures are mirrored.
    Left,
}

/// What a student chose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Form of address.
    pub address: Address,
    /// The hand that strikes.
    pub hand: Hand,
    /// Show the camera as a mirror does, like a teacher who faces the student; drawings follow the hand alone.
    pub mirror: bool,
    /// What notes are called.
    pub notes: NoteNames,
    /// The teaching style's id.
    pub style: String,
    /// What the student brings along.
    pub level: Level,
    /// A colour for who goes by one, `#1b5e8c`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// What is played; none: not told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guitar: Option<Guitar>,
    /// Whether the beat of a drill is heard, and not only seen.
    pub metronome: bool,
    /// Minutes of a day's plan.
    pub minutes: u8,
    /// Order of the course, and the steps left behind.
    pub course: Choices,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            address: Address::default(),
            hand: Hand::default(),
            mirror: false,
            notes: NoteNames::default(),
            style: "patient".to_owned(),
            level: Level::default(),
            colour: None,
            guitar: None,
            metronome: true,
            minutes: 7,
            course: Choices::default(),
        }
    }
}

/// An item practised for a while. The item and the moment it began name it: recorded again, it
/// replaces what was recorded before, so that a long one can be recorded as it grows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Practised {
    /// What.
    pub item: Item,
    /// When it began.
    pub began: Moment,
    /// How long, in seconds.
    pub seconds: f32,
    /// Tries, and how they went.
    pub tally: Tally,
    /// Changes a minute, where the item has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_minute: Option<f32>,
    /// Beats a minute it was played at, where there was a beat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tempo: Option<f32>,
    /// What went wrong: rows of the diagnosis table, and how often each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub faults: BTreeMap<TipId, u32>,
    /// How each asked string did, from string 6 to string 1, where strings were told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strings: Option<[Rang; 6]>,
    /// Strings were played one by one: its tries are rounds of them and no strums.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub picked: bool,
}

/// Longest practice of one item, in seconds: a day.
const LONGEST: f32 = 86_400.0;
/// From 1970 to the year 9999, and what JSON numbers hold exactly.
const DAYS: RangeInclusive<i32> = 0..=2_932_896;
const MOMENTS: RangeInclusive<i64> = 0..=1 << 53;
/// Nobody changes or counts faster.
const FASTEST: f32 = 1_000.0;

impl Practised {
    /// Nothing tried yet.
    #[must_use]
    pub fn new(item: Item, began: Moment) -> Self {
        Self {
            item,
            began,
            seconds: 0.0,
            tally: Tally::default(),
            per_minute: None,
            tempo: None,
            faults: BTreeMap::new(),
            strings: None,
            picked: false,
        }
    }

    /// Whether such a thing can have been measured.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        let within = |it: f32, most: f32| it.is_sign_positive() && it <= most;
        let rate = |rate: Option<f32>| rate.is_none_or(|it| within(it, FASTEST));
        self.tally.is_possible()
            && DAYS.contains(&self.began.day.0)
            && MOMENTS.contains(&self.began.unix_ms)
            && within(self.seconds, LONGEST)
            && rate(self.per_minute)
            && rate(self.tempo)
            && self.faults.keys().all(|row| is_row(&row.0))
            && self.strings.is_none_or(|all| all.iter().all(|it| it.rang <= it.tried))
    }
}

fn is_row(id: &str) -> bool {
    (1..=16).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Where an item stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The last time it was practised.
    pub last: Practised,
    /// When it should come back; none before enough was tried to tell.
    pub review: Option<Review>,
}

/// One kind of fault in one item on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultsOfDay {
    /// The row of the diagnosis table.
    pub row: TipId,
    /// In what.
    pub item: Item,
    /// When.
    pub day: Day,
    /// How often.
    pub times: u32,
}

/// Why something was not kept or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JournalError {
    /// No space left: nothing more is kept, and nothing that was kept is lost.
    #[error("no space left on the disk")]
    Full,
    /// Another Prita writes here; this one may only read.
    #[error("another program keeps this progress")]
    Busy,
    /// The file is damaged; nothing in it was changed.
    #[error("{what} is damaged: {why}")]
    Damaged {
        /// Which file.
        what: String,
        /// How that was noticed.
        why: String,
    },
    /// Written by a newer Prita.
    #[error("{what} has version {found}; this program knows {known}")]
    Newer {
        /// Which file.
        what: String,
        /// The version in the file.
        found: u64,
        /// The newest that is known here.
        known: u64,
    },
    /// Nobody of this name or number.
    #[error("there is no such student")]
    NoStudent,
    /// Somebody else is called so.
    #[error("there is such a student already")]
    NameTaken,
    /// A record or a choice that makes no sense.
    #[error("{0}")]
    Nonsense(&'static str),
    /// The system refuses.
    #[error("{what}: {why}")]
    Refused {
        /// Which file.
        what: String,
        /// The system's reason.
        why: String,
    },
}

/// What is kept of the students of a device. Whatever a call returned `Ok` for is on the disk.
pub trait Journal: Send {
    /// Everybody who plays here, in the order they came.
    ///
    /// # Errors
    /// What is kept cannot be read.
    fn students(&self) -> Result<Vec<Student>, JournalError>;

    /// Somebody new.
    ///
    /// # Errors
    /// [`JournalError::NameTaken`], an empty or endless name, or it cannot be kept.
    fn admit(
        &mut self,
        name: &str,
        settings: &Settings,
        today: Day,
    ) -> Result<Student, JournalError>;

    /// The student chooses.
    ///
    /// # Errors
    /// It cannot be kept.
    fn choose(&mut self, student: StudentId, settings: &Settings) -> Result<(), JournalError>;

    /// Something was practised. Tells where its item stands now.
    ///
    /// # Errors
    /// It cannot be kept, or is [`JournalError::Nonsense`].
    fn record(
        &mut self,
        student: StudentId,
        practised: &Practised,
    ) -> Result<Standing, JournalError>;

    /// Every item the student has practised; what is due first comes first, what was never graded
    /// last.
    ///
    /// # Errors
    /// What is kept cannot be read.
    fn standings(&self, student: StudentId) -> Result<Vec<Standing>, JournalError>;

    /// What was practised from `since` on, in order of time; of one item, or of all.
    ///
    /// # Errors
    /// What is kept cannot be read.
    fn practised(
        &self,
        student: StudentId,
        item: Option<&Item>,
        since: Day,
    ) -> Result<Vec<Practised>, JournalError>;

    /// What went wrong from `since` on, by day, item and row.
    ///
    /// # Errors
    /// What is kept cannot be read.
    fn faults(&self, student: StudentId, since: Day) -> Result<Vec<FaultsOfDay>, JournalError>;

    /// The days on which the student played, in order.
    ///
    /// # Errors
    /// What is kept cannot be read.
    fn days(&self, student: StudentId) -> Result<Vec<Day>, JournalError>;
}

/// Those of `standings` that should come back on `today`, longest due first; equals take turns.
#[must_use]
pub fn due(standings: Vec<Standing>, today: Day) -> Vec<Standing> {
    let is_due = |standing: &Standing| standing.review.is_some_and(|review| review.is_due(today));
    let mut due: Vec<Standing> = standings.into_iter().filter(is_due).collect();
    let since = |standing: &Standing| standing.review.map(|review| review.due);
    for equal in due.chunk_by_mut(|one, other| since(one) == since(other)) {
        take_turns(equal, today);
    }
    due
}
