//! Takes of a guitar of our own: strokes, notes and chords are what was played, however the input
//! is cut.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::time::Duration;

use audio::{Direction, Grid, PlayedNote, Take, changes_per_minute, chords, notes, strokes};
use proptest::prelude::*;

#[path = "support/guitar.rs"]
mod guitar;
use guitar::{Guitar, Pluck, ringing};

const RATE: u32 = 44_100;
const EM: [Option<u8>; 6] = [Some(0), Some(2), Some(2), Some(0), Some(0), Some(0)];
const AM: [Option<u8>; 6] = [None, Some(0), Some(2), Some(2), Some(1), Some(0)];
const G: [Option<u8>; 6] = [Some(3), Some(2), Some(0), Some(0), Some(0), Some(3)];
const D: [Option<u8>; 6] = [None, None, Some(0), Some(2), Some(3), Some(2)];

fn take(sound: &[f32]) -> Take {
    let mut take = Take::new(RATE);
    take.push(sound);
    take.end();
    take
}

/// Strums `frets` at `at`; a negative gap is an up-stroke.
fn strum(guitar: &mut Guitar, sound: &mut [f32], at: f32, gap: f32, frets: [Option<u8>; 6]) {
    let mut late = 0.0;
    let order: Vec<usize> = if gap < 0.0 { (0..6).rev().collect() } else { (0..6).collect() };
    for string in order {
        let pluck = ringing(frets)[string];
        if pluck != Pluck::Absent {
            let start = ((at + late) * RATE as f32) as usize;
            guitar.pluck(sound, start, string, pluck, 0.25);
            late += gap.abs();
        }
    }
}

fn silence(seconds: f32) -> Vec<f32> {
    vec![0.0; (seconds * RATE as f32) as usize]
}

/// Eight eighths at 100 beats a minute over ringing strings, chord after chord.
fn strummed(seed: u64, gap: f32) -> (Vec<f32>, Vec<f32>) {
    let mut guitar = Guitar::new(RATE, seed);
    let mut sound = silence(3.4);
    let at: Vec<f32> = (0..8).map(|n| 0.5 + 0.3 * n as f32).collect();
    for (turn, at) in at.iter().enumerate() {
        let frets = if turn < 4 { EM } else { AM };
        strum(&mut guitar, &mut sound, *at, if turn % 2 == 0 { gap } else { -gap }, frets);
    }
    guitar.room(&mut sound, 0.0002);
    (sound, at)
}

#[test]
fn strokes_are_timed_by_their_first_string() {
    let (mut errors, mut right, mut wrong) = (Vec::new(), 0, 0);
    for (seed, gap) in [(1, 0.006), (2, 0.01), (3, 0.015), (4, 0.02), (13, 0.03)] {
        let (sound, truth) = strummed(seed, gap);
        let found = strokes(&take(&sound), Duration::from_millis(300));
        assert_eq!(found.len(), truth.len(), "gap {gap}: {found:?}");
        for (turn, (stroke, truth)) in found.iter().zip(&truth).enumerate() {
            if gap <= 0.02 {
                errors.push(stroke.at.as_secs_f64() - f64::from(*truth));
            }
            let played = if turn % 2 == 0 { Direction::Down } else { Direction::Up };
            right += usize::from(stroke.direction == Some(played));
            wrong += usize::from(stroke.direction.is_some_and(|heard| heard != played));
        }
    }
    let mean = errors.iter().sum::<f64>() / errors.len() as f64;
    let spread = errors.iter().map(|e| (e - mean).powi(2)).sum::<f64>() / errors.len() as f64;
    assert!(mean.abs() < 0.010, "{mean}");
    assert!(spread.sqrt() < 0.010, "{} {errors:.3?}", spread.sqrt());
    assert!(right >= 8 && wrong <= 1, "{right} right, {wrong} wrong of 40");
}

