//! What was played against the bars of a score: stroke by stroke, then bar by bar.
//!
//! Early and late are [`audio::Grid`]'s; here only whether that is in time, and whether the chord was
//! the one that the bar asks for.

use std::time::Duration;

use audio::{Grid, Placed, Stroke, Strum, Verdict};
use theory::{Chord, Quality, Tuning};

use super::Exercise;
use super::score::Score;
use crate::Beat;

/// A stroke further from its slot is not in time: row M01's late change.
const IN_TIME_MS: f64 = 120.0;
/// A strum and the stroke it was are told within this.
const SAME: Duration = Duration::from_millis(120);
/// A chord heard with less is not called a chord.
const HEARD: f32 = 0.6;

/// A strum as the ears judged it.
#[derive(Debug, Clone, Copy)]
struct Known {
    at: Duration,
    /// Which of the asked chords it is, or which other one, if that is sure.
    chord: Option<Chord>,
    /// What the whole sounds like, whatever the strings do.
    heard: Option<Chord>,
}

/// The strums of a round as the ears judged them.
#[derive(Debug, Clone, Default)]
pub(super) struct Strums(Vec<Known>);

impl Strums {
    /// Keeps which chord of the exercise was played, if that is sure; one that is told anew replaces itself.
    pub(super) fn take(&mut self, strum: &Strum, exercise: &Exercise, tuning: &Tuning) {
        let of_voicing = |voicing| {
            let mut known = exercise.chords().into_iter();
            known.find(|chord| exercise.voicings_in(*chord, tuning).contains(&voicing))
        };
        let heard = strum.chord.filter(|heard| heard.confidence >= HEARD).map(|heard| heard.chord);
        let chord = match strum.verdict {
            Some(Verdict::Right) => strum.voicing.and_then(of_voicing).or(heard),
            Some(Verdict::Fault) => heard,
            _ => None,
        };
        let new = Known { at: strum.at, chord, heard };
        match self.0.iter_mut().rev().find(|known| known.at == strum.at) {
            Some(known) => *known = new,
            None => self.0.push(new),
        }
    }

    /// Whether most of what could be named is none of `chords`: other music.
    pub(super) fn are_of_others(&self, chords: &[Chord]) -> bool {
        let named = || self.0.iter().filter_map(|known| known.heard);
        let own = named().filter(|heard| chords.contains(heard)).count();
        2 * own < named().count()
    }

    /// Whether what was struck `at` is known to be another chord.
    fn is_other(&self, at: Duration, chord: Chord) -> bool {
        let near = self.0.iter().filter(|known| known.at.abs_diff(at) <= SAME);
        let nearest = near.min_by_key(|known| known.at.abs_diff(at));
        // Where the strings tell nothing, the sound of the whole does.
        let named = nearest.and_then(|known| known.chord.or(known.heard.filter(is_triad)));
        named.is_some_and(|named| named != chord)
    }
}

fn is_triad(chord: &Chord) -> bool {
    matches!(chord.quality, Quality::Maj | Quality::Min)
}

/// What became of one bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Judged {
    /// Strokes it asks for, those that were in time and of its chord, and those it does not ask for.
    pub(super) asked: u16,
    pub(super) right: u16,
    pub(super) extra: u16,
    /// Of those it does not ask for: strokes of another chord.
    pub(super) foreign: u16,
    /// Its first slot was struck in time.
    pub(super) first: bool,
}

impl Judged {
    pub(super) fn is_clean(&self) -> bool {
        self.right == self.asked && self.extra == 0
    }
}

/// A round as far as it is known.
#[derive(Debug)]
pub(super) struct Played<'a> {
    score: &'a Score,
    grid: &'a Grid,
    /// The stroke of each slot.
    slots: Vec<Option<Placed>>,
    extra: Vec<u16>,
    foreign: Vec<u16>,
    right: Vec<bool>,
}

