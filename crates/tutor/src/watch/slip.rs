//! A string that goes flat again after it was tuned: it stretches, or its peg slips.

use std::time::Duration;

use audio::{StringState, Strum};
use theory::StringNumber;

use super::fact;
use crate::diagnosis::condition as c;
use crate::diagnosis::facts::{Fact, Slots};

/// Row T05: cents within which a string is in tune, below which it has slipped (the row says 10, of
/// a string alone; inside a chord neighbours bias it), and the time in which it does so twice.
const IN_TUNE: f32 = 5.0;
const SLIPPED: f32 = -20.0;
const SURE: f32 = 0.8;
const SOON: Duration = Duration::from_secs(600);

/// The open strings, string 6 first.
#[derive(Debug, Clone, Default)]
pub(super) struct Slips([Slip; 6]);

#[derive(Debug, Clone, Copy, Default)]
struct Slip {
    tuned: bool,
    /// When it had slipped for the first time.
    first: Option<Duration>,
}

impl Slips {
    /// `open`: whether a string is asked to sound open.
    pub(super) fn step(
        &mut self,
        strum: &Strum,
        open: impl Fn(StringNumber) -> bool,
    ) -> Option<Fact> {
        let heard = strum
            .strings
            .iter()
            .filter(|s| s.state == StringState::Rings && s.confidence >= SURE && open(s.string));
        let mut found = None;
        for (string, cents) in heard.filter_map(|s| Some((s.string, s.cents?))) {
            let slip = &mut self.0[string.index()];
            if cents.abs() <= IN_TUNE {
                slip.tuned = true;
            } else if cents < SLIPPED && std::mem::take(&mut slip.tuned) {
                let again = slip.first.is_some_and(|at| strum.at.saturating_sub(at) <= SOON);
                slip.first = if again { None } else { Some(strum.at) };
                if again {
                    found = Some(string);
                }
            }
        }
        found.map(|string| fact(c::SLIPPING, Slots { string: Some(string), ..Slots::default() }))
    }
}
