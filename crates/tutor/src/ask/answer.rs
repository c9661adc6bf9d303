//! From a question to its answer.

use theory::Chord;

use super::chords::{Mention, Reading};
use super::evidence::{self, Around, Finds};
use super::faq::{self, Entry};
use super::recognise::recognise;
use super::render::{may_be_said, sentence};
use super::slots::{self, Slots};
use super::{QuestionError, text};
use crate::{Address, Feedback, LessonEvent, Phrase, TipId};

/// An answer: what is so, then one concrete thing to try.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// First sentence.
    pub first: Phrase,
    /// One tip.
    pub tip: Phrase,
    /// A row of the diagnosis table, or `F…`.
    pub tip_id: TipId,
    /// What was asked: the name of a known question, `why`, `clarify` or `out_of_scope`.
    pub intent: &'static str,
    /// 0–1: how near the question is to a known one.
    pub confidence: f32,
    /// Whether the checks on what may be said hold.
    pub checked: bool,
}

impl Answer {
    /// Both sentences for the screen.
    #[must_use]
    pub fn display(&self) -> String {
        format!("{} {}", self.first.display, self.tip.display)
    }

    /// Both sentences for the voice.
    #[must_use]
    pub fn speech(&self) -> String {
        format!("{} {}", self.first.speech, self.tip.speech)
    }

    /// Both sentences in IPA.
    #[must_use]
    pub fn ipa(&self) -> String {
        format!("{} {}", self.first.ipa, self.tip.ipa)
    }

    fn new(intent: &'static str, id: &str, first: Phrase, tip: Phrase, confidence: f32) -> Self {
        let checked = may_be_said(&first, &tip);
        Self { first, tip, tip_id: TipId(id.to_owned()), intent, confidence, checked }
    }

    fn of_feedback(feedback: Feedback, confidence: f32) -> Self {
        let Feedback { diagnosis, tip, tip_id, .. } = feedback;
        Self::new("why", &tip_id.0, diagnosis, tip, confidence)
    }
}

/// What a question is asked about.
pub(super) struct Asked<'a> {
    pub(super) slots: Slots,
    pub(super) event: Option<&'a LessonEvent>,
    pub(super) around: &'a Around,
    address: Address,
    confidence: f32,
    /// The two questions that are asked back.
    between: Option<[&'static Entry; 2]>,
}

/// Answers a question in Hebrew. Pure: the same question about the same event has the same answer.
///
/// # Errors
/// [`QuestionError::Empty`] where nothing is asked.
pub fn ask(
    question: &str,
    event: Option<&LessonEvent>,
    around: &Around,
    address: Address,
) -> Result<Answer, QuestionError> {
    let words = text::words(question);
    if words.is_empty() {
        return Err(QuestionError::Empty);
    }
    let near = recognise(question);
    let slots = slots::read(&words);
    let between = near.entry.zip(near.or).map(|(one, other)| [one, other]);
    let confidence = near.confidence;
    let asked = Asked { slots, event, around, address, confidence, between };
    if let Some(names) = asked.of_names(&words) {
        return Ok(asked.answer(names));
    }
    if asked.stays_open() {
        return Ok(asked.own("clarify"));
    }
    let entry = near.entry.map(|entry| asked.of_a_chord(entry, &words));
    Ok(entry.map_or_else(|| asked.own("out_of_scope"), |entry| asked.answer(entry)))
}

/// Words that ask what a chord is called.
const NAMED: [&str; 9] =
    ["שם", "שמות", "השם", "קוראים", "נקרא", "אות", "אותיות", "בעברית", "באנגלית"];

/// Words that ask whether two are one.
const COMPARED: [&str; 8] = ["הבדל", "ההבדל", "אותו", "אותה", "אותם", "זהים", "זהה", "שונה"];

