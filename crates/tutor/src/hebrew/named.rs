//! Notes and chords in the system of names that the student chose: solfège or letters. A chord's
//! symbol (`Em`) is the same in both.

use theory::{Chord, PitchClass, Tuning};

use super::isolate;
use super::names::{chord_letter_name, chord_name, letter_name, note_name, quality_name, tuned};
use crate::NoteNames;

impl NoteNames {
    /// A note on the screen: «סול», or `G`, isolated.
    #[must_use]
    pub fn shown(self, class: PitchClass) -> String {
        match self {
            Self::Solfege => note_name(class).to_owned(),
            Self::Letters => isolate(&class.to_string()),
        }
    }

    /// A note in the voice: «סול», «ג'י».
    #[must_use]
    pub fn said(self, class: PitchClass) -> &'static str {
        match self {
            Self::Solfege => note_name(class),
            Self::Letters => letter_name(class),
        }
    }

    /// A chord's full name on the screen, beside its symbol: «מי מינור», «E מינור».
    #[must_use]
    pub fn shown_chord(self, chord: Chord) -> String {
        match self {
            Self::Solfege => chord_name(chord),
            Self::Letters => {
                let root = isolate(&chord.spelled_root().to_string());
                format!("{root} {}", quality_name(chord.quality))
            }
        }
    }

    /// A chord in the voice: «מי מינור», «אִי מינור».
    #[must_use]
    pub fn said_chord(self, chord: Chord) -> String {
        match self {
            Self::Solfege => chord_name(chord),
            Self::Letters => chord_letter_name(chord),
        }
    }

    /// A chord for the screen, whole: «Em · מי מינור».
    #[must_use]
    pub fn chord_line(self, chord: Chord) -> String {
        format!("{} · {}", isolate(&chord.name()), self.shown_chord(chord))
    }

    /// How a guitar is tuned, on the screen, as it follows «הגיטרה מכוונת»: «לסול פתוח», «ל־G פתוח».
    #[must_use]
    pub fn shown_tuning(self, tuning: &Tuning) -> String {
        let letter = |name| format!("־{}", isolate(name));
        match (self, tuning.name()) {
            (Self::Letters, Some("drop-d")) => format!("עם השישי ב{}", letter("D")),
            (Self::Letters, Some("double-drop-d")) => {
                format!("עם השישי והראשון ב{}", letter("D"))
            }
            (Self::Letters, Some("open-g")) => format!("ל{} פתוח", letter("G")),
            (Self::Letters, Some("open-d")) => format!("ל{} פתוח", letter("D")),
            (Self::Letters, Some("dadgad")) => format!("ל{}", letter("DADGAD")),
            _ => tuned(tuning).to_owned(),
        }
    }

    /// The same in the voice.
    #[must_use]
    pub fn said_tuning(self, tuning: &Tuning) -> &'static str {
        match (self, tuning.name()) {
            (Self::Letters, Some("drop-d")) => "עם השישי בדִי",
            (Self::Letters, Some("double-drop-d")) => "עם השישי והראשון בדִי",
            (Self::Letters, Some("open-g")) => "לג'י פתוח",
            (Self::Letters, Some("open-d")) => "לדִי פתוח",
            (Self::Letters, Some("dadgad")) => "לדִי אֵיי דִי ג'י אֵיי דִי",
            _ => tuned(tuning),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use theory::Quality;

    use super::*;
    use crate::hebrew::pronounce;

    #[test]
    fn letters_stand_isolated_on_the_screen_and_are_hebrew_in_the_voice() {
        let em: Chord = "Em".parse().unwrap();
        assert_eq!(NoteNames::Solfege.chord_line(em), "\u{2066}Em\u{2069} · מי מינור");
        assert_eq!(
            NoteNames::Letters.chord_line(em),
            "\u{2066}Em\u{2069} · \u{2066}E\u{2069} מינור"
        );
        assert_eq!(NoteNames::Letters.said_chord(em), "אִי מינור");
        for root in (0..12).map(PitchClass) {
            for quality in Quality::ALL {
                let said = NoteNames::Letters.said_chord(Chord::new(root, quality));
                assert!(!said.contains(|c: char| c.is_ascii_alphanumeric()), "{said}");
                assert_eq!(pronounce(&said).guessed, Vec::<String>::new());
            }
        }
    }

    #[test]
    fn a_tuning_is_named_alike_on_the_screen_and_in_the_voice() {
        for (name, tuning) in Tuning::named() {
            let (shown, said) =
                (NoteNames::Letters.shown_tuning(&tuning), NoteNames::Letters.said_tuning(&tuning));
            let latin = shown.contains('\u{2066}');
            let noted = !["standard", "half-step-down"].contains(&name);
            assert_eq!(latin, noted, "{shown}");
            assert_eq!(said == tuned(&tuning), !noted, "{said}");
            assert_eq!(pronounce(said).guessed, Vec::<String>::new(), "{said}");
        }
    }
}
