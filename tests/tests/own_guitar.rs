//! `prita practice` on a guitar that is tuned otherwise: judged in its own tuning and reference, and told
//! plainly what cannot be taught on it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use engines::wave::wave;
use prita_tests::command::{demo, lines, prita};
use serde_json::Value;
use synth::{Dice, Fault, Hand, Room, StiffGuitar, strum};
use theory::{StringNumber, Tuning, Voicing};

const RATE: u32 = 22_050;

/// Six strums of `voicing` on guitars in `tuning` whose A4 lies at `a4` Hz.
fn played(folder: &Path, voicing: &str, tuning: &str, a4: f32) -> PathBuf {
    let tuning: Tuning = tuning.parse().unwrap();
    let voicing: Voicing = voicing.parse().unwrap();
    let open = StringNumber::THICK_TO_THIN.map(|string| f32::from(tuning.open(string).midi()));
    let cents = 1200.0 * (a4 / 440.0).log2();
    let hand = Hand { gap: 0.02, up: false, uneven_db: 1.0, cents, tuning: 1.0 };
    let mut sound = vec![0.0; RATE as usize];
    for seed in 1..=6 {
        let guitar = StiffGuitar::new(RATE, 40 + seed);
        let whole = Fault::none(&voicing, &tuning);
        let take = strum(&guitar, &whole.strings, open, &hand, (0.0, 2.5), &mut Dice::new(seed));
        sound.extend(take.samples);
        sound.extend(vec![0.0; RATE as usize / 2]);
    }
    let path = folder.join("take.wav");
    fs::write(&path, wave(&Room::dry(RATE).hear(&sound, &mut Dice::new(1)), RATE)).unwrap();
    path
}

fn practise(take: &Path, chord: &str, more: &[&str]) -> Output {
    let take = take.to_string_lossy().into_owned();
    let args = ["--json", "practice", "--no-witness", "--audio", &take, "--chord", chord];
    prita(&[&args[..], more].concat())
}

/// Strums right and strums accused.
fn judged(lines: &[Value]) -> (usize, usize) {
    let count = |verdict: &str| lines.iter().filter(|line| line["verdict"] == verdict).count();
    (count("right"), count("fault"))
}

#[test]
fn a_guitar_a_half_step_down_at_another_reference_is_judged_as_it_is_tuned() {
    let folder = tempfile::tempdir().unwrap();
    let take = played(folder.path(), "022000", "half-step-down", 432.0);
    let own = lines(&practise(&take, "Em", &["--tuning", "half-step-down", "--a4", "432"]));
    let (right, fault) = judged(&own);
    assert!(right >= 4 && fault == 0, "right {right}, fault {fault} of 6");
    // None of it is called out of tune, and the sounding chord is no other chord.
    for line in &own {
        assert!(!line["tip"].as_str().is_some_and(|tip| tip.starts_with('T')), "{line}");
        assert!(line["type"] != "event" || line["heard"].is_null() || line["heard"] == "E:min");
    }
    assert_eq!(judged(&lines(&practise(&take, "Em", &[]))).0, 0, "no E minor in the usual tuning");
}

#[test]
fn a_chord_that_keeps_its_shape_is_taught_in_drop_d() {
    let folder = tempfile::tempdir().unwrap();
    let take = played(folder.path(), "xx0232", "drop-d", 440.0);
    let (right, fault) = judged(&lines(&practise(&take, "D", &["--tuning", "drop-d"])));
    assert!(right >= 4 && fault == 0, "right {right}, fault {fault} of 6");
}

#[test]
fn a_chord_that_the_tuning_does_not_give_is_told_and_not_judged() {
    let folder = tempfile::tempdir().unwrap();
    let take = played(folder.path(), "022000", "dadgad", 440.0);
    let lines = lines(&practise(&take, "Em", &["--tuning", "dadgad"]));
    assert_eq!(judged(&lines), (0, 0));
    assert!(lines.iter().all(|line| line["type"] != "event"));
    let told: Vec<_> = lines.iter().filter(|line| line["type"] == "feedback").collect();
    let words = "הגיטרה מכוונת לרה לה רה סול לה רה. כדי ללמוד מי מינור, כדאי לכוון אותה כרגיל.";
    assert!(told.len() > 1, "at the start, and again when it is played");
    for feedback in told {
        assert_eq!(feedback["speech"], words);
        assert_eq!(feedback["tip"], "A13");
    }
}

#[test]
fn a_voicing_of_the_tuning_itself_is_taught_strictly() {
    let folder = tempfile::tempdir().unwrap();
    let take = played(folder.path(), "000000", "open-g", 440.0);
    let lines = lines(&practise(&take, "000000", &["--tuning", "open-g"]));
    let (right, fault) = judged(&lines);
    assert!(right >= 3 && fault == 0, "right {right}, fault {fault} of 6");
    let event = lines.iter().find(|line| line["type"] == "event").unwrap();
    assert_eq!(event["target"], "G:maj");
}

#[test]
fn what_is_no_tuning_is_wrong_use() {
    let take = PathBuf::from(demo());
    for more in [["--tuning", "banjo"], ["--a4", "600"], ["--a4", "NaN"]] {
        assert_eq!(practise(&take, "Em", &more).status.code(), Some(2), "{more:?}");
    }
}
