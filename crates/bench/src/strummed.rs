//! Strumming of known hands: are slow strums one stroke, when did they begin, which way did they
//! go? Phrases of eight strokes, down and up at random, at 5–80 ms a string.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use audio::{Direction, Stroke, strokes};
use pipeline::ports::PortError;
use synth::{Dice, Fault, Hand, strum};
use theory::{StringNumber, Tuning};

use crate::bank;
use crate::crew::{self, WitnessMaker};
use crate::figure::{Figure, Table, deviation};
use crate::render::Guitar;
use crate::room::Room;
use crate::voicings;

const SEED: u64 = 0xBE7C_57A0_0000_0000;
/// Seconds from string to string.
const GAPS: [f32; 6] = [0.005, 0.015, 0.03, 0.05, 0.065, 0.08];
const STROKES: usize = 8;
const BEFORE: f32 = 0.5;
/// Between strokes there is room for all six strings and so much more.
const REST: f32 = 0.22;
const LEAST: f32 = 0.33;
const MATCHES: f64 = 0.05;

/// A phrase to be played.
struct Phrase {
    timbre: String,
    guitar: Guitar,
    gap: f32,
    seed: u64,
}

/// What was heard of it.
struct Heard {
    timbre: String,
    gap: f32,
    /// Seconds by which found strokes are late.
    late: Vec<f64>,
    right: usize,
    wrong: usize,
    heard: usize,
}

/// Suite `strokes`.
pub(crate) fn strokes_of(
    folders: &[PathBuf],
    rounds: usize,
    witness: &WitnessMaker<'_>,
) -> Result<Table, PortError> {
    let mut phrases = Vec::new();
    for round in 0..rounds as u64 {
        for (timbre, bank::Bank { guitar, .. }) in bank::guitars(folders, SEED + round)? {
            for (place, gap) in GAPS.into_iter().enumerate() {
                let seed = SEED ^ (round << 20) ^ ((phrases.len() as u64) << 8) ^ place as u64;
                let guitar = Arc::clone(&guitar);
                phrases.push(Phrase { timbre: timbre.clone(), guitar, gap, seed });
            }
        }
    }
    let heard: Vec<Heard> = crew::each(&phrases, witness, |_, phrase| hear(phrase));
    let of = |keep: &dyn Fn(&Heard) -> bool| figures(heard.iter().filter(|h| keep(h)).collect());
    let mut groups = vec![("all".to_owned(), of(&|_| true))];
    for gap in GAPS {
        groups.push((format!("{:.0} ms", 1000.0 * gap), of(&|heard| heard.gap == gap)));
    }
    let timbres: std::collections::BTreeSet<&str> =
        heard.iter().map(|heard| heard.timbre.as_str()).collect();
    for timbre in timbres {
        groups.push((timbre.to_owned(), of(&|heard| heard.timbre == timbre)));
    }
    let about = "strumming at 5–80 ms a string, down and up at random, in rooms of the bench; \
                 guitars, rooms and seeds that no constant has seen, but for the notes of freepats";
    Ok(Table { suite: "strokes", about: about.to_owned(), groups })
}

/// The sound, and when and which way each stroke went.
fn play(phrase: &Phrase) -> (Vec<f32>, Vec<(f64, Direction)>, f32) {
    let mut dice = Dice::new(phrase.seed);
    let step = (6.2 * phrase.gap + REST).max(LEAST) * dice.between(1.0, 1.3);
    let seconds = BEFORE + STROKES as f32 * step + 0.6;
    let rate = phrase.guitar.rate() as f32;
    let mut sound = vec![0f32; (seconds * rate) as usize];
    let mut truth = Vec::new();
    let shapes = voicings::shapes();
    let open = StringNumber::THICK_TO_THIN.map(|s| f32::from(Tuning::STANDARD.open(s).midi()));
    let mut voicing = dice.pick(&shapes).map(|shape| shape.voicing);
    for turn in 0..STROKES {
        if dice.chance(0.3) {
            voicing = dice.pick(&shapes).map(|shape| shape.voicing);
        }
        let Some(voicing) = voicing else { continue };
        let up = dice.chance(0.5);
        let drawn = Hand::drawn(&mut dice);
        let hand = Hand { gap: phrase.gap * dice.between(0.85, 1.15), up, cents: 0.0, ..drawn };
        let at = BEFORE + turn as f32 * step + 0.02 * dice.signed();
        let strings = Fault::none(&voicing, &Tuning::STANDARD).strings;
        let take = strum(&*phrase.guitar, &strings, open, &hand, (at, seconds), &mut dice);
        let struck = || take.struck.iter().flatten().copied();
        let first = struck().fold(f32::INFINITY, f32::min);
        let last = struck().fold(0.0, f32::max).max(first + 0.01);
        // A string that is struck again gives up its old swing, one after the other.
        for (n, sample) in sound.iter_mut().enumerate() {
            let gone = (n as f32 / rate - first) / (last - first);
            *sample *= 1.0 - gone.clamp(0.0, 1.0);
        }
        sound.iter_mut().zip(&take.samples).for_each(|(out, s)| *out += s);
        truth.push((f64::from(first), if up { Direction::Up } else { Direction::Down }));
    }
    let length = sound.len();
    let heard = Room::drawn(&mut dice).hear(&sound, length, phrase.guitar.rate());
    (heard, truth, step)
}

fn hear(phrase: &Phrase) -> Heard {
    let (sound, truth, step) = play(phrase);
    let mut take = audio::Take::new(phrase.guitar.rate());
    take.push(&sound);
    take.end();
    let mut free: Vec<Stroke> = strokes(&take, Duration::from_secs_f32(step));
    let (timbre, heard) = (phrase.timbre.clone(), free.len());
    let mut out = Heard { timbre, gap: phrase.gap, late: vec![], right: 0, wrong: 0, heard };
    for (at, way) in truth {
        let away = |stroke: &Stroke| (stroke.at.as_secs_f64() - at).abs();
        let nearest = (0..free.len())
            .min_by(|a, b| away(&free[*a]).total_cmp(&away(&free[*b])))
            .filter(|place| away(&free[*place]) <= MATCHES);
        if let Some(place) = nearest {
            let stroke = free.swap_remove(place);
            out.late.push(stroke.at.as_secs_f64() - at);
            out.right += usize::from(stroke.direction == Some(way));
            out.wrong += usize::from(stroke.direction.is_some_and(|heard| heard != way));
        }
    }
    out
}

fn figures(some: Vec<&Heard>) -> Vec<Figure> {
    let late: Vec<f64> =
        some.iter().flat_map(|heard| heard.late.iter().map(|s| 1000.0 * s)).collect();
    let sum = |of: &dyn Fn(&Heard) -> usize| some.iter().map(|heard| of(heard)).sum::<usize>();
    let (heard, right, wrong) = (sum(&|h| h.heard), sum(&|h| h.right), sum(&|h| h.wrong));
    vec![
        Figure::share("strokes found", late.len(), some.len() * STROKES),
        Figure::share("strokes heard that were none", heard.saturating_sub(late.len()), heard),
        Figure::of("stroke timing error, sd", "ms", deviation(&late), late.len()).most(8.0),
        Figure::share("direction named", right + wrong, late.len()),
        Figure::share("direction wrong, of all strokes", wrong, late.len()).most(3.0),
        Figure::share("direction wrong, of those named", wrong, right + wrong),
    ]
}
