//! Questions about what was just played: the answer comes from the event, not from the question.
//!
//! Strings and fingers are the diagnosis table's; what a lesson knows beside them (timing, tempo,
//! how the hand is held) is read here. Without evidence there is no answer here.

use audio::StringState;
use serde::Deserialize;
use theory::{Chord, StringNumber, usual_voicings};

use super::faq::{self, Entry};
use super::slots::Slots;
use crate::diagnosis::Finding;
use crate::diagnosis::condition as c;
use crate::diagnosis::facts::Slots as Said;
use crate::diagnosis::table::Condition;
use crate::{Address, EventError, Feedback, LessonEvent, Manner, NoteNames, diagnose_as};

/// What a lesson knows beside the strum: more keys of the same JSON object as the event, all
/// optional. Unknown keys are allowed.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Around {
    /// Against the beat.
    pub timing: Option<Timing>,
    /// Beats a minute now.
    pub bpm: Option<u16>,
    /// Clean strums in a row.
    pub clean: Option<u8>,
    /// Chord changes a minute: today and the time before.
    pub changes: Option<Changes>,
    /// Why hearing or seeing is hard: `noise`, `neck_lost`.
    pub sensing: Option<String>,
    /// Chords that the student can play.
    pub known: Vec<Chord>,
    /// Fret of the capo in this song.
    pub capo: Option<u8>,
    /// What notes and chords are called; not told by the JSON.
    #[serde(skip)]
    pub notes: NoteNames,
}

/// What was measured against the beat, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Timing {
    /// The first strum after a change, late.
    pub change_late_ms: Option<f32>,
    /// From the first finger down to the last.
    pub spread_ms: Option<f32>,
    /// All strums, mean: below zero is early.
    pub mean_ms: Option<f32>,
    /// Misses in a row after one slip.
    pub misses_after_slip: Option<u8>,
}

/// Chord changes in a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Changes {
    /// Today.
    pub today: u16,
    /// The time before.
    pub before: Option<u16>,
}

/// Thresholds of the rows they are named after (knowledge table: M01, L14, M03, M04, M07).
const LATE_CHANGE_MS: f32 = 120.0;
const ONE_BY_ONE_MS: f32 = 250.0;
const OFF_BEAT_MS: f32 = 35.0;
const MISSES: u8 = 3;
/// Cents: in tune below the first (tuner practice); row L30 begins at the second; the tuner's «a bit».
const IN_TUNE: f32 = 5.0;
const BENT: f32 = 15.0;
const A_BIT: f32 = 15.0;
/// A row L27: what is told of a string counts from here.
const SURE: f32 = 0.7;

/// Fingers as the diagnosis names them.
const FINGERS: [&str; 5] = ["מורה", "אמצעית", "קמיצה", "זרת", "אגודל"];

impl Around {
    /// Reads the keys from an event's JSON.
    ///
    /// # Errors
    /// A key of another type than it should be.
    pub fn parse(json: &str) -> Result<Self, EventError> {
        serde_json::from_str(json).map_err(|error| EventError::Malformed(error.to_string()))
    }

    /// The row that what was measured leads to, if anything was.
    fn row(&self) -> Option<&'static Entry> {
        let timing = self.timing.unwrap_or_default();
        let above = |value: Option<f32>, least: f32| value.is_some_and(|v| v >= least);
        let name = match self.sensing.as_deref() {
            Some("neck_lost") => "sees_me",
            Some(_) => "hears_me",
            _ if above(timing.change_late_ms, LATE_CHANGE_MS) => "late_change",
            _ if above(timing.spread_ms, ONE_BY_ONE_MS) => "change_chords",
            _ if timing.misses_after_slip.is_some_and(|n| n >= MISSES) => "lost_place",
            _ if above(timing.mean_ms, OFF_BEAT_MS) => "dragging",
            _ if above(timing.mean_ms.map(|ms| -ms), OFF_BEAT_MS) => "rushing",
            _ => return None,
        };
        faq::named(name)
    }
}

