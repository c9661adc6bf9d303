//! What is answered, and that it may be said.

use super::super::fill::two_chords;
use super::super::placement;
use super::super::render::Told;
use theory::PitchClass;

use super::*;
use crate::NoteNames;

/// Every answer that needs no slot, and those that do with every slot filled.
fn every_answer(mut check: impl FnMut(&str, &Phrase, &Phrase)) -> usize {
    let mut count = 0;
    for entry in faq::all() {
        for address in [Address::Neutral, Address::Masculine, Address::Feminine] {
            for (first, tip) in std::iter::once(&(entry.first, entry.tip)).chain(&entry.filled) {
                for names in [NoteNames::Solfege, NoteNames::Letters] {
                    let chord = |name: &str| Told::called(name.parse().unwrap(), names);
                    let say = |text| {
                        sentence(text, address, &|name| match name {
                            "chord" => Some(chord("Em")),
                            name if name.parse::<Chord>().is_ok() => Some(chord(name)),
                            "known" => {
                                two_chords(&["Em", "G"].map(|it| it.parse().unwrap()), names)
                            }
                            "placement" => {
                                placement::fingers("C".parse().unwrap()).map(Told::words)
                            }
                            "first_string" | "string" => Some(Told::words("השלישי")),
                            "note" | "note_at" | "string_note" => {
                                Some(Told::notes(std::iter::once(PitchClass(6)), names))
                            }
                            "notes" | "other_notes" => {
                                Some(Told::notes([0, 4, 6, 10].map(PitchClass).into_iter(), names))
                            }
                            "other_chord" => Some(chord("F#m7")),
                            "fret_of_note" => Some(Told::words(note::on_string(
                                PitchClass(7),
                                theory::StringNumber::THICK_TO_THIN[3],
                            ))),
                            "places_of_note" => {
                                Some(Told::words(note::near_the_head(PitchClass(4))))
                            }
                            "faulty_string" => Some(Told::words("השלישי")),
                            "kept" => Some(Told::words("האצבע המורה ואת האמצעית")),
                            "moved" => Some(Told::words("הקמיצה")),
                            "lifted" | "placed" => Some(Told::words("האמצעית")),
                            "change" => Some(Told::words(
                                "האצבע המורה נשארת במקום, האמצעית והקמיצה זזות, והזרת מצטרפת",
                            )),
                            "every_finger" => Some(Told::words("כל האצבעות")),
                            "string_label" | "fret" | "capo" => Some(Told::words("שלוש")),
                            "finger" => Some(Told::words("הקמיצה")),
                            "topic" | "other" => Some(Told::words("הפריטה עצמה")),
                            "today" | "before" => Some(Told::words("עשרים")),
                            "bpm_beats" => Some(Told::words("שמונים פעימות לדקה")),
                            _ => None,
                        })
                        .unwrap_or_else(|| panic!("{}: {text}", entry.id))
                    };
                    check(entry.id, &say(first), &say(tip));
                    count += 1;
                }
            }
        }
    }
    count
}

#[test]
fn a_chord_named_twice_and_an_open_string_are_told() {
    for (question, intent) in [
        ("מה ההבדל בין סול ל־G", "note_names"),
        ("מה ההבדל בין דו ל-C", "note_names"),
        ("G ו סול זה אותו אקורד", "note_names"),
        ("מה ההבדל בין E ל־Em", "maj_min"),
        ("איך עושים G", "how_chord"),
        ("איזו אצבע בסטרינג פתוח", "open_string"),
        ("איזו אצבע שמים על מיתר פתוח", "open_string"),
        ("איזו אצבע שמים על המיתר השלישי באקורד Em", "open_string"),
        ("איזו אצבע שמים על המיתר הרביעי באקורד Em", "which_finger"),
        ("איך עוברים לשיעור הבא", "skip"),
    ] {
        let answer = ask(question, None, &Around::default(), Address::Neutral).unwrap();
        assert_eq!(answer.intent, intent, "{question}: {}", answer.display());
    }
}

fn asked(question: &str, event: Option<&str>) -> Answer {
    let event = event.map(|json| LessonEvent::parse(json).unwrap());
    ask(question, event.as_ref(), &Around::default(), Address::Neutral).unwrap()
}

