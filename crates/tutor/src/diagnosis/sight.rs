//! What the picture adds to the sound: which finger, hand or thumb is the cause, where only the
//! camera can tell. It accuses no string that the sound does not.

use theory::{Chord, Finger, PitchClass, Quality, StringNumber};

use super::condition as c;
use super::facts::{Fact, Slots};
use super::table::Condition;
use super::view::View;
use crate::Press;

/// Fingers on one fret that crowd it.
const CROWD: usize = 3;

/// A fact about the whole hand. What it explains is told string by string until it is sure enough.
pub(super) fn read(view: &View<'_>) -> Option<Fact> {
    let (dead, hand) = (view.dead(), view.hand());
    let thick: Vec<StringNumber> = dead.iter().copied().filter(|s| s.number() == 6).collect();
    let fact = |condition, strings: &[StringNumber]| {
        let confidence = view.confidence(strings.iter().copied());
        let slots = Slots { string: strings.first().copied(), ..Slots::default() };
        let covers = strings.iter().copied().collect();
        Some(Fact { covers, ..Fact::new(condition, slots, confidence) })
    };
    if hand.thumb_over == Some(true) && !thick.is_empty() {
        return fact(c::THUMB_OVER, &thick);
    }
    if neighbours(&dead) && hand.long_nails == Some(true) {
        return fact(c::NAILS, &dead);
    }
    if neighbours(&dead) && hand.palm_on_neck == Some(true) {
        return fact(c::GRIP, &dead);
    }
    match dead[..] {
        [string] if crowded(view, string) => fact(c::A_CROWD, &dead),
        _ => None,
    }
}

fn neighbours(strings: &[StringNumber]) -> bool {
    strings.windows(2).any(|pair| pair[0].number() == pair[1].number() + 1)
}

/// A: three fingers at fret 2, one of them far from the wire, and string 1 or 2 dead.
fn crowded(view: &View<'_>, dead: StringNumber) -> bool {
    let at: Vec<&Press> = view.presses().filter(|press| press.fret == 2).collect();
    view.target == Chord::new(PitchClass(9), Quality::Maj)
        && dead.number() <= 2
        && at.len() >= CROWD
        && at.iter().any(|press| view.far_from_wire(press.string))
}

/// A finger that leans on an open string: in some chords always the same one.
pub(super) fn leaning(target: Chord, finger: Finger, string: StringNumber) -> Condition {
    let (c_major, d_major) =
        (Chord::new(PitchClass(0), Quality::Maj), Chord::new(PitchClass(2), Quality::Maj));
    let a_minor = Chord::new(PitchClass(9), Quality::Min);
    match (finger, string.number()) {
        (Finger::Index, 1) if target == c_major || target == a_minor => c::INDEX_ON_1,
        (Finger::Middle, 3) if target == c_major => c::MIDDLE_ON_3,
        (Finger::Ring, 1) if target == d_major => c::RING_ON_1,
        _ => c::DEAD_OPEN_TOUCHED,
    }
}

/// A clean strum, unless the picture shows every finger one fret off: then the picture is wrong.
pub(super) fn against(view: &View<'_>, clean: Fact) -> Fact {
    let off =
        |press: &Press| view.fret(press.string).map(|fret| i16::from(press.fret) - i16::from(fret));
    let offs: Vec<Option<i16>> = view.presses().map(off).collect();
    let drifted = offs.len() >= 2
        && (offs.iter().all(|o| *o == Some(1)) || offs.iter().all(|o| *o == Some(-1)));
    if drifted { Fact { condition: c::PICTURE_DRIFTED, ..clean } } else { clean }
}
