//! A stiff string fitted to peaks: f_k = k·f0·√(1 + B·k²), k ≤ 10.
//!
//! Weighted least squares on ln(f_k/k), a few passes; a partial that does not obey is dropped,
//! and the stiffness leans on a typical one where the partials do not tell. What is reported is
//! the first partial, f0·√(1 + B).

use super::peaks::{Peak, Peaks};

/// Partials that are fitted.
pub(super) const PARTIALS: usize = 10;
/// Typical stiffness of an open string and how far it varies: steel and nylon, 6 to 1, lie
/// between 2e-5 and 2e-4 (Järveläinen and Karjalainen measured 1e-5 to 1.5e-4).
const TYPICAL: (f64, f64) = (6e-5, 8e-5);
/// No playable string is stiffer.
const STIFFEST: f64 = 1e-3;
/// Standard error of a peak's place: this over seconds and over its height above the median.
/// The Cramér–Rao bound gives 0.39 for a rectangular window; Hann costs about half more.
const PLACING: f64 = 0.6;
/// Partials of real strings obey the law to about this (natural log; 0.7 cents).
const OBEDIENCE: f64 = 4e-4;
/// Standard deviations beyond which a peak is something else.
const FOREIGN: f64 = 4.0;

/// A partial that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Partial {
    /// From 1.
    pub(super) number: usize,
    pub(super) peak: Peak,
}

/// A stiff string that explains peaks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StiffString {
    /// Frequency of the first partial in Hz.
    pub(super) hz: f32,
    /// B.
    pub(super) stiffness: f32,
    /// Standard error of B, from the fit.
    pub(super) stiffness_error: f32,
    /// The partials it rests on.
    pub(super) partials: Vec<Partial>,
    /// Weighted root mean square distance of the partials from the law, in cents.
    pub(super) residual: f32,
}

/// Law under way.
#[derive(Debug, Clone, Copy)]
struct Law {
    ln_f0: f64,
    b: f64,
    b_error: f64,
}

impl Law {
    fn ln_ratio(&self, k: f64) -> f64 {
        self.ln_f0 + 0.5 * (1.0 + self.b * k * k).ln()
    }

    fn partial(&self, k: usize) -> f32 {
        (k as f64 * self.ln_ratio(k as f64).exp()) as f32
    }
}

/// Fits the string whose first partial lies near `coarse` Hz.
pub(super) fn fit(peaks: &Peaks, coarse: f32) -> Option<StiffString> {
    let mut law = Law { ln_f0: f64::from(coarse).ln(), b: TYPICAL.0, b_error: TYPICAL.1 };
    let mut partials = Vec::new();
    // Share of a partial's frequency by which it may miss, per pass.
    for reach in [0.02, 0.01, 0.006] {
        partials = collect(peaks, &law, reach);
        law = solve(&partials, law, peaks.seconds)?;
    }
    while let Some(worst) = foreign(&partials, &law, peaks.seconds) {
        partials.remove(worst);
        law = solve(&partials, law, peaks.seconds)?;
    }
    let hz = (law.ln_f0.exp() * (1.0 + law.b).sqrt()) as f32;
    let residual = residual(&partials, &law, peaks.seconds);
    let (stiffness, stiffness_error) = (law.b as f32, law.b_error as f32);
    Some(StiffString { hz, stiffness, stiffness_error, partials, residual })
}

fn collect(peaks: &Peaks, law: &Law, reach: f32) -> Vec<Partial> {
    let first = law.partial(1);
    (1..=PARTIALS)
        .filter_map(|number| {
            let hz = law.partial(number);
            let reach = (reach * hz).max(0.6 / peaks.seconds).min(0.3 * first);
            Some(Partial { number, peak: peaks.near(hz, reach)? })
        })
        .collect()
}

/// Standard error of ln(f_k/k).
fn error(partial: &Partial, seconds: f32) -> f64 {
    let placing = PLACING / f64::from(seconds * partial.peak.above * partial.peak.hz);
    placing.hypot(OBEDIENCE)
}

fn miss(partial: &Partial, law: &Law) -> f64 {
    let k = partial.number as f64;
    (f64::from(partial.peak.hz) / k).ln() - law.ln_ratio(k)
}

/// One Gauss–Newton step from `law`, with the typical stiffness as a prior.
fn solve(partials: &[Partial], law: Law, seconds: f32) -> Option<Law> {
    if partials.is_empty() {
        return None;
    }
    let prior = TYPICAL.1.powi(-2);
    let (mut aa, mut ab, mut bb) = (0.0, 0.0, prior);
    let (mut ay, mut by) = (0.0, prior * (TYPICAL.0 - law.b));
    for partial in partials {
        let k2 = (partial.number * partial.number) as f64;
        let slope = 0.5 * k2 / (1.0 + law.b * k2);
        let weight = error(partial, seconds).powi(-2);
        let y = miss(partial, &law);
        aa += weight;
        ab += weight * slope;
        bb += weight * slope * slope;
        ay += weight * y;
        by += weight * slope * y;
    }
    let determinant = aa * bb - ab * ab;
    if determinant <= 0.0 || determinant.is_nan() {
        return None;
    }
    let b = (law.b + (aa * by - ab * ay) / determinant).clamp(0.0, STIFFEST);
    // With B held at what it became, the pitch follows.
    let ln_f0 = law.ln_f0 + (ay - ab * (b - law.b)) / aa;
    Some(Law { ln_f0, b, b_error: (aa / determinant).sqrt() })
}

/// The partial that disobeys most, if it disobeys too much.
fn foreign(partials: &[Partial], law: &Law, seconds: f32) -> Option<usize> {
    if partials.len() < 4 {
        return None;
    }
    let off: Vec<f64> = partials.iter().map(|p| miss(p, law).abs() / error(p, seconds)).collect();
    let worst = (0..off.len()).max_by(|a, b| off[*a].total_cmp(&off[*b]))?;
    (off[worst] > FOREIGN).then_some(worst)
}

fn residual(partials: &[Partial], law: &Law, seconds: f32) -> f32 {
    let (sum, weights) = partials.iter().fold((0.0, 0.0), |(sum, weights), partial| {
        let weight = error(partial, seconds).powi(-2);
        (sum + weight * miss(partial, law).powi(2), weights + weight)
    });
    ((sum / f64::max(weights, 1e-12)).sqrt() * 1200.0 / std::f64::consts::LN_2) as f32
}
