//! Every sentence pair the tables can produce, with every value of every slot: more than any
//! lesson reaches, so what holds here holds for all.

use std::time::Duration;

use audio::Direction;
use theory::{Chord, Finger, PitchClass, Quality, StringNumber, Tuning};

use super::facts::Slots;
use super::table::{Wording, wordings};
use super::{Finding, condition as c, phrase};
use crate::hebrew::{ISOLATE_END, ISOLATE_START, pronounce, without_isolates};
use crate::style::FORBIDDEN;
use crate::{Address, NoteNames, Phrase, Style};

/// Both sentences together fit four lines of the practice screen (ux.md §2).
const SCREEN: usize = 76;
const WORDS: usize = 12;
/// Frets with an ordinal; further up, beyond any open chord, a sentence may run a little longer.
const USUAL_FRETS: u8 = 10;

/// Slots whose words follow the names of notes.
const NAMED: [&str; 5] = ["note", "heard_note", "chord", "heard", "tuning"];

fn tunings() -> Vec<Tuning> {
    let unnamed = Tuning::STANDARD.with_capo(2);
    Tuning::named().map(|(_, tuning)| tuning).chain([unnamed]).collect()
}

type Choice = Box<dyn Fn(Slots) -> Slots>;

fn choices(slot: &str) -> Vec<Choice> {
    fn each<T: Copy + 'static>(
        values: impl IntoIterator<Item = T>,
        set: fn(Slots, T) -> Slots,
    ) -> Vec<Choice> {
        values.into_iter().map(|value| Box::new(move |s| set(s, value)) as Choice).collect()
    }
    let strings = StringNumber::THICK_TO_THIN;
    let chords = || {
        (0..12)
            .flat_map(|root| Quality::HEARD.map(|q| Chord::new(PitchClass(root), q)))
            .collect::<Vec<_>>()
    };
    let fingers =
        [None, Some(Finger::Index), Some(Finger::Middle), Some(Finger::Ring), Some(Finger::Pinky)];
    match slot {
        "string" | "label" => each(strings, |s, v| Slots { string: Some(v), ..s }),
        "other" | "other_label" => each(strings, |s, v| Slots { other: Some(v), ..s }),
        "first" => each(strings, |s, v| Slots { first: Some(v), ..s }),
        "finger" => each(fingers, |s, v| Slots { finger: Some(v), ..s }),
        "fret" => each(1..=24, |s, v| Slots { fret: Some(v), ..s }),
        "frets" => each((1..=5).chain(-5..=-1), |s, v| Slots { shift: Some(v), ..s }),
        "side" => Vec::new(),
        "note" => each((0..12).map(PitchClass), |s, v| Slots { note: Some(v), ..s }),
        "heard_note" => each((0..12).map(PitchClass), |s, v| Slots { heard_note: Some(v), ..s }),
        "third" => each([Quality::Maj, Quality::Min], |s, v| Slots { third: Some(v), ..s }),
        "heard_third" => {
            each([Quality::Maj, Quality::Min], |s, v| Slots { heard_third: Some(v), ..s })
        }
        "all" => each(2..=6, |s, v| Slots { all: Some(v), ..s }),
        "tuning" => each(tunings(), |s, v| Slots { tuning: Some(v), ..s }),
        "edge" => each([true, false], |s, v| Slots { thicker: Some(v), ..s }),
        "way" => each([Direction::Down, Direction::Up], |s, v| Slots { way: Some(v), ..s }),
        "left" => each(2..=4, |s, v| Slots { left: Some(v), ..s }),
        "chord" => each(chords(), |s, v| Slots { chord: Some(v), ..s }),
        "heard" => {
            let triad = |chord: &Chord| matches!(chord.quality, Quality::Maj | Quality::Min);
            each(chords().into_iter().filter(triad), |s, v| Slots { heard: Some(v), ..s })
        }
        other => panic!("slot {{{other}}} is unknown"),
    }
}

fn slot_names(wording: &Wording) -> Vec<String> {
    let text = format!("{} {}", wording.diagnosis, wording.tip);
    let mut names: Vec<String> = text
        .split('{')
        .skip(1)
        .map(|part| part.split_once('}').expect("a slot is closed").0.to_owned())
        .collect();
    names.sort();
    names.dedup();
    names
}

