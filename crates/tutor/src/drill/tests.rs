#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use std::time::Duration;

use audio::{ChordEstimate, Onset, StringState, StringVerdict, Stroke, Strum, Verdict};
use theory::{Chord, StringNumber, Tuning, usual_voicings};

use super::*;
use crate::course::song::own_songs;

mod ending;

fn at(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

fn drill(kind: DrillKind, item: &str, start: Start) -> Drill {
    let exercise = Exercise::new(kind, &item.parse().unwrap(), own_songs()).unwrap();
    Drill::new(exercise, start, Tuning::STANDARD, Address::Neutral)
}

fn strum(seconds: f64, chord: &str, verdict: Verdict) -> Observation {
    let chord: Chord = chord.parse().unwrap();
    let state = if verdict == Verdict::Fault { StringState::Dead } else { StringState::Rings };
    let one = |string| StringVerdict { string, asked: true, state, cents: None, confidence: 0.9 };
    let estimate = ChordEstimate { at: at(seconds), chord, confidence: 0.9 };
    Observation::Strum(Strum {
        at: at(seconds),
        verdict_at: at(seconds + 0.7),
        chord: Some(estimate),
        voicing: usual_voicings(chord).first().copied(),
        verdict: Some(verdict),
        strings: StringNumber::THICK_TO_THIN.map(one),
        touch: None,
        picked: None,
    })
}

fn last(steps: &[Step]) -> Progress {
    let shown = steps.iter().rev().find_map(|step| match step {
        Step::Show(progress) => Some(progress.as_ref().clone()),
        _ => None,
    });
    shown.unwrap_or_else(|| panic!("nothing shown in {steps:?}"))
}

/// Plays strums of a minute of changes and ends it.
fn changes(strums: &[(f64, &str, Verdict)], end: f64) -> (Drill, Vec<Step>) {
    let mut drill = drill(DrillKind::Changes, "pair:E:min>A:min", Start::FirstStroke);
    let mut steps = drill.begin(at(0.0));
    for (seconds, chord, verdict) in strums {
        steps.extend(drill.hear(&strum(*seconds, chord, *verdict)));
    }
    steps.extend(drill.poll(at(end)));
    steps.extend(drill.finish(at(end)));
    (drill, steps)
}

const RIGHT: Verdict = Verdict::Right;
const FAULT: Verdict = Verdict::Fault;

#[test]
fn a_change_counts_when_the_other_chord_is_right() {
    let played = [
        (1.0, "Em", RIGHT),
        (2.0, "Am", RIGHT),
        // The same chord again, half a chord, another chord: no change.
        (3.0, "Am", RIGHT),
        (4.0, "Em", FAULT),
        (4.5, "C", RIGHT),
        (5.0, "Em", RIGHT),
        (6.0, "Am", RIGHT),
    ];
    let (drill, steps) = changes(&played, 64.0);
    let over = last(&steps);
    assert_eq!((over.phase, over.changes), (Phase::Over, Some(3)));
    assert_eq!(over.goal.map(|goal| (goal.reached, goal.passed)), Some((3, false)));
    let minute = steps.iter().find_map(|step| match step {
        Step::Observe(Observation::Minute { changes, .. }) => Some(*changes),
        _ => None,
    });
    assert_eq!(minute, Some(3));
    let told: Vec<f32> = steps
        .iter()
        .filter_map(|step| match step {
            Step::Observe(Observation::Change(change)) => Some(change.took_ms),
            _ => None,
        })
        .collect();
    assert_eq!(told, [1_000.0, 2_000.0, 1_000.0]);
    let kept: Vec<(String, u32, u32, Option<f32>)> = drill
        .practised()
        .into_iter()
        .map(|it| (it.item.to_string(), it.tally.attempts, it.tally.clean, it.per_minute))
        .collect();
    let expected = [
        ("pair:E:min>A:min".to_owned(), 2, 2, Some(3.0)),
        ("pair:A:min>E:min".to_owned(), 2, 1, Some(3.0)),
    ];
    assert_eq!(kept, expected);
}

#[test]
fn a_strum_told_anew_replaces_itself_and_one_after_the_end_is_none() {
    let unsure = Verdict::Unsure { ask: None };
    let played = [
        (1.0, "Em", RIGHT),
        (2.0, "Am", RIGHT),
        (2.0, "Am", FAULT),
        // Not every string could be told, and nothing speaks against it.
        (3.0, "Am", unsure),
        (4.0, "Em", RIGHT),
        (61.5, "Am", RIGHT),
    ];
    let (_, steps) = changes(&played, 64.0);
    assert_eq!(last(&steps).changes, Some(2));
}

/// An unsure strum heard as a chord with so much confidence, of which so many strings are in doubt.
fn doubted(seconds: f64, chord: &str, heard: (&str, f32), doubts: usize) -> Observation {
    let unsure = Verdict::Unsure { ask: None };
    let Observation::Strum(mut strum) = strum(seconds, chord, unsure) else { panic!() };
    let (name, confidence) = heard;
    let chord = name.parse().unwrap();
    strum.chord = Some(ChordEstimate { at: at(seconds), chord, confidence });
    for string in strum.strings.iter_mut().take(doubts) {
        string.state = StringState::Unsure { why: audio::Doubt::SharedPartials };
    }
    Observation::Strum(strum)
}

#[test]
fn a_chord_that_is_clear_counts_though_strings_are_in_doubt() {
    let counts = |heard: (&str, f32), doubts: usize, dead: bool| {
        let mut drill = drill(DrillKind::Changes, "pair:E:min>A:min", Start::FirstStroke);
        drill.begin(at(0.0));
        drill.hear(&strum(1.0, "Em", RIGHT));
        let mut second = doubted(2.0, "Am", heard, doubts);
        if let (true, Observation::Strum(strum)) = (dead, &mut second) {
            strum.strings[5].state = StringState::Dead;
        }
        last(&drill.hear(&second)).changes == Some(1)
    };
    assert!(counts(("Am", 0.9), 6, false), "clear as a whole");
    assert!(counts(("Am", 0.3), 2, false), "and string by string");
    assert!(!counts(("Am", 0.5), 3, false), "neither");
    assert!(!counts(("C", 0.9), 1, false), "another chord");
    assert!(!counts(("Am", 0.9), 1, true), "a dead string");
}

#[test]
fn a_minute_like_those_before_it_is_told_to_stand_still() {
    let said = |before: &[u16]| {
        let item = "pair:E:min>A:min".parse().unwrap();
        let exercise = Exercise::new(DrillKind::Changes, &item, &[]).unwrap();
        let exercise = exercise.after(before.to_vec());
        let mut drill =
            Drill::new(exercise, Start::FirstStroke, Tuning::STANDARD, Address::Neutral);
        let mut tutor = crate::Tutor::new(crate::Lesson::new("Em".parse().unwrap()));
        let mut steps = drill.begin(at(0.0));
        for n in 0..10 {
            let chord = if n % 2 == 0 { "Em" } else { "Am" };
            steps.extend(drill.hear(&strum(1.0 + 5.0 * f64::from(n), chord, RIGHT)));
        }
        steps.extend(drill.poll(at(64.0)));
        let minute = steps.into_iter().filter_map(|step| match step {
            Step::Observe(minute @ Observation::Minute { .. }) => Some(minute),
            _ => None,
        });
        let mut actions: Vec<_> = minute.flat_map(|it| tutor.handle(&it, at(64.0))).collect();
        actions.extend(tutor.poll(at(70.0)));
        format!("{actions:?}")
    };
    assert!(said(&[10, 9, 9, 10]).contains("M09"));
    assert!(!said(&[]).contains("M09") && !said(&[10, 9, 9, 40]).contains("M09"));
}

#[test]
fn little_time_tells_no_rate_and_nothing_is_kept_of_it() {
    let (drill, steps) = changes(&[(1.0, "Em", RIGHT), (2.0, "Am", RIGHT)], 6.0);
    assert_eq!(last(&steps).phase, Phase::Over);
    assert!(!steps.iter().any(|it| matches!(it, Step::Observe(Observation::Minute { .. }))));
    assert!(drill.practised().iter().all(|it| it.per_minute.is_none()));
}

/// D-D-D-D- at 60 beats a minute from 1 s on, each stroke as `play` says: seconds late, none left out.
fn pattern(play: impl Fn(usize) -> Vec<f64>) -> (Drill, Vec<Step>) {
    let item = "pattern:D-D-D-D-".parse().unwrap();
    let exercise = Exercise::new(DrillKind::Pattern, &item, &[]).unwrap().at_tempo(60);
    let mut drill = Drill::new(exercise, Start::At(at(1.0)), Tuning::STANDARD, Address::Neutral);
    let mut steps = drill.begin(at(0.0));
    for bar in 0..8 {
        let beats = 4 * bar..4 * bar + 4;
        let strokes: Vec<Stroke> = beats
            .flat_map(|beat| play(beat).into_iter().map(move |late| 1.0 + beat as f64 + late))
            .map(|seconds| Stroke { at: at(seconds), direction: None })
            .collect();
        let until = 1.0 + 4.0 * f64::from(bar as u8 + 1);
        steps.extend(drill.strokes(&strokes, at(until)));
        steps.extend(drill.poll(at(until)));
    }
    steps.extend(drill.finish(at(34.0)));
    (drill, steps)
}

#[test]
fn bars_are_clean_where_every_stroke_is_in_time_and_none_too_many() {
    let (drill, steps) = pattern(|_| vec![0.02]);
    let over = last(&steps);
    assert_eq!((over.phase, over.clean, over.tries), (Phase::Over, 8, 8));
    assert!(over.goal.is_some_and(|goal| goal.passed) && over.outcome.is_some());
    let beats = steps.iter().filter(|it| matches!(it, Step::Observe(Observation::Beat(_))));
    assert_eq!(beats.count(), 32);
    let practised = drill.practised();
    assert_eq!(
        (practised[0].item.to_string().as_str(), practised[0].tempo),
        ("pattern:D-D-D-D-", Some(60.0))
    );
    assert_eq!((practised[0].tally.in_a_row, practised[0].tally.attempts), (8, 8));
}

#[test]
fn late_missed_and_doubled_strokes_are_told() {
    // Bar 2 late, bar 4 misses one, bar 6 strikes one twice.
    let (_, steps) = pattern(|beat| match beat {
        5 => vec![0.2],
        13 => vec![],
        21 => vec![0.0, 0.1],
        _ => vec![0.0],
    });
    let over = last(&steps);
    assert_eq!((over.clean, over.tries), (5, 8));
    let missed = steps.iter().filter(
        |it| matches!(it, Step::Observe(Observation::Beat(beat)) if beat.offset_ms.is_none()),
    );
    assert_eq!(missed.count(), 1);
}

#[test]
fn who_stops_in_the_middle_is_waited_for() {
    let (_, steps) = pattern(|beat| if beat < 12 { vec![0.0] } else { vec![] });
    let phases: Vec<Phase> = steps
        .iter()
        .filter_map(|step| match step {
            Step::Show(progress) => Some(progress.phase),
            _ => None,
        })
        .collect();
    assert!(phases.contains(&Phase::Rejoin), "{phases:?}");
    let over = last(&steps);
    assert_eq!((over.clean, over.goal.map(|goal| goal.reached)), (3, Some(3)));
}

#[test]
fn a_count_in_is_clicked_and_the_beat_moves_to_where_it_is_heard() {
    let mut drill = drill(DrillKind::Pattern, "pattern:D-D-D-D-", Start::CountIn);
    assert_eq!(last(&drill.begin(at(0.0))).phase, Phase::Ready);
    let start = Command::Start;
    let steps = drill.hear(&Observation::Command { at: at(1.0), command: start });
    let Some(Step::Click(clicks)) = steps.last() else { panic!("{steps:?}") };
    assert_eq!((clicks.beats.len(), clicks.bpm), (4 + 32, 70));
    // Too early: noises of the count-in are no strokes of the first bar.
    let steps = drill.clicked(1, at(1.1));
    assert_eq!(last(&steps).beat.map(|beat| (beat.now, beat.of)), Some((1, 4)));
    let beat = 60.0 / 70.0;
    let steps = drill.poll(at(1.1 + 2.5 * beat));
    assert_eq!(last(&steps).beat.map(|beat| beat.now), Some(3));
    let late = drill.late(at(0.2));
    assert!(matches!(late.last(), Some(Step::Follow(Some(_)))));
    let origin = 1.1 + 0.2 + 4.0 * beat;
    let strokes: Vec<Stroke> = [-0.9, 0.0, beat, 2.0 * beat, 3.0 * beat]
        .map(|after| Stroke { at: at(origin + after), direction: None })
        .to_vec();
    let steps = drill.strokes(&strokes, at(origin + 4.6 * beat));
    assert_eq!((last(&steps).clean, last(&steps).tries), (1, 1));
}

#[test]
fn another_tempo_begins_anew_and_what_was_played_is_kept() {
    let mut drill = drill(DrillKind::Pattern, "pattern:D-D-D-D-", Start::CountIn);
    drill.begin(at(0.0));
    drill.hear(&Observation::Command { at: at(0.0), command: Command::Start });
    drill.clicked(1, at(0.0));
    let beat = 60.0 / 70.0;
    let strokes: Vec<Stroke> =
        (0..8).map(|n| Stroke { at: at((4.0 + f64::from(n)) * beat), direction: None }).collect();
    drill.strokes(&strokes, at(12.6 * beat));
    let slower = Observation::Command { at: at(12.7 * beat), command: Command::Slower };
    let steps = drill.hear(&slower);
    assert!(steps.contains(&Step::Quiet));
    assert!(steps.iter().any(|it| matches!(it, Step::Click(clicks) if clicks.bpm == 60)));
    let kept = drill.practised();
    assert_eq!((kept[0].tally.clean, kept[0].tempo), (2, Some(70.0)));
}

/// The whole of our first song: D------- at 60, a bar for each chord.
fn song(play: impl Fn(usize) -> Option<(f64, &'static str)>) -> (Drill, Vec<Step>) {
    let item = "song:boker-ehad/1".parse().unwrap();
    let exercise = Exercise::new(DrillKind::Song, &item, own_songs()).unwrap();
    let mut drill = Drill::new(exercise, Start::At(at(1.0)), Tuning::STANDARD, Address::Neutral);
    let mut steps = drill.begin(at(0.0));
    for bar in 0..8 {
        let begins = 1.0 + 4.0 * f64::from(bar as u8);
        let struck = play(bar);
        if let Some((late, chord)) = struck {
            steps.extend(drill.hear(&strum(begins + late, chord, RIGHT)));
        }
        let strokes: Vec<Stroke> = struck
            .map(|(late, _)| Stroke { at: at(begins + late), direction: None })
            .into_iter()
            .collect();
        steps.extend(drill.poll(at(begins + 3.9)));
        steps.extend(drill.strokes(&strokes, at(begins + 4.0)));
    }
    steps.extend(drill.finish(at(34.0)));
    (drill, steps)
}

#[test]
fn a_song_is_passed_when_nine_in_ten_strokes_are_right() {
    let (drill, steps) = song(|_| Some((0.03, "Em")));
    let over = last(&steps);
    assert_eq!((over.phase, over.goal.map(|goal| goal.passed)), (Phase::Over, Some(true)));
    let pass = steps.iter().find_map(|step| match step {
        Step::Observe(Observation::Pass(pass)) => Some(*pass),
        _ => None,
    });
    assert_eq!(pass.map(|pass| (pass.asked, pass.right, pass.bpm)), Some((8, 8, 60.0)));
    let kept = drill.practised();
    assert_eq!((kept[0].item.to_string().as_str(), kept[0].tally.clean), ("song:boker-ehad/1", 1));
}

#[test]
fn a_wrong_chord_and_a_missing_player_are_no_pass() {
    let (drill, steps) = song(|bar| Some((0.0, if bar < 3 { "Am" } else { "Em" })));
    assert_eq!(last(&steps).goal.map(|goal| goal.passed), Some(false));
    assert_eq!(drill.practised()[0].tally.clean, 0);
    let (drill, steps) = song(|_| None);
    assert!(drill.practised().is_empty());
    assert!(last(&steps).outcome.is_some());
}

/// What is said of the first song where strokes were struck at these seconds, each of this chord.
fn said_of_song(struck: &[f64], chord: &str) -> String {
    let item = "song:boker-ehad/1".parse().unwrap();
    let exercise = Exercise::new(DrillKind::Song, &item, own_songs()).unwrap();
    let mut drill = Drill::new(exercise, Start::At(at(1.0)), Tuning::STANDARD, Address::Neutral);
    let mut steps = drill.begin(at(0.0));
    for seconds in struck {
        steps.extend(drill.hear(&strum(*seconds, chord, Verdict::Unsure { ask: None })));
    }
    let strokes: Vec<Stroke> =
        struck.iter().map(|struck| Stroke { at: at(*struck), direction: None }).collect();
    steps.extend(drill.strokes(&strokes, at(33.0)));
    steps.extend(drill.finish(at(34.0)));
    last(&steps).outcome.unwrap().reached.display
}

#[test]
fn of_a_song_only_what_was_heard_is_said() {
    assert_eq!(said_of_song(&[], "Em"), "הקצב רץ, והגיטרה עוד לא נכנסה.");
    // Three strums, beside the beat and on it.
    assert_eq!(said_of_song(&[2.0, 3.1, 4.2], "Em"), "הפריטות עוד לא היו במקום.");
    assert_eq!(said_of_song(&[1.0, 5.05, 9.0], "Em"), "חלק מהפריטות היו במקום.");
    // Other music comes on some of the beats as well.
    let music: Vec<f64> = (0..64).map(|n| 1.07 + 0.487 * f64::from(n)).collect();
    assert_eq!(said_of_song(&music, "F"), "האקורדים של השיר עוד לא נשמעו.");
    assert_eq!(said_of_song(&music, "Em"), "הפריטות עוד לא היו במקום.");
    // Somebody who strums every beat is no chance.
    let beats: Vec<f64> = (0..32).map(|n| 1.02 + f64::from(n)).collect();
    assert!(said_of_song(&beats, "Em").ends_with("במקום."), "the song, strummed its own way");
    assert!(!said_of_song(&beats, "Em").contains("עוד לא"));
}

#[test]
fn in_again_on_the_first_beat_counts_only_after_silence() {
    let item = "pattern:D-D-D-D-".parse().unwrap();
    for (through, times) in [(false, 3), (true, 0)] {
        let exercise = Exercise::new(DrillKind::Silence, &item, &[]).unwrap().at_tempo(60);
        let mut drill =
            Drill::new(exercise, Start::At(at(0.0)), Tuning::STANDARD, Address::Neutral);
        let mut steps = drill.begin(at(0.0));
        let mut seen = Vec::new();
        for bar in 0..13u8 {
            let silent = bar % 4 >= 2 && bar != 12;
            let beats = (0..4).filter(|_| through || !silent);
            let begins = 4.0 * f64::from(bar);
            let strokes: Vec<Stroke> = beats
                .map(|beat| Stroke { at: at(begins + f64::from(beat)), direction: None })
                .collect();
            let shown = drill.poll(at(begins + 1.1));
            seen.push(last(&shown).phase);
            steps.extend(drill.strokes(&strokes, at(begins + 4.0)));
        }
        steps.extend(drill.finish(at(53.0)));
        assert_eq!(seen.iter().filter(|phase| **phase == Phase::Silent).count(), 6);
        let goal = last(&steps).goal.unwrap();
        assert_eq!((goal.measure, goal.reached), (Measure::Beat, times), "{through}");
    }
}

#[test]
fn clean_strums_in_a_row_reach_the_gate() {
    let mut drill = drill(DrillKind::Strum, "chord:E:min", Start::CountIn);
    drill.begin(at(0.0));
    let mut steps = Vec::new();
    for (n, verdict) in [RIGHT, FAULT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT].into_iter().enumerate() {
        let strum = strum(n as f64, "Em", verdict);
        assert!(!drill.keeps(&strum), "the teacher speaks of it");
        steps.extend(drill.hear(&strum));
    }
    let over = last(&steps);
    assert_eq!((over.phase, over.in_a_row, over.clean), (Phase::Over, 5, 6));
    assert!(steps.iter().any(|step| matches!(step, Step::Say(_))));
    let again = drill.hear(&Observation::Command { at: at(9.0), command: Command::Again });
    assert_eq!((last(&again).phase, last(&again).tries), (Phase::Ready, 0));
}

#[test]
fn a_knock_begins_no_round() {
    let mut drill = drill(DrillKind::Pattern, "pattern:D-D-D-D-", Start::FirstStroke);
    drill.begin(at(0.0));
    let steps = drill.hear(&Observation::Onset(Onset { at: at(1.0) }));
    assert!(matches!(steps.first(), Some(Step::Follow(Some(_)))));
    let steps = drill.strokes(&[], at(4.0));
    assert_eq!(last(&steps).phase, Phase::Ready);
}

#[test]
fn what_is_no_drill_is_refused() {
    let new =
        |kind: DrillKind, item: &str| Exercise::new(kind, &item.parse().unwrap(), own_songs());
    assert!(matches!(new(DrillKind::Tune, "chord:E:min"), Err(ExerciseError::NotPlayed("tune"))));
    let other = new(DrillKind::Changes, "chord:E:min");
    assert!(matches!(other, Err(ExerciseError::OtherKind { .. })));
    assert!(matches!(new(DrillKind::Song, "song:nothing/1"), Err(ExerciseError::NoSong(_))));
    assert!(matches!(new(DrillKind::Song, "song:gesher/9"), Err(ExerciseError::NoSong(_))));
    assert!(matches!(new(DrillKind::Pattern, "pattern:----"), Err(ExerciseError::Empty(_))));
}

#[test]
fn a_result_is_no_row_of_the_diagnosis_table() {
    assert!(crate::diagnosis::table::rows().iter().all(|row| row.id != crate::feedback::RESULT));
    let (_, steps) = changes(&[(1.0, "Em", RIGHT), (2.0, "Am", RIGHT)], 64.0);
    let said = steps.iter().find_map(|step| match step {
        Step::Say(feedback) => Some(feedback.is_fault()),
        _ => None,
    });
    assert_eq!(said, Some(false));
}

mod strings;
