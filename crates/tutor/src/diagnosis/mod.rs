//! From a lesson event to the one thing worth saying.
//!
//! `facts` finds conditions in the evidence, `table` says which row each is and how urgent, the
//! most urgent that is sure enough wins. When it is said aloud is the policy's work (`policy`).

mod chordwise;
pub(crate) mod condition;
pub(crate) mod facts;
mod picture;
mod render;
#[cfg(test)]
mod sentences;
mod sight;
pub(crate) mod table;
mod tuning;
mod view;

use std::sync::Arc;
use std::time::Duration;

use theory::{StringNumber, Tuning};

pub(crate) use render::{choose_address, phrase};

use self::condition as c;
use self::facts::{Fact, Facts, Slots};
use self::table::{Condition, Kind, Row, Senses};
use crate::{Address, Feedback, LessonEvent, Level, Mark, NoteNames, Style, TipId};

/// A tip is about the last strum; after this long the student has long played on.
pub(crate) const TIP_LIFETIME: Duration = Duration::from_secs(8);

/// In how many of the last attempts, and of how many.
pub(crate) type Repeated = (u8, u8);

/// What is to be said, before it has words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Finding {
    pub(crate) row: &'static Row,
    pub(crate) slots: Slots,
    pub(crate) repeated: Option<Repeated>,
    /// The camera saw part of it.
    pub(crate) seen: bool,
}

/// What is followed across attempts: a kind of fault, of a string.
pub(crate) type Key = (&'static str, Option<StringNumber>);

/// Kinds of fault after which a string that rings is repaired.
pub(crate) const DEAD: &str = "dead";
pub(crate) const BUZZ: &str = "buzz";

/// Whether a row tells of a fault in the playing.
pub(crate) fn is_fault(id: &str) -> bool {
    table::rows().iter().any(|row| row.id == id && row.fault)
}

/// How a fact is followed across attempts: a dead string is the same fault, whoever mutes it.
pub(crate) fn key_of(row: &Row, slots: &Slots) -> Key {
    let kind = match row.kind {
        Some(Kind::Dead) => DEAD,
        Some(Kind::Buzz) => BUZZ,
        Some(Kind::Extra) | None => row.id,
    };
    (kind, slots.string)
}

impl Finding {
    /// A finding of the table's own, without evidence.
    pub(crate) fn plain(condition: Condition, slots: Slots) -> Option<Self> {
        Some(Self { row: table::row_of(condition)?, slots, repeated: None, seen: false })
    }

    pub(crate) fn key(&self) -> Key {
        key_of(self.row, &self.slots)
    }

    /// Whether it only says that nobody can tell.
    pub(crate) fn is_doubt(&self) -> bool {
        [c::UNSURE_STRING, c::UNSURE_CHORD, c::UNSURE_SEEN].contains(&self.row.condition)
    }

    /// All its truthful wordings.
    pub(crate) fn wordings(&self, address: Address, at: Duration) -> Vec<Feedback> {
        let own = table::wordings().iter().filter(|w| w.condition == self.row.condition);
        own.filter_map(|w| self.feedback((w.diagnosis, w.tip), address, at)).collect()
    }

    /// As a style says it, and where it says nothing as the table does.
    pub(crate) fn styled(&self, style: &Style, address: Address, at: Duration) -> Vec<Feedback> {
        let ways = style.ways(self.row.condition);
        let own = ways.map(|way| (way.heard.as_str(), way.try_this.as_str()));
        let said: Vec<Feedback> =
            own.filter_map(|sentences| self.feedback(sentences, address, at)).collect();
        if said.is_empty() { self.wordings(address, at) } else { said }
    }

    fn feedback(
        &self,
        (heard, tip): (&str, &str),
        address: Address,
        at: Duration,
    ) -> Option<Feedback> {
        Some(Feedback {
            diagnosis: phrase(heard, &self.slots, address)?,
            tip: phrase(tip, &self.slots, address)?,
            tip_id: TipId(self.row.id.to_owned()),
            basis: self.basis(),
            marks: self.slots.string.map(|string| Mark { string }).into_iter().collect(),
            priority: self.row.priority,
            expires: at + TIP_LIFETIME,
        })
    }

    fn basis(&self) -> String {
        let senses = match self.row.senses {
            Senses::None => return String::new(),
            Senses::Doubt => return "לפי הצליל · לא בטוח".to_owned(),
            Senses::Microphone => "לפי המיקרופון",
            Senses::Eye => "לפי התמונה",
            Senses::Both => "לפי הצליל והתמונה",
            Senses::EyeToo if self.seen => "לפי הצליל והתמונה",
            Senses::Ear | Senses::EyeToo => "לפי הצליל",
        };
        self.repeated.map_or_else(
            || senses.to_owned(),
            |(seen, of)| match (seen, of) {
                (1, 1) => format!("{senses} · פעם אחת"),
                _ => format!("{senses} · {} מתוך {}", crate::hebrew::times(seen), label(of)),
            },
        )
    }
}

fn label(of: u8) -> &'static str {
    match of {
        0 | 1 => "אחת",
        2 => "שתיים",
        3 => "שלוש",
        4 => "ארבע",
        _ => "חמש",
    }
}

