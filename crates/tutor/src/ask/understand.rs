//! What a spoken sentence wants: a command of the lesson, a free question, or nothing known.
//!
//! What has a shape of its own (a metronome, a chord to practise, «not that») is found by it, the
//! rest by the model of [`super::commands`]. A sentence that is nearer to a known question than to
//! any command is a question; what is near to nothing is `unknown`.

use serde::Serialize;
use theory::Chord;

use super::chords::{self, Reading};
use super::commands::{MODEL, classes, same};
use super::intent::{Bpm, Intent, IntentSlots, Off};
use super::model::Model;
use super::noise::is_legible;
use super::recognise::{Recognised, recognise};
use super::slots::{self, Slots};
use super::text::{fold, words};
use super::vocabulary::{ANCHORS, concept};
use super::{QuestionError, denial, title};

/// Below these odds nothing is done.
const LEAST: f32 = 0.3;
/// Below these odds of being a question nobody asked the teacher: talk in the room looks like many
/// things a little. By cross-validation over the writers a fifth of the talk that was answered, and
/// one in a thousand of what was wished.
const LEAST_ASKED: f32 = 0.8;
/// A remark that names nothing of the guitar ([`Sentence::is_remark`]) is a question only from
/// these odds of a known one. By cross-validation over the writers a quarter of the talk that was
/// still answered, and eight in a thousand of the questions.
const LEAST_REMARK: f32 = 0.8;
/// From these odds of talk in the room a shape («מהר מדי», a metronome) is no wish either.
const TALK: f32 = 0.5;
/// So few words with such a shape are a wish all the same: «אני לא צריכה את המטרונום».
const SHORT: usize = 5;
/// Meanings of words that ask: with one of them it is no mere remark.
const INQUIRES: [&str; 12] = [
    "how",
    "what",
    "when",
    "where",
    "which",
    "why",
    "many",
    "who",
    "possible",
    "need",
    "exist",
    "recommend",
];
/// What is found by its shape.
const SURE: f32 = 0.9;
/// A command beside a denied one needs these odds.
const BESIDE: f32 = 0.5;
/// Beats a minute that a metronome can be asked for.
const BEATS: std::ops::RangeInclusive<u16> = 20..=400;

/// Wishes for a chord; folded.
const GOES: [&str; 17] = [
    "נעבוד",
    "נעשה",
    "נתרגל",
    "תתרגל",
    "תתרגלי",
    "תרגל",
    "תרגלי",
    "נתאמנ",
    "תאמנ",
    "תאמני",
    "תעבור",
    "תעברי",
    "נעבור",
    "תעביר",
    "תעבירי",
    "עבור",
    "עברי",
];
/// Infinitives that are one after a word of [`ASKS_FOR`].
const TO_GO: [&str; 4] = ["לתרגל", "להתאמנ", "לעבור", "לעבוד"];
const ASKS_FOR: [&str; 8] = ["אפשר", "בוא", "בואי", "רוצה", "בא", "תנ", "תני", "יאללה"];

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
/// [`QuestionError::Empty`] where nothing is said.
pub fn understand(text: &str, lesson: Option<&str>) -> Result<Understood, QuestionError> {
    understood(text, lesson, &Models { commands: &MODEL, questions: &recognise })
}

/// What a sentence is held against.
pub(super) struct Models<'a> {
    pub(super) commands: &'a Model,
    pub(super) questions: &'a dyn Fn(&str) -> Recognised,
}

pub(super) fn understood(
    text: &str,
    lesson: Option<&str>,
    models: &Models,
) -> Result<Understood, QuestionError> {
    if text.trim().is_empty() {
        return Err(QuestionError::Empty);
    }
    let words = words(text);
    let counts = words.iter().any(|word| word.starts_with(char::is_numeric));
    if !counts && !is_legible(text, &words) {
        let (intent, slots) = (Intent::Unknown, IntentSlots::default());
        return Ok(Understood { intent, slots, confidence: SURE });
    }
    let sentence = Sentence {
        folded: words.iter().map(|word| fold(word)).collect(),
        slots: slots::read(&words),
        lesson: lesson.map(chords::of_lesson).unwrap_or_default(),
        words,
    };
    let denied = denial::without_denied(text, &sentence.words).filter(|_| !sentence.asks());
    if let Some(rest) = denied {
        return Ok(beside(&rest, lesson, models));
    }
    let odds = models.commands.odds(text);
    let best = odds.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    let (class, odds) = best.unwrap_or((usize::MAX, 0.0));
    let nearest = classes().nth(class).unwrap_or(Intent::Unknown);
    Ok(sentence.decide(nearest, odds, &(models.questions)(text)))
}

