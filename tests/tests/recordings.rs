//! Real recordings that are not in the repository. `PRITA_ASSETS` names their folder; without it
//! these tests are ignored and counted, never silently green.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use audio::{Heard, SensingProblem};
use engines::recording::Recording;
use host::{GuitarTuning, Recipe};
use pipeline::Sensed;
use pipeline::ports::{AudioSource, Capture};
use tutor::Manner;

/// Of the real single notes; a few nylon notes lie above the guitar's range.
const NAMED: f64 = 0.95;

fn folder() -> PathBuf {
    let assets = std::env::var_os("PRITA_ASSETS").expect("PRITA_ASSETS names the recordings");
    Path::new(&assets).join("audio")
}

/// Path and MIDI number of every real single note of the index.
fn real_notes() -> Vec<(PathBuf, u8)> {
    let index = fs::read_to_string(folder().join("index.csv")).unwrap();
    index
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<_>>())
        .filter(|cells| cells[1] == "note" && cells[5] == "1")
        .map(|cells| (folder().join(cells[0]), cells[7].parse().unwrap()))
        .collect()
}

fn heard(path: &Path) -> Vec<Heard> {
    let recipe = Recipe {
        asked: None,
        guitar: GuitarTuning::default(),
        manner: Manner::default(),
        witness: false,
        aloud: false,
        drill: None,
        clicks: false,
        start: None,
    };
    let mut ear = recipe.ear_with(None);
    let mut recording = Recording::open(path).unwrap();
    let mut sensed = Vec::new();
    while let Capture::Chunk(chunk) = recording.read(Duration::ZERO).unwrap() {
        sensed.extend(ear.hear(&chunk));
    }
    sensed.extend(ear.finish());
    sensed
        .into_iter()
        .filter_map(|s| if let Sensed::Heard(h) = s { Some(h) } else { None })
        .collect()
}

#[test]
#[ignore = "needs the recordings that PRITA_ASSETS names"]
fn real_single_notes_are_named() {
    let notes = real_notes();
    assert!(notes.len() > 50, "{} notes in the index", notes.len());
    let named = notes
        .iter()
        .filter(|(path, midi)| {
            let first = heard(path).into_iter().find_map(|heard| match heard {
                Heard::Note(note) => Some(note.pitch.midi()),
                _ => None,
            });
            first == Some(*midi)
        })
        .count();
    let share = named as f64 / notes.len() as f64;
    assert!(share >= NAMED, "{named} of {} named", notes.len());
}

#[test]
#[ignore = "needs the recordings that PRITA_ASSETS names"]
fn a_real_accompaniment_is_heard_to_its_end() {
    let tracks = fs::read_dir(folder().join("phrases-guitarset")).unwrap().flatten();
    let flacs: Vec<PathBuf> =
        tracks.map(|t| t.path()).filter(|p| p.extension().is_some_and(|e| e == "flac")).collect();
    assert!(!flacs.is_empty());
    for track in flacs {
        let onsets = heard(&track).iter().filter(|h| matches!(h, Heard::Onset(_))).count();
        // 133 notes in 22 s, many of them struck together.
        assert!((20..=160).contains(&onsets), "{}: {onsets} onsets", track.display());
    }
}

/// Clips of the index on which nothing impairs hearing, of these kinds.
fn clean(kinds: &str) -> Vec<PathBuf> {
    let index = fs::read_to_string(folder().join("index.csv")).unwrap();
    let cells = index.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    cells.filter(|c| c[1].starts_with(kinds)).map(|c| folder().join(c[0])).collect()
}

/// A note that is too soft for the ears alone may be called silence; that is no trouble of a room.
#[test]
#[ignore = "needs the recordings that PRITA_ASSETS names"]
fn no_trouble_is_named_where_there_is_none() {
    for (kinds, least) in [("chord", 600), ("note", 200), ("tuner", 150)] {
        let clips = clean(kinds);
        assert!(clips.len() >= least, "{} of {kinds} in the index", clips.len());
        let named: Vec<(PathBuf, SensingProblem)> = clips
            .into_iter()
            .filter_map(|clip| {
                let problem = heard(&clip).into_iter().find_map(|heard| match heard {
                    Heard::Sensing(SensingProblem::Silence) => None,
                    Heard::Sensing(problem) => Some(problem),
                    _ => None,
                });
                problem.map(|problem| (clip, problem))
            })
            .collect();
        assert!(named.len() * 100 <= least, "{kinds}: {named:?}");
    }
}
