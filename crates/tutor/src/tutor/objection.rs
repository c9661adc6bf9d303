//! «That is not right», and checking together: the spoken claim is withdrawn, the string is asked
//! for alone, and what it does then is said plainly.
//!
//! Nothing here argues or decides who was right: the string does. A fault that was objected to is
//! not said aloud again before two strums have shown it anew (its dead answer alone is one).

use std::time::Duration;

use audio::{StringState, Strum};
use theory::{Chord, StringNumber};

use super::Tutor;
use crate::diagnosis::condition as c;
use crate::diagnosis::facts::Slots;
use crate::diagnosis::table::Condition;
use crate::diagnosis::{Finding, Key};
use crate::{Action, LessonEvent};

/// Strums that must show a fault anew before it is said again.
const FRESH: u8 = 2;

/// What was objected to in this lesson.
#[derive(Debug, Clone, Default)]
pub(super) struct Objections {
    /// A string that is waited for: when its strum began, and the fault that was told of it.
    open: Option<(Duration, StringNumber, Option<Key>)>,
    /// The strum whose claim was withdrawn.
    withdrawn: Option<Duration>,
    disputed: Vec<Disputed>,
}

#[derive(Debug, Clone)]
struct Disputed {
    chord: Chord,
    key: Key,
    /// Strums that have shown it since, and the last of them.
    fresh: u8,
    last: Duration,
}

impl Objections {
    fn dispute(&mut self, chord: Chord, key: Key, at: Duration) {
        self.disputed.retain(|old| (old.chord, old.key) != (chord, key));
        self.disputed.push(Disputed { chord, key, fresh: 0, last: at });
    }

    /// The fault was heard once more; whether it may be said aloud.
    fn heard(&mut self, chord: Chord, key: Key, at: Duration) -> bool {
        let Some(disputed) = self.disputed.iter_mut().find(|d| (d.chord, d.key) == (chord, key))
        else {
            return true;
        };
        if disputed.last != at {
            disputed.last = at;
            disputed.fresh = disputed.fresh.saturating_add(1);
        }
        disputed.fresh >= FRESH
    }

    /// What the string that was waited for showed counts as once anew.
    fn confirm(&mut self, key: Option<Key>) {
        let same = |disputed: &&mut Disputed| Some(disputed.key) == key;
        if let Some(disputed) = self.disputed.iter_mut().find(same) {
            disputed.fresh = disputed.fresh.saturating_add(1);
        }
    }

    /// Another chord, or the same from the beginning: nothing is waited for.
    pub(super) fn turn_away(&mut self) {
        self.open = None;
        self.withdrawn = None;
    }
}

impl Tutor {
    /// The student says that the last verdict is not right.
    pub(super) fn objected(&mut self, now: Duration) -> Vec<Action> {
        let (Some((at, before)), Some(event)) = (self.last_strum.clone(), self.last_event.clone())
        else {
            return self.utter_plain(c::OBJECTED_NOTHING, Slots::default(), now);
        };
        if let Some((_, string, _)) = self.objections.open {
            return self.ask_alone(c::OBJECTED_STRING, string, true, now);
        }
        if self.objections.withdrawn.replace(at) == Some(at) {
            return self.utter_plain(c::OBJECTED_AGAIN, Slots::default(), now);
        }
        let claim = self.last_words.take().map(|(finding, _)| finding);
        let string = claim.map_or_else(|| event.accused(), |finding| finding.slots.string);
        let key = claim.map(|finding| finding.key());
        let mut before = before;
        if let Some(key) = key {
            before.forget(key);
            self.objections.dispute(self.lesson.chord, key, at);
        }
        self.attempts = before.clone();
        self.last_strum = Some((at, before));
        self.last_finding = None;
        match string.filter(|string| event.asks(*string)) {
            Some(string) => {
                self.objections.open = Some((at, string, key));
                self.ask_alone(c::OBJECTED_STRING, string, true, now)
            }
            None => self.utter_plain(c::OBJECTED_CHORD, Slots::default(), now),
        }
    }

    /// The string that the last verdict is about is asked for alone; the verdict stands till then.
    pub(super) fn check_together(&mut self, now: Duration) -> Vec<Action> {
        let said = self.last_words.as_ref().and_then(|(finding, _)| finding.slots.string);
        let event = self.last_event.as_ref();
        let string = said
            .or_else(|| event.and_then(|event| event.ask.or_else(|| event.accused())))
            .filter(|string| event.is_some_and(|event| event.asks(*string)));
        match string {
            Some(string) => self.ask_alone(c::CHECK_STRING, string, false, now),
            None if event.is_some() => self.utter_plain(c::OBJECTED_CHORD, Slots::default(), now),
            None => self.utter_plain(c::OBJECTED_NOTHING, Slots::default(), now),
        }
    }

    fn ask_alone(
        &mut self,
        condition: Condition,
        string: StringNumber,
        withdrawn: bool,
        now: Duration,
    ) -> Vec<Action> {
        let mut actions = vec![Action::Alone { string, withdrawn }];
        let slots = Slots { string: Some(string), ..Slots::default() };
        actions.extend(self.utter_plain(condition, slots, now));
        actions
    }

    /// What is said of a strum that is told again because its string was waited for. None where it
    /// is as any other.
    pub(super) fn answered(&mut self, strum: &Strum) -> Option<Answer> {
        let (at, string, key) = self.objections.open?;
        if at != strum.at && strum.picked != Some(string) {
            self.objections.turn_away();
            return None;
        }
        let state = strum.strings[string.index()].state;
        if matches!(state, StringState::Unsure { .. }) {
            return Some(Answer::Waits);
        }
        self.objections.open = None;
        let slots = Slots { string: Some(string), ..Slots::default() };
        let told = |condition, slots| Finding::plain(condition, slots).map(Answer::Told);
        if state == StringState::Rings {
            return told(c::OBJECTION_RANG, slots);
        }
        self.objections.confirm(key);
        let asked = strum.voicing.and_then(|voicing| voicing.pitch(string, &self.lesson.tuning));
        match (state, asked) {
            (StringState::Dead | StringState::NotPlayed, _) => told(c::OBJECTION_DEAD, slots),
            (StringState::WrongPitch { pitch }, Some(asked)) if pitch != asked => {
                let (note, heard_note) = (Some(asked.class()), Some(pitch.class()));
                told(c::OBJECTION_OTHER, Slots { note, heard_note, ..slots })
            }
            _ => None,
        }
    }

    /// Whether a finding of the strum at `at` may be said aloud, as far as objections go.
    pub(super) fn may_say(&mut self, finding: &Finding, at: Duration) -> bool {
        self.objections.heard(self.lesson.chord, finding.key(), at)
    }
}

/// What comes of a string that was waited for.
pub(super) enum Answer {
    /// It has not been played yet: all is said.
    Waits,
    /// This is to be said of it.
    Told(Finding),
}

impl LessonEvent {
    /// The first asked string that did not ring as asked.
    fn accused(&self) -> Option<StringNumber> {
        let silent = |state| matches!(state, StringState::Rings | StringState::Unsure { .. });
        let at_fault = self.strings.iter().filter(|s| s.asked != Some(false) && !silent(s.state));
        at_fault.map(|s| s.string).next()
    }

    /// Whether the string is asked to sound, so that it can be played alone.
    fn asks(&self, string: StringNumber) -> bool {
        self.voicing.is_none_or(|voicing| voicing.fret(string).is_some())
    }
}
