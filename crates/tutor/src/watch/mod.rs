//! What only shows over time: how the hand lies, how the beat is kept, how long was played, what
//! the student says of it. It sees single observations and remembers; it knows no words to say and
//! no lesson.

mod change;
mod hand;
mod pass;
mod pulse;
mod slip;
mod spoken;
mod stamina;
mod touch;

use std::collections::VecDeque;
use std::time::Duration;

use audio::{Dulled, StringState, Strum};
use theory::Chord;

use crate::diagnosis::Finding;
use crate::diagnosis::condition as c;
use crate::diagnosis::facts::{Fact, Slots, Strings};
use crate::diagnosis::table::Condition;
use crate::{Beat, Change, Pass, Placement};

pub(crate) use pulse::Pulse;
pub(crate) use spoken::heard as spoken;

/// The watches of one lesson, and what they found that waits for quiet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watch {
    hand: hand::HandWatch,
    pulse: Pulse,
    changes: change::Changes,
    passes: pass::Passes,
    slips: slip::Slips,
    stamina: stamina::Stamina,
    strokes: touch::Strokes,
    waiting: VecDeque<Finding>,
}

/// Remarks that wait at most: what is older is no longer true.
const WAITING: usize = 3;

impl Watch {
    pub(crate) fn placed(&mut self, placement: &Placement) {
        let found = self.hand.step(placement);
        self.keep(found);
    }

    pub(crate) fn beat(&mut self, beat: &Beat) {
        let found = self.pulse.step(beat);
        self.keep(found);
    }

    pub(crate) fn changed(&mut self, change: &Change) {
        let found = self.changes.step(change);
        self.keep(found);
    }

    pub(crate) fn passed(&mut self, pass: &Pass) {
        let found = self.passes.step(pass);
        self.keep(found);
    }

    pub(crate) fn minute(&mut self, pair: (Chord, Chord), changes: u16, before: &[u16]) {
        let found = change::stands_still(pair, changes, before);
        self.keep(found);
    }

    /// Whether the hand leaves this chord more slowly than others.
    pub(crate) fn leaves_slowly(&self, chord: Chord) -> bool {
        self.changes.leaves_slowly(chord)
    }

    /// Sound began.
    pub(crate) fn sounded(&mut self, at: Duration) {
        self.stamina.sounded(at);
    }

    pub(crate) fn strummed(&mut self, strum: &Strum) {
        let voicing = strum.voicing;
        let open = |string| voicing.and_then(|voicing| voicing.fret(string)) == Some(0);
        let slipped = self.slips.step(strum, open);
        self.keep(slipped);
        let struck = self.strokes.step(strum);
        self.keep(struck);
        let dead = |s: &audio::StringVerdict| s.asked && s.state == StringState::Dead;
        let found = self.stamina.strummed(strum.at, strum.strings.iter().any(dead));
        self.keep(found);
    }

    /// Row R09, where the strings of a strum rattle only because it was hard: it explains them.
    pub(crate) fn too_hard(&self, strum: &Strum) -> Option<Fact> {
        let covers: Strings = touch::rattling(strum).collect();
        let hard = covers != Strings::default() && self.strokes.too_hard();
        hard.then(|| Fact { covers, ..fact(c::TOO_HARD, Slots::default()) })
    }

    /// The strings are duller than in their first week: told, where both brightness and decay show it.
    pub(crate) fn dulled(&mut self, dulled: &Dulled) {
        self.keep(dulled.is_old().then(|| fact(c::OLD_STRINGS, Slots::default())));
    }

    /// The next remark, now that it is quiet.
    pub(crate) fn remark(&mut self, now: Duration) -> Option<Finding> {
        self.waiting.pop_front().or_else(|| self.stamina.quiet(now).and_then(finding))
    }

    /// Another chord: what was found on the last one is over.
    pub(crate) fn forget(&mut self, now: Duration) {
        self.stamina.another_chord(now);
        self.pulse = Pulse::default();
        self.waiting.clear();
    }

    fn keep(&mut self, found: Option<Fact>) {
        let Some(finding) = found.and_then(finding) else { return };
        self.waiting.retain(|other| other.row.id != finding.row.id);
        self.waiting.push_back(finding);
        if self.waiting.len() > WAITING {
            self.waiting.pop_front();
        }
    }
}

fn fact(condition: Condition, slots: Slots) -> Fact {
    Fact::new(condition, slots, 1.0)
}

pub(crate) fn finding(fact: Fact) -> Option<Finding> {
    Finding::plain(fact.condition, fact.slots)
}
