//! What `prita progress` writes: JSON for machines, Hebrew for people.

use std::path::Path;

use host::{Learner, SongShelf};
use pipeline::journal::{FaultsOfDay, Journal, JournalError, Settings, Standing, Student, due};
use progress::{Exported, Forgotten, Incoming, Notice, Profile};
use serde::Serialize;
use tutor::NoteNames;
use tutor::course::song::{Song, own_songs};
use tutor::course::{Fault, fault_words, most_common, report};
use tutor::hebrew::{date_name, isolate};
use tutor::review::{Day, Item, streak};

/// Faults of so many days are told.
const RECENT: i32 = 7;

#[derive(Serialize)]
pub(super) struct NoticeLine {
    code: &'static str,
    pub(super) text: String,
}

impl NoticeLine {
    pub(super) fn of(notice: &Notice) -> Self {
        let code = match notice {
            Notice::OnlyToRead => "only_to_read",
            Notice::Recovered(_) => "recovered",
            Notice::LastRoom => "disk_nearly_full",
            Notice::NoCopy => "no_copy",
            Notice::LastUnknown { .. } => "last_unknown",
            _ => "other",
        };
        Self { code, text: host::notice_text(notice) }
    }
}

/// A profile in which nobody has played yet.
#[derive(Serialize, Default)]
pub(super) struct NothingLine {
    students: usize,
    records: usize,
}

#[derive(Serialize)]
pub(super) struct SummaryLine {
    student: String,
    since: Day,
    settings: Settings,
    records: usize,
    minutes: f64,
    days: usize,
    /// Days of playing among the last seven.
    of_seven: u32,
    run: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<Day>,
    due: usize,
    /// What improved in a week, or went worse, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<String>,
    week: String,
    items: Vec<ItemLine>,
    faults: Vec<FaultLine>,
    /// The most common one of each item in the last week, in words.
    common: Vec<CommonLine>,
}

#[derive(Serialize)]
pub(super) struct ItemLine {
    item: Item,
    last: Day,
    attempts: u32,
    clean: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_minute: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tempo: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Day>,
    /// Days in which the chance that it still goes well falls to nine in ten.
    #[serde(skip_serializing_if = "Option::is_none")]
    stability: Option<f64>,
    times: u32,
}

#[derive(Serialize)]
struct FaultLine {
    row: String,
    item: Item,
    day: Day,
    times: u32,
}

/// What went wrong most often in an item.
#[derive(Serialize)]
struct CommonLine {
    item: Item,
    row: String,
    words: String,
    times: u32,
}

fn fault(faults: FaultsOfDay) -> Fault {
    let FaultsOfDay { row, item, day, times } = faults;
    Fault { row, item, day, times }
}

impl CommonLine {
    fn of(fault: Fault) -> Option<Self> {
        let words = fault_words(&fault.row)?.to_owned();
        Some(Self { item: fault.item, row: fault.row.0, words, times: fault.times })
    }

    fn text(&self) -> String {
        let times = match self.times {
            1 => "פעם אחת".to_owned(),
            2 => "פעמיים".to_owned(),
            more => format!("{more} פעמים"),
        };
        format!("בשבוע האחרון בעיקר: {}, {times}", self.words)
    }
}

/// What items are called.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub(super) notes: NoteNames,
    songs: Vec<Song>,
}

impl Names {
    /// With the songs that are kept in a profile's folder.
    pub(super) fn of(notes: NoteNames, folder: &Path) -> Self {
        Self { notes, songs: SongShelf::of_profile(folder).songs() }
    }

    /// An item as a student knows it.
    fn item(&self, item: &Item) -> String {
        match item {
            Item::Chord(one) => self.notes.chord_line(*one),
            Item::Pair(from, to) => {
                format!("מעבר מ־{} ל־{}", isolate(&from.name()), isolate(&to.name()))
            }
            Item::Pattern(pattern) => format!("פריטה {}", isolate(&pattern.to_string())),
            Item::Song { id, section } => self.song(id, *section),
        }
    }

    /// By its title; by its id where the song is not here any more.
    fn song(&self, id: &str, section: u16) -> String {
        match own_songs().iter().chain(&self.songs).find(|song| song.id == id) {
            Some(song) if song.sections.len() > 1 => {
                format!("שיר: {}, קטע {section}", called(&song.title))
            }
            Some(song) => format!("שיר: {}", called(&song.title)),
            None => format!("שיר {}, קטע {section}", isolate(id)),
        }
    }
}

impl SummaryLine {
    pub(super) fn of(
        profile: &Profile,
        student: &Student,
        today: Day,
    ) -> Result<Self, JournalError> {
        let practised = profile.practised(student.id, None, Day(i32::MIN))?;
        let standings = profile.standings(student.id)?;
        let faults = profile.faults(student.id, today.plus(1 - RECENT))?;
        let days = profile.days(student.id)?;
        let streak = streak(&days, today);
        let learner = Learner::of(profile, student, Vec::new(), today)?;
        let report = report(&learner.measurements, today);
        let common = most_common(&faults.iter().cloned().map(fault).collect::<Vec<Fault>>());
        let common = common.into_iter().filter_map(CommonLine::of);
        let seconds: f64 = practised.iter().map(|it| f64::from(it.seconds)).sum();
        Ok(Self {
            student: student.name.clone(),
            since: student.since,
            settings: student.settings.clone(),
            records: practised.len(),
            minutes: (seconds / 6.0).round() / 10.0,
            days: days.len(),
            of_seven: streak.of_seven,
            run: streak.run,
            last: days.last().copied(),
            due: due(standings.clone(), today).len(),
            headline: report.headline,
            week: report.week,
            items: standings.iter().map(ItemLine::of).collect(),
            common: common.collect(),
            faults: faults.into_iter().map(FaultLine::of).collect(),
        })
    }

