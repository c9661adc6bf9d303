//! A stretch of sound that has lasted for days or years: its counters do not wrap.
//!
//! Samples, hops and frames are counted in 64 bits. At 22,050 a second 2⁶³ of them (indices also
//! pass through `i64`) are 13 million years. The resampler's product `produced × down` is the
//! tightest: input samples times at most 22,050, which reaches 2⁶⁴ after 138 years at 192 kHz. The
//! time of a sample is reckoned in 128 bits. So only a count that is cut to 32 bits on its way
//! could wrap: 2³² samples are 54 hours.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::time::Duration;

use super::*;

const INPUT: u32 = 44_100;

/// A strum of E minor after 0.4 s and notes after it, plain sums of harmonics.
fn sound() -> Vec<f32> {
    let tone = |n: usize, hz: f32| -> f32 {
        let t = n as f32 / INPUT as f32;
        let level = (-2.0 * t).exp() * (t / 0.002).min(1.0);
        (1..10).map(|k| (std::f32::consts::TAU * k as f32 * hz * t).sin() / k as f32).sum::<f32>()
            * level
    };
    let strings = [82.41f32, 123.47, 164.81, 196.0, 246.94, 329.63];
    let mut sound = vec![0.0; 4 * INPUT as usize];
    let mut add = |at: f32, hz: f32| {
        let from = (at * INPUT as f32) as usize;
        sound[from..].iter_mut().enumerate().for_each(|(n, s)| *s += 0.05 * tone(n, hz));
    };
    strings.iter().enumerate().for_each(|(n, hz)| add(0.4 + 0.012 * n as f32, *hz));
    [(1.8, 196.0), (2.6, 110.0)].into_iter().for_each(|(at, hz)| add(at, hz));
    sound
}

/// What is heard where the stretch was `skipped` output samples long before the strum.
fn heard(skipped: u64) -> Vec<(i128, Heard)> {
    let target = Some(Target { voicings: vec!["022000".parse().unwrap()] });
    let mut listener = Listener::new(ListenerConfig { target, ..Default::default() });
    let (mut out, piece, mut gone) = (Vec::new(), INPUT as usize / 50, 0u64);
    for (turn, samples) in sound().chunks(piece).enumerate() {
        if turn == 10 {
            gone = listener.stream.as_mut().map_or(0, |stream| {
                stream.skip(skipped);
                skipped * u64::from(INPUT) / u64::from(RATE)
            });
            listener.hops += skipped / HOP as u64;
            listener.detector.skip(skipped / HOP as u64);
        }
        let nanos = u128::from((turn * piece) as u64 + gone) * 1_000_000_000 / u128::from(INPUT);
        let at = Duration::from_nanos(nanos as u64);
        out.extend(listener.hear(&AudioChunk { at, rate: INPUT, samples: samples.to_vec() }));
    }
    out.extend(listener.finish());
    let began = i128::from(skipped) * 1_000_000_000 / i128::from(RATE);
    let since = |at: Duration| at.as_nanos() as i128 - began;
    let told = out.into_iter().filter_map(|heard| match &heard {
        Heard::Onset(onset) => Some((since(onset.at), heard)),
        Heard::Note(note) => Some((since(note.onset), heard)),
        Heard::Strum(strum) => Some((since(strum.at), heard)),
        Heard::Sensing(_) => Some((0, heard)),
        _ => None,
    });
    told.collect()
}

/// The same but for its time.
fn same(a: &Heard, b: &Heard) -> bool {
    match (a, b) {
        (Heard::Onset(_), Heard::Onset(_)) => true,
        (Heard::Note(a), Heard::Note(b)) => (a.pitch, a.cents) == (b.pitch, b.cents),
        (Heard::Strum(a), Heard::Strum(b)) => (a.verdict, &a.strings) == (b.verdict, &b.strings),
        (a, b) => a == b,
    }
}

#[test]
fn what_is_heard_after_days_and_years_is_what_is_heard_at_once() {
    let fresh = heard(0);
    assert!(fresh.iter().any(|(_, heard)| matches!(heard, Heard::Strum(_))), "{fresh:?}");
    assert!(fresh.iter().any(|(_, heard)| matches!(heard, Heard::Note(_))), "{fresh:?}");
    // Whole envelopes and voice frames; the first wraps 32 bits in mid-strum.
    let even = |count: u64| count / 2_304 * 2_304;
    let (strum, years) = (RATE as u64 / 2, 1u64 << 40);
    for skipped in [even((1 << 32) - strum), even((1 << 31) - strum), even(years)] {
        let late = heard(skipped);
        assert_eq!(late.len(), fresh.len(), "{skipped}: {late:?}");
        for ((at, a), (then, b)) in fresh.iter().zip(&late) {
            assert!((at - then).abs() < 1_000 && same(a, b), "{skipped}: {a:?} {b:?}");
        }
    }
}
