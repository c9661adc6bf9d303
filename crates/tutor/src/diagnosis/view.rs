//! An event with what is known about its chord: which string should do what, with which finger.

use audio::{Doubt, StringState};
use theory::{
    Chord, Finger, Pitch, Shape, StringNumber, Tuning, Voicing, holds_in, usual_voicings_in,
};

use crate::{Hand, LessonEvent, Press, StringEvidence};

/// A finger this far back from the wire (share of the fret) is called far: the lower bound of row
/// L01 of the knowledge table.
const FAR_FROM_WIRE: f32 = 0.45;
/// A fingertip this near the wire stands on it (row L03: 8 % of the fret).
const ON_WIRE: f32 = 0.08;
/// What is seen counts from here: the camera only adds a cause to what was heard.
const SEEN: f32 = 0.7;

pub(super) struct View<'a> {
    event: &'a LessonEvent,
    tuning: &'a Tuning,
    voicing: Option<Voicing>,
    shape: Option<&'static Shape>,
    pub(super) target: Chord,
    pub(super) heard: Option<Chord>,
    pub(super) ask: Option<StringNumber>,
}

impl<'a> View<'a> {
    pub(super) fn new(event: &'a LessonEvent, tuning: &'a Tuning) -> Self {
        let usual = Shape::of(event.target);
        // A bare name is taken for the usual voicing, the open one preferred.
        let first = usual.map(|shape| shape.voicing);
        let mut all = first.into_iter().chain(usual_voicings_in(event.target, tuning));
        let voicing = event.voicing.or_else(|| match event.strings[..] {
            [] => held(all, &event.presses),
            _ => all.next(),
        });
        let shape = usual.filter(|shape| Some(shape.voicing) == voicing);
        let LessonEvent { target, heard, ask, .. } = *event;
        Self { event, tuning, voicing, shape, target, heard, ask }
    }

