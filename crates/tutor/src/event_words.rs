//! What is wrong with a [`crate::LessonEvent`], in Hebrew, and what may stand there: for whoever
//! writes one by hand. The names of the fields stay as they are written.

use crate::EventError;
use crate::hebrew::isolate;

/// One or two sentences, for the screen only.
#[must_use]
pub fn event_text(error: &EventError) -> String {
    let value = |value: &dyn std::fmt::Display| isolate(&value.to_string());
    match error {
        EventError::Malformed(why) => malformed(why),
        EventError::Nameless(voicing) => format!(
            "הצורה {} היא לא אקורד שיש לו שם. כותבים אקורד ב־{}, ואת הצורה ב־{}.",
            value(voicing),
            value(&"\"target\""),
            value(&"\"voicing\"")
        ),
        EventError::Version(version) => {
            format!("הגרסה {} לא מוכרת. כותבים {}.", value(version), value(&"\"v\":1"))
        }
        EventError::Fret(fret) => {
            format!("אין סריג {}. סריגים שלוחצים עליהם הם {}.", value(fret), value(&"1–19"))
        }
        EventError::Share { what, value: given } => format!(
            "הערך {} של {} לא אפשרי. אפשר: מ־{} עד {}.",
            value(given),
            value(what),
            value(&0),
            value(&1)
        ),
        EventError::DuplicateString(string) => {
            format!("המיתר {} מופיע פעמיים. כל מיתר מופיע פעם אחת.", value(string))
        }
        EventError::DuplicatePress { string, fret } => format!(
            "הלחיצה במיתר {}, סריג {} מופיעה פעמיים. כל מקום מופיע פעם אחת.",
            value(string),
            value(fret)
        ),
        EventError::Repeated(seen, of) => format!(
            "{} פעמים מתוך {} לא אפשרי. כותבים קודם כמה נשמעו, ואז מתוך כמה.",
            value(seen),
            value(of)
        ),
        EventError::Wrist(degrees) => format!(
            "פרק יד לא מתכופף ב־{} מעלות. אפשר: מ־{} עד {}.",
            value(degrees),
            value(&0),
            value(&180)
        ),
        EventError::Time(at) => {
            format!("{} הוא לא זמן. כותבים שניות מתחילת המפגש.", value(at))
        }
    }
}

fn malformed(why: &str) -> String {
    let shortest = format!("זה לא אירוע של שיעור. הצורה הקצרה: {}.", isolate(SHORTEST));
    json_words(why, None, &shortest)
}

/// What is wrong with a line of a recorded lesson, counted from 1, in Hebrew: one or two sentences, for
/// the screen only. `why` is what the reader of that line told.
#[must_use]
pub fn recording_text(line: usize, why: &str) -> String {
    let foreign = format!("זו לא תצפית של שיעור. למשל: {}.", isolate(OBSERVATION));
    json_words(why, Some(line), &foreign)
}

/// What the reader of JSON tells: its own words and those of our types, known by their beginning.
/// `line`: where the text stands in its file, if it is one line of it. `foreign`: what is said where
/// nothing is known.
fn json_words(why: &str, line: Option<usize>, foreign: &str) -> String {
    let (told, place) = match why.rsplit_once(" at line ") {
        Some((told, place)) => (told, place.split_once(" column ")),
        None => (why, None),
    };
    let numbered = line.map(|line| line.to_string());
    let place = match (place, &numbered) {
        // A value that was read before its type was known has no place of its own.
        (Some((_, "0")) | None, None) => String::new(),
        (Some((_, "0")) | None, Some(line)) => format!("שורה {}: ", isolate(line)),
        (Some((own, column)), line) => {
            let line = line.as_deref().unwrap_or(own);
            format!("שורה {}, תו {}: ", isolate(line), isolate(column))
        }
    };
    let named: Vec<String> = told.split('`').skip(1).step_by(2).map(isolate).collect();
    let text = match (named.split_first(), told) {
        (Some((wrong, allowed)), _) if told.starts_with("unknown variant") => {
            format!("הערך {wrong} לא מוכר. אפשר: {}.", allowed.join(", "))
        }
        (Some((missing, _)), _) if told.starts_with("missing field") => {
            format!("חסר כאן {missing}.")
        }
        (Some((wrong, _)), _) if told.contains("is not a chord name") => {
            format!("{wrong} לא מוכר כאקורד. אפשר: {}.", isolate("Em, G, A7, F#m, E:min"))
        }
        (Some((wrong, _)), _) if told.contains("is not a voicing") => format!(
            "{wrong} לא צורה. כותבים שישה סריגים מהמיתר העבה, כמו {} או {}.",
            isolate("022000"),
            isolate("x02210")
        ),
        (Some((wrong, _)), _) if told.contains("is not a tuning") => format!(
            "הכיוון {wrong} לא מוכר. אפשר: {}, {}, או שישה צלילים כמו {}.",
            isolate("standard"),
            isolate("drop-d"),
            isolate("D2 A2 D3 G3 B3 E4")
        ),
        (_, told) if told.ends_with("is not a time in seconds") => {
            let time = told.split(' ').next().unwrap_or_default();
            format!("{} הוא לא זמן. כותבים שניות מתחילת המפגש.", isolate(time))
        }
        (_, told) if told.starts_with("string ") && told.contains("does not exist") => {
            let number = told.split(' ').nth(1).unwrap_or_default();
            format!(
                "אין מיתר {}. מיתר {} הוא הדק ו־{} הוא העבה.",
                isolate(number),
                isolate("1"),
                isolate("6")
            )
        }
        (_, told) if told.starts_with("EOF") => "הטקסט נגמר באמצע.".to_owned(),
        (_, told) if told.starts_with("invalid type") => "כתוב כאן ערך מסוג אחר.".to_owned(),
        _ => foreign.to_owned(),
    };
    place + &text
}

