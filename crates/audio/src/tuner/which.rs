//! Which string a pitch is, and which way to turn.
//!
//! By pitch alone, so a string five semitones flat is the next lower one: the confidence says so.

use theory::{StringNumber, Tuning};

use super::note::cents;
use super::{TunerConfig, TunerHint};

/// Confidence from which a hint is given.
pub(super) const SURE: f32 = 0.3;
/// Cents within which a string is in tune.
const IN_TUNE: f32 = 5.0;
/// Cents within which a pitch is an octave off.
const OCTAVE: f32 = 120.0;
/// No string is this far above its pitch, in cents: it would bear 1.8 times its tension, and wound
/// for its pitch it breaks before.
const SHARPEST: f32 = 500.0;
/// What speaks against a string, in cents of flatness: strings slip and are new, so they are flat
/// more often than sharp; an octave off is rarer still.
const SHARP: f32 = 1.5;
const AN_OCTAVE: f32 = 350.0;
const OFF_OCTAVE: f32 = 2.0;
/// What speaks against a string that still stands, within so many cents, where the usual tuning has
/// it: it was not turned to this one yet.
const USUAL: f32 = 150.0;
const STANDS: f32 = 50.0;
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
    /// None where the sound is no string of this tuning, whatever peg is turned.
    pub(super) hint: Option<TunerHint>,
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

fn is_usual(hz: f32, config: &TunerConfig, string: StringNumber) -> bool {
    cents(Tuning::STANDARD.open(string).hz(config.a4), hz).abs() < STANDS
}

fn recognised(hz: f32, config: &TunerConfig, held: Option<StringNumber>) -> Choice {
    let mut ranked = StringNumber::THICK_TO_THIN.map(|string| {
        let stays = if held == Some(string) { STAYS } else { 0.0 };
        let against = against(off(hz, config, string));
        let against = if is_usual(hz, config, string) { against.min(USUAL) } else { against };
        (string, against - stays)
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
            ((0.5 + 0.5 * apart).min(1.0), Some(TunerHint::WrongString { string: other }))
        }
        _ => (1.0, turn(own)),
    };
    Choice { string, cents: own, confidence, hint }
}

fn turn(off: f32) -> Option<TunerHint> {
    if off.abs() <= IN_TUNE {
        Some(TunerHint::InTune)
    } else if (off - 1200.0).abs() < OCTAVE {
        Some(TunerHint::OctaveHigh)
    } else if (off + 1200.0).abs() < OCTAVE {
        Some(TunerHint::OctaveLow)
    } else if (-1200.0..0.0).contains(&off) {
        Some(TunerHint::Tighten)
    } else if (0.0..=SHARPEST).contains(&off) {
        Some(TunerHint::Loosen)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(string: u8, off: f32, aim: Option<u8>) -> Choice {
        let config = TunerConfig::default();
        let number = |n| StringNumber::new(n).unwrap();
        let hz = config.tuning.open(number(string)).hz(config.a4) * (off / 1200.0).exp2();
        choose(hz, &config, aim.map(number), None)
    }

    #[test]
    fn a_slack_string_is_recognised_and_less_surely_the_slacker_it_is() {
        for string in 1..=6 {
            for off in [-180.0, -60.0, 0.0, 60.0, 120.0] {
                let choice = heard(string, off, None);
                assert_eq!(choice.string.number(), string, "{off}");
                assert!((choice.cents - off).abs() < 0.1);
            }
            let (near, far) = (heard(string, -20.0, None), heard(string, -210.0, None));
            assert!(near.confidence > 0.9 && far.confidence < near.confidence, "{string}");
        }
        // Five semitones flat, string 5 sounds like string 6: aimed at, it says so.
        assert_eq!(heard(5, -500.0, None).string.number(), 6);
        let wrong = TunerHint::WrongString { string: StringNumber::new(6).unwrap() };
        assert_eq!(heard(5, -500.0, Some(5)).hint, Some(wrong));
        // The thick string has nobody below it.
        let slack = heard(6, -500.0, None);
        assert_eq!((slack.string.number(), slack.hint), (6, Some(TunerHint::Tighten)));
    }

    #[test]
    fn an_octave_is_named_where_no_string_is_nearer() {
        assert_eq!(heard(6, -1190.0, None).hint, Some(TunerHint::OctaveLow));
        assert_eq!(heard(1, 1205.0, None).hint, Some(TunerHint::OctaveHigh));
        assert_eq!(heard(6, 1200.0, Some(6)).hint, Some(TunerHint::OctaveHigh));
        assert_eq!(heard(4, -1200.0, Some(4)).hint, Some(TunerHint::OctaveLow));
        let own = heard(1, 0.0, Some(6));
        assert!(
            matches!(own.hint, Some(TunerHint::WrongString { string }) if string.number() == 1)
        );
    }

    #[test]
    fn five_cents_are_in_tune() {
        assert_eq!(heard(3, 4.9, None).hint, Some(TunerHint::InTune));
        assert_eq!(heard(3, 5.2, None).hint, Some(TunerHint::Loosen));
        assert_eq!(heard(3, -5.2, None).hint, Some(TunerHint::Tighten));
    }

    #[test]
    fn a_string_that_is_being_turned_stays_itself() {
        let config = TunerConfig::default();
        let fifth = StringNumber::new(5).unwrap();
        let hz = config.tuning.open(fifth).hz(config.a4) * (-320f32 / 1200.0).exp2();
        assert_ne!(choose(hz, &config, None, None).string, fifth);
        assert_eq!(choose(hz, &config, None, Some(fifth)).string, fifth);
    }

    #[test]
    fn a_guitar_in_the_usual_tuning_is_retuned_string_by_string() {
        for (_, tuning) in Tuning::named() {
            let config = TunerConfig { tuning, ..TunerConfig::default() };
            for string in StringNumber::THICK_TO_THIN {
                let hz = Tuning::STANDARD.open(string).hz(config.a4);
                let choice = choose(hz, &config, None, None);
                assert_eq!(choice.string, string, "{tuning}");
            }
        }
    }

    #[test]
    fn what_no_peg_brings_there_has_no_hint() {
        for (string, off) in [(1, 1400.0), (1, 900.0), (1, 2400.0), (6, -1365.0), (6, -2400.0)] {
            assert_eq!(heard(string, off, None).hint, None, "{string} {off}");
        }
        assert_eq!(heard(1, 900.0, Some(1)).hint, None);
        assert_eq!(heard(1, 450.0, Some(1)).hint, Some(TunerHint::Loosen));
        assert_eq!(heard(6, -900.0, Some(6)).hint, Some(TunerHint::Tighten));
    }
}
