//! How the hand goes from chord to chord: how long it takes, how far the fingers fly, whether they
//! land together, which one could have stayed. Five changes say something, one does not.

use std::collections::VecDeque;

use theory::{Chord, Finger, Shape, StringNumber};

use super::fact;
use crate::Change;
use crate::diagnosis::condition as c;
use crate::diagnosis::facts::{Fact, Slots};

/// Changes that must agree (rows L13–L15).
const CHANGES: usize = 5;
/// A slow change in milliseconds, and the height of the fingers in centimetres (row L13).
const SLOW_MS: f32 = 900.0;
const HIGH_CM: f32 = 4.0;
/// Row L14: from the first finger that lands to the last.
const APART_MS: f32 = 250.0;
/// Row L23: changes away from a chord before its fingering is spoken of.
const KNOWN: usize = 3;
/// Rows M09: changes a minute to go on with, and sessions below it.
const ENOUGH: u16 = 30;
const SESSIONS: usize = 5;

#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    last: VecDeque<Change>,
    /// Milliseconds of all changes, with the chord they left.
    all: Vec<(Chord, f32)>,
}

impl Changes {
    pub(super) fn step(&mut self, change: &Change) -> Option<Fact> {
        self.all.push((change.from, change.took_ms));
        self.last.push_back(change.clone());
        if self.last.len() > CHANGES {
            self.last.pop_front();
        }
        let found = (self.last.len() == CHANGES).then(|| self.found()).flatten();
        if found.is_some() {
            self.last.clear();
        }
        found
    }

    fn found(&self) -> Option<Fact> {
        let each = |so: &dyn Fn(&Change) -> bool| self.last.iter().all(so);
        let slow = each(&|change| change.took_ms > SLOW_MS);
        let last = self.last.back()?;
        let pair = |c: &Change| [(c.from, c.to), (c.to, c.from)].contains(&(last.from, last.to));
        let lifted = |anchor: &(Finger, StringNumber)| {
            each(&|change| pair(change) && change.lifted.contains(&anchor.0))
        };
        if let Some((finger, string)) = anchors(last.from, last.to).into_iter().find(lifted)
            && slow
        {
            let (finger, string) = (Some(Some(finger)), Some(string));
            return Some(fact(c::ANCHOR_LIFTED, Slots { finger, string, ..Slots::default() }));
        }
        if slow && each(&|change| change.lift_cm.is_some_and(|cm| cm > HIGH_CM)) {
            return Some(fact(c::FLY_AWAY, Slots::default()));
        }
        let apart = each(&|change| change.landing_ms.is_some_and(|ms| ms > APART_MS));
        apart.then(|| fact(c::ONE_BY_ONE, Slots::default()))
    }

    /// Whether the hand leaves `chord` more slowly than others.
    pub(super) fn leaves_slowly(&self, chord: Chord) -> bool {
        let median = |mut of: Vec<f32>| {
            of.sort_by(f32::total_cmp);
            of.get(of.len() / 2).copied()
        };
        let own: Vec<f32> =
            self.all.iter().filter(|(c, _)| *c == chord).map(|(_, ms)| *ms).collect();
        let others = self.all.iter().filter(|(c, _)| *c != chord).map(|(_, ms)| *ms).collect();
        own.len() >= KNOWN && median(others).is_some_and(|usual| median(own) > Some(usual))
    }
}

/// The fingers that need not move between two chords.
fn anchors(from: Chord, to: Chord) -> Vec<(Finger, StringNumber)> {
    let (Some(from), Some(to)) = (Shape::of(from), Shape::of(to)) else { return Vec::new() };
    let stays = |string: StringNumber| {
        let finger = from.finger(string)?;
        let same = to.finger(string) == Some(finger)
            && from.voicing.fret(string) == to.voicing.fret(string);
        same.then_some((finger, string))
    };
    StringNumber::THICK_TO_THIN.into_iter().filter_map(stays).collect()
}

/// A minute of changes below the gate, as in every one of the last sessions.
pub(super) fn stands_still((from, to): (Chord, Chord), now: u16, before: &[u16]) -> Option<Fact> {
    let low = |count: &u16| *count < ENOUGH;
    let last = before.get(before.len().checked_sub(SESSIONS - 1)?..)?;
    if !low(&now) || !last.iter().all(low) {
        return None;
    }
    let slots = Slots { finger: Some(farthest(from, to)), ..Slots::default() };
    Some(fact(c::PLATEAU, slots))
}

/// The finger that has the longest way.
fn farthest(from: Chord, to: Chord) -> Option<Finger> {
    let (from, to) = (Shape::of(from)?, Shape::of(to)?);
    let place = |shape: &Shape, finger: Finger| {
        StringNumber::THICK_TO_THIN
            .into_iter()
            .find(|string| shape.finger(*string) == Some(finger))
            .and_then(|string| Some((string.number(), shape.voicing.fret(string)?)))
    };
    let way = |finger: &Finger| match (place(from, *finger), place(to, *finger)) {
        (Some(a), Some(b)) => a.0.abs_diff(b.0) + a.1.abs_diff(b.1),
        _ => 0,
    };
    let fingers = [Finger::Index, Finger::Middle, Finger::Ring, Finger::Pinky];
    fingers.into_iter().max_by_key(way).filter(|finger| way(finger) > 0)
}
