//! From an answer's template to a sentence for the screen and for the voice.
//!
//! Points stand in a template where a bare word would be read wrongly; the screen drops them.

use theory::{Chord, ChordSymbol, Note, PitchClass};

use crate::diagnosis::choose_address;
use crate::hebrew::{chord_name, isolate, letter_name, pronounce};
use crate::{Address, NoteNames, Phrase};

/// A slot's value, as it is written and as it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    shown: String,
    spoken: String,
}

impl Told {
    /// Hebrew words, said as written.
    pub(super) fn words(text: impl Into<String>) -> Self {
        let spoken = text.into();
        Self { shown: spoken.clone(), spoken }
    }

    /// A chord: Latin on the screen, Hebrew in the voice.
    pub(super) fn chord(chord: Chord) -> Self {
        Self { shown: isolate(&chord.name()), spoken: chord_name(chord) }
    }

    /// The same, with the names of notes that the student chose.
    pub(super) fn called(chord: Chord, names: NoteNames) -> Self {
        Self { spoken: names.said_chord(chord), ..Self::chord(chord) }
    }

    /// Notes, one after another.
    pub(super) fn notes(classes: impl Iterator<Item = PitchClass>, names: NoteNames) -> Self {
        let (shown, said): (Vec<_>, Vec<_>) =
            classes.map(|class| (names.shown(class), names.said(class))).unzip();
        Self::pair(shown.join(", "), said.join(", "))
    }

    /// The notes of a chord, spelled as its name asks: C minor holds E flat and no D sharp.
    pub(super) fn notes_of(chord: Chord, names: NoteNames) -> Self {
        let spelled = ChordSymbol::new(chord.spelled_root(), chord.quality);
        let told = |note: Note| match names {
            NoteNames::Solfege => (note.hebrew(), note.hebrew()),
            NoteNames::Letters => {
                let letter = letter_name(Note::new(note.letter, 0).class());
                let sign = match note.accidental {
                    0 => "",
                    1.. => " דיאז",
                    _ => " במול",
                };
                (isolate(&note.to_string()), format!("{letter}{sign}"))
            }
        };
        let notes = spelled.notes().map(Note::simply_spelled);
        let (shown, said): (Vec<_>, Vec<_>) = notes.map(told).unzip();
        Self::pair(shown.join(", "), said.join(", "))
    }

    /// Written one way, with its Latin tokens isolated, and said another.
    pub(super) fn pair(shown: String, spoken: String) -> Self {
        Self { shown, spoken }
    }

    /// A token written otherwise than said.
    pub(super) fn token(shown: &str, spoken: impl Into<String>) -> Self {
        Self { shown: isolate(shown), spoken: spoken.into() }
    }
}

/// Fills a template; none where a slot it needs is empty.
pub(super) fn sentence(
    template: &str,
    address: Address,
    slot: &dyn Fn(&str) -> Option<Told>,
) -> Option<Phrase> {
    let addressed = choose_address(template, address);
    let (mut display, mut speech) = (String::new(), String::new());
    let mut rest = addressed.as_str();
    while let Some((head, tail)) = rest.split_once('{') {
        let (name, after) = tail.split_once('}')?;
        let told = value(name, slot)?;
        display.push_str(head);
        display.push_str(&told.shown);
        speech.push_str(head);
        speech.push_str(&told.spoken);
        rest = after;
    }
    display.push_str(rest);
    speech.push_str(rest);
    display.retain(|c| !('\u{591}'..='\u{5C7}').contains(&c));
    // «ב־» before a Latin name is one word in the voice.
    speech.retain(|c| c != '־');
    let ipa = pronounce(&speech).ipa;
    Some(Phrase { display, speech, ipa })
}

fn value(name: &str, slot: &dyn Fn(&str) -> Option<Told>) -> Option<Told> {
    if let Some((shown, spoken)) = name.split_once('|') {
        return Some(Told::token(shown, spoken));
    }
    slot(name).or_else(|| name.parse().ok().map(Told::chord))
}

/// Whether both sentences may be said to a student: two sentences, nothing left open, Latin and
/// digits only inside isolates on the screen and never in the voice, no word that points up, down,
/// left or right.
pub(super) fn may_be_said(first: &Phrase, tip: &Phrase) -> bool {
    [first, tip].iter().all(|phrase| {
        one_sentence(&phrase.display)
            && one_sentence(&phrase.speech)
            && isolated(&phrase.display)
            && phrase.speech.chars().all(spoken)
            && !phrase.ipa.is_empty()
    })
}

fn one_sentence(text: &str) -> bool {
    text.ends_with(['.', '?'])
        && text.matches(['.', '?']).count() == 1
        && !text.contains(['[', ']', '|', '{', '}', '!'])
}

fn spoken(c: char) -> bool {
    ('א'..='ת').contains(&c)
        || ('\u{5B0}'..='\u{5C7}').contains(&c)
        || matches!(c, ' ' | ',' | '.' | '?' | ':' | '\'')
}

fn isolated(text: &str) -> bool {
    let mut inside = false;
    let ok = text.chars().all(|c| match c {
        crate::hebrew::ISOLATE_START => !std::mem::replace(&mut inside, true),
        crate::hebrew::ISOLATE_END => std::mem::replace(&mut inside, false),
        c => inside || !c.is_ascii_alphanumeric(),
    });
    ok && !inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_gives_both_forms() {
        let none = |_: &str| None;
        let phrase = sentence("[כדאי לנגן|תנגן|תנגני] {Em} עם מַפְרֵט.", Address::Feminine, &none);
        let phrase = phrase.unwrap();
        assert_eq!(phrase.display, "תנגני \u{2066}Em\u{2069} עם מפרט.");
        assert_eq!(phrase.speech, "תנגני מי מינור עם מַפְרֵט.");
        assert!(may_be_said(&phrase, &phrase));
        let tempo = sentence("{80 BPM|שמונים פעימות לדקה}.", Address::Neutral, &none).unwrap();
        assert!(may_be_said(&tempo, &tempo), "{tempo:?}");
        assert_eq!(sentence("{nothing}.", Address::Neutral, &none), None);
    }

    #[test]
    fn what_may_not_be_said_is_found() {
        let plain =
            |text: &str| Phrase { display: text.into(), speech: text.into(), ipa: text.into() };
        let good = plain("טוב.");
        for bad in ["", "טוב", "טוב. מאוד.", "Em.", "טוב!", "מיתר 3.", "[טוב."]
        {
            assert!(!may_be_said(&good, &plain(bad)), "{bad}");
        }
        assert!(may_be_said(&good, &good));
    }
}
