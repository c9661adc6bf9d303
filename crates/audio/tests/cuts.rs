//! The same results however the input is cut, at any rate and at any hour, whatever impairs it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::time::Duration;

use audio::{AudioChunk, Heard, Listener, ListenerConfig, SensingProblem, Target};
use proptest::prelude::*;

#[path = "support/guitar.rs"]
mod guitar;
use guitar::{Guitar, ringing};

const E_MINOR: [Option<u8>; 6] = [Some(0), Some(2), Some(2), Some(0), Some(0), Some(0)];

/// Strums, someone who speaks over the second, and a metronome.
fn a_bad_room(rate: u32, seed: u64) -> Vec<f32> {
    let mut guitar = Guitar::new(rate, seed);
    let mut sound = vec![0.0; 4 * rate as usize];
    for at in [0.5, 2.5] {
        guitar.strum(&mut sound, at, 0.015, &ringing(E_MINOR), 0.3);
    }
    guitar.room(&mut sound, 2e-4);
    let mut phase = 0f32;
    for (n, sample) in sound.iter_mut().enumerate() {
        let t = n as f32 / rate as f32;
        phase = (phase + 130.0 * (0.6 * (t * 8.0).sin()).exp2() / rate as f32).fract();
        if t > 1.5 {
            let tone = |k: i32| (std::f32::consts::TAU * k as f32 * phase).sin() / k as f32;
            *sample += 0.05 * (1..12).map(tone).sum::<f32>();
        }
        let click = t % 0.5;
        *sample += 0.1 * (-click / 0.01).exp() * (click * 6_000.0).sin();
    }
    sound
}

fn listen(sound: &[f32], rate: u32, began: Duration, pieces: &[usize]) -> Vec<Heard> {
    let target = Some(Target { voicings: vec!["022000".parse().unwrap()] });
    let mut listener = Listener::new(ListenerConfig { target, ..Default::default() });
    let (mut heard, mut done, mut turn) = (Vec::new(), 0, 0);
    while done < sound.len() {
        let end = (done + pieces[turn % pieces.len()]).min(sound.len());
        let at = began + Duration::from_nanos(done as u64 * 1_000_000_000 / u64::from(rate));
        heard.extend(listener.hear(&AudioChunk { at, rate, samples: sound[done..end].to_vec() }));
        (done, turn) = (end, turn + 1);
    }
    heard.extend(listener.finish());
    heard
}

fn problems(heard: &[Heard]) -> Vec<SensingProblem> {
    heard.iter().filter_map(|h| if let Heard::Sensing(p) = h { Some(*p) } else { None }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_cut_leaves_a_trace_at_any_rate(
        rate in prop_oneof![
            Just(16_000u32), Just(22_050), Just(44_100), Just(48_000), Just(96_000),
            16_000u32..96_000
        ],
        seed in 0u64..50,
        pieces in prop::collection::vec(1usize..9_000, 1..6),
    ) {
        let sound = a_bad_room(rate, seed);
        let whole = listen(&sound, rate, Duration::ZERO, &[sound.len()]);
        prop_assert_eq!(&whole, &listen(&sound, rate, Duration::ZERO, &pieces));
    }
}

#[test]
fn a_session_that_has_lasted_for_weeks_hears_the_same() {
    let sound = a_bad_room(44_100, 5);
    let fresh = listen(&sound, 44_100, Duration::ZERO, &[882]);
    let weeks = Duration::from_secs(10 * 7 * 86_400);
    let late = listen(&sound, 44_100, weeks, &[882]);
    assert_eq!(problems(&fresh), problems(&late));
    let onsets = |heard: &[Heard], since: Duration| -> Vec<Duration> {
        let at =
            |h: &Heard| if let Heard::Onset(onset) = h { Some(onset.at - since) } else { None };
        heard.iter().filter_map(at).collect()
    };
    assert_eq!(onsets(&fresh, Duration::ZERO), onsets(&late, weeks));
    // The end of time itself.
    let end = Duration::MAX - Duration::from_secs(1);
    let mut listener = Listener::new(ListenerConfig::default());
    listener.hear(&AudioChunk { at: end, rate: 44_100, samples: sound });
    listener.finish();
}
