//! Which string a pitch is, and which way to turn.
//!
//! By pitch alone, so a string five semitones flat is the next lower one: the confidence says so.

use theory::StringNumber;

use super::note::cents;
use super::{TunerConfig, TunerHint};

/// Confidence from which a hint is given.
pub(super) const SURE: f32 = 0.3;
/// Cents within which a string is in tune.
const IN_TUNE: f32 = 5.0;
/// Cents within which a pitch is an octave off.
const OCTAVE: f32 = 120.0;
/// What speaks against a string, in cents of flatness: strings slip and are new, so they are flat
/// more often than sharp; an octave off is rarer still.
const SHARP: f32 = 1.5;
const AN_OCTAVE: f32 = 350.0;
const OFF_OCTAVE: f32 = 2.0;
/// A note that is being tuned stays on its string this much longer.
const STAYS: f32 = 100.0;
/// Strings this far apart in that measure are told apart for certain.
const APART: f32 = 250.0;

/// A string for a pitch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Choice {
    pub(super) string: StringNumber,
    pub(super) cents: f32,
    pub(super) confidence: f32,
    pub(super) hint: TunerHint,
}

pub(super) fn choose(
    hz: f32,
    config: &TunerConfig,
    aim: Option<StringNumber>,
    held: Option<StringNumber>,
) -> Choice {
    match aim {
        Some(string) => aimed(hz, config, string),
        None => recognised(hz, config, held),
    }
}

fn off(hz: f32, config: &TunerConfig, string: StringNumber) -> f32 {
    cents(config.tuning.open(string).hz(config.a4), hz)
}

/// What speaks against `off` cents being this string.
fn against(off: f32) -> f32 {
    let near = if off > 0.0 { SHARP * off } else { -off };
    let octave = AN_OCTAVE + OFF_OCTAVE * (off.abs() - 1200.0).abs();
    near.min(octave)
}

fn recognised(hz: f32, config: &TunerConfig, held: Option<StringNumber>) -> Choice {
    let mut ranked = StringNumber::THICK_TO_THIN.map(|string| {
        let stays = if held == Some(string) { STAYS } else { 0.0 };
        (string, against(off(hz, config, string)) - stays)
    });
    ranked.sort_by(|a, b| a.1.total_cmp(&b.1));
    let [(string, best), (_, second), ..] = ranked;
    let off = off(hz, config, string);
    // Half sure where two strings are equally likely.
    let confidence = (0.5 + 0.5 * (second - best) / APART).clamp(0.5, 1.0);
    Choice { string, cents: off, confidence, hint: turn(off) }
}

fn aimed(hz: f32, config: &TunerConfig, string: StringNumber) -> Choice {
    let own = off(hz, config, string);
    let nearest = StringNumber::THICK_TO_THIN
        .map(|other| (other, off(hz, config, other).abs()))
        .into_iter()
        .filter(|(other, _)| *other != string)
        .min_by(|a, b| a.1.total_cmp(&b.1));
    let octave = (own.abs() - 1200.0).abs();
    let (confidence, hint) = match nearest {
        Some((other, cents)) if cents < own.abs().min(octave) => {
            // Between two strings it may still be the aimed one, far off.
            let apart = (own.abs() - cents) / APART;
            ((0.5 + 0.5 * apart).min(1.0), TunerHint::WrongString { string: other })
        }
        _ => (1.0, turn(own)),
    };
    Choice { string, cents: own, confidence, hint }
}

fn turn(off: f32) -> TunerHint {
    if off.abs() <= IN_TUNE {
        TunerHint::InTune
    } else if (off - 1200.0).abs() < OCTAVE {
        TunerHint::OctaveHigh
    } else if (off + 1200.0).abs() < OCTAVE {
        TunerHint::OctaveLow
    } else if off < 0.0 {
        TunerHint::Tighten
    } else {
        TunerHint::Loosen
    }
}
