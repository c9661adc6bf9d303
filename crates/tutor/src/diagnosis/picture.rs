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

/// A place of the chord, with its usual finger where one is known; a barre's is on its thickest string.
type Place = (StringNumber, u8, Option<Finger>);

/// What is out of place, and whether every place of the chord was seen held and nothing else.
pub(super) fn read(view: &View<'_>) -> (Vec<Fact>, Option<Fact>) {
    let sure = presses(view).map(|press| press.confidence).fold(1.0, f32::min);
    let fact = |(condition, slots)| Fact::new(condition, slots, sure);
    let places = places(view);
    let (held, astray): (Vec<&Press>, Vec<&Press>) =
        presses(view).partition(|press| is_in_place(view, press));
    let free: Vec<Place> =
        places.iter().copied().filter(|place| !is_held(view, &held, place)).collect();
    let touched = StringNumber::THICK_TO_THIN
        .iter()
        .any(|string| view.asked(*string) && view.seen_touching(*string).is_some());
    let in_the_way = touched || astray.iter().any(|press| sounds(view, press));
    if !places.is_empty() && free.is_empty() && !in_the_way {
        return (Vec::new(), Some(fact((c::SEEN_RIGHT, Slots::default()))));
    }
    let moved = moved(view).filter(|_| held.is_empty());
    let together = moved.map_or_else(|| together(&places, &held, &astray), |moved| vec![moved]);
    if together.is_empty() {
        return (each(view, &astray, free).into_iter().map(fact).collect(), None);
    }
    (together.into_iter().map(fact).collect(), None)
}

/// The thumb frets nothing here; where it mutes, that is heard (L10).
fn presses<'a>(view: &'a View<'_>) -> impl Iterator<Item = &'a Press> {
    view.presses().filter(|press| press.finger != Some(Finger::Thumb))
}

/// Where fingers belong; string by string where no usual fingering is known.
fn places(view: &View<'_>) -> Vec<Place> {
    let usual = view.fingering();
    if !usual.is_empty() {
        return usual
            .into_iter()
            .map(|(string, fret, finger)| (string, fret, Some(finger)))
            .collect();
    }
    let fretted = |string| Some((string, view.fret(string).filter(|fret| *fret > 0)?, None));
    StringNumber::THICK_TO_THIN.into_iter().filter_map(fretted).collect()
}

fn is_in_place(view: &View<'_>, press: &Press) -> bool {
    view.fret(press.string) == Some(press.fret)
}

fn is_held(view: &View<'_>, held: &[&Press], (string, fret, finger): &Place) -> bool {
    let strings = StringNumber::THICK_TO_THIN.iter().filter(|s| view.finger(**s) == *finger);
    let barre = finger.is_some() && strings.count() > 1;
    held.iter().any(|press| {
        let same = press.string == *string || barre && press.finger == *finger;
        same && press.fret == *fret
    })
}

/// Whether a string sounds differently for a finger that lies astray: behind the fret that is pressed, or
/// on a string that is not played, it does not.
fn sounds(view: &View<'_>, press: &Press) -> bool {
    view.fret(press.string).is_some_and(|fret| press.fret > fret)
}

/// Every finger at its string and as many frets further, whichever fingers they are.
fn moved(view: &View<'_>) -> Option<(Condition, Slots)> {
    let mut offs = presses(view).map(|press| {
        let fret = view.fret(press.string).filter(|fret| *fret > 0)?;
        Some(i16::from(press.fret) - i16::from(fret))
    });
    let first = offs.next()??;
    let rest: Vec<Option<i16>> = offs.collect();
    let alike = !rest.is_empty() && rest.iter().all(|off| *off == Some(first));
    let shift = i8::try_from(first).ok().filter(|shift| *shift != 0);
    (alike && first.abs() <= FARTHEST_SHIFT)
        .then_some((c::SEEN_SHIFTED, Slots { shift, ..Slots::default() }))
}

/// The whole hand off alike, frets up or down the neck or one string aside: every finger was seen so, or
/// none holds a place.
fn together(places: &[Place], held: &[&Press], astray: &[&Press]) -> Vec<(Condition, Slots)> {
    let home = |press: &&Press| {
        let own = |place: &&Place| press.finger.is_some() && place.2 == press.finger;
        Some(off(press, *places.iter().find(own)?))
    };
    let offs: Vec<(i16, i16)> = held.iter().chain(astray).filter_map(home).collect();
    if astray.is_empty() || !held.is_empty() && offs.len() < places.len() {
        return Vec::new();
    }
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

/// Finger by finger: to its own place, if nobody holds that; else, where it is in the way, to the nearest
/// that is free, or off the string.
fn each(view: &View<'_>, astray: &[&Press], mut free: Vec<Place>) -> Vec<(Condition, Slots)> {
    let mut faults = Vec::new();
    let mut others = Vec::new();
    for press in astray {
        let own = |place: &Place| press.finger.is_some() && place.2 == press.finger;
        match free.iter().position(own) {
            Some(at) => faults.push(elsewhere(press, free.remove(at))),
            None => others.push(*press),
        }
    }
    for press in others {
        let lacks = free.iter().any(|place| place.0 == press.string);
        if !sounds(view, press) && !lacks {
            continue;
        }
        let far = |at: &usize| {
            let (strings, frets) = off(press, free[*at]);
            strings.abs() + frets.abs()
        };
        faults.push(match (0..free.len()).min_by_key(far) {
            Some(at) => elsewhere(press, free.remove(at)),
            None => extra(press),
        });
    }
    faults
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
