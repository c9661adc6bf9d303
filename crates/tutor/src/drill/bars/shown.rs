//! How a round with a beat is shown.

use std::time::Duration;

use super::{Bars, LOST, State};
use crate::drill::score::Bar;
use crate::drill::{Count, Phase, Progress, Step, words};

impl Bars {
    pub(super) fn show(&self, now: Duration, steps: &mut Vec<Step>) {
        let mut progress = Progress::new(self.kind(), Phase::Ready);
        progress.bpm = Some(self.bpm);
        let of = u32::try_from(self.score.beats).unwrap_or(1);
        let bars = u32::try_from(self.score.bars.len()).unwrap_or(1);
        let at = self.origin().map(|origin| now.as_secs_f64() - origin);
        let beat = at.map(|at| ((at + 1e-6) / self.beat()).floor() as i64);
        let bar = match (self.state, beat) {
            (State::Runs(_), Some(beat)) if beat >= 0 => beat as usize / self.score.beats,
            (State::Over(..), _) => self.score.bars.len(),
            _ => 0,
        };
        let bar = bar.min(self.score.bars.len().saturating_sub(1));
        if let Some(of_bar) = self.score.bars.get(bar) {
            progress.chord = Some(of_bar.chord);
            progress.place = of_bar.place;
            let other = |bar: &&Bar| bar.chord != of_bar.chord;
            progress.next = self.score.bars[bar..].iter().find(other).map(|bar| bar.chord);
        }
        let number = |place: usize| u32::try_from(place + 1).unwrap_or(u32::MAX);
        match (self.state, beat) {
            (State::Runs(origin), Some(beat)) if beat >= 0 => {
                let of_bar = beat as usize % self.score.beats;
                progress.phase = self.phase(origin, bar, of_bar);
                progress.beat = Some(Count { now: number(of_bar), of });
                progress.bar = Some(Count { now: number(bar), of: bars });
            }
            (State::Runs(_), Some(beat)) if -beat <= self.count_in() as i64 => {
                let counted = self.count_in() as i64 + beat;
                progress.phase = Phase::CountIn;
                let of = u32::try_from(self.count_in()).unwrap_or(1);
                progress.beat = Some(Count { now: number(counted.max(0) as usize), of });
            }
            (State::Asked(_), _) => progress.phase = Phase::CountIn,
            (State::Over(reached), _) => {
                progress.phase = Phase::Over;
                progress.outcome = reached.map(|(_, it)| words::outcome(it, self.address));
            }
            _ => {}
        }
        let known = |origin| match self.state {
            State::Over(_) => self.counted(origin),
            _ => self.closed(origin),
        };
        let (origin, closed) = self.origin().map_or((0.0, 0), |origin| (origin, known(origin)));
        let tally = self.tally(origin, closed);
        progress.clean = tally.clean;
        progress.tries = tally.attempts;
        progress.in_a_row = tally.running;
        progress.goal = Some(self.goal(origin, closed));
        steps.push(Step::Show(Box::new(progress)));
    }

    pub(super) fn phase(&self, origin: f64, bar: usize, beat: usize) -> Phase {
        let Some(of_bar) = self.score.bars.get(bar) else { return Phase::Playing };
        if of_bar.silent {
            return Phase::Silent;
        }
        let out = of_bar.out_from.is_some_and(|slot| beat * self.score.per_beat >= slot);
        let closed = self.closed(origin);
        let lost = closed > 0 && self.played(origin, |played| played.missed(0..closed)).1 >= LOST;
        let follows = self
            .strokes
            .last()
            .is_some_and(|last| last.at.as_secs_f64() > origin + closed as f64 * self.bar());
        if out || (lost && !follows) { Phase::Rejoin } else { Phase::Playing }
    }
}
