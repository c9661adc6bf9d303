//! What improved, in words, then the evidence.

use serde::Serialize;
use specta::Type;
use theory::StringNumber;
use tutor::NoteNames;
use tutor::course::{ChangesReport, Report, StringReport, StringsReport};
use tutor::review::Day;

use super::ChordCard;
use super::course::card;

/// The progress of a student.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProgressView {
    /// One sentence with two numbers; empty where there is nothing to compare yet.
    headline: String,
    /// Whether it tells of something that went worse.
    worse: bool,
    strings: Option<StringsView>,
    changes: Option<ChangesView>,
    /// «ארבעה ימי נגינה מתוך שבעה. יום חופש לא מוחק כלום.»
    week: String,
}

/// How the strings of a chord ring.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StringsView {
    card: ChordCard,
    /// The string that the sentence is about: 1 thin … 6 thick.
    string: Option<u8>,
    /// From string 6 to string 1; null where it is not asked or was told too seldom.
    strings: [Option<StringOfTen>; 6],
}

/// How a string rings, in tries out of ten.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StringOfTen {
    /// This week.
    now: u8,
    /// The week before.
    before: Option<u8>,
}

/// How fast a change became.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChangesView {
    from: ChordCard,
    to: ChordCard,
    /// One a day, in order of time.
    days: Vec<RateOfDay>,
    /// What passes, 30…
    pass: f32,
    /// …and the goal, 60.
    goal: f32,
}

/// Changes a minute on a day.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RateOfDay {
    /// `23.11`
    date: String,
    /// Days before today.
    ago: u32,
    per_minute: f32,
}

impl ProgressView {
    pub(crate) fn of(report: Report, today: Day, names: NoteNames) -> Self {
        Self {
            worse: report.worse,
            headline: report.headline.unwrap_or_default(),
            strings: report.strings.and_then(|it| strings(it, names)),
            changes: report.changes.and_then(|changes| rates(changes, today, names)),
            week: report.week,
        }
    }
}

fn strings(report: StringsReport, names: NoteNames) -> Option<StringsView> {
    let of_ten = |StringReport { now, before }| StringOfTen { now, before };
    Some(StringsView {
        card: card(report.chord, names)?,
        string: report.moved.map(StringNumber::number),
        strings: report.strings.map(|it| it.map(of_ten)),
    })
}

fn rates(report: ChangesReport, today: Day, names: NoteNames) -> Option<ChangesView> {
    let of_day = |(day, per_minute): (Day, f32)| {
        let (_, month, of_month) = day.date();
        let per_minute = per_minute.round();
        RateOfDay { date: format!("{of_month}.{month}"), ago: today.since(day), per_minute }
    };
    Some(ChangesView {
        from: card(report.from, names)?,
        to: card(report.to, names)?,
        days: report.days.into_iter().map(of_day).collect(),
        pass: tutor::review::GOOD_RATE,
        goal: tutor::review::EASY_RATE,
    })
}
