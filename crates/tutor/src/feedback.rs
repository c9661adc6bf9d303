use std::time::Duration;

use audio::seconds;
use serde::{Deserialize, Serialize};
use theory::{Finger, StringNumber};

use crate::{EngineKind, hebrew};

/// One utterance of the teacher: what was heard, then at most one thing to try.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feedback {
    /// First sentence: what was heard.
    pub diagnosis: Phrase,
    /// Second sentence: one concrete thing to try, or what comes next.
    pub tip: Phrase,
    /// The row of the diagnosis table.
    pub tip_id: TipId,
    /// The basis, for the small line: «לפי הצליל · פעמיים מתוך שלוש».
    pub basis: String,
    /// The one string the sentence is about and its token, if it is about one.
    pub marks: Vec<Mark>,
    /// 1 is most urgent.
    pub priority: u8,
    /// Not worth saying after this.
    #[serde(with = "seconds")]
    pub expires: Duration,
}

/// The id of the results of drills, beside the rows of the diagnosis table and none of them.
pub(crate) const RESULT: &str = "OK5";

impl Feedback {
    /// Both sentences for the screen; Latin tokens isolated.
    #[must_use]
    pub fn display(&self) -> String {
        join(&self.diagnosis.display, &self.tip.display)
    }

    /// Both sentences for the voice: no Latin letter, no digit.
    #[must_use]
    pub fn speech(&self) -> String {
        join(&self.diagnosis.speech, &self.tip.speech)
    }

    /// Whether it names a cause of what was heard, and not only what was heard. By sound alone that
    /// is no more than likely.
    #[must_use]
    pub fn names_cause(&self) -> bool {
        match self.tip_id.0.as_str() {
            "L01" | "L02" | "L03" | "L04" | "L06" | "L07" | "L08" | "L09" | "L10" | "L11"
            | "L18" | "L29" => true,
            // The same row without the word says only what was heard.
            "L05" => self.diagnosis.display.contains("כנראה"),
            _ => false,
        }
    }

    /// The finger it names as the cause, with its article: «הקמיצה».
    #[must_use]
    pub fn cause(&self) -> Option<&'static str> {
        let named = |finger: &&str| self.diagnosis.display.contains(*finger);
        let fingers = [Finger::Index, Finger::Middle, Finger::Ring, Finger::Pinky, Finger::Thumb];
        let mut names = fingers.into_iter().map(|finger| hebrew::finger_name(Some(finger)));
        names.find(named).filter(|_| self.names_cause())
    }

    /// The engine it tells to be out of order, if that is what it tells: a word beside the lesson,
    /// not about the playing.
    #[must_use]
    pub fn engine_down(&self) -> Option<EngineKind> {
        match self.tip_id.0.as_str() {
            "A05" => Some(EngineKind::Witness),
            "A06" => Some(EngineKind::Language),
            "A07" => Some(EngineKind::Speech),
            "A08" => Some(EngineKind::Voice),
            _ => None,
        }
    }

    /// Whether it tells that the chord cannot be taught on a guitar in this tuning: nothing is judged
    /// until the guitar is tuned or another chord asked.
    #[must_use]
    pub fn is_of_other_tuning(&self) -> bool {
        self.tip_id.0 == "A13"
    }

    /// Whether it tells of a fault in the playing: a row of the strings, the fretting hand, the
    /// strumming hand or the metre, not a doubt, a remark or a word of the app.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        crate::diagnosis::is_fault(&self.tip_id.0)
    }

    /// Both sentences in IPA, stress marked.
    #[must_use]
    pub fn ipa(&self) -> String {
        join(&self.diagnosis.ipa, &self.tip.ipa)
    }
}

fn join(first: &str, second: &str) -> String {
    if second.is_empty() { first.to_owned() } else { format!("{first} {second}") }
}

/// A sentence in its three forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// Hebrew with isolated Latin chord names (U+2066…U+2069).
    pub display: String,
    /// Hebrew words only.
    pub speech: String,
    /// IPA with stress marks; words separated by spaces, a pause by `,` or `.`.
    pub ipa: String,
}

/// A row of the diagnosis table (`L05`), or an app row of ours (`OK1`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TipId(pub String);

/// A string the sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Which.
    pub string: StringNumber,
}
