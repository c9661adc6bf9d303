//! Styles of teaching: which words a teacher prefers, how soon a fault is said, how often praise.
//!
//! A style is a YAML file that a student may write; five are built in. It may only choose other
//! words for what the table has found, and every one of them is checked: one sentence, known slots,
//! no Latin letters, no direction words. What is said, it cannot change.

use std::sync::{Arc, LazyLock};

use serde::Deserialize;
use serde_saphyr::{Location, Spanned};
use thiserror::Error;

use crate::Level;
use crate::diagnosis::condition;
use crate::diagnosis::table::{Condition, Row, wordings};
use crate::hebrew::pronounce;

const VERSION: u8 = 1;
/// Longest style file, in bytes.
const LONGEST: usize = 64 * 1024;
/// Longest sentence, in words.
const WORDS: usize = 12;
/// Words that no teacher here says: of failure, of perfection, and directions, which mean nothing
/// on a guitar.
pub(crate) const FORBIDDEN: [&str; 14] = [
    "טעות",
    "טעית",
    "שגוי",
    "נכשל",
    "מושלם",
    "אנא",
    "למעלה",
    "למטה",
    "ימין",
    "ימינה",
    "שמאל",
    "שמאלה",
    "מעל",
    "!",
];

/// How a teacher teaches.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Style {
    /// Its name, in Hebrew.
    pub name: String,
    /// In how many of the last three attempts a fault is there before it is said; none: as the
    /// table has it, twice.
    repeat: Option<u8>,
    praise: Praise,
    ways: Vec<Way>,
}

/// How often a clean strum is praised aloud. It is always shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Praise {
    /// The first one, then as the table has it.
    #[default]
    Usual,
    /// Only a string that rings now and did not before, and five in a row.
    Seldom,
}

/// Words for one condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Way {
    pub(crate) condition: Condition,
    pub(crate) heard: String,
    pub(crate) try_this: String,
}

/// Why a style was refused, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StyleError {
    /// Not YAML of this shape.
    #[error("line {line}: {what}")]
    Malformed {
        /// Counted from 1; 0 where it is not known.
        line: u64,
        /// What the reader met.
        what: String,
    },
    /// A value or a sentence that cannot be.
    #[error("line {line}: {fault}")]
    Line {
        /// Counted from 1.
        line: u64,
        /// What is wrong with it.
        fault: Fault,
    },
    /// Longer than any style.
    #[error("this file is too long for a style; 64 KiB are enough")]
    TooLong,
}

/// What is wrong with one line of a style.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// No condition of the table.
    #[error("`{0}` is no condition; take one that stands in data/rows.csv")]
    Condition(String),
    /// More or less than one sentence.
    #[error("write one sentence that ends with a full stop or a question mark")]
    Sentences,
    /// Too long to be read from a music stand.
    #[error("{0} words are too many for one sentence; twelve are the most")]
    Words(usize),
    /// A slot that this condition does not fill.
    #[error("`{{{0}}}` is not known here; this condition fills {1}")]
    Slot(String, String),
    /// Not the three forms of address.
    #[error("write three forms in brackets: [neutral|masculine|feminine]")]
    Address,
    /// Latin letters or digits.
    #[error("`{0}` cannot be spoken; write it in Hebrew letters")]
    Letters(String),
    /// A word that is not said here.
    #[error("«{0}» is not said here")]
    Forbidden(String),
    /// Another version of this format.
    #[error("version {0} of a style is not known; write v: 1")]
    Version(u8),
    /// A number outside its range.
    #[error("{0} attempts of three are impossible; write 1, 2 or 3")]
    Repeat(u8),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    v: Spanned<u8>,
    name: String,
    repeat: Option<Spanned<u8>>,
    #[serde(default)]
    praise: Praise,
    #[serde(default)]
    say: Vec<RawWay>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWay {
    when: Spanned<String>,
    heard: Spanned<String>,
    #[serde(rename = "try")]
    try_this: Spanned<String>,
}

static BUILT_IN: LazyLock<Vec<(&'static str, Arc<Style>)>> = LazyLock::new(|| {
    let read = |text: &str| Arc::new(Style::parse(text).unwrap_or_default());
    TEXTS.iter().map(|(id, text)| (*id, read(text))).collect()
});

const TEXTS: [(&str, &str); 5] = [
    ("patient", include_str!("../data/styles/patient.yaml")),
    ("brief", include_str!("../data/styles/brief.yaml")),
    ("playful", include_str!("../data/styles/playful.yaml")),
    ("child", include_str!("../data/styles/child.yaml")),
    ("strict", include_str!("../data/styles/strict.yaml")),
];

