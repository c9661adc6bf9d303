//! What is said while a guitar is being tuned: from a settled reading to two sentences.
//!
//! Which words, stands in the tables; when they are said, and whether aloud, is the caller's work.

use std::time::Duration;

use audio::{Intonation, IntonationVerdict, TunerHint, TunerReading};

use crate::diagnosis::condition as c;
use crate::diagnosis::facts::Slots;
use crate::diagnosis::{Finding, no_words};
use crate::{Address, Feedback};

/// A string this close is a little off.
const A_BIT: f32 = 25.0;
/// A string further off than this is far off.
const FAR: f32 = 150.0;

/// Every truthful wording of what to do with the string of a reading, the plainest first; never
/// empty. Ask for it when the reading is steady.
#[must_use]
pub fn tuning_words(reading: &TunerReading, address: Address) -> Vec<Feedback> {
    let mut slots = Slots { string: Some(reading.string), ..Slots::default() };
    let condition = match reading.hint {
        None => {
            slots.string = None;
            c::TUNER_UNSURE
        }
        Some(TunerHint::InTune) => c::TUNER_IN_TUNE,
        Some(TunerHint::OctaveHigh) => c::TUNER_OCTAVE_HIGH,
        Some(TunerHint::OctaveLow) => c::TUNER_OCTAVE_LOW,
        Some(TunerHint::WrongString { string }) => {
            slots.other = Some(string);
            c::TUNER_WRONG_STRING
        }
        Some(TunerHint::Tighten) if reading.cents > -A_BIT => c::TUNER_FLAT_BIT,
        Some(TunerHint::Tighten) if reading.cents > -FAR => c::TUNER_FLAT,
        Some(TunerHint::Tighten) => c::TUNER_FLAT_FAR,
        Some(TunerHint::Loosen) if reading.cents < A_BIT => c::TUNER_SHARP_BIT,
        Some(TunerHint::Loosen) => c::TUNER_SHARP,
    };
    said(condition, slots, address, reading.at)
}

/// Every truthful wording of how the twelfth fret sounds, the plainest first; never empty.
#[must_use]
pub fn intonation_words(found: &Intonation, address: Address) -> Vec<Feedback> {
    let condition = match found.verdict {
        IntonationVerdict::True => c::INTONATION_TRUE,
        IntonationVerdict::Sharp => c::INTONATION_SHARP,
        IntonationVerdict::Flat => c::INTONATION_FLAT,
    };
    let slots = Slots { string: Some(found.string), ..Slots::default() };
    said(condition, slots, address, Duration::ZERO)
}

/// What is said of sound in which no string was heard, or of silence.
#[must_use]
pub fn nothing_to_tune(silent: bool, address: Address) -> Feedback {
    let condition = if silent { c::SILENCE } else { c::TUNER_NO_STRING };
    said(condition, Slots::default(), address, Duration::ZERO).swap_remove(0)
}

fn said(
    condition: crate::diagnosis::table::Condition,
    slots: Slots,
    address: Address,
    at: Duration,
) -> Vec<Feedback> {
    let words = Finding::plain(condition, slots)
        .map(|finding| finding.wordings(address, at))
        .unwrap_or_default();
    if words.is_empty() { vec![no_words()] } else { words }
}

#[cfg(test)]
mod tests {
    use theory::StringNumber;

    use super::*;

    fn reading(cents: f32, hint: Option<TunerHint>) -> TunerReading {
        TunerReading {
            at: Duration::from_secs(1),
            hz: 110.0,
            string: StringNumber::new(5).unwrap(),
            cents,
            confidence: 0.9,
            steady: true,
            hint,
        }
    }

    #[test]
    fn a_flat_string_is_tightened_in_the_students_own_form() {
        let flat = reading(-12.0, Some(TunerHint::Tighten));
        let say = |address| tuning_words(&flat, address)[0].display();
        assert_eq!(say(Address::Neutral), "מיתר חמש נמוך קצת. כדאי להדק את המפתח עוד קצת, לאט.");
        assert_eq!(say(Address::Masculine), "מיתר חמש נמוך קצת. תהדק את המפתח עוד קצת, לאט.");
        assert_eq!(say(Address::Feminine), "מיתר חמש נמוך קצת. תהדקי את המפתח עוד קצת, לאט.");
        let ipa = tuning_words(&flat, Address::Neutral)[0].ipa();
        assert!(ipa.starts_with("mejˈtaʁ χaˈmeʃ naˈmuχ ktsat."), "{ipa}");
    }

    #[test]
    fn every_hint_has_its_own_words_in_two_ways() {
        let other = StringNumber::new(4).unwrap();
        let cases = [
            (-12.0, Some(TunerHint::Tighten)),
            (-60.0, Some(TunerHint::Tighten)),
            (-400.0, Some(TunerHint::Tighten)),
            (12.0, Some(TunerHint::Loosen)),
            (60.0, Some(TunerHint::Loosen)),
            (1.0, Some(TunerHint::InTune)),
            (1190.0, Some(TunerHint::OctaveHigh)),
            (-1210.0, Some(TunerHint::OctaveLow)),
            (500.0, Some(TunerHint::WrongString { string: other })),
            (3.0, None),
        ];
        let mut said: Vec<String> = cases
            .iter()
            .flat_map(|(cents, hint)| tuning_words(&reading(*cents, *hint), Address::Neutral))
            .map(|feedback| feedback.display())
            .collect();
        assert!(said.iter().all(|words| !words.is_empty()));
        let all = said.len();
        assert_eq!(all, 2 * cases.len());
        said.sort();
        said.dedup();
        assert_eq!(said.len(), all, "no two say the same");
    }

    #[test]
    fn the_twelfth_fret_is_said_in_two_sentences() {
        let found = |verdict| Intonation {
            string: StringNumber::new(6).unwrap(),
            open_hz: 82.4,
            octave_hz: 165.6,
            cents: 8.0,
            confidence: 0.9,
            verdict,
        };
        let say = |verdict| intonation_words(&found(verdict), Address::Neutral)[0].display();
        let sharp = say(IntonationVerdict::Sharp);
        assert!(sharp.starts_with("בסריג שתים עשרה מיתר שש גבוה."), "{sharp}");
        assert_ne!(say(IntonationVerdict::Flat), sharp);
        assert_ne!(say(IntonationVerdict::True), say(IntonationVerdict::Flat));
    }

    #[test]
    fn silence_and_noise_are_told_apart() {
        let silent = nothing_to_tune(true, Address::Neutral).display();
        let noise = nothing_to_tune(false, Address::Neutral).display();
        assert!(silent.starts_with("לא נשמע כלום."), "{silent}");
        assert!(noise.starts_with("לא נשמע מיתר אחד לבד."), "{noise}");
    }
}