/// The shortest form.
const SHORTEST: &str = r#"{"v":1,"target":"E:min"}"#;
/// An observation.
const OBSERVATION: &str = r#"{"type":"tick","at":1.5}"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LessonEvent;

    fn told(json: &str) -> String {
        let text = event_text(&LessonEvent::parse(json).unwrap_err());
        text.replace(['\u{2066}', '\u{2069}'], "")
    }

    #[test]
    fn what_is_wrong_is_said_in_hebrew_with_what_may_stand_there() {
        let string = |fields: &str| format!(r#"{{"v":1,"target":"Em","strings":[{fields}]}}"#);
        let press = |fields: &str| format!(r#"{{"v":1,"target":"Em","presses":[{fields}]}}"#);
        let dead = r#"{"string":3,"state":"dead","confidence":0.9}"#;
        for (json, parts) in [
            (
                string(r#"{"string":3,"state":"sad","confidence":1}"#),
                ["שורה 1, תו", "sad לא מוכר. אפשר: rings, dead"],
            ),
            (string(r#"{"string":3,"state":"dead"}"#), ["שורה 1", "חסר כאן confidence"]),
            (string(r#"{"string":7,"state":"dead","confidence":1}"#), ["אין מיתר 7", "6 הוא העבה"]),
            (
                string(r#"{"string":3,"state":"dead","confidence":3}"#),
                ["הערך 3 של confidence", "מ־0 עד 1"],
            ),
            (string(&format!("{dead},{dead}")), ["המיתר 3", "פעמיים"]),
            (
                press(r#"{"string":4,"fret":2,"finger":"toe","confidence":0.9}"#),
                ["toe לא מוכר", "thumb"],
            ),
            (press(r#"{"string":4,"fret":99,"confidence":0.9}"#), ["אין סריג 99", "1–19"]),
            (r#"{"v":1,"target":"Zm"}"#.to_owned(), ["Zm לא מוכר כאקורד", "F#m"]),
            (r#"{"v":1,"target":"012345"}"#.to_owned(), ["012345", "\"voicing\""]),
            (r#"{"v":1,"target":5}"#.to_owned(), ["שורה 1", "ערך מסוג אחר"]),
            (r#"{"v":1,"#.to_owned(), ["שורה 1", "נגמר באמצע"]),
            ("hello".to_owned(), ["שורה 1", r#"{"v":1,"target":"E:min"}"#]),
            (r#"{"v":2,"target":"Em"}"#.to_owned(), ["הגרסה 2", "\"v\":1"]),
            (
                r#"{"v":1,"target":"Em","repeated":[3,2]}"#.to_owned(),
                ["3 פעמים מתוך 2", "לא אפשרי"],
            ),
            (r#"{"v":1,"target":"Em","hand":{"wrist_deg":400}}"#.to_owned(), ["400", "180"]),
            (r#"{"v":1,"target":"Em","at":-4}"#.to_owned(), ["-4", "שניות"]),
        ] {
            let text = told(&json);
            assert!(parts.iter().all(|part| text.contains(part)), "{json}: {text}");
        }
    }

    #[test]
    fn no_english_word_stands_outside_what_is_isolated() {
        for json in
            ["[]", "", "{", r#"{"v":"x"}"#, r#"{"v":1,"target":"Em","strings":4}"#, "{\"v\":1}x"]
        {
            let text = event_text(&LessonEvent::parse(json).unwrap_err());
            let mut inside = false;
            for c in text.chars() {
                inside = (inside || c == '\u{2066}') && c != '\u{2069}';
                assert!(inside || !c.is_ascii_alphanumeric(), "{json}: {text}");
            }
        }
    }

    #[test]
    fn a_line_of_a_recording_is_named_as_its_file_counts_it() {
        for (why, parts) in [
            ("missing field `verdict_at`", ["שורה 7: ", "חסר כאן verdict_at"]),
            ("expected value at line 1 column 1", ["שורה 7, תו 1: ", "תצפית"]),
            ("EOF while parsing an object at line 1 column 14", ["שורה 7, תו 14", "באמצע"]),
            ("-5 is not a time in seconds", ["שורה 7: -5", "שניות"]),
            (
                "invalid type: integer `5`, expected a string at line 0 column 0",
                ["שורה 7: ", "סוג"],
            ),
            ("`foo` is not a tuning; try standard", ["foo לא מוכר", "drop-d"]),
            ("`02x` is not a voicing; write", ["02x לא צורה", "x02210"]),
        ] {
            let text = recording_text(7, why).replace(['\u{2066}', '\u{2069}'], "");
            assert!(parts.iter().all(|part| text.contains(part)), "{why}: {text}");
        }
    }
}
