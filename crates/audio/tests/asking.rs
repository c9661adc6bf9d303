//! The question after a strum: one string alone, over the chord that still rings; and strums that
//! are looked at more than once.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::time::Duration;

use audio::{AudioChunk, Heard, Listener, ListenerConfig, StringState, Strum, Target, Verdict};
use theory::{StringNumber, Voicing};

#[path = "support/guitar.rs"]
mod guitar;
use guitar::{Guitar, Pluck, ringing};

const RATE: u32 = 22_050;
const SEEDS: std::ops::Range<u64> = 0..14;
/// A string that is asked for alone is plucked harder than those of a strum (0.05).
const ALONE: f32 = 0.15;

fn listen(sound: &[f32], voicing: &str) -> Vec<Strum> {
    let target = Some(Target { voicings: vec![voicing.parse().unwrap()] });
    let mut listener = Listener::new(ListenerConfig { target, ..Default::default() });
    let mut heard = Vec::new();
    for (n, samples) in sound.chunks(441).enumerate() {
        let at = Duration::from_millis(20) * n as u32;
        let chunk = AudioChunk { at, rate: RATE, samples: samples.to_vec() };
        heard.extend(listener.hear(&chunk));
    }
    heard.extend(listener.finish());
    let strum = |heard| if let Heard::Strum(strum) = heard { Some(strum) } else { None };
    heard.into_iter().filter_map(strum).collect()
}

fn strings(voicing: &str) -> [Pluck; 6] {
    let voicing: Voicing = voicing.parse().unwrap();
    ringing(StringNumber::THICK_TO_THIN.map(|string| voicing.fret(string)))
}

/// Strums of E minor whose string 4, 2 or 1, an octave of another one, is dead: hard to tell.
fn struck(seed: u64) -> [Pluck; 6] {
    let mut all = strings("022000");
    let index = [2, 4, 5][(seed % 3) as usize];
    if let Pluck::Rings(midi, _) = all[index] {
        all[index] = Pluck::Dead(midi);
    }
    all
}

/// Strums at half a second; `alone` sounds at two, over what still rings.
fn lesson(seed: u64, alone: Option<(usize, Pluck)>) -> Vec<f32> {
    let mut guitar = Guitar::new(RATE, seed);
    let mut sound = vec![0.0; 3 * RATE as usize + RATE as usize / 2];
    let mut strum = vec![0.0; sound.len()];
    guitar.strum(&mut strum, 0.5, 0.02, &struck(seed), 0.05);
    guitar.room(&mut sound, 0.0004);
    if let Some((string, pluck)) = alone {
        guitar.pluck(&mut strum, 2 * RATE as usize, string, pluck, ALONE);
    }
    sound.iter_mut().zip(&strum).for_each(|(s, tone)| *s += tone);
    sound
}

/// Guitars on which the strum leaves a string in doubt, and which.
fn doubtful() -> Vec<(u64, StringNumber)> {
    SEEDS
        .filter_map(|seed| {
            let strums = listen(&lesson(seed, None), "022000");
            match strums.first()?.verdict? {
                Verdict::Unsure { ask } => Some((seed, ask?)),
                Verdict::Right | Verdict::Fault => None,
            }
        })
        // What rang in the strum would ring on under the pluck.
        .filter(|(seed, ask)| matches!(struck(*seed)[ask.index()], Pluck::Dead(_)))
        .collect()
}

/// What is said of the asked string after `alone` sounded; none where nothing was told again.
fn answered(alone: impl Fn(StringNumber) -> (usize, Pluck)) -> Vec<Option<StringState>> {
    let doubtful = doubtful();
    assert!(doubtful.len() >= 3, "too few doubts to ask about: {doubtful:?}");
    doubtful
        .into_iter()
        .map(|(seed, ask)| {
            let strums = listen(&lesson(seed, Some(alone(ask))), "022000");
            let again = strums.iter().skip(1).find(|strum| strum.at == strums[0].at)?;
            Some(again.strings[ask.index()].state)
        })
        .collect()
}

#[test]
fn the_asked_string_rings_over_the_chord() {
    let own = |ask: StringNumber| (ask.index(), strings("022000")[ask.index()]);
    let said = answered(own);
    let rang = said.iter().filter(|state| **state == Some(StringState::Rings)).count();
    assert!(rang * 5 >= said.len() * 4, "{said:?}");
    assert!(!said.contains(&Some(StringState::Dead)), "{said:?}");
}

#[test]
fn a_thump_over_the_chord_is_no_ring() {
    let dead = |ask: StringNumber| match strings("022000")[ask.index()] {
        Pluck::Rings(midi, _) => (ask.index(), Pluck::Dead(midi)),
        other => (ask.index(), other),
    };
    let said = answered(dead);
    assert!(!said.contains(&Some(StringState::Rings)), "{said:?}");
    assert!(said.contains(&Some(StringState::Dead)), "{said:?}");
}

#[test]
fn another_string_is_no_answer() {
    // String 6, whose partials hold those of the asked one; and a fourth above the highest string.
    for (string, midi) in [(0, 40), (5, 69)] {
        let said = answered(|_| (string, Pluck::Rings(midi, 0.0)));
        let rang = |state: &Option<StringState>| matches!(state, Some(StringState::Rings));
        assert!(!said.iter().any(rang), "{midi}: {said:?}");
    }
}

