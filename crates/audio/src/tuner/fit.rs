//! A stiff string fitted to peaks: f_k = k·f0·√(1 + B·k²), k ≤ 10.
//!
//! Weighted least squares on ln(f_k/k) in a few passes: a partial that does not obey loses its
//! weight smoothly, so that readings do not jump as it comes and goes, and the stiffness leans on
//! what is known of the string. What is reported is the first partial, f0·√(1 + B).

use super::peaks::{Peak, Peaks};

/// Partials that are fitted.
pub(super) const PARTIALS: usize = 10;
/// No playable string is stiffer.
const STIFFEST: f64 = 1e-3;
/// Standard error of a peak's place: this over seconds and over its height above the median.
/// The Cramér–Rao bound gives 0.39 for a rectangular window; Hann costs about half more.
const PLACING: f64 = 0.6;
/// Partials of real strings obey the law to about this (natural log; 1.2 cents).
const OBEDIENCE: f64 = 7e-4;
/// Other strings that ring along lie about this far below the loudest partial (40 dB) and pull
/// the peak of a partial by this share of the window's resolution for every part of its level.
const RINGING: f64 = 0.01;
const PULL: f64 = 0.3;
/// Degrees of freedom of the distribution of misses (Student's t).
const FREEDOM: f64 = 4.0;
/// Passes, and the share of its frequency by which a partial may miss in each.
const PASSES: [f32; 5] = [0.02, 0.01, 0.006, 0.006, 0.006];

/// Cents in one unit of the natural logarithm.
const CENTS: f64 = 1200.0 / std::f64::consts::LN_2;

/// What is known of a string's stiffness before it is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Prior {
    pub(super) stiffness: f64,
    pub(super) error: f64,
}

impl Default for Prior {
    /// Open strings of steel and nylon, 6 to 1, lie between 1e-5 and 2e-4 (Järveläinen and
    /// Karjalainen measured 1e-5 to 1.5e-4).
    fn default() -> Self {
        Self { stiffness: 6e-5, error: 8e-5 }
    }
}

/// A partial that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Partial {
    /// From 1.
    pub(super) number: usize,
    pub(super) peak: Peak,
    /// Cents above the law, once it is fitted.
    pub(super) off: f32,
}

/// A stiff string that explains peaks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StiffString {
    /// Frequency of the first partial in Hz.
    pub(super) hz: f32,
    /// B as these peaks alone tell it, and its standard error (infinite where they do not).
    pub(super) stiffness: f32,
    pub(super) stiffness_error: f32,
    /// The partials it rests on.
    pub(super) partials: Vec<Partial>,
    /// Weighted root mean square distance of the partials from the law, in cents.
    pub(super) residual: f32,
}

/// What the errors depend on.
#[derive(Debug, Clone, Copy)]
struct Window {
    seconds: f32,
    /// Level of the loudest partial.
    loudest: f32,
}

/// Law under way.
#[derive(Debug, Clone, Copy)]
struct Law {
    ln_f0: f64,
    b: f64,
    /// B without the prior, and its standard error.
    told: (f64, f64),
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
pub(super) fn fit(peaks: &Peaks, coarse: f32, prior: Prior) -> Option<StiffString> {
    let mut law = Law {
        ln_f0: f64::from(coarse).ln(),
        b: prior.stiffness,
        told: (prior.stiffness, f64::INFINITY),
    };
    let mut partials = Vec::new();
    let mut window = Window { seconds: peaks.seconds, loudest: 1.0 };
    for reach in PASSES {
        partials = collect(peaks, &law, reach);
        let loudest = partials.iter().fold(1e-12, |m: f32, p| m.max(p.peak.level));
        window = Window { seconds: peaks.seconds, loudest };
        law = solve(&partials, law, prior, window)?;
    }
    let hz = (law.ln_f0.exp() * (1.0 + law.b).sqrt()) as f32;
    for partial in &mut partials {
        partial.off = (miss(partial, &law) * CENTS) as f32;
    }
    let residual = residual(&partials, &law, window);
    let (stiffness, stiffness_error) = (law.told.0 as f32, law.told.1 as f32);
    Some(StiffString { hz, stiffness, stiffness_error, partials, residual })
}

fn collect(peaks: &Peaks, law: &Law, reach: f32) -> Vec<Partial> {
    let first = law.partial(1);
    (1..=PARTIALS)
        .filter_map(|number| {
            let hz = law.partial(number);
            let reach = (reach * hz).max(0.6 / peaks.seconds).min(0.3 * first);
            Some(Partial { number, peak: peaks.near(hz, reach)?, off: 0.0 })
        })
        .collect()
}

/// Standard error of ln(f_k/k): noise, other strings and the law's own.
fn error(partial: &Partial, window: Window) -> f64 {
    let peak = &partial.peak;
    let resolution = 1.0 / f64::from(window.seconds * peak.hz);
    let placing = PLACING * resolution / f64::from(peak.above);
    let pull = PULL * resolution * RINGING * f64::from(window.loudest / peak.level);
    placing.hypot(pull).hypot(OBEDIENCE)
}

fn miss(partial: &Partial, law: &Law) -> f64 {
    let k = partial.number as f64;
    (f64::from(partial.peak.hz) / k).ln() - law.ln_ratio(k)
}

/// Inverse variance, less for a partial that misses the law.
fn weight(partial: &Partial, law: &Law, window: Window) -> f64 {
    let error = error(partial, window);
    let off = miss(partial, law) / error;
    (FREEDOM + 1.0) / (FREEDOM + off * off) / (error * error)
}

/// One reweighted Gauss–Newton step from `law`.
fn solve(partials: &[Partial], law: Law, prior: Prior, window: Window) -> Option<Law> {
    let known = prior.error.powi(-2);
    let (mut aa, mut ab, mut bb, mut ay, mut by) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for partial in partials {
        let square = (partial.number * partial.number) as f64;
        let slope = 0.5 * square / (1.0 + law.b * square);
        let weight = weight(partial, &law, window);
        let y = miss(partial, &law);
        aa += weight;
        ab += weight * slope;
        bb += weight * slope * slope;
        ay += weight * y;
        by += weight * slope * y;
    }
    let step = |bb: f64, by: f64| {
        let determinant = aa * bb - ab * ab;
        let moved = law.b + (aa * by - ab * ay) / determinant;
        (determinant > 1e-9 * aa * bb).then_some((moved, (aa / determinant).sqrt()))
    };
    let (b, _) = step(bb + known, by + known * (prior.stiffness - law.b))?;
    let told = step(bb, by).unwrap_or((law.b, f64::INFINITY));
    let b = b.clamp(0.0, STIFFEST);
    // With B held at what it became, the pitch follows.
    let ln_f0 = law.ln_f0 + (ay - ab * (b - law.b)) / aa;
    Some(Law { ln_f0, b, told })
}

fn residual(partials: &[Partial], law: &Law, window: Window) -> f32 {
    let (sum, weights) = partials.iter().fold((0.0, 0.0), |(sum, weights), partial| {
        let weight = error(partial, window).powi(-2);
        (sum + weight * miss(partial, law).powi(2), weights + weight)
    });
    ((sum / f64::max(weights, 1e-12)).sqrt() * CENTS) as f32
}
