//! Strings that are played one by one: one that rings is no news, but what was said of it is over. Of
//! one that does not ring, and of a whole clean round, is spoken as of a strum.

use std::time::Duration;

use audio::{StringState, Strum, Verdict};
use theory::StringNumber;

use super::Tutor;
use super::objection::Answer;
use crate::Action;
use crate::diagnosis::condition as c;
use crate::diagnosis::facts::Slots;

impl Tutor {
    /// Another string was played again than the one that is asked for.
    pub(super) fn other_string(
        &mut self,
        asked: StringNumber,
        played: StringNumber,
        now: Duration,
    ) -> Vec<Action> {
        if !self.hears() || self.resting {
            return Vec::new();
        }
        let slots = Slots { string: Some(asked), other: Some(played), ..Slots::default() };
        self.utter_plain(c::OTHER_STRING, slots, now)
    }

    /// What is to be done where a string rang by itself and others of the round are to come; none of
    /// any other strum.
    pub(super) fn rang_alone(&mut self, strum: &Strum, now: Duration) -> Option<Vec<Action>> {
        let string = strum.picked?;
        let rings = strum.strings[string.index()].state == StringState::Rings;
        if !rings || !matches!(strum.verdict, Some(Verdict::Unsure { .. })) {
            return None;
        }
        self.attempts.rang(string);
        let answer = self.answered(strum);
        if self.last_words.as_ref().is_some_and(|(words, _)| words.slots.string == Some(string)) {
            self.last_words = None;
            self.last_event = None;
            self.last_finding = None;
        }
        Some(match answer {
            Some(Answer::Told(finding)) => self.utter(finding, now),
            Some(Answer::Waits) | None => Vec::new(),
        })
    }
}
