//! The questions the teacher knows and what it answers, read once from `data/faq/*.txt`.
//!
//! An entry: `ID name | what it is about`, then lines that begin with
//! `?` a way to ask it, `=` the first sentence of the answer, `>` the second (one concrete tip),
//! `=:` and `>:` the same where the slots in them can be filled (several pairs: the first that
//! can), `!` a property.
//! In an answer `[a|b|c]` is the neutral, masculine and feminine address, `{Em}` a chord,
//! `{shown|spoken}` a token that is written otherwise than said, `{slot}` what the code fills in.

use std::sync::LazyLock;

/// One question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Entry {
    /// `F…`, or the row of the diagnosis table that says the same.
    pub(super) id: &'static str,
    /// The intent.
    pub(super) name: &'static str,
    /// What it is about, in English, for people.
    #[cfg_attr(not(test), allow(dead_code, reason = "read by the test that keeps the index"))]
    pub(super) title: &'static str,
    pub(super) properties: Vec<&'static str>,
    pub(super) variants: Vec<&'static str>,
    /// What it is about, in words that follow «על».
    pub(super) topic: &'static str,
    /// What a question about it must hold: groups of meanings, any of a group.
    pub(super) keys: Vec<&'static str>,
    pub(super) first: &'static str,
    pub(super) tip: &'static str,
    /// First sentence and tip with slots, the first of which that can be filled is said.
    pub(super) filled: Vec<(&'static str, &'static str)>,
}

impl Entry {
    /// Whether the evidence of an event answers it better than the general words.
    pub(super) fn asks_evidence(&self) -> bool {
        self.properties.iter().any(|property| property.starts_with("event"))
    }

    /// Whether what was measured against the beat answers it, and not what the strings did.
    pub(super) fn asks_timing(&self) -> bool {
        self.properties.contains(&"event rhythm")
    }

    /// Whether it can only be answered for a chord.
    pub(super) fn needs_chord(&self) -> bool {
        self.properties.contains(&"chord")
    }
}

const FILES: [&str; 13] = [
    include_str!("../../data/faq/technique.txt"),
    include_str!("../../data/faq/sound.txt"),
    include_str!("../../data/faq/chords.txt"),
    include_str!("../../data/faq/rhythm.txt"),
    include_str!("../../data/faq/theory.txt"),
    include_str!("../../data/faq/tuning.txt"),
    include_str!("../../data/faq/care.txt"),
    include_str!("../../data/faq/body.txt"),
    include_str!("../../data/faq/motivation.txt"),
    include_str!("../../data/faq/songs.txt"),
    include_str!("../../data/faq/app.txt"),
    include_str!("../../data/faq/people.txt"),
    include_str!("../../data/faq/talk.txt"),
];

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut entries: Vec<Entry> = FILES.iter().flat_map(|text| read(text)).collect();
    let keys = include_str!("../../data/faq/keys.txt").lines().filter(|l| !l.starts_with('#'));
    for (id, ways) in keys.filter_map(|line| line.split_once(": ")) {
        if let Some(entry) = entries.iter_mut().find(|entry| entry.id == id) {
            entry.keys = ways.split("; ").collect();
        }
    }
    let topics = include_str!("../../data/faq/topics.txt").lines().filter(|l| !l.starts_with('#'));
    for (id, topic) in topics.filter_map(|line| line.split_once(": ")) {
        if let Some(entry) = entries.iter_mut().find(|entry| entry.id == id) {
            entry.topic = topic;
        }
    }
    entries
});

/// Every entry, in the order of the files.
pub(super) fn all() -> &'static [Entry] {
    &ENTRIES
}

/// The entry of a name.
pub(super) fn named(name: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.name == name)
}

/// The entries of one file.
pub(super) fn read(text: &'static str) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let Some((head, rest)) = line.split_once(' ') else { continue };
        let Some(entry) = found.last_mut().filter(|_| !head.starts_with(char::is_alphabetic))
        else {
            found.extend(heading(head, rest));
            continue;
        };
        match head {
            "?" => entry.variants.push(rest),
            "!" => entry.properties.push(rest),
            "=" => entry.first = rest,
            ">" => entry.tip = rest,
            "=:" => entry.filled.push((rest, "")),
            ">:" => {
                if let Some((_, tip)) = entry.filled.last_mut() {
                    *tip = rest;
                }
            }
            _ => {}
        }
    }
    found
}

