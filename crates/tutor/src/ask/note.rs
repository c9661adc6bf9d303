//! A note that a question names, and where it lies on the neck in standard tuning.
//!
//! Only for questions about places: elsewhere «סול» is a chord (`chords`).

use theory::{PitchClass, StringNumber, Tuning};

use super::chords::{Mention, Reading, mentions};
use super::text::fold;
use crate::hebrew::{fret_ordinal, string_ordinal};

/// The last fret that is told, and the last one near the head.
const LAST: u8 = 12;
const NEAR: u8 = 4;

/// Everyday words that are notes beside a word of notes.
const EVERYDAY: [(&str, u8); 3] = [("מי", 4), ("פה", 5), ("לה", 9)];
/// Words before which, or after which, an everyday word is a note; folded.
const AFTER: [&str; 10] =
    ["תו", "התו", "צליל", "הצליל", "איפה", "היכנ", "נמצא", "נמצאת", "ל", "את"];
const BEFORE: [&str; 6] = ["במיתר", "על", "בסריג", "דיאז", "במול", "בצוואר"];
/// What tells one E string from the other: «המי העבה» is a string.
const OF_STRINGS: [&str; 8] =
    ["העבה", "הדק", "הדקה", "הנמוכ", "הגבוה", "הנמוכה", "הגבוהה", "התחתונ"];

/// What «סי» alone may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// One note.
    One(PitchClass),
    /// «סי»: the note B, or the letter C.
    CorB,
}

/// The first note that `words` name, which is no string's name.
pub(super) fn named(words: &[String]) -> Option<Named> {
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let of_string = |at: usize| {
        let before = at.checked_sub(1).map_or("", |i| folded[i].as_str());
        let after = folded.get(at + 1).map_or("", String::as_str);
        before.ends_with("מיתר") || OF_STRINGS.contains(&after)
    };
    let mentioned = mentions(words).into_iter().filter_map(|m| Some((m.at, note(&m)?)));
    let everyday = (0..words.len()).filter_map(|at| {
        let class = EVERYDAY.iter().find(|(name, _)| *name == folded[at])?.1;
        let after = at.checked_sub(1).is_some_and(|i| AFTER.contains(&folded[i].as_str()));
        let before = folded.get(at + 1).is_some_and(|word| BEFORE.contains(&word.as_str()));
        (after && (before || at + 1 == words.len())).then_some((at, Named::One(PitchClass(class))))
    });
    let first = mentioned.chain(everyday).filter(|(at, _)| !of_string(*at));
    first.min_by_key(|(at, _)| *at).map(|(_, note)| note)
}

/// A bare root: «סול», «פה דיאז», `F#`; a chord of another kind is no note.
fn note(mention: &Mention) -> Option<Named> {
    match mention.reading {
        Reading::One(chord) if chord.quality == theory::Quality::Maj => {
            Some(Named::One(chord.root))
        }
        Reading::CorB(theory::Quality::Maj) => Some(Named::CorB),
        _ => None,
    }
}

/// The frets of a string, up to `last`, that sound a note.
fn frets(note: PitchClass, string: StringNumber, last: u8) -> impl Iterator<Item = u8> {
    let open = Tuning::STANDARD.open(string);
    (0..=last).filter(move |fret| open.transposed(i32::from(*fret)).class() == note)
}

/// «בסריג השלישי»; «בלי ללחוץ, ושוב בסריג שתים עשרה».
pub(super) fn on_string(note: PitchClass, string: StringNumber) -> String {
    let told: Vec<String> = frets(note, string, LAST).map(place).collect();
    told.join(", ושוב ")
}

fn place(fret: u8) -> String {
    match fret {
        0 => "בלי ללחוץ".to_owned(),
        fret => format!("בסריג {}", fret_ordinal(fret)),
    }
}

/// «במיתר השישי בסריג השלישי, במיתר השלישי בלי ללחוץ ובמיתר הראשון בסריג השלישי».
pub(super) fn near_the_head(note: PitchClass) -> String {
    let places: Vec<String> = StringNumber::THICK_TO_THIN
        .into_iter()
        .flat_map(|string| frets(note, string, NEAR).map(move |fret| (string, fret)))
        .map(|(string, fret)| format!("במיתר {} {}", string_ordinal(string), place(fret)))
        .collect();
    match places.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} ו{last}", rest.join(", ")),
        _ => places.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::words;
    use super::*;

    #[test]
    fn a_note_is_told_from_the_name_of_a_string() {
        let one = |class| Some(Named::One(PitchClass(class)));
        for (text, note) in [
            ("איפה סול במיתר השלישי", one(7)),
            ("איפה התו דו במיתר החמישי", one(0)),
            ("איפה לה במיתר סול", one(9)),
            ("באיזה סריג סול במיתר מי העבה", one(7)),
            ("איפה פה דיאז על המי העבה", one(6)),
            ("באיזה סריג נמצא G במיתר 6", one(7)),
            ("איפה F# במיתר הראשון", one(6)),
            ("איפה סי במיתר החמישי", Some(Named::CorB)),
            ("איפה סי במול במיתר החמישי", one(10)),
            ("איזה תו במיתר סול בסריג השני", None),
            ("איזה תו במיתר מי הדק סריג שלוש", None),
            ("איפה האצבע פה", None),
            ("איפה Em במיתר השלישי", None),
        ] {
            assert_eq!(named(&words(text)), note, "{text}");
        }
    }

    #[test]
    fn every_note_has_its_places() {
        let string = |n| StringNumber::new(n).unwrap();
        let g = PitchClass(7);
        assert_eq!(on_string(g, string(3)), "בלי ללחוץ, ושוב בסריג שתים עשרה");
        assert_eq!(on_string(g, string(6)), "בסריג השלישי");
        assert_eq!(
            near_the_head(g),
            "במיתר השישי בסריג השלישי, במיתר השלישי בלי ללחוץ ובמיתר הראשון בסריג השלישי"
        );
        for note in (0..12).map(PitchClass) {
            assert!(near_the_head(note).starts_with("במיתר "), "{note}");
            for n in 1..=6 {
                assert!(!on_string(note, string(n)).is_empty(), "{note} {n}");
            }
        }
    }
}
