//! Strings played one by one, as a beginner plays them: does each ring that rings, is a dead one
//! heard as dead, is another string no answer? One round of a chord at 0.6–1.4 s a string.

use std::path::PathBuf;
use std::sync::Arc;

use audio::{Heard, ListenerConfig, Pick, StringState, Target};
use pipeline::ports::PortError;
use pipeline::{Ear, Sensed};
use synth::{Dice, How, Pluck};
use theory::{StringNumber, Tuning, Voicing};

use crate::bank;
use crate::crew::{self, WitnessMaker};
use crate::figure::{Figure, Table};
use crate::render::Guitar;
use crate::room::Room;
use crate::sound::Sound;
use crate::suites::reachable;
use crate::voicings;

const SEED: u64 = 0xBE7C_91CA_0000_0000;
const BEFORE: f32 = 0.5;
/// The ears are turned to a string so long before it is played.
const AHEAD: f32 = 0.1;
const AFTER: f32 = 0.9;

/// What is played where one string is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Played {
    Rings,
    Dead,
    /// Against a fret: rings, and rattles.
    Buzz,
    /// A fret beside, or open where it is fretted.
    Beside,
    /// The string before is struck once more.
    Again,
    /// Another string of the chord.
    Other,
}

const KINDS: [(Played, f32); 6] = [
    (Played::Rings, 0.4),
    (Played::Buzz, 0.2),
    (Played::Dead, 0.15),
    (Played::Beside, 0.1),
    (Played::Again, 0.08),
    (Played::Other, 0.07),
];

struct Round {
    timbre: String,
    guitar: Guitar,
    voicing: Voicing,
    seed: u64,
}

/// One pluck and what was told of it; none: nothing was.
struct Told {
    timbre: String,
    played: Played,
    state: Option<StringState>,
    /// Another string was named: whether it was the one that was played.
    named: Option<bool>,
}

/// Suite `picks`.
pub(crate) fn picks(
    folders: &[PathBuf],
    rounds: usize,
    witness: &WitnessMaker<'_>,
) -> Result<Table, PortError> {
    let mut all = Vec::new();
    for round in 0..rounds as u64 {
        for (timbre, bank) in bank::guitars(folders, SEED + round)? {
            let shapes = voicings::shapes().into_iter().filter(|shape| !shape.rare);
            for shape in shapes.filter(|shape| reachable(&shape.voicing, bank.reach)) {
                let seed = SEED ^ (round << 20) ^ ((all.len() as u64) << 4);
                let (timbre, guitar) = (timbre.clone(), Arc::clone(&bank.guitar));
                all.push(Round { timbre, guitar, voicing: shape.voicing, seed });
            }
        }
    }
    let told: Vec<Told> =
        crew::each(&all, witness, |_, round| hear(round)).into_iter().flatten().collect();
    let mut groups = vec![("all".to_owned(), figures(&told.iter().collect::<Vec<_>>()))];
    let timbres: std::collections::BTreeSet<&str> =
        told.iter().map(|told| told.timbre.as_str()).collect();
    for timbre in timbres {
        let some: Vec<&Told> = told.iter().filter(|told| told.timbre == timbre).collect();
        groups.push((timbre.to_owned(), figures(&some)));
    }
    let about = "strings played one by one over those that ring on, in rooms of the bench; \
                 guitars, rooms and seeds that no constant has seen, but for the notes of freepats";
    Ok(Table { suite: "picks", about: about.to_owned(), groups })
}

fn figures(told: &[&Told]) -> Vec<Figure> {
    let share = |row: &str, played: &[Played], is: &dyn Fn(Option<StringState>) -> bool| {
        let some: Vec<_> = told.iter().filter(|told| played.contains(&told.played)).collect();
        Figure::share(row, some.iter().filter(|told| is(told.state)).count(), some.len())
    };
    let named = |row: &str, played: &[Played], right: bool| {
        let some: Vec<_> = told.iter().filter(|told| played.contains(&told.played)).collect();
        let count = some.iter().filter(|told| told.named == Some(right)).count();
        Figure::share(row, count, some.len())
    };
    let rings = |state| state == Some(StringState::Rings);
    let nothing = |state: Option<StringState>| state.is_none();
    let accused = |state: Option<StringState>| !rings(state) && !nothing(state);
    let wrong = |state| matches!(state, Some(StringState::WrongPitch { .. }));
    vec![
        share("rings, said to ring", &[Played::Rings], &rings).least(90.0),
        share("rings, accused", &[Played::Rings], &accused).most(2.0),
        share("rings, nothing said", &[Played::Rings], &nothing),
        share("dead, accused", &[Played::Dead], &accused).least(50.0),
        share("dead, said to ring", &[Played::Dead], &rings).most(2.0),
        share("rattles, told", &[Played::Buzz], &|state| state == Some(StringState::Buzz)),
        share("rattles, said to ring", &[Played::Buzz], &rings),
        share("a fret beside, told", &[Played::Beside], &wrong).least(80.0),
        share("a fret beside, said to ring", &[Played::Beside], &rings).most(2.0),
        share("another string, said to ring", &[Played::Again, Played::Other], &rings).most(5.0),
        share("another string, accused", &[Played::Again, Played::Other], &accused).most(5.0),
        named("another string, named", &[Played::Again, Played::Other], true).least(50.0),
        named("another string, called a third", &[Played::Again, Played::Other], false).most(2.0),
        named("the asked string, called another", &[Played::Rings, Played::Buzz], false).most(1.0),
        named("dead or beside, called another", &[Played::Dead, Played::Beside], false),
    ]
}

/// One pluck of a round.
struct Struck {
    at: f32,
    asked: StringNumber,
    played: Played,
    pluck: Pluck,
}