fn every_slots(wording: &Wording) -> Vec<Slots> {
    let mut all = vec![Slots::default()];
    for name in slot_names(wording) {
        let choices = choices(&name);
        if !choices.is_empty() {
            all =
                all.iter().flat_map(|slots| choices.iter().map(|choose| choose(*slots))).collect();
        }
    }
    all.retain(|slots| !is_absurd(slots));
    if slot_names(wording).iter().any(|name| NAMED.contains(&name.as_str())) {
        let letters = all.clone().into_iter().map(|s| Slots { names: NoteNames::Letters, ..s });
        all.extend(letters);
    }
    all
}

/// What no finding holds: the same thing in place of itself.
fn is_absurd(slots: &Slots) -> bool {
    fn same<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
        one.is_some() && one == other
    }
    same(slots.string, slots.other)
        || same(slots.note, slots.heard_note)
        || same(slots.third, slots.heard_third)
        || same(slots.chord, slots.heard)
}

fn each_pair(mut check: impl FnMut(&Wording, &Slots, &Phrase, &Phrase)) -> usize {
    let mut count = 0;
    for wording in &styled() {
        for slots in every_slots(wording) {
            for address in [Address::Neutral, Address::Masculine, Address::Feminine] {
                let say =
                    |template| phrase(template, &slots, address).expect("all slots are filled");
                check(wording, &slots, &say(wording.diagnosis), &say(wording.tip));
                count += 1;
            }
        }
    }
    count
}

/// The table's wordings and those of every style.
fn styled() -> Vec<Wording> {
    let leak = |text: &str| -> &'static str { String::from(text).leak() };
    let styles = Style::built_in().filter_map(|(id, _)| Style::named(id));
    let ways = styles.flat_map(|style| style.all().to_vec()).map(|way| Wording {
        condition: way.condition,
        diagnosis: leak(&way.heard),
        tip: leak(&way.try_this),
    });
    wordings().iter().copied().chain(ways).collect()
}

fn is_one_sentence(text: &str) -> bool {
    text.ends_with(['.', '?'])
        && text.matches(['.', '?']).count() == 1
        && !text.contains(['[', '|', '{'])
}

#[test]
fn every_pair_is_two_short_sentences_without_forbidden_words() {
    let count = each_pair(|wording, slots, diagnosis, tip| {
        for phrase in [diagnosis, tip] {
            assert!(is_one_sentence(&phrase.display), "{wording:?} {}", phrase.display);
            assert!(is_one_sentence(&phrase.speech), "{wording:?} {}", phrase.speech);
            assert!(phrase.speech.split(' ').count() <= WORDS, "{}", phrase.speech);
            for word in phrase.speech.split(' ').map(|w| w.trim_matches(['.', ',', '?'])) {
                // Of strings and frets never; a strum goes both ways.
                let strums = [c::WEAK_UP, c::WRONG_WAY].contains(&wording.condition)
                    && ["למעלה", "למטה"].contains(&word);
                assert!(strums || !FORBIDDEN.contains(&word), "{word} in {}", phrase.speech);
            }
            assert!(!phrase.display.contains('!'), "{}", phrase.display);
        }
        let length =
            without_isolates(&format!("{} {}", diagnosis.display, tip.display)).chars().count();
        let usual = slots.fret.is_none_or(|fret| fret <= USUAL_FRETS);
        assert!(!usual || length <= SCREEN, "{length}: {} {}", diagnosis.display, tip.display);
    });
    println!("{count} sentence pairs from {} wordings", wordings().len());
    assert!(count > 10_000, "only {count} pairs");
}

#[test]
fn speech_has_hebrew_letters_only_and_every_word_is_in_the_lexicon() {
    each_pair(|_, _, diagnosis, tip| {
        for Phrase { speech, ipa, .. } in [diagnosis, tip] {
            // Points tell the names of letters from the words that are written alike.
            let hebrew = |c: char| {
                ('א'..='ת').contains(&c)
                    || ('\u{5B0}'..='\u{5C7}').contains(&c)
                    || matches!(c, ' ' | '.' | ',' | '?' | '\'')
            };
            assert!(speech.chars().all(hebrew), "{speech}");
            assert_eq!(pronounce(speech).guessed, Vec::<String>::new(), "{speech}");
            assert_eq!(ipa.split(' ').count(), speech.split(' ').count(), "{ipa}");
        }
    });
}

