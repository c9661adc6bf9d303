//! Whether a metronome ticks beside the guitar: short sounds that are alike and keep time as no
//! hand does.
//!
//! It looks at what each rise added to the sound and at what is left of it 70 ms later. It does
//! not take anything off; that is [`crate::Canceller`]'s, where the metronome is our own.

use std::collections::VecDeque;

use crate::resample::RATE;
use crate::spectrum::{Spectrum, Transform};

/// Samples of each look (23 ms), and how long after the rise the last one lies (70 ms).
const LOOK: usize = 512;
const LATER: usize = RATE as usize * 70 / 1000;
/// Samples before the rise that belong to a [`ClickTracker::rise`].
pub(crate) const BEFORE: usize = 1_024;
/// Samples it wants altogether.
pub(crate) const SPAN: usize = BEFORE + LATER + LOOK;
const BANDS: usize = 24;
const LOWEST_HZ: f32 = 150.0;
const HIGHEST_HZ: f32 = 9_000.0;
/// What is left of a click 70 ms later, over what it added (power, −15 dB).
const LEFT: f32 = 0.03;
/// A band tells of a click where it stands so far over what rang before (power, 6 dB).
const OVER: f32 = 4.0;
/// Cosine between the bands of two clicks; those of one metronome reach 0.99.
const ALIKE: f32 = 0.98;
/// Beats a metronome may have: 40–250 a minute, in samples; how exactly it keeps them.
const SHORTEST: u64 = RATE as u64 * 240 / 1000;
const LONGEST: u64 = RATE as u64 * 1_500 / 1000;
const EXACT: u64 = RATE as u64 * 5 / 1000;
/// Clicks among the last so many beats that make a metronome: strums cover the others.
const CLICKS: usize = 5;
const BEATS: u64 = 16;
/// Two of them lie so many beats apart at the most.
const NEXT: u64 = 2;
/// Seconds of clicks that are kept.
const KEPT: u64 = RATE as u64 * 16;
/// How long it counts after its last click: 6 s, a bar of four slow beats and some.
const LASTS: u64 = RATE as u64 * 6;

#[derive(Debug, Clone)]
struct Click {
    at: u64,
    bands: [f32; BANDS],
}

/// Follows clicks.
#[derive(Debug)]
pub(crate) struct ClickTracker {
    transform: Transform,
    clicks: VecDeque<Click>,
    ticking: Option<u64>,
}

impl ClickTracker {
    pub(crate) fn new() -> Self {
        let transform = Transform::new(LOOK, LOOK);
        Self { transform, clicks: VecDeque::new(), ticking: None }
    }

    /// Sound began at sample `at`; `around` are the [`SPAN`] samples from [`BEFORE`] before it.
    pub(crate) fn rise(&mut self, at: u64, around: &[f32]) {
        let mut look = |from: usize| powers(&self.transform.magnitudes(&around[from..from + LOOK]));
        let (before, now, later) = (look(0), look(BEFORE), look(BEFORE + LATER));
        let added: [f32; BANDS] = std::array::from_fn(|n| (now[n] - before[n]).max(0.0));
        let clear = |n: &usize| now[*n] > OVER * before[*n];
        let left: f32 = (0..BANDS).filter(clear).map(|n| (later[n] - before[n]).max(0.0)).sum();
        let whole: f32 = (0..BANDS).filter(clear).map(|n| added[n]).sum();
        if whole < 1e-8 || left > LEFT * whole {
            return;
        }
        self.clicks.push_back(Click { at, bands: added.map(f32::sqrt) });
        while self.clicks.front().is_some_and(|click| at - click.at > KEPT) {
            self.clicks.pop_front();
        }
        if self.keeps_time() {
            self.ticking = Some(at);
        }
    }

    /// Whether a metronome ticks at sample `now`.
    pub(crate) fn is_ticking(&self, now: u64) -> bool {
        self.ticking.is_some_and(|last| now.saturating_sub(last) < LASTS)
    }

    /// Whether the newest click ends a row of clicks alike, at even distances.
    fn keeps_time(&self) -> bool {
        let Some(newest) = self.clicks.back() else { return false };
        let like: Vec<u64> = self
            .clicks
            .iter()
            .filter(|click| alike(&click.bands, &newest.bands))
            .map(|click| newest.at - click.at)
            .collect();
        let spans = like.iter().flat_map(|ago| (1..=NEXT).map(move |n| (*ago, n)));
        let mut beats = spans.filter(|(ago, n)| (SHORTEST * n..=LONGEST * n).contains(ago));
        beats.any(|(span, count)| {
            // The beat is known better the farther back it holds.
            let (mut beat, mut hits) = (span as f32 / count as f32, 1);
            for ago in like.iter().rev().skip(1) {
                let beats = (*ago as f32 / beat).round();
                if beats <= BEATS as f32 && (*ago as f32 - beats * beat).abs() <= EXACT as f32 {
                    beat = *ago as f32 / beats.max(1.0);
                    hits += 1;
                }
            }
            hits >= CLICKS
        })
    }
}

fn alike(a: &[f32; BANDS], b: &[f32; BANDS]) -> bool {
    let dot =
        |a: &[f32; BANDS], b: &[f32; BANDS]| -> f32 { a.iter().zip(b).map(|(x, y)| x * y).sum() };
    dot(a, b) > ALIKE * (dot(a, a) * dot(b, b)).sqrt()
}

fn powers(spectrum: &Spectrum) -> [f32; BANDS] {
    let ratio = (HIGHEST_HZ / LOWEST_HZ).powf(1.0 / BANDS as f32);
    std::array::from_fn(|band| {
        let low = LOWEST_HZ * ratio.powi(band as i32);
        let first = spectrum.place(low) as usize;
        let last = (spectrum.place(low * ratio) as usize).max(first + 1);
        spectrum.bins[first..last].iter().map(|m| m * m).sum()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten clicks with this many samples between them, each lasting `life` seconds.
    fn ticks(distance: impl Fn(usize) -> u64, life: f32) -> bool {
        let mut tracker = ClickTracker::new();
        let mut at = 20_000;
        for beat in 0..10 {
            at += distance(beat);
            let around: Vec<f32> = (0..SPAN)
                .map(|n| {
                    let t = n as f32 - BEFORE as f32;
                    let seconds = t / RATE as f32;
                    if t < 0.0 { 0.0 } else { 0.2 * (-seconds / life).exp() * (t * 0.4).sin() }
                })
                .collect();
            tracker.rise(at, &around);
        }
        tracker.is_ticking(at)
    }

    #[test]
    fn even_clicks_are_a_metronome_and_a_hand_or_a_string_is_not() {
        assert!(ticks(|_| 13_230, 0.01));
        assert!(!ticks(|beat| 13_230 + 400 * (beat as u64 * 7 % 5), 0.01));
        assert!(!ticks(|_| 13_230, 0.3));
    }
}
