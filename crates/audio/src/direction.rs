//! Which way a strum went, from the order in which its strings begin.
//!
//! The notes that sound after the stroke are fitted to short spectra from before it until after
//! it, together with what rang before; the moment at which each note has half risen is held
//! against its pitch. A down-stroke starts the low notes first. Three views with different windows
//! and notes must agree on the whole; fewer than three notes have no direction, and it rather
//! says nothing than guess. It asks no beat which way would be usual.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::Take;
use crate::explain::{Explainer, RANGE_HZ};
use crate::resample::RATE;
use crate::salience::{COUNT, LOWEST, Salience, tone};
use crate::spectrum::{Spectrum, Transform};
use crate::strokes::Group;
use crate::take::FRAME;

/// Samples between the short spectra.
const HOP: usize = 64;
/// Windows in samples and the share of the loudest level from which a note counts.
const VIEWS: [(usize, f32); 3] = [(1024, 0.5), (1536, 0.5), (1536, 0.65)];
const MOST_NOTES: usize = 8;
const FEWEST: usize = 3;
/// Seconds before and after the first string that are looked at.
const BEFORE: f64 = 0.07;
const AFTER: f64 = 0.35;
/// Seconds round the first string: what lies before is the background.
const CLEAR: f64 = 0.03;
/// A note that rises less than this factor was not struck.
const RISEN: f32 = 1.3;
/// Mean correlation between pitch and time at which a direction is believed. On the rendered
/// phrases and clips nine in ten are right there.
const BELIEVED: f32 = 0.5;

/// Seconds from the lowest to the highest note under which the order is not to be told from the
/// length of the windows.
const SPREAD: f32 = 0.04;

/// The way of a stroke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Low string to high string.
    Down,
    /// High string to low string.
    Up,
}

/// The direction of the stroke `group`, whose sound lasts until `end`; none when unsure.
pub(crate) fn of(take: &Take, salience: &Salience, group: Group, end: u64) -> Option<Direction> {
    let seconds = |samples: u64| samples as f64 / f64::from(RATE);
    let span = (seconds(end) - seconds(group.first) - 0.02).min(AFTER);
    let levels = levels(salience, group.first, end);
    let order = |(window, share): (usize, f32)| {
        correlation(take, group.first, span, window, &notes(&levels, share))
    };
    let orders = VIEWS.map(order);
    let mean =
        |of: fn(&(f32, f32)) -> f32| orders.iter().map(of).sum::<f32>() / orders.len() as f32;
    let (order, seconds) = (mean(|o| o.0), mean(|o| o.1));
    let believed = order.abs() > BELIEVED && seconds.abs() > SPREAD;
    believed.then_some(if order > 0.0 { Direction::Down } else { Direction::Up })
}

/// Mean level of every pitch after a stroke, up to 0.6 s.
fn levels(salience: &Salience, first: u64, end: u64) -> [f32; COUNT] {
    let frame = |sample: u64| sample as usize / FRAME;
    let from = frame(first) + 8;
    let until = frame(end.min(first + u64::from(RATE) * 6 / 10)).max(from + 3);
    let rows = salience.level.get(from..until.min(salience.frames())).unwrap_or_default();
    let count = rows.len().max(1) as f32;
    std::array::from_fn(|pitch| rows.iter().map(|row| row[pitch]).sum::<f32>() / count)
}

/// Pitches that stand out of their neighbours.
fn notes(levels: &[f32; COUNT], share: f32) -> Vec<u8> {
    let loudest = levels.iter().fold(0f32, |most, level| most.max(*level));
    let beside = |index: Option<usize>| index.and_then(|i| levels.get(i)).copied().unwrap_or(0.0);
    (0..COUNT)
        .filter(|i| levels[*i] > share * loudest)
        .filter(|i| levels[*i] >= beside(i.checked_sub(1)) && levels[*i] >= beside(Some(i + 1)))
        .map(|i| LOWEST + i as u8)
        .take(MOST_NOTES)
        .collect()
}

/// Correlation of pitch with the time of its rise, −1…1, and the seconds from the lowest to the
/// highest note along the line through them; 0 where too little rises.
fn correlation(take: &Take, first: u64, span: f64, window: usize, notes: &[u8]) -> (f32, f32) {
    if notes.len() < FEWEST {
        return (0.0, 0.0);
    }
    let curves = curves(take, first, span, window, notes);
    let risen: Vec<(f32, f32, f32)> = notes
        .iter()
        .zip(curves)
        .filter_map(|(midi, curve)| {
            half_risen(&curve).map(|(at, gain)| (f32::from(*midi), at, gain.sqrt()))
        })
        .collect();
    if risen.len() < FEWEST { (0.0, 0.0) } else { weighted_correlation(&risen) }
}

