//! Reading a [`LessonEvent`] from the outside: the shortest form is enough, nonsense is refused.

use theory::{Tuning, Voicing, name_of};
use thiserror::Error;

use crate::{LessonEvent, Press, StringEvidence};

/// The version this program writes and reads.
pub const EVENT_VERSION: u8 = 1;
const HIGHEST_FRET: u8 = 19;

/// Why an event was refused, and what to do.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum EventError {
    /// Not a JSON object of this shape.
    #[error("this is not a lesson event: {0}; see «A LessonEvent in its shortest accepted form»")]
    Malformed(String),
    /// A voicing that is no chord with a name.
    #[error(
        "the voicing {0} is no chord that has a name; write a chord as \"target\" and this as \"voicing\""
    )]
    Nameless(String),
    /// Another version.
    #[error("version {0} of a lesson event is not known; write \"v\":1")]
    Version(u8),
    /// A fret that no guitar has.
    #[error("fret {0} does not exist; frets of a press go from 1 to 19")]
    Fret(u8),
    /// A probability outside 0–1.
    #[error("{what} {value} is out of range; it goes from 0 to 1")]
    Share {
        /// Which field.
        what: &'static str,
        /// What was given.
        value: f32,
    },
    /// A string told twice.
    #[error("string {0} is told twice; keep one line for each string")]
    DuplicateString(u8),
    /// A finger that presses in two places.
    #[error("string {string}, fret {fret} is pressed twice; keep one press for each place")]
    DuplicatePress {
        /// Which string.
        string: u8,
        /// Which fret.
        fret: u8,
    },
    /// More successes than attempts.
    #[error("a fault seen {0} times in {1} attempts is impossible; write [seen, attempts]")]
    Repeated(u8, u8),
    /// An angle that no wrist has.
    #[error("a wrist bent by {0} degrees is impossible; write 0 to 180")]
    Wrist(f32),
    /// Not a number of seconds.
    #[error("{0} is not a time; write seconds since the session began")]
    Time(f64),
}

impl LessonEvent {
    /// Reads and checks an event.
    ///
    /// # Errors
    /// [`EventError`] says what is wrong and what to write instead.
    pub fn parse(json: &str) -> Result<Self, EventError> {
        let malformed = |error: serde_json::Error| EventError::Malformed(error.to_string());
        let event: Self = match serde_json::from_str(json) {
            Ok(event) => event,
            Err(error) => match with_named_voicing(json)? {
                Some(named) => serde_json::from_value(named).map_err(malformed)?,
                None => return Err(malformed(error)),
            },
        };
        event.check()?;
        Ok(event)
    }

    /// Checks what the types do not: version, ranges, duplicates.
    ///
    /// # Errors
    /// The first thing found wrong.
    pub fn check(&self) -> Result<(), EventError> {
        if self.v != EVENT_VERSION {
            return Err(EventError::Version(self.v));
        }
        if let Some(at) = self.at.filter(|at| !(0.0..1e9).contains(at)) {
            return Err(EventError::Time(at));
        }
        if let Some((seen, of)) = self.repeated.filter(|(seen, of)| seen > of || *of == 0) {
            return Err(EventError::Repeated(seen, of));
        }
        for (i, string) in self.strings.iter().enumerate() {
            check_string(string, &self.strings[..i])?;
        }
        for (i, press) in self.presses.iter().enumerate() {
            check_press(press, &self.presses[..i])?;
        }
        let wrist = self.hand.and_then(|hand| hand.wrist_deg);
        if let Some(degrees) = wrist.filter(|degrees| !(0.0..=180.0).contains(degrees)) {
            return Err(EventError::Wrist(degrees));
        }
        Ok(())
    }
}

