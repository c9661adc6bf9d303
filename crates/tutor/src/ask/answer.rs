//! From a question to its answer.

use std::sync::LazyLock;

use theory::{Chord, StringNumber, Tuning};

use super::chords::{Mention, Reading};
use super::evidence::{self, Around, Finds};
use super::faq::{self, Entry};
use super::matcher::{Matcher, Near};
use super::render::{Told, may_be_said, sentence};
use super::slots::{self, Slots};
use super::{QuestionError, numbers, placement, text};
use crate::hebrew::{finger_name, note_name, string_ordinal};
use crate::{Address, Feedback, LessonEvent, Phrase, TipId};

/// Below this likeness a question is not known. Calibrated on the known questions, each left out
/// in turn, against questions about other things (see the tests).
const KNOWN: f32 = 0.30;

static MATCHER: LazyLock<Matcher> = LazyLock::new(|| Matcher::new(faq::all()));

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
struct Asked<'a> {
    slots: Slots,
    event: Option<&'a LessonEvent>,
    around: &'a Around,
    address: Address,
    confidence: f32,
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
    let best = MATCHER.nearest(question, None).first().copied();
    let best = best.unwrap_or(Near { question: 0, score: 0.0 });
    let entry = &faq::all()[best.question];
    let slots = slots::read(&words);
    let asked = Asked { slots, event, around, address, confidence: best.score.clamp(0.0, 1.0) };
    if best.score < KNOWN {
        return Ok(asked.own("out_of_scope"));
    }
    Ok(asked.answer(entry))
}

/// How near a text is to a known question, 0–1; 0 where the nearest is about something else.
pub(super) fn known(text: &str) -> f32 {
    let best = MATCHER.nearest(text, None).first().copied();
    best.filter(|near| faq::all()[near.question].name != "out_of_scope")
        .map_or(0.0, |near| near.score)
}

/// A known way to ask, matched against all the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The text.
    pub text: &'static str,
    /// The id it belongs to.
    pub expected: &'static str,
    /// The nearest id without it.
    pub nearest: &'static str,
    /// How near, 0–1, and how near the second.
    pub score: f32,
    /// The likeness of the second.
    pub second: f32,
}

/// Every known way to ask, each left out in turn: what the matching is worth on words it has not
/// seen, without the held-out paraphrases.
#[must_use]
pub fn left_out_in_turn() -> Vec<Trial> {
    let entries = faq::all();
    let numbered = entries.iter().enumerate();
    let ways = numbered
        .flat_map(|(q, e)| e.variants.iter().enumerate().map(move |(i, text)| (q, i, e.id, *text)));
    ways.map(|(question, variant, expected, text)| {
        let way = MATCHER.way(question, variant);
        let near = MATCHER.nearest(text, Some(way));
        let nearest = entries[near[0].question].id;
        Trial { text, expected, nearest, score: near[0].score, second: near[1].score }
    })
    .collect()
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

    /// The chord of the question; else the one that the lesson is about.
    fn chord(&self) -> Option<Chord> {
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
        let Some((first, tip)) = filled.or_else(plain) else { return self.nothing_yet() };
        let intent = match entry.name {
            name if name.starts_with("clarify") => "clarify",
            name => name,
        };
        Answer::new(intent, entry.id, first, tip, self.confidence)
    }

    fn slot(&self, name: &str) -> Option<Told> {
        let bpm = |n: u16| Told::words(numbers::spelled(n));
        match name {
            "chord" => self.chord().map(Told::chord),
            "placement" => self.chord().and_then(placement::fingers).map(Told::words),
            "first_string" => {
                self.chord().and_then(placement::first_string).map(string_ordinal).map(Told::words)
            }
            "notes" => self.chord().map(|chord| {
                let notes: Vec<_> = chord.pitch_classes().map(note_name).collect();
                Told::words(notes.join(", "))
            }),
            "string" => self.slots.string.map(string_ordinal).map(Told::words),
            "string_note" => self.slots.string.map(|s| open_note(s, 0)).map(Told::words),
            "note_at" => {
                let fret = self.slots.fret.filter(|fret| *fret <= 24)?;
                self.slots.string.map(|s| open_note(s, fret)).map(Told::words)
            }
            "fret" => self.slots.fret.map(|n| Told::words(numbers::spelled(n.into()))),
            "finger" => self.finger().map(Told::words),
            "bpm" => {
                self.around.bpm.or(self.slots.number).filter(|n| (20..=400).contains(n)).map(bpm)
            }
            "today" => self.around.changes.map(|c| bpm(c.today)),
            "before" => self.around.changes.and_then(|c| c.before).map(bpm),
            "known" => two_chords(&self.around.known),
            "capo" => self.around.capo.map(|n| Told::words(numbers::spelled(n.into()))),
            _ => None,
        }
    }

    /// The finger that belongs where the event or the question points.
    fn finger(&self) -> Option<&'static str> {
        let shape = theory::Shape::of(self.chord()?)?;
        let event = self.event;
        let pointed = event.and_then(|e| e.presses.first().map(|p| p.string));
        let heard = event.and_then(|e| e.strings.first().map(|s| s.string));
        let string = self.slots.string.or(pointed).or(heard)?;
        shape.finger(string).map(|finger| finger_name(Some(finger)))
    }
}

fn open_note(string: StringNumber, fret: u8) -> &'static str {
    note_name(Tuning::STANDARD.open(string).transposed(i32::from(fret)).class())
}

fn two_chords(chords: &[Chord]) -> Option<Told> {
    match chords {
        [] | [_] => None,
        [a, b, ..] => {
            let name = crate::hebrew::chord_name;
            let shown = |c: &Chord| crate::hebrew::isolate(&c.name());
            Some(Told::pair(
                format!("{} ו{}", shown(a), shown(b)),
                format!("{} ו{}", name(*a), name(*b)),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_questions_are_recognised_without_themselves() {
        let trials = left_out_in_turn();
        for t in trials.iter().filter(|t| t.expected != t.nearest) {
            println!("MISS {} {} {:.2} {:.2} {}", t.expected, t.nearest, t.score, t.second, t.text);
        }
        for t in &trials {
            println!("SCORE {} {} {:.3} {:.3}", t.expected, t.nearest, t.score, t.second);
        }
        for e in faq::all() {
            for v in &e.variants {
                println!("FEAT {}\t{}\t{}", e.id, v, super::super::matcher::dump(v));
            }
        }
        let right = trials.iter().filter(|t| t.expected == t.nearest).count();
        println!("TOP1 {right} of {}", trials.len());
    }
}
