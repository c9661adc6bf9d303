//! The twelfth fret against the open string: whether the guitar itself is in tune up the neck.
//!
//! A stiff string half as long is four times as stiff, so its octave is a little wide; that much
//! is expected and not counted. The harmonic over the twelfth fret has the same pitch when all is
//! well. It does not listen; it compares the [`Portrait`]s of two notes.

use serde::{Deserialize, Serialize};
use theory::StringNumber;

use crate::Portrait;

/// Cents from which a deviation matters.
const MATTERS: f32 = 5.0;
/// A note this far from the octave, in cents, is another note.
const OTHER: f32 = 80.0;
/// Notes less sure than this are not compared.
const SURE: f32 = 0.3;

/// How the twelfth fret sounds beside the open string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntonationVerdict {
    /// Less than 5 cents off.
    True,
    /// 5 cents or more too high.
    Sharp,
    /// 5 cents or more too low.
    Flat,
}

/// Two notes compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Intonation {
    /// The string.
    pub string: StringNumber,
    /// First partial of the open string in Hz.
    pub open_hz: f32,
    /// First partial of the twelfth fret, or of the harmonic, in Hz.
    pub octave_hz: f32,
    /// Cents of the second above the stretched octave of the first.
    pub cents: f32,
    /// 0–1.
    pub confidence: f32,
    /// What it means.
    pub verdict: IntonationVerdict,
}

/// Compares each octave with the open note before it.
#[derive(Debug, Clone, Default)]
pub struct IntonationCheck {
    open: Option<Portrait>,
}

impl IntonationCheck {
    /// The next note. Gives a comparison if it is the octave of the open string heard last.
    pub fn hear(&mut self, note: &Portrait) -> Option<Intonation> {
        if note.confidence < SURE {
            return None;
        }
        if let Some(open) = &self.open {
            let cents = 1200.0 * (note.hz / stretched_octave(open.hz, open.stiffness)).log2();
            if cents.abs() < OTHER {
                return Some(compared(open, note, cents));
            }
        }
        self.open = Some(note.clone());
        None
    }
}

/// Whether `hz` is the twelfth fret of a string whose open note is `open_hz`, be it in tune or not.
#[must_use]
pub fn is_twelfth_fret(open_hz: f32, hz: f32) -> bool {
    (1200.0 * (hz / (2.0 * open_hz)).log2()).abs() < OTHER
}

fn compared(open: &Portrait, note: &Portrait, cents: f32) -> Intonation {
    let verdict = match cents {
        c if c >= MATTERS => IntonationVerdict::Sharp,
        c if c <= -MATTERS => IntonationVerdict::Flat,
        _ => IntonationVerdict::True,
    };
    Intonation {
        string: open.string,
        open_hz: open.hz,
        octave_hz: note.hz,
        cents,
        confidence: open.confidence.min(note.confidence),
        verdict,
    }
}

/// First partial of a string of half the length, from that of the open one and its B.
fn stretched_octave(hz: f32, stiffness: f32) -> f32 {
    2.0 * hz * ((1.0 + 4.0 * stiffness) / (1.0 + stiffness)).sqrt()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn note(hz: f32) -> Portrait {
        Portrait {
            at: Duration::ZERO,
            until: Duration::from_secs(2),
            string: StringNumber::THICK_TO_THIN[0],
            hz,
            cents: 0.0,
            confidence: 0.9,
            stiffness: 1e-4,
            stiffness_error: 1e-6,
            levels: [0.0; 10],
            decays: [1.0; 10],
        }
    }

    #[test]
    fn a_stretched_octave_is_true_and_five_cents_matter() {
        let octave = 164.8 * (1.0 + 1.5e-4);
        for (cents, verdict) in [
            (0.0, IntonationVerdict::True),
            (4.0, IntonationVerdict::True),
            (6.0, IntonationVerdict::Sharp),
            (-9.0, IntonationVerdict::Flat),
        ] {
            let mut check = IntonationCheck::default();
            assert_eq!(check.hear(&note(82.4)), None);
            let found = check.hear(&note(octave * (cents / 1200f32).exp2())).unwrap();
            assert_eq!(found.verdict, verdict, "{found:?}");
            assert!((found.cents - cents).abs() < 0.05, "{found:?}");
        }
    }

    #[test]
    fn a_twelfth_fret_is_an_octave_up_well_or_badly_in_tune() {
        for (hz, is) in [(164.8, true), (171.0, true), (146.8, false), (82.4, false)] {
            assert_eq!(is_twelfth_fret(82.4, hz), is, "{hz}");
        }
    }

    #[test]
    fn another_note_is_the_next_open_string() {
        let mut check = IntonationCheck::default();
        assert_eq!(check.hear(&note(82.4)), None);
        assert_eq!(check.hear(&note(110.0)), None);
        assert!(check.hear(&note(220.2)).is_some());
    }
}