/// The same, where the target is a voicing: that is asked strictly and called by what it sounds.
fn with_named_voicing(json: &str) -> Result<Option<serde_json::Value>, EventError> {
    let Ok(serde_json::Value::Object(mut fields)) = serde_json::from_str(json) else {
        return Ok(None);
    };
    let target = fields.get("target").and_then(serde_json::Value::as_str);
    let Some(Ok(voicing)) = target.map(str::parse::<Voicing>) else { return Ok(None) };
    let chord = name_of(&voicing, &Tuning::STANDARD)
        .ok_or_else(|| EventError::Nameless(voicing.to_string()))?;
    fields.insert("target".to_owned(), chord.to_string().into());
    fields.entry("voicing").or_insert_with(|| voicing.to_string().into());
    Ok(Some(fields.into()))
}

fn check_string(evidence: &StringEvidence, before: &[StringEvidence]) -> Result<(), EventError> {
    share("confidence", evidence.confidence)?;
    if before.iter().any(|other| other.string == evidence.string) {
        return Err(EventError::DuplicateString(evidence.string.number()));
    }
    Ok(())
}

fn check_press(press: &Press, before: &[Press]) -> Result<(), EventError> {
    if !(1..=HIGHEST_FRET).contains(&press.fret) {
        return Err(EventError::Fret(press.fret));
    }
    share("confidence", press.confidence)?;
    if let Some(from_wire) = press.from_wire {
        share("from_wire", from_wire)?;
    }
    if before.iter().any(|other| (other.string, other.fret) == (press.string, press.fret)) {
        return Err(EventError::DuplicatePress { string: press.string.number(), fret: press.fret });
    }
    Ok(())
}