/// Time in seconds from the first string for hop `index` of the short spectra.
fn at(index: usize) -> f64 {
    (index * HOP) as f64 / f64::from(RATE) - BEFORE
}

/// Gain of every note, hop by hop.
fn curves(take: &Take, first: u64, span: f64, window: usize, notes: &[u8]) -> Vec<Vec<f32>> {
    let length = window as f32 / RATE as f32;
    let mut transform = Transform::new(window, window);
    let begin = first as i64 - (BEFORE * f64::from(RATE)) as i64;
    let hops = ((span + BEFORE + 0.02) * f64::from(RATE)) as usize / HOP;
    let spectra: Vec<Spectrum> = (0..hops)
        .map(|hop| {
            let from = begin + (hop * HOP) as i64 - window as i64 / 2;
            transform.magnitudes(&take.window(from, window))
        })
        .collect();
    let Some(one) = spectra.first() else { return vec![Vec::new(); notes.len()] };
    let explainer = Explainer::new(one, length);
    let tones = notes.iter().filter_map(|midi| tone(*midi, 0.0));
    let mut columns: Vec<_> =
        tones.map(|tone| Rc::new(vec![explainer.plain_column(&tone)])).collect();
    columns.push(Rc::new(vec![background(&spectra)]));
    let gains: Vec<Vec<f32>> = spectra
        .iter()
        .map(|spectrum| Explainer::new(spectrum, length).explain(&columns, None).weights)
        .collect();
    (0..notes.len())
        .map(|note| gains.iter().map(|g| g.get(note).copied().unwrap_or(0.0)).collect())
        .collect()
}

/// What rang before the stroke, as a column.
fn background(spectra: &[Spectrum]) -> Vec<(u32, f32)> {
    let before = spectra.iter().enumerate().take_while(|(hop, _)| at(*hop) < -CLEAR);
    let before: Vec<&Spectrum> = before.map(|(_, spectrum)| spectrum).collect();
    let Some(one) = before.first() else { return Vec::new() };
    let (low, high) = (one.place(RANGE_HZ.0) as usize, one.place(RANGE_HZ.1) as usize);
    (low..high.min(one.bins.len()))
        .map(|bin| {
            let mean = before.iter().map(|s| s.bins[bin]).sum::<f32>() / before.len() as f32;
            ((bin - low) as u32, mean + 1e-9)
        })
        .collect()
}

/// When a curve last passes half its rise before its top, and how much it rises.
fn half_risen(curve: &[f32]) -> Option<(f32, f32)> {
    let before: Vec<f32> = curve
        .iter()
        .enumerate()
        .take_while(|(hop, _)| at(*hop) < -0.02)
        .map(|(_, gain)| *gain)
        .collect();
    let base = before.iter().sum::<f32>() / before.len().max(1) as f32;
    let earliest = curve.iter().enumerate().position(|(hop, _)| at(hop) > -CLEAR)?;
    let top = (earliest..curve.len()).max_by(|a, b| curve[*a].total_cmp(&curve[*b]))?;
    let half = base + 0.5 * (curve[top] - base);
    let passed = curve[earliest..=top].iter().rposition(|gain| *gain <= half).unwrap_or(0);
    (curve[top] > RISEN * base && curve[top] > 0.0)
        .then(|| (at(earliest + passed) as f32, curve[top] - base))
}

/// Of (x, y, weight), and how far y goes along the whole range of x.
fn weighted_correlation(points: &[(f32, f32, f32)]) -> (f32, f32) {
    let all: f32 = points.iter().map(|(_, _, w)| w).sum::<f32>().max(1e-12);
    let mean = |of: &dyn Fn(&(f32, f32, f32)) -> f32| {
        points.iter().map(|p| p.2 * of(p)).sum::<f32>() / all
    };
    let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
    let together = mean(&|p| (p.0 - x) * (p.1 - y));
    let (wide, tall) = (mean(&|p| (p.0 - x).powi(2)), mean(&|p| (p.1 - y).powi(2)));
    let (first, last) = points
        .iter()
        .fold((f32::INFINITY, f32::NEG_INFINITY), |(a, b), p| (a.min(p.0), b.max(p.0)));
    let range = last - first;
    (together / ((wide * tall).sqrt() + 1e-9), range * together / (wide + 1e-9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlation_knows_its_sign_and_its_doubts() {
        let rising = [(40.0, 0.0, 1.0), (50.0, 0.02, 1.0), (60.0, 0.04, 1.0)];
        assert!(weighted_correlation(&rising).0 > 0.99);
        assert!((weighted_correlation(&rising).1 - 0.04).abs() < 1e-4);
        let falling = rising.map(|(x, y, w)| (x, -y, w));
        assert!(weighted_correlation(&falling).0 < -0.99);
        let at_once = rising.map(|(x, _, w)| (x, 0.01, w));
        assert!(weighted_correlation(&at_once).0.abs() < 0.01);
    }
}
