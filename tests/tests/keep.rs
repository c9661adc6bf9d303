//! `practice --keep`: a strum whose strings are then played alone lands in a folder with what each
//! string really did, and only such a strum.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::Path;
use std::process::Command;

use engines::wave::wave;
use prita_tests::built_program;
use prita_tests::command::models;
use synth::{Dice, Fault, Hand, How, Instrument, Pluck, Room, StiffGuitar, strum};
use theory::{Tuning, Voicing};

const RATE: u32 = 22_050;
const OPEN: [f32; 6] = [40.0, 45.0, 50.0, 55.0, 59.0, 64.0];

/// Em strummed at 0.6 s, string 4 damped if `dead`; then the six strings one by one, as they are.
fn lesson(dead: bool) -> Vec<f32> {
    let guitar = StiffGuitar::new(RATE, 12);
    let em: Voicing = "022000".parse().unwrap();
    let mut strings = Fault::none(&em, &Tuning::STANDARD).strings;
    if dead {
        strings[2] = strings[2].map(|(pitch, _)| (pitch, How::Dead(0.02)));
    }
    let mut dice = Dice::new(5);
    let hand = Hand { gap: 0.008, up: false, uneven_db: 1.0, cents: 0.0, tuning: 1.0 };
    let mut sound = strum(&guitar, &strings, OPEN, &hand, (0.6, 2.6), &mut dice).samples;
    fade(&mut sound);
    for (string, state) in strings.iter().enumerate() {
        let (pitch, how) = state.unwrap();
        let pluck = Pluck { string, pitch, open: OPEN[string], how, gain: 1.0 };
        let mut note = guitar.pluck(&pluck, RATE as usize, &mut dice);
        note.resize(RATE as usize, 0.0);
        fade(&mut note);
        sound.extend(note);
    }
    Room::dry(RATE).hear(&sound, &mut Dice::new(1))
}

/// A hand laid on the strings.
fn fade(sound: &mut [f32]) {
    let last = sound.len().min(RATE as usize / 8);
    let from = sound.len() - last;
    for (n, sample) in sound[from..].iter_mut().enumerate() {
        *sample *= 1.0 - n as f32 / last as f32;
    }
}

fn keep(folder: &Path, sound: &[f32]) -> Vec<String> {
    let file = folder.join("lesson.wav");
    fs::write(&file, wave(sound, RATE)).unwrap();
    let takes = folder.join("takes");
    let done = Command::new(built_program("prita").unwrap())
        .args(["practice", "--chord", "Em", "--json", "--audio"])
        .arg(&file)
        .arg("--keep")
        .arg(&takes)
        .env("PRITA_MODELS", models())
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let index = fs::read_to_string(takes.join("index.csv")).unwrap();
    index.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn a_checked_strum_is_kept_with_what_its_strings_did() {
    let folder = tempfile::tempdir().unwrap();
    let rows = keep(folder.path(), &lesson(false));
    let [row] = &rows[..] else { panic!("{rows:?}") };
    let cells: Vec<&str> = row.split(',').collect();
    assert_eq!((cells[1], cells[2], cells[13]), ("chord", "E:min", "RRRRRR"), "{row}");
    assert_eq!(cells[14], "target=022000");
    let sound = fs::read(folder.path().join("takes").join(cells[0])).unwrap();
    let seconds = (sound.len() - 44) as f32 / 2.0 / RATE as f32;
    assert!((1.5..2.9).contains(&seconds), "{seconds}");
}

#[test]
fn a_dead_string_is_kept_as_dead_and_a_strum_alone_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let rows = keep(folder.path(), &lesson(true));
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!(row.split(',').nth(13), Some("RRDRRR"), "{row}");
    let folder = tempfile::tempdir().unwrap();
    let strum = lesson(false)[..RATE as usize * 5 / 2].to_vec();
    assert!(keep(folder.path(), &strum).is_empty());
}