fn share(what: &'static str, value: f32) -> Result<(), EventError> {
    if (0.0..=1.0).contains(&value) { Ok(()) } else { Err(EventError::Share { what, value }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Hand;
    use audio::{Doubt, StringState};
    use proptest::prelude::*;
    use theory::{Chord, Finger, Pitch, PitchClass, Quality, StringNumber};

    #[test]
    fn the_shortest_form_is_enough() {
        let event = LessonEvent::parse(
            r#"{"v":1,"target":"E:min","strings":[{"string":3,"state":"dead","confidence":0.95}],
            "presses":[{"string":4,"fret":2,"finger":"middle","confidence":0.9}],"unknown":7}"#,
        )
        .unwrap();
        assert_eq!(event.strings[0].state, StringState::Dead);
        assert_eq!(event.repeated, None);
        assert!(LessonEvent::parse(r#"{"v":1,"target":"Em"}"#).is_ok());
        let voiced = LessonEvent::parse(r#"{"v":1,"target":"x02210"}"#).unwrap();
        assert_eq!(voiced.target.to_string(), "A:min");
        assert_eq!(voiced.voicing.unwrap().to_string(), "x02210");
    }

    #[test]
    fn nonsense_is_refused_with_what_to_do() {
        let string = |rest: &str| format!(r#"{{"v":1,"target":"Em","strings":[{rest}]}}"#);
        let press = |rest: &str| format!(r#"{{"v":1,"target":"Em","presses":[{rest}]}}"#);
        let dead = r#"{"string":3,"state":"dead","confidence":0.9}"#;
        for (json, part) in [
            (String::new(), "not a lesson event"),
            ("[]".into(), "not a lesson event"),
            (r#"{"v":1}"#.into(), "target"),
            (r#"{"v":2,"target":"Em"}"#.into(), "version 2"),
            (r#"{"v":1,"target":"Zm"}"#.into(), "not a chord name"),
            (r#"{"v":1,"target":"012345"}"#.into(), "no chord that has a name"),
            (string(r#"{"string":3,"state":"dead","confidence":3}"#), "from 0 to 1"),
            (string(r#"{"string":7,"state":"dead","confidence":1}"#), "string 7"),
            (string(r#"{"string":3,"state":"sad","confidence":1}"#), "unknown variant"),
            (string(&format!("{dead},{dead}")), "told twice"),
            (press(r#"{"string":4,"fret":99,"confidence":0.9}"#), "fret 99"),
            (press(r#"{"string":4,"fret":0,"confidence":0.9}"#), "fret 0"),
            (press(r#"{"string":4,"fret":2,"confidence":0.9,"from_wire":-1}"#), "from_wire"),
            (r#"{"v":1,"target":"Em","repeated":[3,2]}"#.into(), "impossible"),
            (r#"{"v":1,"target":"Em","hand":{"wrist_deg":400}}"#.into(), "400 degrees"),
            (r#"{"v":1,"target":"Em","at":-4}"#.into(), "not a time"),
        ] {
            let error = LessonEvent::parse(&json).unwrap_err().to_string();
            assert!(error.contains(part), "{json}: {error}");
        }
    }

    fn state() -> impl Strategy<Value = StringState> {
        prop_oneof![
            Just(StringState::Rings),
            Just(StringState::Dead),
            Just(StringState::Buzz),
            Just(StringState::NotPlayed),
            (28u8..90).prop_map(|midi| StringState::WrongPitch { pitch: Pitch(midi) }),
            Just(StringState::Unsure { why: Doubt::SharedPartials }),
            Just(StringState::Unsure { why: Doubt::CutShort }),
            Just(StringState::Unsure { why: Doubt::Awaited }),
        ]
    }

    fn string_number() -> impl Strategy<Value = StringNumber> {
        (1u8..=6).prop_map(|n| StringNumber::new(n).unwrap())
    }

    prop_compose! {
        fn evidence()(
            states in prop::collection::vec(prop::option::of((state(), any::<Option<bool>>(), 0u8..=100, prop::option::of(-60i8..60))), 6),
        ) -> Vec<StringEvidence> {
            states.into_iter().zip(StringNumber::THICK_TO_THIN).filter_map(|(told, string)| {
                let (state, asked, confidence, cents) = told?;
                Some(StringEvidence {
                    string, state, asked,
                    confidence: f32::from(confidence) / 100.0,
                    cents: cents.map(f32::from),
                })
            }).collect()
        }
    }

    prop_compose! {
        fn press()(
            string in string_number(), fret in 1u8..=19, confidence in 0u8..=100,
            finger in prop::option::of(prop::sample::select(vec![Finger::Index, Finger::Ring, Finger::Thumb])),
            from_wire in prop::option::of(0u8..=100), touches in prop::collection::vec(string_number(), 0..3),
            flat in any::<Option<bool>>(),
        ) -> Press {
            Press {
                string, fret, finger, touches, flat,
                confidence: f32::from(confidence) / 100.0,
                from_wire: from_wire.map(|w| f32::from(w) / 100.0),
            }
        }
    }

    prop_compose! {
        fn hand()(
            wrist in prop::option::of(0u8..=180), flags in any::<[Option<bool>; 4]>(),
            collapsed in prop::option::of(Just(Finger::Index)),
        ) -> Hand {
            let [thumb_over, palm_on_neck, pinky_hidden, long_nails] = flags;
            let wrist_deg = wrist.map(f32::from);
            Hand { wrist_deg, thumb_over, palm_on_neck, collapsed, pinky_hidden, long_nails }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            root in 0u8..12, quality in prop::sample::select(Quality::ALL.to_vec()),
            at in prop::option::of(0u32..100_000), strings in evidence(), presses in prop::option::of(press()),
            repeated in prop::option::of((0u8..=3).prop_map(|n| (n, 3))), ask in prop::option::of(string_number()),
            voicing in prop::option::of(Just("x02210".parse::<Voicing>().unwrap())),
            hand in prop::option::of(hand()),
        ) {
            let target = Chord::new(PitchClass(root), quality);
            let event = LessonEvent {
                v: 1, at: at.map(|ms| f64::from(ms) / 1000.0), target, voicing, heard: Some(target),
                strings, presses: presses.into_iter().collect(), hand, repeated, ask,
            };
            let json = serde_json::to_string(&event).unwrap();
            prop_assert_eq!(LessonEvent::parse(&json).unwrap(), event);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,200}") {
            let _ = LessonEvent::parse(&text);
        }
    }
}
