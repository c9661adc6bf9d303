//! Titles and reasons: from a template of the data to a sentence for the screen and for the voice.

use theory::{Chord, StrumPattern};

use crate::diagnosis::{choose_address, table::records};
use crate::hebrew::{isolate, phrase_of_text, pronounce};
use crate::review::Item;
use crate::{Address, NoteNames, Phrase};

/// What fills a template.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots {
    pub(super) chords: Vec<Chord>,
    pub(super) pattern: Option<StrumPattern>,
    /// The title of a song.
    pub(super) song: Option<String>,
    /// How many of what the template counts.
    pub(super) number: Option<u32>,
    /// What notes and chords are called.
    pub(super) names: NoteNames,
}

impl Slots {
    /// What items are about.
    pub(super) fn of(items: &[Item]) -> Self {
        let mut slots = Self::default();
        for item in items {
            match item {
                Item::Chord(chord) => slots.chords.push(*chord),
                Item::Pair(from, to) => slots.chords.extend([*from, *to]),
                Item::Pattern(pattern) => slots.pattern = Some(pattern.clone()),
                Item::Song { id, .. } => {
                    slots.song = super::song::own(id).map(|song| song.title.clone());
                }
            }
        }
        let all = std::mem::take(&mut slots.chords);
        for chord in all {
            if !slots.chords.contains(&chord) {
                slots.chords.push(chord);
            }
        }
        slots
    }

    /// With these names of notes.
    pub(super) fn naming(mut self, names: NoteNames) -> Self {
        self.names = names;
        self
    }

    /// With the title of a song.
    pub(super) fn titled(mut self, title: &str) -> Self {
        self.song = Some(title.to_owned());
        self
    }

    fn value(&self, name: &str) -> Option<(String, String)> {
        let chord = |chord: Chord| (isolate(&chord.name()), self.names.said_chord(chord));
        match name {
            "a" => self.chords.first().copied().map(chord),
            "b" => self.chords.get(1).copied().map(chord),
            "chords" => {
                let (shown, said): (Vec<_>, Vec<_>) =
                    self.chords.iter().copied().map(chord).unzip();
                (!shown.is_empty()).then(|| (shown.join(", "), said.join(", ")))
            }
            "pattern" => self
                .pattern
                .as_ref()
                .map(|pattern| (isolate(&pattern.to_string()), pattern.hebrew().replace('-', " "))),
            "song" => self.song.as_deref().map(song_title),
            "times" | "strums" | "bars" => {
                let text = counted(name, self.number?);
                Some((text.clone(), text))
            }
            name => name.parse().ok().map(chord),
        }
    }
}

/// A title as written, Latin isolated, and as said: what is not Hebrew is only «השיר».
fn song_title(title: &str) -> (String, String) {
    let shown = if title.chars().any(|c| c.is_ascii_alphanumeric()) {
        isolate(title)
    } else {
        title.to_owned()
    };
    let said = phrase_of_text(title).map_or_else(|_| "השיר".to_owned(), |(said, _)| said.speech);
    (shown, said)
}

/// The title of a step or a task of a kind.
pub(super) fn title(kind: &str, slots: &Slots) -> Phrase {
    fill(template(include_str!("../../data/course/titles.csv"), kind), slots, Address::Neutral)
}

/// Why something is practised.
pub(super) fn why(reason: &str, slots: &Slots, address: Address) -> Phrase {
    fill(template(include_str!("../../data/course/whys.csv"), reason), slots, address)
}

/// Both sentences of a result, with its number.
pub(crate) fn fill_counts(key: &str, number: u32, address: Address) -> [Phrase; 2] {
    let slots = Slots { number: Some(number), ..Slots::default() };
    let line = records(include_str!("../../data/course/results.csv")).find_map(|fields| {
        let [id, reached, next] = fields[..] else { return None };
        (id == key).then_some([reached, next])
    });
    line.unwrap_or_default().map(|template| fill(template, &slots, address))
}

/// A number with its noun: «פעמיים», «שתי תיבות נקיות», «ארבע פריטות נקיות».
fn counted(noun: &str, number: u32) -> String {
    let words = |n: u32| crate::ask::spelled(u16::try_from(n.min(999)).unwrap_or(999));
    let [one, two, many] = match noun {
        "times" => ["פעם אחת", "פעמיים", "פעמים"],
        "strums" => ["פריטה נקייה אחת", "שתי פריטות נקיות", "פריטות נקיות"],
        _ => ["תיבה נקייה אחת", "שתי תיבות נקיות", "תיבות נקיות"],
    };
    match number {
        1 => one.to_owned(),
        2 => two.to_owned(),
        n => format!("{} {many}", words(n)),
    }
}

fn template(table: &'static str, key: &str) -> &'static str {
    records(table)
        .find_map(|fields| match fields[..] {
            [id, text] if id == key => Some(text),
            _ => None,
        })
        .unwrap_or_default()
}

/// Fills a template. A slot without a value leaves nothing behind; a test keeps that from happening.
pub(super) fn fill(template: &str, slots: &Slots, address: Address) -> Phrase {
    let addressed = choose_address(template, address);
    let (mut display, mut speech) = (String::new(), String::new());
    let mut rest = addressed.as_str();
    while let Some((head, (name, after))) =
        rest.split_once('{').and_then(|(head, tail)| Some((head, tail.split_once('}')?)))
    {
        let (shown, said) = slots.value(name).unwrap_or_default();
        display.push_str(head);
        display.push_str(&shown);
        speech.push_str(head);
        speech.push_str(&said);
        rest = after;
    }
    display.push_str(rest);
    speech.push_str(rest);
    // A colon is for the eye.
    let speech = speech.replace(':', ",");
    let ipa = pronounce(&speech).ipa;
    Phrase { display, speech, ipa }
}
