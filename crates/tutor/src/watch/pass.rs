//! How passes through a song or a loop go: too fast for now, or lost after a slip.

use std::collections::VecDeque;

use super::fact;
use crate::Pass;
use crate::diagnosis::condition as c;
use crate::diagnosis::facts::{Fact, Slots};

const KEPT: usize = 12;
/// Row M06: shares of right strokes at this tempo, and at a slower one; how much slower; passes.
const LOW: f32 = 0.7;
const HIGH: f32 = 0.9;
const SLOWER: f32 = 0.85;
const PASSES: usize = 2;
/// Row M07: strokes missed in a row after a slip.
const LOST: u16 = 3;

#[derive(Debug, Clone, Default)]
pub(super) struct Passes(VecDeque<Pass>);

impl Passes {
    pub(super) fn step(&mut self, pass: &Pass) -> Option<Fact> {
        self.0.push_back(*pass);
        if self.0.len() > KEPT {
            self.0.pop_front();
        }
        let last: Vec<&Pass> = self.0.iter().rev().take(PASSES).collect();
        if last.len() < PASSES {
            return None;
        }
        let slower = |p: &&Pass| p.bpm <= SLOWER * pass.bpm && p.share() > HIGH;
        let fast = last.iter().all(|p| p.bpm == pass.bpm && p.share() < LOW);
        let condition = if fast && self.0.iter().any(|p| slower(&p)) {
            c::TOO_FAST
        } else if last.iter().all(|p| p.missed_in_a_row >= LOST) {
            c::LOST_PLACE
        } else {
            return None;
        };
        self.0.clear();
        Some(fact(condition, Slots::default()))
    }
}
