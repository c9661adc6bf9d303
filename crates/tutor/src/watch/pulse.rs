//! How the beat is kept over a few bars: early, late, unsteady, late at the changes, against the
//! pattern. It hears nothing; strokes come measured ([`Beat`]).

use std::collections::VecDeque;

use audio::Direction;

use super::fact;
use crate::Beat;
use crate::diagnosis::condition as c;
use crate::diagnosis::facts::{Fact, Slots};
use crate::diagnosis::table::Condition;

/// Strokes that are looked back on.
const KEPT: usize = 64;
/// Rows M03 and M04: mean offset in milliseconds over so many beats, and the strokes it needs.
const OFF_MS: f32 = 35.0;
const OFF_BEATS: f64 = 8.0;
const OFF_STROKES: usize = 6;
/// Row M05: scatter in milliseconds over so many beats round a mean near the beat.
const SCATTER_MS: f32 = 45.0;
const SCATTER_BEATS: f64 = 16.0;
const SCATTER_STROKES: usize = 12;
const ON_TIME_MS: f32 = 20.0;
/// Row M01: a late change, and how many.
const LATE_MS: f32 = 120.0;
const LATE_CHANGES: usize = 4;
/// Row M02: changes with silence before them.
const STOPS: usize = 2;
/// A beat of silence, less what a hand may be early.
const SILENT_BEATS: f64 = 0.9;
/// Row R08: strokes after a rest, and how late.
const RESTS: usize = 3;
const RESUMED_MS: f32 = 60.0;
/// Row M10: long over short eighths; pairs it needs.
const SWING: f32 = 1.35;
const PAIRS: usize = 6;
/// Row R05: milliseconds from first to last string, and strokes.
const RAKE_MS: f32 = 80.0;
const RAKES: usize = 3;
/// Row R06: up-strokes weaker by so many dB; strokes each way.
const WEAK_DB: f32 = 8.0;
const WEAK: usize = 3;
/// Row R07: strokes the wrong way in two bars.
const WRONG: usize = 2;
/// Row M08: an accent over the other strokes in dB, and bars.
const ACCENT_DB: f32 = 3.0;
const BARS: usize = 2;

#[derive(Debug, Clone, Default)]
pub(crate) struct Pulse {
    beats: VecDeque<Beat>,
}

impl Pulse {
    /// Takes the next slot. What was found is found once: the next one needs as many beats anew.
    pub(crate) fn step(&mut self, beat: &Beat) -> Option<Fact> {
        if self.beats.back().is_some_and(|last| beat.beat <= last.beat) {
            self.beats.clear();
        }
        self.beats.push_back(*beat);
        if self.beats.len() > KEPT {
            self.beats.pop_front();
        }
        let (condition, slots) = self.found()?;
        self.beats.clear();
        Some(fact(condition, slots))
    }

    /// The most urgent first.
    fn found(&self) -> Option<(Condition, Slots)> {
        let plain = |condition: Condition| (condition, Slots::default());
        self.late_changes()
            .or_else(|| self.stops())
            .or_else(|| self.resumed_late())
            .or_else(|| self.off_beat())
            .or_else(|| self.lost_beat())
            .map(plain)
            .or_else(|| self.wrong_way())
            .or_else(|| self.raked().or_else(|| self.weak_up()).or_else(|| self.swung()).map(plain))
    }

    /// The slots of the last `beats` beats; none while fewer have gone by.
    fn last(&self, beats: f64) -> Option<Vec<&Beat>> {
        let (first, last) = (self.beats.front()?, self.beats.back()?);
        let slot = self.spacing();
        (last.beat - first.beat + slot >= beats).then(|| {
            self.beats.iter().filter(|b| b.beat > last.beat + slot - beats - 1e-6).collect()
        })
    }

    /// Two bars.
    fn bars(&self) -> Option<Vec<&Beat>> {
        self.last(2.0 * f64::from(self.beats.back()?.bar))
    }

    /// Beats from slot to slot.
    fn spacing(&self) -> f64 {
        let mut gaps: Vec<f64> = self
            .beats
            .iter()
            .zip(self.beats.iter().skip(1))
            .map(|(a, b)| b.beat - a.beat)
            .collect();
        gaps.sort_by(f64::total_cmp);
        gaps.get(gaps.len() / 2).copied().unwrap_or(1.0)
    }

    fn late_changes(&self) -> Option<Condition> {
        let changes: Vec<f32> =
            self.beats.iter().filter(|b| b.change).filter_map(|b| b.offset_ms).collect();
        let last = changes.get(changes.len().checked_sub(LATE_CHANGES)?..)?;
        let others = offsets(self.beats.iter().filter(|b| !b.change));
        let rest_in_time = others.len() >= LATE_CHANGES && mean(&others).abs() <= OFF_MS;
        (rest_in_time && last.iter().all(|ms| *ms > LATE_MS)).then_some(c::LATE_CHANGE)
    }

    fn stops(&self) -> Option<Condition> {
        let played: Vec<&Beat> = self.beats.iter().filter(|b| b.offset_ms.is_some()).collect();
        let spacing = self.spacing();
        let changes: Vec<bool> = played
            .windows(2)
            .filter(|pair| pair[1].change)
            .map(|pair| {
                let gap = pair[1].at.saturating_sub(pair[0].at).as_secs_f64() * 1000.0;
                gap > (SILENT_BEATS + spacing) * f64::from(pair[1].beat_ms)
            })
            .collect();
        let last = changes.get(changes.len().checked_sub(STOPS)?..)?;
        last.iter().all(|stopped| *stopped).then_some(c::STOP_BEFORE_CHANGE)
    }

