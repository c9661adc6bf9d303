//! What a text holds for the recognition: meanings, stems, pairs of them, runs of letters, each with
//! its weight before rarity.
//!
//! Knows no question and decides nothing.

use theory::{Chord, Quality};

use super::chords::{Mention, Reading, mentions};
use super::text::{fold, words};
use super::vocabulary::{ANCHORS, concept, misspelt, phrase, root, stem};

/// A meaning weighs most; letters only tip the balance and forgive.
const CONCEPT: f32 = 1.0;
const STEM: f32 = 0.9;
const KNOWN_STEM: f32 = 0.6;
const ROOT: f32 = 0.5;
const PAIR: f32 = 0.5;
/// Two that stand one apart.
const APART: f32 = 0.3;
const FIRST: f32 = 0.3;
const LETTERS: f32 = 0.2;
const KNOWN_LETTERS: f32 = 0.12;
/// Lengths of the runs of letters.
const RUNS: std::ops::RangeInclusive<usize> = 2..=4;
/// What is the same in every text, and whether anything of the guitar is in it.
const ALWAYS: f32 = 0.3;
const ANCHORED: f32 = 0.5;

/// A feature and its weight.
pub(super) type Feature = (String, f32);

/// Words that carry no question.
const FILLERS: [&str; 24] = [
    "אה",
    "אהה",
    "אממ",
    "רגע",
    "תגיד",
    "תגידי",
    "נו",
    "כאילו",
    "בעצמ",
    "סליחה",
    "בבקשה",
    "היי",
    "שלומ",
    "אוקיי",
    "אוקי",
    "תשמע",
    "תשמעי",
    "פשוט",
    "ממש",
    "יעני",
    "אז",
    "כזה",
    "פריטה",
    "הלו",
];

/// Every choice of one meaning from each group.
pub(super) fn combinations(key: &str) -> Vec<Vec<Feature>> {
    let mut all: Vec<Vec<Feature>> = vec![Vec::new()];
    for group in key.split(' ') {
        let longer = |way: &Vec<(String, f32)>| -> Vec<Vec<Feature>> {
            let with = |name| {
                let mut way = way.clone();
                way.push((format!("c:{name}"), CONCEPT));
                way
            };
            group.split('|').map(with).collect()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// What a text holds, each feature with its weight before rarity.
pub(super) fn features(text: &str) -> Vec<Feature> {
    let words = words(text);
    let chords = mentions(&words);
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let mut found = Vec::new();
    let mut units: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(chord) = chords.iter().find(|m| m.at == at) {
            units.push("<chord>".to_owned());
            found.push(("c:<chord>".to_owned(), CONCEPT));
            found.extend(quality(chord).map(|name| (format!("c:{name}"), CONCEPT)));
            if words[at].starts_with(|c: char| c.is_ascii_alphabetic()) {
                found.push(("c:<latin>".to_owned(), CONCEPT));
            }
            at += chord.len;
            continue;
        }
        if let Some((name, length)) = phrase(&folded[at..]) {
            units.push(name.to_owned());
            found.push((format!("c:{name}"), CONCEPT));
            at += length;
            continue;
        }
        let word = folded[at].clone();
        at += 1;
        if FILLERS.contains(&word.as_str()) {
            continue;
        }
        units.push(unit(&word, &mut found));
    }
    if slashed(text) {
        found.push(("c:slash".to_owned(), CONCEPT));
    }
    if chords.len() > 1 {
        found.push(("c:<chords>".to_owned(), CONCEPT));
    }
    let pair = |a: &str, b: &str, weight| (format!("p:{a}_{b}"), weight);
    found.extend(units.windows(2).map(|two| pair(&two[0], &two[1], PAIR)));
    found.extend(units.windows(3).map(|three| pair(&three[0], &three[2], APART)));
    found.extend(units.first().map(|first| (format!("f:{first}"), FIRST)));
    let anchored = found
        .iter()
        .any(|(name, _)| name.strip_prefix("c:").is_some_and(|meaning| ANCHORS.contains(&meaning)));
    found.push((if anchored { "a:guitar" } else { "a:none" }.to_owned(), ANCHORED));
    found.push(("b:".to_owned(), ALWAYS));
    found
}

/// Whether a stroke stands between two Latin letters: «D/F#».
fn slashed(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let latin = |c: char| c.is_ascii_alphabetic() || c == '#';
    letters.windows(3).any(|three| latin(three[0]) && three[1] == '/' && latin(three[2]))
}

/// What a chord's name says of its kind: «מינור» is also a meaning of its own.
fn quality(chord: &Mention) -> Option<&'static str> {
    let Reading::One(Chord { quality, .. }) = chord.reading else { return None };
    match quality {
        Quality::Min => Some("minor"),
        Quality::Maj if chord.len > 1 => Some("major"),
        Quality::Dom7 | Quality::Maj7 | Quality::Min7 => Some("seventh"),
        Quality::Sus2 | Quality::Sus4 => Some("sus"),
        Quality::Power => Some("power"),
        _ => None,
    }
}

/// Adds the features of one folded word; returns what stands for it in pairs.
fn unit(word: &str, found: &mut Vec<Feature>) -> String {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        found.push(("c:<number>".to_owned(), CONCEPT * 0.5));
        return "<number>".to_owned();
    }
    found.push((format!("r:{}", root(word)), ROOT));
    let letters: Vec<char> = format!("^{word}$").chars().collect();
    let mut runs = |weight| {
        for run in RUNS.flat_map(|length| letters.windows(length)) {
            found.push((format!("l:{}", run.iter().collect::<String>()), weight));
        }
    };
    if let Some(name) = concept(word).or_else(|| misspelt(word)) {
        runs(KNOWN_LETTERS);
        found.push((format!("c:{name}"), CONCEPT));
        found.push((format!("s:{}", stem(word)), KNOWN_STEM));
        return name.to_owned();
    }
    runs(LETTERS);
    let stem = stem(word);
    found.push((format!("s:{stem}"), STEM));
    stem.to_owned()
}

/// Whether a feature is the stem of a word that no meaning knows.
pub(super) fn is_own_word((name, weight): &Feature) -> bool {
    name.starts_with("s:") && *weight > KNOWN_STEM
}