/// What is wanted beside a command that is denied: another command, or nothing.
fn beside(rest: &str, lesson: Option<&str>, models: &Models) -> Understood {
    let nothing =
        Understood { intent: Intent::Unknown, slots: IntentSlots::default(), confidence: SURE };
    let command = |found: &Understood| {
        found.confidence >= BESIDE && !matches!(found.intent, Intent::Question | Intent::Unknown)
    };
    understood(rest, lesson, models).ok().filter(command).unwrap_or(nothing)
}

impl Sentence {
    fn decide(&self, nearest: Intent, odds: f32, near: &Recognised) -> Understood {
        if self.wants_to_stop() {
            return self.with_slots(Intent::Stop, SURE);
        }
        let goes = !self.slots.chords.is_empty() && self.goes_to_a_chord();
        let talk = nearest == Intent::Unknown && odds >= TALK && self.words.len() > SHORT;
        if talk && !goes || self.not_to_the_teacher() {
            return self.with_slots(Intent::Unknown, odds);
        }
        if let Some(found) = self.metronome() {
            return found;
        }
        if let Some(intent) = self.tempo().or_else(|| self.not_heard()) {
            return self.with_slots(intent, SURE);
        }
        if let Some(name) = title::named(&self.words).filter(|_| !self.asks()) {
            let slots = IntentSlots { name: Some(name), ..IntentSlots::default() };
            return Understood { intent: Intent::Song, slots, confidence: SURE };
        }
        if matches!(&self.folded[..], [word] if matches!(word.as_str(), "אוקיי" | "אוקי"))
        {
            return self.with_slots(Intent::Yes, SURE);
        }
        let chord = self.slots.chords.first();
        // A chord and nothing else is what is to be practised.
        if chord.is_some_and(|chord| chord.len == self.words.len()) {
            return self.with_slots(Intent::Practice, 0.8);
        }
        let elsewhere = matches!(
            nearest,
            Intent::Question | Intent::NextChord | Intent::Next | Intent::Unknown
        );
        if elsewhere && goes {
            return self.with_slots(Intent::Practice, SURE);
        }
        // Nobody asked, or nothing that is known.
        let unsure = match nearest {
            Intent::Question => {
                let nothing = near.entry.is_none() || odds < LEAST_ASKED;
                nothing || near.confidence < LEAST_REMARK && self.is_remark()
            }
            _ => odds < LEAST,
        };
        match if unsure { Intent::Unknown } else { nearest } {
            Intent::Question => {
                let named = near.entry.and_then(|entry| self.command(entry.name));
                self.with_slots(named.unwrap_or(Intent::Question), odds)
            }
            Intent::Unknown => match chord {
                Some(chord) if chord.len + 2 >= self.words.len() && !self.asks() => {
                    let shown = self.has(&["show"]);
                    self.with_slots(if shown { Intent::Show } else { Intent::Practice }, 0.6)
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
        if intent == Intent::Practice {
            slots.chords = self.several();
        }
        if intent == Intent::Song {
            slots.name = self.song();
        }
        Understood { intent, slots, confidence: confidence.clamp(0.0, 1.0) }
    }

    /// Every chord that is named, where there are several and none is open.
    fn several(&self) -> Vec<Chord> {
        let mut all: Vec<Chord> = Vec::new();
        for mention in &self.slots.chords {
            match mention.reading.settled(&self.lesson) {
                Some(chord) if !all.contains(&chord) => all.push(chord),
                Some(_) => {}
                None => return Vec::new(),
            }
        }
        if all.len() > 1 { all } else { Vec::new() }
    }

    /// «תעבור לאקורד דו», «נתרגל מעבר מ־Em ל־G»: a wish at the beginning.
    fn goes_to_a_chord(&self) -> bool {
        let wish = |word: &String| GOES.contains(&word.as_str());
        let asked = |word: &String| ASKS_FOR.contains(&word.as_str());
        let begins = self.folded.iter().take(3);
        let told = begins.clone().any(wish)
            || begins.clone().any(asked)
                && self.folded.iter().take(4).any(|word| TO_GO.contains(&word.as_str()));
        told && !self.asks() && !self.folded.iter().any(|word| word == "לא")
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
        // No metronome beats a thousand times a minute, or fewer than none: not without a word.
        let negative = self.folded.iter().any(|word| word == slots::MINUS);
        if number.is_none() && (negative || self.slots.number.is_some()) {
            return Some(self.with_slots(Intent::Question, 0.9));
        }
        let enough = self.folded.iter().any(|word| matches!(word.as_str(), "די" | "מספיק"));
        let unwanted = self.folded.windows(2).any(|two| {
            two[0] == "לא" && matches!(two[1].as_str(), "רוצה" | "רוצימ" | "צריכ" | "צריכה")
        });
        let off = enough || unwanted || self.has(&["off", "stop_word", "without"]);
        let bpm = match number {
            Some(beats) => Some(Bpm::Beats(beats)),
            None if off => Some(Bpm::Off(Off::Off)),
            None if self.has(&["slow", "fast"]) => return None,
            None => None,
        };
        let slots = IntentSlots { bpm, ..IntentSlots::default() };
        Some(Understood { intent: Intent::Metronome, slots, confidence: 0.95 })
    }

    /// «פחות מהר», «לא מהר», «הקצב מהיר מדי» are slower; the same of slow is faster.
    fn tempo(&self) -> Option<Intent> {
        let word_is = |names: &[&str]| self.folded.iter().any(|w| names.contains(&w.as_str()));
        let less = word_is(&["פחות"]) && self.words.len() <= 5;
        let so = |word: &str| matches!(word, "כל" | "ככ" | "ככה");
        let not = self.folded.split_first().is_some_and(|(not, rest)| {
            not == "לא" && rest.iter().filter(|word| !so(word)).count() == 1
        });
        // «אני מנגן מהר מדי» tells of the student.
        let too = word_is(&["מדי", "מידי", "מדיי"])
            && self.words.len() <= 6
            && !word_is(&["אני", "אנחנו", "למה"])
            && !self.has(&["play", "finger", "hand"]);
        match (less || not || too, self.has(&["fast"]), self.has(&["slow"])) {
            (true, true, false) => Some(Intent::Slower),
            (true, false, true) => Some(Intent::Faster),
            _ => None,
        }
    }

    /// «אני רוצה להפסיק»: whoever wants that is not asked twice.
    fn wants_to_stop(&self) -> bool {
        let has = |known: &[&str]| self.folded.iter().any(|w| known.contains(&w.as_str()));
        self.words.len() <= 4
            && has(&["רוצה", "רוצימ", "צריכ", "צריכה", "חייב", "חייבת"])
            && self.folded.last().is_some_and(|word| word == "להפסיק" || word == "לעצור")
            && !has(&["לא"])
            && !self.asks()
    }

    /// «לא דיברתי אליך», «זה לא אליך».
    fn not_to_the_teacher(&self) -> bool {
        let at = |words: &[&str]| self.folded.iter().position(|w| words.contains(&w.as_str()));
        let no = at(&["לא"]);
        let you = at(&["אליכ", "אלייכ", "איתכ"]);
        no.zip(you).is_some_and(|(no, you)| no < you && you <= no + 2)
    }

    /// «לא הבנתי» wants it again.
    fn not_heard(&self) -> Option<Intent> {
        let [first, second, rest @ ..] = &self.folded[..] else { return None };
        let heard = ["הבנתי", "הבנו", "שמעתי", "שמענו", "קלטתי"].contains(&second.as_str());
        (first == "לא" && heard && rest.len() <= 1).then_some(Intent::Again)
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

    /// Whether it asks nothing and names nothing of the guitar or of the lesson.
    fn is_remark(&self) -> bool {
        let meaning = |word: &String| {
            let named =
                concept(word).is_some_and(|c| ANCHORS.contains(&c) || INQUIRES.contains(&c));
            named || word == "אינ" || word == "האמ" || word.starts_with(|c: char| c.is_ascii())
        };
        self.slots.chords.is_empty() && !self.folded.iter().any(meaning)
    }

    /// The words after «השיר».
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
    fn what_is_denied_is_not_done() {
        for (text, intent) in [
            ("הקצב מהיר מדי", Intent::Slower),
            ("המטרונום מהיר מדי", Intent::Slower),
            ("הקצב איטי מדי", Intent::Faster),
            ("זה מהיר לי מדי", Intent::Slower),
            ("לא מהר", Intent::Slower),
            ("לא כל כך מהר", Intent::Slower),
            ("אל תגבירי", Intent::Unknown),
            ("לא עוד פעם", Intent::Unknown),
            ("אל תעצור", Intent::Unknown),
            ("לא לעצור", Intent::Unknown),
            ("לא לעצור, תמשיך", Intent::Continue),
            ("לא, עוד פעם", Intent::Again),
            ("אל תכבה את המטרונום", Intent::Unknown),
            ("בלי מטרונום", Intent::Metronome),
            ("לא את התקווה, בוא ננגן שיר אחר", Intent::Song),
            ("לא הבנתי", Intent::Again),
            ("לא לזה התכוונתי", Intent::NotThat),
            ("איך לא לעצור באמצע שיר", Intent::Question),
            ("בוא ננגן את התקווה", Intent::Song),
            ("בוא ננגן את מי מינור", Intent::Practice),
        ] {
            let found = understand(text, None).unwrap();
            assert_eq!(found.intent, intent, "{text}: {found:?}");
        }
        let song = understand("בוא ננגן את יונתן הקטן", None).unwrap();
        assert_eq!(song.slots.name.as_deref(), Some("יונתן הקטן"));
        let another = understand("לא את התקווה, בוא ננגן שיר אחר", None).unwrap();
        assert_eq!(another.slots.name, None);
        for text in ["בלי מטרונום", "לא רוצה מטרונום", "אני לא צריכה את המטרונום"]
        {
            let off = understand(text, None).unwrap();
            assert_eq!(off.slots.bpm, Some(Bpm::Off(Off::Off)), "{text}");
        }
        for text in ["מטרונום מינוס שלושים", "קצב מינוס שלושים", "מטרונום על אלף"]
        {
            let refused = understand(text, None).unwrap();
            assert_eq!((refused.intent, refused.slots.bpm), (Intent::Question, None), "{text}");
        }
    }

    #[test]
    fn a_chord_is_gone_to() {
        let chords = |names: &[&str]| names.iter().map(|n| n.parse().unwrap()).collect::<Vec<_>>();
        for (text, named) in [
            ("נתרגל Em ו-Am", &["Em", "Am"][..]),
            ("בוא נתרגל מעבר מ-Em ל-G", &["Em", "G"]),
            ("אפשר לתרגל את המעבר מלה לרה", &["A", "D"]),
            ("תעבור לאקורד דו", &["C"]),
            ("תעביר אותי לאקורד סול", &["G"]),
            ("אפשר לעבור לאקורד לה מינור", &["Am"]),
            ("נתרגל את דו", &["C"]),
            ("Em", &["Em"]),
        ] {
            let found = understand(text, None).unwrap();
            assert_eq!(found.intent, Intent::Practice, "{text}: {found:?}");
            let named = chords(named);
            assert_eq!(found.slots.chord, Some(named[0]), "{text}");
            let several = if named.len() > 1 { named } else { Vec::new() };
            assert_eq!(found.slots.chords, several, "{text}");
        }
        for (text, intent) in [
            ("תעבור לאקורד הבא", Intent::NextChord),
            ("איך עוברים מדו לסול", Intent::Question),
            ("קשה לי לעבור מדו לסול", Intent::Question),
            ("מה ההבדל בין Am ל-C", Intent::Question),
        ] {
            let found = understand(text, None).unwrap();
            assert_eq!((found.intent, found.slots.chords), (intent, Vec::new()), "{text}");
        }
        // Open until the lesson tells which.
        assert_eq!(understand("נתרגל סי ורה", None).unwrap().slots.chords, Vec::new());
        let settled = understand("נתרגל סי ורה", Some("C")).unwrap();
        assert_eq!(settled.slots.chords, chords(&["C", "D"]));
    }

    #[test]
    fn a_chord_is_shown() {
        let found = understand("תראה לי Em", None).unwrap();
        assert_eq!((found.intent, found.slots.chord), (Intent::Show, "Em".parse().ok()));
    }

    #[test]
    fn talk_in_the_room_is_left_alone() {
        for text in [
            "אמא, האוכל מוכן?",
            "רגע, אני מדבר בטלפון",
            "לא דיברתי אליך",
            "זה לא אליך, זה לאח שלי",
            "המטרונום של סבא היה עשוי עץ",
            "הוא נסע מהר מדי וקיבל דוח",
            "והרי החדשות ותחילה הכותרות",
            "תחתוך לחתיכות קטנות יותר",
            "המאמן הריץ אותנו עשר הקפות",
        ] {
            let found = understand(text, None).unwrap();
            assert_eq!(found.intent, Intent::Unknown, "{text}: {found:?}");
        }
        for (text, intent) in [
            ("לא הבנת אותי", Intent::NotThat),
            ("אני רוצה להפסיק", Intent::Stop),
            ("וואו תודה", Intent::Thanks),
            ("לא הבנתי", Intent::Again),
            ("תנגני את הקטע הזה שוב ושוב", Intent::Loop),
            ("הילד צריך קליק ב-72", Intent::Metronome),
            ("זה מהר מדי", Intent::Slower),
        ] {
            let found = understand(text, None).unwrap();
            assert_eq!(found.intent, intent, "{text}: {found:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_nothing() {
        for text in ["???", "hello", "אאאאא", "what is a chord"] {
            assert_eq!(understand(text, None).unwrap().intent, Intent::Unknown, "{text}");
        }
        assert_eq!(understand(" ", None), Err(QuestionError::Empty));
    }
}
