//! Bad sound through the real ears: each ends in a named sensing problem or an honest verdict.

#![allow(clippy::unwrap_used)] // test support outside #[test] functions

use std::time::Duration;

use audio::{AudioChunk, Heard, Listener, ListenerConfig, SensingProblem, Target, Verdict};
use theory::{Chord, usual_voicings};

#[path = "support/guitar.rs"]
mod guitar;
use guitar::{Guitar, ringing};

const E_MINOR: [Option<u8>; 6] = [Some(0), Some(2), Some(2), Some(0), Some(0), Some(0)];

fn hear(rate: u32, sound: &[f32]) -> (Vec<SensingProblem>, Vec<Verdict>) {
    let chord: Chord = "Em".parse().unwrap();
    let target = Some(Target { voicings: usual_voicings(chord) });
    let mut listener = Listener::new(ListenerConfig { target, ..Default::default() });
    let time = |n: usize| Duration::from_secs_f64(n as f64 / f64::from(rate));
    let mut heard = Vec::new();
    for (index, piece) in sound.chunks(rate as usize / 50).enumerate() {
        let at = time(index * (rate as usize / 50));
        heard.extend(listener.hear(&AudioChunk { at, rate, samples: piece.to_vec() }));
    }
    heard.extend(listener.finish());
    let problems = heard.iter().filter_map(|h| match h {
        Heard::Sensing(problem) => Some(*problem),
        _ => None,
    });
    let verdicts = heard.iter().filter_map(|h| match h {
        Heard::Strum(strum) => strum.verdict,
        _ => None,
    });
    (problems.collect(), verdicts.collect())
}

fn strum(rate: u32) -> Vec<f32> {
    let mut guitar = Guitar::new(rate, 3);
    let mut sound = vec![0.0; 2 * rate as usize];
    guitar.strum(&mut sound, 0.5, 0.015, &ringing(E_MINOR), 0.3);
    guitar.room(&mut sound, 0.0002);
    sound
}

#[test]
fn a_good_strum_is_not_accused_at_any_rate() {
    for rate in [8_000, 16_000, 22_050, 44_100, 48_000, 96_000] {
        let (_, verdicts) = hear(rate, &strum(rate));
        assert_eq!(verdicts.len(), 1, "{rate}");
        assert_ne!(verdicts[0], Verdict::Fault, "{rate}");
    }
}

#[test]
fn silence_noise_clipping_and_the_telephone_are_named() {
    let (problems, verdicts) = hear(44_100, &vec![0.0; 3 * 44_100]);
    assert_eq!((problems, verdicts.len()), (vec![SensingProblem::Silence], 0));

    let mut noise = vec![0.0; 4 * 44_100];
    Guitar::new(44_100, 8).room(&mut noise, 0.03);
    let (problems, verdicts) = hear(44_100, &noise);
    assert!(matches!(problems[..], [SensingProblem::LowSnr { .. }]), "{problems:?}");
    assert!(verdicts.is_empty());

    let loud: Vec<f32> = strum(44_100).iter().map(|s| (s * 15.0).clamp(-1.0, 1.0)).collect();
    let (problems, verdicts) = hear(44_100, &loud);
    assert!(problems.contains(&SensingProblem::Clipping), "{problems:?}");
    assert_eq!(verdicts.len(), 1);
    assert!(verdicts.iter().all(|v| matches!(v, Verdict::Unsure { .. })), "{verdicts:?}");

    let (problems, _) = hear(8_000, &strum(8_000));
    assert!(problems.contains(&SensingProblem::NarrowBand), "{problems:?}");
}
