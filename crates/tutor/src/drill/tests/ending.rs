//! How drills end, and what is kept of those that are broken off.

use super::*;

fn say(drill: &mut Drill, seconds: f64, command: Command) -> Vec<Step> {
    drill.hear(&Observation::Command { at: at(seconds), command })
}

fn said(steps: &[Step]) -> bool {
    steps.iter().any(|step| matches!(step, Step::Say(_)))
}

fn passes(steps: &[Step]) -> usize {
    steps.iter().filter(|step| matches!(step, Step::Observe(Observation::Pass(_)))).count()
}

const UNSURE: Verdict = Verdict::Unsure { ask: None };

#[test]
fn a_minute_of_changes_is_told_a_handful_of_times() {
    let mut drill = drill(DrillKind::Changes, "pair:E:min>A:min", Start::FirstStroke);
    drill.begin(at(0.0));
    let mut told: Vec<Vec<Practice>> = Vec::new();
    // Twenty polls a second; a strum each second, the last 50 s after the first.
    for tick in 0..1_300u32 {
        let now = 0.05 * f64::from(tick);
        if tick % 20 == 0 && (1.0..=51.0).contains(&now) {
            let chord = if tick % 40 == 0 { "Em" } else { "Am" };
            drill.hear(&strum(now, chord, RIGHT));
        }
        drill.hear(&Observation::Onset(Onset { at: at(now) }));
        drill.poll(at(now));
        if told.last() != Some(&drill.practised()) {
            told.push(drill.practised());
        }
    }
    let lasted: Vec<u64> =
        told.iter().filter_map(|it| it.first()).map(|it| it.lasted.as_secs()).collect();
    assert_eq!(lasted, [15, 30, 45, 60]);
    let last = told.last().unwrap();
    assert_eq!((last[0].per_minute, last[1].per_minute), (Some(50.0), Some(50.0)));
}

#[test]
fn changes_begun_anew_keep_what_was_tried() {
    let mut drill = drill(DrillKind::Changes, "pair:E:min>A:min", Start::FirstStroke);
    drill.begin(at(0.0));
    for (n, chord) in ["Em", "Am", "Em"].into_iter().enumerate() {
        drill.hear(&strum(1.0 + n as f64, chord, RIGHT));
    }
    let steps = say(&mut drill, 5.0, Command::Again);
    assert_eq!((last(&steps).phase, last(&steps).changes), (Phase::Ready, Some(0)));
    say(&mut drill, 6.0, Command::Start);
    drill.hear(&strum(7.0, "Em", RIGHT));
    drill.hear(&strum(8.0, "Am", RIGHT));
    drill.poll(at(70.0));
    let kept: Vec<_> =
        drill.practised().iter().map(|it| (it.since.as_secs(), it.per_minute)).collect();
    assert_eq!(kept, [(1, None), (1, None), (6, Some(1.0)), (6, Some(1.0))]);
}

#[test]
fn a_minute_that_only_sounded_whole_is_kept() {
    let played = [(1.0, "Em", UNSURE), (2.0, "Am", UNSURE), (3.0, "Em", UNSURE)];
    let (drill, steps) = changes(&played, 64.0);
    assert_eq!(last(&steps).changes, Some(2));
    let kept: Vec<_> =
        drill.practised().iter().map(|it| (it.tally.attempts, it.per_minute)).collect();
    assert_eq!(kept, [(0, Some(2.0)), (0, Some(2.0))]);
    assert_eq!(crate::review::grade(&drill.practised()[0].tally, Some(2.0)), None);
    let (drill, _) = changes(&played[..1], 64.0);
    assert!(drill.practised().is_empty(), "no change was heard");
}

#[test]
fn seconds_are_not_skipped_where_a_strum_comes_between() {
    let mut drill = drill(DrillKind::Changes, "pair:E:min>A:min", Start::FirstStroke);
    drill.begin(at(0.0));
    let mut steps = say(&mut drill, 0.0, Command::Start);
    for tenth in 1..30u32 {
        let now = f64::from(tenth) / 10.0;
        drill.hear(&Observation::Onset(Onset { at: at(now) }));
        steps.extend(drill.poll(at(now)));
    }
    let left: Vec<u32> = steps
        .iter()
        .filter_map(|step| match step {
            Step::Show(progress) => progress.seconds_left,
            _ => None,
        })
        .collect();
    assert_eq!(left, [60, 59, 58]);
}

