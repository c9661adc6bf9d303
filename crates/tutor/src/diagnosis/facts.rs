//! From an event to the facts in it: one condition each, with the strings and fingers it is about.
//!
//! Says nothing about urgency or words. Causes are named only where the evidence holds them: by
//! sound alone a dead fretted string has no cause.

use audio::{Direction, StringState};
use theory::{Chord, Finger, Pitch, PitchClass, Quality, StringNumber, Tuning};

use super::condition::{self as c};
use super::table::Condition;
use super::view::View;
use super::{chordwise, picture, sight, tuning};
use crate::{LessonEvent, NoteNames};

/// What a sentence may name.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Slots {
    /// The string the sentence is about.
    pub(crate) string: Option<StringNumber>,
    /// Another string: where the finger is.
    pub(crate) other: Option<StringNumber>,
    /// The first string of the strum.
    pub(crate) first: Option<StringNumber>,
    /// The finger; `Some(None)`: some finger, which is unknown.
    pub(crate) finger: Option<Option<Finger>>,
    pub(crate) fret: Option<u8>,
    /// Frets to move, positive towards the head.
    pub(crate) shift: Option<i8>,
    pub(crate) note: Option<PitchClass>,
    pub(crate) heard_note: Option<PitchClass>,
    pub(crate) chord: Option<Chord>,
    pub(crate) heard: Option<Chord>,
    pub(crate) third: Option<Quality>,
    pub(crate) heard_third: Option<Quality>,
    /// Number of asked strings.
    pub(crate) all: Option<usize>,
    /// How the guitar is tuned.
    pub(crate) tuning: Option<Tuning>,
    /// Clean strums still to go.
    pub(crate) left: Option<u8>,
    /// Whether to move towards the thick string, and which way to strum.
    pub(crate) thicker: Option<bool>,
    pub(crate) way: Option<Direction>,
    /// What notes and chords are called.
    pub(crate) names: NoteNames,
}

/// One finding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fact {
    pub(crate) condition: Condition,
    pub(crate) slots: Slots,
    pub(crate) confidence: f32,
    /// What it explains: facts about these strings alone are not told beside it.
    pub(crate) covers: Strings,
}

/// A set of strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Strings(u8);

impl Strings {
    pub(crate) fn holds(self, string: StringNumber) -> bool {
        self.0 & (1 << string.index()) != 0
    }
}

impl FromIterator<StringNumber> for Strings {
    fn from_iter<I: IntoIterator<Item = StringNumber>>(strings: I) -> Self {
        Self(strings.into_iter().fold(0, |set, string| set | 1 << string.index()))
    }
}

impl Fact {
    pub(crate) fn new(condition: Condition, slots: Slots, confidence: f32) -> Self {
        Self { condition, slots, confidence, covers: Strings::default() }
    }
}

/// What an event holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Facts {
    /// Accusations, unordered.
    pub(crate) faults: Vec<Fact>,
    /// «Not sure», where something cannot be told.
    pub(crate) doubt: Option<Fact>,
    /// Set only if every asked string is known to ring and nothing else sounds.
    pub(crate) clean: Option<Fact>,
    /// A barre chord of which hardly a string rings.
    pub(crate) choked: bool,
}

/// Reads the facts of an event. `tuning`: open pitches, capo included.
pub(crate) fn read(event: &LessonEvent, tuning: &Tuning) -> Facts {
    let view = View::new(event, tuning);
    if view.is_mute() {
        let (faults, clean) = picture::read(&view);
        let doubt = clean.is_none().then(|| Fact::new(c::UNSURE_SEEN, Slots::default(), 0.0));
        return Facts { faults, doubt, clean, choked: false };
    }
    let mut faults = chordwise::read(&view);
    let explained: Vec<StringNumber> = chordwise::explained(&view, &faults);
    faults.extend(sight::read(&view));
    let rest = StringNumber::THICK_TO_THIN.into_iter().filter(|s| !explained.contains(s));
    faults.extend(rest.filter_map(|string| of_string(&view, string)));
    let left = missed(&view).into_iter();
    faults.extend(left.filter(|f| f.slots.string.is_none_or(|s| !explained.contains(&s))));
    let clean = clean(&view).filter(|_| faults.is_empty()).map(|fact| sight::against(&view, fact));
    faults.extend(tuning::read(&view));
    let doubt = (clean.is_none()).then(|| doubt(&view));
    Facts { faults, doubt, clean, choked: chordwise::choked(&view) }
}

