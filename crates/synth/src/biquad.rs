//! One second-order filter: what microphones and rooms do to a spectrum, in two kinds.

use std::f32::consts::TAU;

/// Second-order filter (Bristow-Johnson, Audio EQ Cookbook).
#[derive(Debug, Clone, Copy)]
pub struct Biquad {
    b: [f32; 3],
    a: [f32; 2],
}

impl Biquad {
    /// Butterworth, −3 dB at `hz`.
    #[must_use]
    pub fn high_pass(hz: f32, rate: u32) -> Self {
        let w = TAU * hz / rate as f32;
        let (alpha, cos) = (w.sin() / 1.414, w.cos());
        let side = (1.0 + cos) / 2.0;
        Self::normal([side, -(1.0 + cos), side], [1.0 + alpha, -2.0 * cos, 1.0 - alpha])
    }

    /// A peak, or a dip where `db` is negative, of width `q` at `hz`.
    #[must_use]
    pub fn peak(hz: f32, q: f32, db: f32, rate: u32) -> Self {
        let w = TAU * hz / rate as f32;
        let (alpha, cos, a) = (w.sin() / (2.0 * q), w.cos(), 10f32.powf(db / 40.0));
        Self::normal(
            [1.0 + alpha * a, -2.0 * cos, 1.0 - alpha * a],
            [1.0 + alpha / a, -2.0 * cos, 1.0 - alpha / a],
        )
    }

    fn normal(b: [f32; 3], a: [f32; 3]) -> Self {
        Self { b: b.map(|x| x / a[0]), a: [a[1] / a[0], a[2] / a[0]] }
    }

    /// Filters in place, from rest.
    pub fn run(&self, samples: &mut [f32]) {
        let (mut s1, mut s2) = (0.0, 0.0);
        for sample in samples {
            let x = *sample;
            let y = self.b[0] * x + s1;
            s1 = self.b[1] * x - self.a[0] * y + s2;
            s2 = self.b[2] * x - self.a[1] * y;
            *sample = y;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 48_000;

    /// Gain in dB at `hz`, once the filter has settled.
    fn gain(filter: Biquad, hz: f32) -> f32 {
        let dry: Vec<f32> = (0..RATE).map(|n| (TAU * hz * n as f32 / RATE as f32).sin()).collect();
        let mut wet = dry.clone();
        filter.run(&mut wet);
        let power = |of: &[f32]| of[24_000..].iter().map(|s| s * s).sum::<f32>();
        10.0 * (power(&wet) / power(&dry)).log10()
    }

    #[test]
    fn a_high_pass_halves_the_power_at_its_edge() {
        let filter = Biquad::high_pass(200.0, RATE);
        assert!((gain(filter, 200.0) + 3.0).abs() < 0.1);
        assert!(gain(filter, 50.0) < -20.0 && gain(filter, 2_000.0).abs() < 0.1);
    }

    #[test]
    fn a_peak_is_as_high_as_stated_and_local() {
        for db in [8.0, -8.0] {
            let filter = Biquad::peak(1_000.0, 2.0, db, RATE);
            assert!((gain(filter, 1_000.0) - db).abs() < 0.1);
            assert!(gain(filter, 50.0).abs() < 0.2);
        }
    }
}
