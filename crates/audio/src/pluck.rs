//! What a pluck added to the sound before it, by band and moment: how much at its attack, how
//! much was left of it later. Noise and a chord that rings on are in both and fall out.
//!
//! It knows no pitch and says nothing of strings; [`crate::alone`] asks it about a thump.

use std::collections::VecDeque;

use crate::evidence::decibel;
use crate::history::History;
use crate::onset::HOP;
use crate::resample::RATE;
use crate::spectrum::Transform;

/// Samples of a frame (40 ms) and of its transform; frames begin every [`HOP`].
const FRAME: usize = RATE as usize / 25;
const SIZE: usize = 1024;
/// Bands of half an octave and more; the first holds the knock of the body.
const BANDS: usize = 11;
const EDGES: [f32; BANDS + 1] =
    [80.0, 200.0, 300.0, 400.0, 566.0, 800.0, 1131.0, 1600.0, 2263.0, 3200.0, 4525.0, 6400.0];
/// Bands under 800 Hz.
const LOW: usize = 5;
/// Frames of the sound before, and between them and the attack: 200 and 30 ms.
const BEFORE: usize = 34;
const APART: usize = 5;
/// Frames from the attack to what is left of it (140 ms), and how many of them must have come
/// (60 ms).
const LATER: usize = 24;
const LEFT: usize = 10;
/// Frames round the rise in which the attack lies: 20 ms before, 100 ms after.
const EARLIEST: usize = 3;
const LATEST: usize = 17;
/// Frames of the attack whose spectrum is looked at (40 ms).
const STRIKE: usize = 7;
/// Bands whose mean rise is the strength of a pluck: one band alone may be anything.
const WIDE: usize = 3;
/// Rise in dB by which a pluck stands out of steady noise. In 70,000 frames of the bench's rooms
/// without a pluck it was at most 4.9; nine of ten damped strings give more than this.
const STRUCK_DB: f32 = 6.5;

/// Rise in dB of a band later under which no string rings in it. On the bench it lay under 3 after
/// 95 % of the damped strings, over 6 after all that rang.
const STILL_DB: f32 = 4.0;
/// What loses this much by then died as well, loud as it was.
const DIED_DB: f32 = 22.0;

type Powers = [f32; BANDS];

/// Mean power by band of one frame.
fn powers(transform: &mut Transform, frame: &[f32]) -> Powers {
    let spectrum = transform.magnitudes(frame);
    std::array::from_fn(|band| {
        let [from, to] = [EDGES[band], EDGES[band + 1]].map(|hz| spectrum.place(hz) as usize);
        let bins = spectrum.bins.get(from..to).unwrap_or_default();
        bins.iter().map(|m| m * m).sum::<f32>() / bins.len().max(1) as f32
    })
}

fn mean<'a>(frames: impl ExactSizeIterator<Item = &'a Powers>) -> Powers {
    let count = frames.len().max(1) as f32;
    let mut sum = Powers::default();
    for frame in frames {
        sum.iter_mut().zip(frame).for_each(|(sum, power)| *sum += power / count);
    }
    sum
}

/// `now` over `before` in dB.
fn rise(now: &Powers, before: &Powers) -> Powers {
    std::array::from_fn(|band| decibel((now[band] / before[band].max(1e-18)).sqrt()))
}

fn strength(rise: &Powers) -> f32 {
    let mut sorted = *rise;
    sorted.sort_by(f32::total_cmp);
    sorted[BANDS - WIDE..].iter().sum::<f32>() / WIDE as f32
}

/// Waits for a pluck, frame by frame.
#[derive(Debug)]
pub(crate) struct PluckWatch {
    transform: Transform,
    recent: VecDeque<Powers>,
    risen: bool,
}

impl Default for PluckWatch {
    fn default() -> Self {
        let transform = Transform::new(FRAME, SIZE);
        Self { transform, recent: VecDeque::with_capacity(BEFORE + APART + 2), risen: false }
    }
}

impl PluckWatch {
    /// Samples a frame looks at.
    pub(crate) const fn window() -> usize {
        FRAME
    }

    /// Forgets what went before: nothing is waited for.
    pub(crate) fn rest(&mut self) {
        self.recent.clear();
        self.risen = false;
    }

    /// Takes the next frame, which ends at sample `end`. The middle of the first frame that rises.
    pub(crate) fn step(&mut self, frame: &[f32], end: u64) -> Option<u64> {
        self.recent.push_back(powers(&mut self.transform, frame));
        if self.recent.len() <= BEFORE + APART {
            return None;
        }
        let before = mean(self.recent.range(..BEFORE));
        let now = self.recent.back().copied().unwrap_or_default();
        self.recent.pop_front();
        let was = std::mem::replace(&mut self.risen, strength(&rise(&now, &before)) >= STRUCK_DB);
        (self.risen && !was).then(|| end.saturating_sub(FRAME as u64 / 2))
    }
}

/// One pluck.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pluck {
    /// Rise in dB at the attack, and of what was left later, by band.
    attack: Powers,
    later: Powers,
    /// Share of the added power of the attack that lies under 800 Hz, 0–1.
    pub(crate) low: f32,
}

