//! How exactly a known string is measured: its pitch, and what a fingerprint learns of it. The
//! strings differ from those on which the tuner was made: stiffness, decay, two polarisations.

#![allow(clippy::unwrap_used, clippy::panic)] // test support outside #[test] functions

use std::time::Duration;

use audio::{
    AudioChunk, GuitarPrint, IntonationCheck, IntonationVerdict, Portrait, Tuner, TunerConfig,
    TunerReading,
};

#[path = "support/pluck.rs"]
mod pluck;
use pluck::{Known, struck};

const RATE: u32 = 44_100;
const OPEN_HZ: [f32; 6] = [82.407, 110.0, 146.832, 195.998, 246.942, 329.628];
/// B of the open strings, 6 first, that the variants scale.
const STIFFNESS: [f32; 6] = [9e-5, 7e-5, 5e-5, 9e-5, 5e-5, 3e-5];

fn known(index: usize, cents: f32, scale: f32, apart: f32) -> Known {
    let hz = OPEN_HZ[index] * (cents / 1200.0).exp2();
    Known {
        hz,
        stiffness: STIFFNESS[index] * scale,
        levels: struck(0.11 + 0.03 * scale, 0.8 + 0.2 * scale),
        decay: 1.4 * (110.0 / hz).powf(0.4),
        fade: 0.08,
        apart,
    }
}

fn tune(sound: &[f32]) -> (Vec<TunerReading>, Vec<Portrait>) {
    let mut tuner = Tuner::new(TunerConfig::default());
    let mut readings = Vec::new();
    for (turn, piece) in sound.chunks(1024).enumerate() {
        let at = Duration::from_secs_f64(turn as f64 * 1024.0 / f64::from(RATE));
        readings.extend(tuner.hear(&AudioChunk { at, rate: RATE, samples: piece.to_vec() }));
    }
    tuner.finish();
    let portraits = tuner.portraits();
    (readings, portraits)
}

/// Absolute errors in cents over all strings and variants at one signal-to-noise ratio.
fn errors(snr_db: f32, apart: f32) -> Vec<f32> {
    let mut errors = Vec::new();
    for index in 0..6 {
        for (seed, (cents, scale)) in
            [(-38.0, 0.3), (-6.0, 1.0), (11.0, 3.0), (42.0, 1.6)].into_iter().enumerate()
        {
            let string = known(index, cents, scale, apart);
            let seed = 31 * index as u64 + seed as u64;
            let (readings, _) = tune(&string.render(RATE, 1.8, 0.3, snr_db, seed));
            assert!(readings.len() >= 8, "{index} {cents} {snr_db}: {}", readings.len());
            for reading in readings {
                assert_eq!(reading.string.index(), index, "{reading:?}");
                errors.push((1200.0 * (reading.hz / string.hz).log2()).abs());
            }
        }
    }
    errors.sort_by(f32::total_cmp);
    errors
}

fn p95(errors: &[f32]) -> f32 {
    errors[errors.len() * 95 / 100]
}

#[test]
fn within_a_cent_down_to_twenty_decibels_and_usable_at_ten() {
    for (snr_db, most) in [(60.0, 0.2), (20.0, 0.6), (10.0, 1.5)] {
        let errors = errors(snr_db, 0.0);
        println!("{snr_db} dB: p95 {:.3} of {}", p95(&errors), errors.len());
        assert!(p95(&errors) < most, "{snr_db} dB: {}", p95(&errors));
    }
}

#[test]
fn two_polarisations_cost_less_than_they_lie_apart() {
    // The louder one is the truth; the weaker pulls by less than its distance.
    let errors = errors(30.0, 0.12);
    println!("two polarisations: p95 {:.3} of {}", p95(&errors), errors.len());
    assert!(p95(&errors) < 1.0, "{}", p95(&errors));
}

