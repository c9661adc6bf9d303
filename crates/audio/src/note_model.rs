//! Which pitches begin when: candidates of every pitch, weighed twice.
//!
//! First each alone by its features, then in the company of the others. The weights are two
//! logistic regressions for hearing with the witness and two for hearing without; they were
//! fitted to the rendered phrases (FluidR3, MIT) and the first 11 s of the GuitarSet track
//! (CC BY 4.0), the rest of which was kept for measuring.

use crate::Roll;
use crate::novelty::Novelty;
use crate::resample::RATE;
use crate::salience::{HIGHEST, LOWEST, Salience};
use crate::take::FRAME;

/// Least strength of a candidate's rise.
const CANDIDATE: f32 = 0.12;
/// Least coarse rise round a beginning; a bend or vibrato brings less.
const ATTACK: f32 = 0.02;
/// Seconds within which a pitch begins once, and within which beginnings are company.
const APART: f64 = 0.06;
const COMPANY: f64 = 0.045;
/// Company (a sum of probabilities) that makes a strum, in which strings mask one another, and the
/// log-odds that this is worth.
const STRUM: f32 = 1.5;
const MASKED: f32 = 0.7;
const REPEATS: std::ops::Range<f64> = 0.09..1.0;
/// Semitones from a note to those on whose partials it lies.
const OVERTONES: [i32; 4] = [12, 19, 24, 28];
const LOW: [i32; 5] = [12, 19, 24, 28, 31];

/// A pitch that begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Begin {
    /// Seconds.
    pub(crate) at: f64,
    pub(crate) midi: u8,
    /// Log-odds that it does.
    pub(crate) odds: f32,
    /// Where it was measured.
    pub(crate) cents: Option<f32>,
}

/// Eight of our own and ten of the witness.
const FEATURES: usize = 18;

struct Weights {
    alone: [f32; FEATURES],
    alone_bias: f32,
    company: [f32; 5],
    company_bias: f32,
}

const WITNESSED: Weights = Weights {
    alone: [
        0.601, -0.333, 0.852, 0.213, -0.136, -0.922, -0.671, 0.369, 3.182, -0.37, -1.913, 0.148,
        -0.28, 8.78, 12.885, 3.611, 0.633, -2.548,
    ],
    alone_bias: -5.623,
    company: [0.97, 0.207, 0.316, -0.469, -1.523],
    company_bias: -0.043,
};

const UNAIDED: Weights = Weights {
    alone: [
        1.35, -0.199, 3.881, 1.106, -0.812, -0.898, 0.775, -1.725, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
        0.0, 0.0, 0.0, 0.0,
    ],
    alone_bias: -5.197,
    company: [0.977, 0.058, 0.671, -0.448, -1.733],
    company_bias: 0.371,
};

/// What begins, in order of time.
pub(crate) fn begins(salience: &Salience, novelty: &Novelty, roll: Option<&Roll>) -> Vec<Begin> {
    let weights = if roll.is_some() { &WITNESSED } else { &UNAIDED };
    let view = View { salience, novelty, roll };
    let mut all: Vec<Begin> = Vec::new();
    for frame in 2..salience.frames() as i64 - 2 {
        for midi in LOWEST..=HIGHEST {
            let pitch = i32::from(midi);
            if view.is_top(frame, pitch) && view.novelty(frame) > ATTACK {
                let odds = dot(&weights.alone, &view.features(frame, pitch)) + weights.alone_bias;
                let at = frame as f64 * FRAME as f64 / f64::from(RATE);
                all.push(Begin { at, midi, odds, cents: None });
            }
        }
    }
    let second: Vec<f32> = (0..all.len())
        .map(|index| {
            let company = company(&all, index);
            let masked = if company[1] > STRUM { MASKED } else { 0.0 };
            dot(&weights.company, &company) + weights.company_bias + masked
        })
        .collect();
    all.iter_mut().zip(second).for_each(|(begin, odds)| begin.odds = odds);
    all.retain(|begin| begin.odds > 0.0);
    once(all)
}

fn dot(weights: &[f32], features: &[f32]) -> f32 {
    weights.iter().zip(features).map(|(w, f)| w * f).sum()
}

/// The likeliest of the beginnings of one pitch that are too close.
fn once(all: Vec<Begin>) -> Vec<Begin> {
    let stronger = |begin: &Begin| {
        all.iter().any(|other| {
            other.midi == begin.midi
                && (other.at - begin.at).abs() < APART
                && (other.odds, -other.at) > (begin.odds, -begin.at)
        })
    };
    all.iter().filter(|begin| !stronger(begin)).copied().collect()
}

