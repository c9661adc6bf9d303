//! Every row of the diagnosis table, reached from raw observations: what the ears, the eyes, the
//! beat or the student's mouth tell, one after the other. And beside each the same lesson with one
//! piece of evidence changed, which must not reach it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::collections::BTreeSet;
use std::time::Duration;

use audio::StringState::{self, Buzz, Dead, NotPlayed, Rings};
use audio::{Direction, SensingProblem};
use theory::{Finger, Pitch};
use tutor::{Action, Beat, Change, Hand, Observation, Pass, Press, SeeingProblem, Trouble, Tutor};

#[path = "support/script.rs"]
mod script;
use script::*;

/// One row: the chord of the lesson, what happens, and the same with a single thing otherwise.
struct Row {
    id: &'static str,
    chord: &'static str,
    script: Script,
    twist: Script,
}

/// The rows that were told in a lesson.
fn told(chord: &str, script: &Script) -> BTreeSet<String> {
    let mut tutor = Tutor::new(lesson(chord));
    let mut actions = Vec::new();
    for observation in script {
        actions.extend(tutor.handle(observation, observation.at()));
    }
    // Some quiet after it.
    let end = script.last().map_or(Duration::ZERO, Observation::at);
    for second in 2..8 {
        let at = end + Duration::from_secs(second);
        actions.extend(tutor.handle(&Observation::Tick { at }, at));
    }
    let tip = |action| match action {
        Action::Say(feedback) | Action::Show(feedback) => Some(feedback.tip_id.0),
        _ => None,
    };
    actions.into_iter().filter_map(tip).collect()
}

fn row(id: &'static str, chord: &'static str, script: Script, twist: Script) -> Row {
    Row { id, chord, script, twist }
}

fn sensing() -> Vec<Row> {
    let heard = |problem| trouble(Trouble::Hearing(problem));
    let clear = || heard(SensingProblem::Cleared);
    let blind = |problem| trouble(Trouble::Seeing(problem));
    let off = [press(5, 3, Finger::Middle), press(4, 3, Finger::Ring)];
    let on = [press(5, 2, Finger::Middle), press(4, 3, Finger::Ring)];
    let clean = || strums(1, "022000", &[], &[]);
    vec![
        row("S01", "Em", heard(SensingProblem::LowSnr { snr_db: 3.0 }), clear()),
        row("S02", "Em", heard(SensingProblem::Clipping), clear()),
        row("S03", "Em", heard(SensingProblem::NarrowBand), clear()),
        row("S04", "Em", heard(SensingProblem::NoiseSuppression), clear()),
        row("S05", "Em", heard(SensingProblem::SpeechOver), clear()),
        row("S06", "Em", blind(SeeingProblem::NeckLost), blind(SeeingProblem::Dark)),
        row("S07", "Em", blind(SeeingProblem::Foreshortened), blind(SeeingProblem::NeckLost)),
        row("S08", "Em", blind(SeeingProblem::Dark), blind(SeeingProblem::Cleared)),
        row("S09", "Em", blind(SeeingProblem::OtherHand), blind(SeeingProblem::Cleared)),
        row("S10", "Em", seen(clean(), &off, None), seen(clean(), &on, None)),
    ]
}

fn tuning() -> Vec<Row> {
    let cents = |odd: &[(u8, f32)], all: f32| -> Vec<(u8, f32)> {
        (1..=6).map(|n| (n, odd.iter().find(|o| o.0 == n).map_or(all, |o| o.1))).collect()
    };
    let em = |odd: &[(u8, f32)], all: f32| strums(2, "022000", &[], &cents(odd, all));
    let up = |but: u8| {
        let frets: Vec<(u8, i32)> = (1..=6).filter(|n| *n != but).map(|n| (n, 2)).collect();
        strums(2, "022000", &off("022000", &frets), &[])
    };
    let both = [(5, 30.0), (4, 30.0)];
    vec![
        row("T01", "Em", em(&[(1, -30.0)], 0.0), em(&[(1, -5.0)], 0.0)),
        row("T02", "Em", em(&[(1, 30.0)], 0.0), em(&[(1, 5.0)], 0.0)),
        row("T03", "Em", em(&[], -30.0), em(&[], -10.0)),
        row("T04", "Em", em(&both, 0.0), em(&both[..1], 0.0)),
        row("T07", "Em", up(0), up(1)),
        row("L30", "Em", em(&both[..1], 0.0), em(&both, 0.0)),
    ]
}

