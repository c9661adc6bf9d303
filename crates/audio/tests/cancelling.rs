//! The canceller in simulated rooms: how much it takes away, and that it harms nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::time::Duration;

use audio::{AudioChunk, Canceller, Heard, Listener, ListenerConfig, Target, Verdict};
use theory::{Chord, usual_voicings};

#[path = "support/guitar.rs"]
mod guitar;
use guitar::{Dice, Guitar, ringing};

const RATE: usize = 48_000;
const E_MINOR: [Option<u8>; 6] = [Some(0), Some(2), Some(2), Some(0), Some(0), Some(0)];

/// Something like speech: syllables of gliding harmonics and hiss, five a second.
fn speech(seconds: f32, seed: u64) -> Vec<f32> {
    let mut dice = Dice::new(seed);
    let (mut phase, mut low) = (0f32, 0f32);
    (0..(seconds * RATE as f32) as usize)
        .map(|n| {
            let t = n as f32 / RATE as f32;
            phase += 130.0 * (0.5 * (t * 4.3).sin() + 0.2 * (t * 11.0).sin()).exp2() / RATE as f32;
            let voiced: f32 = (1..20)
                .map(|k| (std::f32::consts::TAU * k as f32 * phase).sin() / (k as f32).sqrt())
                .sum();
            low += 0.5 * (dice.signed() - low);
            let syllable = (std::f32::consts::PI * 5.0 * t).sin().powi(2);
            let hiss = (std::f32::consts::PI * 1.7 * t).sin().max(0.0).powi(8);
            0.05 * syllable * (voiced * (1.0 - hiss) + 3.0 * low * hiss)
        })
        .collect()
}

/// `dry` `delay` seconds later in a room: a direct sound and noise that dies within `t60` seconds.
fn in_a_room(dry: &[f32], t60: f32, delay: f32, seed: u64) -> Vec<f32> {
    let mut dice = Dice::new(seed);
    let late = (delay * RATE as f32) as usize;
    let mut response = vec![0.0; (0.9 * t60 * RATE as f32) as usize];
    let mut energy = 0f32;
    for (n, tap) in response.iter_mut().enumerate().skip(200) {
        *tap = dice.signed() * 10f32.powf(-3.0 * n as f32 / (t60 * RATE as f32));
        energy += *tap * *tap;
    }
    response.iter_mut().for_each(|tap| *tap *= 0.7 / energy.sqrt());
    response[0] = 1.0;
    let size = (dry.len() + response.len()).next_power_of_two();
    let mut planner = realfft::RealFftPlanner::<f32>::new();
    let (forward, inverse) = (planner.plan_fft_forward(size), planner.plan_fft_inverse(size));
    let spectrum = |of: &[f32]| {
        let mut padded = of.to_vec();
        padded.resize(size, 0.0);
        let mut out = forward.make_output_vec();
        forward.process(&mut padded, &mut out).unwrap();
        out
    };
    let mut product: Vec<_> =
        spectrum(dry).iter().zip(&spectrum(&response)).map(|(a, b)| a * b).collect();
    product[0].im = 0.0;
    product[size / 2].im = 0.0;
    let mut wet = inverse.make_output_vec();
    inverse.process(&mut product, &mut wet).unwrap();
    let mut out = vec![0.0; dry.len()];
    out[late..].iter_mut().zip(&wet).for_each(|(out, wet)| *out = 0.4 * wet / size as f32);
    out
}

/// What is left of `heard` where `played` was handed over at the beginning.
fn cleaned(heard: &[f32], played: &[f32], piece: usize) -> Vec<f32> {
    let mut canceller = Canceller::new();
    let mut out = Vec::new();
    for (index, samples) in heard.chunks(piece).enumerate() {
        let at = Duration::from_secs_f64((index * piece) as f64 / RATE as f64);
        if index == 1 {
            canceller.play(Duration::ZERO, RATE as u32, played);
        }
        let chunk = AudioChunk { at, rate: RATE as u32, samples: samples.to_vec() };
        out.extend(canceller.clean(&chunk).into_iter().flat_map(|c| c.samples));
    }
    out.extend(canceller.flush().into_iter().flat_map(|c| c.samples));
    out
}

