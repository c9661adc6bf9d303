//! Everything the course can say, with every value of every slot.

use theory::{Chord, Quality};

use super::song::own_songs;
use super::words::{self, Slots};
use super::{Order, chapters, steps};
use crate::diagnosis::table::records;
use crate::hebrew::{ISOLATE_END, ISOLATE_START, pronounce};
use crate::review::Item;
use crate::{Address, NoteNames, Phrase};

const FORBIDDEN: [&str; 9] = ["טעות", "שגוי", "נכשל", "מושלם", "אנא", "ימין", "שמאל", "מעל", "!"];

fn slots() -> Vec<Slots> {
    let chords: Vec<Chord> = (0..12)
        .flat_map(|root| Quality::HEARD.map(|q| Chord::new(theory::PitchClass(root), q)))
        .collect();
    let mut all: Vec<Slots> = steps().iter().map(|step| Slots::of(&step.items)).collect();
    for (place, chord) in chords.iter().enumerate() {
        let other = chords[(place + 7) % chords.len()];
        all.push(Slots::of(&[Item::Pair(*chord, other)]));
    }
    all.extend(own_songs().iter().map(|song| Slots::default().titled(&song.title)));
    let strums = theory::STRUM_COURSE.iter().map(|strum| Item::Pattern(strum.pattern()));
    all.extend(strums.map(|item| Slots::of(&[item])));
    let named = all.iter().filter(|slots| !slots.chords.is_empty()).cloned();
    let letters: Vec<Slots> = named.map(|slots| slots.naming(NoteNames::Letters)).collect();
    all.extend(letters);
    all
}

/// Whether all that a template asks for is there.
fn fits(template: &str, slots: &Slots) -> bool {
    let has = |name: &str, there: bool| !template.contains(&format!("{{{name}}}")) || there;
    has("a", !slots.chords.is_empty())
        && has("chords", !slots.chords.is_empty())
        && has("b", slots.chords.len() > 1)
        && has("pattern", slots.pattern.is_some())
        && has("song", slots.song.is_some())
}

fn each(mut check: impl FnMut(&Phrase, bool)) -> usize {
    let mut count = 0;
    let tables = [
        (include_str!("../../data/course/titles.csv"), false),
        (include_str!("../../data/course/whys.csv"), true),
    ];
    for (table, sentence) in tables {
        for fields in records(table) {
            let [_, template] = fields[..] else { panic!("{fields:?}") };
            let before = count;
            for slots in slots().iter().filter(|slots| fits(template, slots)) {
                for address in [Address::Neutral, Address::Masculine, Address::Feminine] {
                    check(&words::fill(template, slots, address), sentence);
                    count += 1;
                }
            }
            assert!(count > before, "nothing fits {template}");
        }
    }
    for chapter in chapters() {
        check(&chapter.title(), false);
        count += 1;
    }
    for fields in records(include_str!("../../data/course/results.csv")) {
        for number in 1..=240 {
            for phrase in words::fill_counts(fields[0], number, Address::Neutral) {
                check(&phrase, true);
                count += 1;
            }
        }
    }
    count
}

#[test]
fn a_why_is_one_short_sentence_and_a_title_none() {
    let count = each(|phrase, sentence| {
        let ends = phrase.display.matches(['.', '?']).count();
        assert_eq!(ends, usize::from(sentence), "{}", phrase.display);
        assert_eq!(phrase.display.ends_with('.'), sentence, "{}", phrase.display);
        assert!(!phrase.display.contains(['{', '}', '[', '|', ';']), "{}", phrase.display);
        assert!(phrase.speech.split(' ').count() <= 20, "{}", phrase.speech);
        for word in phrase.speech.split(' ').map(|word| word.trim_matches([',', '.'])) {
            assert!(!FORBIDDEN.contains(&word), "{}", phrase.speech);
        }
    });
    assert!(count > 1_000, "only {count}");
}

#[test]
fn speech_is_hebrew_and_every_word_is_in_the_lexicon() {
    let mut guessed = std::collections::BTreeSet::new();
    each(|phrase, _| {
        // Points tell the names of letters from the words that are written alike.
        let hebrew = |c: char| {
            ('א'..='ת').contains(&c)
                || ('\u{5B0}'..='\u{5C7}').contains(&c)
                || matches!(c, ' ' | '.' | ',' | '\'')
        };
        assert!(phrase.speech.chars().all(hebrew), "{}", phrase.speech);
        guessed.extend(pronounce(&phrase.speech).guessed);
        assert_eq!(phrase.ipa.split(' ').count(), phrase.speech.split(' ').count());
    });
    assert!(guessed.is_empty(), "{guessed:?}");
}

#[test]
fn latin_stands_only_inside_isolates() {
    each(|phrase, _| {
        let mut inside = false;
        for c in phrase.display.chars() {
            match c {
                ISOLATE_START => inside = true,
                ISOLATE_END => inside = false,
                c if c.is_ascii_alphanumeric() || c == '#' => {
                    assert!(inside, "{}", phrase.display);
                }
                _ => {}
            }
        }
        assert!(!inside, "{}", phrase.display);
    });
}

#[test]
fn every_step_has_a_title_and_a_reason() {
    let keys = |table: &'static str| -> Vec<&str> {
        records(table).filter_map(|fields| fields.first().copied()).collect()
    };
    let titles = keys(include_str!("../../data/course/titles.csv"));
    let whys = keys(include_str!("../../data/course/whys.csv"));
    for step in steps() {
        assert!(
            titles.contains(&step.kind.key()) && whys.contains(&step.kind.key()),
            "{}",
            step.id
        );
        assert!(!step.title().display.ends_with(": "), "{}", step.id);
    }
    for drill in super::drills() {
        assert!(titles.contains(&drill.kind.key()), "{}", drill.id);
    }
    assert_eq!(Order::ALL.len(), 2);
}