#[test]
fn what_cannot_be_read_is_said_not_to_be_understood() {
    for text in ["אאאאא", "123", "???", "א", "how do I play", "hello", "what is a chord", "😀"]
    {
        let answer = asked(text, None);
        assert_eq!((answer.intent, answer.tip_id.0.as_str()), ("out_of_scope", "F005"), "{text}");
        assert!(answer.checked);
    }
    for chord in ["Em", "em", "G7", "A", "F#m", "play Em"] {
        assert_eq!(asked(chord, None).intent, "how_chord", "{chord}");
    }
    let nothing = ask(" ", None, &Around::default(), Address::Neutral);
    assert_eq!(nothing, Err(QuestionError::Empty));
}

#[test]
fn what_a_chord_is_and_what_a_bare_name_may_be() {
    let plain = |question: &str| crate::hebrew::without_isolates(&asked(question, None).display());
    for question in ["מה זה Em", "פריטה, מה זה Em", "מה זה מי מינור", "מה זה אקורד מי מינור"]
    {
        assert_eq!(
            plain(question),
            "Em הוא אקורד, והצלילים שלו הם מי, סול, סי. כדאי לשים אמצעית על המיתר החמישי וקמיצה על \
             הרביעי, שתיהן בסריג השני, ולפרוט לאט.",
            "{question}"
        );
    }
    assert!(plain("מה זה דו מינור").contains("דו, מי במול, סול"));
    assert!(plain("מה זה Bb").contains("סי במול, רה, פה"));
    assert!(plain("מה זה סול").starts_with("G הוא שם של תו, וגם של אקורד"));
    assert!(plain("מה זה Cmaj7").contains("דו, מי, סול, סי"));
    for (question, id) in [
        ("מה זה G7", "F307"),
        ("מה זה C/G", "F312"),
        ("מה זה סי", "F003"),
        ("לה", "F007"),
        ("מי?", "F007"),
        ("מה זה לה", "F007"),
        ("פה", "F006"),
        ("סי", "F003"),
        ("מי את", "F970"),
        ("מה זה אקורד מוקטן", "F319"),
        ("האם סול יותר קל מדו", "F305"),
        ("איך עושים F בלי בארה", "L28"),
        ("יש תחליף קל לסי מינור", "L28"),
        ("יש דרך לרמות באקורד סי מינור", "L28"),
    ] {
        assert_eq!(asked(question, None).tip_id.0, id, "{question}");
    }
}

#[test]
fn a_change_is_told_by_its_fingers() {
    let plain = |question: &str| crate::hebrew::without_isolates(&asked(question, None).display());
    assert_eq!(
        plain("איך עוברים מ-C ל-Cmaj7"),
        "במעבר מאקורד C לאקורד Cmaj7 האמצעית והקמיצה נשארות במקום, והאצבע המורה מתרוממת. \
         כדאי לעבור כך לאט הלוך ושוב, בלי לפרוט."
    );
    assert!(plain("מה ההבדל בין C ל-Cmaj7").contains("ולהרים רק את האצבע המורה"));
    assert!(plain("מה ההבדל בין Cmaj7 ל-C").contains("ולהוסיף רק את האצבע המורה"));
    assert!(plain("איך עוברים מהר בין אקורדים").starts_with("הזמן הולך"));
}

#[test]
fn one_chord_is_told_from_another_by_notes_and_fingers() {
    let plain = |question: &str| crate::hebrew::without_isolates(&asked(question, None).display());
    assert_eq!(
        plain("מה ההבדל בין Am ל-C"),
        "באקורד Am הצלילים הם לה, דו, מי, ובאקורד C הם דו, מי, סול. \
             במעבר כדאי להשאיר את האצבע המורה ואת האמצעית במקום ולהזיז רק את הקמיצה."
    );
    assert!(plain("מה ההבדל בין רה לסול").contains("כל האצבעות זזות"));
    for (question, intent) in [
        ("מה ההבדל בין C ל-Cmaj7", "chord_difference"),
        ("Bm7 לעומת D", "chord_difference"),
        ("Am מול C", "chord_difference"),
        ("מה ההבדל בין A ל-A7", "seventh"),
        ("מה ההבדל בין Em ל-E", "maj_min"),
        ("מה ההבדל בין סי לרה", "clarify"),
        ("איך עוברים מ-Am ל-C", "change_chords"),
    ] {
        assert_eq!(asked(question, None).intent, intent, "{question}");
    }
}

