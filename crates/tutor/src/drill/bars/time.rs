//! Where the beat of a round lies, and which of its bars are known.

use std::time::Duration;

use audio::{Grid, Stroke};

use super::{Bars, State};
use crate::drill::judged::Played;

/// A beat that nobody heard is where the strokes of the first bar say, if they are later by no more
/// than a wireless loudspeaker is.
const LATEST_MS: f64 = 400.0;

impl Bars {
    /// Seconds of a beat, of a slot, of a bar.
    pub(super) fn beat(&self) -> f64 {
        60.0 / f64::from(self.bpm)
    }

    pub(super) fn slot(&self) -> f64 {
        self.beat() / self.score.per_beat as f64
    }

    pub(super) fn bar(&self) -> f64 {
        self.beat() * self.score.beats as f64
    }

    pub(super) fn count_in(&self) -> usize {
        self.exercise.target.count_in.map_or(self.score.beats, |beats| beats as usize)
    }

    pub(super) fn origin(&self) -> Option<f64> {
        match self.state {
            State::Runs(origin) | State::Over(Some((origin, _))) => Some(origin),
            State::Ready | State::Asked(_) | State::Over(None) => None,
        }
    }

    pub(super) fn grid(&self, origin: f64) -> Grid {
        Grid {
            bpm: f64::from(self.bpm),
            per_beat: self.score.per_beat as u32,
            start: Some(seconds(origin)),
            pattern: self.score.pattern(),
        }
    }

    /// Asks what is known, against the beat that begins at `origin`.
    pub(super) fn played<T>(&self, origin: f64, ask: impl FnOnce(&Played<'_>) -> T) -> T {
        let from = seconds(origin - 0.5 * self.slot());
        let own: Vec<Stroke> = self.strokes.iter().copied().filter(|s| s.at >= from).collect();
        let grid = self.grid(origin);
        ask(&Played::of(&self.score, &grid, &own, &self.strums))
    }

    /// Bars of which everything that was struck is known.
    pub(super) fn closed(&self, origin: f64) -> usize {
        let known = self.known.as_secs_f64() - self.slot() - origin;
        ((known / self.bar()).floor().max(0.0) as usize).min(self.score.bars.len())
    }

    /// Bars that count where a round ends: those of which everything is known; where the sound itself
    /// ended, all that had begun.
    pub(super) fn counted(&self, origin: f64) -> usize {
        let Some(ended) = self.ended else { return self.closed(origin) };
        let begun = ((ended.as_secs_f64() - origin) / self.bar()).ceil().max(0.0) as usize;
        begun.min(self.score.bars.len())
    }

    /// How much later than the beat the strokes of the first bar are, in seconds: their median.
    pub(super) fn lateness(&self, origin: f64) -> Option<f64> {
        let beats = self.played(origin, |played| played.beats(0));
        let mut late: Vec<f64> =
            beats.iter().filter_map(|beat| beat.offset_ms).map(f64::from).collect();
        late.sort_by(f64::total_cmp);
        let median = late.get(late.len() / 2).copied()?;
        (-LATEST_MS / 4.0..=LATEST_MS).contains(&median).then_some(median / 1_000.0)
    }

    /// Beat 0, if the first asked stroke was struck `at`.
    pub(super) fn first_beat(&self, at: Duration) -> f64 {
        let asks = self.score.bars.first().map(|bar| bar.asks.as_slice()).unwrap_or_default();
        let lead = asks.iter().position(Option::is_some).unwrap_or(0);
        at.as_secs_f64() - lead as f64 * self.slot()
    }
}

pub(super) fn seconds(value: f64) -> Duration {
    Duration::try_from_secs_f64(value.max(0.0)).unwrap_or_default()
}