fn decibel(before: &[f32], after: &[f32]) -> f32 {
    let power = |of: &[f32]| of.iter().map(|s| s * s).sum::<f32>();
    10.0 * (power(before) / power(after).max(1e-12)).log10()
}

#[test]
fn a_voice_in_a_room_is_taken_away() {
    for (seed, t60) in [(1, 0.2), (2, 0.4), (3, 0.6)] {
        let voice = speech(6.0, seed);
        let mut heard = in_a_room(&voice, t60, 0.02 + 0.13 * seed as f32, seed);
        Guitar::new(RATE as u32, seed).room(&mut heard, 2e-4);
        let clean = cleaned(&heard, &voice, 960);
        assert_eq!(clean.len(), heard.len());
        let early = decibel(&heard[RATE..2 * RATE], &clean[RATE..2 * RATE]);
        let late = decibel(&heard[4 * RATE..], &clean[4 * RATE..]);
        println!("T60 {t60}: {early:.1} dB in the second second, {late:.1} dB after four");
        assert!(early > 8.0 && late > 15.0, "{t60}: {early} {late}");
    }
}

fn verdicts(sound: &[f32]) -> Vec<Option<Verdict>> {
    let chord: Chord = "Em".parse().unwrap();
    let target = Some(Target { voicings: usual_voicings(chord) });
    let mut listener = Listener::new(ListenerConfig { target, ..Default::default() });
    let samples = sound.to_vec();
    let chunk = AudioChunk { at: Duration::ZERO, rate: RATE as u32, samples };
    let mut heard = listener.hear(&chunk);
    heard.extend(listener.finish());
    heard
        .iter()
        .filter_map(|h| if let Heard::Strum(s) = h { Some(s.verdict) } else { None })
        .collect()
}

#[test]
fn a_strum_over_the_voice_keeps_its_verdict_and_the_filter_its_room() {
    for seed in 1..4 {
        let voice = speech(7.0, seed);
        let mut noise = vec![0.0; voice.len()];
        Guitar::new(RATE as u32, seed).room(&mut noise, 2e-4);
        let mut strum = vec![0.0; voice.len()];
        let mut guitar = Guitar::new(RATE as u32, seed);
        guitar.strum(&mut strum, 4.0, 0.015, &ringing(E_MINOR), 0.3);
        let echo = in_a_room(&voice, 0.4, 0.15, seed);
        let sum = |parts: &[&[f32]]| -> Vec<f32> {
            (0..voice.len()).map(|n| parts.iter().map(|part| part[n]).sum()).collect()
        };
        let clean = cleaned(&sum(&[&echo, &strum, &noise]), &voice, 960);
        let ours = |sound: &[f32]| verdicts(&sound[3 * RATE + RATE / 2..]);
        let (alone, over) = (ours(&sum(&[&strum, &noise])), ours(&clean));
        println!("{seed}: alone {alone:?}, over the voice {over:?}");
        assert!(over.iter().all(|verdict| *verdict != Some(Verdict::Fault)), "{seed}: {over:?}");
        assert_eq!(over.len(), alone.len(), "{seed}");
        // What the guitar lost, and what of the voice came back after it.
        let rest = sum(&[&clean, &strum.iter().map(|s| -s).collect::<Vec<_>>()]);
        let kept = decibel(&strum[4 * RATE..5 * RATE], &rest[4 * RATE..5 * RATE]);
        assert!(kept > 10.0, "{seed}: {kept}");
    }
}

#[test]
fn what_nobody_plays_passes_unchanged_however_it_is_cut() {
    let mut sound = vec![0.0; 2 * RATE];
    Guitar::new(RATE as u32, 3).strum(&mut sound, 0.5, 0.015, &ringing(E_MINOR), 0.3);
    assert_eq!(cleaned(&sound, &[], 700), sound);
    // A voice that does not come out of this loudspeaker changes nothing either.
    let voice = speech(2.0, 9);
    let other = cleaned(&sound, &voice, 700);
    assert!(decibel(&sound, &other).abs() < 0.5);

    let mut heard = in_a_room(&voice, 0.3, 0.1, 2);
    heard.iter_mut().zip(&sound).for_each(|(heard, s)| *heard += s);
    assert_eq!(cleaned(&heard, &voice, 480), cleaned(&heard, &voice, 2 * 480));
}