/// A drill with a beat at 60 from 1 s on, whose windows lag by a bar and 0.45 s, as they do live: all
/// was struck in time, told as far as it can be at `now`.
fn lagging(kind: DrillKind, item: &str, now: f64) -> (Drill, Vec<Step>) {
    let exercise = Exercise::new(kind, &item.parse().unwrap(), own_songs()).unwrap().at_tempo(60);
    let mut drill = Drill::new(exercise, Start::At(at(1.0)), Tuning::STANDARD, Address::Neutral);
    let mut steps = drill.begin(at(0.0));
    let every = if kind == DrillKind::Song { 4.0 } else { 1.0 };
    for window in 0..8u8 {
        let (from, until) = (0.6 + 4.0 * f64::from(window), 4.6 + 4.0 * f64::from(window));
        if until + 0.45 > now {
            break;
        }
        let beats = (0..32u8).map(|beat| 1.0 + every * f64::from(beat));
        let strokes: Vec<Stroke> = beats
            .filter(|struck| (from..until).contains(struck))
            .map(|struck| Stroke { at: at(struck), direction: None })
            .collect();
        steps.extend(drill.strokes(&strokes, at(until)));
    }
    steps.extend(drill.poll(at(now)));
    (drill, steps)
}

const PATTERN: &str = "pattern:D-D-D-D-";

#[test]
fn what_is_not_heard_yet_is_not_missed_when_a_pattern_is_broken_off() {
    type Break = fn(&mut Drill) -> Vec<Step>;
    // In the fourth bar: two windows are told, of which the first bar is known.
    let ways: [(Break, bool); 3] = [
        (|drill| say(drill, 14.8, Command::Next), true),
        (|drill| say(drill, 14.8, Command::Stop), false),
        (|drill| drill.leave(at(14.8)), false),
    ];
    for (way, aloud) in ways {
        let (mut drill, _) = lagging(DrillKind::Pattern, PATTERN, 14.8);
        let steps = way(&mut drill);
        let over = last(&steps);
        assert_eq!((over.phase, over.outcome.is_some()), (Phase::Over, true));
        assert_eq!(said(&steps), aloud);
        let kept = &drill.practised()[0];
        assert_eq!((kept.tally.attempts, kept.tally.clean), (2, 2), "{kept:?}");
        assert_eq!((over.tries, over.clean), (2, 2));
    }
    let (mut drill, _) = lagging(DrillKind::Pattern, PATTERN, 14.8);
    say(&mut drill, 14.8, Command::Again);
    assert_eq!(drill.practised()[0].tally.attempts, 2, "the same where it begins anew");
}

#[test]
fn where_no_bar_was_heard_there_is_no_result() {
    for command in [Command::Next, Command::Stop] {
        let (mut drill, _) = lagging(DrillKind::Pattern, PATTERN, 4.0);
        let steps = say(&mut drill, 4.0, command);
        assert_eq!((last(&steps).phase, last(&steps).outcome), (Phase::Over, None));
        assert!(!said(&steps) && drill.practised().is_empty());
    }
}

#[test]
fn a_song_broken_off_is_no_pass_and_one_that_ended_is() {
    let item = "song:boker-ehad/1";
    let (mut drill, mut steps) = lagging(DrillKind::Song, item, 30.0);
    steps.extend(drill.leave(at(30.0)));
    assert_eq!((passes(&steps), last(&steps).phase), (0, Phase::Over));
    assert!(drill.practised().is_empty(), "the section was not played to its end");
    let outcome = last(&steps).outcome.unwrap();
    assert_eq!(outcome.reached.speech, "השיר נעצר באמצע.", "nothing is said of the rest");
    // The recording ends before its last bar has rung out.
    let (mut drill, mut steps) = lagging(DrillKind::Song, item, 31.0);
    let rest = [25.0, 29.0].map(|struck| Stroke { at: at(struck), direction: None });
    steps.extend(drill.strokes(&rest, at(31.0)));
    steps.extend(drill.finish(at(31.0)));
    assert_eq!((passes(&steps), last(&steps).goal.map(|goal| goal.passed)), (1, Some(true)));
    assert_eq!(drill.practised()[0].tally.clean, 1);
}

