//! Who plays here and what they chose.

use pipeline::journal::{Hand, Settings, Student, StudentId};
use progress::Incoming;
use serde::{Deserialize, Serialize};
use specta::Type;
use tutor::course::Order;
use tutor::{Address, Guitar, Level, NoteNames};

/// A choice of the core that crosses both ways, each value named once.
macro_rules! choice {
    (
        $(#[$of_all:meta])*
        pub(crate) enum $view:ident of $core:ident { $($(#[$of_one:meta])* $value:ident,)+ }
    ) => {
        #[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
        $(#[$of_all])*
        pub(crate) enum $view { $($(#[$of_one])* $value,)+ }

        impl From<$core> for $view {
            fn from(value: $core) -> Self {
                match value { $($core::$value => Self::$value,)+ }
            }
        }

        impl From<$view> for $core {
            fn from(value: $view) -> Self {
                match value { $($view::$value => Self::$value,)+ }
            }
        }
    };
}

choice! {
    /// How the student is spoken to.
    #[serde(rename_all = "snake_case")]
    pub(crate) enum AddressView of Address {
        /// «תעגל»
        Masculine,
        /// «תעגלי»
        Feminine,
        /// «כדאי לעגל»
        Neutral,
    }
}

choice! {
    /// The hand that strikes the strings.
    #[serde(rename_all = "snake_case")]
    pub(crate) enum HandView of Hand {
        /// The right one.
        Right,
        /// The left one.
        Left,
    }
}

choice! {
    /// What notes are called.
    #[serde(rename_all = "snake_case")]
    pub(crate) enum NoteNamesView of NoteNames {
        /// דו רה מי
        Solfege,
        /// C D E
        Letters,
    }
}

choice! {
    /// How much a student brings along.
    #[serde(rename_all = "snake_case")]
    pub(crate) enum LevelView of Level {
        /// Never held a guitar.
        Beginner,
        /// Knows some chords.
        Familiar,
        /// Plays songs.
        Advanced,
    }
}

choice! {
    /// The student's guitar.
    #[serde(rename_all = "snake_case")]
    pub(crate) enum GuitarView of Guitar {
        /// Nylon strings.
        Classical,
        /// Steel strings.
        Acoustic,
        /// Electric.
        Electric,
    }
}

choice! {
    /// In which order the chapters come.
    #[serde(rename_all = "kebab-case")]
    pub(crate) enum OrderView of Order {
        /// Em first.
        EmFirst,
        /// A and D first.
        ADFirst,
    }
}

/// What a student chose.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SettingsView {
    address: AddressView,
    hand: HandView,
    /// Show the camera as a mirror does, like a teacher who faces the student; drawings follow the hand alone.
    mirror: bool,
    notes: NoteNamesView,
    /// The teaching style's id.
    style: String,
    level: LevelView,
    /// `#1b5e8c`, for who goes by a colour.
    colour: Option<String>,
    /// None: not told yet.
    guitar: Option<GuitarView>,
    /// Whether the beat of a drill is heard.
    metronome: bool,
    /// Minutes of a day's plan: 5, 7 or 20.
    minutes: u8,
    order: OrderView,
}

impl From<&Settings> for SettingsView {
    fn from(settings: &Settings) -> Self {
        Self {
            address: settings.address.into(),
            hand: settings.hand.into(),
            mirror: settings.mirror,
            notes: settings.notes.into(),
            style: settings.style.clone(),
            level: settings.level.into(),
            colour: settings.colour.clone(),
            guitar: settings.guitar.map(Into::into),
            metronome: settings.metronome,
            minutes: settings.minutes,
            order: settings.course.order.into(),
        }
    }
}

impl SettingsView {
    /// These choices over what else is kept of a student.
    pub(crate) fn over(self, kept: &Settings) -> Settings {
        let mut course = kept.course.clone();
        course.order = self.order.into();
        Settings {
            address: self.address.into(),
            hand: self.hand.into(),
            mirror: self.mirror,
            notes: self.notes.into(),
            style: self.style,
            level: self.level.into(),
            colour: self.colour,
            guitar: self.guitar.map(Into::into),
            metronome: self.metronome,
            minutes: self.minutes,
            course,
        }
    }
}

/// A student of this device.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StudentView {
    /// For the other calls.
    id: u32,
    name: String,
    /// `#1b5e8c`, for who goes by a colour.
    colour: Option<String>,
}

impl From<&Student> for StudentView {
    fn from(student: &Student) -> Self {
        let StudentId(id) = student.id;
        // Rows of a table are counted from 1; nobody has so many students.
        let id = u32::try_from(id).unwrap_or(u32::MAX);
        Self { id, name: student.name.clone(), colour: student.settings.colour.clone() }
    }
}

/// Who plays here, and what is told of what is kept.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HomeView {
    pub(crate) students: Vec<StudentView>,
    /// Who plays now; null before the first student.
    pub(crate) current: Option<StudentView>,
    /// What that student chose; of somebody new, what is usual.
    pub(crate) settings: SettingsView,
    /// False where another window keeps the progress: here it can only be looked at.
    pub(crate) writable: bool,
    /// Sentences the student should read: a recovery, a full disk.
    pub(crate) notices: Vec<String>,
}

/// A way of teaching.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StyleView {
    /// `patient`
    pub(crate) id: String,
    /// «סבלני»
    pub(crate) name: String,
    /// What such a teacher says of a string that does not ring.
    pub(crate) sample: String,
}

/// What was written into a file.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportView {
    /// The file's name.
    pub(crate) file: String,
    pub(crate) students: u32,
    pub(crate) records: u32,
}

/// What a file holds, and what taking it replaces.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportView {
    /// The file's name.
    pub(crate) file: String,
    pub(crate) students: Vec<IncomingView>,
}

/// A student in a file.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IncomingView {
    name: String,
    /// Records in the file.
    records: u32,
    /// Records here that are replaced; null: nobody here is.
    replaces: Option<u32>,
    /// Of them those that the file does not have.
    lost: u32,
}

impl From<&Incoming> for IncomingView {
    fn from(incoming: &Incoming) -> Self {
        Self {
            name: incoming.name.clone(),
            records: count(incoming.records),
            replaces: incoming.replaces.map(count),
            lost: count(incoming.lost),
        }
    }
}

pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