impl Style {
    /// Ids and Hebrew names of the styles that are built in; the first is the usual one.
    pub fn built_in() -> impl Iterator<Item = (&'static str, &'static str)> {
        BUILT_IN.iter().map(|(id, style)| (*id, style.name.as_str()))
    }

    /// A style that is built in.
    #[must_use]
    pub fn named(id: &str) -> Option<Arc<Self>> {
        BUILT_IN.iter().find(|(other, _)| *other == id).map(|(_, style)| Arc::clone(style))
    }

    /// Reads a style and checks every sentence of it.
    ///
    /// # Errors
    /// [`StyleError`] names the line and what to write instead.
    pub fn parse(yaml: &str) -> Result<Self, StyleError> {
        if yaml.len() > LONGEST {
            return Err(StyleError::TooLong);
        }
        let raw: Raw = serde_saphyr::from_str(yaml).map_err(|error| StyleError::Malformed {
            line: error.location().as_ref().map_or(0, Location::line),
            what: error.without_snippet().to_string(),
        })?;
        if raw.v.value != VERSION {
            let (line, fault) = (raw.v.referenced.line(), Fault::Version(raw.v.value));
            return Err(StyleError::Line { line, fault });
        }
        let repeat = raw.repeat.map(checked_repeat).transpose()?;
        let ways = raw.say.into_iter().map(checked_way).collect::<Result<_, _>>()?;
        Ok(Self { name: raw.name, repeat, praise: raw.praise, ways })
    }

    /// Words whose pronunciation is not stored: the voice reads them by letter rules.
    #[must_use]
    pub fn guessed(&self) -> Vec<String> {
        let texts = self.ways.iter().flat_map(|way| [&way.heard, &way.try_this]);
        let forms = texts.flat_map(|text| plain_words(text));
        let mut guessed: Vec<String> = forms.flat_map(|text| pronounce(&text).guessed).collect();
        guessed.sort();
        guessed.dedup();
        guessed
    }

    /// Its own words for a condition; empty: the table's.
    pub(crate) fn ways(&self, condition: Condition) -> impl Iterator<Item = &Way> {
        self.ways.iter().filter(move |way| way.condition == condition)
    }

    /// All its words.
    #[cfg(test)]
    pub(crate) fn all(&self) -> &[Way] {
        &self.ways
    }

    /// How often a row must have been there before it is said aloud. An advanced student is told of
    /// what changed, not of every clean strum.
    pub(crate) fn say(&self, row: &Row, level: Level) -> u8 {
        let seldom = self.praise == Praise::Seldom || level == Level::Advanced;
        let quiet = seldom && row.id == "OK1";
        match (row.say, self.repeat) {
            _ if quiet => SHOWN_ONLY,
            (2, Some(repeat)) => repeat,
            (usual, _) => usual,
        }
    }
}

/// Never said aloud.
const SHOWN_ONLY: u8 = 9;

fn checked_repeat(repeat: Spanned<u8>) -> Result<u8, StyleError> {
    let Spanned { value, referenced, .. } = repeat;
    let fault = Fault::Repeat(value);
    let line = referenced.line();
    if (1..=3).contains(&value) { Ok(value) } else { Err(StyleError::Line { line, fault }) }
}

fn checked_way(raw: RawWay) -> Result<Way, StyleError> {
    let at = |spanned: &Spanned<String>, fault| StyleError::Line {
        line: spanned.referenced.line(),
        fault,
    };
    let condition = condition::ALL
        .iter()
        .find(|condition| condition.0 == raw.when.value)
        .ok_or_else(|| at(&raw.when, Fault::Condition(raw.when.value.clone())))?;
    for sentence in [&raw.heard, &raw.try_this] {
        check(&sentence.value, *condition).map_err(|fault| at(sentence, fault))?;
    }
    Ok(Way { condition: *condition, heard: raw.heard.value, try_this: raw.try_this.value })
}

/// Checks one sentence in all its forms.
fn check(text: &str, condition: Condition) -> Result<(), Fault> {
    let known = slots_of(condition);
    for slot in slots(text) {
        if !known.contains(&slot) {
            let all: Vec<String> = known.iter().map(|slot| format!("{{{slot}}}")).collect();
            let all = if all.is_empty() { "none".to_owned() } else { all.join(" ") };
            return Err(Fault::Slot(slot, all));
        }
    }
    let brackets = text.split('[').skip(1).map(|rest| rest.split_once(']'));
    let three = |forms: Option<(&str, &str)>| forms.is_some_and(|f| f.0.matches('|').count() == 2);
    if !brackets.into_iter().all(three) {
        return Err(Fault::Address);
    }
    plain_words(text).iter().try_for_each(|form| check_form(form))
}