fn one_finger() -> Vec<Row> {
    let em = |odd: &[(u8, StringState)], from: f32| {
        let presses = [from_wire(press(5, 2, Finger::Middle), from), press(4, 2, Finger::Ring)];
        seen(strums(2, "022000", odd, &[]), &presses, None)
    };
    let leans = |voicing: &str, dead: u8, press: Press, on: u8| {
        seen(strums(2, voicing, &[(dead, Dead)], &[]), &[touching(press, on)], None)
    };
    let crowd = |from: f32| {
        let presses = [
            from_wire(press(4, 2, Finger::Index), from),
            press(3, 2, Finger::Middle),
            press(2, 2, Finger::Ring),
        ];
        seen(strums(2, "x02220", &[(1, Dead)], &[]), &presses, None)
    };
    let (index, middle) = (press(2, 1, Finger::Index), press(4, 2, Finger::Middle));
    let ring = || press(4, 2, Finger::Ring);
    let open = |dead: u8| strums(2, "022000", &[(dead, Dead)], &[]);
    vec![
        row("L01", "Em", em(&[(5, Dead)], 0.7), em(&[(5, Dead)], 0.3)),
        row("L02", "Em", em(&[(5, Buzz)], 0.3), em(&[(5, Buzz)], 0.7)),
        row("L03", "Em", em(&[(5, Dead)], 0.04), em(&[(5, Dead)], 0.2)),
        row("L04", "Em", leans("022000", 3, ring(), 3), leans("022000", 3, ring(), 2)),
        row("L05", "Em", open(3), open(4)),
        row(
            "L06",
            "C",
            leans("x32010", 1, index.clone(), 1),
            leans("x32010", 1, middle.clone(), 1),
        ),
        row("L07", "C", leans("x32010", 3, middle, 3), leans("x32010", 3, index, 3)),
        row(
            "L08",
            "D",
            leans("xx0232", 1, press(2, 3, Finger::Ring), 1),
            leans("xx0232", 1, press(2, 3, Finger::Ring), 3),
        ),
        row("L09", "A", crowd(0.8), crowd(0.2)),
    ]
}

fn whole_hand() -> Vec<Row> {
    let hand = |hand: Hand, odd: &[(u8, StringState)], count| {
        seen(strums(count, "022000", odd, &[]), &[], Some(hand))
    };
    let over = |over| Hand { thumb_over: Some(over), ..Hand::default() };
    let palm = |palm| Hand { palm_on_neck: Some(palm), ..Hand::default() };
    let nails = |nails| Hand { long_nails: Some(nails), ..Hand::default() };
    let wrist = |deg| Hand { wrist_deg: Some(deg), ..Hand::default() };
    let tip = |finger| Hand { collapsed: finger, ..Hand::default() };
    let pinky = |hidden| Hand { pinky_hidden: Some(hidden), ..Hand::default() };
    let two = [(3, Dead), (2, Dead)];
    let third = |n: usize| n.is_multiple_of(3);
    vec![
        row("L10", "Em", hand(over(true), &[(6, Dead)], 2), hand(over(false), &[(6, Dead)], 2)),
        row("L11", "Em", hand(palm(true), &two, 3), hand(palm(true), &two[..1], 3)),
        row("L12", "Em", watched(11.0, wrist(60.0)), watched(11.0, wrist(40.0))),
        row("L24", "Em", watched(3.0, tip(Some(Finger::Ring))), watched(3.0, tip(None))),
        row("L25", "Em", watched(31.0, pinky(true)), watched(20.0, pinky(true))),
        row("L26", "Em", long(17, |n| n > 60 && third(n)), long(17, third)),
        row("L29", "Em", hand(nails(true), &two, 2), hand(nails(false), &two, 2)),
    ]
}

