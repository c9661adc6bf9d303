//! How long was played without a pause, and whether the hand tires. It judges no strum.

use std::collections::VecDeque;
use std::time::Duration;

use super::fact;
use crate::diagnosis::condition as c;
use crate::diagnosis::facts::{Fact, Slots};

const MINUTE: Duration = Duration::from_secs(60);
/// Silence that is a pause.
const PAUSE: Duration = Duration::from_secs(120);
/// Row P03: playing without a pause after which one is due.
const LONG: Duration = Duration::from_secs(25 * 60);
/// Row L26: playing before which no hand is tired.
const TIRING: Duration = Duration::from_secs(15 * 60);
/// The stretches that are compared.
const STRETCH: Duration = Duration::from_secs(5 * 60);
/// Strums that a stretch must have to be compared, and dead ones in a hundred to speak of.
const STRUMS: usize = 10;
const DEAD: f32 = 0.2;

#[derive(Debug, Clone, Default)]
pub(super) struct Stamina {
    began: Option<Duration>,
    last: Duration,
    /// Strums of the first stretch: all, and those with a dead string.
    first: (usize, usize),
    recent: VecDeque<(Duration, bool)>,
    /// Since when strums are compared; from the beginning, if no chord changed.
    compared: Option<Duration>,
    tired: bool,
    rested: bool,
}

impl Stamina {
    pub(super) fn sounded(&mut self, at: Duration) {
        if self.began.is_some() && at.saturating_sub(self.last) >= PAUSE {
            *self = Self::default();
        }
        self.began.get_or_insert(at);
        self.last = self.last.max(at);
    }

    pub(super) fn strummed(&mut self, at: Duration, dead: bool) -> Option<Fact> {
        self.sounded(at);
        let began = self.began?;
        if at.saturating_sub(self.compared.unwrap_or(began)) < STRETCH {
            self.first.0 += 1;
            self.first.1 += usize::from(dead);
            return None;
        }
        self.recent.push_back((at, dead));
        while self.recent.front().is_some_and(|(then, _)| at.saturating_sub(*then) > STRETCH) {
            self.recent.pop_front();
        }
        let tired = at.saturating_sub(began) > TIRING && self.doubled();
        let new = tired && !self.tired;
        self.tired |= tired;
        new.then(|| fact(c::FATIGUE, Slots::default()))
    }

    /// Another chord is another difficulty: its dead strings are compared among themselves.
    pub(super) fn another_chord(&mut self, at: Duration) {
        self.first = (0, 0);
        self.recent.clear();
        self.compared = Some(at);
    }

    fn doubled(&self) -> bool {
        let rate = |(all, dead): (usize, usize)| dead as f32 / all.max(1) as f32;
        let dead = self.recent.iter().filter(|(_, dead)| *dead).count();
        let now = (self.recent.len(), dead);
        now.0 >= STRUMS
            && self.first.0 >= STRUMS
            && rate(now) >= DEAD
            && rate(now) >= 2.0 * rate(self.first)
    }

    /// Asked in a quiet moment: whether a pause is due. Told once a stretch of playing.
    pub(super) fn quiet(&mut self, now: Duration) -> Option<Fact> {
        let began = self.began?;
        let playing = now.saturating_sub(self.last) < MINUTE;
        let due = playing && self.last.saturating_sub(began) > LONG && !self.rested;
        self.rested |= due;
        due.then(|| fact(c::BREAK_DUE, Slots::default()))
    }
}
