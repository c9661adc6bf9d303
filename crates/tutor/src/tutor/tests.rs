//! The lesson as a state machine: what comes of an observation, and in which order things count.

use super::*;
use crate::Trouble;
use audio::StringState;
use theory::StringNumber;

fn clean(at: Duration) -> Observation {
    let rings = |string| StringVerdict {
        string,
        asked: true,
        state: StringState::Rings,
        cents: None,
        confidence: 0.95,
    };
    Observation::Strum(Strum {
        touch: None,
        picked: None,
        at,
        verdict_at: at,
        chord: None,
        voicing: None,
        verdict: Some(Verdict::Right),
        strings: StringNumber::THICK_TO_THIN.map(rings),
    })
}

#[test]
fn an_engine_that_is_back_brings_no_microphone() {
    let mut tutor = Tutor::new(Lesson::new(BEGINNER_SHAPES[0].chord));
    let at = Duration::from_secs(1);
    let engine = EngineKind::Language;
    for trouble in [Trouble::MicrophoneLost, Trouble::EngineBack { engine }] {
        tutor.handle(&Observation::Trouble { at, trouble }, at);
    }
    assert!(!tutor.hears());
    let trouble = Trouble::MicrophoneBack;
    tutor.handle(&Observation::Trouble { at, trouble }, at);
    assert!(tutor.hears());
}

#[test]
fn of_another_string_nothing_is_said_after_pain() {
    let [asked, played] = [5, 4].map(|number| StringNumber::new(number).unwrap());
    let mut tutor = Tutor::new(Lesson::new(BEGINNER_SHAPES[0].chord));
    let mut told = |second: u64, pain: bool| {
        let at = Duration::from_secs(second);
        if pain {
            let (text, confidence) = ("יש לי כאב חד ביד".to_owned(), 0.9);
            let said = tutor.handle(&Observation::Utterance { at, text, confidence }, at);
            assert!(!said.is_empty());
        }
        tutor.handle(&Observation::OtherString { at, asked, played }, at)
    };
    let said = told(1, false);
    let [Action::Say(feedback)] = &said[..] else { panic!("{said:?}") };
    assert!(feedback.display().contains("הרביעי") && feedback.display().contains("החמישי"));
    assert_eq!(told(2, true), []);
}

#[test]
fn a_voice_profile_after_clipping_does_not_stop_the_lesson() {
    let mut tutor = Tutor::new(Lesson::new(BEGINNER_SHAPES[0].chord));
    for (second, problem) in
        [SensingProblem::NarrowBand, SensingProblem::Clipping, SensingProblem::NarrowBand]
            .into_iter()
            .enumerate()
    {
        let at = Duration::from_secs(second as u64);
        let trouble = Trouble::Hearing(problem);
        tutor.handle(&Observation::Trouble { at, trouble }, at);
    }
    let at = Duration::from_secs(9);
    let actions = tutor.handle(&clean(at), at);
    assert!(matches!(actions[..], [Action::Conclude(_), ..]), "{actions:?}");
}

#[test]
fn each_engine_that_is_down_is_told_as_itself() {
    use EngineKind::{Language, Speech, Voice, Witness};
    for engine in [Witness, Language, Speech, Voice] {
        let tutor = Tutor::new(Lesson::new(BEGINNER_SHAPES[0].chord));
        let at = Duration::from_secs(9);
        let mut said = Vec::new();
        for missing in [true, false] {
            let trouble = Trouble::EngineDown { engine, missing };
            let actions = tutor.clone().handle(&Observation::Trouble { at, trouble }, at);
            let told = actions.iter().find_map(feedback_of);
            assert_eq!(told.and_then(Feedback::engine_down), Some(engine));
            said.extend(told.map(Feedback::display));
        }
        assert_ne!(said[0], said[1], "{engine:?}: what is missing does not come back by itself");
    }
}