fn wrong_place() -> Vec<Row> {
    let em = |frets: &[(u8, i32)]| strums(2, "022000", &off("022000", frets), &[]);
    let midi = |midi: &[(u8, u8)]| {
        let odd: Vec<(u8, StringState)> =
            midi.iter().map(|(n, m)| (*n, StringState::WrongPitch { pitch: Pitch(*m) })).collect();
        strums(2, "022000", &odd, &[])
    };
    let barre = |count, dead: &[u8]| {
        let odd: Vec<(u8, StringState)> = dead.iter().map(|n| (*n, Dead)).collect();
        strums(count, "133211", &odd, &[])
    };
    let mut mixed = strums(2, "022100", &[(3, Dead)], &[]);
    mixed.push(strum(9.0, "022100", &off("022100", &[(1, 1)]), &[]));
    vec![
        row("L16", "Em", em(&[(5, 2), (4, 2)]), em(&[(5, 2)])),
        // The two fingers of E minor on strings 4 and 3.
        row("L17", "Em", midi(&[(5, 45), (3, 57)]), midi(&[(5, 45)])),
        // The ring finger on string 3.
        row("L18", "Em", midi(&[(4, 50), (3, 57)]), midi(&[(4, 50)])),
        row("L19", "Em", em(&[(5, 1)]), em(&[(5, -2)])),
        row("L20", "Em", em(&[(5, -2)]), em(&[(5, 1)])),
        row("L21", "Em", em(&[(3, 1)]), em(&[(2, 1)])),
        // G where E minor is asked.
        row("L22", "Em", midi(&[(6, 43), (4, 50), (1, 67)]), midi(&[(6, 43), (4, 50), (1, 66)])),
        row("L27", "F 133211", barre(3, &[3, 2]), barre(3, &[5, 2])),
        row("L28", "F 133211", barre(5, &[6, 5, 4, 3]), barre(4, &[6, 5, 4, 3])),
        row("P01", "E", strums(3, "022100", &[(3, Dead)], &[]), mixed),
    ]
}

fn strumming() -> Vec<Row> {
    let rakes = |ms: f32| beats(3, |n| Beat { spread_ms: Some(ms), ..beat(n as f64, 0.0) });
    let way = |n: usize| if n.is_multiple_of(2) { Direction::Down } else { Direction::Up };
    let eighths = |up_db: f32| {
        beats(16, |n| {
            let level_db = Some(if way(n) == Direction::Up { up_db } else { 0.0 });
            Beat { asked: Some(way(n)), level_db, ..beat(n as f64 / 2.0, 0.0) }
        })
    };
    let turned = |wrong: usize| {
        beats(16, |n| {
            let direction = if n % 2 == 1 && n < 2 * wrong { Direction::Down } else { way(n) };
            Beat { asked: Some(way(n)), direction: Some(direction), ..beat(n as f64 / 2.0, 0.0) }
        })
    };
    let resumed = |late: f32| {
        beats(8, |n| {
            let after_rest = n % 2 == 1;
            Beat { after_rest, ..beat(n as f64, if after_rest { late } else { 0.0 }) }
        })
    };
    let thick = |count| strums(count, "x32010", &[(6, Rings)], &[]);
    let missed = |odd: &[u8]| {
        let odd: Vec<(u8, StringState)> = odd.iter().map(|n| (*n, NotPlayed)).collect();
        strums(2, "022000", &odd, &[])
    };
    vec![
        row("R01", "D", strums(2, "xx0232", &[(6, Rings)], &[]), strums(2, "xx0232", &[], &[])),
        row("R02", "C", thick(2), strums(2, "x32010", &[], &[])),
        row("R03", "C", thick(5), thick(4)),
        row("R04", "Em", missed(&[2, 1]), missed(&[6])),
        row("R05", "Em", rakes(110.0), rakes(60.0)),
        row("R06", "Em", eighths(-12.0), eighths(-4.0)),
        row("R07", "Em", turned(3), turned(1)),
        row("R08", "Em", resumed(80.0), resumed(20.0)),
    ]
}

