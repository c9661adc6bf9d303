//! The teacher checks itself: a strum's verdict against the strings played one by one after it.
//!
//! Counts how often the verdict was right on this guitar, and moves the log-odds of its strings a
//! little, within bounds. It judges nothing itself and is kept by the caller.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use theory::{Pitch, StringNumber};

use crate::StringState;

/// How far the log-odds may move, and how fast: a string counts for a seventh of its surprise.
const BOUND: f32 = 1.0;
const STEP: f32 = 0.15;
/// Checks before a hit rate is told.
const ENOUGH: u32 = 12;
/// Cents off at which a note is not the asked one.
const OFF: f32 = 40.0;

/// What checking has shown on one guitar. Serialises; unknown or broken numbers are dropped.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, from = "Kept")]
pub struct Trust {
    /// Strings of strums that were played alone afterwards.
    pub checked: u32,
    /// Those of them that did what the strum's verdict said.
    pub right: u32,
    /// Log-odds added for strings with partials of their own and for shared ones, −1…1.
    free: f32,
    shared: f32,
}

/// As it lies in a file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Kept {
    checked: u32,
    right: u32,
    free: f32,
    shared: f32,
}

impl From<Kept> for Trust {
    fn from(kept: Kept) -> Self {
        let bounded = |x: f32| if x.is_finite() { x.clamp(-BOUND, BOUND) } else { 0.0 };
        let right = kept.right.min(kept.checked);
        Self {
            checked: kept.checked,
            right,
            free: bounded(kept.free),
            shared: bounded(kept.shared),
        }
    }
}

impl Trust {
    /// Share of the checked strings whose verdict was right; none before a dozen.
    #[must_use]
    pub fn hit_rate(&self) -> Option<f32> {
        (self.checked >= ENOUGH).then(|| self.right as f32 / self.checked as f32)
    }

    /// What to add to the log-odds of a string.
    pub(crate) fn bias(&self, shared: bool) -> f32 {
        if shared { self.shared } else { self.free }
    }

    fn count(&mut self, right: bool) {
        self.checked = self.checked.saturating_add(1);
        self.right = self.right.saturating_add(u32::from(right));
    }

    fn learn(&mut self, shared: bool, odds: f32, rang: bool) {
        let bias = if shared { &mut self.shared } else { &mut self.free };
        let expected = 1.0 / (1.0 + (-(odds + *bias)).exp());
        let surprise = if rang { 1.0 } else { 0.0 } - expected;
        *bias = (*bias + STEP * surprise).clamp(-BOUND, BOUND);
    }
}

/// A string of the last strum was heard alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Check {
    /// When the strum began.
    pub strum: Duration,
    /// Which string.
    pub string: StringNumber,
    /// Whether it rang at its pitch.
    pub rang: bool,
    /// Whether the strum's verdict had said so; none where it said nothing that this settles.
    pub right: Option<bool>,
    /// What checking has shown so far.
    pub trust: Trust,
}

/// What a strum's verdict said of one asked string.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claim {
    pub(crate) string: StringNumber,
    pub(crate) pitch: Pitch,
    pub(crate) shared: bool,
    /// Log-odds of ringing, without any bias.
    pub(crate) odds: f32,
    pub(crate) said: StringState,
    /// Whether only shared partials leave it in doubt, and not much.
    pub(crate) faint: bool,
}

/// The claims of one strum and what was heard of them alone.
#[derive(Debug, Default)]
pub(crate) struct Checking {
    strum: Duration,
    claims: Vec<(Claim, Option<bool>)>,
    last: Option<usize>,
    /// A thump since the last note.
    thump: bool,
}

impl Checking {
    /// Of the strum that began at `strum`.
    pub(crate) fn of(strum: Duration, claims: Vec<Claim>) -> Self {
        let claims = claims.into_iter().map(|claim| (claim, None)).collect();
        Self { strum, claims, ..Self::default() }
    }

    /// Whether the student has begun to play the strings one by one.
    pub(crate) fn is_open(&self) -> bool {
        self.last.is_some() && !self.claims.is_empty()
    }

    /// A single note.
    pub(crate) fn note(&mut self, pitch: Pitch, cents: f32, trust: &mut Trust) -> Vec<Check> {
        let near = |claim: &Claim| claim.pitch == pitch && cents.abs() < OFF;
        let Some(place) = self.claims.iter().position(|(claim, _)| near(claim)) else {
            (self.last, self.thump) = (None, false);
            return Vec::new();
        };
        // One string between two neighbours that ring, and a thump for it.
        let between = self.last.filter(|last| self.thump && last.abs_diff(place) == 2);
        (self.last, self.thump) = (Some(place), false);
        let skipped = between.and_then(|last| self.heard((last + place) / 2, false, trust));
        let own = self.heard(place, true, trust);
        self.learn(trust);
        skipped.into_iter().chain(own).collect()
    }