#[test]
fn a_fingerprint_learns_stiffness_levels_and_decays() {
    for index in 0..6 {
        for scale in [0.6, 1.8] {
            let string = known(index, 4.0, scale, 0.0);
            let (_, portraits) = tune(&string.render(RATE, 2.2, 0.3, 35.0, index as u64));
            let mut print = GuitarPrint::default();
            assert_eq!(portraits.len(), 1, "{index}");
            assert!(print.learn(&portraits[0]), "{:?}", portraits[0]);
            let learnt = print.string(portraits[0].string).unwrap();
            assert_eq!(portraits[0].string.index(), index);
            assert!((learnt.cents - 4.0).abs() < 0.5, "{learnt:?}");
            let b = learnt.stiffness.unwrap();
            assert!((b / string.stiffness).log2().abs() < 0.3, "{index} {scale}: {b:e}");
            let loudest = string.levels[..10].iter().copied().fold(f32::MIN, f32::max);
            for (k, (level, decay)) in learnt.levels.iter().zip(learnt.decays).enumerate() {
                let truth = string.levels[k] - loudest;
                if truth < -28.0 {
                    continue;
                }
                assert!((level - truth).abs() < 3.0, "{index} {scale} {k}: {level} {truth}");
                let decay = decay / string.decay_of(k + 1);
                assert!((0.6..1.6).contains(&decay), "{index} {scale} {k}: {decay}");
            }
        }
    }
}

#[test]
fn a_note_that_is_spoken_over_tells_of_the_string_until_then() {
    for index in 0..6 {
        let string = known(index, 4.0, 1.0, 0.0);
        let sound = string.render(RATE, 4.0, 0.3, 35.0, index as u64);
        let mut tuner = Tuner::new(TunerConfig::default());
        let struck_at = Duration::from_millis(300);
        let cut_at = struck_at + Duration::from_millis(1_100);
        let mut portraits = Vec::new();
        for (turn, piece) in sound.chunks(1024).enumerate() {
            let at = Duration::from_secs_f64(turn as f64 * 1024.0 / f64::from(RATE));
            if (cut_at..cut_at + Duration::from_millis(24)).contains(&at) {
                tuner.cut();
            }
            tuner.hear(&AudioChunk { at, rate: RATE, samples: piece.to_vec() });
            portraits.extend(tuner.portraits());
        }
        tuner.finish();
        portraits.extend(tuner.portraits());
        assert_eq!(portraits.len(), 1, "{index}: {portraits:?}");
        let note = &portraits[0];
        assert!(note.until <= cut_at + Duration::from_millis(30), "{note:?}");
        assert!((note.cents - 4.0).abs() < 0.5 && note.string.index() == index, "{note:?}");
        assert!(GuitarPrint::default().learn(note));
        for (k, decay) in note.decays.iter().enumerate().take(3) {
            let decay = decay / string.decay_of(k + 1);
            println!("{index} {k} {decay}");
            assert!((0.5..2.0).contains(&decay), "{index} {k}: {decay}");
        }
    }
}

#[test]
fn a_fingerprint_survives_a_file_and_refuses_nonsense() {
    let (_, portraits) = tune(&known(4, 0.0, 1.0, 0.0).render(RATE, 2.0, 0.3, 40.0, 5));
    let mut print = GuitarPrint::default();
    assert!(print.learn(&portraits[0]));
    let json = serde_json::to_string(&print).unwrap();
    assert_eq!(serde_json::from_str::<GuitarPrint>(&json).unwrap(), print);
    let other = json.replacen("\"v\":1", "\"v\":9", 1);
    assert!(serde_json::from_str::<GuitarPrint>(&other).is_err());
    let cents = print.string(portraits[0].string).unwrap().cents;
    let far = json.replacen(&format!("\"cents\":{cents:?}"), "\"cents\":4000.0", 1);
    assert_ne!(far, json);
    assert!(serde_json::from_str::<GuitarPrint>(&far).is_err());
}

#[test]
fn a_twelfth_fret_that_is_sharp_is_found() {
    for (off, verdict) in [(0.0, IntonationVerdict::True), (9.0, IntonationVerdict::Sharp)] {
        let open = known(0, 0.0, 1.0, 0.0);
        let b = open.stiffness;
        let octave = 2.0 * open.hz * ((1.0 + 4.0 * b) / (1.0 + b)).sqrt();
        let hz = octave * (off / 1200f32).exp2();
        let twelfth = Known { hz, stiffness: 4.0 * b, ..open.clone() };
        let mut sound = open.render(RATE, 2.0, 0.3, 40.0, 6);
        sound.extend(twelfth.render(RATE, 2.0, 0.3, 40.0, 7));
        let (_, portraits) = tune(&sound);
        let mut check = IntonationCheck::default();
        let found: Vec<_> = portraits.iter().filter_map(|note| check.hear(note)).collect();
        assert_eq!(found.len(), 1, "{portraits:?}");
        assert_eq!(found[0].verdict, verdict);
        assert_eq!(found[0].string.number(), 6);
        assert!((found[0].cents - off).abs() < 1.0, "{found:?}");
    }
}
