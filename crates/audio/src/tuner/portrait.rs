//! What one whole note tells of its string: pitch, stiffness, how loud its partials were when it
//! was struck and how fast they fade.

use std::time::Duration;

use theory::StringNumber;

use super::fit::{PARTIALS, StiffString};

/// Windows that are kept (2 s); what comes later is the room and other strings.
const MOST: usize = 30;
/// Fewer windows are no portrait (0.4 s).
const FEWEST: usize = 6;
/// A note first heard this long after its attack does not tell how it began.
const LATE: f32 = 0.7;
/// Points from which a partial's decay is its own.
const ENOUGH: usize = 4;
/// Levels beneath this beside the loudest partial are not told apart, in dB.
const LOWEST: f32 = -60.0;
/// Time constants that strings have, in seconds, and the one assumed where none was measured.
const DECAYS: (f32, f32) = (0.05, 10.0);
const USUAL_DECAY: f32 = 0.8;
/// Time constants of one string's partials differ by less than this factor from their median.
const APART: f32 = 4.0;
/// Decibels per natural unit of amplitude.
const DB: f32 = 8.685_89;

/// One note of one string, from its attack to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Portrait {
    /// The attack.
    pub at: Duration,
    /// End of the last window it rests on.
    pub until: Duration,
    /// The string it was taken for.
    pub string: StringNumber,
    /// Frequency of the first partial in Hz: the median over the note.
    pub hz: f32,
    /// Cents above the open string.
    pub cents: f32,
    /// 0–1, mean over the note.
    pub confidence: f32,
    /// Inharmonicity B as it sounds, and its standard error.
    pub stiffness: f32,
    /// Standard error of the stiffness.
    pub stiffness_error: f32,
    /// Partials 1–10 at the attack in dB beside the loudest, −60…0.
    pub levels: [f32; PARTIALS],
    /// Time constants of their amplitudes in seconds.
    pub decays: [f32; PARTIALS],
}

/// A window of a note.
#[derive(Debug, Clone, Copy)]
struct Moment {
    /// Seconds from the attack to the middle of the window.
    time: f32,
    hz: f32,
    confidence: f32,
    /// Levels in dB, of those that were found.
    levels: [Option<f32>; PARTIALS],
}

/// A note under way.
#[derive(Debug, Clone, Default)]
pub(super) struct Sketch {
    moments: Vec<Moment>,
    /// Seconds from the attack to the end of the last window.
    until: f32,
}

impl Sketch {
    /// The next window; its middle and end are seconds since the attack.
    pub(super) fn add(&mut self, (time, until): (f32, f32), confidence: f32, fit: &StiffString) {
        if self.moments.len() == MOST {
            return;
        }
        self.until = until;
        let mut levels = [None; PARTIALS];
        for partial in &fit.partials {
            levels[partial.number - 1] = Some(DB * partial.peak.level.max(1e-9).ln());
        }
        self.moments.push(Moment { time, hz: fit.hz, confidence, levels });
    }

    /// The finished portrait, if the note was long enough and heard from its beginning.
    pub(super) fn finish(
        &self,
        at: Duration,
        (string, open): (StringNumber, f32),
        (stiffness, stiffness_error): (f32, f32),
    ) -> Option<Portrait> {
        let first = self.moments.first()?;
        if self.moments.len() < FEWEST || first.time > LATE {
            return None;
        }
        let mut pitches: Vec<f32> = self.moments.iter().map(|moment| moment.hz).collect();
        pitches.sort_by(f32::total_cmp);
        let hz = pitches[pitches.len() / 2];
        let (levels, decays) = self.partials();
        let confidence = self.moments.iter().map(|moment| moment.confidence).sum::<f32>()
            / self.moments.len() as f32;
        let cents = super::note::cents(open, hz);
        Some(Portrait {
            at,
            until: at + Duration::from_secs_f32(self.until),
            string,
            hz,
            cents,
            confidence,
            stiffness,
            stiffness_error,
            levels,
            decays,
        })
    }

    fn partials(&self) -> ([f32; PARTIALS], [f32; PARTIALS]) {
        let lines: [Option<Line>; PARTIALS] = std::array::from_fn(|index| self.line(index));
        let mut known: Vec<f32> = lines.iter().flatten().filter_map(|line| line.decay).collect();
        known.sort_by(f32::total_cmp);
        let usual = known.get(known.len() / 2).copied().unwrap_or(USUAL_DECAY);
        // One far from the others rests on noise.
        let own = |line: &Line| line.decay.filter(|d| (usual / APART..usual * APART).contains(d));
        let decay = |line: &Line| own(line).unwrap_or(usual);
        let level = |line: &Line| line.level + DB * line.time / decay(line);
        let loudest = lines.iter().flatten().map(level).fold(f32::MIN, f32::max);
        let levels = lines
            .map(|line| line.map_or(LOWEST, |line| (level(&line) - loudest).clamp(LOWEST, 0.0)));
        (levels, lines.map(|line| line.map_or(usual, |line| decay(&line))))
    }

    /// The straight line through the levels of a partial.
    fn line(&self, index: usize) -> Option<Line> {
        let points: Vec<(f32, f32)> =
            self.moments.iter().filter_map(|m| Some((m.time, m.levels[index]?))).collect();
        let count = points.len() as f32;
        if points.is_empty() {
            return None;
        }
        let mean = |of: fn(&(f32, f32)) -> f32| points.iter().map(of).sum::<f32>() / count;
        let (time, level) = (mean(|p| p.0), mean(|p| p.1));
        let spread: f32 = points.iter().map(|p| (p.0 - time).powi(2)).sum();
        let slope = points.iter().map(|p| (p.0 - time) * (p.1 - level)).sum::<f32>() / spread;
        let decay = (points.len() >= ENOUGH && spread > 1e-6)
            .then(|| (-DB / slope.min(-1e-3)).clamp(DECAYS.0, DECAYS.1));
        Some(Line { time, level, decay })
    }
}

/// Level in dB in the middle of its time, and the time constant if it can be told.
#[derive(Debug, Clone, Copy)]
struct Line {
    time: f32,
    level: f32,
    decay: Option<f32>,
}
