//! The same results however the input is cut, at any rate and at any hour, whatever impairs it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::time::Duration;

use audio::{
    AudioChunk, Heard, Listener, ListenerConfig, SensingProblem, Target, Tuner, TunerConfig,
    TunerReading, Verdict,
};
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
    let mut heard = Vec::new();
    for chunk in cut(sound, rate, began, pieces, None) {
        heard.extend(listener.hear(&chunk));
    }
    heard.extend(listener.finish());
    heard
}

/// The sound in chunks of these lengths in turn; after sample `lost` the capture paused for 0.2 s.
fn cut(
    sound: &[f32],
    rate: u32,
    began: Duration,
    pieces: &[usize],
    lost: Option<usize>,
) -> Vec<AudioChunk> {
    let (mut chunks, mut done, mut turn) = (Vec::new(), 0, 0);
    while done < sound.len() {
        let stop = lost.filter(|lost| *lost > done).unwrap_or(sound.len());
        let end = (done + pieces[turn % pieces.len()]).min(stop);
        let pause =
            Duration::from_millis(if lost.is_some_and(|lost| done >= lost) { 200 } else { 0 });
        let at =
            began + pause + Duration::from_nanos(done as u64 * 1_000_000_000 / u64::from(rate));
        chunks.push(AudioChunk { at, rate, samples: sound[done..end].to_vec() });
        (done, turn) = (end, turn + 1);
    }
    chunks
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..Default::default() })]

    /// A voice that is found late takes a verdict back, a quiet room lets the early look speak, the
    /// capture pauses: all of it at the same samples.
    #[test]
    fn no_cut_leaves_a_trace_where_a_strum_is_told_early_or_again(
        seed in 0u64..50,
        quiet in any::<bool>(),
        lost in prop::option::of(1usize..4 * 44_100),
        pieces in prop::collection::vec(1usize..3_000, 1..6),
    ) {
        let rate = 44_100;
        let sound = if quiet { a_good_room(rate, seed) } else { a_bad_room(rate, seed) };
        let target = Some(Target { voicings: vec!["022000".parse().unwrap()] });
        let hear = |pieces: &[usize]| {
            let config = ListenerConfig { target: target.clone(), ..Default::default() };
            let mut listener = Listener::new(config);
            let chunks = cut(&sound, rate, Duration::ZERO, pieces, lost);
            let mut heard: Vec<Heard> = chunks.iter().flat_map(|c| listener.hear(c)).collect();
            heard.extend(listener.finish());
            heard
        };
        prop_assert_eq!(hear(&[sound.len()]), hear(&pieces));
    }

    #[test]
    fn the_tuner_hears_the_same_however_it_is_cut(
        seed in 0u64..50,
        lost in prop::option::of(1usize..3 * 44_100),
        pieces in prop::collection::vec(1usize..5_000, 1..6),
    ) {
        let rate = 44_100;
        let mut guitar = Guitar::new(rate, seed);
        let mut sound = vec![0.0; 3 * rate as usize];
        for (at, string) in [(0.3, 1), (1.6, 4)] {
            let pluck = ringing(E_MINOR)[string];
            guitar.pluck(&mut sound, (at * rate as f32) as usize, string, pluck, 0.3);
        }
        guitar.room(&mut sound, 2e-4);
        let hear = |pieces: &[usize]| -> Vec<TunerReading> {
            let mut tuner = Tuner::new(TunerConfig::default());
            let chunks = cut(&sound, rate, Duration::ZERO, pieces, lost);
            chunks.iter().flat_map(|chunk| tuner.hear(chunk)).collect()
        };
        let whole = hear(&[sound.len()]);
        prop_assert!(lost.is_some() || !whole.is_empty());
        prop_assert_eq!(whole, hear(&pieces));
    }
}

/// Correct strums out of quiet.
fn a_good_room(rate: u32, seed: u64) -> Vec<f32> {
    let mut guitar = Guitar::new(rate, seed);
    let mut sound = vec![0.0; 4 * rate as usize];
    for at in [0.5, 2.5] {
        guitar.damp(&mut sound, at - 0.05);
        guitar.strum(&mut sound, at, 0.02, &ringing(E_MINOR), 0.3);
    }
    guitar.room(&mut sound, 2e-4);
    sound
}

/// What the proptests lean on happens: some strum is told early, and some is told again.
#[test]
fn strums_are_told_early_and_again() {
    let (mut early, mut again) = (0, 0);
    for seed in 0..12 {
        let strums = |sound: &[f32]| -> Vec<(Duration, Duration, Option<Verdict>)> {
            let heard = listen(sound, 44_100, Duration::ZERO, &[882]);
            let told = heard.iter().filter_map(|h| match h {
                Heard::Strum(s) => Some((s.at, s.verdict_at, s.verdict)),
                _ => None,
            });
            told.collect()
        };
        let settled = |told: &&(Duration, Duration, Option<Verdict>)| {
            told.2 == Some(Verdict::Right) && told.1 - told.0 < Duration::from_millis(345)
        };
        early += strums(&a_good_room(44_100, seed)).iter().filter(settled).count();
        let told = strums(&a_bad_room(44_100, seed));
        again += told.windows(2).filter(|pair| pair[0].0 == pair[1].0).count();
    }
    assert!(early > 0 && again > 0, "{early} early, {again} again");
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
