//! Which pitch explains the peaks: candidates are the loud peaks and their divisors. The best one
//! has its partials there (else it is an octave too low) and leaves little unexplained (else it
//! is an octave too high). It measures nothing; see [`super::fit`].

use super::peaks::{Peak, Peaks};

/// Peaks whose divisors are tried, and the largest divisor.
const LOUDEST: usize = 8;
const DIVISORS: usize = 6;
/// Partials above this number are not looked at.
const PARTIALS: usize = 15;
/// The stiffest string the search allows for; the fit measures the real one.
const STIFFEST: f32 = 4e-4;
/// Peaks this far below the loudest say nothing (40 dB).
const FAINT: f32 = 0.01;
/// What a peak weighs grows with this power of its amplitude: a loud partial is not the pitch,
/// and a faint one is no proof.
const COMPRESSION: f32 = 0.4;
/// What is asked of partial k falls with this power of k.
const FALL: f32 = -0.5;

/// A pitch that may explain the peaks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub(super) hz: f32,
    /// Share of the weight of the peaks that lies on its partials, 0–1.
    pub(super) explained: f32,
    /// Weighted share of its partials, up to the highest one there, that are there, 0–1.
    pub(super) complete: f32,
}

impl Candidate {
    pub(super) fn score(&self) -> f32 {
        self.explained * self.complete
    }
}

/// The peaks that count, with their weights.
#[derive(Debug)]
pub(super) struct Scene {
    peaks: Vec<(Peak, f32)>,
    seconds: f32,
}

impl Scene {
    pub(super) fn of(peaks: &Peaks) -> Self {
        let loudest = peaks.all.iter().fold(0f32, |m, peak| m.max(peak.level));
        let counts = |peak: &&Peak| peak.level > FAINT * loudest;
        let weighed = |peak: &Peak| (*peak, (peak.level / loudest).powf(COMPRESSION));
        let peaks_that_count = peaks.all.iter().filter(counts).map(weighed).collect();
        Self { peaks: peaks_that_count, seconds: peaks.seconds }
    }

    /// The best pitch between `low` and `high` Hz; `favour` weighs the scores.
    pub(super) fn best(
        &self,
        low: f32,
        high: f32,
        favour: impl Fn(f32) -> f32,
    ) -> Option<Candidate> {
        let mut loud = self.peaks.clone();
        loud.sort_by(|a, b| b.1.total_cmp(&a.1));
        loud.iter()
            .take(LOUDEST)
            .flat_map(|(peak, _)| (1..=DIVISORS).map(|divisor| peak.hz / divisor as f32))
            .filter(|hz| (low..high).contains(hz))
            .map(|hz| self.judge(hz))
            .max_by(|a, b| (a.score() * favour(a.hz)).total_cmp(&(b.score() * favour(b.hz))))
    }

    /// How well `hz` explains the peaks.
    pub(super) fn judge(&self, hz: f32) -> Candidate {
        let mut there = [0f32; PARTIALS];
        let (mut on, mut all, mut highest) = (0.0, 1e-9, 1);
        for (peak, weight) in &self.peaks {
            if peak.hz > (PARTIALS as f32 + 0.5) * hz {
                break;
            }
            all += weight;
            if let Some(number) = self.number(peak.hz, hz) {
                on += weight;
                highest = highest.max(number);
                there[number - 1] = there[number - 1].max(*weight);
            }
        }
        let asked = |k: usize| (k as f32).powf(FALL);
        let found: f32 = there.iter().zip(1..).map(|(w, k)| asked(k) * w.sqrt()).sum();
        let complete = found / (1..=highest).map(asked).sum::<f32>();
        Candidate { hz, explained: on / all, complete }
    }

    /// The number of the partial of `hz` on which `peak` lies.
    fn number(&self, peak: f32, hz: f32) -> Option<usize> {
        let nearest = (peak / hz).round() as usize;
        let slack = (0.004 * peak).max(1.0 / self.seconds).min(0.2 * hz);
        // A high partial of a stiff string lies nearer to the next number than to its own.
        (nearest.saturating_sub(1).max(1)..=nearest.min(PARTIALS)).rev().find(|number| {
            let k = *number as f32;
            let stiffest = k * hz * (1.0 + STIFFEST * k * k).sqrt();
            (k * hz - slack..=stiffest + slack).contains(&peak)
        })
    }
}
