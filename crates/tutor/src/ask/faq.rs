//! The questions the teacher knows and what it answers, read once from `data/faq/*.txt`.
//!
//! An entry: `ID name | what it is about`, then lines that begin with
//! `?` a way to ask it, `=` the first sentence of the answer, `>` the second (one concrete tip),
//! `=:` and `>:` the same where the slots in them can be filled, `!` a property.
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
    pub(super) first: &'static str,
    pub(super) tip: &'static str,
    /// First sentence and tip with slots.
    pub(super) filled: Option<(&'static str, &'static str)>,
}

impl Entry {
    /// Whether the evidence of an event answers it better than the general words.
    pub(super) fn asks_evidence(&self) -> bool {
        self.properties.contains(&"event")
    }

    /// Whether it can only be answered for a chord.
    pub(super) fn needs_chord(&self) -> bool {
        self.properties.contains(&"chord")
    }
}

const FILES: [&str; 1] = [include_str!("../../data/faq/talk.txt")];

static ENTRIES: LazyLock<Vec<Entry>> =
    LazyLock::new(|| FILES.iter().flat_map(|text| read(text)).collect());

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
            "=:" => entry.filled = Some((rest, "")),
            ">:" => entry.filled = entry.filled.map(|(first, _)| (first, rest)),
            _ => {}
        }
    }
    found
}

fn heading(id: &'static str, rest: &'static str) -> Option<Entry> {
    let (name, title) = rest.split_once(" | ")?;
    Some(Entry { id, name, title, ..Entry::default() })
}
