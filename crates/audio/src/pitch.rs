//! One pitch: a coarse period from the autocorrelation, refined over the partials.
//!
//! The autocorrelation comes from the power spectrum with the sound before the pluck taken off,
//! so that a ringing chord does not hide a note. A comb over ten stiff partials then gives cents.
//! It names no string.

use realfft::RealFftPlanner;
use realfft::num_complex::Complex32;

use crate::spectrum::Spectrum;

/// Lowest and highest pitch that is looked for.
const RANGE_HZ: (f32, f32) = (46.0, 1400.0);
/// The first period whose correlation reaches this share of the best one is taken (McLeod).
const FIRST_GOOD: f32 = 0.9;
const PARTIALS: usize = 10;
/// Stiffness assumed before it is measured.
const STIFFNESS: f32 = 6e-5;
/// Power of the first partial over the loudest one: a common divisor of a chord has none there.
const FUNDAMENTAL: f32 = 1e-3;
/// Share of the sound before the pluck that is taken off.
const LINGER: f32 = 0.8;

/// A pitch with what speaks for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tracked {
    /// Frequency of the first partial in Hz.
    pub(crate) hz: f32,
    /// Share of the new power that lies on its partials, 0–1.
    pub(crate) share: f32,
}

/// Looks for the one pitch that was added between `before` and `now`, both over `length` seconds.
pub(crate) fn track(now: &Spectrum, before: &Spectrum, length: f32) -> Option<Tracked> {
    let fresh: Vec<f32> =
        now.bins.iter().zip(&before.bins).map(|(n, b)| (n * n - LINGER * b * b).max(0.0)).collect();
    let fresh = Spectrum { bins: fresh, hz_per_bin: now.hz_per_bin };
    let loudest = fresh.bins.iter().fold(0f32, |m, p| m.max(*p));
    if loudest < 1e-10 {
        return None;
    }
    let mut best: Option<Tracked> = None;
    for coarse in periods(&fresh) {
        let hz = refine(&fresh, coarse, length);
        if fresh.peak(hz, 0.8 / length).0 < FUNDAMENTAL * loudest {
            continue;
        }
        let found = Tracked { hz, share: share(&fresh, hz, length) };
        if best.is_none_or(|best| found.share > best.share + 0.04) {
            best = Some(found);
        }
    }
    best
}

/// Candidate fundamentals in Hz from the peaks of the autocorrelation, shortest period first.
fn periods(power: &Spectrum) -> Vec<f32> {
    let size = 2 * (power.bins.len() - 1);
    let rate = power.hz_per_bin * size as f32;
    let mut spectrum: Vec<Complex32> = power
        .bins
        .iter()
        .enumerate()
        .map(|(bin, p)| {
            let hz = bin as f32 * power.hz_per_bin;
            // Compressed like a cube root of power, so that one loud partial is not the pitch.
            let keep = if (40.0..5000.0).contains(&hz) { p.powf(0.33) } else { 0.0 };
            Complex32::new(keep, 0.0)
        })
        .collect();
    let plan = RealFftPlanner::<f32>::new().plan_fft_inverse(size);
    let mut lags = plan.make_output_vec();
    if plan.process(&mut spectrum, &mut lags).is_err() {
        return Vec::new();
    }
    let (short, long) = ((rate / RANGE_HZ.1) as usize, (rate / RANGE_HZ.0) as usize);
    let long = long.min(lags.len() / 2 - 2);
    let peaks: Vec<usize> = (short.max(2)..long)
        .filter(|lag| lags[*lag] > lags[lag - 1] && lags[*lag] >= lags[lag + 1])
        .collect();
    let top = peaks.iter().map(|lag| lags[*lag]).fold(0f32, f32::max);
    let mut found: Vec<f32> = peaks
        .iter()
        .filter(|lag| lags[**lag] > FIRST_GOOD * top)
        .take(2)
        .map(|lag| rate / (*lag as f32 + vertex(lags[lag - 1], lags[*lag], lags[lag + 1])))
        .collect();
    if let Some(strongest) = peaks.iter().max_by(|a, b| lags[**a].total_cmp(&lags[**b])) {
        found.push(rate / *strongest as f32);
    }
    found
}

fn vertex(left: f32, middle: f32, right: f32) -> f32 {
    let bend = left - 2.0 * middle + right;
    if bend >= -1e-12 { 0.0 } else { (0.5 * (left - right) / bend).clamp(-0.5, 0.5) }
}

/// Weighted least squares of (f_k/k)² = f0²(1 + Bk²) over the partials, three passes; gives the
/// first partial.
pub(crate) fn refine(power: &Spectrum, coarse: f32, length: f32) -> f32 {
    let loudest = power.bins.iter().fold(0f32, |m, p| m.max(*p));
    let (mut f0, mut b) = (coarse, STIFFNESS);
    for pass in 0..3 {
        let reach_share = if pass == 0 { 0.03 } else { 0.012 };
        let mut sums = [0f64; 5];
        let mut count = 0;
        for k in 1..=PARTIALS {
            let hz = k as f32 * f0 * (1.0 + b * (k * k) as f32).sqrt();
            if hz > 6000.0 {
                break;
            }
            let (level, at) = power.peak(hz, (hz * reach_share).max(0.6 / length).min(0.4 * f0));
            if level < 1e-5 * loudest {
                continue;
            }
            let x = (k * k) as f64;
            let y = f64::from(at / k as f32).powi(2);
            let weight = f64::from((level / loudest).sqrt().min(0.3)) * x;
            for (sum, term) in sums.iter_mut().zip([
                weight,
                weight * x,
                weight * x * x,
                weight * y,
                weight * x * y,
            ]) {
                *sum += term;
            }
            count += 1;
        }
        let [w, wx, wxx, wy, wxy] = sums;
        let det = w * wxx - wx * wx;
        let (mut square, mut slope) = if count >= 3 && det > 1e-12 {
            ((wy * wxx - wxy * wx) / det, (w * wxy - wx * wy) / det)
        } else if w > 0.0 {
            (wy / w, 0.0)
        } else {
            return coarse;
        };
        if square <= 0.0 || slope < 0.0 || slope / square > 1e-3 {
            (square, slope) = (wy / w.max(1e-12), 0.0);
        }
        f0 = (square.sqrt() as f32).clamp(0.9 * coarse, 1.1 * coarse);
        b = (slope / square.max(1e-9)) as f32;
    }
    f0 * (1.0 + b).sqrt()
}

/// Share of the power between 45 and 5000 Hz within the main lobe of a partial of `hz`.
pub(crate) fn share(power: &Spectrum, hz: f32, length: f32) -> f32 {
    let (low, high) = (power.place(45.0) as usize, power.place(5000.0) as usize);
    let (mut on, mut all) = (0f32, 1e-12f32);
    for (bin, p) in power.bins.iter().enumerate().take(high).skip(low) {
        let at = bin as f32 * power.hz_per_bin;
        let k = (at / hz).round().max(1.0);
        let partial = k * hz * (1.0 + 0.5 * STIFFNESS * k * k);
        let reach = (2.0 / length + 0.004 * at).min(0.25 * hz);
        all += p;
        if (at - partial).abs() < reach {
            on += p;
        }
    }
    // A comb this wide meets this much of anything.
    let chance = (4.0 / length / hz).min(0.5);
    ((on / all - chance) / (1.0 - chance)).clamp(0.0, 1.0)
}
