//! Any input rate to 22,050 Hz, as a stream.
//!
//! A polyphase Kaiser-windowed sinc; output time is exact rational arithmetic, so that the cut
//! of the chunks leaves no trace. Broken samples (NaN, infinities, denormals) become silence
//! here and nowhere else. It does not follow clock drift.

use std::f64::consts::PI;
use std::ops::RangeInclusive;

/// Samples per second of everything behind the resampler.
pub const RATE: u32 = 22_050;

/// Input rates that are listened to, in samples per second.
pub const RATES: RangeInclusive<u32> = 4_000..=192_000;

const PHASES: u64 = 512;
/// Zero crossings of the sinc on each side.
const CROSSINGS: f64 = 16.0;
/// Kaiser β: about 90 dB of stop band.
const BETA: f64 = 9.0;
/// Pass band as a share of the lower Nyquist frequency.
const PASS: f64 = 0.94;
/// No real input is louder; keeps one wild sample from ruling the levels.
const LOUDEST: f32 = 8.0;

/// Streams one input rate to [`RATE`].
#[derive(Debug, Clone)]
pub struct Resampler {
    rate: u32,
    up: u64,
    down: u64,
    half: usize,
    /// `phases + 1` rows of `2 * half` coefficients.
    bank: Vec<f32>,
    phases: u64,
    /// The last inputs, oldest first; `first` is the index of `recent[0]`.
    recent: Vec<f32>,
    first: i64,
    produced: u64,
}

impl Resampler {
    /// A resampler from `rate` samples per second (within [`RATES`]) at the beginning of a stream.
    #[must_use]
    pub fn new(rate: u32) -> Self {
        Self::between(rate, RATE)
    }

    /// The same to another rate than [`RATE`] (speech recognition wants 16,000).
    #[must_use]
    pub fn between(rate: u32, to: u32) -> Self {
        let shared = gcd(u64::from(rate), u64::from(to));
        let (up, down) = (u64::from(to) / shared, u64::from(rate) / shared);
        let phases = up.min(PHASES);
        let widen = (f64::from(rate) / f64::from(to)).max(1.0);
        let half = (CROSSINGS * widen).ceil() as usize;
        let bank = bank(phases, half, PASS / widen);
        let recent = vec![0.0; half];
        Self { rate, up, down, half, bank, phases, recent, first: -(half as i64), produced: 0 }
    }

    /// The input rate.
    #[must_use]
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// Output index at the time of input sample `index`.
    #[must_use]
    pub fn place(&self, index: u64) -> u64 {
        index * self.up / self.down
    }

    /// Takes the next input and appends what it makes possible to `out`.
    pub fn push(&mut self, input: &[f32], out: &mut Vec<f32>) {
        self.recent.extend(input.iter().map(|sample| clean(*sample)));
        let end = self.first + self.recent.len() as i64;
        loop {
            let ticks = self.produced * self.down;
            let centre = (ticks / self.up) as i64;
            if centre + self.half as i64 >= end {
                break;
            }
            let start = (centre + 1 - self.half as i64 - self.first) as usize;
            let window = &self.recent[start..start + 2 * self.half];
            out.push(self.interpolate(window, ticks % self.up));
            self.produced += 1;
        }
        self.forget();
    }

    /// As if `count` outputs more had gone before, a whole number of input samples; that number.
    #[cfg(test)]
    pub(crate) fn skip(&mut self, count: u64) -> u64 {
        assert!((count * self.down).is_multiple_of(self.up), "{count} are no whole samples");
        let input = count * self.down / self.up;
        self.produced += count;
        self.first += input as i64;
        input
    }

    fn interpolate(&self, window: &[f32], rest: u64) -> f32 {
        let (row, tail) = (rest * self.phases / self.up, rest * self.phases % self.up);
        let width = 2 * self.half;
        let at = row as usize * width;
        let near = dot(window, &self.bank[at..at + width]);
        if tail == 0 {
            return near;
        }
        let far = dot(window, &self.bank[at + width..at + 2 * width]);
        near + (far - near) * (tail as f32 / self.up as f32)
    }

    fn forget(&mut self) {
        let centre = (self.produced * self.down / self.up) as i64;
        let keep = (centre + 1 - self.half as i64 - self.first).max(0) as usize;
        let keep = keep.min(self.recent.len());
        self.recent.drain(..keep);
        self.first += keep as i64;
    }
}

fn clean(sample: f32) -> f32 {
    if sample.is_normal() { sample.clamp(-LOUDEST, LOUDEST) } else { 0.0 }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a8.remainder().iter().zip(b8.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a8.zip(b8) {
        for lane in 0..8 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// Row `p` delays by `p / phases` of an input sample; each row sums to 1.
fn bank(phases: u64, half: usize, cutoff: f64) -> Vec<f32> {
    let mut bank = Vec::with_capacity((phases as usize + 1) * 2 * half);
    for phase in 0..=phases {
        let shift = phase as f64 / phases as f64;
        let row: Vec<f64> = (0..2 * half)
            .map(|tap| {
                let x = tap as f64 + 1.0 - half as f64 - shift;
                sinc(cutoff * x) * kaiser(x / half as f64)
            })
            .collect();
        let sum: f64 = row.iter().sum();
        bank.extend(row.iter().map(|tap| (tap / sum) as f32));
    }
    bank
}

fn sinc(x: f64) -> f64 {
    if x.abs() < 1e-12 { 1.0 } else { (PI * x).sin() / (PI * x) }
}

fn kaiser(x: f64) -> f64 {
    if x.abs() >= 1.0 { 0.0 } else { bessel(BETA * (1.0 - x * x).sqrt()) / bessel(BETA) }
}

/// Modified Bessel function I0 by its power series.
fn bessel(x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..60 {
        term *= (x / (2.0 * f64::from(n))).powi(2);
        sum += term;
    }
    sum
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(rate: u32, hz: f64, seconds: f64) -> Vec<f32> {
        let step = 2.0 * PI * hz / f64::from(rate);
        (0..(seconds * f64::from(rate)) as usize).map(|n| (step * n as f64).sin() as f32).collect()
    }

    #[test]
    fn a_tone_keeps_pitch_phase_and_level_at_any_rate() {
        for rate in [4000, 8000, 11_025, 16_000, 22_050, 44_100, 44_101, 48_000, 96_000, 192_000] {
            let mut out = Vec::new();
            Resampler::new(rate).push(&tone(rate, 440.0, 0.5), &mut out);
            let truth = tone(RATE, 440.0, 0.5);
            let worst =
                out.iter().zip(&truth).skip(2000).map(|(a, b)| (a - b).abs()).fold(0f32, f32::max);
            assert!(worst < 2e-3, "{rate}: {worst}");
            assert!(out.len() > 10_900, "{rate}: {}", out.len());
        }
    }

    #[test]
    fn what_22050_cannot_hold_is_removed() {
        let mut out = Vec::new();
        Resampler::new(48_000).push(&tone(48_000, 13_000.0, 0.3), &mut out);
        let loudest = out[500..].iter().fold(0f32, |m, s| m.max(s.abs()));
        assert!(loudest < 1e-3, "{loudest}");
    }

    #[test]
    fn broken_samples_are_silence() {
        let mut out = Vec::new();
        let broken = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e-40, 1e30];
        Resampler::new(44_100).push(&broken.repeat(100), &mut out);
        assert!(out.iter().all(|s| s.is_finite()));
    }
}
