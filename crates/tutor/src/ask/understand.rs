//! What a spoken sentence wants: a command of the lesson, a free question, or nothing known.
//!
//! Commands are matched with `data/intents.txt`; what has a shape of its own (a metronome, a chord
//! to practise, «not that») is found by it. A sentence that is nearer to a known question than to
//! any command is a question; what is near to nothing is `unknown`.

use std::sync::LazyLock;

use serde::Serialize;
use theory::Chord;

use super::QuestionError;
use super::chords::{self, Reading};
use super::faq::{self, Entry};
use super::learn::{Sample, What, learn};
use super::model::{Model, hash};
use super::recognise::{Recognised, fingerprint, recognise};
use super::slots::{self, Slots};
use super::text::{fold, words};
use super::vocabulary::concept;

static COMMANDS: LazyLock<Vec<Entry>> =
    LazyLock::new(|| faq::read(include_str!("../../data/intents.txt")));
/// What [`learnt_commands`] gave.
static FILE: &[u8] = include_bytes!("../../data/commands.bin");
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(FILE).unwrap_or_default());
/// Below these odds nothing is done.
const LEAST: f32 = 0.3;
/// How much a known question counts beside a command, of which there are far fewer.
const QUESTION: f32 = 0.3;
/// Beats a minute that a metronome can be asked for.
const BEATS: std::ops::RangeInclusive<u16> = 20..=400;

/// What was understood.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Understood {
    /// What is wanted.
    pub intent: Intent,
    /// With what.
    pub slots: IntentSlots,
    /// 0–1.
    pub confidence: f32,
}

macro_rules! intents {
    ($($variant:ident = $key:literal, $what:literal;)*) => {
        /// What a student can want in a lesson.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Intent { $(#[doc = $what] $variant,)* }

        impl Intent {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name in CLI.md: `what_now`.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }
        }
    };
}

intents! {
    Slower = "slower", "A slower tempo.";
    Faster = "faster", "A faster tempo.";
    Again = "again", "The same once more.";
    Next = "next", "The next step.";
    Stop = "stop", "Stop, be silent.";
    Continue = "continue", "Go on after a stop.";
    Metronome = "metronome", "The metronome: on at a tempo, or off.";
    Tune = "tune", "Tune the guitar.";
    Show = "show", "Show how it is done.";
    WhatNow = "what_now", "What to do now.";
    Why = "why", "Why the last verdict.";
    NextChord = "next_chord", "The next chord, or which it is.";
    Practice = "practice", "Practise a chord.";
    Song = "song", "Play a song.";
    Start = "start", "Begin.";
    Loop = "loop", "The same part over and over.";
    Thanks = "thanks", "Thank you.";
    NotThat = "not_that", "That was not what was meant.";
    Yes = "yes", "Yes.";
    No = "no", "No.";
    Question = "question", "A free question.";
    Unknown = "unknown", "Nothing that is known.";
}

/// With what; only what the intent has.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct IntentSlots {
    /// `metronome`: beats a minute, or off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bpm: Option<Bpm>,
    /// The chord, where one is named and sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chord: Option<Chord>,
    /// «סי»: the chords it may mean, to be asked back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Chord>,
    /// `song`: the name, where one is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A tempo, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Bpm {
    /// Beats a minute.
    Beats(u16),
    /// `"off"`
    Off(Off),
}

/// The word `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Off {
    /// `off`
    Off,
}

/// A sentence as the rules see it.
struct Sentence {
    words: Vec<String>,
    folded: Vec<String>,
    slots: Slots,
    lesson: Vec<Chord>,
}

/// What `text` wants. `lesson`: the chords at hand (`Em`, `C-G`), which settle «סי».
///
/// # Errors
/// [`QuestionError::Empty`] where there is no word.
pub fn understand(text: &str, lesson: Option<&str>) -> Result<Understood, QuestionError> {
    let words = words(text);
    if words.is_empty() {
        return Err(QuestionError::Empty);
    }
    let sentence = Sentence {
        folded: words.iter().map(|word| fold(word)).collect(),
        slots: slots::read(&words),
        lesson: lesson.map(chords::of_lesson).unwrap_or_default(),
        words,
    };
    let odds = MODEL.odds(text);
    let best = odds.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    let (class, odds) = best.unwrap_or((usize::MAX, 0.0));
    let nearest = classes().nth(class).unwrap_or(Intent::Unknown);
    Ok(sentence.decide(nearest, odds, &recognise(text)))
}

