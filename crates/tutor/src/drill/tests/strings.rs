//! String by string: what is asked, what is counted, what is kept.

use audio::{Doubt, Pick};

use super::*;

/// String `number` of the four of D, played by itself.
fn pluck(seconds: f64, number: u8, state: StringState, verdict: Verdict) -> Observation {
    let Observation::Strum(mut strum) = strum(seconds, "D", verdict) else { panic!() };
    let waits = StringState::Unsure { why: Doubt::Awaited };
    strum.strings.iter_mut().for_each(|string| string.state = waits);
    let picked = StringNumber::new(number).unwrap();
    strum.strings[picked.index()].state = state;
    strum.picked = Some(picked);
    Observation::Strum(strum)
}

fn rings(seconds: f64, number: u8) -> Observation {
    pluck(seconds, number, StringState::Rings, Verdict::Unsure { ask: None })
}

fn dead(seconds: f64, number: u8) -> Observation {
    pluck(seconds, number, StringState::Dead, FAULT)
}

fn begun() -> (Drill, Vec<Step>) {
    let mut drill = drill(DrillKind::Strings, "chord:D:maj", Start::FirstStroke);
    let steps = drill.begin(at(0.0));
    (drill, steps)
}

fn play(drill: &mut Drill, plucks: impl IntoIterator<Item = Observation>) -> Vec<Step> {
    plucks.into_iter().flat_map(|pluck| drill.hear(&pluck)).collect()
}

fn asked(steps: &[Step]) -> Vec<(u8, bool)> {
    let pick = |step: &Step| match step {
        Step::Pick(Pick { string, first }) => Some((string.number(), *first)),
        _ => None,
    };
    steps.iter().filter_map(pick).collect()
}

fn round(from: f64) -> Vec<Observation> {
    (0..4u8).map(|place| rings(from + f64::from(place), 4 - place)).collect()
}

#[test]
fn each_string_is_asked_for_in_turn_and_a_round_begins_afresh() {
    let (mut drill, mut steps) = begun();
    steps.extend(play(&mut drill, round(1.0)));
    assert_eq!(asked(&steps), [(4, true), (3, false), (2, false), (1, false), (4, true)]);
    let stands = last(&steps);
    assert_eq!((stands.phase, stands.clean, stands.tries), (Phase::Playing, 1, 1));
    let steps = play(&mut drill, [round(5.0), round(9.0)].concat());
    let over = last(&steps);
    assert_eq!((over.phase, over.clean, over.string), (Phase::Over, 3, None));
    assert!(over.goal.unwrap().passed && steps.iter().any(|step| matches!(step, Step::Say(_))));
}

#[test]
fn a_string_that_does_not_ring_is_asked_for_again_but_not_for_ever() {
    let (mut drill, _) = begun();
    let misses: Vec<Observation> = (0..5u8).map(|n| dead(1.0 + f64::from(n), 4)).collect();
    let steps = play(&mut drill, misses);
    assert_eq!(asked(&steps), [(4, false), (4, false), (4, false), (4, false), (3, false)]);
    let stands = last(&steps);
    assert_eq!((stands.clean, stands.tries), (0, 1), "a round is one try");
}

#[test]
fn a_miss_that_is_taken_back_leaves_the_round_clean() {
    let (mut drill, _) = begun();
    play(&mut drill, [dead(1.0, 4)]);
    let doubt = StringState::Unsure { why: Doubt::Speech };
    let steps = play(&mut drill, [pluck(1.0, 4, doubt, Verdict::Unsure { ask: None })]);
    assert_eq!(last(&steps).tries, 0);
    let steps = play(&mut drill, round(3.0));
    assert_eq!((last(&steps).clean, last(&steps).tries), (1, 1));
}

#[test]
fn another_string_and_a_whole_strum_count_nothing() {
    let (mut drill, _) = begun();
    let steps = play(&mut drill, [rings(1.0, 3), strum(2.0, "D", RIGHT), strum(3.0, "D", FAULT)]);
    assert!(steps.is_empty(), "{steps:?}");
    assert_eq!(drill.practised(), []);
}

#[test]
fn what_is_kept_tells_each_string_and_no_strums_in_a_row() {
    let (mut drill, _) = begun();
    play(
        &mut drill,
        [vec![dead(1.0, 4)], round(2.0), round(6.0), round(10.0), round(14.0)].concat(),
    );
    let again = Observation::Command { at: at(20.0), command: Command::Start };
    assert!(drill.keeps(&again));
    let steps = drill.hear(&again);
    assert_eq!((asked(&steps), last(&steps).phase), (vec![(4, true)], Phase::Ready));
    let kept = drill.practised();
    let [practice] = &kept[..] else { panic!("{kept:?}") };
    assert_eq!((practice.tally.attempts, practice.tally.clean, practice.tally.in_a_row), (4, 3, 1));
    assert!(practice.tally.is_possible());
    let strings = practice.strings.unwrap();
    assert_eq!((strings[0].tried, strings[2].tried, strings[2].rang), (0, 5, 4));
}

/// The open string of a note (4: D, 3: A in the chord of D), as it is told where another was asked for.
fn note(seconds: f64, midi: u8) -> Observation {
    let (onset, offset) = (at(seconds), at(seconds + 0.3));
    let pitch = theory::Pitch(midi);
    Observation::Note(audio::NoteEvent { onset, offset, pitch, cents: 0.0, confidence: 0.9 })
}

#[test]
fn another_string_is_shown_at_once_and_told_when_it_happens_again() {
    let (mut drill, _) = begun();
    let own = play(&mut drill, [note(0.5, 50)]);
    assert!(own.is_empty(), "its own note is told by its verdict");
    let foreign = play(&mut drill, [note(0.7, 40)]);
    assert!(foreign.is_empty(), "no string of the chord");
    let said = |steps: &[Step]| {
        steps.iter().find_map(|step| match step {
            Step::Observe(Observation::OtherString { asked, played, .. }) => {
                Some((asked.number(), played.number()))
            }
            _ => None,
        })
    };
    let once = play(&mut drill, [note(1.0, 57)]);
    assert_eq!(last(&once).other, Some(StringNumber::new(3).unwrap()));
    assert_eq!((said(&once), asked(&once)), (None, vec![]));
    assert_eq!(said(&play(&mut drill, [note(2.0, 57)])), Some((4, 3)));
    let right = play(&mut drill, [rings(3.0, 4)]);
    assert_eq!(last(&right).other, None);
    assert_eq!(last(&right).tries, 0, "another string is no try");
}
