//! Events of a picture, with and without sound: both speak for what they can tell, and no more.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use tutor::{Address, Feedback, LessonEvent, diagnose};

fn told(event: &str) -> Feedback {
    diagnose(&LessonEvent::parse(event).unwrap(), Address::Neutral)
}

fn press(string: u8, fret: u8, finger: &str) -> String {
    format!(r#"{{"string":{string},"fret":{fret},"finger":"{finger}","confidence":0.9}}"#)
}

fn em(presses: &[String]) -> Feedback {
    told(&format!(r#"{{"v":1,"target":"E:min","presses":[{}]}}"#, presses.join(",")))
}

#[test]
fn a_picture_alone_names_the_place() {
    let said = em(&[press(5, 7, "middle"), press(4, 7, "ring")]);
    assert_eq!((said.tip_id.0.as_str(), said.basis.as_str()), ("L16", "לפי התמונה"));
    assert!(said.display().contains("חמישה סריגים לכיוון ראש"), "{}", said.display());
    let said = em(&[press(5, 2, "middle"), press(3, 2, "ring")]);
    assert_eq!(said.tip_id.0, "L18");
    assert!(said.display().contains("הקמיצה") && said.display().contains("השלישי"));
    let said = em(&[press(5, 2, "middle"), press(4, 3, "ring")]);
    assert_eq!(said.tip_id.0, "L19");
    let said = em(&[press(4, 2, "middle"), press(3, 2, "ring")]);
    assert_eq!(said.tip_id.0, "L17");
    assert!(said.display().contains("העבה"), "{}", said.display());
}

/// «The student tries Em at fret 7 with the pinky on the wrong string.»
#[test]
fn the_seed_event_is_one_event() {
    let said = em(&[press(5, 7, "middle"), press(4, 7, "ring"), press(3, 7, "pinky")]);
    assert_eq!(said.tip_id.0, "L16", "the hand first, the little finger is not of this chord");
    let said = em(&[press(5, 7, "middle"), press(3, 7, "ring")]);
    assert_eq!(said.tip_id.0, "L16");
}

#[test]
fn a_right_picture_praises_no_sound() {
    let said = em(&[press(5, 2, "middle"), press(4, 2, "ring")]);
    assert_eq!(said.tip_id.0, "OK4");
    assert!(!said.display().contains("מצלצל") && !said.display().contains("נשמע"));
    // One finger of two says nothing of the other.
    assert_eq!(em(&[press(5, 2, "middle")]).tip_id.0, "P08");
}

#[test]
fn which_finger_holds_a_place_is_the_students_choice() {
    let said = em(&[press(5, 2, "index"), press(4, 2, "middle")]);
    assert_eq!(said.tip_id.0, "OK4", "{}", said.display());
    let of = |chord: &str, presses: &[String]| {
        told(&format!(r#"{{"v":1,"target":"{chord}","presses":[{}]}}"#, presses.join(",")))
    };
    let pinky = [press(6, 3, "ring"), press(5, 2, "middle"), press(1, 3, "pinky")];
    let said = of("G:maj", &pinky);
    assert_eq!(said.tip_id.0, "OK4", "{}", said.display());
    let unnamed = r#"{"v":1,"target":"E:min","presses":[{"string":5,"fret":2,"confidence":0.9},
        {"string":4,"fret":2,"confidence":0.9}]}"#;
    assert_eq!(told(unnamed).tip_id.0, "OK4");
}

#[test]
fn a_finger_that_is_none_of_the_chords_is_named() {
    let both = [press(5, 2, "middle"), press(4, 2, "ring")];
    let said = em(&[both[0].clone(), both[1].clone(), press(3, 4, "pinky")]);
    assert_eq!(said.tip_id.0, "D12");
    assert!(said.display().contains("הזרת לוחצת על המיתר השלישי"), "{}", said.display());
    // «Em at fret 7 with the pinky on the wrong string», and nothing else seen.
    for (string, nearest) in [(5, "החמישי"), (3, "הרביעי")] {
        let said = em(&[press(string, 7, "pinky")]);
        assert_eq!(said.tip_id.0, "D11");
        let words = said.display();
        assert!(words.contains("הזרת") && words.contains(nearest), "{words}");
        assert!(words.contains("בסריג השני"), "{words}");
    }
    // In whatever order they were seen, each finger is told of its own place.
    for presses in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let seen = [press(5, 2, "middle"), press(5, 1, "index"), press(4, 3, "ring")];
        let said = em(&presses.map(|at: usize| seen[at].clone()));
        assert!(said.tip_id.0 == "L19" && said.display().contains("הקמיצה"), "{}", said.display());
    }
    let unseen = em(&[press(5, 2, "middle"), press(5, 1, "index")]);
    assert_eq!(unseen.tip_id.0, "P08", "a finger in nobody's way is not accused");
    let thumb = em(&[both[0].clone(), both[1].clone(), press(6, 2, "thumb")]);
    assert_eq!(thumb.tip_id.0, "OK4");
    // Two of three places are held: the hand is not aside.
    let a = [press(4, 2, "middle"), press(3, 2, "ring"), press(2, 3, "pinky")];
    let said = told(&format!(r#"{{"v":1,"target":"A:maj","presses":[{}]}}"#, a.join(",")));
    assert!(said.tip_id.0 != "L17" && said.display().contains("הזרת"), "{}", said.display());
    // Behind the fret that is pressed a finger changes nothing.
    let behind = [both[0].clone(), both[1].clone(), press(4, 1, "index")];
    assert_eq!(em(&behind).tip_id.0, "OK4");
}

#[test]
fn a_chord_without_a_known_fingering_is_right_only_when_every_place_is_held() {
    let of = |voicing: &str, presses: &[String]| {
        let presses = presses.join(",");
        let target = if voicing == "133211" { "F:maj" } else { "G:maj" };
        told(&format!(
            r#"{{"v":1,"target":"{target}","voicing":"{voicing}","presses":[{presses}]}}"#
        ))
    };
    let four = [(6, "middle"), (5, "index"), (2, "ring"), (1, "pinky")];
    let g = four.map(|(string, finger)| press(string, if string == 5 { 2 } else { 3 }, finger));
    assert_eq!(of("320033", &g).tip_id.0, "OK4");
    assert_eq!(of("320033", &g[..1]).tip_id.0, "P08");
    // Whichever of its usual voicings is held, where none is named.
    let named = |target: &str, presses: &[String]| {
        told(&format!(r#"{{"v":1,"target":"{target}","presses":[{}]}}"#, presses.join(",")))
    };
    assert_eq!(named("G:maj", &g).tip_id.0, "OK4");
    // The full barre, two frets too far, and one finger of A at the fret of A minor.
    let frets = [(6, 3, "index"), (5, 5, "ring"), (4, 5, "pinky"), (3, 4, "middle")];
    let far = frets.map(|(string, fret, finger)| press(string, fret, finger));
    assert_eq!(of("133211", &far).tip_id.0, "L16");
    assert_eq!(named("F:maj", &far).tip_id.0, "L16", "that voicing, though another is usual");
    let minor = [press(4, 2, "middle"), press(3, 2, "ring"), press(2, 1, "index")];
    assert_eq!(named("A:maj", &minor).tip_id.0, "L19", "{}", named("A:maj", &minor).display());
    for few in [press(5, 2, "index"), press(4, 4, "ring")] {
        assert_eq!(named("B:min", &[few]).tip_id.0, "P08");
    }
    let barre = [press(6, 1, "index"), press(5, 3, "ring"), press(4, 3, "pinky")];
    assert_eq!(of("133211", &barre).tip_id.0, "P08", "the third string was not seen");
}

#[test]
fn a_picture_that_shows_too_little_does_not_speak_of_sound() {
    let said = em(&[press(5, 2, "middle")]);
    assert_eq!((said.tip_id.0.as_str(), said.basis.as_str()), ("P08", "לפי התמונה"));
    assert!(!said.display().contains("נשמע"), "{}", said.display());
}

#[test]
fn sound_and_picture_are_linked_only_where_physics_links_them() {
    let event = |strings: &str, from_wire: f32| {
        told(&format!(
            r#"{{"v":1,"target":"E:min","strings":[{strings}],"presses":[{{"string":4,"fret":2,
            "finger":"ring","confidence":0.9,"from_wire":{from_wire}}}]}}"#
        ))
    };
    // Low is a matter of tuning, whatever the finger does.
    let low = r#"{"string":3,"state":"rings","confidence":0.95,"cents":-30}"#;
    let both = event(low, 0.8);
    assert_eq!(both.tip_id.0, "T01");
    let said = both.display();
    assert!(said.contains("השלישי נמוך") && said.contains("הקמיצה רחוקה"), "{said}");
    assert!(!event(low, 0.3).display().contains("הקמיצה"));
    // Far from the wire makes it buzz; near it, the finger presses too little.
    let buzz = r#"{"string":4,"state":"buzz","confidence":0.95}"#;
    assert_eq!(event(buzz, 0.8).tip_id.0, "L01");
    assert_eq!(event(buzz, 0.3).tip_id.0, "L02");
    assert_eq!(event(buzz, 0.05).tip_id.0, "L03");
    // A dead string whose finger was seen on the next one.
    let aside = told(
        r#"{"v":1,"target":"E:min","strings":[{"string":4,"state":"dead","confidence":0.95}],
        "presses":[{"string":3,"fret":2,"finger":"ring","confidence":0.9}]}"#,
    );
    assert_eq!(aside.tip_id.0, "L18");
    // Its own note, whatever the ears call it, is no other chord.
    let own = told(
        r#"{"v":1,"target":"E:min","strings":[{"string":6,"state":"wrong_pitch","midi":40,
        "confidence":0.95}]}"#,
    );
    assert_eq!(own.tip_id.0, "P08");
    // A flat finger mutes the string below it.
    let flat = told(
        r#"{"v":1,"target":"E:min","strings":[{"string":3,"state":"dead","confidence":0.95}],
        "presses":[{"string":4,"fret":2,"finger":"ring","confidence":0.9,"flat":true}]}"#,
    );
    assert_eq!(flat.tip_id.0, "L04");
}