fn tuned(tuning: &str, chord: &str) -> Tutor {
    let tuning = tuning.parse().unwrap();
    Tutor::new(Lesson { tuning, ..Lesson::new(chord.parse().unwrap()) })
}

fn told(actions: &[Action]) -> String {
    let words: Vec<_> = actions.iter().filter_map(feedback_of).map(Feedback::speech).collect();
    words.join(" ")
}

#[test]
fn a_shape_that_makes_another_chord_here_is_not_judged() {
    let mut tutor = tuned("dadgad", "Em");
    let first = tutor.begin(Duration::ZERO);
    assert!(matches!(first[..], [Action::Say(_)]));
    let words = "הגיטרה מכוונת לרה לה רה סול לה רה. כדי ללמוד מי מינור, כדאי לכוון אותה כרגיל.";
    assert_eq!(told(&first), words);
    let at = Duration::from_secs(2);
    let strummed = tutor.handle(&clean(at), at);
    assert!(matches!(&strummed[..], [Action::Show(f)] if f.is_of_other_tuning()));
    let why = Observation::Command { at, command: Command::Why };
    assert_eq!(told(&tutor.handle(&why, at)), words);
}

#[test]
fn what_the_tuning_leaves_alone_is_taught_as_ever() {
    for (tuning, chord) in [("standard", "Em"), ("half-step-down", "Em"), ("drop-d", "Am")] {
        let mut tutor = tuned(tuning, chord);
        assert_eq!(tutor.begin(Duration::ZERO), []);
        let at = Duration::from_secs(2);
        let actions = tutor.handle(&clean(at), at);
        assert!(matches!(actions[..], [Action::Conclude(_), ..]), "{tuning} {chord}");
    }
}

#[test]
fn the_next_chord_is_one_that_can_be_taught() {
    let next = |tuning: &str, chord: &str| {
        let at = Duration::from_secs(1);
        let command = Observation::Command { at, command: Command::Next };
        match tuned(tuning, chord).handle(&command, at).first() {
            Some(Action::Aim { chord }) => chord.name(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(next("standard", "Dm"), "G");
    assert_eq!(next("standard", "C"), "Em");
    assert_eq!(next("drop-d", "Dm"), "C");
    assert_eq!(next("drop-d", "C"), "Am");
    assert_eq!(next("dadgad", "Em"), "E");
}

#[test]
fn on_a_guitar_a_half_step_down_a_chord_keeps_the_name_of_its_shape() {
    let mut tutor = tuned("half-step-down", "Em");
    let at = Duration::from_secs(1);
    let Observation::Strum(strum) = clean(at) else { panic!("a strum") };
    let chord = "D#:min".parse().unwrap();
    let chord = Some(audio::ChordEstimate { at, chord, confidence: 0.9 });
    let actions = tutor.handle(&Observation::Strum(Strum { chord, ..strum }), at);
    let Some(Action::Conclude(event)) = actions.first() else { panic!("{actions:?}") };
    assert_eq!(event.heard, Some("Em".parse().unwrap()));
}

#[test]
fn why_says_the_same_sentence_again_and_no_notice_of_the_app() {
    let mut tutor = Tutor::new(Lesson::new(BEGINNER_SHAPES[0].chord));
    let said = |actions: &[Action]| actions.iter().find_map(feedback_of).map(Feedback::display);
    let at = Duration::from_secs(1);
    let first = said(&tutor.handle(&clean(at), at));
    assert!(first.is_some());
    let at = Duration::from_secs(9);
    let trouble = Trouble::EngineDown { engine: EngineKind::Voice, missing: true };
    let notice = said(&tutor.handle(&Observation::Trouble { at, trouble }, at));
    assert!(notice.is_some() && notice != first);
    assert_eq!(tutor.alternatives(at)[0].engine_down(), Some(EngineKind::Voice));
    for second in [10, 20] {
        let at = Duration::from_secs(second);
        let why = Observation::Command { at, command: Command::Why };
        assert_eq!(said(&tutor.handle(&why, at)), first);
    }
}
