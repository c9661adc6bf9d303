//! The suites of strums: which takes they hold, and how they are grouped.

use std::path::PathBuf;
use std::sync::Arc;

use audio::RATE;
use pipeline::ports::PortError;
use synth::{FaultKind, KarplusStrong, StiffGuitar};
use theory::{Pitch, StringNumber, Tuning, Voicing};

use crate::bank;
use crate::index::{Entry, Recorded};
use crate::render::{Guitar, Rendered, Wish};
use crate::take::{Kind, Sharing, Take};
use crate::voicings;

/// Guitars and strums of the suites are drawn from here on; training draws elsewhere. The bands of
/// the verdict were last moved after a look at what these gave: a clean claim wants new numbers.
const RENDERED_SEED: u64 = 0xBE7C_4A12_0000_0000;
const MIXED_SEED: u64 = 0xBE7C_313E_0000_0000;
const CHORDS_SEED: u64 = 0xBE7C_C40D_0000_0000;

/// Instruments of the shared single notes that training never hears.
const SAMPLED: [&str; 2] = ["steel", "nylon"];

/// A kind of strum, how its faulty strings share partials if that matters, and how many.
type Wanted = (Kind, Option<Sharing>, usize);

/// How many strums of each kind a guitar plays.
const WISHES: [Wanted; 13] = [
    (Kind::One(FaultKind::Correct), None, 8),
    (Kind::One(FaultKind::Dead), Some(Sharing::Free), 3),
    (Kind::One(FaultKind::Dead), Some(Sharing::Shared), 3),
    (Kind::One(FaultKind::Absent), Some(Sharing::Free), 1),
    (Kind::One(FaultKind::Absent), Some(Sharing::Shared), 1),
    (Kind::One(FaultKind::FingerMissing), Some(Sharing::Free), 1),
    (Kind::One(FaultKind::FingerMissing), Some(Sharing::Shared), 1),
    (Kind::One(FaultKind::Neighbour), None, 1),
    (Kind::One(FaultKind::FretOff), None, 1),
    (Kind::One(FaultKind::Forbidden), None, 1),
    (Kind::One(FaultKind::Flat), None, 2),
    (Kind::One(FaultKind::Buzz), None, 1),
    (Kind::OtherChord, None, 1),
];

/// The same of the suite of chords: nothing but correct strums.
const CORRECT: [Wanted; 1] = [(Kind::One(FaultKind::Correct), None, 32)];

/// Strums to be heard.
pub(crate) type Takes = Vec<Box<dyn Take>>;

/// One guitar with its name and what it can reach.
struct Player {
    timbre: String,
    guitar: Guitar,
    reach: (f32, f32),
    rounds: usize,
    wishes: &'static [Wanted],
}

/// Correct strums alone: of `guitars` rendered guitars of each family and of mixed notes.
pub(crate) fn correct(
    folders: &[PathBuf],
    entries: &[Entry],
    guitars: usize,
    rounds: usize,
) -> Result<Takes, PortError> {
    let mut takes = of_rules(guitars, CHORDS_SEED, &CORRECT);
    takes.extend(of_notes(folders, entries, rounds, (CHORDS_SEED, &CORRECT))?);
    Ok(takes)
}

/// Strums of guitars that `synth` makes: `guitars` of each family.
pub(crate) fn rendered(guitars: usize) -> Takes {
    of_rules(guitars, RENDERED_SEED, &WISHES)
}

fn of_rules(guitars: usize, seed: u64, wishes: &'static [Wanted]) -> Takes {
    let mut takes = Takes::new();
    for number in 0..guitars as u64 {
        let seed = seed + (number << 16);
        let reach = (0.0, 127.0);
        let stiff: Guitar = Arc::new(StiffGuitar::new(RATE, seed));
        let plucked: Guitar = Arc::new(KarplusStrong::new(RATE, seed ^ 1));
        let stiff = Player { timbre: "stiff".to_owned(), guitar: stiff, reach, rounds: 1, wishes };
        let plucked =
            Player { timbre: "karplus".to_owned(), guitar: plucked, reach, rounds: 1, wishes };
        play(&stiff, seed, &mut takes);
        play(&plucked, seed + (1 << 15), &mut takes);
    }
    takes
}

/// Strums mixed from real single notes, `rounds` times all wishes for each folder, and from the
/// single notes of the sampled guitars among the recordings that nothing was learnt from.
pub(crate) fn mixed(
    folders: &[PathBuf],
    entries: &[Entry],
    rounds: usize,
) -> Result<Takes, PortError> {
    of_notes(folders, entries, rounds, (MIXED_SEED, &WISHES))
}