/// Own odds, how much begins beside, whether the pitch repeats, whether it lies on the partials of
/// what begins beside, whether it begins twice.
fn company(all: &[Begin], index: usize) -> [f32; 5] {
    let here = all[index];
    let probability = |begin: &Begin| 1.0 / (1.0 + (-begin.odds).exp());
    let first = all.partition_point(|b| b.at < here.at - REPEATS.end);
    let mut beside = [0f32; (HIGHEST - LOWEST + 1) as usize];
    let (mut repeats, mut under, mut twice) = (0f32, 0f32, 0f32);
    for (other_index, other) in all.iter().enumerate().skip(first) {
        let away = (other.at - here.at).abs();
        if other.at > here.at + REPEATS.end {
            break;
        }
        let p = probability(other);
        if other.midi != here.midi {
            if away < COMPANY {
                let slot = &mut beside[usize::from(other.midi - LOWEST)];
                *slot = slot.max(p);
                if OVERTONES.contains(&(i32::from(here.midi) - i32::from(other.midi))) {
                    under = under.max(p);
                }
            }
        } else if away > REPEATS.start && away < REPEATS.end {
            repeats = repeats.max(p);
        } else if other_index != index {
            twice = twice.max(p);
        }
    }
    beside.sort_by(|a, b| b.total_cmp(a));
    let together = beside[..5].iter().sum::<f32>().min(4.0);
    [here.odds, together, repeats, under, twice]
}

struct View<'a> {
    salience: &'a Salience,
    novelty: &'a Novelty,
    roll: Option<&'a Roll>,
}

impl View<'_> {
    fn onset(&self, frame: i64, midi: i32) -> f32 {
        self.look(frame, midi, Roll::onset)
    }

    fn note(&self, frame: i64, midi: i32) -> f32 {
        self.look(frame, midi, Roll::note)
    }

    fn look(&self, frame: i64, midi: i32, of: fn(&Roll, usize, u8) -> f32) -> f32 {
        if !crate::transcribe::playable(midi) {
            return 0.0;
        }
        match (self.roll, usize::try_from(frame), u8::try_from(midi)) {
            (Some(roll), Ok(frame), Ok(midi)) => of(roll, frame, midi),
            _ => 0.0,
        }
    }

    fn rise(&self, frame: i64, midi: i32, reach: i64) -> f32 {
        (-reach..=reach)
            .map(|k| self.salience.rise(frame + k, midi))
            .fold(f32::NEG_INFINITY, f32::max)
    }

    /// Strength of a candidate.
    fn strength(&self, frame: i64, midi: i32) -> f32 {
        match self.roll {
            Some(_) => self.onset(frame, midi) + 0.3 * self.rise(frame, midi, 1).max(0.0),
            None => {
                let rise = self.salience.rise(frame, midi).max(0.0);
                rise + 0.3 * self.level_rise(frame, midi).max(0.0)
            }
        }
    }

    fn is_top(&self, frame: i64, midi: i32) -> bool {
        let here = self.strength(frame, midi);
        here > CANDIDATE
            && here >= self.strength(frame - 1, midi)
            && here >= self.strength(frame - 2, midi)
            && here > self.strength(frame + 1, midi)
            && here > self.strength(frame + 2, midi)
    }

    fn level_rise(&self, frame: i64, midi: i32) -> f32 {
        let level = |k: i64| self.salience.level(frame + k, midi);
        mean(6..=12, level) - mean(-10..=-6, level)
    }

    fn features(&self, frame: i64, midi: i32) -> [f32; FEATURES] {
        let level = |k: i64| self.salience.level(frame + k, midi);
        let low = |k: i64| lowest(&LOW, midi, |m| self.salience.level(frame + k, m));
        let (novelty, rise) = (self.novelty(frame).min(0.4), self.rise(frame, midi, 2));
        let after = mean(4..=10, level);
        let mut all = [0f32; FEATURES];
        all[..8].copy_from_slice(&[
            novelty,
            rise,
            after,
            self.level_rise(frame, midi),
            mean(4..=10, low),
            mean(1..=3, level) - mean(-4..=-2, level),
            rise * after,
            novelty * after,
        ]);
        if self.roll.is_some() {
            all[8..].copy_from_slice(&self.witnessed(frame, midi));
        }
        all
    }

    /// Largest coarse rise near a frame.
    fn novelty(&self, frame: i64) -> f32 {
        (-4..=4).map(|k| self.novelty.at(2 * (frame + k))).fold(0f32, f32::max)
    }

    fn witnessed(&self, frame: i64, midi: i32) -> [f32; FEATURES - 8] {
        let note = |k: i64| self.note(frame + k, midi);
        let note_low = |k: i64| lowest(&OVERTONES, midi, |m| self.note(frame + k, m));
        let onset = (-1..=1).map(|k| self.onset(frame + k, midi)).fold(0f32, f32::max);
        let side = self.onset(frame, midi - 1).max(self.onset(frame, midi + 1));
        let after = mean(2..=9, note);
        let step = |k: i64| (note(k) - note(k - 1)).min(note(k) - note(k - 2)).max(0.0);
        [
            onset,
            after,
            mean(-8..=-4, note),
            mean(2..=9, note_low),
            side,
            onset * after,
            (-2..=2).map(step).fold(0f32, f32::max),
            (mean(1..=4, note) - mean(-5..=-2, note)).max(0.0),
            (0..=9).map(note).fold(0f32, f32::max),
            onset * onset,
        ]
    }
}

/// The most that any pitch so many semitones below `midi` reaches.
fn lowest(below: &[i32], midi: i32, of: impl Fn(i32) -> f32) -> f32 {
    below.iter().map(|down| of(midi - down)).fold(0f32, f32::max)
}

fn mean(frames: std::ops::RangeInclusive<i64>, of: impl Fn(i64) -> f32) -> f32 {
    let count = (frames.end() - frames.start() + 1) as f32;
    frames.map(of).sum::<f32>() / count
}
