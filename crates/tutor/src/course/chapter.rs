//! The course as data: chapters, their steps and gates, and the orders in which they can be taken.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use theory::Chord;

use super::words;
use crate::diagnosis::table::records;
use crate::review::Item;
use crate::{Address, NoteNames, Phrase};

/// A chapter. Its id is kept on disk and stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chapter {
    /// `em-am`.
    pub id: &'static str,
    title: &'static str,
}

/// What is done in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// How to sit and hold the guitar.
    Hold,
    /// Tuning.
    Tune,
    /// What strings and fingers are called.
    Names,
    /// Fingers on their places.
    Place,
    /// String by string.
    Strings,
    /// One clean strum after another.
    Strum,
    /// From chord to chord.
    Changes,
    /// A strum pattern.
    Pattern,
    /// A song.
    Song,
}

/// What a step asks for, of each of its items.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gate {
    /// Nothing is measured: the student says so, or shows it by playing.
    Told,
    /// So many clean tries in all.
    Clean(u32),
    /// So many clean tries in a row.
    Row(u32),
    /// So many changes a minute.
    Rate(f32),
}

/// A step of a chapter. Its id is kept on disk and stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// `em-am.changes`.
    pub id: &'static str,
    /// Its chapter's id.
    pub chapter: &'static str,
    /// What is done.
    pub kind: StepKind,
    /// What is measured.
    pub items: Vec<Item>,
    /// What is asked of each item.
    pub gate: Gate,
}

/// An order of the chapters that a student may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// Em first: one shape of two fingers, all six strings.
    #[default]
    EmFirst,
    /// A and D first: the order of many songbooks.
    ADFirst,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::EmFirst, Self::ADFirst];

    /// `em-first`, `a-d-first`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::EmFirst => "em-first",
            Self::ADFirst => "a-d-first",
        }
    }

    /// Its chapters, each with those that come before it.
    pub(super) fn chapters(self) -> impl Iterator<Item = (&'static Chapter, Vec<&'static str>)> {
        let rows = ORDERS.iter().filter(move |row| row.0 == self.key());
        rows.filter_map(|(_, id, before)| {
            let chapter = chapters().iter().find(|chapter| chapter.id == *id)?;
            Some((chapter, before.split(' ').filter(|id| !id.is_empty()).collect()))
        })
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

static CHAPTERS: LazyLock<Vec<Chapter>> = LazyLock::new(|| {
    let fields = records(include_str!("../../data/course/chapters.csv"));
    fields
        .filter_map(|fields| match fields[..] {
            [id, title] => Some(Chapter { id, title }),
            _ => None,
        })
        .collect()
});
static ORDERS: LazyLock<Vec<(&str, &str, &str)>> = LazyLock::new(|| {
    let fields = records(include_str!("../../data/course/orders.csv"));
    fields
        .filter_map(|fields| match fields[..] {
            [order, chapter, before] => Some((order, chapter, before)),
            _ => None,
        })
        .collect()
});
static STEPS: LazyLock<Vec<Step>> = LazyLock::new(|| {
    records(include_str!("../../data/course/steps.csv")).filter_map(step_of).collect()
});

/// Every chapter of the course, in no order; see [`Order`].
#[must_use]
pub fn chapters() -> &'static [Chapter] {
    &CHAPTERS
}

/// Every step; those of a chapter follow each other as they are taken.
#[must_use]
pub fn steps() -> &'static [Step] {
    &STEPS
}

/// The step of an id.
#[must_use]
pub fn step(id: &str) -> Option<&'static Step> {
    STEPS.iter().find(|step| step.id == id)
}

fn step_of(fields: Vec<&'static str>) -> Option<Step> {
    let [id, chapter, kind, items, gate] = fields[..] else { return None };
    let kind = kind_of(kind)?;
    let items: Result<Vec<Item>, _> =
        items.split(' ').filter(|id| !id.is_empty()).map(str::parse).collect();
    Some(Step { id, chapter, kind, items: items.ok()?, gate: gate_of(gate)? })
}

