//! Every stroke of a take: when its first string was struck, and in which direction.
//!
//! Rises that are too close to be two movements of a hand are one stroke. What leaves no tone
//! behind (a metronome's click, a knock) is none. It knows no beat; see [`crate::rhythm`].

use std::time::Duration;

use crate::Take;
use crate::direction::{self, Direction};
use crate::novelty::Novelty;
use crate::resample::RATE;
use crate::salience::Salience;
use crate::take::time;

/// Rises nearer than this are one movement of the hand, unless the beat is quicker.
const MERGE: f64 = 0.25;
/// The longest strum, first to last string: 80 ms from string to string, and some.
const LONGEST: f64 = 0.6;
/// Share of the shortest time between strokes within which rises are one stroke.
const CLOSE: f64 = 0.6;
const LONG: f64 = 0.8;

/// One movement of the hand over the strings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// When the first string was struck.
    pub at: Duration,
    /// Which way, where the order of the strings tells.
    pub direction: Option<Direction>,
}

/// Rises that belong together, in samples.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group {
    pub(crate) first: u64,
    pub(crate) last: u64,
}

/// The strokes of a take in which two strokes are hardly ever closer than `closest`.
#[must_use]
pub fn strokes(take: &Take, closest: Duration) -> Vec<Stroke> {
    let novelty = Novelty::of(take);
    let groups = groups(&novelty, closest.as_secs_f64());
    let salience = Salience::of(take, &novelty, crate::tuned::of_take(take));
    let ends = groups.iter().skip(1).map(|next| next.first).chain([take.samples().len() as u64]);
    groups
        .iter()
        .zip(ends)
        .map(|(group, end)| Stroke {
            at: time(group.first as f64),
            direction: direction::of(take, &salience, *group, end),
        })
        .collect()
}

/// Rises that leave a tone, grouped into strokes.
pub(crate) fn groups(novelty: &Novelty, closest: f64) -> Vec<Group> {
    let rate = f64::from(RATE);
    let (gap, long) = (MERGE.min(CLOSE * closest), LONGEST.min(LONG * closest));
    let mut groups: Vec<Group> = Vec::new();
    for at in novelty.tones().iter().map(|at| (at * rate) as u64) {
        match groups.last_mut() {
            Some(group)
                if at < group.last + (gap * rate) as u64
                    && at < group.first + (long * rate) as u64 =>
            {
                group.last = at;
            }
            _ => groups.push(Group { first: at, last: at }),
        }
    }
    groups
}