fn rhythm() -> Vec<Row> {
    let change = |n: usize| n.is_multiple_of(4) && n > 0;
    let changes = |late: f32| {
        beats(17, |n| {
            let late = if change(n) { late } else { 5.0 };
            Beat { change: change(n), ..beat(n as f64, late) }
        })
    };
    // Every fourth beat another chord; the beat before it is not played.
    let stops = |stop: bool| {
        beats(13, |n| {
            let offset_ms = (!stop || n % 4 != 3).then_some(0.0);
            Beat { change: change(n), offset_ms, ..beat(n as f64, 0.0) }
        })
    };
    let run = |by: f32| beats(10, |n| beat(n as f64, by * n as f32));
    let behind = |ms: f32| beats(10, |n| beat(n as f64, ms));
    let shaken = |ms: f32| beats(18, |n| beat(n as f64, if n % 2 == 0 { ms } else { -ms }));
    let accents = |bar: usize| {
        beats(14, |n| {
            let level_db = Some(if n % bar == 0 { 6.0 } else { 0.0 });
            Beat { level_db, ..beat(n as f64, 0.0) }
        })
    };
    let swing =
        |late: f32| beats(18, |n| beat(n as f64 / 2.0, if n % 2 == 1 { late } else { 0.0 }));
    vec![
        row("M01", "Em", changes(150.0), changes(80.0)),
        row("M02", "Em", stops(true), stops(false)),
        row("M03", "Em", run(-10.0), run(-2.0)),
        row("M04", "Em", behind(50.0), behind(20.0)),
        row("M05", "Em", shaken(60.0), shaken(25.0)),
        row("M08", "Em", accents(3), accents(4)),
        row("M10", "Em", swing(60.0), swing(10.0)),
    ]
}

fn changing() -> Vec<Row> {
    let change = |n: usize, took_ms: f32| Change {
        at: seconds(2.0 * n as f64),
        from: "Am".parse().unwrap(),
        to: "C".parse().unwrap(),
        took_ms,
        lift_cm: None,
        landing_ms: None,
        lifted: Vec::new(),
    };
    let five = |make: &dyn Fn(usize) -> Change| -> Script {
        (0..5).map(|n| Observation::Change(make(n))).collect()
    };
    let flies = |cm| five(&|n| Change { lift_cm: Some(cm), ..change(n, 1200.0) });
    let lands = |ms| five(&|n| Change { landing_ms: Some(ms), ..change(n, 700.0) });
    let lifts = |finger: Finger| five(&|n| Change { lifted: vec![finger], ..change(n, 1200.0) });
    // Slow away from E minor, quick elsewhere; then E minor with the index finger.
    let fingered = |slow: f32| {
        let away = |n: usize| Change { from: "Em".parse().unwrap(), ..change(n, slow) };
        let mut script: Script = (0..4).map(|n| Observation::Change(away(n))).collect();
        script.extend((4..8).map(|n| Observation::Change(change(n, 500.0))));
        let presses = [press(5, 2, Finger::Index), press(4, 2, Finger::Ring)];
        script.extend(seen(vec![strum(20.0, "022000", &[], &[])], &presses, None));
        script
    };
    let minute = |changes: u16| {
        let (pair, before) = (("Am".parse().unwrap(), "C".parse().unwrap()), vec![22, 24, 25, 24]);
        vec![Observation::Minute { at: seconds(60.0), pair, changes, before }]
    };
    vec![
        row("L13", "Am", flies(6.0), flies(2.0)),
        row("L14", "Am", lands(400.0), lands(100.0)),
        row("L15", "Am", lifts(Finger::Index), lifts(Finger::Ring)),
        row("L23", "Em", fingered(1500.0), fingered(300.0)),
        row("M09", "Am", minute(25), minute(34)),
    ]
}

fn passing() -> Vec<Row> {
    let pass = |n: usize, bpm: f32, right: u16, missed_in_a_row: u16| {
        let at = seconds(20.0 * n as f64);
        Observation::Pass(Pass { at, bpm, asked: 20, right, missed_in_a_row })
    };
    let fast = |slow: u16| vec![pass(1, 60.0, slow, 0), pass(2, 80.0, 12, 0), pass(3, 80.0, 12, 0)];
    let lost = |missed| vec![pass(1, 60.0, 16, missed), pass(2, 60.0, 16, missed)];
    // In tune, flat, tuned, and flat again.
    let slip = |last: f32| -> Script {
        let strum = |(n, cents)| strum(60.0 * n as f64, "022000", &[], &[(1, cents)]);
        [0.0, -25.0, 1.0, last].into_iter().enumerate().map(strum).collect()
    };
    vec![
        row("M06", "Em", fast(19), fast(15)),
        row("M07", "Em", lost(4), lost(1)),
        row("T05", "Em", slip(-25.0), slip(-2.0)),
    ]
}

