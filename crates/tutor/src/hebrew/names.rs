//! Names with the right gender and number. String, fret and chord are masculine, finger and time
//! are feminine; a number used as a label is feminine for any noun (hebrew.md §2).

use audio::{Direction, Doubt, StringState, TunerHint, Verdict};
use theory::{Chord, Finger, PitchClass, Quality, StringNumber, Tuning};

const ORDINALS: [&str; 10] = [
    "הראשון",
    "השני",
    "השלישי",
    "הרביעי",
    "החמישי",
    "השישי",
    "השביעי",
    "השמיני",
    "התשיעי",
    "העשירי",
];
const LABELS: [&str; 24] = [
    "אחת",
    "שתיים",
    "שלוש",
    "ארבע",
    "חמש",
    "שש",
    "שבע",
    "שמונה",
    "תשע",
    "עשר",
    "אחת עשרה",
    "שתים עשרה",
    "שלוש עשרה",
    "ארבע עשרה",
    "חמש עשרה",
    "שש עשרה",
    "שבע עשרה",
    "שמונה עשרה",
    "תשע עשרה",
    "עשרים",
    "עשרים ואחת",
    "עשרים ושתיים",
    "עשרים ושלוש",
    "עשרים וארבע",
];
const NOTES: [&str; 12] = [
    "דו",
    "דו דיאז",
    "רה",
    "רה דיאז",
    "מי",
    "פה",
    "פה דיאז",
    "סול",
    "סול דיאז",
    "לה",
    "לה דיאז",
    "סי",
];

/// Pointed, since bare letters are other words: «די» is «enough», «אף» a nose.
const LETTERS: [&str; 12] = [
    "סי",
    "סי דיאז",
    "דִי",
    "דִי דיאז",
    "אִי",
    "אֶף",
    "אֶף דיאז",
    "ג'י",
    "ג'י דיאז",
    "אֵיי",
    "אֵיי דיאז",
    "בִּי",
];

/// «השלישי», for «המיתר השלישי».
#[must_use]
pub fn string_ordinal(string: StringNumber) -> &'static str {
    ORDINALS[usize::from(string.number() - 1)]
}

/// «שלוש», for the label «מיתר שלוש».
#[must_use]
pub fn string_label(string: StringNumber) -> &'static str {
    LABELS[usize::from(string.number() - 1)]
}

/// «השני», for «בסריג השני»; from the eleventh on the label «אחת עשרה». Fret 0 has none.
#[must_use]
pub fn fret_ordinal(fret: u8) -> &'static str {
    let place = usize::from(fret).saturating_sub(1);
    ORDINALS.get(place).or_else(|| LABELS.get(place)).copied().unwrap_or("הגבוה")
}

/// «שש», a number that counts what is feminine; from 1 to 24.
#[must_use]
pub fn feminine(number: usize) -> Option<&'static str> {
    LABELS.get(number.checked_sub(1)?).copied()
}

/// «סריג אחד», «שני סריגים», «שלושה סריגים»; up to five, more is «כמה סריגים».
#[must_use]
pub fn fret_count(frets: u8) -> &'static str {
    match frets {
        1 => "סריג אחד",
        2 => "שני סריגים",
        3 => "שלושה סריגים",
        4 => "ארבעה סריגים",
        5 => "חמישה סריגים",
        _ => "כמה סריגים",
    }
}

/// «פעם אחת», «פעמיים», «שלוש פעמים»; more than five is «כמה פעמים».
#[must_use]
pub fn times(count: u8) -> &'static str {
    match count {
        1 => "פעם אחת",
        2 => "פעמיים",
        3 => "שלוש פעמים",
        4 => "ארבע פעמים",
        5 => "חמש פעמים",
        _ => "כמה פעמים",
    }
}

/// «הקמיצה»; unknown: «האצבע». All feminine but the thumb.
#[must_use]
pub fn finger_name(finger: Option<Finger>) -> &'static str {
    match finger {
        Some(Finger::Index) => "האצבע המורה",
        Some(Finger::Middle) => "האמצעית",
        Some(Finger::Ring) => "הקמיצה",
        Some(Finger::Pinky) => "הזרת",
        Some(Finger::Thumb) => "האגודל",
        None => "האצבע",
    }
}

/// «ששת המיתרים», for «כל ששת המיתרים מצלצלים».
#[must_use]
pub fn all_asked_strings(count: usize) -> &'static str {
    match count {
        2 => "שני המיתרים",
        3 => "שלושת המיתרים",
        4 => "ארבעת המיתרים",
        5 => "חמשת המיתרים",
        6 => "ששת המיתרים",
        _ => "המיתרים",
    }
}

/// Solfège: «פה דיאז».
#[must_use]
pub fn note_name(class: PitchClass) -> &'static str {
    NOTES[usize::from(class.semitones() % 12)]
}

/// A note by its letter, as it is said: «ג'י», «אֶף דיאז».
#[must_use]
pub fn letter_name(class: PitchClass) -> &'static str {
    LETTERS[usize::from(class.semitones() % 12)]
}

/// Solfège with flats: «מי במול».
#[must_use]
pub fn flat_note_name(class: PitchClass) -> &'static str {
    match class.semitones() % 12 {
        1 => "רה במול",
        3 => "מי במול",
        6 => "סול במול",
        8 => "לה במול",
        10 => "סי במול",
        _ => note_name(class),
    }
}

