//! From a wording and its slots to a sentence for the screen and for the voice.

use super::facts::Slots;
use crate::hebrew::{
    all_asked_strings, finger_name, fret_count, fret_ordinal, isolate, pronounce, quality_name,
    string_label, string_ordinal, strum_way, times,
};
use crate::{Address, Phrase};

/// Fills a template. None where a slot it needs is empty.
pub(crate) fn phrase(template: &str, slots: &Slots, address: Address) -> Option<Phrase> {
    let addressed = choose_address(template, address);
    let display = fill(&addressed, |name| value(name, slots, For::Screen))?;
    let speech = fill(&addressed, |name| value(name, slots, For::Voice))?;
    let ipa = pronounce(&speech).ipa;
    Some(Phrase { display, speech, ipa })
}

/// Whether a sentence is read or heard.
#[derive(Clone, Copy)]
enum For {
    Screen,
    Voice,
}

/// Keeps one of `[neutral|masculine|feminine]`.
pub(crate) fn choose_address(template: &str, address: Address) -> String {
    let Some((head, rest)) = template.split_once('[') else { return template.to_owned() };
    let Some((forms, tail)) = rest.split_once(']') else { return template.to_owned() };
    let index = match address {
        Address::Neutral => 0,
        Address::Masculine => 1,
        Address::Feminine => 2,
    };
    let form = forms.split('|').nth(index).unwrap_or(forms);
    format!("{head}{form}{}", choose_address(tail, address))
}

fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((head, tail)) = rest.split_once('{') {
        let (name, after) = tail.split_once('}')?;
        out.push_str(head);
        out.push_str(&value(name)?);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

fn value(name: &str, slots: &Slots, medium: For) -> Option<String> {
    let (names, fixed) = (slots.names, |text: &str| text.to_owned());
    let note = |class| match medium {
        For::Screen => names.shown(class),
        For::Voice => fixed(names.said(class)),
    };
    let chord = |chord: theory::Chord| match medium {
        For::Screen => isolate(&chord.name()),
        For::Voice => names.said_chord(chord),
    };
    let tuning = |tuning| match medium {
        For::Screen => names.shown_tuning(&tuning),
        For::Voice => fixed(names.said_tuning(&tuning)),
    };
    match name {
        "string" => slots.string.map(string_ordinal).map(fixed),
        "other" => slots.other.map(string_ordinal).map(fixed),
        "first" => slots.first.map(string_ordinal).map(fixed),
        "label" => slots.string.map(string_label).map(fixed),
        "other_label" => slots.other.map(string_label).map(fixed),
        "finger" => slots.finger.map(finger_name).map(fixed),
        "fret" => slots.fret.map(fret_ordinal).map(fixed),
        "frets" => slots.shift.map(|shift| fret_count(shift.unsigned_abs())).map(fixed),
        "side" => slots.shift.map(|s| if s > 0 { "ראש הגיטרה" } else { "הגוף" }).map(fixed),
        "note" => slots.note.map(note),
        "heard_note" => slots.heard_note.map(note),
        "third" => slots.third.map(quality_name).map(fixed),
        "heard_third" => slots.heard_third.map(quality_name).map(fixed),
        "all" => slots.all.map(all_asked_strings).map(fixed),
        "edge" => slots.thicker.map(|thick| if thick { "העבה" } else { "הדק" }).map(fixed),
        "way" => slots.way.map(strum_way).map(fixed),
        "left" => slots.left.map(times).map(fixed),
        "chord" | "example" => slots.chord.map(chord),
        "heard" => slots.heard.map(chord),
        "tuning" => slots.tuning.map(tuning),
        _ => None,
    }
}
