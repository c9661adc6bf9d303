//! Which pitch explains the peaks: candidates are the loud peaks and their divisors; the best one
//! has its partials there (else it is an octave too low) and leaves little unexplained (else it
//! is an octave too high).

use super::fit::PARTIALS;
use super::peaks::{Peak, Peaks};

/// Peaks whose divisors are tried, and the largest divisor.
const LOUDEST: usize = 8;
const DIVISORS: usize = 6;
/// Partials up to this number explain peaks.
const EXPLAINS: usize = 30;
/// The stiffest string the search allows for; the fit measures the real one.
const STIFFEST: f32 = 4e-4;
/// Peaks this far below the loudest say nothing (40 dB).
const FAINT: f32 = 0.01;

/// A pitch that may explain the peaks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub(super) hz: f32,
    /// Share of the salience on its partials, 0–1.
    pub(super) explained: f32,
    /// Weighted share of its first partials that are there, 0–1.
    pub(super) complete: f32,
}

impl Candidate {
    pub(super) fn score(&self) -> f32 {
        self.explained * self.complete
    }
}

/// Candidates between `low` and `high` Hz, the best first.
pub(super) fn candidates(peaks: &Peaks, low: f32, high: f32) -> Vec<Candidate> {
    let loudest = peaks.all.iter().fold(0f32, |m, peak| m.max(peak.level));
    let mut loud: Vec<Peak> =
        peaks.all.iter().filter(|peak| peak.level > FAINT * loudest).copied().collect();
    loud.sort_by(|a, b| b.level.total_cmp(&a.level));
    let mut all: Vec<Candidate> = loud
        .iter()
        .take(LOUDEST)
        .flat_map(|peak| (1..=DIVISORS).map(|d| peak.hz / d as f32))
        .filter(|hz| (low..high).contains(hz))
        .map(|hz| judge(peaks, &loud, loudest, hz))
        .collect();
    all.sort_by(|a, b| b.score().total_cmp(&a.score()));
    all
}

/// How much `hz` explains.
pub(super) fn candidate(peaks: &Peaks, hz: f32) -> Candidate {
    let loudest = peaks.all.iter().fold(0f32, |m, peak| m.max(peak.level));
    let loud: Vec<Peak> =
        peaks.all.iter().filter(|peak| peak.level > FAINT * loudest).copied().collect();
    judge(peaks, &loud, loudest, hz)
}

fn judge(peaks: &Peaks, loud: &[Peak], loudest: f32, hz: f32) -> Candidate {
    let salience = |peak: &Peak| (peak.level / (FAINT * loudest)).max(1.0).ln();
    let (mut on, mut all) = (0.0, 1e-9);
    for peak in loud {
        all += salience(peak);
        let number = (peak.hz / hz).round().clamp(1.0, EXPLAINS as f32) as usize;
        // A high partial is nearer to the next number than to its own.
        if (number.saturating_sub(1)..=number)
            .any(|k| k > 0 && lies_on(peak.hz, hz, k, peaks.seconds))
        {
            on += salience(peak);
        }
    }
    let (mut there, mut asked) = (0.0, 0.0);
    for k in 1..=PARTIALS {
        let weight = (k as f32).powf(-0.5);
        asked += weight;
        let centre = k as f32 * hz * (1.0 + 0.25 * STIFFEST * (k * k) as f32);
        let reach = (0.004 * centre).max(1.5 / peaks.seconds).min(0.2 * hz);
        if let Some(peak) = peaks.near(centre, reach) {
            there += weight * (salience(&peak) / -FAINT.ln()).min(1.0).sqrt();
        }
    }
    Candidate { hz, explained: on / all, complete: there / asked }
}

fn lies_on(peak: f32, hz: f32, k: usize, seconds: f32) -> bool {
    let (k, square) = (k as f32, (k * k) as f32);
    let slack = (0.008 * peak).max(1.5 / seconds).min(0.2 * hz);
    let top = k * hz * (1.0 + STIFFEST * square).sqrt();
    (k * hz - slack..=top + slack).contains(&peak)
}