impl Asked<'_> {
    /// What the chords and strings that are named make of a question.
    fn of_a_chord(&self, entry: &'static Entry, words: &[String]) -> &'static Entry {
        let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
        let other = match entry.name {
            "which_finger" if self.is_open() => "open_string",
            // A chord by its letter is no question about letters, unless its name is asked.
            "note_names" if !self.slots.chords.is_empty() && !has(&NAMED) => "how_chord",
            _ => return entry,
        };
        faq::named(other).unwrap_or(entry)
    }

    /// The question of what the names of notes are, where two names of one chord are compared.
    fn of_names(&self, words: &[String]) -> Option<&'static Entry> {
        let compared = words.iter().any(|word| COMPARED.contains(&word.as_str()));
        faq::named("note_names").filter(|_| compared && self.named_twice())
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

    fn answer(&self, entry: &'static Entry) -> Answer {
        if entry.asks_evidence() {
            match evidence::answer(entry, self.event, self.around, &self.slots, self.address) {
                Some(Finds::Feedback(told)) => return Answer::of_feedback(*told, self.confidence),
                Some(Finds::Entry(row)) => return self.told(row),
                None if entry.name == "why" => return self.nothing_yet(),
                None => {}
            }
        }
        if entry.needs_chord() && self.chord().is_none() {
            return self.which_chord();
        }
        self.told(entry)
    }

    /// Whether two questions are as near; where the evidence answers one of them, it is that one.
    fn stays_open(&self) -> bool {
        self.between.is_some_and(|two| {
            self.event.is_none() || !two.iter().any(|entry| entry.asks_evidence())
        })
    }

    /// What one of the two questions that are asked back is about.
    pub(super) fn topic(&self, which: usize) -> Option<&'static str> {
        self.between.and_then(|two| two.get(which).map(|entry| entry.topic))
    }

    /// The chord of the question; else the one that the lesson is about.
    pub(super) fn chord(&self) -> Option<Chord> {
        let lesson: Vec<Chord> = self.event.map(|event| event.target).into_iter().collect();
        match self.slots.chords.first() {
            Some(mention) => mention.reading.settled(&lesson),
            None => lesson.first().copied(),
        }
    }

    fn which_chord(&self) -> Answer {
        let open = |m: &Mention| matches!(m.reading, Reading::CorB(_));
        match self.slots.chords.first() {
            Some(mention) if open(mention) => self.own("clarify_si"),
            _ => self.own("clarify_chord"),
        }
    }

    /// One of the teacher's own answers, which no question is matched with.
    fn own(&self, name: &str) -> Answer {
        match faq::named(name) {
            Some(entry) => self.told(entry),
            None => self.nothing_yet(),
        }
    }

    fn nothing_yet(&self) -> Answer {
        let told = evidence::nothing_yet(self.address).unwrap_or_else(crate::diagnosis::no_words);
        Answer::of_feedback(told, self.confidence)
    }

    fn told(&self, entry: &'static Entry) -> Answer {
        let slot = |name: &str| self.slot(name);
        let say = |text| sentence(text, self.address, &slot);
        let filled = entry.filled.and_then(|(first, tip)| Some((say(first)?, say(tip)?)));
        let plain = || Some((say(entry.first)?, say(entry.tip)?));
        if filled.is_none() && entry.needs_chord() && self.chord().is_some() {
            return self.own("no_shape");
        }
        let Some((first, tip)) = filled.or_else(plain) else { return self.nothing_yet() };
        let intent = match entry.name {
            name if name.starts_with("clarify") => "clarify",
            name => name,
        };
        Answer::new(intent, entry.id, first, tip, self.confidence)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fill::two_chords;
    use super::super::placement;
    use super::super::render::Told;
    use theory::PitchClass;

    use super::*;
    use crate::NoteNames;

    /// Every answer that needs no slot, and those that do with every slot filled.
    fn every_answer(mut check: impl FnMut(&str, &Phrase, &Phrase)) -> usize {
        let mut count = 0;
        for entry in faq::all() {
            for address in [Address::Neutral, Address::Masculine, Address::Feminine] {
                for (first, tip) in
                    [Some((entry.first, entry.tip)), entry.filled].into_iter().flatten()
                {
                    for names in [NoteNames::Solfege, NoteNames::Letters] {
                        let chord = |name: &str| Told::called(name.parse().unwrap(), names);
                        let say = |text| {
                            sentence(text, address, &|name| match name {
                                "chord" => Some(chord("Em")),
                                name if name.parse::<Chord>().is_ok() => Some(chord(name)),
                                "known" => {
                                    two_chords(&["Em", "G"].map(|it| it.parse().unwrap()), names)
                                }
                                "placement" => {
                                    placement::fingers("C".parse().unwrap()).map(Told::words)
                                }
                                "first_string" | "string" => Some(Told::words("השלישי")),
                                "notes" | "note_at" | "string_note" => {
                                    Some(Told::notes((0..12).map(PitchClass), names))
                                }
                                "string_label" | "fret" | "capo" => Some(Told::words("שלוש")),
                                "finger" => Some(Told::words("הקמיצה")),
                                "topic" | "other" => Some(Told::words("הפריטה עצמה")),
                                "today" | "before" => Some(Told::words("עשרים")),
                                "bpm_beats" => Some(Told::words("שמונים פעימות לדקה")),
                                _ => None,
                            })
                            .unwrap_or_else(|| panic!("{}: {text}", entry.id))
                        };
                        check(entry.id, &say(first), &say(tip));
                        count += 1;
                    }
                }
            }
        }
        count
    }

    #[test]
    fn a_chord_named_twice_and_an_open_string_are_told() {
        for (question, intent) in [
            ("מה ההבדל בין סול ל־G", "note_names"),
            ("מה ההבדל בין דו ל-C", "note_names"),
            ("G ו סול זה אותו אקורד", "note_names"),
            ("מה ההבדל בין E ל־Em", "maj_min"),
            ("איך עושים G", "how_chord"),
            ("איזו אצבע בסטרינג פתוח", "open_string"),
            ("איזו אצבע שמים על מיתר פתוח", "open_string"),
            ("איזו אצבע שמים על המיתר השלישי באקורד Em", "open_string"),
            ("איזו אצבע שמים על המיתר הרביעי באקורד Em", "which_finger"),
            ("איך עוברים לשיעור הבא", "skip"),
        ] {
            let answer = ask(question, None, &Around::default(), Address::Neutral).unwrap();
            assert_eq!(answer.intent, intent, "{question}: {}", answer.display());
        }
    }

    #[test]
    fn every_answer_is_two_sentences_that_may_be_said() {
        let mut unknown = std::collections::BTreeMap::new();
        let count = every_answer(|id, first, tip| {
            assert!(may_be_said(first, tip), "{id}: {first:?} {tip:?}");
            for phrase in [first, tip] {
                for word in crate::hebrew::pronounce(&phrase.speech).guessed {
                    unknown.entry(word).or_insert(id.to_owned());
                }
                for word in phrase.speech.split([' ', ',', '.', '?']) {
                    let sided = ["ימינה", "שמאלה", "ימין", "מעל", "טעית", "שגוי", "נכשל", "אנא"];
                    assert!(!sided.contains(&word), "{id}: {word}");
                }
                let length = crate::hebrew::without_isolates(&phrase.display).chars().count();
                assert!(length <= 125, "{id}: {length} {}", phrase.display);
            }
        });
        for entry in faq::all().iter().filter(|entry| !entry.topic.is_empty()) {
            let topic =
                sentence(&format!("{}.", entry.topic), Address::Neutral, &|_| None).unwrap();
            assert!(may_be_said(&topic, &topic), "{}", entry.id);
            assert!(entry.topic.chars().count() <= 30, "{}", entry.id);
            for word in crate::hebrew::pronounce(&topic.speech).guessed {
                unknown.entry(word).or_insert(entry.id.to_owned());
            }
        }
        assert!(count > 500, "{count}");
        assert!(unknown.is_empty(), "words without IPA: {unknown:?}");
    }
}