fn learning() -> Vec<Row> {
    let unsure = StringState::Unsure { why: audio::Doubt::SharedPartials };
    let away = |days_away| vec![Observation::Began { at: seconds(0.1), days_away }];
    let em = |count, odd: &[(u8, StringState)]| strums(count, "022000", odd, &[]);
    vec![
        row("P02", "Em", em(5, &[]), em(4, &[])),
        row("P03", "Em", long(26, |_| false), long(20, |_| false)),
        row("P04", "Em", said("יש לי נימול ביד"), said("יש לי שאלה על היד")),
        row("P05", "Em", said("כואבות לי קצות האצבעות"), said("איפה קצות האצבעות")),
        row("P06", "Em", said("נמאס לי, אני לא מצליח"), said("עכשיו אני מצליח")),
        row("P07", "Em", away(9), away(5)),
        row("P08", "Em", em(1, &[(4, unsure)]), em(1, &[])),
    ]
}

/// How hard and where the strings are struck, and how old they are.
fn touching_strings() -> Vec<Row> {
    let hard = |buzzing: f32| -> Script {
        let levels = [-20.0, buzzing, -21.0, buzzing, buzzing];
        let each = levels.into_iter().enumerate().map(|(n, level)| {
            let odd: &[(u8, StringState)] = if n == 1 || n > 2 { &[(5, Buzz)] } else { &[] };
            touched(strum(1.0 + 3.0 * n as f64, "022000", odd, &[]), level, 600.0)
        });
        each.collect()
    };
    let place = |level: f32, hz: f32| -> Script {
        let each = (0..8).map(|n| {
            let (level, hz) = if n < 5 { (-20.0, 500.0) } else { (level, hz) };
            touched(strum(1.0 + 3.0 * f64::from(n), "022000", &[], &[]), level, hz)
        });
        each.collect()
    };
    let old = |brightness: f32, decay: f32| -> Script {
        let dulled = audio::Dulled { brightness, decay, days: 40 };
        vec![Observation::Strings { at: seconds(0.0), dulled }]
    };
    vec![
        row("R09", "Em", hard(-12.0), hard(-19.0)),
        row("R10", "Em", place(-20.0, 900.0), place(-12.0, 900.0)),
        row("R10", "Em", place(-20.0, 900.0), place(-20.0, 600.0)),
        row("S11", "Em", old(0.6, 0.6), old(0.6, 0.95)),
        row("S11", "Em", old(0.6, 0.6), old(0.95, 0.6)),
    ]
}

fn all() -> Vec<Row> {
    let groups = [sensing(), tuning(), one_finger(), whole_hand()];
    let more = [wrong_place(), strumming(), rhythm(), changing(), passing(), learning()];
    groups.into_iter().chain(more).chain([touching_strings()]).flatten().collect()
}

#[test]
fn every_row_is_reached_and_not_over_reached() {
    let mut wrong = Vec::new();
    for Row { id, chord, script, twist } in all() {
        let (reached, otherwise) = (told(chord, &script), told(chord, &twist));
        if !reached.contains(id) {
            wrong.push(format!("{id} is not reached: {reached:?}"));
        }
        if otherwise.contains(id) {
            wrong.push(format!("{id} is reached without its evidence: {otherwise:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rows that the tuner reaches, not a lesson.
const TUNER: [&str; 2] = ["T06", "T08"];

#[test]
fn no_row_is_left_out() {
    let groups = [("S", 11), ("T", 8), ("L", 30), ("R", 10), ("M", 10), ("P", 8)];
    let ids = groups.iter().flat_map(|(group, n)| (1..=*n).map(move |i| format!("{group}{i:02}")));
    let tried: BTreeSet<&str> = all().iter().map(|row| row.id).collect();
    for id in ids {
        let elsewhere = TUNER.contains(&id.as_str());
        assert_ne!(tried.contains(id.as_str()), elsewhere, "{id}");
    }
}