    pub(super) fn text(&self, names: &Names) -> String {
        let (name, records, due) = (called(&self.student), self.records, self.due);
        let mut text = format!("{name}: {}", self.week);
        if let Some(headline) = &self.headline {
            text.push_str(&format!("\n{headline}"));
        }
        text.push_str(&format!("\nתרגולים: {records}. לחזור היום: {due}."));
        for item in &self.items {
            text.push_str("\n    ");
            text.push_str(&item.text(names));
            if let Some(common) = self.common.iter().find(|common| common.item == item.item) {
                text.push_str("\n        ");
                text.push_str(&common.text());
            }
        }
        text
    }
}

impl ItemLine {
    pub(super) fn of(standing: &Standing) -> Self {
        let Standing { last, review } = standing;
        Self {
            item: last.item.clone(),
            last: last.began.day,
            attempts: last.tally.attempts,
            clean: last.tally.clean,
            per_minute: last.per_minute,
            tempo: last.tempo,
            due: review.map(|review| review.due),
            stability: review.map(|review| (review.memory.stability * 100.0).round() / 100.0),
            times: review.map_or(0, |review| review.times),
        }
    }

    pub(super) fn text(&self, names: &Names) -> String {
        let went = match (self.clean, self.attempts) {
            (_, 0) => "עוד לא נשמע".to_owned(),
            (0, 1) => "עוד לא נקי, ניסיון אחד".to_owned(),
            (0, attempts) => format!("עוד לא נקי, {attempts} ניסיונות"),
            (clean, attempts) => format!("{clean} נקיות מתוך {attempts}"),
        };
        let mut text = format!("{}: {went}", names.item(&self.item));
        if let Some(rate) = self.per_minute {
            text.push_str(&format!(", {rate:.0} בדקה"));
        }
        if let Some(tempo) = self.tempo {
            text.push_str(&format!(", בקצב {tempo:.0}"));
        }
        if let Some(due) = self.due {
            text.push_str(&format!(", חוזרים ב{}", date_name(due)));
        }
        text
    }
}

/// A student's name inside Hebrew; a colour is Latin.
fn called(name: &str) -> String {
    if name.is_ascii() { isolate(name) } else { name.to_owned() }
}

impl FaultLine {
    fn of(faults: FaultsOfDay) -> Self {
        let FaultsOfDay { row, item, day, times } = faults;
        Self { row: row.0, item, day, times }
    }
}

#[derive(Serialize)]
pub(super) struct ExportLine {
    file: String,
    students: usize,
    records: usize,
}

impl ExportLine {
    pub(super) fn of(file: &Path, exported: Exported) -> Self {
        let Exported { students, records } = exported;
        Self { file: file.display().to_string(), students, records }
    }

    pub(super) fn text(&self) -> String {
        let Self { file, students, records } = self;
        format!("ההתקדמות נשמרה בקובץ {}. תלמידים: {students}, תרגולים: {records}.", isolate(file))
    }
}

#[derive(Serialize)]
pub(super) struct ImportLine {
    file: String,
    /// Whether it was taken; false: this is what would happen.
    taken: bool,
    students: Vec<IncomingLine>,
    records: usize,
    /// Where what was replaced is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
}

#[derive(Serialize)]
struct IncomingLine {
    student: String,
    records: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<usize>,
    lost: usize,
}

impl ImportLine {
    pub(super) fn of(
        file: &Path,
        incoming: &[Incoming],
        before: Option<&Path>,
        taken: bool,
    ) -> Self {
        let line = |it: &Incoming| IncomingLine {
            student: it.name.clone(),
            records: it.records,
            replaces: it.replaces,
            lost: it.lost,
        };
        Self {
            file: file.display().to_string(),
            taken,
            students: incoming.iter().map(line).collect(),
            records: incoming.iter().map(|it| it.records).sum(),
            before: before.map(|path| path.display().to_string()),
        }
    }

    pub(super) fn text(&self) -> String {
        let mut lines = Vec::new();
        for student in &self.students {
            let IncomingLine { student, records, replaces, lost } = student;
            let mut line = format!("{}. תרגולים בקובץ: {records}", called(student));
            if let Some(replaces) = replaces {
                let verb = if self.taken { "הוחלפו" } else { "יוחלפו" };
                line.push_str(&format!(", היו כאן ו{verb}: {replaces}, מהם לא בקובץ: {lost}"));
            }
            lines.push(line + ".");
        }
        if let Some(before) = &self.before {
            let again = isolate(&format!("prita progress import {before}"));
            lines.push(format!("מה שהיה כאן קודם נשמר בקובץ {}.", isolate(before)));
            lines.push(format!("כך הוא חוזר: {again}"));
        }
        if !self.taken {
            lines.push("עדיין לא הוחלף דבר.".to_owned());
        }
        lines.join("\n")
    }
}

#[derive(Serialize)]
pub(super) struct ForgetLine {
    #[serde(skip_serializing_if = "Option::is_none")]
    student: Option<String>,
    forgotten: Vec<String>,
}

impl ForgetLine {
    pub(super) fn of(student: Option<&str>, forgotten: &Forgotten) -> Self {
        let files = forgotten.files.iter().map(|file| file.display().to_string());
        Self { student: student.map(str::to_owned), forgotten: files.collect() }
    }

    pub(super) fn text(&self) -> String {
        let files = self.forgotten.iter().map(|file| format!("\n    {}", isolate(file)));
        let files: String = files.collect();
        match &self.student {
            Some(name) => {
                let name = called(name);
                format!("כל מה שנשמר על {name} נמחק, גם מהעותקים.{files}")
            }
            None => format!("הכול נמחק. הקבצים האלה אינם עוד:{files}"),
        }
    }
}