impl<'a> Played<'a> {
    pub(super) fn of(
        score: &'a Score,
        grid: &'a Grid,
        strokes: &[Stroke],
        strums: &Strums,
    ) -> Self {
        let count = score.bars.len() * score.slots();
        let (mut slots, mut extra) = (vec![None; count], vec![0u16; score.bars.len()]);
        let mut foreign = extra.clone();
        for placed in grid.place(strokes) {
            let slot = (placed.beat * f64::from(grid.per_beat)).round();
            if slot < 0.0 || slot as usize >= count {
                continue;
            }
            let slot = slot as usize;
            if placed.extra || slots[slot].is_some() {
                let bar = slot / score.slots();
                extra[bar] += 1;
                foreign[bar] += u16::from(strums.is_other(placed.stroke.at, score.bars[bar].chord));
            } else {
                slots[slot] = Some(placed);
            }
        }
        let right = |(slot, placed): (usize, &Option<Placed>)| {
            let chord = score.bars[slot / score.slots()].chord;
            placed.as_ref().is_some_and(|placed| {
                placed.offset_ms.abs() <= IN_TIME_MS && !strums.is_other(placed.stroke.at, chord)
            })
        };
        let right = slots.iter().enumerate().map(right).collect();
        Self { score, grid, slots, extra, foreign, right }
    }

    fn asks(&self, slot: usize) -> Option<audio::Direction> {
        self.score.bars.get(slot / self.score.slots())?.asks[slot % self.score.slots()]
    }

    fn of_bar(&self, bar: usize) -> std::ops::Range<usize> {
        bar * self.score.slots()..(bar + 1) * self.score.slots()
    }

    pub(super) fn bar(&self, bar: usize) -> Judged {
        let asked = || self.of_bar(bar).filter(|slot| self.asks(*slot).is_some());
        Judged {
            asked: count(asked()),
            right: count(asked().filter(|slot| self.right[*slot])),
            extra: self.extra[bar],
            foreign: self.foreign[bar],
            first: self.right[bar * self.score.slots()],
        }
    }

    /// Everything that was struck in `bars`.
    pub(super) fn struck(&self, bars: std::ops::Range<usize>) -> u16 {
        let slots = bars.clone().flat_map(|bar| self.of_bar(bar));
        let extra: u16 = self.extra.get(bars).unwrap_or_default().iter().sum();
        extra + count(slots.filter(|slot| self.slots[*slot].is_some()))
    }

    /// Asked strokes that would be in time by chance, were as much struck anywhere in `seconds`.
    pub(super) fn by_chance(asked: u16, struck: u16, seconds: f64) -> f32 {
        let caught = 2.0 * IN_TIME_MS / 1_000.0 * f64::from(struck) / seconds.max(1e-3);
        f32::from(asked) * (1.0 - (-caught).exp()) as f32
    }

    /// The longest run of asked strokes in `bars` that were missed, and that at their end.
    pub(super) fn missed(&self, bars: std::ops::Range<usize>) -> (u16, u16) {
        let (mut longest, mut run) = (0u16, 0u16);
        for slot in bars.flat_map(|bar| self.of_bar(bar)).filter(|slot| self.asks(*slot).is_some())
        {
            run = if self.right[slot] { 0 } else { run + 1 };
            longest = longest.max(run);
        }
        (longest, run)
    }

    /// The asked strokes of a bar as the teacher sees them.
    pub(super) fn beats(&self, bar: usize) -> Vec<Beat> {
        let chord = |bar: usize| self.score.bars.get(bar).map(|bar| bar.chord);
        let changed = bar > 0 && chord(bar - 1) != chord(bar);
        let asked: Vec<usize> =
            self.of_bar(bar).filter(|slot| self.asks(*slot).is_some()).collect();
        let beat = |slot: &usize| self.beat(*slot, changed && asked.first() == Some(slot));
        asked.iter().map(beat).collect()
    }

    fn beat(&self, slot: usize, change: bool) -> Beat {
        let placed = self.slots[slot];
        let start = self.grid.start.unwrap_or_default();
        let nominal = start + Duration::from_secs_f64(slot as f64 * self.grid.slot());
        let rested = slot > 0 && self.asks(slot - 1).is_none();
        Beat {
            at: placed.map_or(nominal, |placed| placed.stroke.at),
            beat: slot as f64 / f64::from(self.grid.per_beat),
            bar: u8::try_from(self.score.beats).unwrap_or(4),
            offset_ms: placed.map(|placed| placed.offset_ms as f32),
            beat_ms: (60_000.0 / self.grid.bpm) as f32,
            direction: placed.and_then(|placed| placed.stroke.direction),
            asked: self.asks(slot),
            change,
            after_rest: rested,
            level_db: None,
            spread_ms: None,
        }
    }
}

fn count(of: impl Iterator) -> u16 {
    u16::try_from(of.count()).unwrap_or(u16::MAX)
}