/// The finger that usually stands where another one was seen.
pub(crate) fn other_finger(event: &LessonEvent, tuning: &Tuning) -> Option<Slots> {
    let view = View::new(event, tuning);
    let usual = view.fingering();
    let seen = |(string, fret, finger): &(StringNumber, u8, Finger)| {
        view.presses()
            .find(|press| press.string == *string && press.fret == *fret)
            .is_some_and(|press| press.finger.is_some_and(|other| other != *finger))
    };
    let (string, fret, finger) = usual.into_iter().find(seen)?;
    let (string, fret, finger) = (Some(string), Some(fret), Some(Some(finger)));
    Some(Slots { string, fret, finger, ..Slots::default() })
}

fn of_string(view: &View<'_>, string: StringNumber) -> Option<Fact> {
    let evidence = view.evidence(string)?;
    let slots = Slots {
        string: Some(string),
        chord: Some(view.target),
        first: view.first(),
        ..Slots::default()
    };
    let asked = view.asked(string);
    let fact = |condition, slots| Some(Fact::new(condition, slots, evidence.confidence));
    let fretted = Slots { finger: Some(view.finger(string)), fret: view.fret(string), ..slots };
    match (evidence.state, view.fret(string)) {
        // Clean or not, it should be silent.
        (StringState::Rings | StringState::Buzz | StringState::WrongPitch { .. }, _) if !asked => {
            fact(extra(view, string), slots)
        }
        (StringState::Dead, Some(1..)) if view.seen_touching(string).is_some() => {
            let (condition, finger) = muted_by(view, string);
            fact(condition, Slots { finger, ..slots })
        }
        (StringState::Dead, Some(0)) => {
            let (condition, finger) = muted_by(view, string);
            fact(condition, Slots { finger, ..slots })
        }
        (StringState::Dead, Some(1..)) if view.elsewhere(string).is_some() => {
            fact(c::SEEN_NEXT_STRING, Slots { other: view.elsewhere(string), ..fretted })
        }
        (StringState::Dead | StringState::Buzz, Some(1..)) if view.on_wire(string) => {
            fact(c::ON_WIRE, fretted)
        }
        (StringState::Dead, Some(_)) if view.far_from_wire(string) => {
            fact(c::DEAD_FRETTED_FAR, fretted)
        }
        (StringState::Dead, Some(_)) if view.at_edge(string) => fact(c::DEAD_FRETTED_EDGE, fretted),
        (StringState::Dead, Some(_)) => fact(c::DEAD_FRETTED, fretted),
        (StringState::Dead, None) if asked => fact(c::DEAD_UNKNOWN, slots),
        (StringState::Buzz, Some(0)) => fact(c::BUZZ_OPEN, slots),
        (StringState::Buzz, Some(_)) if view.far_from_wire(string) => {
            fact(c::BUZZ_FRETTED_FAR, fretted)
        }
        (StringState::Buzz, Some(_)) if view.near_wire(string) => fact(c::BUZZ_LIGHT, fretted),
        (StringState::Buzz, Some(_)) => fact(c::BUZZ_FRETTED, fretted),
        (StringState::WrongPitch { pitch }, Some(fret)) => {
            let expected = view.expected(string)?;
            if pitch == expected {
                return fact(bent(fret, evidence.cents?), slots);
            }
            let condition = wrong(view.open(string), pitch, fret)?;
            fact(condition, with_notes(fretted, pitch, expected))
        }
        _ => None,
    }
}

fn with_notes(slots: Slots, pitch: Pitch, expected: Pitch) -> Slots {
    Slots { heard_note: Some(pitch.class()), note: Some(expected.class()), ..slots }
}

/// What a string off its asked pitch, but nearest to it, means: no finger brings it lower; a finger
/// that pulls it aside brings it higher.
fn bent(fret: u8, cents: f32) -> Condition {
    match fret {
        _ if cents < 0.0 => c::STRING_FLAT,
        0 => c::STRING_SHARP,
        _ => c::PUSHED_SHARP,
    }
}

/// A string further below its open pitch was misheard: none slips so far, and to tighten it more
/// would break it.
const LOWEST_SLIP: i16 = -4;

/// What a string at another pitch means, from where it lies against the open string and the fret.
fn wrong(open: Pitch, heard: Pitch, fret: u8) -> Option<Condition> {
    let semitones = i16::from(heard.midi()) - i16::from(open.midi());
    let off = semitones - i16::from(fret);
    Some(match (fret, semitones) {
        (_, ..LOWEST_SLIP) => return None,
        // Below its open pitch no finger can bring a string: it is out of tune.
        (_, ..0) => c::STRING_FLAT,
        (0, _) => c::WRONG_OPEN,
        (_, 0) => c::OPEN_INSTEAD,
        _ if off.abs() <= 2 => c::FRET_OFF,
        _ => c::WRONG_FRETTED,
    })
}