    pub(super) fn evidence(&self, string: StringNumber) -> Option<&'a StringEvidence> {
        self.event.strings.iter().find(|evidence| evidence.string == string)
    }

    /// Whether anything is known of any string.
    pub(super) fn has_evidence(&self) -> bool {
        !self.event.strings.is_empty()
    }

    /// Whether strings are played one by one, so that none needs to be told to do so.
    pub(super) fn is_one_by_one(&self) -> bool {
        let awaited = StringState::Unsure { why: Doubt::Awaited };
        self.event.strings.iter().any(|evidence| evidence.state == awaited)
    }

    /// Whether a pitch is one of a chord's; on a guitar that is shifted as a whole, chords are called
    /// as they are fretted.
    pub(super) fn holds(&self, chord: Chord, pitch: Pitch) -> bool {
        let shift = self.tuning.shift().unwrap_or(0);
        chord.pitch_classes().any(|class| class.transposed(shift) == pitch.class())
    }

    pub(super) fn asked(&self, string: StringNumber) -> bool {
        self.evidence(string)
            .and_then(|evidence| evidence.asked)
            .or_else(|| self.voicing.map(|voicing| voicing.fret(string).is_some()))
            .unwrap_or(true)
    }

    /// The fret asked; none: must be silent, or unknown.
    pub(super) fn fret(&self, string: StringNumber) -> Option<u8> {
        self.voicing.and_then(|voicing| voicing.fret(string))
    }

    pub(super) fn open(&self, string: StringNumber) -> Pitch {
        self.tuning.open(string)
    }

    /// Whether a shape makes its chord in this tuning.
    pub(super) fn makes(&self, shape: &Shape) -> bool {
        holds_in(&shape.voicing, shape.chord, self.tuning)
    }

    pub(super) fn expected(&self, string: StringNumber) -> Option<Pitch> {
        self.voicing.and_then(|voicing| voicing.pitch(string, self.tuning))
    }

    /// The pitch heard, if the string sounded.
    pub(super) fn heard_pitch(&self, string: StringNumber) -> Option<Pitch> {
        match self.evidence(string)?.state {
            StringState::WrongPitch { pitch } => Some(pitch),
            StringState::Rings | StringState::Buzz => self.expected(string),
            _ => None,
        }
    }

    /// The asked strings that sound at another pitch, thick first.
    pub(super) fn wrong(&self) -> Vec<(StringNumber, Pitch)> {
        StringNumber::THICK_TO_THIN
            .into_iter()
            .filter(|string| self.asked(*string))
            .filter_map(|string| match self.evidence(string)?.state {
                // Off its own note is a matter of tuning.
                StringState::WrongPitch { pitch } if Some(pitch) != self.expected(string) => {
                    Some((string, pitch))
                }
                _ => None,
            })
            .collect()
    }

    /// The asked strings that are dead, thick first.
    pub(super) fn dead(&self) -> Vec<StringNumber> {
        let dead = |s: &StringNumber| {
            self.asked(*s) && self.evidence(*s).is_some_and(|e| e.state == StringState::Dead)
        };
        StringNumber::THICK_TO_THIN.into_iter().filter(dead).collect()
    }

    /// Whether a dead string lies at an end of the strum, where a hand that missed it sounds the same as a
    /// finger that mutes it. One that was played by itself was struck.
    pub(super) fn at_edge(&self, string: StringNumber) -> bool {
        let silent = |other: &StringNumber| {
            let state = self.evidence(*other).map(|evidence| evidence.state);
            matches!(state, Some(StringState::Dead | StringState::NotPlayed))
        };
        let all = StringNumber::THICK_TO_THIN;
        // The hand was past the thick end where it struck a string that is not asked.
        let passed = all.iter().any(|thicker| {
            let state = self.evidence(*thicker).map(|evidence| evidence.state);
            *thicker > string && !self.asked(*thicker) && state == Some(StringState::Rings)
        });
        let asked = all.iter().filter(|other| self.asked(**other));
        let from_thick = asked.clone().filter(|other| **other > string).all(silent);
        let from_thin = asked.filter(|other| **other < string).all(silent);
        !self.is_one_by_one() && (from_thick && !passed || from_thin)
    }

    pub(super) fn confidence(&self, strings: impl Iterator<Item = StringNumber>) -> f32 {
        strings.filter_map(|s| self.evidence(s)).map(|e| e.confidence).fold(1.0, f32::min)
    }

    pub(super) fn first(&self) -> Option<StringNumber> {
        self.voicing.and_then(|voicing| voicing.sounding().next())
    }

    /// The finger that frets `string` in the usual fingering.
    pub(super) fn finger(&self, string: StringNumber) -> Option<Finger> {
        self.shape.and_then(|shape| shape.finger(string))
    }

    pub(super) fn presses(&self) -> impl Iterator<Item = &'a Press> {
        self.event.presses.iter().filter(|press| press.confidence >= SEEN)
    }

    /// Where the finger of `string` was seen, if that is another string.
    pub(super) fn elsewhere(&self, string: StringNumber) -> Option<StringNumber> {
        let own = self.finger(string)?;
        let there = self.presses().find(|press| press.finger == Some(own))?;
        let several = self.fingering().iter().all(|(_, _, finger)| *finger != own);
        (!several && there.string != string).then_some(there.string)
    }

    /// Where on its fret the finger on `string` was seen, 0 at the wire … 1.
    fn wire_distance(&self, string: StringNumber) -> Option<f32> {
        self.presses().filter(|press| press.string == string).find_map(|press| press.from_wire)
    }

    pub(super) fn far_from_wire(&self, string: StringNumber) -> bool {
        self.wire_distance(string).is_some_and(|from| from >= FAR_FROM_WIRE)
    }

    pub(super) fn on_wire(&self, string: StringNumber) -> bool {
        self.wire_distance(string).is_some_and(|from| from <= ON_WIRE)
    }

    pub(super) fn near_wire(&self, string: StringNumber) -> bool {
        self.wire_distance(string).is_some_and(|from| from > ON_WIRE && from < FAR_FROM_WIRE)
    }

    /// How the hand was seen to lie.
    pub(super) fn hand(&self) -> Hand {
        self.event.hand.unwrap_or_default()
    }

    /// A finger that was seen on a string it does not fret. The thumb is another fault (L10).
    pub(super) fn seen_touching(&self, string: StringNumber) -> Option<Finger> {
        let own = self.finger(string);
        // Behind the fret that is pressed a finger mutes nothing.
        let before = |press: &&Press| press.fret >= self.fret(string).unwrap_or(0);
        self.presses()
            .filter(|press| press.touches.contains(&string) || lies_over(press, string))
            .filter(before)
            .filter_map(|press| press.finger)
            .find(|finger| *finger != Finger::Thumb && Some(*finger) != own)
    }

    /// String, fret and finger of the usual fingering; a barre stands on its thickest string.
    pub(super) fn fingering(&self) -> Vec<(StringNumber, u8, Finger)> {
        let mut found: Vec<(StringNumber, u8, Finger)> = Vec::new();
        for string in StringNumber::THICK_TO_THIN {
            let fret = self.fret(string).filter(|fret| *fret > 0);
            if let (Some(fret), Some(finger)) = (fret, self.finger(string))
                && found.iter().all(|(_, _, other)| *other != finger)
            {
                found.push((string, fret, finger));
            }
        }
        found
    }

    /// Whether nothing was heard and fingers were seen.
    pub(super) fn is_mute(&self) -> bool {
        self.event.strings.is_empty() && self.presses().next().is_some()
    }

    /// The fingers that stand on the strings beside `string`: as seen, else as the chord is
    /// fingered. One finger stands once.
    pub(super) fn fingers_beside(&self, string: StringNumber) -> Vec<Finger> {
        let beside = |other: StringNumber| other.number().abs_diff(string.number()) == 1;
        let mut fingers: Vec<Finger> = if self.event.presses.is_empty() {
            let neighbours = StringNumber::THICK_TO_THIN.into_iter().filter(|s| beside(*s));
            neighbours.filter_map(|neighbour| self.finger(neighbour)).collect()
        } else {
            self.presses().filter(|press| beside(press.string)).filter_map(|p| p.finger).collect()
        };
        fingers.retain(|finger| *finger != Finger::Thumb);
        fingers.dedup();
        fingers
    }
}

