//! One stiff string with everything about it known: two polarisations, decays, noise.
#![allow(dead_code, unreachable_pub)] // included by path; nobody uses all of it

use std::f32::consts::TAU;

/// A string.
#[derive(Debug, Clone)]
pub struct Known {
    /// Exact frequency of the first partial in Hz.
    pub hz: f32,
    /// B.
    pub stiffness: f32,
    /// Amplitudes of the partials at the attack in dB.
    pub levels: Vec<f32>,
    /// Seconds to 1/e of the first partial; the k-th takes `1/(1 + fade·(k−1))` of it.
    pub decay: f32,
    pub fade: f32,
    /// Hz by which the second polarisation, 10 dB weaker, lies beside the first.
    pub apart: f32,
}

impl Known {
    /// Frequency of partial `k` in Hz.
    pub fn partial(&self, k: usize) -> f32 {
        let (k, b) = (k as f32, self.stiffness);
        k * self.hz * ((1.0 + b * k * k) / (1.0 + b)).sqrt()
    }

    pub fn decay_of(&self, k: usize) -> f32 {
        self.decay / (1.0 + self.fade * (k as f32 - 1.0))
    }

    /// `seconds` at `rate`, silence first, struck at `at`; pseudo-random phases and white noise
    /// of `snr_db` under the first second of sound.
    pub fn render(&self, rate: u32, seconds: f32, at: f32, snr_db: f32, seed: u64) -> Vec<f32> {
        let mut random = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut unit = move || {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            (random >> 40) as f32 / (1u64 << 24) as f32
        };
        let rate = rate as f32;
        let mut out = vec![0f32; (seconds * rate) as usize];
        let start = (at * rate) as usize;
        for (k, level) in (1..).zip(&self.levels) {
            let second = if self.apart == 0.0 { 0.0 } else { 0.32 };
            for (apart, gain) in [(0.0, 1.0), (self.apart, second)] {
                let hz = self.partial(k) + apart;
                if hz > 0.45 * rate {
                    continue;
                }
                let (phase, amplitude) = (f64::from(unit()), gain * 10f32.powf(level / 20.0));
                for (n, sample) in out[start..].iter_mut().enumerate() {
                    let time = n as f64 / f64::from(rate);
                    let turn = (f64::from(hz) * time + phase).fract() as f32;
                    let fade = (-(time as f32) / self.decay_of(k)).exp();
                    *sample += 0.1 * amplitude * fade * (TAU * turn).sin();
                }
            }
        }
        let first = &out[start..(start + rate as usize).min(out.len())];
        let power = first.iter().map(|s| s * s).sum::<f32>() / first.len() as f32;
        // White noise of ±1 has a mean square of a third.
        let gain = (3.0 * power).sqrt() * 10f32.powf(-snr_db / 20.0);
        out.iter_mut().for_each(|sample| *sample += gain * (2.0 * unit() - 1.0));
        out
    }
}

/// Levels of a string struck at `place` of its length, falling with k^−tilt.
pub fn struck(place: f32, tilt: f32) -> Vec<f32> {
    (1..=24)
        .map(|k| {
            let comb = (std::f32::consts::PI * k as f32 * place).sin().abs() + 0.05;
            20.0 * (comb * (k as f32).powf(-tilt)).log10()
        })
        .collect()
}