#[test]
fn a_strum_cut_short_by_the_next_is_told_before_it() {
    for seed in [1, 2, 3] {
        let mut guitar = Guitar::new(RATE, seed);
        let mut sound = vec![0.0; 2 * RATE as usize];
        let mut dead = strings("022000");
        dead[5] = Pluck::Absent;
        guitar.room(&mut sound, 0.0004);
        guitar.strum(&mut sound, 0.5, 0.01, &dead, 0.05);
        // The last string is accused only 0.46 s after the first: the next strum comes before.
        guitar.strum(&mut sound, 0.93, 0.01, &strings("022000"), 0.08);
        let strums = listen(&sound, "022000");
        let times: Vec<f64> = strums.iter().map(|strum| strum.at.as_secs_f64()).collect();
        assert!(times.len() >= 2 && times.is_sorted(), "{seed}: {times:?}");
        assert!((times[0] - 0.5).abs() < 0.05, "{seed}: {times:?}");
        assert_ne!(strums[0].verdict, Some(Verdict::Right), "{seed}");
        assert_ne!(strums[0].strings[5].state, StringState::Rings, "{seed}");
    }
}

#[test]
fn the_next_strum_is_no_answer() {
    for (seed, ask) in doubtful() {
        let mut sound = lesson(seed, None);
        let mut guitar = Guitar::new(RATE, seed + 100);
        let mut next = vec![0.0; sound.len()];
        guitar.strum(&mut next, 2.0, 0.02, &strings("xx0232"), 0.05);
        // The hand that changes the chord stops what rang.
        guitar.damp(&mut sound, 1.9);
        sound.iter_mut().zip(&next).for_each(|(s, tone)| *s += tone);
        let strums = listen(&sound, "022000");
        let again = strums.iter().skip(1).find(|strum| strum.at == strums[0].at);
        let said = again.map(|strum| strum.strings[ask.index()].state);
        assert_eq!(said, None, "{seed}: string {ask:?}");
    }
}

#[test]
fn a_click_is_no_answer() {
    for (seed, ask) in doubtful() {
        let mut sound = lesson(seed, None);
        // A metronome: 8 ms of 2 kHz.
        let from = 2 * RATE as usize;
        for (n, sample) in sound[from..].iter_mut().take(RATE as usize * 8 / 1000).enumerate() {
            *sample += 0.2 * (std::f32::consts::TAU * 2000.0 * n as f32 / RATE as f32).sin();
        }
        let strums = listen(&sound, "022000");
        let again = strums.iter().skip(1).find(|strum| strum.at == strums[0].at);
        let said = again.map(|strum| strum.strings[ask.index()].state);
        assert_eq!(said, None, "{seed}: string {ask:?}");
    }
}

/// A listener that has heard the strum of E minor with string 3 dead and the string alone after it,
/// asked at 1.6 s; what was told, and how often a verdict was checked.
fn asked(alone: Pluck, withdrawn: bool) -> (Vec<Strum>, usize) {
    let mut all = strings("022000");
    if let Pluck::Rings(midi, _) = all[3] {
        all[3] = Pluck::Dead(midi);
    }
    let mut guitar = Guitar::new(RATE, 3);
    let mut sound = vec![0.0; 4 * RATE as usize];
    let mut strum = vec![0.0; sound.len()];
    guitar.strum(&mut strum, 0.5, 0.014, &all, 0.05);
    guitar.room(&mut sound, 0.0004);
    guitar.pluck(&mut strum, RATE as usize * 5 / 2, 3, alone, ALONE);
    sound.iter_mut().zip(&strum).for_each(|(s, tone)| *s += tone);

    let target = Some(Target { voicings: vec!["022000".parse().unwrap()] });
    let mut listener = Listener::new(ListenerConfig { target, ..Default::default() });
    let mut heard = Vec::new();
    for (n, samples) in sound.chunks(441).enumerate() {
        if n == 80 {
            heard.extend(listener.ask_alone(StringNumber::new(3).unwrap(), withdrawn));
        }
        let at = Duration::from_millis(20) * n as u32;
        heard.extend(listener.hear(&AudioChunk { at, rate: RATE, samples: samples.to_vec() }));
    }
    heard.extend(listener.finish());
    let checks = heard.iter().filter(|heard| matches!(heard, Heard::Checked(_))).count();
    let strum = |heard| if let Heard::Strum(strum) = heard { Some(strum) } else { None };
    (heard.into_iter().filter_map(strum).collect(), checks)
}

#[test]
fn an_objection_takes_the_verdict_back_until_the_string_is_heard_alone_and_teaches_nothing() {
    let Pluck::Rings(midi, life) = strings("022000")[3] else { panic!("an asked string") };
    for (alone, state) in
        [(Pluck::Rings(midi, life), StringState::Rings), (Pluck::Dead(midi), StringState::Dead)]
    {
        let (strums, checks) = asked(alone, true);
        let [told, doubted, settled] = &strums[..] else { panic!("{strums:?}") };
        assert_eq!(told.strings[3].state, StringState::Dead);
        let ask = StringNumber::new(3).unwrap();
        assert_eq!(doubted.verdict, Some(Verdict::Unsure { ask: Some(ask) }));
        assert!(matches!(doubted.strings[3].state, StringState::Unsure { .. }));
        assert_eq!((settled.at, settled.strings[3].state), (told.at, state));
        assert_eq!(checks, 0);
    }
}

#[test]
fn checking_together_leaves_the_verdict_until_the_string_is_heard_alone() {
    let rings = strings("022000")[3];
    let (strums, checks) = asked(rings, false);
    let [told, settled] = &strums[..] else { panic!("{strums:?}") };
    assert_eq!(told.strings[3].state, StringState::Dead);
    assert_eq!(settled.verdict, Some(Verdict::Right));
    assert_eq!(checks, 1);
}