fn extra(view: &View<'_>, string: StringNumber) -> Condition {
    let silent: Vec<_> =
        StringNumber::THICK_TO_THIN.into_iter().take_while(|s| !view.asked(*s)).collect();
    match silent.len() {
        _ if !silent.contains(&string) => c::EXTRA_INNER,
        1 => c::EXTRA_ONE,
        _ => c::EXTRA_TWO,
    }
}

/// Who mutes an open string: a finger seen on it, the only finger beside it, or nobody can tell.
fn muted_by(view: &View<'_>, string: StringNumber) -> (Condition, Option<Option<Finger>>) {
    if let Some(finger) = view.seen_touching(string) {
        return (sight::leaning(view.target, finger, string), Some(Some(finger)));
    }
    let dead = match () {
        () if view.is_one_by_one() => c::DEAD_OPEN_ALONE,
        () if view.at_edge(string) => c::DEAD_OPEN_EDGE,
        () => c::DEAD_OPEN,
    };
    match view.fingers_beside(string)[..] {
        [only] => (dead, Some(Some(only))),
        _ => (dead, None),
    }
}

/// Strings that the strum did not reach: at the thin end, at the thick end, or in between. One
/// fact for each end, for a strum that stops early is one fault and not two.
fn missed(view: &View<'_>) -> Vec<Fact> {
    let asked: Vec<_> =
        StringNumber::THICK_TO_THIN.into_iter().filter(|s| view.asked(*s)).collect();
    let not_played = |s: &StringNumber| {
        view.evidence(*s).filter(|e| e.state == StringState::NotPlayed).map(|e| e.confidence)
    };
    let thick = asked.iter().take_while(|s| not_played(s).is_some()).count();
    if thick == asked.len() {
        return Vec::new();
    }
    let thin = asked.iter().rev().take_while(|s| not_played(s).is_some()).count();
    asked
        .iter()
        .enumerate()
        .filter_map(|(i, string)| {
            let confidence = not_played(string)?;
            let condition = match i {
                0 => c::THICK_MISSED,
                _ if i < thick => return None,
                _ if i == asked.len() - thin => c::THIN_MISSED,
                _ if i > asked.len() - thin => return None,
                _ => c::INNER_MISSED,
            };
            let slots = Slots { string: Some(*string), ..Slots::default() };
            Some(Fact::new(condition, slots, confidence))
        })
        .collect()
}

fn clean(view: &View<'_>) -> Option<Fact> {
    let asked: Vec<_> =
        StringNumber::THICK_TO_THIN.into_iter().filter(|s| view.asked(*s)).collect();
    let rings = |s: &StringNumber| view.evidence(*s).is_some_and(|e| e.state == StringState::Rings);
    if asked.is_empty() || view.ask.is_some() || !asked.iter().all(rings) {
        return None;
    }
    let slots = Slots { all: Some(asked.len()), chord: Some(view.target), ..Slots::default() };
    Some(Fact::new(c::CLEAN, slots, 1.0))
}

/// Which string to ask for alone: the one the ears name, else the least certain of the unsure.
fn doubt(view: &View<'_>) -> Fact {
    let unsure = |s: &StringNumber| {
        view.evidence(*s)
            .filter(|e| matches!(e.state, StringState::Unsure { .. }) && view.asked(*s))
    };
    let least = StringNumber::THICK_TO_THIN
        .into_iter()
        .filter_map(|s| unsure(&s).map(|e| (s, e.confidence)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(string, _)| string);
    in_doubt(view.ask.or(least))
}

/// «Not sure» about a string, or about the whole.
pub(crate) fn in_doubt(string: Option<StringNumber>) -> Fact {
    let condition = if string.is_some() { c::UNSURE_STRING } else { c::UNSURE_CHORD };
    Fact::new(condition, Slots { string, ..Slots::default() }, 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_far_below_its_pitch_was_misheard() {
        let open = Pitch(64);
        assert_eq!(wrong(open, Pitch(62), 0), Some(c::STRING_FLAT));
        assert_eq!(wrong(open, Pitch(60), 0), Some(c::STRING_FLAT));
        assert_eq!(wrong(open, Pitch(59), 0), None);
        assert_eq!(wrong(open, Pitch(40), 3), None);
        assert_eq!(wrong(open, Pitch(64), 3), Some(c::OPEN_INSTEAD));
    }
}
