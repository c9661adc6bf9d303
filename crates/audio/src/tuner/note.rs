//! One note, from its attack until it is gone: its pitch reading by reading.

use super::TunerConfig;
use super::coarse::{self, Candidate};
use super::fit::{self, StiffString};
use super::peaks::Peaks;
use theory::StringNumber;

/// Pitches are looked for from this far below the lowest open string to this far above the
/// highest one, in semitones: a slack new string, a twelfth fret and its octave.
const BELOW: i32 = 13;
const ABOVE: i32 = 25;
/// A note goes on within this many cents of its last reading.
const SAME: f32 = 60.0;
/// Another pitch takes over only if it explains this much more.
const TAKES_OVER: f32 = 1.25;
/// Readings that must agree within so many cents for a steady pitch (0.27 s).
const STEADY: usize = 5;
const STILL: f32 = 3.0;
/// Readings in a row that must agree before the first one is believed, and how closely.
const AGREE: f32 = 25.0;
/// Score and residual (cents) from where a pitch is no string.
const WORST_SCORE: f32 = 0.2;
const WORST_RESIDUAL: f32 = 8.0;

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
    /// Pitches of the last readings in Hz, newest last.
    recent: Vec<f32>,
    string: Option<StringNumber>,
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
        self.recent.len() >= STEADY
            && self.recent.iter().rev().take(STEADY).all(|hz| cents(*hz, *last).abs() < STILL)
    }

    /// The next window of the note. None: no string sounds in it, or not for long enough.
    pub(super) fn hear(&mut self, peaks: &Peaks, config: &TunerConfig) -> Option<Tone> {
        let Some(tone) = self.tone(peaks, config) else {
            self.recent.clear();
            return None;
        };
        let agrees = self.recent.last().is_some_and(|hz| cents(*hz, tone.hz).abs() < AGREE);
        if !agrees {
            self.recent.clear();
        }
        self.recent.push(tone.hz);
        if self.recent.len() > STEADY {
            self.recent.remove(0);
        }
        agrees.then_some(tone)
    }

    fn tone(&self, peaks: &Peaks, config: &TunerConfig) -> Option<Tone> {
        let best = self.best(peaks, config)?;
        let fit = fit::fit(peaks, best.hz)?;
        let obeys = (1.0 - fit.residual / WORST_RESIDUAL).clamp(0.0, 1.0);
        let explains = ((best.score() - WORST_SCORE) / (0.5 - WORST_SCORE)).clamp(0.0, 1.0);
        let enough = match fit.partials.len() {
            0 => 0.0,
            1 => 0.4,
            2 => 0.7,
            _ => 1.0,
        };
        let confidence = obeys * explains * enough;
        (confidence > 0.0).then_some(Tone { hz: fit.hz, confidence, fit })
    }

    fn best(&self, peaks: &Peaks, config: &TunerConfig) -> Option<Candidate> {
        let open = StringNumber::THICK_TO_THIN.map(|s| config.tuning.open(s));
        let (lowest, highest) = (open.iter().min()?, open.iter().max()?);
        let low = lowest.transposed(-BELOW).hz(config.a4);
        let high = highest.transposed(ABOVE).hz(config.a4);
        let best = coarse::candidates(peaks, low, high).first().copied()?;
        let going_on = self.recent.last().map(|hz| coarse::candidate(peaks, *hz));
        match going_on {
            Some(same) if cents(best.hz, same.hz).abs() > SAME => {
                Some(if best.score() > TAKES_OVER * same.score() { best } else { same })
            }
            _ => Some(best),
        }
    }
}

/// Cents from `from` up to `to`.
pub(super) fn cents(from: f32, to: f32) -> f32 {
    1200.0 * (to / from).log2()
}
