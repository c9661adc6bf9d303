//! What was measured, and which gates that passes.

use serde::{Deserialize, Serialize};
use theory::Chord;

use super::song::own_songs;
use super::{Gate, Step};
use crate::review::{Day, Item, Tally};

/// How often a string rang.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rang {
    /// Times it rang.
    pub rang: u32,
    /// Times it was asked and could be told.
    pub tried: u32,
}

/// An item practised for a while.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// What.
    pub item: Item,
    /// When.
    pub day: Day,
    /// Tries, and how they went.
    pub tally: Tally,
    /// Changes a minute, where the item has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_minute: Option<f32>,
    /// How each string did, from string 6 to string 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strings: Option<[Rang; 6]>,
    /// Strings were played one by one: its tries are rounds of them and no strums.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub picked: bool,
}

impl Measurement {
    /// Whether its tries are no strums. Older records do not tell: there a row that is shorter than
    /// what was clean without a miss gives them away.
    fn is_picked(&self) -> bool {
        let Tally { attempts, clean, running, .. } = self.tally;
        self.picked || (clean == attempts && running < clean)
    }
}

/// So many changes a minute are too few to pass and enough to be bored by them…
const BORED_RATE: f32 = 22.0;
/// …after so many days.
const BORED_DAYS: usize = 3;
/// A chord that rang so often in all is known well enough for a song.
const KNOWN: u32 = 3;

/// All that is known of one item.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Sum {
    pub(super) attempts: u32,
    pub(super) clean: u32,
    pub(super) in_a_row: u32,
    pub(super) rate: Option<f32>,
}

/// Sums what was measured, in the order it was.
pub(super) fn sum(measurements: &[Measurement], item: &Item) -> Sum {
    let mut row = Row::default();
    let of_item = measurements.iter().filter(|measured| measured.item == *item);
    of_item.fold(Sum::default(), |sum, measured| Sum {
        attempts: sum.attempts.saturating_add(measured.tally.attempts),
        clean: sum.clean.saturating_add(measured.tally.clean),
        in_a_row: sum.in_a_row.max(row.longest_with(measured)),
        rate: sum.rate.max_by_value(measured.per_minute),
    })
}

/// What «in a row» is. A chord's tries are separate ones (the hand is lifted and placed anew), so a
/// row goes on in the next sitting of the same day: nothing failed between, and a pause makes it no
/// easier. With the next day it begins anew: «five in a row» (pedagogy: easy, and when to say less)
/// is about a hand as it is now; what stays overnight is the schedule's question. The bars of a
/// pattern are one movement, in a row only without a stop: there each sitting counts by itself.
///
/// Only ends of a sitting are kept, so this never counts more than there was, at times fewer.
#[derive(Debug, Default)]
struct Row {
    day: Option<Day>,
    /// Clean tries up to the last one of that day.
    running: u32,
}

impl Row {
    /// The longest row that a sitting brings, with what ran before it.
    fn longest_with(&mut self, measured: &Measurement) -> u32 {
        let tally = measured.tally;
        let goes_on = matches!(measured.item, Item::Chord(_)) && self.day == Some(measured.day);
        let before = if goes_on { self.running } else { 0 };
        // Rounds of single strings are no strums in a row: the row waits.
        if measured.is_picked() {
            return 0;
        }
        let all_clean = tally.clean == tally.attempts;
        let first =
            if all_clean { tally.attempts } else { u32::from(tally.first_clean == Some(1)) };
        let joined = before.saturating_add(first);
        self.day = Some(measured.day);
        self.running = if all_clean { joined } else { tally.running };
        tally.in_a_row.max(joined)
    }
}

trait MaxByValue {
    fn max_by_value(self, other: Self) -> Self;
}

impl MaxByValue for Option<f32> {
    fn max_by_value(self, other: Self) -> Self {
        match (self, other) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        }
    }
}