impl Pluck {
    /// The pluck round sample `first` in what was heard until `end`; none where too little came
    /// after it to say.
    pub(crate) fn heard(history: &History, first: u64, end: u64) -> Option<Self> {
        let begin = first as i64 - ((BEFORE + APART + EARLIEST) * HOP + FRAME / 2) as i64;
        let count = (end as i64 - begin - FRAME as i64).max(0) as usize / HOP + 1;
        let mut transform = Transform::new(FRAME, SIZE);
        let frames: Vec<Powers> = (0..count)
            .map(|n| history.window(begin + (n * HOP) as i64, FRAME))
            .map(|frame| powers(&mut transform, &frame))
            .collect();
        let before = |at: usize| mean(frames[at - APART - BEFORE..at - APART].iter());
        let last = frames.len().checked_sub(LATER + LEFT)?;
        let from = BEFORE + APART;
        let at = (from..=(from + EARLIEST + LATEST).min(last)).max_by(|a, b| {
            let strength = |at: usize| strength(&rise(&frames[at], &before(at)));
            strength(*a).total_cmp(&strength(*b))
        })?;
        let before = before(at);
        let later = mean(frames[at + LATER..].iter());
        let strike = mean(frames[at..at + STRIKE].iter());
        let low = low_share(&strike, &before);
        Some(Self { attack: rise(&frames[at], &before), later: rise(&later, &before), low })
    }

    /// Whether anything was struck at all.
    pub(crate) fn is_struck(&self) -> bool {
        strength(&self.attack) >= STRUCK_DB
    }

    /// Whether no band holds any of it later.
    pub(crate) fn is_gone(&self) -> bool {
        let mut bands = self.later.iter().zip(&self.attack);
        bands.all(|(later, attack)| *later <= STILL_DB.max(attack - DIED_DB))
    }
}

fn low_share(now: &Powers, before: &Powers) -> f32 {
    let added: Powers = std::array::from_fn(|band| {
        let width = EDGES[band + 1] - EDGES[band];
        (now[band] - before[band]).max(0.0) * width
    });
    added[..LOW].iter().sum::<f32>() / added.iter().sum::<f32>().max(1e-18)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use std::f32::consts::TAU;

    use super::*;

    const FIRST: usize = RATE as usize;
    const END: usize = FIRST + RATE as usize * 3 / 10;

    /// A second of noise and of a chord that rings on, then sines of these Hz that lose a factor e
    /// in `life` seconds.
    fn sound(partials: &[f32], life: f32) -> Vec<f32> {
        let mut seed = 7u64;
        (0..END)
            .map(|n| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let noise = 0.002 * ((seed >> 40) as f32 / (1 << 23) as f32 - 1.0);
                let rang = 0.01 * (TAU * 196.0 * n as f32 / RATE as f32).sin();
                let t = n.saturating_sub(FIRST) as f32 / RATE as f32;
                let level = if n < FIRST { 0.0 } else { 0.03 * (-t / life).exp() };
                let struck: f32 = partials.iter().map(|hz| (TAU * hz * t).sin()).sum();
                noise + rang + level * struck
            })
            .collect()
    }

    fn heard(sound: &[f32]) -> Pluck {
        let mut history = History::default();
        history.push(sound);
        Pluck::heard(&history, FIRST as u64, END as u64).unwrap()
    }

    fn watched(sound: &[f32]) -> Vec<u64> {
        let mut watch = PluckWatch::default();
        let ends = (FRAME..=sound.len()).step_by(HOP);
        ends.filter_map(|end| watch.step(&sound[end - FRAME..end], end as u64)).collect()
    }

    #[test]
    fn a_thump_is_struck_and_gone_and_low() {
        let sound = sound(&[110.0, 260.0, 350.0, 700.0], 0.015);
        let thump = heard(&sound);
        assert!(thump.is_struck() && thump.is_gone() && thump.low > 0.8, "{thump:?}");
        let at = watched(&sound);
        assert!(at.len() == 1 && at[0].abs_diff(FIRST as u64) < RATE as u64 / 50, "{at:?}");
    }

    #[test]
    fn a_string_that_rings_is_not_gone() {
        let ring = heard(&sound(&[247.0, 494.0, 741.0, 988.0], 1.0));
        assert!(ring.is_struck() && !ring.is_gone(), "{ring:?}");
    }

    #[test]
    fn a_click_is_not_low() {
        let click = heard(&sound(&[1900.0, 2500.0, 3400.0], 0.005));
        assert!(click.is_struck() && click.low < 0.1, "{click:?}");
    }

    #[test]
    fn what_rings_on_is_no_pluck() {
        let quiet = sound(&[], 1.0);
        assert!(!heard(&quiet).is_struck());
        assert!(watched(&quiet).is_empty());
    }

    #[test]
    fn a_pluck_cut_short_says_nothing() {
        let mut history = History::default();
        history.push(&sound(&[110.0], 0.02)[..FIRST + RATE as usize / 10]);
        assert!(Pluck::heard(&history, FIRST as u64, history.end()).is_none());
    }
}
