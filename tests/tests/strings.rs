//! String by string, over rendered plucks: the real ears and the teacher, in input time. The guitars
//! are drawn; nothing here was recorded.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::time::Duration;

use audio::AudioChunk;
use host::{GuitarTuning, Recipe};
use pipeline::Step;
use pipeline::ports::{AudioSource, Capture, PortError};
use synth::{Dice, How, Instrument, Pluck, StiffGuitar};
use theory::{StringNumber, Tuning, Voicing};
use tutor::Action;
use tutor::course::DrillKind;
use tutor::drill::{Exercise, Phase, Progress};

const RATE: u32 = 22_050;
const STEP: f64 = 0.9;

struct Samples(Vec<f32>, usize, usize);

impl AudioSource for Samples {
    fn read(&mut self, _: Duration) -> Result<Capture, PortError> {
        let Self(samples, done, piece) = self;
        let end = (*done + *piece).min(samples.len());
        if *done == end {
            return Ok(Capture::Ended);
        }
        let at = Duration::from_secs_f64(*done as f64 / f64::from(RATE));
        let chunk = AudioChunk { at, rate: RATE, samples: samples[*done..end].to_vec() };
        *done = end;
        Ok(Capture::Chunk(chunk))
    }
}

/// One pluck of a string (6…1) of a voicing.
fn pluck(voicing: &str, number: u8, how: How) -> Pluck {
    let string = StringNumber::new(number).unwrap();
    let voicing: Voicing = voicing.parse().unwrap();
    let pitch = voicing.pitch(string, &Tuning::STANDARD).unwrap();
    let open = f32::from(Tuning::STANDARD.open(string).midi());
    Pluck { string: string.index(), pitch: f32::from(pitch.midi()), open, how, gain: 1.0 }
}

/// Plucks at a steady pace; a string rings until it is struck again.
fn played(plucks: &[Pluck], seed: u64) -> Vec<f32> {
    let (guitar, mut dice) = (StiffGuitar::new(RATE, seed), Dice::new(seed));
    let length = ((1.5 + STEP * plucks.len() as f64) * f64::from(RATE)) as usize;
    let mut strings = vec![vec![0f32; length]; 6];
    for (n, pluck) in plucks.iter().enumerate() {
        let from = ((0.6 + STEP * n as f64) * f64::from(RATE)) as usize;
        let sound = guitar.pluck(pluck, length - from, &mut dice);
        let string = &mut strings[pluck.string];
        string[from..].fill(0.0);
        string[from..].iter_mut().zip(sound).for_each(|(out, sample)| *out = 0.2 * sample);
    }
    let mut noise = || 0.000_3 * dice.signed();
    (0..length).map(|n| strings.iter().map(|string| string[n]).sum::<f32>() + noise()).collect()
}

/// How it stood all along, and what the teacher said or showed.
fn drilled(chord: &str, samples: Vec<f32>, piece: usize) -> (Vec<Progress>, Vec<String>) {
    let item = format!("chord:{chord}").parse().unwrap();
    let exercise = Exercise::new(DrillKind::Strings, &item, &[]).unwrap();
    let recipe = Recipe::listening(GuitarTuning::default()).drilling(exercise);
    let recipe = Recipe { witness: false, ..recipe };
    let mut tutor = recipe.tutor().unwrap();
    let (mut stands, mut said) = (Vec::new(), Vec::new());
    let on = &mut |step| match step {
        Step::Drilled(_, progress) => stands.push(*progress),
        Step::Acted(_, Action::Say(told) | Action::Show(told)) => said.push(told.display()),
        _ => {}
    };
    recipe.rehearse(&mut Samples(samples, 0, piece), &mut tutor, on).unwrap();
    (stands, said)
}

fn asked(stands: &[Progress]) -> Vec<u8> {
    let mut asked: Vec<u8> = Vec::new();
    for number in stands.iter().filter_map(|it| it.string).map(StringNumber::number) {
        if asked.last() != Some(&number) {
            asked.push(number);
        }
    }
    asked
}

