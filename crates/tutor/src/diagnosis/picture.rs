//! A picture without sound: whether the fingers lie where the chord wants them. Which finger holds a
//! place is the student's choice; it says nothing of what would ring.

use theory::{Finger, StringNumber};

use super::condition as c;
use super::facts::{Fact, Slots};
use super::table::Condition;
use super::view::View;
use crate::Press;

/// A shape further off than this is not «the same shape elsewhere».
const FARTHEST_SHIFT: i16 = 7;
/// A finger on its string further off than this has another place, not a neighbouring one.
const FARTHEST_FRET: i16 = 2;

/// A place of the chord, with its usual finger; a barre's is on its thickest string.
type Place = (StringNumber, u8, Finger);

/// What is out of place, and whether every place of the chord was seen held and nothing else.
pub(super) fn read(view: &View<'_>) -> (Vec<Fact>, Option<Fact>) {
    let sure = view.presses().map(|press| press.confidence).fold(1.0, f32::min);
    let fact = |(condition, slots)| Fact::new(condition, slots, sure);
    let astray: Vec<&Press> = view.presses().filter(|press| !is_in_place(view, press)).collect();
    let mut free: Vec<Place> = view.fingering();
    free.retain(|place| !is_held(view, place));
    let whole = astray.iter().all(|press| !sounds(view, press)) && free.is_empty();
    if whole && view.presses().next().is_some() {
        return (Vec::new(), Some(fact((c::SEEN_RIGHT, Slots::default()))));
    }
    let together = if astray.is_empty() { Vec::new() } else { together(view) };
    if !together.is_empty() {
        return (together.into_iter().map(fact).collect(), None);
    }
    let faults = astray.into_iter().filter_map(|press| {
        let place = take_place(&mut free, press);
        let alone = sounds(view, press).then(|| extra(press));
        place.map(|place| elsewhere(press, place)).or(alone).map(fact)
    });
    (faults.collect(), None)
}

fn is_in_place(view: &View<'_>, press: &Press) -> bool {
    view.fret(press.string) == Some(press.fret)
}

fn is_held(view: &View<'_>, (string, fret, finger): &Place) -> bool {
    let there = |press: &Press| press.string == *string && press.fret == *fret;
    view.presses()
        .any(|press| there(press) || press.finger == Some(*finger) && is_in_place(view, press))
}

/// Whether a string sounds differently for a finger that lies astray: behind the fret that is pressed, or
/// on a string that is not played, it does not.
fn sounds(view: &View<'_>, press: &Press) -> bool {
    view.fret(press.string).is_some_and(|fret| press.fret > fret)
}

/// The whole hand off alike: frets up or down the neck, or one string aside.
fn together(view: &View<'_>) -> Vec<(Condition, Slots)> {
    let homes = view.fingering();
    let offs: Vec<(i16, i16)> = view
        .presses()
        .filter_map(|press| {
            let home = homes.iter().find(|home| Some(home.2) == press.finger)?;
            Some(off(press, *home))
        })
        .collect();
    let alike = |of: fn(&(i16, i16)) -> i16| {
        let first = offs.first().map(of)?;
        (offs.len() >= 2 && first != 0 && offs.iter().all(|off| of(off) == first)).then_some(first)
    };
    let frets = alike(|off| off.1).filter(|frets| frets.abs() <= FARTHEST_SHIFT);
    let strings = alike(|off| off.0).filter(|strings| strings.abs() == 1);
    let shifted = frets.map(|frets| {
        (c::SEEN_SHIFTED, Slots { shift: i8::try_from(frets).ok(), ..Slots::default() })
    });
    let aside = strings.map(|strings| {
        (c::SHAPE_OFF_STRING, Slots { thicker: Some(strings < 0), ..Slots::default() })
    });
    shifted.into_iter().chain(aside).collect()
}

/// Strings towards the thick one and frets towards the body that a finger is off a place.
fn off(press: &Press, (string, fret, _): Place) -> (i16, i16) {
    let strings = i16::from(press.string.number()) - i16::from(string.number());
    (strings, i16::from(press.fret) - i16::from(fret))
}

/// The place a finger belongs to: its usual one, else the nearest that nobody holds.
fn take_place(free: &mut Vec<Place>, press: &Press) -> Option<Place> {
    let far = |place: &Place| {
        let (strings, frets) = off(press, *place);
        strings.abs() + frets.abs()
    };
    let own = free.iter().position(|place| Some(place.2) == press.finger);
    let nearest = || (0..free.len()).min_by_key(|at| far(&free[*at]));
    own.or_else(nearest).map(|at| free.remove(at))
}

fn elsewhere(press: &Press, place: Place) -> (Condition, Slots) {
    let condition = match off(press, place) {
        (0, frets) if frets.abs() <= FARTHEST_FRET => c::SEEN_FRET_OFF,
        (_, 0) => c::SEEN_NEXT_STRING,
        _ => c::SEEN_ELSEWHERE,
    };
    let slots = Slots {
        finger: Some(press.finger),
        string: Some(place.0),
        fret: Some(place.1),
        other: Some(press.string),
        ..Slots::default()
    };
    (condition, slots)
}

fn extra(press: &Press) -> (Condition, Slots) {
    let (finger, string) = (Some(press.finger), Some(press.string));
    (c::SEEN_EXTRA, Slots { finger, string, ..Slots::default() })
}
