//! The McLeod pitch method (McLeod and Wyvill 2005), the usual tuner: the period from the
//! normalised square difference, nothing else. The reference
//! for single notes.

/// The first peak above this share of the highest one is the period (the paper's constant k).
const FIRST_GOOD: f32 = 0.93;

/// Pitch in Hz between `low` and `high`; none where nothing repeats.
pub(crate) fn pitch(samples: &[f32], rate: u32, (low, high): (f32, f32)) -> Option<f32> {
    let rate = rate as f32;
    let (short, long) = ((rate / high) as usize, (rate / low).ceil() as usize);
    let long = long.min(samples.len() / 2);
    let nsdf: Vec<f32> = (0..=long + 1).map(|lag| similarity(samples, lag)).collect();
    // Peaks count only after the first fall below zero: lag 0 is no period.
    let fallen = nsdf.iter().position(|s| *s < 0.0)?;
    let peaks: Vec<usize> = (fallen.max(short).max(2)..long)
        .filter(|lag| nsdf[*lag] > nsdf[lag - 1] && nsdf[*lag] >= nsdf[lag + 1] && nsdf[*lag] > 0.0)
        .collect();
    let highest = peaks.iter().map(|lag| nsdf[*lag]).fold(0f32, f32::max);
    let lag = *peaks.iter().find(|lag| nsdf[**lag] >= FIRST_GOOD * highest)?;
    Some(rate / (lag as f32 + vertex(nsdf[lag - 1], nsdf[lag], nsdf[lag + 1])))
}

/// Normalised square difference, −1…1.
fn similarity(samples: &[f32], lag: usize) -> f32 {
    let Some(later) = samples.get(lag..) else { return 0.0 };
    let (mut product, mut energy) = (0f32, 1e-12f32);
    for (a, b) in samples.iter().zip(later) {
        product += a * b;
        energy += a * a + b * b;
    }
    2.0 * product / energy
}

fn vertex(left: f32, middle: f32, right: f32) -> f32 {
    let bend = left - 2.0 * middle + right;
    if bend >= -1e-12 { 0.0 } else { (0.5 * (left - right) / bend).clamp(-0.5, 0.5) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]
    use super::*;

    #[test]
    fn finds_the_period_of_a_harmonic_tone() {
        let tone: Vec<f32> = (0..11_025)
            .map(|n| {
                let turn = n as f32 / 22_050.0 * std::f32::consts::TAU * 110.3;
                turn.sin() + 0.8 * (2.0 * turn).sin() + 0.5 * (3.0 * turn).cos()
            })
            .collect();
        assert!((pitch(&tone, 22_050, (60.0, 1000.0)).unwrap() - 110.3).abs() < 0.1);
        assert_eq!(pitch(&[0.0; 4000], 22_050, (60.0, 1000.0)), None);
    }
}