#[test]
fn three_rounds_of_ringing_strings_pass() {
    for seed in [1, 2, 3] {
        for (chord, voicing, strings) in
            [("E:min", "022000", vec![6, 5, 4, 3, 2, 1]), ("D:maj", "xx0232", vec![4, 3, 2, 1])]
        {
            let rounds = [&strings[..], &strings, &strings].concat();
            let plucks: Vec<Pluck> =
                rounds.iter().map(|number| pluck(voicing, *number, How::Rings)).collect();
            let (stands, said) = drilled(chord, played(&plucks, seed), 441);
            let last = stands.last().unwrap();
            assert_eq!(asked(&stands), rounds, "{seed} {chord}");
            assert_eq!((last.phase, last.clean, last.tries), (Phase::Over, 3, 3), "{seed} {chord}");
            assert!(last.goal.unwrap().passed);
            let outcome = &last.outcome.as_ref().unwrap().reached.speech;
            assert_eq!(outcome, "כל המיתרים צלצלו זה אחרי זה שלוש פעמים.");
            assert!(!said.iter().any(|said| said.contains("לא בטוח")), "{said:?}");
            let down =
                said.iter().filter(|said| said.contains("פעמיים") || said.contains("עוד פעם אחת"));
            assert_eq!((down.count(), said.len()), (2, 3), "{said:?}");
        }
    }
}

#[test]
fn a_dead_string_is_asked_for_until_it_rings_and_named_by_the_teacher() {
    let mut plucks: Vec<Pluck> = Vec::new();
    for (number, how) in [
        (6, How::Rings),
        (5, How::Rings),
        (4, How::Rings),
        (3, How::Dead(0.02)),
        (3, How::Dead(0.03)),
        (3, How::Rings),
        (2, How::Rings),
        (1, How::Rings),
    ] {
        plucks.push(pluck("022000", number, how));
    }
    let (stands, said) = drilled("E:min", played(&plucks, 2), 441);
    assert_eq!(asked(&stands), [6, 5, 4, 3, 2, 1, 6]);
    let last = stands.last().unwrap();
    assert_eq!((last.clean, last.tries), (0, 1), "mended, and no clean round");
    assert!(said.iter().any(|said| said.contains("המיתר השלישי")), "{said:?}");
}

#[test]
fn whole_strums_and_other_strings_count_nothing() {
    let (guitar, mut dice) = (StiffGuitar::new(RATE, 3), Dice::new(5));
    let strings = synth::Fault::none(&"022000".parse().unwrap(), &Tuning::STANDARD).strings;
    let open = [40.0, 45.0, 50.0, 55.0, 59.0, 64.0];
    let hand = synth::Hand { gap: 0.015, up: false, uneven_db: 1.0, cents: 0.0, tuning: 1.0 };
    let mut sound = Vec::new();
    for _ in 0..4 {
        let strum = synth::strum(&guitar, &strings, open, &hand, (0.5, 2.0), &mut dice);
        sound.extend(strum.samples.iter().map(|sample| 0.2 * sample));
    }
    let counts = |stands: &[Progress]| stands.last().map(|it| (it.tries, it.clean));
    let (stands, said) = drilled("E:min", sound, 441);
    assert_eq!((asked(&stands), counts(&stands)), (vec![6], Some((0, 0))), "{said:?}");
    assert!(stands.iter().all(|it| it.other.is_none()) && said.is_empty(), "{said:?}");
    let thin = [1, 2, 3].map(|number| pluck("022000", number, How::Rings));
    let (stands, said) = drilled("E:min", played(&thin, 3), 441);
    assert_eq!((asked(&stands), counts(&stands)), (vec![6], Some((0, 0))), "{said:?}");
    let others: Vec<u8> = stands.iter().filter_map(|it| Some(it.other?.number())).collect();
    assert_eq!(others, [1, 2, 3]);
    assert_eq!(said, ["זה היה המיתר השני. עכשיו צריך לפרוט רק את המיתר השישי."]);
}

#[test]
fn strings_that_were_never_played_are_not_said_to_ring() {
    // String 2 for string 4, string 1 for string 3, as if the hand were up the neck.
    let plucks = [6, 5, 2, 1, 2, 1].map(|number| pluck("022000", number, How::Rings));
    for seed in [1, 2, 3] {
        let (stands, said) = drilled("E:min", played(&plucks, seed), 441);
        assert_eq!(
            (asked(&stands), stands.last().map(|it| it.clean)),
            (vec![6, 5, 4], Some(0)),
            "{said:?}"
        );
    }
}

#[test]
fn the_cut_of_the_input_leaves_no_trace() {
    let plucks: Vec<Pluck> = [(6, How::Rings), (5, How::Dead(0.02)), (5, How::Rings)]
        .map(|(number, how)| pluck("022000", number, how))
        .into();
    let sound = played(&plucks, 2);
    let first = drilled("E:min", sound.clone(), 441);
    for piece in [1_024, 2_205] {
        assert_eq!(drilled("E:min", sound.clone(), piece), first, "{piece}");
    }
}
