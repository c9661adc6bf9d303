//! The real espeak-ng speaks every kind of sentence.

#![allow(clippy::expect_used, clippy::panic)]

use engines::voice::EspeakVoice;
use pipeline::ports::{Speech, Voice};
use tutor::{Address, ErrorCode, LessonEvent, Phrase, error_text, hebrew, wordings};

fn voice() -> EspeakVoice {
    EspeakVoice::find().expect("espeak-ng is needed: apt-get install espeak-ng")
}

fn seconds(speech: &Speech) -> f32 {
    speech.samples.len() as f32 / speech.rate as f32
}

fn check(speech: &Speech, phrase: &Phrase) {
    let vowels = phrase.ipa.chars().filter(|c| "aeiou".contains(*c)).count() as f32;
    let a_syllable = seconds(speech) / vowels;
    assert!((0.08..0.6).contains(&a_syllable), "{a_syllable} s a syllable: {}", phrase.speech);
    let square = speech.samples.iter().map(|s| s * s).sum::<f32>();
    let loudness = (square / speech.samples.len() as f32).sqrt();
    assert!((0.04..0.15).contains(&loudness), "{loudness}: {}", phrase.speech);
    assert!(speech.samples.iter().all(|s| s.abs() < 0.99), "clipped: {}", phrase.speech);
}

fn event(strings: &str) -> LessonEvent {
    let json = format!(r#"{{"v":1,"target":"E:min","strings":[{strings}],"repeated":[2,3]}}"#);
    LessonEvent::parse(&json).expect("the event is well formed")
}

#[test]
fn every_kind_of_finding_can_be_heard() {
    let mut voice = voice();
    let one =
        |string: u8, state: &str| format!(r#"{{"string":{string},{state},"confidence":0.95}}"#);
    let rings: Vec<String> = (1..=6).map(|s| one(s, r#""state":"rings""#)).collect();
    let events = [
        one(3, r#""state":"dead""#),
        one(1, r#""state":"dead""#),
        one(4, r#""state":"dead""#),
        one(5, r#""state":"buzz""#),
        one(4, r#""state":"wrong_pitch","midi":50"#),
        one(4, r#""state":"wrong_pitch","midi":53"#),
        one(3, r#""state":"wrong_pitch","midi":56"#),
        one(2, r#""state":"unsure","why":"margin""#),
        rings.join(","),
    ];
    for event in events.iter().map(|strings| event(strings)) {
        for feedback in wordings(&event, Address::Feminine) {
            for phrase in [&feedback.diagnosis, &feedback.tip] {
                check(&voice.render(phrase).expect("it speaks"), phrase);
            }
        }
    }
}

#[test]
fn every_error_can_be_heard() {
    let mut voice = voice();
    for code in ErrorCode::ALL {
        let phrase = error_text(*code);
        check(&voice.render(&phrase).expect("it speaks"), &phrase);
    }
}

#[test]
fn every_phoneme_makes_a_sound_of_its_own() {
    let mut voice = voice();
    let mut heard: Vec<Vec<f32>> = Vec::new();
    for consonant in "b d f g h j k l m n p s t v z χ ʁ ʃ ʒ ʔ ts tʃ dʒ".split(' ') {
        let ipa = format!("a{consonant}a");
        let phrase = Phrase { display: String::new(), speech: String::new(), ipa };
        let samples = voice.render(&phrase).expect("it speaks").samples;
        assert!(!heard.contains(&samples), "{consonant} sounds like another");
        heard.push(samples);
    }
}

#[test]
fn free_text_can_be_said() {
    let (phrase, guessed) = hebrew::phrase_of_text("שלום, מנגנים שולחן").expect("Hebrew");
    assert_eq!(guessed, ["שולחן"]);
    check(&voice().render(&phrase).expect("it speaks"), &phrase);
}