/// What each class of the model is: the commands, and a free question.
fn classes() -> impl Iterator<Item = Intent> {
    let command = |entry: &Entry| intent(entry.name).unwrap_or(Intent::Unknown);
    COMMANDS.iter().map(command).chain([Intent::Question])
}

fn samples() -> Vec<Sample> {
    let class = |wanted: Intent| classes().position(|intent| intent == wanted);
    let texts = |entry: &Entry, wanted: Option<usize>, weight: f32| -> Vec<Sample> {
        let class = wanted.and_then(|class| u8::try_from(class).ok());
        let sample = |text| Some(Sample { class: class?, weight, what: What::Text(text) });
        entry.variants.iter().copied().filter_map(sample).collect()
    };
    let commands =
        COMMANDS.iter().flat_map(|entry| texts(entry, intent(entry.name).and_then(class), 1.0));
    let questions = faq::all().iter().flat_map(|entry| match entry.name {
        // Slower or faster: the commands say it themselves.
        "tempo" => Vec::new(),
        "out_of_scope" => texts(entry, class(Intent::Unknown), 1.0),
        name => match same(name) {
            Some(command) => texts(entry, class(command), 1.0),
            None => texts(entry, class(Intent::Question), QUESTION),
        },
    });
    commands.chain(questions).collect()
}

/// The weights of the commands, learnt anew from `data/intents.txt` and the known questions: the
/// bytes of `commands.bin`. Takes seconds; no part of a lesson.
#[must_use]
pub fn learnt_commands() -> Vec<u8> {
    learn(&samples(), classes().count(), commands_fingerprint()).write()
}

fn commands_fingerprint() -> u32 {
    let ways = COMMANDS.iter().flat_map(|entry| entry.variants.iter().copied());
    hash(ways.collect::<Vec<_>>().join("\n").as_bytes()) ^ fingerprint()
}

/// The command that a known question is in other words.
fn same(question: &str) -> Option<Intent> {
    match question {
        "what_now" => Some(Intent::WhatNow),
        "why" => Some(Intent::Why),
        "say_again" => Some(Intent::Again),
        "stop_lesson" => Some(Intent::Stop),
        "metronome_on" => Some(Intent::Metronome),
        _ => None,
    }
}

fn intent(name: &str) -> Option<Intent> {
    Intent::ALL.iter().copied().find(|intent| intent.key() == name)
}

impl Sentence {
    fn decide(&self, nearest: Intent, odds: f32, near: &Recognised) -> Understood {
        if let Some(found) = self.metronome() {
            return found;
        }
        if let Some(intent) = self.less().or_else(|| self.denied()) {
            return self.with_slots(intent, 0.9);
        }
        let chord = self.slots.chords.first();
        // A chord and nothing else is what is to be practised.
        if chord.is_some_and(|chord| chord.len == self.words.len()) {
            return self.with_slots(Intent::Practice, 0.8);
        }
        // Nobody asked, or nothing that is known.
        let unsure = match nearest {
            Intent::Question => near.entry.is_none(),
            _ => odds < LEAST,
        };
        match if unsure { Intent::Unknown } else { nearest } {
            Intent::Question => {
                let named = near.entry.and_then(|entry| self.command(entry.name));
                self.with_slots(named.unwrap_or(Intent::Question), odds)
            }
            Intent::Unknown => match chord {
                Some(chord) if chord.len + 2 >= self.words.len() && !self.asks() => {
                    self.with_slots(Intent::Practice, 0.6)
                }
                _ => self.with_slots(Intent::Unknown, odds),
            },
            command => self.with_slots(command, odds),
        }
    }

    /// A known question that is a command in other words.
    fn command(&self, question: &str) -> Option<Intent> {
        match question {
            "tempo" if self.has(&["fast", "raise"]) => Some(Intent::Faster),
            "tempo" if self.has(&["slow", "off", "lower"]) => Some(Intent::Slower),
            _ => same(question),
        }
    }

    fn with_slots(&self, intent: Intent, confidence: f32) -> Understood {
        let mut slots = IntentSlots::default();
        if matches!(intent, Intent::Practice | Intent::Show | Intent::Question | Intent::Loop) {
            match self.slots.chords.first().map(|mention| mention.reading) {
                Some(reading @ Reading::CorB(quality)) => {
                    slots.chord = reading.settled(&self.lesson);
                    if slots.chord.is_none() {
                        slots.candidates = Reading::both(quality).to_vec();
                    }
                }
                Some(Reading::One(chord)) => slots.chord = Some(chord),
                None => {}
            }
        }
        if intent == Intent::Song {
            slots.name = self.song();
        }
        Understood { intent, slots, confidence: confidence.clamp(0.0, 1.0) }
    }