    /// A thump: of `string` where that is known, else of the one that the next note leaves out.
    pub(crate) fn thump(&mut self, string: Option<StringNumber>, trust: &mut Trust) -> Vec<Check> {
        self.thump = string.is_none();
        let place = string
            .and_then(|string| self.claims.iter().position(|(claim, _)| claim.string == string));
        let check = place.and_then(|place| self.heard(place, false, trust));
        self.learn(trust);
        check.into_iter().collect()
    }

    fn heard(&mut self, place: usize, rang: bool, trust: &mut Trust) -> Option<Check> {
        let (claim, heard) = self.claims.get_mut(place).filter(|(_, heard)| heard.is_none())?;
        *heard = Some(rang);
        let right = match claim.said {
            StringState::Rings | StringState::Buzz => Some(rang),
            // Accused and ringing now: the finger may have moved since.
            StringState::Dead | StringState::NotPlayed if !rang => Some(true),
            _ => None,
        };
        if let Some(right) = right {
            trust.count(right);
        }
        Some(Check { strum: self.strum, string: claim.string, rang, right, trust: *trust })
    }

    /// Learns only from a strum of which every string was heard: those that ring are played alone
    /// more often, and would teach to believe everything.
    fn learn(&mut self, trust: &mut Trust) {
        if self.claims.iter().any(|(_, heard)| heard.is_none()) {
            return;
        }
        for (claim, rang) in self.claims.drain(..) {
            let accused = !matches!(claim.said, StringState::Rings | StringState::Unsure { .. });
            if let Some(rang) = rang.filter(|rang| !(accused && *rang)) {
                trust.learn(claim.shared, claim.odds, rang);
            }
        }
        self.last = None;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;
    use crate::Doubt;

    const PITCHES: [u8; 6] = [40, 47, 52, 55, 59, 64];

    fn claims(said: [StringState; 6], odds: f32) -> Checking {
        let claim = |index: usize| Claim {
            string: StringNumber::at_index(index).unwrap(),
            pitch: Pitch(PITCHES[index]),
            shared: index.is_multiple_of(2),
            odds,
            said: said[index],
            faint: false,
        };
        Checking::of(Duration::ZERO, (0..6).map(claim).collect())
    }

    #[test]
    fn a_pass_over_all_strings_counts_each_and_finds_the_dead_one_by_its_gap() {
        let mut trust = Trust::default();
        let mut checking = claims([StringState::Rings; 6], 2.0);
        for index in [0, 1, 2] {
            assert_eq!(checking.note(Pitch(PITCHES[index]), 3.0, &mut trust).len(), 1);
        }
        assert!(checking.thump(None, &mut trust).is_empty());
        let both = checking.note(Pitch(PITCHES[4]), -2.0, &mut trust);
        let told: Vec<_> = both.iter().map(|c| (c.string.index(), c.rang, c.right)).collect();
        assert_eq!(told, [(3, false, Some(false)), (4, true, Some(true))]);
        checking.note(Pitch(PITCHES[5]), 0.0, &mut trust);
        assert_eq!((trust.checked, trust.right), (6, 5));
        assert!(trust.bias(false) < 0.0, "the dead string was praised");
        assert!(trust.hit_rate().is_none());
    }

    #[test]
    fn doubt_that_was_needless_wears_off_within_bounds() {
        let mut trust = Trust::default();
        let unsure = StringState::Unsure { why: Doubt::SharedPartials };
        for _ in 0..100 {
            let mut checking = claims([unsure; 6], -1.0);
            PITCHES.iter().for_each(|p| {
                checking.note(Pitch(*p), 0.0, &mut trust);
            });
        }
        assert_eq!(trust.checked, 0, "«not sure» is neither right nor wrong");
        assert!(trust.bias(true) > 0.9 && trust.bias(true) <= BOUND);
    }

    #[test]
    fn a_mended_finger_proves_nothing() {
        let mut trust = Trust::default();
        let mut said = [StringState::Rings; 6];
        said[2] = StringState::Dead;
        let mut checking = claims(said, -5.0);
        let check = checking.note(Pitch(PITCHES[2]), 0.0, &mut trust)[0];
        assert_eq!((check.rang, check.right), (true, None));
        assert_eq!(trust, Trust::default());
    }

    #[test]
    fn a_broken_file_cannot_push_it_out_of_bounds() {
        let trust: Trust =
            serde_json::from_str(r#"{"checked":3,"right":9,"free":1e9,"shared":-7}"#).unwrap();
        assert_eq!((trust.right, trust.bias(false), trust.bias(true)), (3, BOUND, -BOUND));
    }
}
