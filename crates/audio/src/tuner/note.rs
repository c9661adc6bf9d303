//! One note, from its attack until it is gone: its pitch reading by reading.

use theory::StringNumber;

use super::TunerConfig;
use super::coarse::{Candidate, Scene};
use super::fit::{self, PARTIALS, Partial, Prior, StiffString};
use super::peaks::Peaks;
use super::portrait::Sketch;

/// Pitches are looked for from this far below the lowest open string to this far above the
/// highest one, in semitones: a slack new string, a twelfth fret and its octave.
const BELOW: i32 = 13;
const ABOVE: i32 = 25;
/// A note goes on within this many cents of its last reading.
const SAME: f32 = 60.0;
/// Another pitch takes over only if it explains this much more.
const TAKES_OVER: f32 = 1.25;
/// It is still there if it explains this much.
const STILL_THERE: f32 = 0.5;
/// An odd partial must be this loud beside the loudest (−26 dB).
const LOUD: f32 = 0.05;
/// So many partials are many; and peaks this far below the loudest say nothing (40 dB).
const MANY: usize = 5;
const FAINT: f32 = 0.01;
/// A pitch this far below the lowest open string, in semitones, is seldom meant.
const SELDOM: (i32, f32) = (-6, 0.75);
/// Scores beneath which peaks are no string's and from where they are.
const EXPLAINED: (f32, f32) = (0.2, 0.45);
/// Readings that must agree within so many cents for a steady pitch (0.27 s).
const STEADY: usize = 5;
const STILL: f32 = 3.0;
/// Windows in a row that must agree before the first reading, and how closely, in cents: a voice
/// glides faster, a peg does not turn while the string is struck.
const FIRST: usize = 4;
const AGREE: f32 = 7.0;
/// Later windows must follow this closely; a peg is turned.
const FOLLOW: f32 = 40.0;
/// Residual in cents from where a pitch is no string.
const WORST_RESIDUAL: f32 = 8.0;
/// Share of the amplitude on the string's partials from where it sounds alone, and beneath which
/// it is no string alone.
const ALONE: (f32, f32) = (0.75, 0.35);
/// A partial that misses the law by this many cents is half another string's.
const OWN: f32 = 5.0;
/// A single partial must stand this far above the noise (20 dB).
const CLEAR: f32 = 10.0;
/// Windows overlap, so this many are worth one.
const OVERLAP: f64 = 6.0;
/// B of a note is not known better than this.
const KNOWN: f64 = 3e-6;

/// A pitch with what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tone {
    pub(super) hz: f32,
    pub(super) confidence: f32,
    pub(super) fit: StiffString,
}

/// The note that sounds.
#[derive(Debug, Default)]
pub(super) struct Note {
    began: u64,
    /// Pitches of the last windows in Hz, newest last.
    recent: Vec<f32>,
    /// Windows that agreed in a row.
    windows: usize,
    /// Windows with an odd partial: it is not an octave too low.
    odd: usize,
    string: Option<StringNumber>,
    stiffness: Stiffness,
    sketch: Sketch,
    /// A note that has ended without a new attack.
    ended: Option<Ended>,
}

/// A note that is over.
#[derive(Debug, Clone)]
pub(super) struct Ended {
    pub(super) began: u64,
    pub(super) string: StringNumber,
    pub(super) sketch: Sketch,
    /// B and its standard error.
    pub(super) stiffness: (f32, f32),
}

/// What the windows of a note tell of B: precisions and weighted sum.
#[derive(Debug, Clone, Copy, Default)]
struct Stiffness {
    precision: f64,
    sum: f64,
}

impl Stiffness {
    fn learn(&mut self, fit: &StiffString) {
        let precision = f64::from(fit.stiffness_error).max(KNOWN).powi(-2) / OVERLAP;
        self.precision += precision;
        self.sum += precision * f64::from(fit.stiffness);
    }

