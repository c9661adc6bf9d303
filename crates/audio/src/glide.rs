//! A string whose pitch is pushed: bends, their release, vibrato.
//!
//! One partial of a struck note is followed peak by peak. Where it arrives without a break at what
//! seems to begin, nothing was struck there. A hammered or slid note jumps, and is not followed. It
//! finds no notes; see [`crate::transcribe`].

use crate::Take;
use crate::resample::RATE;
use crate::salience::tone;
use crate::spectrum::Transform;

/// Seconds of the window and from one to the next.
const WINDOW: f64 = 0.08;
const STEP: f64 = 0.01;
/// The most a pitch moves in a step: a vibrato of ±50 cents five times a second moves 16, a bend of
/// a whole tone in 0.3 s moves 7.
const STEP_CENTS: f32 = 20.0;
/// How far off it may be at first.
const FIRST_CENTS: f32 = 60.0;
/// Partials of the struck note that are followed.
const PARTIALS: usize = 4;
/// Share of its best level under which a partial is lost.
const LOST: f32 = 0.03;
/// Cents by which a followed partial may miss what seems to begin, and which it must have moved.
const MEETS: f32 = 45.0;
const MOVED: f32 = 30.0;
/// Partials of a pushed string go together: so many of them, within so many cents.
const COMPANY: usize = 2;
const TOGETHER: f32 = 30.0;
/// A string pushed by hand takes this long for the middle half of its way at the least; the window
/// alone makes 30 ms of a jump.
const UNHURRIED: f64 = 0.045;
/// The longest a note is followed.
const LONGEST: f64 = 3.0;
const SIZE: usize = 8192;

/// One note's partials, as they were followed.
pub(crate) struct Glide {
    from: f64,
    /// Cents from where each partial should be, step by step until it is lost.
    paths: Vec<Vec<f32>>,
    hz: Vec<f32>,
}

impl Glide {
    /// Follows the note `midi` of a guitar `offset` cents sharp from `from` to at most `until`
    /// seconds.
    pub(crate) fn of(take: &Take, midi: u8, offset: f32, from: f64, until: f64) -> Self {
        let steps = ((until.min(from + LONGEST) - from) / STEP).max(0.0) as usize;
        let length = (WINDOW * f64::from(RATE)) as usize;
        let hz: Vec<f32> = tone(midi, offset)
            .map(|tone| (1..=PARTIALS).map(|k| tone.partial(k)).collect())
            .unwrap_or_default();
        let mut paths: Vec<Vec<f32>> = vec![Vec::new(); hz.len()];
        let mut best = vec![0f32; hz.len()];
        let mut lost = vec![false; hz.len()];
        let mut transform = Transform::new(length, SIZE);
        for step in 0..steps {
            let at = from + step as f64 * STEP;
            let place = (at * f64::from(RATE)) as i64;
            let spectrum = transform.magnitudes(&take.window(place, length));
            for (k, hz) in hz.iter().enumerate() {
                if lost[k] {
                    continue;
                }
                let here = hz * (paths[k].last().copied().unwrap_or(0.0) / 1200.0).exp2();
                let reach = if step == 0 { FIRST_CENTS } else { STEP_CENTS };
                let (level, found) = spectrum.peak(here, here * reach / 1731.0);
                best[k] = best[k].max(level);
                // On the slope of another note there is no top of its own.
                let aside =
                    [-1.0, 1.0].map(|side| spectrum.level(found + side * spectrum.hz_per_bin));
                lost[k] = level < LOST * best[k] || aside.iter().any(|beside| *beside >= level);
                paths[k].push(1200.0 * (found / hz).log2());
            }
        }
        Self { from, paths, hz }
    }