/// What was reached at the gate's own measure, by the item that is furthest back; none before
/// anything was measured.
pub(super) fn reached(step: &Step, measurements: &[Measurement]) -> Option<f32> {
    let of = |item: &Item| {
        let sum = sum(measurements, item);
        match step.gate {
            Gate::Told => None,
            Gate::Clean(_) => (sum.attempts > 0).then_some(sum.clean as f32),
            Gate::Row(_) => (sum.attempts > 0).then_some(sum.in_a_row as f32),
            Gate::Rate(_) => sum.rate,
        }
    };
    let each: Vec<Option<f32>> = step.items.iter().flat_map(parts).map(|it| of(&it)).collect();
    if each.iter().all(Option::is_none) {
        return None;
    }
    each.into_iter().map(|value| value.unwrap_or(0.0)).reduce(f32::min)
}

/// A song is known when each of its sections is.
fn parts(item: &Item) -> Vec<Item> {
    let Item::Song { id, .. } = item else { return vec![item.clone()] };
    let song = own_songs().iter().find(|song| song.id == *id);
    let sections = song.map_or(1, |song| song.sections.len().max(1));
    let numbers = 1..=u16::try_from(sections).unwrap_or(u16::MAX);
    numbers.map(|section| Item::Song { id: id.clone(), section }).collect()
}

/// Whether that passes the gate.
pub(super) fn passes(gate: Gate, reached: Option<f32>) -> bool {
    let Some(reached) = reached else { return false };
    match gate {
        Gate::Told => false,
        Gate::Clean(least) | Gate::Row(least) => reached >= least as f32,
        Gate::Rate(least) => reached >= least,
    }
}

/// Whether a student has stood before this gate long enough to go on without passing it.
pub(super) fn is_bored(step: &Step, measurements: &[Measurement]) -> bool {
    let Gate::Rate(least) = step.gate else { return false };
    let slow = reached(step, measurements).is_some_and(|rate| (BORED_RATE..least).contains(&rate));
    let mut days: Vec<Day> = measurements
        .iter()
        .filter(|measured| step.items.contains(&measured.item))
        .filter(|measured| measured.per_minute.is_some())
        .map(|measured| measured.day)
        .collect();
    days.sort_unstable();
    days.dedup();
    slow && days.len() >= BORED_DAYS
}

/// Whether an item was tried at all.
pub(super) fn is_tried(measurements: &[Measurement], item: &Item) -> bool {
    let of_item = |measured: &&Measurement| measured.item == *item;
    let heard =
        |measured: &Measurement| measured.tally.attempts > 0 || measured.per_minute.is_some();
    measurements.iter().filter(of_item).any(heard)
}

/// The chords of which nothing was clean on the last day they were tried, the latest first.
pub(super) fn failed(measurements: &[Measurement]) -> Vec<Item> {
    let tried = measurements.iter().filter(|measured| measured.tally.attempts > 0);
    let mut last: Vec<(Day, u32, &Item)> = Vec::new();
    for measured in tried.filter(|measured| matches!(measured.item, Item::Chord(_))) {
        let (day, clean) = (measured.day, measured.tally.clean);
        match last.iter_mut().find(|(_, _, item)| **item == measured.item) {
            Some(known) if known.0 > day => {}
            Some(known) if known.0 == day => known.1 = known.1.saturating_add(clean),
            Some(known) => (known.0, known.1) = (day, clean),
            None => last.push((day, clean, &measured.item)),
        }
    }
    last.retain(|(_, clean, _)| *clean == 0);
    last.sort_by_key(|(day, _, item)| (std::cmp::Reverse(*day), item.to_string()));
    last.into_iter().map(|(_, _, item)| item.clone()).collect()
}

/// Whether a chord rang often enough for a song: under a strum, not string by string.
pub(super) fn rings(measurements: &[Measurement], chord: Chord) -> bool {
    strummed(measurements, &Item::Chord(chord)).clean >= KNOWN
}

