//! The published schema of a lesson event and the reader agree, field by field.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use serde_json::{Value, json};
use tutor::LessonEvent;

fn schema() -> jsonschema::Validator {
    let text = include_str!("../../docs/lesson-event.schema.json");
    jsonschema::validator_for(&serde_json::from_str(text).unwrap()).unwrap()
}

fn whole() -> Value {
    json!({
        "v": 1, "at": 12.5, "target": "E:min", "voicing": "022000", "heard": "A:min",
        "strings": [
            { "string": 3, "state": "dead", "confidence": 0.95, "asked": true },
            { "string": 2, "state": "wrong_pitch", "midi": 59, "confidence": 0.8, "cents": -12.0 },
            { "string": 1, "state": "unsure", "why": "cut_short", "confidence": 0.4 },
        ],
        "presses": [{
            "string": 4, "fret": 2, "finger": "ring", "confidence": 0.9, "from_wire": 0.3,
            "touches": [3], "flat": false,
        }],
        "hand": {
            "wrist_deg": 30.0, "thumb_over": false, "palm_on_neck": false, "collapsed": "index",
            "pinky_hidden": true, "long_nails": false,
        },
        "repeated": [2, 3], "ask": 3,
    })
}

/// Every place of a document.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(key, it)| places(it, &format!("{at}/{key}"), all));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, it)| places(it, &format!("{at}/{n}"), all));
        }
        _ => {}
    }
}

#[test]
fn a_whole_event_and_the_shortest_one_are_valid() {
    let schema = schema();
    for event in [whole(), json!({ "v": 1, "target": "Em" }), json!({ "v": 1, "target": "x02210" })]
    {
        assert!(schema.is_valid(&event), "{event}");
        assert!(LessonEvent::parse(&event.to_string()).is_ok(), "{event}");
    }
}

#[test]
fn what_the_teacher_writes_is_valid() {
    let event = LessonEvent::parse(&whole().to_string()).unwrap();
    assert!(schema().is_valid(&serde_json::to_value(event).unwrap()));
}

#[test]
fn schema_and_reader_agree_on_nonsense_in_every_place() {
    let (schema, whole) = (schema(), whole());
    let mut all = Vec::new();
    places(&whole, "", &mut all);
    let nonsense = [
        json!(-1),
        json!(0),
        json!(2),
        json!(7),
        json!(99),
        json!(300),
        json!(0.5),
        json!("x"),
        json!(""),
        json!(true),
        json!(null),
        json!([]),
        json!({}),
        json!([3, 2]),
    ];
    let (mut tried, mut refused, mut apart) = (0, 0, Vec::new());
    for place in all.iter().filter(|place| !place.is_empty()) {
        for value in &nonsense {
            let mut event = whole.clone();
            *event.pointer_mut(place).unwrap() = value.clone();
            let read = LessonEvent::parse(&event.to_string());
            // What the schema cannot say: names that are none, things told twice, more than all.
            let beyond = value.is_string() && ["/target", "/heard"].contains(&place.as_str())
                || read.as_ref().is_err_and(|error| {
                    let text = error.to_string();
                    ["twice", "impossible; write [seen"].iter().any(|it| text.contains(it))
                });
            // The reader also takes a number for a state and an empty list for a hand.
            let lenient = read.is_ok()
                && (value.is_number() && place.ends_with("/state")
                    || value.is_array() && place == "/hand");
            if beyond || lenient {
                continue;
            }
            tried += 1;
            refused += usize::from(read.is_err());
            if schema.is_valid(&event) != read.is_ok() {
                apart.push(format!("{place} = {value}: read {}", read.is_ok()));
            }
        }
    }
    assert!(apart.is_empty(), "{}", apart.join("\n"));
    assert!(tried > 400 && refused > 200, "{tried} tried, {refused} refused");
}