    /// Whether one of the partials, pushed on its way with others of them, passes `midi` at `at`.
    pub(crate) fn arrives(&self, midi: u8, offset: f32, at: f64) -> bool {
        let Some(wanted) = tone(midi, offset).map(|tone| tone.partial(1)) else { return false };
        let place = ((at - self.from) / STEP) as usize;
        self.hz.iter().zip(&self.paths).any(|(hz, path)| {
            let (Some(so_far), Some(here)) = (path.get(..=place), path.get(place)) else {
                return false;
            };
            let miss = |cents: f32| (1200.0 * (hz / wanted).log2() + cents).abs();
            // What seems to begin is heard while the pitch passes, or a little later.
            let meets = path[place..path.len().min(place + 12)].iter().any(|c| miss(*c) < MEETS);
            let with = |other: &&Vec<f32>| {
                other.get(place).is_some_and(|cents| (cents - here).abs() < TOGETHER)
                    && other.get(..=place).is_some_and(moved)
            };
            let together = self.paths.iter().filter(with).count() >= COMPANY;
            meets && together && moved(so_far) && unhurried(path)
        })
    }

    /// Mean cents off the note of a string that moves to and fro: the median of its partials, where
    /// they were followed to the end.
    pub(crate) fn wavers(&self) -> Option<f32> {
        let longest = self.paths.iter().map(Vec::len).max()?;
        let whole = self.paths.iter().filter(|path| path.len() == longest && moved(path));
        let mut means: Vec<f32> =
            whole.map(|path| path.iter().sum::<f32>() / path.len().max(1) as f32).collect();
        means.sort_by(f32::total_cmp);
        if means.len() < COMPANY { None } else { means.get(means.len() / 2).copied() }
    }

    /// How many semitones the string is pushed up: the median of its partials.
    pub(crate) fn semitones(&self) -> u8 {
        let mut tops: Vec<f32> = self
            .paths
            .iter()
            .filter(|path| moved(path) && unhurried(path))
            .map(|path| bounds(path).1)
            .collect();
        tops.sort_by(f32::total_cmp);
        let top = tops.get(tops.len() / 2).copied().unwrap_or(0.0);
        if 2 * tops.len() < self.paths.len() { 0 } else { (top / 100.0).round().max(0.0) as u8 }
    }
}

fn bounds(path: &[f32]) -> (f32, f32) {
    path.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(a, b), c| (a.min(*c), b.max(*c)))
}

fn moved(path: &[f32]) -> bool {
    let (low, high) = bounds(path);
    high - low > MOVED
}

/// Whether the middle half of the way was gone step by step.
fn unhurried(path: &[f32]) -> bool {
    let (low, high) = bounds(path);
    let (quarter, rest) = (low + 0.25 * (high - low), high - 0.25 * (high - low));
    path.iter().filter(|c| (quarter..rest).contains(*c)).count() as f64 * STEP >= UNHURRIED
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(cents: impl Fn(f32) -> f32) -> Take {
        let mut phase = 0f32;
        let samples: Vec<f32> = (0..RATE as usize)
            .map(|n| {
                let hz = 293.66 * (cents(n as f32 / RATE as f32) / 1200.0).exp2();
                phase = (phase + hz / RATE as f32).fract();
                (std::f32::consts::TAU * phase).sin()
                    + 0.5 * (2.0 * std::f32::consts::TAU * phase).sin()
            })
            .collect();
        let mut take = Take::new(RATE);
        take.push(&samples);
        take.end();
        take
    }

    #[test]
    fn a_bend_arrives_and_a_jump_does_not() {
        let bend = take(|t| 200.0 * ((t - 0.2) / 0.4).clamp(0.0, 1.0));
        let glide = Glide::of(&bend, 62, 0.0, 0.05, 0.9);
        assert!(glide.arrives(63, 0.0, 0.4) && glide.arrives(64, 0.0, 0.6));
        assert!(glide.arrives(76, 0.0, 0.6), "its octave with it");
        assert!(!glide.arrives(67, 0.0, 0.6));
        let jump = take(|t| if t < 0.4 { 0.0 } else { 200.0 });
        assert!(!Glide::of(&jump, 62, 0.0, 0.05, 0.9).arrives(64, 0.0, 0.45));
        let small = take(|t| if t < 0.4 { 0.0 } else { 100.0 });
        assert!(!Glide::of(&small, 62, 0.0, 0.05, 0.9).arrives(63, 0.0, 0.42));
        let still = take(|_| 0.0);
        assert!(!Glide::of(&still, 62, 0.0, 0.05, 0.9).arrives(62, 0.0, 0.5));
    }
}