#[test]
fn a_cause_is_named_where_a_finger_was_seen_or_can_be_the_only_one() {
    let with_cause = [
        c::DEAD_OPEN_LIKELY,
        c::DEAD_OPEN_TOUCHED,
        c::DEAD_FRETTED_FAR,
        c::BUZZ_FRETTED_FAR,
        c::FINGER_NEXT_STRING,
        c::SEEN_NEXT_STRING,
        c::BUZZ_LIGHT,
        c::ON_WIRE,
        c::INDEX_ON_1,
        c::MIDDLE_ON_3,
        c::RING_ON_1,
        c::A_CROWD,
        c::THUMB_OVER,
        c::GRIP,
        c::NAILS,
    ];
    for condition in c::ALL {
        let slots = Slots {
            string: Some(StringNumber::THICK_TO_THIN[3]),
            other: Some(StringNumber::THICK_TO_THIN[2]),
            finger: Some(Some(Finger::Ring)),
            ..Slots::default()
        };
        let finding = Finding::plain(*condition, slots).expect("every condition has a row");
        let named = finding.wordings(Address::Neutral, Duration::ZERO);
        assert!(!with_cause.contains(condition) || !named.is_empty(), "{condition:?}");
        for feedback in named {
            let expected = with_cause.contains(condition);
            assert_eq!(feedback.names_cause(), expected, "{}", feedback.display());
        }
    }
}

#[test]
fn latin_stands_only_inside_isolates() {
    each_pair(|_, _, diagnosis, tip| {
        for display in [&diagnosis.display, &tip.display] {
            let mut inside = false;
            for c in display.chars() {
                match c {
                    ISOLATE_START => inside = true,
                    ISOLATE_END => inside = false,
                    c if c.is_ascii_alphanumeric() || c == '#' => assert!(inside, "{display}"),
                    _ => {}
                }
            }
            assert!(!inside, "{display}");
        }
    });
}

#[test]
fn a_finger_is_feminine_and_a_string_masculine() {
    let feminine = [
        "יושבת",
        "שייכת",
        "נשענת",
        "נוגעת",
        "רחוקה",
        "צריכה",
        "קרובה",
        "מתרוממת",
        "עומדת",
        "לוחצת",
    ];
    let masculine = [
        "נשמע",
        "נחנק",
        "מזמזם",
        "מצלצל",
        "נמוך",
        "גבוה",
        "צריך",
        "עמום",
        "נמתח",
        "קצת",
        "שקט",
        "התעורר",
        "נרדם",
        "לוחש",
        "מתחבא",
        "בורח",
        "ירד",
    ];
    for wording in styled() {
        for text in [wording.diagnosis, wording.tip] {
            if let Some(after) = text.strip_prefix("{finger} ") {
                let verb = after.split([' ', ',', '.']).next().unwrap();
                assert!(feminine.contains(&verb) || matches!(verb, "במקום" | "על"), "{text}");
            }
            if let Some(after) = text.strip_prefix("המיתר {string} ") {
                let verb = after.split([' ', ',', '.']).next().unwrap();
                assert!(
                    masculine.contains(&verb) || matches!(verb, "לא" | "עולה" | "עוד" | "במקום"),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn a_verb_after_the_address_is_addressed_as_well() {
    // «תפרטי חלש ולהקשיב»: an infinitive that follows what was addressed.
    let infinitive = |word: &str| word.starts_with('ל') && word.chars().count() > 3;
    for wording in styled() {
        for text in [wording.diagnosis, wording.tip] {
            let Some((_, after)) = text.rsplit_once(']') else { continue };
            let words: Vec<&str> = after.split([' ', ',', '.']).collect();
            let and = words.iter().filter_map(|word| word.strip_prefix('ו'));
            let or = words.windows(2).filter(|two| two[0] == "או").map(|two| two[1]);
            let left: Vec<&str> =
                and.chain(or).filter(|word| *word != "לאט" && infinitive(word)).collect();
            assert_eq!(left, Vec::<&str>::new(), "{text}");
        }
    }
}

/// `cargo test --release -p tutor --lib -- --ignored --nocapture samples > FILE` writes 200 of them.
#[test]
#[ignore = "prints sentences to be read by a person"]
fn samples() {
    let mut all: Vec<Vec<String>> = vec![Vec::new(); wordings().len()];
    each_pair(|wording, _, diagnosis, tip| {
        let id = super::table::row_of(wording.condition).map_or("-", |row| row.id);
        let Some(at) = wordings().iter().position(|other| other == wording) else { return };
        let text = format!("{id}\t{} {}\t{}", diagnosis.speech, tip.speech, diagnosis.ipa);
        all[at].push(text);
    });
    // Through all wordings; steps of a prime through what the slots make of one.
    let chosen = |n: usize| {
        let ways = &all[n * all.len() / 200];
        ways[n * 7919 % ways.len()].clone()
    };
    (0..200).for_each(|n| println!("{}", chosen(n)));
}
