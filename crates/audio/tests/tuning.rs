//! The tuner on strings of our own.

#![allow(clippy::unwrap_used, clippy::panic)] // test support outside #[test] functions

use std::time::Duration;

use audio::{AudioChunk, Tuner, TunerConfig, TunerHint, TunerReading};
use proptest::prelude::*;
use theory::{StringNumber, Tuning};

#[path = "support/guitar.rs"]
mod guitar;
use guitar::{Guitar, Pluck};

const RATE: u32 = 44_100;
const OPEN: [u8; 6] = [40, 45, 50, 55, 59, 64];

fn in_pieces(tuner: &mut Tuner, sound: &[f32], pieces: &[usize]) -> Vec<TunerReading> {
    let (mut readings, mut done, mut turn) = (Vec::new(), 0, 0);
    while done < sound.len() {
        let end = (done + pieces[turn % pieces.len()]).min(sound.len());
        let at = Duration::from_secs_f64(done as f64 / f64::from(RATE));
        let samples = sound[done..end].to_vec();
        readings.extend(tuner.hear(&AudioChunk { at, rate: RATE, samples }));
        (done, turn) = (end, turn + 1);
    }
    tuner.finish();
    readings
}

fn read(sound: &[f32], aim: Option<u8>) -> Vec<TunerReading> {
    let mut tuner = Tuner::new(TunerConfig::default());
    tuner.aim(aim.map(string));
    in_pieces(&mut tuner, sound, &[RATE as usize / 50])
}

fn string(number: u8) -> StringNumber {
    StringNumber::new(number).unwrap()
}

/// A quiet room, a pluck after 0.4 s.
fn plucked(seed: u64, index: usize, midi: u8, cents: f32) -> Vec<f32> {
    let mut guitar = Guitar::new(RATE, seed);
    let mut sound = vec![0.0; 2 * RATE as usize];
    let start = (0.4 * RATE as f32) as usize;
    guitar.pluck(&mut sound, start, index, Pluck::Rings(midi, cents), 0.3);
    guitar.room(&mut sound, 0.0002);
    sound
}

#[test]
fn every_open_string_is_recognised_and_told_where_to_turn() {
    for (index, midi) in OPEN.iter().enumerate() {
        for (cents, hint) in
            [(-30.0, TunerHint::Tighten), (0.0, TunerHint::InTune), (20.0, TunerHint::Loosen)]
        {
            let readings = read(&plucked(index as u64, index, *midi, cents), None);
            assert!(readings.len() >= 12, "{index} {cents}: {}", readings.len());
            for reading in &readings {
                assert_eq!(reading.string.index(), index, "{reading:?}");
                assert!((reading.cents - cents).abs() < 2.0, "{index} {cents}: {reading:?}");
                assert_eq!(reading.hint, Some(hint), "{reading:?}");
            }
            assert!(readings.iter().any(|reading| reading.steady));
        }
    }
}

#[test]
fn another_string_than_the_aimed_one_and_an_octave_are_named() {
    let fourth = read(&plucked(1, 2, 50, 0.0), Some(5));
    let wrong = TunerHint::WrongString { string: string(4) };
    assert!(!fourth.is_empty() && fourth.iter().all(|r| r.hint == Some(wrong)), "{fourth:?}");
    let harmonic = read(&plucked(2, 0, 52, 3.0), Some(6));
    assert!(!harmonic.is_empty());
    assert!(harmonic.iter().all(|r| r.hint == Some(TunerHint::OctaveHigh)), "{harmonic:?}");
    let slack = read(&plucked(3, 5, 52, 0.0), Some(1));
    assert!(!slack.is_empty());
    assert!(slack.iter().all(|r| r.hint == Some(TunerHint::OctaveLow)), "{slack:?}");
}

#[test]
fn silence_and_noise_are_no_string() {
    let mut room = vec![0.0; 4 * RATE as usize];
    assert_eq!(read(&room, None), []);
    Guitar::new(RATE, 5).room(&mut room, 0.1);
    assert_eq!(read(&room, None), []);
}

#[test]
fn another_tuning_and_reference_move_the_target() {
    let tuning: Tuning = "drop-d".parse().unwrap();
    let mut tuner = Tuner::new(TunerConfig { tuning, a4: 432.0 });
    let flat = 1200.0 * (432f32 / 440.0).log2();
    let readings = in_pieces(&mut tuner, &plucked(4, 0, 38, flat), &[4000]);
    assert!(!readings.is_empty());
    assert!(readings.iter().all(|r| r.hint == Some(TunerHint::InTune)), "{readings:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_cut_of_the_input_leaves_no_trace(pieces in prop::collection::vec(1usize..30_000, 1..8)) {
        let mut sound = plucked(7, 3, 55, -12.0);
        sound.extend(plucked(8, 1, 45, 9.0));
        let whole = in_pieces(&mut Tuner::new(TunerConfig::default()), &sound, &[sound.len()]);
        prop_assert!(whole.len() > 20);
        let cut = in_pieces(&mut Tuner::new(TunerConfig::default()), &sound, &pieces);
        prop_assert_eq!(whole, cut);
    }
}