fn heading(id: &'static str, rest: &'static str) -> Option<Entry> {
    let (name, title) = rest.split_once(" | ")?;
    Some(Entry { id, name, title, ..Entry::default() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::vocabulary::is_meaning;
    use super::*;

    #[test]
    fn the_index_lists_every_question() {
        let lines: Vec<String> = all()
            .iter()
            .filter(|entry| !entry.variants.is_empty())
            .map(|entry| format!("{}\t{}\t{}", entry.id, entry.name, entry.title))
            .collect();
        let index: Vec<&str> = include_str!("../../data/faq/index").lines().collect();
        assert_eq!(index, lines);
    }

    #[test]
    fn every_entry_is_whole_and_its_own() {
        assert!(all().len() >= 150, "{}", all().len());
        let ids: BTreeSet<&str> = all().iter().map(|entry| entry.id).collect();
        let names: BTreeSet<&str> = all().iter().map(|entry| entry.name).collect();
        assert_eq!((ids.len(), names.len()), (all().len(), all().len()));
        let mut asked = BTreeSet::new();
        for entry in all() {
            assert!(!entry.first.is_empty() && !entry.tip.is_empty(), "{}", entry.id);
            let whole = |(first, tip): &(&str, &str)| !first.is_empty() && !tip.is_empty();
            assert!(entry.filled.iter().all(whole), "{}", entry.id);
            let asked_back = !entry.variants.is_empty() && entry.name != "out_of_scope";
            assert_eq!(!entry.topic.is_empty(), asked_back, "{}: a topic", entry.id);
            for text in &entry.variants {
                assert!(asked.insert(*text), "{}: «{text}» is asked twice", entry.id);
            }
        }
    }

    /// Both sentences of every answer, with and without slots.
    fn sentences() -> impl Iterator<Item = (&'static str, &'static str)> {
        all().iter().flat_map(|entry| {
            let filled = entry.filled.iter().flat_map(|(first, tip)| [*first, *tip]);
            [entry.first, entry.tip].into_iter().chain(filled).map(|text| (entry.id, text))
        })
    }

    /// The groups `[neutral|m|f]` of a template, and its words outside them; `[]` for a group.
    fn addressed(text: &'static str) -> (Vec<Vec<&'static str>>, Vec<&'static str>) {
        let (mut groups, mut outside) = (Vec::new(), Vec::new());
        for part in text.split_inclusive(['[', ']']) {
            match part.strip_suffix(']') {
                Some(group) => {
                    groups.push(group.split('|').collect());
                    outside.push("[]");
                }
                None => outside.extend(words(part.trim_end_matches('['))),
            }
        }
        (groups, outside)
    }

    fn words(text: &'static str) -> impl Iterator<Item = &'static str> {
        text.split([' ', ',', '.', '?']).filter(|word| !word.is_empty())
    }

    #[test]
    fn the_whole_of_an_answer_follows_the_address() {
        // What governs an infinitive in every form: «בלי להרים», «תנסי לשאול».
        const GOVERNS: [&str; 13] = [
            "בלי",
            "אפשר",
            "מותר",
            "קל",
            "קשה",
            "טבעי",
            "שנוח",
            "שאוהבים",
            "שרוצים",
            "רוצה",
            "ממנו",
            "כדי",
            "תנסי",
        ];
        let groups = || sentences().flat_map(|(_, text)| addressed(text).0);
        let neutral: BTreeSet<&str> = groups()
            .flat_map(|group| words(group[0]))
            .map(|word| word.trim_start_matches('ו'))
            .filter(|word| word.starts_with('ל') && word.chars().count() >= 4)
            .collect();
        let told: BTreeSet<&str> =
            groups().flat_map(|group| words(group[1]).chain(words(group[2]))).collect();
        assert!(neutral.len() > 80 && groups().count() > 250);
        for (id, text) in sentences() {
            let (groups, outside) = addressed(text);
            for group in &groups {
                let [neutral, masculine, feminine] = group[..] else { panic!("{id}: {text}") };
                assert!(words(neutral).all(|word| !told.contains(word) || group[1].contains(word)));
                assert!(!masculine.contains("כדאי") && !feminine.contains("כדאי"), "{id}: {text}");
                assert_ne!(masculine, feminine, "{id}: {text}");
            }
            let tries = groups.iter().any(|group| group[2] == "תנסי");
            for (at, word) in outside.iter().enumerate().filter(|_| !groups.is_empty()) {
                let bare = word.strip_prefix('ו').unwrap_or(word);
                let before = at.checked_sub(1).map_or("", |before| outside[before]);
                let governed = GOVERNS.contains(&before) || before == "[]" && tries;
                let free = neutral.contains(bare) || word.starts_with("ול") && *word != "ולא";
                assert!(!free || governed, "{id}: «{word}» has one form for all: {text}");
            }
            for word in words(text) {
                let plural = word.ends_with("כם") && word != "חכם" || word == "אתם";
                assert!(!plural, "{id}: {word}");
            }
        }
    }

    #[test]
    fn keys_name_known_meanings_of_known_entries() {
        for line in include_str!("../../data/faq/keys.txt").lines().filter(|l| !l.starts_with('#'))
        {
            let (id, ways) = line.split_once(": ").unwrap();
            assert!(all().iter().any(|entry| entry.id == id), "{id}");
            for name in ways.split(['|', ' ', ';']).filter(|name| !name.is_empty()) {
                assert!(name.starts_with('<') || is_meaning(name), "{id}: {name}");
            }
        }
    }
}