/// All that is known of one item but the rounds of its single strings.
pub(super) fn strummed(measurements: &[Measurement], item: &Item) -> Sum {
    let strums: Vec<Measurement> = measurements
        .iter()
        .filter(|measured| measured.item == *item && !measured.is_picked())
        .cloned()
        .collect();
    sum(&strums, item)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sitting(item: &str, day: i32, tries: &str) -> Measurement {
        let mut tally = Tally::default();
        tries.chars().for_each(|sign| tally.count(sign == '+'));
        let item = item.parse().unwrap();
        Measurement { item, day: Day(day), tally, per_minute: None, strings: None, picked: false }
    }

    fn row(item: &str, sittings: &[(i32, &str)]) -> u32 {
        let all: Vec<Measurement> =
            sittings.iter().map(|(day, tries)| sitting(item, *day, tries)).collect();
        sum(&all, &item.parse().unwrap()).in_a_row
    }

    #[test]
    fn a_row_goes_on_within_a_day_and_ends_with_it() {
        let chord = |sittings: &[(i32, &str)]| row("chord:E:min", sittings);
        assert_eq!(chord(&[(1, "-+++"), (1, "++")]), 5);
        assert_eq!(chord(&[(1, "+"), (1, ""), (1, "++"), (1, "++-")]), 4, "a bound from below");
        assert_eq!(chord(&[(1, "+++"), (2, "++")]), 3, "another day");
        assert_eq!(chord(&[(1, "+++-"), (1, "++")]), 3, "one failed between");
        assert_eq!(chord(&[(1, "+++"), (1, "-++")]), 3);
        assert_eq!(chord(&[(1, "++++"), (1, "-"), (1, "+")]), 4);
        assert_eq!(chord(&[]), 0);
    }

    /// As the drill keeps rounds of single strings.
    fn picked(day: i32, rounds: &str) -> Measurement {
        let mut kept = Measurement { picked: true, ..sitting("chord:E:min", day, rounds) };
        (kept.tally.in_a_row, kept.tally.running) = (kept.tally.in_a_row.min(1), 0);
        kept
    }

    #[test]
    fn rounds_of_single_strings_are_no_strums_in_a_row() {
        let strums = |tries| sitting("chord:E:min", 1, tries);
        let row = |all: &[Measurement]| sum(all, &"chord:E:min".parse().unwrap()).in_a_row;
        for rounds in ["+++", "+-", "+-+", "-+", "--"] {
            assert_eq!(row(&[picked(1, rounds)]), 0, "{rounds}");
            assert_eq!(row(&[picked(1, rounds), strums("++")]), 2, "{rounds}");
            assert_eq!(row(&[strums("++++"), picked(1, rounds)]), 4, "{rounds}");
            let between = [strums("+++"), picked(1, rounds), strums("++")];
            assert_eq!(row(&between), 5, "{rounds}: the row waits");
        }
        // Kept before rounds were told from strums.
        let older = Measurement { picked: false, ..picked(1, "+++") };
        assert_eq!(row(&[strums("++++"), older]), 4);
    }

    #[test]
    fn rounds_of_single_strings_make_no_chord_known() {
        let em: Chord = "Em".parse().unwrap();
        let strums = |tries| sitting("chord:E:min", 1, tries);
        assert!(rings(&[strums("-++"), strums("+")], em));
        assert!(!rings(&[strums("++"), picked(1, "+++")], em));
        // They pass the gate that is theirs.
        let step = crate::course::step("em.strings").unwrap();
        assert!(passes(step.gate, reached(step, &[picked(1, "+-++")])));
        let step = crate::course::step("em.strum").unwrap();
        assert!(!passes(step.gate, reached(step, &[picked(1, "+++++")])));
    }

    #[test]
    fn bars_of_a_pattern_are_in_a_row_only_without_a_stop() {
        assert_eq!(row("pattern:D-D-D-D-", &[(1, "++"), (1, "++")]), 2);
    }

    #[test]
    fn no_row_is_longer_than_what_was_clean() {
        // Every way to try a chord eight times in up to three sittings of one day.
        for tries in 0..256_u32 {
            let signs: String =
                (0..8).map(|n| if tries >> n & 1 == 1 { '+' } else { '-' }).collect();
            let truly = signs.split('-').map(str::len).max().unwrap_or(0) as u32;
            for one in 0..=8 {
                for two in one..=8 {
                    let cut = [(1, &signs[..one]), (1, &signs[one..two]), (1, &signs[two..])];
                    assert!(row("chord:E:min", &cut) <= truly, "{cut:?}");
                }
            }
            assert_eq!(row("chord:E:min", &[(1, &signs)]), truly);
        }
    }
}
