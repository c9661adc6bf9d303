//! Which words mean the same: concepts from `data/faq/concepts.txt`, and a light stem for the rest.
//!
//! Knows no grammar: prefixes are peeled off letter by letter, endings by a short list, and a slip
//! of one letter in a long word is forgiven.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::text::{fold, one_slip_apart};

pub(super) static TEXT: &str = include_str!("../../data/faq/concepts.txt");

/// Letters that are written together with the word they stand before.
const PREFIXES: &str = "והבלשכמ";
/// Prefixes that may stand before one word: «ושכשמה…» is not written in a question.
const MOST_PREFIXES: usize = 3;
/// A slip is forgiven in words of so many letters; shorter ones have too many neighbours.
const LONG_WORD: usize = 5;

/// Meanings of the guitar and of the lesson: a text with one of them is hardly about something else.
pub(super) const ANCHORS: &[&str] = &[
    "guitar",
    "string",
    "fret",
    "neck",
    "peg",
    "bridge",
    "pick",
    "strap",
    "capo",
    "tuner",
    "metronome",
    "amp",
    "finger",
    "index",
    "middle",
    "ringf",
    "pinky",
    "thumb",
    "nail",
    "buzz",
    "chord",
    "<chord>",
    "barre",
    "major",
    "minor",
    "seventh",
    "strum",
    "pattern",
    "pluck",
    "play",
    "melody",
    "practice",
    "tuneword",
    "tuning",
    "offkey",
    "rhythm",
    "beat",
    "bar",
    "bpm",
    "song",
    "sing",
    "scale",
    "pentatonic",
    "improvise",
    "octave",
    "semitone",
    "sharp",
    "flat",
    "tab",
    "diagram",
    "progression",
    "callus",
    "classical",
    "acoustic",
    "electric",
    "nylon",
    "app",
    "camera",
    "mic",
    "note",
    "sound",
    "hammer",
    "bend",
    "harmonic",
    "palm",
    "power",
    "lefty",
    "hand",
    "half_tone",
    "drop_d",
    "campfire",
    "press",
    "mute",
    "internet",
    "workstation",
    "lesson_step",
    "teach",
    "talkword",
    "privacy",
    "delete",
    "backup",
    "student",
    "update",
    "bug",
    "address_form",
    "style",
    "mirror",
    "command",
    "headphones",
    "hear",
    "tired",
    "numb",
    "wound",
    "illness",
    "broken",
    "child",
];

/// Surface forms and what they mean.
#[derive(Default)]
struct Vocabulary {
    words: HashMap<String, &'static str>,
    /// Beginnings of words, by their first two letters; the longest counts.
    stems: HashMap<[char; 2], Vec<(String, &'static str)>>,
    /// Long surface forms, for slips.
    long: Vec<(Vec<char>, &'static str)>,
    /// Several words that are one meaning.
    phrases: Vec<(Vec<String>, &'static str)>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut read = Vocabulary::default();
    let lines = TEXT.lines().filter(|line| !line.starts_with('#'));
    for (name, surfaces) in lines.filter_map(|line| line.split_once(':')) {
        for surface in surfaces.split_whitespace() {
            read.add(name.trim(), surface);
        }
    }
    for stems in read.stems.values_mut() {
        stems.sort_by_key(|(stem, _)| std::cmp::Reverse(stem.len()));
    }
    read
});

impl Vocabulary {
    fn add(&mut self, name: &'static str, surface: &str) {
        if surface.contains('+') {
            self.phrases.push((surface.split('+').map(fold).collect(), name));
            return;
        }
        let stem = fold(surface.trim_end_matches('*'));
        let letters: Vec<char> = stem.chars().collect();
        if letters.len() >= LONG_WORD {
            self.long.push((letters.clone(), name));
        }
        match (surface.ends_with('*'), &letters[..]) {
            (true, [first, second, ..]) => {
                self.stems.entry([*first, *second]).or_default().push((stem, name));
            }
            _ => {
                self.words.insert(stem, name);
            }
        }
    }

    fn plain(&self, word: &str) -> Option<&'static str> {
        if let Some(name) = self.words.get(word) {
            return Some(name);
        }
        let mut letters = word.chars();
        let stems = self.stems.get(&[letters.next()?, letters.next()?])?;
        stems.iter().find(|(stem, _)| word.starts_with(stem.as_str())).map(|(_, name)| *name)
    }
}

/// What a folded word means, with or without prefixes.
pub(super) fn concept(word: &str) -> Option<&'static str> {
    without_prefixes(word).find_map(|rest| VOCABULARY.plain(rest))
}

