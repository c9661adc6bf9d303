//! When a string was struck: a rise of the short-time level. Coarse on purpose: the tuner only
//! must not look back over a pluck.

use crate::history::History;
use crate::resample::RATE;

/// Samples between frames (10 ms), and frames in a measured level (20 ms, a period of the lowest
/// strings).
const STEP: u64 = RATE as u64 / 100;
const SPAN: u64 = 2;
/// Frames the level is compared with, counted back from the frame before.
const BACK: usize = 6;
/// Rise in power over the loudest of them that is an attack (3.5 dB).
const RISE: f32 = 2.25;
/// Mean square under which nothing is sound, about −80 dB full scale.
const QUIETEST: f32 = 1e-8;

/// Finds attacks, frame by frame.
#[derive(Debug, Default)]
pub(super) struct AttackDetector {
    frames: u64,
    recent: Vec<f32>,
    rising: bool,
}

impl AttackDetector {
    /// Goes on to `end` and gives the place of the last attack before it, if there was one.
    pub(super) fn advance(&mut self, history: &History, end: u64) -> Option<u64> {
        let mut found = None;
        while (self.frames + SPAN) * STEP <= end {
            let from = self.frames * STEP;
            let samples = history.window(from as i64, (SPAN * STEP) as usize);
            let power = samples.iter().map(|s| s * s).sum::<f32>() / samples.len() as f32;
            let before = self.recent.iter().fold(QUIETEST, |m, p| m.max(*p));
            let rises = power > RISE * before;
            if rises || self.rising && power > before {
                found = Some(from + STEP);
            }
            self.rising = rises;
            self.recent.push(power);
            if self.recent.len() > BACK {
                self.recent.remove(0);
            }
            self.frames += 1;
        }
        found
    }
}