fn of_notes(
    folders: &[PathBuf],
    entries: &[Entry],
    rounds: usize,
    (from, wishes): (u64, &'static [Wanted]),
) -> Result<Takes, PortError> {
    let mut takes = Takes::new();
    for folder in folders {
        let timbre =
            folder.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let seed = from + (name_hash(&timbre) << 20);
        let refused = || PortError::Refused {
            what: folder.display().to_string(),
            why: "it holds fewer than twelve recordings named after notes (Fs3.wav)".to_owned(),
        };
        let bank::Bank { guitar, reach } = bank::guitar(folder, seed)?.ok_or_else(refused)?;
        play(&Player { timbre, guitar, reach, rounds, wishes }, seed, &mut takes);
    }
    for sampled in SAMPLED {
        let timbre = format!("sampled-{sampled}");
        let seed = from + (name_hash(&timbre) << 20);
        let files: Vec<bank::NoteFile> = entries
            .iter()
            .filter(|entry| entry.group == "synth-notes" && entry.instrument == sampled)
            .filter_map(|entry| {
                let string = StringNumber::new(entry.string?).ok()?.index();
                Some((entry.path.clone(), Pitch(entry.midi.parse().ok()?), Some(string)))
            })
            .collect();
        if let Some(bank::Bank { guitar, reach }) = bank::of(&files, seed)? {
            play(&Player { timbre, guitar, reach, rounds, wishes }, seed, &mut takes);
        }
    }
    Ok(takes)
}

/// A folder keeps its strums whatever folders stand beside it (FNV-1a).
fn name_hash(name: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    name.bytes().fold(0xcbf2_9ce4_8422_2325, step) & 0xFFF
}

fn play(player: &Player, seed: u64, takes: &mut Takes) {
    let shapes: Vec<_> = voicings::shapes()
        .into_iter()
        .filter(|shape| reachable(&shape.voicing, player.reach))
        .collect();
    let mut index = 0;
    for round in 0..player.rounds as u64 {
        for (kind, sharing, count) in player.wishes.iter().copied() {
            for _ in 0..count {
                index += 1;
                let seed = seed + (round << 12) + index;
                // Not every voicing can go wrong in every way: the next that can is played.
                let start = (seed.wrapping_mul(0x9E37_79B9) >> 7) as usize;
                let take = (0..shapes.len()).find_map(|step| {
                    let shape = shapes.get((start + step) % shapes.len())?;
                    let voicing = (shape.voicing, shape.rare);
                    let wish = Wish { kind, sharing };
                    Rendered::drawn(&player.guitar, &player.timbre, voicing, wish, seed)
                });
                takes.extend(take.map(|take| Box::new(take) as Box<dyn Take>));
            }
        }
    }
}

/// Every string, and two frets more, within two semitones of a recorded note.
pub(crate) fn reachable(voicing: &Voicing, (low, high): (f32, f32)) -> bool {
    voicing.sounding().filter_map(|s| voicing.pitch(s, &Tuning::STANDARD)).all(|pitch| {
        let midi = f32::from(pitch.midi());
        midi > low - 2.0 && midi + 2.0 < high + 2.0
    })
}

/// The strums among some recordings.
pub(crate) fn recorded(entries: &[Entry]) -> Takes {
    entries
        .iter()
        .filter(|entry| entry.kind.starts_with("chord"))
        .filter_map(|entry| Some(Box::new(Recorded::of(entry)?) as Box<dyn Take>))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_is_the_same_every_time_and_holds_every_kind() {
        let (one, two) = (rendered(2), rendered(2));
        assert_eq!(one.len(), two.len());
        for (a, b) in one.iter().zip(&two) {
            assert_eq!(a.facts().truth, b.facts().truth);
            assert_eq!(a.facts().voicing, b.facts().voicing);
        }
        for (kind, sharing, _) in WISHES {
            let mut all = one.iter().map(|take| take.facts());
            let found = all.any(|facts| {
                facts.kind == kind && (sharing.is_none() || facts.sharing() == sharing)
            });
            assert!(found, "{kind:?} {sharing:?}");
        }
        let sounds = |takes: &Takes| takes.first().and_then(|take| take.strum().ok());
        let (a, b) = (sounds(&one), sounds(&two));
        assert_eq!(a.map(|sound| sound.samples), b.map(|sound| sound.samples));
    }
}