#[test]
fn notes_have_places_and_places_have_notes() {
    for (question, told) in [
        ("איפה סול במיתר השלישי?", "על המיתר השלישי התו סול מצלצל בלי ללחוץ"),
        ("איפה דו במיתר החמישי", "על המיתר החמישי התו דו מצלצל בסריג השלישי"),
        ("באיזה סריג סול במיתר מי העבה", "על המיתר השישי התו סול מצלצל בסריג השלישי"),
        ("איזה תו במיתר השלישי סריג 2", "במיתר שלוש, סריג שתיים, נמצא התו לה"),
        ("איפה נמצא דו על הצוואר", "במיתר החמישי בסריג השלישי ובמיתר השני בסריג הראשון"),
    ] {
        let answer = asked(question, None);
        assert_eq!(answer.intent, "note_at", "{question}: {}", answer.display());
        assert!(answer.display().contains(told), "{question}: {}", answer.display());
    }
    assert_eq!(asked("איפה סי במיתר החמישי", None).intent, "clarify");
}

#[test]
fn near_things_have_answers_of_their_own() {
    for (question, intent) in [
        ("מה זה טרמולו", "tremolo"),
        ("איך עושים ויברטו", "vibrato"),
        ("איך עושים בנד", "bend_slide"),
        ("מה זה היפוך של אקורד", "inversion"),
        ("התמונה הפוכה", "mirror"),
        ("איפה יש בונה גיטרות", "where_repair"),
        ("מתי צריך טכנאי לגיטרה", "technician"),
        ("כמה מיתרים יש לגיטרה", "string_count"),
        ("איך קוראים למיתרים", "string_names"),
        ("כמה סריגים יש בגיטרה", "fret_count"),
        ("מה זה סריג", "what_fret"),
        ("איך עושים Bm7", "how_chord"),
        ("איך מנגנים Cmaj7", "how_chord"),
    ] {
        let answer = asked(question, None);
        assert_eq!(answer.intent, intent, "{question}: {}", answer.display());
    }
}

#[test]
fn the_finger_to_blame_is_the_one_of_the_event() {
    let seen = r#"{"v":1,"target":"A:min","strings":[{"string":1,"state":"dead","confidence":0.9}],
            "presses":[{"string":2,"fret":1,"finger":"index","confidence":0.9,"touches":[1]}]}"#;
    let heard =
        r#"{"v":1,"target":"C:maj","strings":[{"string":1,"state":"dead","confidence":0.9}]}"#;
    for question in ["איזו אצבע אשמה", "איזה אצבע מפריעה", "איזו אצבע לא במקום"]
    {
        let told = asked(question, Some(seen)).display();
        assert!(told.contains("האצבע המורה"), "{question}: {told}");
        let unheard = asked(question, Some(heard));
        let told = unheard.display();
        assert!(told.contains("המיתר הראשון") && told.contains("לא יודעים"), "{told}");
        assert_eq!(unheard.intent, "guilty_finger");
        assert_eq!(asked(question, None).intent, "guilty_finger");
    }
    assert_eq!(asked("איזה מיתר לא מצלצל", Some(heard)).intent, "why");
}

#[test]
fn every_answer_is_two_sentences_that_may_be_said() {
    let mut unknown = std::collections::BTreeMap::new();
    let count = every_answer(|id, first, tip| {
        assert!(may_be_said(first, tip), "{id}: {first:?} {tip:?}");
        for phrase in [first, tip] {
            for word in crate::hebrew::pronounce(&phrase.speech).guessed {
                unknown.entry(word).or_insert(id.to_owned());
            }
            for word in phrase.speech.split([' ', ',', '.', '?']) {
                let sided = ["ימינה", "שמאלה", "ימין", "מעל", "טעית", "שגוי", "נכשל", "אנא"];
                assert!(!sided.contains(&word), "{id}: {word}");
            }
            let length = crate::hebrew::without_isolates(&phrase.display).chars().count();
            assert!(length <= 125, "{id}: {length} {}", phrase.display);
        }
    });
    for entry in faq::all().iter().filter(|entry| !entry.topic.is_empty()) {
        let topic = sentence(&format!("{}.", entry.topic), Address::Neutral, &|_| None).unwrap();
        assert!(may_be_said(&topic, &topic), "{}", entry.id);
        assert!(entry.topic.chars().count() <= 30, "{}", entry.id);
        for word in crate::hebrew::pronounce(&topic.speech).guessed {
            unknown.entry(word).or_insert(entry.id.to_owned());
        }
    }
    assert!(count > 500, "{count}");
    assert!(unknown.is_empty(), "words without IPA: {unknown:?}");
}
