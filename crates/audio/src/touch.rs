//! How hard a strum was struck and how bright it sounds, for comparison with other strums of the
//! same student. It judges nothing: one strum alone tells neither force nor place.

use serde::{Deserialize, Serialize};

use crate::spectrum::Transform;

/// Samples that are looked at: about a quarter of a second after the pick noise.
const WINDOW: usize = 5_512;
/// Where a guitar sounds, in Hz.
const BAND: (f32, f32) = (80.0, 8_000.0);
/// Power beneath which nothing sounded: −100 dBFS.
const SILENCE: f32 = 1e-10;

/// The touch of a strum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Touch {
    /// Root mean square in dB beside full scale, just after the attack.
    pub level_db: f32,
    /// Centroid of the power spectrum in Hz, 80–8,000: higher near the bridge and for harder strokes.
    pub centroid_hz: f32,
}

impl Touch {
    /// Samples that [`Touch::of`] looks at.
    pub(crate) const SAMPLES: usize = WINDOW;

    /// Of what follows the attack; none of silence.
    pub(crate) fn of(samples: &[f32]) -> Option<Self> {
        let samples = samples.get(..WINDOW.min(samples.len()))?;
        let power = samples.iter().map(|s| s * s).sum::<f32>() / samples.len().max(1) as f32;
        if power < SILENCE {
            return None;
        }
        let spectrum = Transform::new(samples.len(), 8_192).magnitudes(samples);
        let low = spectrum.place(BAND.0).ceil() as usize;
        let high = (spectrum.place(BAND.1).floor() as usize).min(spectrum.bins.len());
        let (mut sum, mut weighed) = (0.0_f32, 0.0_f32);
        for (bin, level) in spectrum.bins.iter().enumerate().take(high).skip(low) {
            sum += level * level;
            weighed += level * level * bin as f32 * spectrum.hz_per_bin;
        }
        let centroid_hz = if sum > 0.0 { weighed / sum } else { BAND.0 };
        Some(Self { level_db: 10.0 * power.log10(), centroid_hz })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resample::RATE;

    const HZ: f32 = RATE as f32;

    fn tone(parts: &[(f32, f32)]) -> Vec<f32> {
        let wave = |n: usize, hz: f32| (std::f32::consts::TAU * hz * n as f32 / HZ).sin();
        (0..WINDOW).map(|n| parts.iter().map(|(hz, level)| level * wave(n, *hz)).sum()).collect()
    }

    #[test]
    fn level_and_centroid_of_known_tones() {
        let touch = Touch::of(&tone(&[(220.0, 0.5)])).unwrap();
        assert!((touch.level_db + 9.03).abs() < 0.05, "{touch:?}");
        assert!((touch.centroid_hz - 220.0).abs() < 2.0, "{touch:?}");
        let both = Touch::of(&tone(&[(200.0, 0.3), (2_000.0, 0.3)])).unwrap();
        assert!((both.centroid_hz - 1_100.0).abs() < 10.0, "{both:?}");
        assert_eq!(Touch::of(&[0.0; WINDOW]), None);
        assert_eq!(Touch::of(&[]), None);
    }

    #[test]
    fn the_centroid_does_not_hear_the_level() {
        let loud = Touch::of(&tone(&[(200.0, 0.4), (900.0, 0.1)])).unwrap();
        let soft = Touch::of(&tone(&[(200.0, 0.04), (900.0, 0.01)])).unwrap();
        assert!((loud.centroid_hz - soft.centroid_hz).abs() < 1.0);
        assert!((loud.level_db - soft.level_db - 20.0).abs() < 0.01);
    }
}