/// A hand this many frets off its voicing is still known for it, by so many fingers at the least.
const SHIFT: i16 = 2;
const SHIFTED: usize = 3;

/// The first voicing in which every finger that was seen has its place, or lies as few frets further
/// as the others; else the first.
fn held(all: impl Iterator<Item = Voicing>, presses: &[Press]) -> Option<Voicing> {
    let all: Vec<Voicing> = all.collect();
    let offs = |voicing: &Voicing| -> Option<Vec<i16>> {
        let off = |press: &Press| {
            let fret = voicing.fret(press.string).filter(|fret| *fret > 0)?;
            Some(i16::from(press.fret) - i16::from(fret))
        };
        let fingers = presses.iter().filter(|press| press.finger != Some(Finger::Thumb));
        fingers.map(off).collect()
    };
    let alike = |voicing: &Voicing, most: i16, fingers: usize| {
        offs(voicing).is_some_and(|offs| {
            offs.len() >= fingers && offs.iter().all(|off| *off == offs[0] && off.abs() <= most)
        })
    };
    let whole = all.iter().find(|voicing| alike(voicing, 0, 2));
    let moved = || all.iter().find(|voicing| alike(voicing, SHIFT, SHIFTED));
    whole.or_else(moved).or(all.first()).copied()
}

/// A flat finger lies on the next thinner string.
fn lies_over(press: &Press, string: StringNumber) -> bool {
    press.flat == Some(true) && press.string.number() == string.number() + 1
}