    /// B and its standard error as the windows alone tell it.
    fn told(&self) -> (f64, f64) {
        match self.precision {
            0.0 => (Prior::default().stiffness, f64::INFINITY),
            precision => (self.sum / precision, precision.powf(-0.5)),
        }
    }

    fn prior(&self) -> Prior {
        let usual = Prior::default();
        let known = usual.error.powi(-2);
        let precision = known + self.precision;
        let stiffness = (known * usual.stiffness + self.sum) / precision;
        Prior { stiffness: stiffness.max(0.0), error: precision.powf(-0.5).max(KNOWN) }
    }
}

impl Note {
    pub(super) fn beginning(at: u64) -> Self {
        Self { began: at, ..Self::default() }
    }

    /// Sample of the attack.
    pub(super) fn began(&self) -> u64 {
        self.began
    }

    /// The string it was last taken for.
    pub(super) fn string(&self) -> Option<StringNumber> {
        self.string
    }

    pub(super) fn keep(&mut self, string: StringNumber) {
        self.string = Some(string);
    }

    /// Whether the pitch has stood still.
    pub(super) fn is_steady(&self) -> bool {
        let Some(last) = self.recent.last() else { return false };
        self.recent.len() >= STEADY && self.recent.iter().all(|hz| cents(*hz, *last).abs() < STILL)
    }

    /// The next window of the note. None: no string sounds in it, or not for long enough.
    pub(super) fn hear(&mut self, peaks: &Peaks, config: &TunerConfig) -> Option<Tone> {
        let Some(tone) = self.tone(peaks, config) else {
            self.forget();
            return None;
        };
        let begins = self.windows < FIRST;
        let reach = if begins { AGREE } else { FOLLOW };
        if self.recent.last().is_some_and(|hz| cents(*hz, tone.hz).abs() > reach) {
            self.forget();
        }
        self.stiffness.learn(&tone.fit);
        self.windows += 1;
        self.odd += usize::from(has_odd(&tone.fit));
        self.recent.push(tone.hz);
        if self.recent.len() > STEADY {
            self.recent.remove(0);
        }
        let hz = if self.is_steady() { self.mean() } else { tone.hz };
        (self.windows >= FIRST).then_some(Tone { hz, ..tone })
    }

    /// Geometric mean of the last pitches.
    fn mean(&self) -> f32 {
        let sum: f32 = self.recent.iter().map(|hz| hz.ln()).sum();
        (sum / self.recent.len().max(1) as f32).exp()
    }

    fn forget(&mut self) {
        let ended = self.close().or(self.ended.take());
        *self = Self { began: self.began, string: self.string, ended, ..Self::default() };
    }

    /// The note as it was until now, if a string had been recognised in it.
    pub(super) fn close(&mut self) -> Option<Ended> {
        let (stiffness, error) = self.stiffness.told();
        Some(Ended {
            began: self.began,
            string: self.string.filter(|_| self.windows >= FIRST)?,
            sketch: std::mem::take(&mut self.sketch),
            stiffness: (stiffness as f32, error as f32),
        })
    }

    /// A note that ended by itself since the last call.
    pub(super) fn ended(&mut self) -> Option<Ended> {
        self.ended.take()
    }

    /// Keeps a reading for the note's portrait; `window` is its middle and end in seconds since the
    /// attack.
    pub(super) fn sketch(&mut self, window: (f32, f32), confidence: f32, tone: &Tone) {
        self.sketch.add(window, confidence, &tone.fit);
    }

