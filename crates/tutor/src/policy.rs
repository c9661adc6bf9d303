//! When to speak: what the last attempts were, how often a fault came back, when the task changes,
//! when less is said. No words and no evidence here.

use std::collections::{BTreeMap, VecDeque};

use crate::diagnosis::condition::{self as c};
use crate::diagnosis::facts::{Facts, Slots};
use crate::diagnosis::table::Condition;
use crate::diagnosis::{BUZZ, DEAD, Finding, Key, Repeated, key_of, table};
use crate::{Level, Style};

/// Bandwidth: a fault is spoken when it was there in two of the last three attempts.
const WINDOW: usize = 3;
/// After the same fault so often in a row the task changes.
const FAILURES: u8 = 3;
/// Row R03: strums in a row with the thick string before the thumb is offered to mute it.
const THICK: u8 = 5;
/// Row L28: attempts at a barre chord of which hardly a string rings.
const CHOKED: u8 = 5;
/// So many clean strums in a row are enough.
const MASTERED: u8 = 5;
/// So many clean rounds of single strings are.
const ROUNDS: u8 = 3;

/// What has happened on this chord so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attempts {
    /// The faults of the last attempts, oldest first; empty for a clean one. Unsure strums are no
    /// attempts: they say nothing about the student.
    last: VecDeque<Vec<Key>>,
    /// How often in a row each fault was the one told.
    failing: BTreeMap<Key, u8>,
    /// Strums in a row in which the thick string sounded and must not.
    thick: u8,
    /// Attempts in a row at a barre chord of which hardly a string rang.
    choked: u8,
    clean: u8,
    /// Whether tries are rounds of single strings.
    rounds: bool,
}

impl Attempts {
    /// Takes the next strum and decides what is worth saying of it.
    pub(crate) fn judge(&mut self, facts: &Facts, seen: bool) -> Option<Finding> {
        let keys: Vec<Key> = facts
            .faults
            .iter()
            .filter_map(|fact| {
                let row = table::row_of(fact.condition)?;
                (fact.confidence >= row.confidence).then(|| key_of(row, &fact.slots))
            })
            .collect();
        self.follow_thick(facts);
        self.choked = if facts.choked { self.choked.saturating_add(1) } else { 0 };
        let finding = crate::diagnosis::conclude(facts, seen, |key| Some(self.repeated(key)))?;
        match finding.row.condition {
            c::UNSURE_STRING | c::UNSURE_CHORD => {
                // A fault that is not yet shown is no doubt: it counts when it comes again.
                if !keys.is_empty() {
                    self.remember(keys);
                }
                Some(finding)
            }
            c::PICTURE_DRIFTED => {
                self.cleaned(finding.slots);
                self.remember(keys);
                Some(finding)
            }
            c::CLEAN => {
                let next = self.cleaned(finding.slots);
                self.remember(keys);
                next
            }
            _ => {
                self.clean = 0;
                self.remember(keys);
                Some(self.failed(finding))
            }
        }
    }

    fn follow_thick(&mut self, facts: &Facts) {
        let thick = |fact: &crate::diagnosis::facts::Fact| {
            is_extra(table::row_of(fact.condition))
                && fact.slots.string.is_some_and(|s| s.number() == 6)
        };
        if facts.faults.iter().any(thick) {
            self.thick = self.thick.saturating_add(1);
        } else if facts.clean.is_some() || !facts.faults.is_empty() {
            self.thick = 0;
        }
    }

    /// As if this fault had not been there.
    pub(crate) fn forget(&mut self, key: Key) {
        self.failing.remove(&key);
        self.last.iter_mut().for_each(|keys| keys.retain(|other| *other != key));
    }

    /// A string rang by itself: what was wrong with it is over.
    pub(crate) fn rang(&mut self, string: theory::StringNumber) {
        self.failing.retain(|(_, of), _| *of != Some(string));
        self.last.iter_mut().for_each(|keys| keys.retain(|(_, of)| *of != Some(string)));
    }

    /// Whether the finding is worth saying aloud and not only showing.
    pub(crate) fn is_spoken(finding: &Finding, style: &Style, level: Level) -> bool {
        finding.repeated.map_or(1, |(seen, _)| seen) >= style.say(finding.row, level)
    }

    /// How often `key`, found now, was there in the last attempts.
    fn repeated(&self, key: Key) -> Repeated {
        let before = self.last.iter().rev().take(WINDOW - 1);
        let of = before.clone().count() + 1;
        let seen = before.filter(|keys| keys.contains(&key)).count() + 1;
        (u8::try_from(seen).unwrap_or(u8::MAX), u8::try_from(of).unwrap_or(u8::MAX))
    }

    fn remember(&mut self, keys: Vec<Key>) {
        self.last.push_back(keys);
        while self.last.len() >= WINDOW {
            self.last.pop_front();
        }
    }

    fn failed(&mut self, finding: Finding) -> Finding {
        if self.thick >= THICK && is_extra(Some(finding.row)) {
            self.thick = 0;
            self.failing.clear();
            return Finding::plain(c::NO_THUMB_MUTE, finding.slots).unwrap_or(finding);
        }
        if self.choked >= CHOKED {
            self.choked = 0;
            self.failing.clear();
            return Finding::plain(c::BARRE_EARLY, Slots::default()).unwrap_or(finding);
        }
        let key = finding.key();
        self.failing.retain(|other, _| *other == key);
        let count = self.failing.entry(key).or_insert(0);
        *count = count.saturating_add(1);
        // A string out of tune is turned, not practised.
        if *count < FAILURES || finding.row.id.starts_with('T') {
            return finding;
        }
        self.failing.clear();
        self.last.clear();
        let condition = if finding.slots.string.is_some() && !is_extra(Some(finding.row)) {
            c::CHANGE_STRING
        } else {
            c::CHANGE_CHORD
        };
        Finding::plain(condition, finding.slots)
            .map_or(finding, |change| Finding { repeated: finding.repeated, ..change })
    }

    /// Tries are strums, or rounds of strings that are played one by one.
    pub(crate) fn in_rounds(&mut self, rounds: bool) {
        if std::mem::replace(&mut self.rounds, rounds) != rounds {
            self.clean = 0;
        }
    }

    fn cleaned(&mut self, slots: Slots) -> Option<Finding> {
        let enough = if self.rounds { ROUNDS } else { MASTERED };
        self.failing.clear();
        self.clean = self.clean.saturating_add(1);
        let faulty = self.last.back().and_then(|keys| keys.iter().find_map(mended));
        if self.rounds && self.clean >= enough {
            // The drill says what was reached.
            return None;
        }
        let left = enough.saturating_sub(self.clean);
        let condition: Condition = match (self.clean, faulty) {
            (1, Some(_)) => c::REPAIRED,
            (1, None) => c::CLEAN_FIRST,
            (clean, _) if clean == enough => c::MASTERED,
            (clean, _) if clean > enough => c::CLEAN_ON,
            _ if left == 1 => c::CLEAN_ONE_MORE,
            _ => c::CLEAN_MORE,
        };
        let string = if condition == c::REPAIRED { faulty } else { None };
        Finding::plain(condition, Slots { left: Some(left), string, ..slots })
    }
}

/// A string that must stay silent is not practised alone.
fn is_extra(row: Option<&table::Row>) -> bool {
    row.is_some_and(|row| row.kind == Some(table::Kind::Extra))
}

/// The string that rings now and did not before; a string that should be silent cannot be praised
/// for ringing.
fn mended(key: &Key) -> Option<theory::StringNumber> {
    let (kind, string) = *key;
    string.filter(|_| matches!(kind, DEAD | BUZZ | "L20"))
}