fn kind_of(text: &str) -> Option<StepKind> {
    Some(match text {
        "hold" => StepKind::Hold,
        "tune" => StepKind::Tune,
        "names" => StepKind::Names,
        "place" => StepKind::Place,
        "strings" => StepKind::Strings,
        "strum" => StepKind::Strum,
        "changes" => StepKind::Changes,
        "pattern" => StepKind::Pattern,
        "song" => StepKind::Song,
        _ => return None,
    })
}

fn gate_of(text: &str) -> Option<Gate> {
    let Some((kind, number)) = text.split_once(' ') else {
        return (text == "none").then_some(Gate::Told);
    };
    Some(match kind {
        "clean" => Gate::Clean(number.parse().ok()?),
        "row" => Gate::Row(number.parse().ok()?),
        "rate" => Gate::Rate(number.parse().ok()?),
        _ => return None,
    })
}

impl StepKind {
    /// `place`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Tune => "tune",
            Self::Names => "names",
            Self::Place => "place",
            Self::Strings => "strings",
            Self::Strum => "strum",
            Self::Changes => "changes",
            Self::Pattern => "pattern",
            Self::Song => "song",
        }
    }
}

impl Chapter {
    /// What a student reads.
    #[must_use]
    pub fn title(&self) -> Phrase {
        words::fill(self.title, &words::Slots::default(), Address::Neutral)
    }

    /// Its steps.
    pub fn steps(&self) -> impl Iterator<Item = &'static Step> {
        let id = self.id;
        steps().iter().filter(move |step| step.chapter == id)
    }

    /// The chords that it teaches.
    pub fn chords(&self) -> impl Iterator<Item = Chord> {
        self.steps().filter(|step| step.kind == StepKind::Place).flat_map(Step::chords)
    }
}

impl Step {
    /// What a student reads.
    #[must_use]
    pub fn title(&self) -> Phrase {
        self.title_in(NoteNames::default())
    }

    /// The same, with these names of notes.
    #[must_use]
    pub fn title_in(&self, names: NoteNames) -> Phrase {
        words::title(self.kind.key(), &words::Slots::of(&self.items).naming(names))
    }

    /// The chords among its items, each once.
    pub fn chords(&self) -> impl Iterator<Item = Chord> {
        words::Slots::of(&self.items).chords.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_every_id_stands_once() {
        let lines = |text: &'static str| records(text).count();
        assert_eq!(steps().len(), lines(include_str!("../../data/course/steps.csv")));
        assert_eq!(chapters().len(), lines(include_str!("../../data/course/chapters.csv")));
        assert_eq!(ORDERS.len(), lines(include_str!("../../data/course/orders.csv")));
        for (place, step) in steps().iter().enumerate() {
            assert!(steps()[..place].iter().all(|before| before.id != step.id), "{}", step.id);
            assert!(step.id.starts_with(&format!("{}.", step.chapter)), "{}", step.id);
            assert!(step.items.is_empty() == (step.gate == Gate::Told), "{}", step.id);
        }
    }

    #[test]
    fn each_order_has_twelve_chapters_and_names_only_earlier_ones() {
        for order in Order::ALL {
            let chapters: Vec<_> = order.chapters().collect();
            assert_eq!(chapters.len(), 12, "{order}");
            let rows = ORDERS.iter().filter(|row| row.0 == order.key()).count();
            assert_eq!(rows, 12, "{order}");
            for (place, (chapter, before)) in chapters.iter().enumerate() {
                assert!(chapter.steps().count() >= 3, "{}", chapter.id);
                let earlier = |id: &&str| chapters[..place].iter().any(|(c, _)| c.id == *id);
                assert!(before.iter().all(earlier), "{}", chapter.id);
            }
        }
    }

    #[test]
    fn both_orders_teach_the_same_chords() {
        let taught = |order: Order| {
            let mut chords: Vec<Chord> =
                order.chapters().flat_map(|(chapter, _)| chapter.chords()).collect();
            chords.sort_unstable();
            chords
        };
        assert_eq!(taught(Order::EmFirst), taught(Order::ADFirst));
        assert_eq!(taught(Order::EmFirst).len(), 15);
    }
}
