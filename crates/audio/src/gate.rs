//! Whether the device cuts the guitar off between notes, as noise suppression does.
//!
//! A ringing string falls by tens of decibels a second, a damped one into the room's own echo and
//! noise. What rang a moment ago and is at digital nothing 60 ms later was switched off. One such
//! cut may be an edit; three in a row, each soon after its attack and each followed by sound, are
//! a device. It does not see suppression that leaves the noise where it was.

use std::collections::VecDeque;

use crate::meter::rms;
use crate::onset::HOP;
use crate::resample::RATE;

/// Hops of level that are kept: 0.17 s.
const KEPT: usize = 30;
/// A cut takes at most so many hops (58 ms).
const CUT: usize = 10;
/// Levels in dB full scale: what rings, what is nothing, what is less than any microphone's own
/// noise.
const RINGS: f32 = -60.0;
const NOTHING: f32 = -75.0;
const ZERO: f32 = -100.0;
/// How far a cut falls in dB, and into digital zero.
const FALL: f32 = 40.0;
const FALL_TO_ZERO: f32 = 25.0;
/// What rang fell no faster than this in dB over the 0.1 s before the cut.
const STEADY: f32 = 15.0;
/// A cut comes so soon after its attack: 1.5 s. A clip that merely ends is longer.
const SOON: u64 = hops(1_500);
/// Cuts that make a device, within so many hops (20 s).
const CUTS: usize = 3;
const WITHIN: u64 = hops(20_000);

const fn hops(ms: u64) -> u64 {
    RATE as u64 * ms / 1000 / HOP as u64
}

/// Counts cuts, hop by hop.
#[derive(Debug, Default)]
pub(crate) struct GateTracker {
    hop: u64,
    levels: VecDeque<f32>,
    /// When the sound that lasts now rose.
    rose: Option<u64>,
    /// A cut after which nothing was heard yet.
    open: Option<u64>,
    cuts: VecDeque<u64>,
}

impl GateTracker {
    /// Takes the next [`HOP`] samples; cuts count only while `strings` alone may sound.
    pub(crate) fn step(&mut self, samples: &[f32], strings: bool) {
        self.hop += 1;
        if self.levels.len() == KEPT {
            self.levels.pop_front();
        }
        let level = 20.0 * rms(samples).max(1e-7).log10();
        self.levels.push_back(level);
        if level > RINGS {
            if self.rose.is_none() {
                self.rose = Some(self.hop);
                self.cuts.extend(self.open.take());
            }
        } else if level < NOTHING
            && let Some(rose) = self.rose.take()
        {
            let soon = self.hop - rose < SOON;
            self.open = (strings && soon && self.is_cut(level)).then_some(self.hop);
        }
        while self.cuts.front().is_some_and(|cut| self.hop - cut > WITHIN) {
            self.cuts.pop_front();
        }
    }

    /// Whether a device is at work.
    pub(crate) fn is_cutting(&self) -> bool {
        self.cuts.len() >= CUTS
    }

    fn is_cut(&self, level: f32) -> bool {
        let Some(from) = self.levels.len().checked_sub(CUT + 1) else { return false };
        let (earlier, rang) = (self.levels[0], self.levels[from]);
        let fall = if level < ZERO { FALL_TO_ZERO } else { FALL };
        rang > RINGS && earlier - rang < STEADY && rang - level > fall
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four notes of `rings` seconds, each ending as `end` says (gain at seconds after the cut).
    fn cuts(rings: f32, end: impl Fn(f32) -> f32) -> bool {
        let mut tracker = GateTracker::default();
        let sound: Vec<f32> = (0..4 * RATE as usize)
            .map(|n| {
                let t = (n % RATE as usize) as f32 / RATE as f32;
                let gain = if t < rings { 1.0 } else { end(t - rings) };
                0.2 * (-2.0 * t).exp() * gain * (n as f32 * 0.13).sin()
            })
            .collect();
        sound.chunks_exact(HOP).for_each(|hop| tracker.step(hop, true));
        tracker.is_cutting()
    }

    #[test]
    fn notes_that_are_switched_off_are_and_damped_ones_are_not() {
        assert!(cuts(0.5, |t| (-t / 0.003).exp()));
        assert!(cuts(0.5, |_| 0.0));
        // A hand in a room that echoes for 0.2 s.
        assert!(!cuts(0.5, |t| 0.9 * (-t / 0.01).exp() + 0.1 * (-t / 0.029).exp()));
        assert!(!cuts(0.99, |_| 1.0));
    }
}