/// The most urgent finding. `history` tells how often a row about a string was found in the last
/// attempts, this one included; none: unknown.
pub(crate) fn conclude(
    facts: &Facts,
    seen: bool,
    history: impl Fn(Key) -> Option<Repeated>,
) -> Option<Finding> {
    let judged = |fact: &Fact| judged(fact, seen, &history).map(|found| (*fact, found));
    let found: Vec<(Fact, (Finding, f32))> = facts.faults.iter().filter_map(judged).collect();
    let covered = |fact: &Fact| {
        let sure = |other: &&(Fact, (Finding, f32))| other.1.1 >= other.1.0.row.confidence;
        let mut others = found.iter().filter(|other| other.0 != *fact).filter(sure);
        fact.slots.string.is_some_and(|s| others.any(|other| other.0.covers.holds(s)))
    };
    let mut findings: Vec<(Finding, f32)> =
        found.iter().filter(|(fact, _)| !covered(fact)).map(|(_, found)| *found).collect();
    findings.sort_by(|(a, sure_a), (b, sure_b)| {
        let often = |f: &Finding| f.repeated.map_or(0, |r| r.0);
        let place = |f: &Finding| table::rows().iter().position(|row| row == f.row);
        (a.row.priority.cmp(&b.row.priority))
            .then(often(b).cmp(&often(a)))
            .then(place(a).cmp(&place(b)))
            .then(sure_b.total_cmp(sure_a))
    });
    let sure = |(finding, confidence): &&(Finding, f32)| *confidence >= finding.row.confidence;
    if let Some((finding, _)) = findings.iter().find(sure) {
        return Some(*finding);
    }
    if let Some(clean) = facts.clean {
        return Finding::plain(clean.condition, clean.slots);
    }
    let doubt = facts.doubt.filter(|fact| fact.slots.string.is_some() || findings.is_empty());
    let weak = findings.first().and_then(|(finding, _)| finding.slots.string);
    let fact = doubt.unwrap_or_else(|| facts::in_doubt(weak));
    Finding::plain(fact.condition, fact.slots)
}

/// A fault with its row, if it has been seen often enough to be shown.
fn judged(
    fact: &Fact,
    seen: bool,
    history: &impl Fn(Key) -> Option<Repeated>,
) -> Option<(Finding, f32)> {
    let plain = table::row_of(fact.condition)?;
    let repeated = history(key_of(plain, &fact.slots));
    let often = repeated.map_or(0, |r| r.0);
    let row = match fact.condition {
        // With the camera off one cause may be named as likely: the only finger that can touch
        // the string, and only when the fault repeats.
        c::DEAD_OPEN | c::DEAD_OPEN_ALONE if often >= 2 && fact.slots.finger.is_some() => {
            table::row_of(c::DEAD_OPEN_LIKELY)?
        }
        _ => plain,
    };
    let seen = seen && matches!(row.senses, Senses::Eye | Senses::EyeToo | Senses::Both);
    let shown = repeated.is_none() || often >= row.show;
    shown.then_some((Finding { row, slots: fact.slots, repeated, seen }, fact.confidence))
}

fn finding(event: &LessonEvent, tuning: &Tuning) -> Option<Finding> {
    let seen = !event.presses.is_empty() || event.hand.is_some();
    conclude(&facts::read(event, tuning), seen, |_| event.repeated)
}

/// Feedback on one event, in standard tuning. Pure: the same event gives the same words.
#[must_use]
pub fn diagnose(event: &LessonEvent, address: Address) -> Feedback {
    diagnose_as(&Manner { address, ..Manner::default() }, event)
}

/// How the teacher speaks.
#[derive(Debug, Clone, Default)]
pub struct Manner {
    /// Which words are preferred.
    pub style: Arc<Style>,
    /// Form of address.
    pub address: Address,
    /// What notes are called.
    pub notes: NoteNames,
    /// What the student brings along.
    pub level: Level,
}

/// The same, in a manner of speaking.
#[must_use]
pub fn diagnose_as(manner: &Manner, event: &LessonEvent) -> Feedback {
    let at = time_of(event);
    let said = finding(event, &Tuning::STANDARD).map(|mut finding| {
        finding.slots.names = manner.notes;
        finding.styled(&manner.style, manner.address, at)
    });
    said.and_then(|all| all.into_iter().next()).unwrap_or_else(no_words)
}

fn time_of(event: &LessonEvent) -> Duration {
    event.at.and_then(|at| Duration::try_from_secs_f64(at).ok()).unwrap_or_default()
}

/// Every truthful wording of the feedback on an event, the plainest first. A language model may
/// choose among them and nothing else.
#[must_use]
pub fn wordings(event: &LessonEvent, address: Address) -> Vec<Feedback> {
    finding(event, &Tuning::STANDARD)
        .map(|finding| finding.wordings(address, time_of(event)))
        .unwrap_or_default()
}

/// Stands in if the tables held no words for a finding, which a test rules out.
pub(crate) fn no_words() -> Feedback {
    let silent =
        || crate::Phrase { display: String::new(), speech: String::new(), ipa: String::new() };
    Feedback {
        diagnosis: silent(),
        tip: silent(),
        tip_id: TipId("P08".to_owned()),
        basis: String::new(),
        marks: Vec::new(),
        priority: 9,
        expires: Duration::ZERO,
    }
}