fn check_form(form: &str) -> Result<(), Fault> {
    if !form.ends_with(['.', '?']) || form.matches(['.', '?', '!']).count() != 1 {
        return Err(Fault::Sentences);
    }
    let words: Vec<&str> = form.split_whitespace().collect();
    if words.len() > WORDS {
        return Err(Fault::Words(words.len()));
    }
    for word in words {
        let bare = word.trim_matches(['.', ',', '?']);
        let spoken = |c: char| ('א'..='ת').contains(&c) || c == '\'';
        if bare.is_empty() || !bare.chars().all(spoken) {
            return Err(Fault::Letters(word.to_owned()));
        }
        if FORBIDDEN.contains(&bare) {
            return Err(Fault::Forbidden(bare.to_owned()));
        }
    }
    Ok(())
}

/// A template in its three forms of address, every slot filled by a word.
fn plain_words(template: &str) -> Vec<String> {
    use crate::Address::{Feminine, Masculine, Neutral};
    let mut filled = String::new();
    let mut rest = template;
    while let Some((head, tail)) = rest.split_once('{') {
        filled.push_str(head);
        filled.push_str("שלוש");
        rest = tail.split_once('}').map_or("", |(_, after)| after);
    }
    filled.push_str(rest);
    let form = |address| crate::diagnosis::choose_address(&filled, address);
    [Neutral, Masculine, Feminine].map(form).to_vec()
}

fn slots(template: &str) -> Vec<String> {
    let parts = template.split('{').skip(1);
    parts.map(|part| part.split_once('}').map_or(part, |(name, _)| name).to_owned()).collect()
}

/// The slots that the table's own words for a condition use: those are filled.
fn slots_of(condition: Condition) -> Vec<String> {
    let own = wordings().iter().filter(|wording| wording.condition == condition);
    let mut all: Vec<String> =
        own.flat_map(|w| [slots(w.diagnosis), slots(w.tip)].concat()).collect();
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;

    fn style(say: &str) -> String {
        format!("v: 1\nname: שלי\nsay:\n{say}")
    }

    #[test]
    fn what_is_built_in_is_read_and_pronounced() {
        for (id, text) in TEXTS {
            let style = Style::parse(text).unwrap_or_else(|error| panic!("{id}: {error}"));
            assert_eq!(style.guessed(), Vec::<String>::new(), "{id}");
            assert!(!style.name.is_empty());
        }
        assert_eq!(Style::built_in().count(), TEXTS.len());
        assert!(Style::named("child").is_some() && Style::named("loud").is_none());
    }

    #[test]
    fn errors_name_the_line() {
        let way = |when: &str, heard: &str| {
            style(&format!("  - when: {when}\n    heard: {heard}\n    try: עוד פעם אחת.\n"))
        };
        for (text, line, part) in [
            (way("nonsense", "טוב."), 4, "no condition"),
            (way("dead_open", "טוב. יופי."), 5, "one sentence"),
            (way("dead_open", "טוב"), 5, "one sentence"),
            (way("dead_open", "המיתר {fret} נחנק."), 5, "this condition fills {string}"),
            (way("dead_open", "\"[תעגל|תעגלי] אותו.\""), 5, "three forms"),
            (way("dead_open", "מיתר 3 נחנק."), 5, "`3` cannot"),
            (way("dead_open", "האצבע למעלה."), 5, "not said here"),
            (style("  - when: clean\n    heard: טוב.\n"), 5, "missing field"),
            ("v: 2\nname: א\n".to_owned(), 1, "version 2"),
            ("v: 1\nname: א\nrepeat: 5\n".to_owned(), 3, "impossible"),
            ("v: 1\nname: א\nloud: yes\n".to_owned(), 3, "unknown field"),
        ] {
            let error = Style::parse(&text).unwrap_err();
            let (StyleError::Malformed { line: at, .. } | StyleError::Line { line: at, .. }) =
                &error
            else {
                panic!("{error}")
            };
            assert!(*at == line && error.to_string().contains(part), "{text}\n{error}");
        }
        assert_eq!(Style::parse(&"#".repeat(LONGEST + 1)), Err(StyleError::TooLong));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,200}") {
            let _ = Style::parse(&text);
        }
    }
}
