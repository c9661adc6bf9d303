//! How the hand lies for a while. One picture says nothing, and a hint is given once in a lesson:
//! it is tentative, and whether it is comfortable only the student knows.

use std::time::Duration;

use theory::Finger;

use super::fact;
use crate::diagnosis::condition as c;
use crate::diagnosis::facts::{Fact, Slots};
use crate::diagnosis::table::Condition;
use crate::{Hand, Placement};

/// Row L12: a wrist bent by more than this, for so long.
const BENT_DEG: f32 = 50.0;
const BENT: Duration = Duration::from_secs(10);
/// Row L24: a joint bent backwards for so long.
const COLLAPSED: Duration = Duration::from_secs(2);
/// Row L25: a trend, not a moment.
const HIDDEN: Duration = Duration::from_secs(30);
/// Pictures further apart say nothing of the time between them.
const GAP: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, Default)]
pub(super) struct HandWatch {
    last: Option<Duration>,
    bent: Lasting,
    collapsed: Lasting,
    finger: Option<Finger>,
    hidden: Lasting,
}

/// Since when something is so, and whether it was told.
#[derive(Debug, Clone, Copy, Default)]
struct Lasting {
    since: Option<Duration>,
    told: bool,
}

impl Lasting {
    /// Whether it is so, for the first time, for `long`.
    fn step(&mut self, so: Option<bool>, at: Duration, long: Duration) -> bool {
        // What was not seen says nothing.
        let Some(so) = so else { return false };
        if !so {
            self.since = None;
            return false;
        }
        let since = *self.since.get_or_insert(at);
        let due = !self.told && at.saturating_sub(since) > long;
        self.told |= due;
        due
    }
}

impl HandWatch {
    pub(super) fn step(&mut self, placement: &Placement) -> Option<Fact> {
        let at = placement.at;
        if self.last.is_none_or(|last| at.saturating_sub(last) > GAP) {
            self.interrupt();
        }
        self.last = Some(at);
        let hand = placement.hand?;
        self.found(&hand, at).map(|(condition, finger)| {
            fact(condition, Slots { finger: finger.map(Some), ..Slots::default() })
        })
    }

    fn found(&mut self, hand: &Hand, at: Duration) -> Option<(Condition, Option<Finger>)> {
        let bent = hand.wrist_deg.map(|degrees| degrees > BENT_DEG);
        if hand.collapsed != self.finger {
            self.finger = hand.collapsed;
            self.collapsed.since = None;
        }
        // All three go on counting, whichever is told.
        let bent = self.bent.step(bent, at, BENT);
        let collapsed = self.collapsed.step(Some(hand.collapsed.is_some()), at, COLLAPSED);
        let hidden = self.hidden.step(hand.pinky_hidden, at, HIDDEN);
        if bent {
            Some((c::WRIST_BENT, None))
        } else if collapsed {
            Some((c::COLLAPSED_TIP, hand.collapsed))
        } else {
            hidden.then_some((c::PINKY_HIDDEN, None))
        }
    }

    fn interrupt(&mut self) {
        for lasting in [&mut self.bent, &mut self.collapsed, &mut self.hidden] {
            lasting.since = None;
        }
    }
}
