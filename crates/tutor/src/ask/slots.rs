//! What a question is about: a string, a finger, a fret, a number, a chord.

use theory::{Finger, StringNumber};

use super::chords::{Mention, mentions};
use super::numbers::number;
use super::text::fold;

/// The things a text names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Slots {
    pub(super) chords: Vec<Mention>,
    pub(super) string: Option<StringNumber>,
    pub(super) finger: Option<Finger>,
    pub(super) fret: Option<u8>,
    /// The first number that is none of these.
    pub(super) number: Option<u16>,
}

const ORDINALS: [(&str, u8); 16] = [
    ("ראשונ", 1),
    ("ראשונה", 1),
    ("שני", 2),
    ("שניה", 2),
    ("שנייה", 2),
    ("שלישי", 3),
    ("שלישית", 3),
    ("רביעי", 4),
    ("רביעית", 4),
    ("חמישי", 5),
    ("חמישית", 5),
    ("שישי", 6),
    ("ששי", 6),
    ("שביעי", 7),
    ("שמיני", 8),
    ("תשיעי", 9),
];

/// Nothing here is counted below nought: a number after it is none.
pub(super) const MINUS: &str = "מינוס";

/// Reads the slots of `words`.
pub(super) fn read(words: &[String]) -> Slots {
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let chords = mentions(words);
    let in_chord = |i: usize| chords.iter().any(|m| (m.at..m.at + m.len).contains(&i));
    let negative = |i: usize| i > 0 && folded[i - 1] == MINUS;
    let is_free = |i: &usize| !in_chord(*i) && !counts(&folded, *i) && !negative(*i);
    let free = (0..words.len()).filter(is_free);
    let number = free.filter_map(|i| number(&words[i..])).map(|(n, _)| n).find(|n| *n > 0);
    Slots {
        string: string(words, &folded),
        finger: finger(words, &folded),
        fret: after(words, &folded, "סריג").and_then(|n| u8::try_from(n).ok()),
        number,
        chords,
    }
}

/// Whether a number belongs to a string, a fret or a finger before it.
fn counts(folded: &[String], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        ["מיתר", "סריג", "אצבע", "מספר"].contains(&without_article(&folded[before]))
    })
}

fn without_article(word: &str) -> &str {
    let bare = word.trim_start_matches(['ה', 'ב', 'ל', 'ו', 'ש']);
    if bare.chars().count() > 2 { bare } else { word }
}

/// Ordinal or number of one word, with or without an article.
fn rank(words: &[String], folded: &[String], at: usize) -> Option<u16> {
    let word = folded.get(at)?;
    let ordinal =
        |w: &str| ORDINALS.iter().find(|(name, _)| *name == w).map(|(_, n)| u16::from(*n));
    let stripped = word.strip_prefix(['ה', 'ב', 'ל']).unwrap_or(word);
    ordinal(word).or_else(|| ordinal(stripped)).or_else(|| number(&words[at..]).map(|(n, _)| n))
}

/// The number after a noun: «סריג שלוש», «בסריג השני», «סריג מספר 5».
fn after(words: &[String], folded: &[String], noun: &str) -> Option<u16> {
    let at = folded.iter().position(|word| without_article(word) == noun)?;
    let skip = usize::from(folded.get(at + 1).is_some_and(|w| w == "מספר" || w == "זה"));
    rank(words, folded, at + 1 + skip)
}

fn string(words: &[String], folded: &[String]) -> Option<StringNumber> {
    let noun = folded.iter().position(|word| without_article(word) == "מיתר");
    let told = noun.and_then(|at| {
        let near = at + 1..folded.len().min(at + 4);
        let number =
            near.into_iter().find_map(|i| rank(words, folded, i).or_else(|| named(folded, i)))?;
        StringNumber::new(u8::try_from(number).ok()?).ok()
    });
    if told.is_some() {
        return told;
    }
    let is = |names: [&str; 2]| folded.iter().any(|word| names.contains(&without_article(word)));
    let only = |n| StringNumber::new(n).ok();
    match (noun.is_some(), is(["דק", "דקיק"]), is(["עבה", "עבי"])) {
        (true, true, false) => only(1),
        (true, false, true) => only(6),
        _ => None,
    }
}

/// The string that a name right after «מיתר» means; the two E strings need one word more.
fn named(folded: &[String], at: usize) -> Option<u16> {
    let word = folded.get(at)?;
    let low = |w: &String| ["נמוכ", "עבה", "בס", "תחתונ"].contains(&without_article(w));
    let high = |w: &String| ["גבוה", "דק", "עליונ"].contains(&without_article(w));
    match word.strip_prefix('ה').unwrap_or(word) {
        "דק" => Some(1),
        "עבה" => Some(6),
        "סי" | "b" => Some(2),
        "סול" | "g" => Some(3),
        "רה" | "d" => Some(4),
        "לה" | "a" => Some(5),
        "מי" | "e" if folded[at + 1..].iter().any(low) => Some(6),
        "מי" | "e" if folded[at + 1..].iter().any(high) => Some(1),
        _ => None,
    }
}

fn finger(words: &[String], folded: &[String]) -> Option<Finger> {
    for word in folded {
        match without_article(word) {
            "מורה" => return Some(Finger::Index),
            "אמצעית" => return Some(Finger::Middle),
            "קמיצה" => return Some(Finger::Ring),
            "זרת" => return Some(Finger::Pinky),
            "אגודל" | "בוהנ" => return Some(Finger::Thumb),
            _ => {}
        }
    }
    match after(words, folded, "אצבע")? {
        1 => Some(Finger::Index),
        2 => Some(Finger::Middle),
        3 => Some(Finger::Ring),
        4 => Some(Finger::Pinky),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    fn of(text: &str) -> Slots {
        read(&text::words(text))
    }

    #[test]
    fn strings_by_number_name_and_thickness() {
        for (text, number) in [
            ("המיתר השלישי לא נשמע", 3),
            ("מיתר 3", 3),
            ("מיתר מספר ארבע", 4),
            ("איזה מיתר זה השני", 2),
            ("המיתר הדק מזמזם", 1),
            ("המיתר העבה", 6),
            ("מיתר סול", 3),
            ("מיתר מי הנמוך", 6),
            ("מיתר מי הדק", 1),
            ("מיתר לה", 5),
            ("במיתר הראשון", 1),
        ] {
            assert_eq!(of(text).string.map(StringNumber::number), Some(number), "{text}");
        }
        for text in ["מיתר", "מיתר מי", "שלוש", "מיתר תשע"] {
            assert_eq!(of(text).string, None, "{text}");
        }
    }

    #[test]
    fn fingers_frets_and_numbers() {
        assert_eq!(of("אצבע שלוש").finger, Some(Finger::Ring));
        assert_eq!(of("עם הזרת").finger, Some(Finger::Pinky));
        assert_eq!(of("באצבע הראשונה").finger, Some(Finger::Index));
        assert_eq!(of("בסריג החמישי").fret, Some(5));
        assert_eq!(of("סריג 12").fret, Some(12));
        assert_eq!(of("מטרונום על שמונים").number, Some(80));
        assert_eq!(of("מיתר 3 סריג 2").number, None);
        assert_eq!(of("לה שבע").number, None);
    }
}
