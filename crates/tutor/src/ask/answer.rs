//! From a question to its answer.

use theory::Chord;

use super::chords::{Mention, Reading};
use super::evidence::{self, Around, Finds};
use super::faq::{self, Entry};
use super::noise::is_legible;
use super::note;
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
    /// The note that is named, if it is a question about one.
    pub(super) note: Option<note::Named>,
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
    if question.trim().is_empty() {
        return Err(QuestionError::Empty);
    }
    let words = text::words(question);
    let near = recognise(question);
    let slots = slots::read(&words);
    let note = note::named(&words);
    let between = near.entry.zip(near.or).map(|(one, other)| [one, other]);
    let legible = is_legible(question, &words);
    let confidence = if legible { near.confidence } else { 0.0 };
    let asked = Asked { slots, note, event, around, address, confidence, between };
    if !legible {
        return Ok(asked.own("unreadable"));
    }
    if let Some(named) = asked.by_names(&words) {
        return Ok(asked.answer(named));
    }
    let open = asked.stays_open();
    if let Some(named) = asked.what_is(&words).filter(|_| open || near.entry.is_none()) {
        return Ok(asked.answer(named));
    }
    if open {
        return Ok(asked.own("clarify"));
    }
    let entry = near.entry.map(|entry| asked.of_a_chord(entry, &words));
    Ok(entry.map_or_else(|| asked.own("out_of_scope"), |entry| asked.answer(entry)))
}

impl Asked<'_> {
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
        let mut pairs = entry.filled.iter();
        let filled = pairs.find_map(|(first, tip)| Some((say(first)?, say(tip)?)));
        let plain = || Some((say(entry.first)?, say(entry.tip)?));
        if filled.is_none() && entry.needs_chord() && self.chord().is_some() {
            return self.own("no_shape");
        }
        let Some((first, tip)) = filled.or_else(plain) else { return self.nothing_yet() };
        let intent = match entry.name {
            name if name.starts_with("clarify") => "clarify",
            "unreadable" => "out_of_scope",
            "guilty_unheard" => "guilty_finger",
            "what_chord" => "chord_notes",
            "what_root" => "note_names",
            name => name,
        };
        Answer::new(intent, entry.id, first, tip, self.confidence)
    }
}

#[cfg(test)]
mod tests;