    fn has(&self, concepts: &[&str]) -> bool {
        self.folded.iter().any(|word| concept(word).is_some_and(|name| concepts.contains(&name)))
    }

    /// A metronome with what belongs to it: a number, or «off».
    fn metronome(&self) -> Option<Understood> {
        let named = self.has(&["metronome"]);
        let counted = self.has(&["bpm", "beat", "rhythm", "speed"]) && !self.asks();
        let number = self.slots.number.filter(|n| BEATS.contains(n));
        let told = named || counted && number.is_some();
        if !told || self.asks() && number.is_none() {
            return None;
        }
        // No metronome beats a thousand times a minute: the answer tells the bounds.
        if number.is_none() && self.slots.number.is_some() {
            return Some(self.with_slots(Intent::Question, 0.9));
        }
        let enough = self.folded.iter().any(|word| matches!(word.as_str(), "די" | "מספיק"));
        let off = enough || self.has(&["off", "stop_word", "without"]);
        let bpm = match number {
            Some(beats) => Some(Bpm::Beats(beats)),
            None if off => Some(Bpm::Off(Off::Off)),
            None if self.has(&["slow", "fast"]) => return None,
            None => None,
        };
        let slots = IntentSlots { bpm, ..IntentSlots::default() };
        Some(Understood { intent: Intent::Metronome, slots, confidence: 0.95 })
    }

    /// «פחות מהר» is slower, «פחות לאט» is faster.
    fn less(&self) -> Option<Intent> {
        let less = self.folded.iter().any(|word| word == "פחות") && self.words.len() <= 5;
        match (less, self.has(&["fast"]), self.has(&["slow"])) {
            (true, true, false) => Some(Intent::Slower),
            (true, false, true) => Some(Intent::Faster),
            _ => None,
        }
    }

    /// «אל תעצור» goes on, «אל תמשיך» stops, «לא מהר» is slower, «לא הבנתי» wants it again.
    fn denied(&self) -> Option<Intent> {
        let first = self.folded.first()?;
        if !matches!(first.as_str(), "אל" | "לא") || self.words.len() > 3 {
            return None;
        }
        let second = self.folded.get(1)?;
        let has = |stems: &[&str]| stems.iter().any(|stem| second.contains(stem));
        if has(&["הבנ", "שמעתי", "קלטתי"]) {
            Some(Intent::Again)
        } else if has(&["עצור", "עצר", "תפסיק", "להפסיק"]) {
            Some(Intent::Continue)
        } else if has(&["משיכ", "משיך"]) {
            Some(Intent::Stop)
        } else {
            match (self.has(&["fast"]), self.has(&["slow"])) {
                (true, false) => Some(Intent::Slower),
                (false, true) => Some(Intent::Faster),
                _ => None,
            }
        }
    }

    /// Whether it is put as a question.
    fn asks(&self) -> bool {
        const ASKING: [&str; 16] = [
            "מה",
            "מהו",
            "מהי",
            "איכ",
            "למה",
            "מדוע",
            "כמה",
            "מתי",
            "איפה",
            "איזה",
            "איזו",
            "אילו",
            "האמ",
            "מי",
            "לאנ",
            "בשביל",
        ];
        self.folded.iter().take(3).any(|word| {
            ASKING.contains(&word.strip_prefix('ו').filter(|r| r.len() > 2).unwrap_or(word))
        })
    }

    /// The words after «השיר» or «את».
    fn song(&self) -> Option<String> {
        let at = self.folded.iter().rposition(|word| matches!(word.as_str(), "שיר" | "השיר"))?;
        let name = self.words[at + 1..].join(" ");
        let of_another = ["עמ", "עכשיו", "הבא", "אחר", "חדש", "קל", "בבקשה", "של", "אחד"];
        let first = self.folded.get(at + 1)?;
        (!of_another.contains(&first.as_str())).then_some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_those_of_the_commands() {
        let model = Model::read(FILE).expect("commands.bin is whole");
        assert_eq!(model.classes, classes().count());
        assert_eq!(
            model.learnt_from,
            commands_fingerprint(),
            "the ways to ask have changed: cargo run --release -p tutor --example learn-questions"
        );
    }
}