/// What the evidence says: a row of the diagnosis, or a known answer that fits what was measured.
pub(super) enum Finds {
    Feedback(Box<Feedback>),
    Entry(&'static Entry),
}

/// The answer that the evidence gives to a question, if it gives one.
pub(super) fn answer(
    entry: &Entry,
    event: Option<&LessonEvent>,
    around: &Around,
    slots: &Slots,
    address: Address,
) -> Option<Finds> {
    if let Some(row) = around.row() {
        return Some(Finds::Entry(row));
    }
    let event = event.filter(|_| !entry.asks_timing())?;
    if entry.name == "posture_check" {
        if event.hand.is_some_and(|hand| hand.thumb_over == Some(true)) {
            return faq::named("thumb_over").map(Finds::Entry);
        }
        if let Some((condition, said)) = held(event) {
            return plain(condition, said, address).map(finds);
        }
    }
    if entry.properties.contains(&"tuning") {
        return tuned(event, slots.string, address).map(finds);
    }
    if around.clean.is_some_and(|n| n >= 5) && event.strings.is_empty() {
        return plain(c::MASTERED, Said::default(), address).map(finds);
    }
    if entry.name == "sounds_off" && bent(event) {
        return faq::named("bent_string").map(Finds::Entry);
    }
    if barre_middle_dead(event) {
        return faq::named("barre_middle").map(Finds::Entry);
    }
    let told = !event.strings.is_empty() || !event.presses.is_empty() || event.heard.is_some();
    let manner = Manner { address, notes: around.notes, ..Manner::default() };
    if !told && event.ask.is_none() {
        return None;
    }
    let about = about(event, slots.string);
    let feedback = diagnose_as(&manner, &about);
    if entry.name == "guilty_finger" && choked(&about, &feedback).is_some() {
        return faq::named("guilty_unheard").map(Finds::Entry);
    }
    Some(finds(feedback))
}

/// The string that the diagnosis is about and no finger is named for: dead or buzzing by an unknown
/// cause.
pub(super) fn choked(event: &LessonEvent, feedback: &Feedback) -> Option<StringNumber> {
    let names = |text: &str| FINGERS.iter().any(|finger| text.contains(finger));
    if names(&feedback.diagnosis.display) || names(&feedback.tip.display) {
        return None;
    }
    let string = feedback.marks.first()?.string;
    let choked = |state| matches!(state, StringState::Dead | StringState::Buzz);
    event.strings.iter().find(|e| e.string == string && choked(e.state)).map(|e| e.string)
}

fn finds(feedback: Feedback) -> Finds {
    Finds::Feedback(Box::new(feedback))
}

/// The event, or what it says of the one string that was asked about, where that is a fault.
fn about(event: &LessonEvent, string: Option<StringNumber>) -> LessonEvent {
    let mut only = event.clone();
    let faulty = |s: &StringNumber| {
        event.strings.iter().any(|e| e.string == *s && e.state != StringState::Rings)
    };
    if let Some(string) = string.filter(faulty) {
        only.strings.retain(|evidence| evidence.string == string);
    }
    only
}

/// «Nothing to explain yet.»
pub(super) fn nothing_yet(address: Address) -> Option<Feedback> {
    plain(c::NOTHING_YET, Said::default(), address)
}

fn plain(condition: Condition, said: Said, address: Address) -> Option<Feedback> {
    let mut words = Finding::plain(condition, said)?.wordings(address, std::time::Duration::ZERO);
    if words.is_empty() { None } else { Some(words.swap_remove(0)) }
}

/// How far the wrist may bend, in degrees (row L12).
const WRIST: f32 = 50.0;

/// What the camera sees of the hand and a teacher would mention.
fn held(event: &LessonEvent) -> Option<(Condition, Said)> {
    let hand = event.hand.unwrap_or_default();
    let said = Said { finger: hand.collapsed.map(Some), ..Said::default() };
    let seen = |what: Option<bool>| what == Some(true);
    let condition = match () {
        () if hand.wrist_deg.is_some_and(|degrees| degrees > WRIST) => c::WRIST_BENT,
        () if hand.collapsed.is_some() => c::COLLAPSED_TIP,
        () if seen(hand.pinky_hidden) => c::PINKY_HIDDEN,
        () => return None,
    };
    Some((condition, said))
}

/// The tuner's words for the string furthest off, or for the one that was asked about.
fn tuned(event: &LessonEvent, asked: Option<StringNumber>, address: Address) -> Option<Feedback> {
    let measured = event.strings.iter().filter_map(|e| Some((e.string, e.cents?)));
    let (string, cents) = measured
        .filter(|(string, _)| asked.is_none_or(|asked| asked == *string))
        .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))?;
    let condition = match cents {
        c if c.abs() <= IN_TUNE => c::TUNER_IN_TUNE,
        c if c < -A_BIT => c::TUNER_FLAT,
        c if c < 0.0 => c::TUNER_FLAT_BIT,
        c if c > A_BIT => c::TUNER_SHARP,
        _ => c::TUNER_SHARP_BIT,
    };
    plain(condition, Said { string: Some(string), ..Said::default() }, address)
}

/// Whether one fretted string is high inside the chord and no other is told to be.
fn bent(event: &LessonEvent) -> bool {
    let voicing = event.voicing.or_else(|| usual_voicings(event.target).first().copied());
    let mut high = event.strings.iter().filter(|evidence| {
        evidence.cents.is_some_and(|cents| cents >= BENT) && evidence.state == StringState::Rings
    });
    let fretted = |e: &crate::StringEvidence| voicing?.fret(e.string).filter(|fret| *fret > 0);
    high.next().filter(|_| high.next().is_none()).and_then(fretted).is_some()
}

/// A barre whose middle does not sound (row L27): a dead string under the barre finger, not the
/// outermost ones.
fn barre_middle_dead(event: &LessonEvent) -> bool {
    let Some(voicing) = event.voicing.or_else(|| barre(event.target)) else { return false };
    let Some(barre) = voicing.sounding().filter_map(|s| voicing.fret(s)).min() else {
        return false;
    };
    barre > 0
        && event.strings.iter().any(|evidence| {
            evidence.state == StringState::Dead
                && evidence.confidence >= SURE
                && (2..=3).contains(&evidence.string.number())
                && voicing.fret(evidence.string).is_some()
        })
}

/// The barre voicing of a chord that is learnt as a barre: F, and what has no open strings.
fn barre(chord: Chord) -> Option<theory::Voicing> {
    let voicings = usual_voicings(chord);
    let closed = |v: &&theory::Voicing| v.sounding().all(|s| v.fret(s) != Some(0));
    voicings.first().filter(closed)?;
    voicings.iter().find(|v| v.sounding().count() >= 5 && closed(v)).copied()
}