    fn off_beat(&self) -> Option<Condition> {
        let plain = |b: &&&Beat| !b.change;
        let near = offsets(self.last(OFF_BEATS)?.iter().filter(plain).copied());
        if near.len() >= OFF_STROKES {
            let (first, second) = near.split_at(near.len() / 2);
            let offset = mean(&near);
            if offset < -OFF_MS && mean(second) < mean(first) {
                return Some(c::RUSHING);
            }
            if offset > OFF_MS {
                return Some(c::DRAGGING);
            }
        }
        let long = offsets(self.last(SCATTER_BEATS)?.iter().filter(plain).copied());
        let unsteady = long.len() >= SCATTER_STROKES
            && mean(&long).abs() < ON_TIME_MS
            && spread(&long) > SCATTER_MS;
        unsteady.then_some(c::UNSTEADY)
    }

    fn resumed_late(&self) -> Option<Condition> {
        let bars = self.bars()?;
        let resumed = offsets(bars.iter().filter(|b| b.after_rest).copied());
        let others = offsets(bars.iter().filter(|b| !b.after_rest).copied());
        let late = resumed.len() >= RESTS && mean(&resumed) > RESUMED_MS;
        let steady = others.len() >= RESTS && mean(&others).abs() <= OFF_MS;
        (late && steady).then_some(c::HAND_STOPS)
    }

    fn lost_beat(&self) -> Option<Condition> {
        let levels: Vec<f32> = self.beats.iter().filter_map(|b| b.level_db).collect();
        let loud = mean(&levels) + ACCENT_DB;
        let accents: Vec<&Beat> =
            self.beats.iter().filter(|b| b.level_db.is_some_and(|db| db >= loud)).collect();
        let bars: Vec<f64> = accents.windows(2).map(|p| (p[1].beat - p[0].beat).round()).collect();
        let last = bars.get(bars.len().checked_sub(BARS)?..)?;
        let bar = f64::from(self.beats.back()?.bar);
        let all = |length: f64| last.iter().all(|beats| (beats - length).abs() < 0.1);
        if all(bar - 1.0) { Some(c::BEAT_LOST) } else { all(bar + 1.0).then_some(c::BEAT_EXTRA) }
    }

    fn wrong_way(&self) -> Option<(Condition, Slots)> {
        let bars = self.bars()?;
        let wrong = |way: Direction| {
            let other = |b: &&&Beat| b.asked == Some(way) && b.direction.is_some_and(|d| d != way);
            bars.iter().filter(other).count() >= WRONG
        };
        let way = [Direction::Up, Direction::Down].into_iter().find(|way| wrong(*way))?;
        Some((c::WRONG_WAY, Slots { way: Some(way), ..Slots::default() }))
    }

    fn raked(&self) -> Option<Condition> {
        let spreads: Vec<f32> = self.beats.iter().filter_map(|b| b.spread_ms).collect();
        let last = spreads.get(spreads.len().checked_sub(RAKES)?..)?;
        last.iter().all(|ms| *ms > RAKE_MS).then_some(c::SLOW_RAKE)
    }

    fn weak_up(&self) -> Option<Condition> {
        let bars = self.bars()?;
        let levels = |way: Direction| -> Vec<f32> {
            bars.iter().filter(|b| b.asked == Some(way)).filter_map(|b| b.level_db).collect()
        };
        let (up, down) = (levels(Direction::Up), levels(Direction::Down));
        let asked = bars.iter().filter(|b| b.asked == Some(Direction::Up));
        let missing = asked.filter(|b| b.offset_ms.is_none()).count();
        let weak = up.len() >= WEAK && down.len() >= WEAK && mean(&up) < mean(&down) - WEAK_DB;
        (weak || (missing >= WEAK && missing > up.len() && down.len() >= WEAK))
            .then_some(c::WEAK_UP)
    }

    fn swung(&self) -> Option<Condition> {
        let bars = self.bars()?;
        let mut ratios: Vec<f32> = bars
            .windows(3)
            .filter(|w| w.iter().all(|b| b.offset_ms.is_some()) && is_eighth(w[1].beat))
            .filter(|w| (w[2].beat - w[0].beat - 1.0).abs() < 0.1)
            .map(|w| {
                let long = w[1].at.saturating_sub(w[0].at).as_secs_f32();
                long / w[2].at.saturating_sub(w[1].at).as_secs_f32().max(1e-3)
            })
            .collect();
        ratios.sort_by(f32::total_cmp);
        (ratios.len() >= PAIRS && ratios[ratios.len() / 2] > SWING).then_some(c::SWINGY)
    }
}

fn is_eighth(beat: f64) -> bool {
    (beat.rem_euclid(1.0) - 0.5).abs() < 0.1
}

fn offsets<'a>(beats: impl Iterator<Item = &'a Beat>) -> Vec<f32> {
    beats.filter_map(|beat| beat.offset_ms).collect()
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len().max(1) as f32
}

/// Standard deviation.
fn spread(values: &[f32]) -> f32 {
    let middle = mean(values);
    mean(&values.iter().map(|v| (v - middle).powi(2)).collect::<Vec<_>>()).sqrt()
}
