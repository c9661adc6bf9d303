//! Hours of listening in a few seconds: memory stays where it was.
//!
//! `PRITA_SOAK_MINUTES=120 cargo test --release -p pipeline --test soak -- --nocapture` prints the
//! table; the default is a short version of it. A test binary of its own, so that nothing else
//! allocates.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]
#![cfg(target_os = "linux")]

use std::time::Duration;

use audio::{AudioChunk, ListenerConfig, Target};
use pipeline::Ear;

#[path = "../../audio/tests/support/guitar.rs"]
mod guitar;
use guitar::{Dice, Guitar, ringing};

const RATE: u32 = 44_100;
/// Seconds of each piece: a strum, silence, a voice, noise, in turn.
const PIECE: usize = 3;
const KIB_PER_PAGE: u64 = 4;

fn resident_kib() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * KIB_PER_PAGE
}

/// The pieces are rendered once; a minute is another order of them.
fn pieces() -> Vec<Vec<f32>> {
    let length = PIECE * RATE as usize;
    let mut pieces = Vec::new();
    for seed in 0..4 {
        let mut guitar = Guitar::new(RATE, seed);
        let frets = [Some(0), Some(2), Some(2), Some(0), Some(0), Some(0)];
        let mut strum = vec![0.0; length];
        guitar.strum(&mut strum, 0.4, 0.015, &ringing(frets), 0.3);
        guitar.room(&mut strum, 2e-4);
        let mut noise = vec![0.0; length];
        guitar.room(&mut noise, 0.02);
        let mut phase = 0f32;
        let voice = (0..length).map(|n| {
            let t = n as f32 / RATE as f32;
            phase = (phase + 130.0 * (0.5 * (t * 5.0).sin()).exp2() / RATE as f32).fract();
            0.1 * (phase - 0.5) * (t * 12.0).sin().abs()
        });
        pieces.extend([strum, vec![0.0; length], voice.collect(), noise]);
    }
    pieces
}

#[test]
fn memory_is_flat_after_the_tenth_minute() {
    let minutes: usize =
        std::env::var("PRITA_SOAK_MINUTES").ok().and_then(|m| m.parse().ok()).unwrap_or(14);
    let target = Some(Target { voicings: vec!["022000".parse().unwrap()] });
    let mut ear = Ear::new(ListenerConfig { target, ..Default::default() }, None);
    let (pieces, mut dice) = (pieces(), Dice::new(1));
    let (mut at, mut sensed, mut settled) = (0u64, 0, 0);
    let rate = u64::from(RATE);
    for minute in 1..=minutes {
        for _ in 0..60 / PIECE {
            let piece = &pieces[(dice.unit() * pieces.len() as f32) as usize % pieces.len()];
            for samples in piece.chunks(1 + (dice.unit() * 2_000.0) as usize) {
                let time = Duration::from_nanos(at * 1_000_000_000 / rate);
                let chunk = AudioChunk { at: time, rate: RATE, samples: samples.to_vec() };
                sensed += ear.hear(&chunk).len();
                at += samples.len() as u64;
            }
        }
        let kib = resident_kib();
        if minute == 10 {
            settled = kib;
        }
        if minute <= 10 || minute % 10 == 0 {
            println!("minute {minute:3}: {kib:6} KiB, {sensed} heard");
        }
        if minute > 10 {
            assert!(kib <= settled + 1_024, "minute {minute}: {kib} KiB after {settled}");
        }
    }
    assert!(sensed > minutes * 60 * 15, "{sensed}");
}