#[test]
fn a_word_means_the_same_in_every_drill() {
    let kinds = [
        (DrillKind::Pattern, PATTERN),
        (DrillKind::Changes, "pair:E:min>A:min"),
        (DrillKind::Strum, "chord:E:min"),
        (DrillKind::Song, "song:boker-ehad/1"),
    ];
    for (kind, item) in kinds {
        let ready = || {
            let mut drill = drill(kind, item, Start::CountIn);
            drill.begin(at(0.0));
            drill
        };
        let mut left = ready();
        let steps = say(&mut left, 1.0, Command::Next);
        assert_eq!((last(&steps).phase, last(&steps).outcome), (Phase::Over, None), "{kind:?}");
        assert!(!said(&steps) && left.practised().is_empty());
        assert!(say(&mut left, 2.0, Command::Next).is_empty() && left.due().is_none());
        let mut steps = say(&mut left, 3.0, Command::Start);
        steps.extend(left.clicked(1, at(3.1)));
        assert_ne!(last(&steps).phase, Phase::Over, "{kind:?} begins after its end");
        assert!(say(&mut ready(), 1.0, Command::Stop).is_empty(), "{kind:?}");
    }
    let mut counted = drill(DrillKind::Pattern, PATTERN, Start::CountIn);
    counted.begin(at(0.0));
    for heard in [false, true] {
        say(&mut counted, 0.0, Command::Start);
        if heard {
            counted.clicked(2, at(0.1));
        }
        let steps = say(&mut counted, 0.5, Command::Stop);
        assert_eq!(last(&steps).phase, Phase::Ready);
        assert!(steps.contains(&Step::Quiet));
    }
    let mut minute = drill(DrillKind::Changes, "pair:E:min>A:min", Start::CountIn);
    for (n, chord) in ["Em", "Am", "Em"].into_iter().enumerate() {
        minute.hear(&strum(1.0 + n as f64, chord, RIGHT));
    }
    let steps = say(&mut minute, 20.0, Command::Stop);
    assert!(last(&steps).outcome.is_some() && !said(&steps), "shown, and not said");
}

#[test]
fn clicks_of_an_older_round_are_not_taken_for_those_of_this_one() {
    let mut drill = drill(DrillKind::Pattern, PATTERN, Start::CountIn);
    drill.begin(at(0.0));
    say(&mut drill, 0.0, Command::Start);
    say(&mut drill, 0.1, Command::Stop);
    let steps = say(&mut drill, 0.2, Command::Start);
    let Some(Step::Click(clicks)) = steps.last() else { panic!("{steps:?}") };
    assert!(drill.clicked(clicks.round - 1, at(0.25)).is_empty());
    let steps = drill.clicked(clicks.round, at(0.4));
    assert_eq!(last(&steps).beat.map(|beat| beat.now), Some(1));
}

#[test]
fn clicks_that_do_not_begin_are_only_shown() {
    let mut drill = drill(DrillKind::Pattern, PATTERN, Start::CountIn);
    drill.begin(at(0.0));
    say(&mut drill, 0.0, Command::Start);
    assert!(drill.poll(at(0.9)).is_empty());
    assert_eq!(drill.due(), Some(at(1.0)));
    let steps = drill.poll(at(1.0));
    assert!(steps.contains(&Step::Quiet));
    assert_eq!(last(&steps).beat.map(|beat| (beat.now, beat.of)), Some((1, 4)));
    assert!(drill.clicked(1, at(1.1)).is_empty());
}

#[test]
fn a_song_may_begin_with_a_section_without_a_chord() {
    let mut song = own_songs()[0].clone();
    let mut first = song.sections[0].clone();
    for part in first.lines.iter_mut().flat_map(|line| &mut line.parts) {
        part.chord = None;
    }
    song.sections.insert(0, first);
    let item = format!("song:{}/1", song.id).parse().unwrap();
    let songs = [song];
    assert!(Exercise::of_whole(DrillKind::Song, &item, &songs).is_ok());
    let alone = Exercise::new(DrillKind::Song, &item, &songs);
    assert!(matches!(alone, Err(ExerciseError::Empty(_))));
    let unknown = "jump".parse::<DrillKind>();
    assert_eq!(unknown, Err(ExerciseError::UnknownKind("jump".to_owned())));
}
