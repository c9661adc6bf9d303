//! Observations of a lesson, made by hand: strums, pictures, beats, words.

use std::time::Duration;

use audio::StringState::{self, Dead, NotPlayed, Rings};
use audio::{StringVerdict, Strum, Touch, Verdict};
use theory::{Finger, StringNumber, Tuning, Voicing};
use tutor::{Beat, Hand, Lesson, Observation, Placement, Press, Trouble};

pub(crate) type Script = Vec<Observation>;

pub(crate) fn seconds(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

/// `Em`, or `F 133211` with its voicing.
pub(crate) fn lesson(chord: &str) -> Lesson {
    match chord.split_once(' ') {
        Some((name, voicing)) => {
            Lesson::new(name.parse().unwrap()).voiced(voicing.parse().unwrap())
        }
        None => Lesson::new(chord.parse().unwrap()),
    }
}

fn string(number: u8) -> StringNumber {
    StringNumber::new(number).unwrap()
}

/// Strings of a voicing that sound so many frets from where they should.
pub(crate) fn off(voicing: &str, frets: &[(u8, i32)]) -> Vec<(u8, StringState)> {
    let voicing: Voicing = voicing.parse().unwrap();
    let sounds = |number: u8, by: i32| {
        let meant = voicing.pitch(string(number), &Tuning::STANDARD).unwrap();
        StringState::WrongPitch { pitch: meant.transposed(by) }
    };
    frets.iter().map(|(number, by)| (*number, sounds(*number, *by))).collect()
}

/// A strum of a voicing whose strings all ring, but for those named; cents of those named.
pub(crate) fn strum(
    at: f64,
    voicing: &str,
    odd: &[(u8, StringState)],
    cents: &[(u8, f32)],
) -> Observation {
    let voicing: Voicing = voicing.parse().unwrap();
    let strings = StringNumber::THICK_TO_THIN.map(|string| {
        let asked = voicing.fret(string).is_some();
        let usual = if asked { Rings } else { NotPlayed };
        let named = odd.iter().find(|(number, _)| *number == string.number());
        let cents = cents.iter().find(|(number, _)| *number == string.number());
        StringVerdict {
            string,
            asked,
            state: named.map_or(usual, |(_, state)| *state),
            cents: cents.map(|(_, cents)| *cents),
            confidence: 0.95,
        }
    });
    let right = strings.iter().all(|s| (s.state == Rings) == s.asked);
    let unsure = strings.iter().any(|s| matches!(s.state, StringState::Unsure { .. }));
    let verdict = match (right, unsure) {
        (true, _) => Verdict::Right,
        (_, true) => Verdict::Unsure { ask: None },
        _ => Verdict::Fault,
    };
    let (voicing, verdict) = (Some(voicing), Some(verdict));
    let (at, verdict_at) = (seconds(at), seconds(at + 0.4));
    Observation::Strum(Strum {
        at,
        verdict_at,
        chord: None,
        voicing,
        verdict,
        strings,
        touch: None,
        picked: None,
    })
}

/// A strum with its level in dB and its spectral centroid in Hz.
pub(crate) fn touched(strum: Observation, level_db: f32, centroid_hz: f32) -> Observation {
    match strum {
        Observation::Strum(strum) => {
            Observation::Strum(Strum { touch: Some(Touch { level_db, centroid_hz }), ..strum })
        }
        other => other,
    }
}

/// The same strum several times, three seconds apart.
pub(crate) fn strums(
    count: usize,
    voicing: &str,
    odd: &[(u8, StringState)],
    cents: &[(u8, f32)],
) -> Script {
    (0..count).map(|n| strum(1.0 + 3.0 * n as f64, voicing, odd, cents)).collect()
}

/// With a picture just before every strum.
pub(crate) fn seen(script: Script, presses: &[Press], hand: Option<Hand>) -> Script {
    let picture = |strum: &Observation| {
        let at = match strum {
            Observation::Strum(strum) => strum.at,
            other => other.at(),
        };
        let at = at.saturating_sub(Duration::from_millis(40));
        Observation::Placement(Placement { at, presses: presses.to_vec(), hand })
    };
    script.into_iter().flat_map(|strum| [picture(&strum), strum]).collect()
}

pub(crate) fn press(number: u8, fret: u8, finger: Finger) -> Press {
    Press {
        string: string(number),
        fret,
        finger: Some(finger),
        confidence: 0.9,
        from_wire: None,
        touches: Vec::new(),
        flat: None,
    }
}

pub(crate) fn from_wire(press: Press, from_wire: f32) -> Press {
    Press { from_wire: Some(from_wire), ..press }
}

pub(crate) fn touching(press: Press, number: u8) -> Press {
    Press { touches: vec![string(number)], ..press }
}

pub(crate) fn said(text: &str) -> Script {
    vec![Observation::Utterance { at: seconds(5.0), text: text.to_owned(), confidence: 0.9 }]
}

pub(crate) fn trouble(trouble: Trouble) -> Script {
    vec![Observation::Trouble { at: seconds(1.0), trouble }]
}

/// A beat of half a second, four in a bar.
pub(crate) fn beat(beat: f64, offset_ms: f32) -> Beat {
    Beat {
        at: seconds(10.0 + 0.5 * beat + f64::from(offset_ms) / 1000.0),
        beat,
        bar: 4,
        offset_ms: Some(offset_ms),
        beat_ms: 500.0,
        direction: None,
        asked: None,
        change: false,
        after_rest: false,
        level_db: None,
        spread_ms: None,
    }
}

pub(crate) fn beats(count: usize, make: impl Fn(usize) -> Beat) -> Script {
    (0..count).map(|n| Observation::Beat(make(n))).collect()
}

/// Pictures of a hand, ten a second.
pub(crate) fn watched(long: f64, hand: Hand) -> Script {
    let picture = |n: u32| {
        let at = Duration::from_millis(100) * n;
        Observation::Placement(Placement { at, presses: Vec::new(), hand: Some(hand) })
    };
    (0..=(long * 10.0) as u32).map(picture).collect()
}

/// A strum of E minor every six seconds for so many minutes, string 3 of some of them dead.
pub(crate) fn long(minutes: usize, dead: impl Fn(usize) -> bool) -> Script {
    let strum = |n: usize| {
        let odd: &[(u8, StringState)] = if dead(n) { &[(3, Dead)] } else { &[] };
        strum(1.0 + 6.0 * n as f64, "022000", odd, &[])
    };
    (0..minutes * 10).map(strum).collect()
}