    fn tone(&self, peaks: &Peaks, config: &TunerConfig) -> Option<Tone> {
        let mut best = self.best(peaks, config)?;
        let mut fit = fit::fit(peaks, best.hz, self.stiffness.prior())?;
        if !has_odd_ones(&fit) {
            // A chord's common divisor, or an octave too low.
            best = Scene::of(peaks).judge(2.0 * best.hz);
            fit = fit::fit(peaks, best.hz, Prior::default()).filter(has_odd_ones)?;
        }
        let obeys = (1.0 - fit.residual / WORST_RESIDUAL).clamp(0.0, 1.0);
        let alone = ((alone(peaks, &fit) - ALONE.1) / (ALONE.0 - ALONE.1)).clamp(0.0, 1.0);
        let clear = fit.partials.iter().any(|partial| partial.peak.above > CLEAR);
        let enough = match fit.partials.len() {
            0 => 0.0,
            1 if clear => 0.6,
            1 => 0.0,
            2 => 0.8,
            _ => 1.0,
        };
        let (none, all) = EXPLAINED;
        let explained = ((best.score() - none) / (all - none)).clamp(0.0, 1.0);
        let confidence = obeys * alone * enough * explained;
        (confidence > 0.0).then_some(Tone { hz: fit.hz, confidence, fit })
    }

    fn best(&self, peaks: &Peaks, config: &TunerConfig) -> Option<Candidate> {
        let open = StringNumber::THICK_TO_THIN.map(|s| config.tuning.open(s));
        let (lowest, highest) = (open.iter().min()?, open.iter().max()?);
        let low = lowest.transposed(-BELOW).hz(config.a4);
        let high = highest.transposed(ABOVE).hz(config.a4);
        let scene = Scene::of(peaks);
        let seldom = lowest.transposed(SELDOM.0).hz(config.a4);
        let best = scene.best(low, high, |hz| if hz < seldom { SELDOM.1 } else { 1.0 })?;
        let same = self.recent.last().map(|hz| scene.judge(*hz));
        Some(match same {
            Some(same) if self.stays(&same, &best) => same,
            _ => best,
        })
    }

    /// Whether the note goes on as it was, although `best` explains the peaks better now.
    fn stays(&self, same: &Candidate, best: &Candidate) -> bool {
        if cents(best.hz, same.hz).abs() < SAME {
            return false;
        }
        // A string that fades keeps a partial the longest: it has not jumped there.
        let ratio = (best.hz / same.hz).max(same.hz / best.hz);
        let fades = (ratio - ratio.round()).abs() < 0.02 * ratio && same.explained > STILL_THERE;
        fades && self.odd >= FIRST || best.score() < TAKES_OVER * same.score()
    }
}

/// Share of the amplitude of all peaks, up to the highest fitted partial, that the string has.
fn alone(peaks: &Peaks, fit: &StiffString) -> f32 {
    let top = fit.hz * (PARTIALS as f32 + 0.5);
    let all: f32 = peaks.all.iter().filter(|peak| peak.hz < top).map(|peak| peak.level).sum();
    let own = |partial: &Partial| partial.peak.level / (1.0 + (partial.off / OWN).powi(2));
    fit.partials.iter().map(own).sum::<f32>() / all.max(1e-12)
}

/// Whether what has many partials has the first or two other odd ones: every string has,
/// wherever it is struck.
fn has_odd_ones(fit: &StiffString) -> bool {
    let loudest = fit.partials.iter().fold(0f32, |m, partial| m.max(partial.peak.level));
    let counts = |partial: &&Partial| partial.peak.level > FAINT * loudest;
    let mut there = fit.partials.iter().filter(counts).map(|partial| partial.number);
    let odd = there.clone().filter(|number| [3, 5, 7].contains(number)).count();
    fit.partials.len() < MANY || odd > 1 || there.any(|number| number == 1)
}

/// Whether an odd partial is among the loud ones.
fn has_odd(fit: &StiffString) -> bool {
    let loudest = fit.partials.iter().fold(0f32, |m, partial| m.max(partial.peak.level));
    fit.partials.iter().any(|p| p.number % 2 == 1 && p.peak.level > LOUD * loudest)
}

/// Cents from `from` up to `to`.
pub(super) fn cents(from: f32, to: f32) -> f32 {
    1200.0 * (to / from).log2()
}
