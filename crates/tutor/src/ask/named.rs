//! What the chords, notes and strings that a question names make of it: some known questions are
//! told by them better than by their words.
//!
//! Answers nothing itself.

use theory::Chord;

use super::answer::Asked;
use super::chords::Reading;
use super::difference::{Hands, of_one_root};
use super::faq::{self, Entry};
use super::note;
use super::text::fold;
use super::vocabulary::concept;

/// Words that ask what a chord is called.
const NAMED: [&str; 9] =
    ["שם", "שמות", "השם", "קוראים", "נקרא", "אות", "אותיות", "בעברית", "באנגלית"];

/// Words that ask whether two are one.
const COMPARED: [&str; 10] =
    ["הבדל", "ההבדל", "הבדלים", "ההבדלים", "אותו", "אותה", "אותם", "זהים", "זהה", "שונה"];

/// Words that set one beside the other: «Am מול C».
const AGAINST: [&str; 3] = ["מול", "לעומת", "נגד"];

/// Words that ask for a place.
const WHERE: [&str; 3] = ["איפה", "היכן", "איפא"];

impl Asked<'_> {
    /// The question that is told by what is named, whatever its words are near to.
    pub(super) fn by_names(&self, words: &[String]) -> Option<&'static Entry> {
        let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
        // A chord and nothing else («Em», «play Em»): how it is fingered.
        let latin = words.iter().all(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()));
        if matches!(&self.slots.chords[..], [only] if only.len == words.len() || latin) {
            return faq::named("how_chord");
        }
        if has(&COMPARED) && self.named_twice() {
            return faq::named("note_names");
        }
        if has(&COMPARED) || has(&AGAINST) {
            return self.of_two_chords();
        }
        self.of_a_place(words)
    }

    /// What the chords and strings that are named make of a question that was recognised.
    pub(super) fn of_a_chord(&self, entry: &'static Entry, words: &[String]) -> &'static Entry {
        let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
        let other = match entry.name {
            "which_finger" if self.is_open() => "open_string",
            // A chord by its letter is no question about letters, unless its name is asked.
            "note_names" if !self.slots.chords.is_empty() && !has(&NAMED) => "how_chord",
            _ => return entry,
        };
        faq::named(other).unwrap_or(entry)
    }

    /// One chord against another.
    fn of_two_chords(&self) -> Option<&'static Entry> {
        let [one, other] = &self.slots.chords[..] else { return None };
        match (one.reading, other.reading) {
            (Reading::One(one), Reading::One(other)) if one != other => {
                faq::named(of_one_root(one, other).unwrap_or("chord_difference"))
            }
            (Reading::One(_), Reading::One(_)) => None,
            _ => faq::named("clarify_si"),
        }
    }

    /// «איפה סול במיתר השלישי», «באיזה סריג סול במיתר השישי»: a note and a string, no finger.
    fn of_a_place(&self, words: &[String]) -> Option<&'static Entry> {
        let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let about = |meanings: &[&str]| {
            folded.iter().any(|word| concept(word).is_some_and(|name| meanings.contains(&name)))
        };
        let asked = words.iter().any(|word| WHERE.contains(&word.as_str()));
        let which_fret = self.slots.fret.is_none() && about(&["fret"]);
        self.slots.string.filter(|_| asked || which_fret)?;
        if about(&["finger", "chord", "press", "strum"]) {
            return None;
        }
        match note::named(words)? {
            note::Named::One(_) => faq::named("note_at"),
            note::Named::CorB => faq::named("clarify_si"),
        }
    }

    /// The two chords that are set against each other.
    pub(super) fn both(&self) -> Option<[Chord; 2]> {
        match &self.slots.chords[..] {
            [one, other] => match (one.reading, other.reading) {
                (Reading::One(one), Reading::One(other)) => Some([one, other]),
                _ => None,
            },
            _ => None,
        }
    }

    /// Their fingers.
    pub(super) fn hands(&self) -> Option<Hands> {
        self.both().and_then(|[one, other]| Hands::between(one, other))
    }

    /// Whether one chord is named in both ways: «סול» and G.
    fn named_twice(&self) -> bool {
        match &self.slots.chords[..] {
            [one, other] => match (one.reading, other.reading) {
                (Reading::One(one), Reading::One(other)) => one == other,
                (Reading::CorB(quality), Reading::One(chord))
                | (Reading::One(chord), Reading::CorB(quality)) => {
                    Reading::both(quality).contains(&chord)
                }
                (Reading::CorB(_), Reading::CorB(_)) => false,
            },
            _ => false,
        }
    }

    /// Whether the string that is asked about rings open in the chord.
    fn is_open(&self) -> bool {
        let shape = self.chord().and_then(theory::Shape::of);
        let fret = |string| shape.and_then(|shape| shape.voicing.fret(string));
        self.slots.string.and_then(fret) == Some(0)
    }
}