#[test]
fn a_slow_strum_is_one_stroke_where_the_beat_is_slow() {
    let mut guitar = Guitar::new(RATE, 5);
    let mut sound = silence(4.0);
    for at in [0.5, 1.5, 2.5] {
        strum(&mut guitar, &mut sound, at, 0.07, EM);
    }
    guitar.room(&mut sound, 0.0002);
    let found = strokes(&take(&sound), Duration::from_millis(500));
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn a_metronome_is_no_stroke() {
    let (mut sound, truth) = strummed(6, 0.012);
    for beat in 0..6 {
        let start = ((0.35 + 0.6 * beat as f32) * RATE as f32) as usize;
        for (n, sample) in sound.iter_mut().skip(start).take(RATE as usize / 60).enumerate() {
            let t = n as f32 / RATE as f32;
            *sample += 0.4 * (-t / 0.003).exp() * (std::f32::consts::TAU * 1800.0 * t).sin();
        }
    }
    assert_eq!(strokes(&take(&sound), Duration::from_millis(300)).len(), truth.len());
}

#[test]
fn a_rushing_student_is_told_the_tempo() {
    let (sound, _) = strummed(7, 0.01);
    let grid = Grid { bpm: 96.0, per_beat: 2, start: None, pattern: None };
    let placed = grid.place(&strokes(&take(&sound), Duration::from_secs_f64(grid.slot())));
    let timing = grid.timing(&placed).unwrap();
    assert!((timing.tempo_bpm.unwrap() - 100.0).abs() < 1.5, "{timing:?}");
    assert!(timing.mean_ms < -15.0, "{timing:?}");
}

fn melody(midi: &[u8], seed: u64) -> Vec<f32> {
    let mut guitar = Guitar::new(RATE, seed);
    let mut sound = silence(0.5 * midi.len() as f32 + 1.0);
    for (turn, midi) in midi.iter().enumerate() {
        let at = 0.4 + 0.5 * turn as f32;
        let string = [45u8, 50, 55, 59, 64].iter().filter(|open| midi >= *open).count();
        guitar.damp(&mut sound, at - 0.02);
        guitar.pluck(
            &mut sound,
            (at * RATE as f32) as usize,
            string,
            Pluck::Rings(*midi, 0.0),
            0.3,
        );
    }
    guitar.room(&mut sound, 0.0002);
    sound
}

fn pitches(notes: &[PlayedNote]) -> Vec<u8> {
    notes.iter().map(|note| note.pitch.midi()).collect()
}

#[test]
fn a_melody_is_written_down() {
    let played = [43, 45, 47, 48, 50, 52, 55, 57, 59, 64];
    let heard = notes(&take(&melody(&played, 8)), None);
    assert_eq!(pitches(&heard), played);
    for (turn, note) in heard.iter().enumerate() {
        let at = 0.4 + 0.5 * turn as f64;
        assert!((note.at.as_secs_f64() - at).abs() < 0.05, "{note:?}");
        assert!(note.until > note.at && note.cents.abs() < 15.0, "{note:?}");
    }
    assert_eq!(heard[0].place.map(|(string, fret)| (string.number(), fret)), Some((6, 3)));
    assert_eq!(heard[1].place, None);
}

/// A plucked tone (D4) whose pitch follows `cents` over seconds.
fn bent(cents: impl Fn(f32) -> f32) -> Vec<f32> {
    plucked(293.66, cents)
}

fn plucked(hz: f32, cents: impl Fn(f32) -> f32) -> Vec<f32> {
    let mut sound = silence(2.0);
    let mut phases = [0f32; 12];
    for (n, sample) in sound.iter_mut().enumerate().skip(RATE as usize / 2) {
        let t = n as f32 / RATE as f32 - 0.5;
        let f0 = hz * (cents(t) / 1200.0).exp2();
        for (k, phase) in phases.iter_mut().enumerate() {
            let k = (k + 1) as f32;
            *phase = (*phase + k * f0 / RATE as f32).fract();
            let level = 0.3 / k * (-t * (0.8 + 0.3 * k)).exp() * (t / 0.003).min(1.0);
            *sample += level * (std::f32::consts::TAU * *phase).sin();
        }
    }
    let mut guitar = Guitar::new(RATE, 9);
    guitar.room(&mut sound, 0.0002);
    sound
}

#[test]
fn vibrato_is_one_note_at_the_pitch_of_the_attack() {
    let vibrato = notes(&take(&bent(|t| 30.0 * (std::f32::consts::TAU * 5.5 * t).sin())), None);
    assert_eq!(pitches(&vibrato), [62], "{vibrato:?}");
}

#[test]
fn a_wide_vibrato_is_one_note() {
    for (hz, midi) in [(196.0, 55), (246.94, 59), (293.66, 62)] {
        let sound = plucked(hz, |t| 50.0 * (std::f32::consts::TAU * 5.0 * t).sin());
        let heard = notes(&take(&sound), None);
        assert_eq!(pitches(&heard), [midi], "{heard:?}");
    }
}

#[test]
fn a_bend_is_one_note_at_the_pitch_that_was_struck() {
    for (hz, midi) in [(196.0, 55), (293.66, 62), (440.0, 69)] {
        for seconds in [0.3f32, 0.5, 0.8] {
            for rest in [0.1, 0.3] {
                let way = |t: f32| ((t - rest) / seconds).clamp(0.0, 1.0);
                let heard = notes(&take(&plucked(hz, |t| 200.0 * way(t))), None);
                assert_eq!(pitches(&heard), [midi], "{seconds} s: {heard:?}");
                assert!(heard[0].until.as_secs_f32() > 0.5 + rest + seconds, "{heard:?}");
                let back = |t: f32| 200.0 * (way(t) - way(t - seconds));
                let heard = notes(&take(&plucked(hz, back)), None);
                assert_eq!(pitches(&heard), [midi], "{seconds} s and back: {heard:?}");
            }
        }
    }
}

#[test]
fn a_pitch_that_jumps_is_another_note() {
    let (mut sound, hammered) = (bent(|_| 0.0), plucked(329.63, |_| 0.0));
    // A finger comes down on the ringing string after half a second.
    for n in RATE as usize..sound.len() {
        sound[n] = 0.5 * hammered[n - RATE as usize / 2];
    }
    let heard = notes(&take(&sound), None);
    assert_eq!(pitches(&heard), [62, 64], "{heard:?}");
}

#[test]
fn chords_follow_one_another() {
    let mut guitar = Guitar::new(RATE, 10);
    let mut sound = silence(8.6);
    for (turn, frets) in [G, D, EM, AM].iter().enumerate() {
        let at = 0.4 + 2.0 * turn as f32;
        guitar.damp(&mut sound, at - 0.02);
        for beat in 0..4 {
            strum(&mut guitar, &mut sound, at + 0.5 * beat as f32, 0.01, *frets);
        }
    }
    guitar.room(&mut sound, 0.0002);
    let segments = chords(&take(&sound), None);
    let names: Vec<String> =
        segments.iter().filter_map(|s| s.chord).map(|chord| chord.to_string()).collect();
    assert_eq!(names, ["G:maj", "D:maj", "E:min", "A:min"]);
    assert!(segments.windows(2).all(|pair| pair[0].until == pair[1].at));
    let changes = changes_per_minute(&segments).unwrap();
    assert!((changes - 30.0).abs() < 1.5, "{changes}");
}

#[test]
fn silence_and_noise_are_nothing() {
    let mut room = silence(2.0);
    Guitar::new(RATE, 11).room(&mut room, 0.001);
    for sound in [silence(0.0), silence(1.0), room] {
        let take = take(&sound);
        assert!(notes(&take, None).is_empty());
        assert!(strokes(&take, Duration::from_millis(250)).is_empty());
        assert!(chords(&take, None).iter().all(|segment| segment.chord.is_none()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn the_cut_of_the_input_leaves_no_trace(pieces in proptest::collection::vec(1usize..9000, 1..8)) {
        let (sound, _) = strummed(12, 0.015);
        let mut cut = Take::new(RATE);
        let (mut done, mut turn) = (0, 0);
        while done < sound.len() {
            let end = (done + pieces[turn % pieces.len()]).min(sound.len());
            cut.push(&sound[done..end]);
            (done, turn) = (end, turn + 1);
        }
        cut.end();
        let whole = take(&sound);
        prop_assert_eq!(cut.samples(), whole.samples());
        let closest = Duration::from_millis(300);
        prop_assert_eq!(strokes(&cut, closest), strokes(&whole, closest));
    }
}
