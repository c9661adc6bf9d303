//! What the chords, notes and strings that a question names make of it: some known questions are
//! told by them better than by their words.
//!
//! Answers nothing itself.

use theory::{Chord, Finger, Quality, Shape, StringNumber};

use super::answer::Asked;
use super::chords::{Mention, Reading};
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

/// Words that ask what something is.
const IS: [&str; 7] = ["מה", "זה", "זאת", "מהו", "מהי", "הוא", "בכלל"];
const CHORD: [&str; 2] = ["אקורד", "האקורד"];
/// How the teacher is addressed: no part of the question.
const HAILED: [&str; 3] = ["פריטה", "היי", "הלו"];
/// Kinds of chords that no known question is about.
const TOLD: [Quality; 4] = [Quality::Maj, Quality::Min, Quality::Maj7, Quality::Min7];
/// «מז'ור» in its spellings, folded.
const MAJOR: [&str; 8] = ["מזור", "מאזור", "מגור", "מאגור", "מזורי", "מזר", "major", "maj"];

impl Asked<'_> {
    /// The question that is told by what is named, whatever its words are near to.
    pub(super) fn by_names(&self, words: &[String]) -> Option<&'static Entry> {
        let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
        // A chord and nothing else («Em», «play Em»): how it is fingered.
        let latin = words.iter().all(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()));
        if matches!(&self.slots.chords[..], [only] if only.len == words.len() || latin) {
            return faq::named("how_chord");
        }
        if let Some(bare) = self.bare_name(words).or_else(|| self.what_chord(words)) {
            return Some(bare);
        }
        if has(&COMPARED) && self.named_twice() {
            return faq::named("note_names");
        }
        if has(&COMPARED) || has(&AGAINST) {
            return self.of_two_chords();
        }
        self.of_a_place(words)
    }

    /// «לה», «מה זה מי»: an everyday word that is a note, a chord and perhaps a string.
    fn bare_name(&self, words: &[String]) -> Option<&'static Entry> {
        let (last, before) = words.split_last()?;
        let alone = self.slots.chords.is_empty() && before.iter().all(|w| IS.contains(&w.as_str()));
        match fold(last).as_str() {
            _ if !alone => None,
            "מי" | "לה" => faq::named("clarify_string"),
            "פה" => faq::named("clarify_note"),
            _ => None,
        }
    }

    /// «מה זה Em», «מה זה סול»: a chord, or what is as well a note. What is added in «G7» or
    /// «Gsus4» has questions of its own.
    fn what_chord(&self, words: &[String]) -> Option<&'static Entry> {
        let told = match self.slots.chords.first()?.reading {
            Reading::One(chord) => TOLD.contains(&chord.quality),
            Reading::CorB(_) => true,
        };
        self.what_is(words).filter(|_| told)
    }

    /// A question that holds nothing but a chord and «what is».
    pub(super) fn what_is(&self, words: &[String]) -> Option<&'static Entry> {
        let [only] = self.slots.chords[..] else { return None };
        let of_chord = only.at..only.at + only.len;
        let other = |at: &usize| !of_chord.contains(at);
        let asks = |at: usize| IS.contains(&words[at].as_str());
        let hails = |at: &usize| HAILED.contains(&words[*at].as_str());
        let others: Vec<usize> = (0..words.len()).filter(other).filter(|at| !hails(at)).collect();
        let called = |at: &usize| CHORD.contains(&words[*at].as_str());
        if !others.iter().any(|at| asks(*at)) || !others.iter().all(|at| asks(*at) || called(at)) {
            return None;
        }
        let quality = words[of_chord].iter().any(|word| MAJOR.contains(&fold(word).as_str()));
        match only.reading {
            Reading::CorB(_) => faq::named("clarify_si"),
            Reading::One(chord) if chord.quality == Quality::Maj => {
                let chord_alone = quality || others.iter().any(called);
                faq::named(if chord_alone { "what_chord" } else { "what_root" })
            }
            Reading::One(_) => faq::named("what_chord"),
        }
    }

    /// What the chords and strings that are named make of a question that was recognised.
    pub(super) fn of_a_chord(&self, entry: &'static Entry, words: &[String]) -> &'static Entry {
        let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
        let other = match entry.name {
            "which_finger" if self.is_open() => "open_string",
            // A chord by its letter is no question about letters, unless its name is asked.
            "note_names" if !self.slots.chords.is_empty() && !has(&NAMED) => "how_chord",
            // Easier ways there are of chords with a barre.
            "easier_barre" if self.names_open_chords() => match self.slots.chords.len() {
                1 => "how_chord",
                _ => "first_chords",
            },
            _ => return entry,
        };
        faq::named(other).unwrap_or(entry)
    }

    /// Whether chords are named, and none of them has a finger that lies over several strings.
    fn names_open_chords(&self) -> bool {
        let lies = |shape: &Shape| {
            let pressed = StringNumber::THICK_TO_THIN.into_iter().filter_map(|s| shape.finger(s));
            let fingers: Vec<Finger> = pressed.collect();
            (1..fingers.len()).any(|at| fingers[..at].contains(&fingers[at]))
        };
        let open = |mention: &Mention| match mention.reading {
            Reading::One(chord) => Shape::curated(chord).is_some_and(|shape| !lies(shape)),
            Reading::CorB(_) => false,
        };
        !self.slots.chords.is_empty() && self.slots.chords.iter().all(open)
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
        let shape = self.chord().and_then(Shape::of);
        let fret = |string| shape.and_then(|shape| shape.voicing.fret(string));
        self.slots.string.and_then(fret) == Some(0)
    }
}