/// What the first of some folded words mean together, and how many they are. A phrase may have one
/// prefix.
pub(super) fn phrase(words: &[String]) -> Option<(&'static str, usize)> {
    let first = words.first()?;
    let bare = first.strip_prefix(|c| PREFIXES.contains(c)).unwrap_or(first);
    let holds = |phrase: &[String]| {
        words.len() >= phrase.len()
            && (phrase[0] == *first || phrase[0] == bare)
            && words[1..phrase.len()] == phrase[1..]
    };
    let found = VOCABULARY.phrases.iter().filter(|(phrase, _)| holds(phrase));
    found.max_by_key(|(phrase, _)| phrase.len()).map(|(phrase, name)| (*name, phrase.len()))
}

/// Whether there is a meaning of this name.
#[cfg(test)]
pub(super) fn is_meaning(name: &str) -> bool {
    TEXT.lines().any(|line| line.split_once(':').is_some_and(|(known, _)| known == name))
}

/// What a folded word probably means if it is misspelt.
pub(super) fn misspelt(word: &str) -> Option<&'static str> {
    without_prefixes(word).take(2).find_map(|rest| {
        let letters: Vec<char> = rest.chars().collect();
        (letters.len() >= LONG_WORD).then_some(())?;
        let near = |surface: &[char]| surface[0] == letters[0] && one_slip_apart(surface, &letters);
        VOCABULARY.long.iter().find(|(surface, _)| near(surface)).map(|(_, name)| *name)
    })
}

/// The word, then the word without one prefix, without two …
fn without_prefixes(word: &str) -> impl Iterator<Item = &str> {
    let lengths = word.char_indices().map(|(at, _)| at).take(MOST_PREFIXES + 1);
    let ends = lengths.take_while(move |at| word[..*at].chars().all(|c| PREFIXES.contains(c)));
    ends.map(move |at| &word[at..]).filter(|rest| rest.chars().nth(1).is_some())
}

/// A folded word without its commonest prefix and ending: for words that no concept knows.
pub(super) fn stem(word: &str) -> &str {
    let long = |text: &str, least: usize| text.chars().count() >= least;
    let mut rest = word.strip_prefix('ו').filter(|rest| long(rest, 3)).unwrap_or(word);
    rest = rest
        .strip_prefix(['ה', 'ש', 'ב', 'ל', 'כ', 'מ'])
        .filter(|rest| long(rest, 4))
        .unwrap_or(rest);
    for ending in ["יות", "ימ", "ות", "ינ", "ה", "ת", "י", "כ"] {
        if let Some(bare) = rest.strip_suffix(ending).filter(|bare| long(bare, 3)) {
            return bare;
        }
    }
    rest
}

/// What may be left of a folded word's root: without the letters that forms begin and end with,
/// and without the vowel letters, so that «מחליפימ», «להחליפ» and «החלפה» are one.
pub(super) fn root(word: &str) -> String {
    const LEAST: usize = 3;
    let mut rest = word;
    for ending in ["ימ", "ות", "תי", "נו", "ה", "ת", "י"] {
        if let Some(bare) = rest.strip_suffix(ending).filter(|bare| bare.chars().count() >= LEAST) {
            rest = bare;
            break;
        }
    }
    let mut letters: Vec<char> = rest.chars().filter(|c| !matches!(c, 'ו' | 'י')).collect();
    while letters.len() > LEAST && "הבלשכמתנא".contains(letters[0]) {
        letters.remove(0);
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_endings_and_slips_do_not_hide_a_word() {
        for (word, name) in [
            ("מיתר", "string"),
            ("והמיתרים", "string"),
            ("כשהמיתר", "string"),
            ("למפרט", "pick"),
            ("מזמזם", "buzz"),
            ("הזמזומים", "buzz"),
            ("שמאלית", "lefty"),
        ] {
            assert_eq!(concept(&fold(word)), Some(name), "{word}");
        }
        assert_eq!(concept(&fold("מטרונם")), None);
        assert_eq!(misspelt(&fold("מטורנום")), Some("metronome"));
        assert_eq!(misspelt(&fold("בננה")), None);
        assert_eq!(stem("והתלמידימ"), "תלמיד");
    }

    #[test]
    fn a_surface_form_has_one_meaning() {
        let mut seen = HashMap::new();
        for (name, surfaces) in
            TEXT.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(':'))
        {
            for surface in surfaces.split_whitespace() {
                let before = seen.insert(fold(surface), name);
                assert!(before.is_none(), "{surface} is {name} and {before:?}");
            }
        }
    }
}