/// A note by its letter, with flats: «בִּי במול».
fn flat_letter_name(class: PitchClass) -> &'static str {
    match class.semitones() % 12 {
        1 => "דִי במול",
        3 => "אִי במול",
        6 => "ג'י במול",
        8 => "אֵיי במול",
        10 => "בִּי במול",
        _ => letter_name(class),
    }
}

/// «מינור», as it follows the root.
#[must_use]
pub fn quality_name(quality: Quality) -> &'static str {
    quality.hebrew()
}

/// «מי מינור», «סול מז'ור». Never a bare root: «מי» is also «who», «פה» also «here».
#[must_use]
pub fn chord_name(chord: Chord) -> String {
    let root = match chord.spelled_root().accidental {
        ..0 => flat_note_name(chord.root),
        0.. => note_name(chord.root),
    };
    format!("{root} {}", quality_name(chord.quality))
}

/// A chord by its letter, as it is said: «אִי מינור».
#[must_use]
pub fn chord_letter_name(chord: Chord) -> String {
    let root = match chord.spelled_root().accidental {
        ..0 => flat_letter_name(chord.root),
        0.. => letter_name(chord.root),
    };
    format!("{root} {}", quality_name(chord.quality))
}

/// The word under a string on the practice screen, for one string or for several neighbours.
#[must_use]
pub fn string_state_word(state: StringState, asked: bool, many: bool) -> &'static str {
    let (one, several) = match state {
        StringState::Rings if !asked => ("נשמע גם", "נשמעים גם"),
        StringState::Rings => ("מצלצל", "מצלצלים"),
        StringState::Dead => ("נחנק", "נחנקים"),
        StringState::Buzz => ("מזמזם", "מזמזמים"),
        StringState::WrongPitch { .. } => ("צליל אחר", "צליל אחר"),
        StringState::NotPlayed => ("לא נפרט", "לא נפרטו"),
        StringState::Unsure { why: Doubt::Awaited } => ("ממתין", "ממתינים"),
        StringState::Unsure { .. } => ("לא בטוח", "לא בטוח"),
    };
    if many { several } else { one }
}

/// Which way a strum goes: «למטה» towards the thin string.
#[must_use]
pub fn strum_way(direction: Direction) -> &'static str {
    match direction {
        Direction::Down => "למטה",
        Direction::Up => "למעלה",
    }
}

/// What a whole strum was.
#[must_use]
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Right => "נקי",
        Verdict::Fault => "יש מה לתקן",
        Verdict::Unsure { .. } => "לא בטוח",
    }
}

/// How a guitar is tuned, as it follows «הגיטרה מכוונת»: «לסול פתוח»; «אחרת» for what has no name.
#[must_use]
pub fn tuned(tuning: &Tuning) -> &'static str {
    match tuning.name() {
        Some("standard") => "כרגיל",
        Some("half-step-down") => "חצי טון נמוך",
        Some("drop-d") => "עם השישי ברה",
        Some("double-drop-d") => "עם השישי והראשון ברה",
        Some("open-g") => "לסול פתוח",
        Some("open-d") => "לרה פתוח",
        Some("dadgad") => "לרה לה רה סול לה רה",
        _ => "אחרת",
    }
}

/// What to do with a string that is being tuned, in a word or two.
#[must_use]
pub fn tuner_hint_word(hint: TunerHint) -> &'static str {
    match hint {
        TunerHint::Tighten => "להדק",
        TunerHint::Loosen => "לשחרר",
        TunerHint::InTune => "מכוון",
        TunerHint::OctaveHigh => "גבוה באוקטבה",
        TunerHint::OctaveLow => "נמוך באוקטבה",
        TunerHint::WrongString { .. } => "מיתר אחר",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hebrew::pronounce;

    #[test]
    fn chords_read_back_where_the_parser_knows_the_word() {
        for root in 0..12 {
            for quality in Quality::ALL {
                let chord = Chord::new(PitchClass(root), quality);
                assert_eq!(chord_name(chord).parse(), Ok(chord), "{}", chord_name(chord));
                let guessed = pronounce(&chord_name(chord)).guessed;
                assert_eq!(guessed, Vec::<String>::new());
            }
        }
    }

    #[test]
    fn every_tuning_with_a_name_is_told_by_it() {
        let mut told: Vec<_> = Tuning::named().map(|(_, tuning)| tuned(&tuning)).collect();
        assert!(!told.contains(&"אחרת"));
        assert_eq!(tuned(&Tuning::STANDARD.with_capo(2)), "אחרת");
        told.sort_unstable();
        told.dedup();
        assert_eq!(told.len(), Tuning::named().count());
    }

    #[test]
    fn numbers_agree() {
        assert_eq!(fret_count(1), "סריג אחד");
        assert_eq!(fret_count(2), "שני סריגים");
        assert_eq!(times(3), "שלוש פעמים");
        assert_eq!(fret_ordinal(2), "השני");
        assert_eq!(fret_ordinal(12), "שתים עשרה");
        let third = StringNumber::new(3).unwrap();
        assert_eq!(string_ordinal(third), "השלישי");
        assert_eq!(string_label(third), "שלוש");
    }
}