fn hear(round: &Round) -> Vec<Told> {
    let mut dice = Dice::new(round.seed);
    let plucks = drawn(round, &mut dice);
    let sound = render(round, &plucks, &mut dice);
    let target = Some(Target { voicings: vec![round.voicing] });
    let mut ear = Ear::new(ListenerConfig { target, ..ListenerConfig::default() }, None);
    let (mut turn, mut told) = (0, Vec::new());
    let mut states: Vec<Option<StringState>> = vec![None; plucks.len()];
    let mut others: Vec<Option<StringNumber>> = vec![None; plucks.len()];
    for chunk in sound.chunks(0) {
        while let Some(next) = plucks.get(turn)
            && chunk.at.as_secs_f32() >= next.at - AHEAD
        {
            ear.pick(Pick { string: next.asked, first: turn == 0 });
            turn += 1;
        }
        let current = turn.checked_sub(1).and_then(|turn| plucks.get(turn)).map(|it| it.asked);
        if let Some(asked) = current {
            let sensed = ear.hear(&chunk);
            states[turn - 1] = state(&sensed, asked).or(states[turn - 1]);
            others[turn - 1] = other(&sensed, asked, &round.voicing).or(others[turn - 1]);
        } else {
            ear.hear(&chunk);
        }
    }
    for ((struck, state), other) in plucks.iter().zip(states).zip(others) {
        let named = other.map(|other| other.index() == struck.pluck.string);
        told.push(Told { timbre: round.timbre.clone(), played: struck.played, state, named });
    }
    told
}

/// The string that a note tells was played instead of the asked one.
fn other(sensed: &[Sensed], asked: StringNumber, voicing: &Voicing) -> Option<StringNumber> {
    let pitch = |string| voicing.pitch(string, &Tuning::STANDARD);
    sensed.iter().find_map(|sensed| match sensed {
        Sensed::Heard(Heard::Note(note)) if Some(note.pitch) != pitch(asked) => {
            voicing.sounding().find(|string| pitch(*string) == Some(note.pitch))
        }
        _ => None,
    })
}

fn state(sensed: &[Sensed], asked: StringNumber) -> Option<StringState> {
    sensed.iter().find_map(|sensed| match sensed {
        Sensed::Heard(Heard::Strum(strum)) => Some(strum.strings[asked.index()].state)
            .filter(|state| !matches!(state, StringState::Unsure { .. })),
        _ => None,
    })
}

/// The strings of the voicing in turn, from the thickest.
fn drawn(round: &Round, dice: &mut Dice) -> Vec<Struck> {
    let strings: Vec<StringNumber> = round.voicing.sounding().collect();
    let mut at = BEFORE;
    let mut plucks = Vec::new();
    for (place, asked) in strings.iter().copied().enumerate() {
        let before = place.checked_sub(1).map(|place| strings[place]);
        let played = kind(dice);
        let other = strings.get(place + 2).copied().or(before);
        let (played, string) = match (played, before, other) {
            (Played::Again, Some(before), _) => (Played::Again, before),
            (Played::Other, _, Some(other)) => (Played::Other, other),
            (Played::Again | Played::Other, ..) => (Played::Rings, asked),
            _ => (played, asked),
        };
        if let Some(pluck) = pluck(&round.voicing, string, played, dice) {
            plucks.push(Struck { at, asked, played, pluck });
        }
        at += dice.between(0.6, 1.4);
    }
    plucks
}

fn kind(dice: &mut Dice) -> Played {
    let mut left = dice.unit();
    for (kind, share) in KINDS {
        left -= share;
        if left < 0.0 {
            return kind;
        }
    }
    Played::Rings
}

fn pluck(
    voicing: &Voicing,
    string: StringNumber,
    played: Played,
    dice: &mut Dice,
) -> Option<Pluck> {
    let fret = voicing.fret(string)?;
    let open = f32::from(Tuning::STANDARD.open(string).midi());
    let pitch = f32::from(voicing.pitch(string, &Tuning::STANDARD)?.midi());
    let beside = match fret {
        0 => 1.0,
        1 | 2 if dice.chance(0.5) => -f32::from(fret),
        _ if dice.chance(0.5) => 1.0,
        _ => -1.0,
    };
    let (pitch, how) = match played {
        Played::Dead => (pitch, How::Dead(dice.spread(0.012, 0.05))),
        Played::Buzz => (pitch, How::Buzz(dice.between(0.5, 2.0))),
        Played::Beside => (pitch + beside, How::Rings),
        Played::Rings | Played::Again | Played::Other => (pitch, How::Rings),
    };
    let gain = 10f32.powf(2.5 * dice.normal() / 20.0);
    let cents = 4.0 * dice.normal();
    Some(Pluck { string: string.index(), pitch: pitch + cents / 100.0, open, how, gain })
}

/// Each string rings on until it is struck again.
fn render(round: &Round, plucks: &[Struck], dice: &mut Dice) -> Sound {
    let rate = round.guitar.rate();
    let end = plucks.last().map_or(BEFORE, |last| last.at) + AFTER;
    let length = (end * rate as f32) as usize;
    let mut strings: [Vec<f32>; 6] = std::array::from_fn(|_| vec![0f32; length]);
    for struck in plucks {
        let from = ((struck.at * rate as f32) as usize).min(length);
        let sound = round.guitar.pluck(&struck.pluck, length - from, &mut Dice::new(dice.bits()));
        let string = &mut strings[struck.pluck.string];
        string[from..].fill(0.0);
        string[from..].iter_mut().zip(&sound).for_each(|(out, sample)| *out = *sample);
    }
    let dry: Vec<f32> = (0..length).map(|n| strings.iter().map(|string| string[n]).sum()).collect();
    let samples = Room::drawn(dice).hear(&dry, length, rate);
    Sound { samples, rate }
}
