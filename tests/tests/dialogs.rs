//! The forty dialogs written by hand, each with its event: what the teacher answers is the tip that
//! was meant, and it comes from the evidence.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::Path;

use serde_json::Value;
use tutor::ask::{Answer, Around, ask};
use tutor::{Address, LessonEvent};

fn dialogs() -> Vec<Value> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/dialogs.jsonl");
    let text = fs::read_to_string(file).expect("the dialogs are here");
    text.lines().map(|line| serde_json::from_str(line).expect("a dialog a line")).collect()
}

fn answer(question: &str, event: &Value) -> Answer {
    let json = event.to_string();
    let (event, around) = match event {
        Value::Null => (None, Around::default()),
        _ => (Some(LessonEvent::parse(&json).expect("an event")), Around::parse(&json).unwrap()),
    };
    ask(question, event.as_ref(), &around, Address::Neutral).expect("a question")
}

#[test]
fn every_dialog_is_answered_with_its_tip() {
    let dialogs = dialogs();
    assert_eq!(dialogs.len(), 40);
    let mut wrong = Vec::new();
    for dialog in &dialogs {
        for question in dialog["said"].as_array().unwrap() {
            let question = question.as_str().unwrap();
            let answer = answer(question, &dialog["event"]);
            assert!(answer.checked, "{question}: {}", answer.display());
            if answer.tip_id.0 != dialog["tip"] {
                let (id, tip) = (&dialog["id"], &dialog["tip"]);
                wrong.push(format!(
                    "{id} {question}: {} ({}) and not {tip}: {}",
                    answer.tip_id.0,
                    answer.intent,
                    answer.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_answer_follows_the_evidence_and_not_the_words() {
    let dialogs = dialogs();
    let of = |id: &str| dialogs.iter().find(|dialog| dialog["id"] == id).unwrap();
    let clean = &of("d28")["event"];
    for id in ["d01", "d02", "d04", "d39"] {
        let question = of(id)["said"][0].as_str().unwrap();
        assert_eq!(answer(question, clean).tip_id.0, "OK1", "{id} with a clean strum");
        let told = answer(question, &of("d11")["event"]);
        assert_eq!(told.tip_id.0, "L20", "{id} with a missing finger: {}", told.display());
    }
    let why = answer("למה?", &Value::Null);
    assert_eq!((why.intent, why.tip_id.0.as_str()), ("why", "A10"));
    let asked = answer("איך עושים סי?", &Value::Null);
    assert_eq!(asked.intent, "clarify");
    let settled = answer("איך עושים סי?", &of("d05")["event"]);
    assert_eq!(settled.tip_id.0, "F301", "a lesson about C settles it");
}
