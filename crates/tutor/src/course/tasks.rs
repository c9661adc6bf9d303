//! One task of a day: what, how long, why, and what it aims at.

use serde::Serialize;

use super::drill::drill;
use super::song::Song;
use super::words::{self, Slots};
use super::{DrillKind, Step, StepKind, Target};
use crate::review::Item;
use crate::{Address, NoteNames, Phrase};

/// One task of a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Task {
    /// Its place in the plan and what is done: `2-changes`.
    pub id: String,
    /// What is practised: an item, or `step:ID` before the first chord.
    pub item: String,
    /// How long, in minutes.
    pub minutes: f32,
    /// What it is called.
    pub title: Phrase,
    /// Why it is here: one sentence.
    pub why: Phrase,
    /// What it aims at.
    pub target: Target,
}

/// A task before its time and its place are known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) kind: DrillKind,
    pub(super) subject: Subject,
    pub(super) reason: &'static str,
    pub(super) seconds: u32,
}

/// What a task is about.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Subject {
    Step(&'static Step),
    Item(Item),
    /// A song, and whether it is played slowly.
    Song(Box<Song>, bool),
}

impl Draft {
    pub(super) fn of(item: Item, reason: &'static str, seconds: u32) -> Self {
        Self { kind: kind_of(&item), subject: Subject::Item(item), reason, seconds }
    }

    /// The item, unless it is a step without one.
    pub(super) fn item(&self) -> Option<Item> {
        match &self.subject {
            Subject::Step(_) => None,
            Subject::Item(item) => Some(item.clone()),
            Subject::Song(song, _) => Some(Item::Song { id: song.id.clone(), section: 1 }),
        }
    }

    pub(super) fn is_about(&self, item: &Item) -> bool {
        self.item().is_some_and(|own| same(&own, item))
    }

    pub(super) fn finish(
        &self,
        place: usize,
        (address, names): (Address, NoteNames),
    ) -> Option<Task> {
        let drill = drill(self.kind)?;
        let target = drill.target(self.seconds);
        let (item, slots, target) = match &self.subject {
            Subject::Step(step) => (format!("step:{}", step.id), Slots::default(), target),
            Subject::Item(item) => {
                (item.to_string(), Slots::of(std::slice::from_ref(item)), target)
            }
            Subject::Song(song, slowly) => {
                let id = Item::Song { id: song.id.clone(), section: 1 }.to_string();
                (id, Slots::default().titled(&song.title), target.for_song(song, *slowly))
            }
        };
        let slots = slots.naming(names);
        Some(Task {
            id: format!("{}-{}", place + 1, self.kind.key()),
            item,
            minutes: self.seconds as f32 / 60.0,
            title: words::title(self.kind.key(), &slots),
            why: words::why(self.reason, &slots, address),
            target,
        })
    }
}

/// Whether practising one practises the other: the same item, or the same change and its way back.
pub(super) fn same(one: &Item, other: &Item) -> bool {
    match (one, other) {
        (Item::Pair(a, b), Item::Pair(c, d)) => (a, b) == (c, d) || (a, b) == (d, c),
        (Item::Song { id: one, .. }, Item::Song { id: other, .. }) => one == other,
        _ => one == other,
    }
}

/// How an item is practised that is not new.
fn kind_of(item: &Item) -> DrillKind {
    match item {
        Item::Chord(_) => DrillKind::Strum,
        Item::Pair(..) => DrillKind::Changes,
        Item::Pattern(_) => DrillKind::Pattern,
        Item::Song { .. } => DrillKind::Song,
    }
}

/// How a step is practised.
pub(super) fn drill_of(kind: StepKind) -> DrillKind {
    match kind {
        StepKind::Hold => DrillKind::Hold,
        StepKind::Tune => DrillKind::Tune,
        StepKind::Names => DrillKind::Names,
        StepKind::Place => DrillKind::Place,
        StepKind::Strings => DrillKind::Strings,
        StepKind::Strum => DrillKind::Strum,
        StepKind::Changes => DrillKind::Changes,
        StepKind::Pattern => DrillKind::Pattern,
        StepKind::Song => DrillKind::Song,
    }
}
