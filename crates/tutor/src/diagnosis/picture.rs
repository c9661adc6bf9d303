//! A picture without sound: whether the fingers lie where the chord wants them. It says nothing of
//! what would ring.

use theory::{Finger, StringNumber};

use super::condition as c;
use super::facts::{Fact, Slots};
use super::table::Condition;
use super::view::View;

/// A shape further off than this is not «the same shape elsewhere».
const FARTHEST_SHIFT: i16 = 7;
/// A finger further off than this is on its way.
const FARTHEST_FRET: i16 = 2;

/// A finger that was seen, and where it belongs.
struct Placed {
    finger: Finger,
    string: StringNumber,
    /// The string and fret it belongs to.
    home: (StringNumber, u8),
    /// Strings towards the thick one and frets towards the body that it is off.
    off: (i16, i16),
}

/// What is out of place, and whether every finger of the chord was seen in its place.
pub(super) fn read(view: &View<'_>) -> (Vec<Fact>, Option<Fact>) {
    let placed = placed(view);
    let sure = view.presses().map(|press| press.confidence).fold(1.0, f32::min);
    let fact = |condition, slots| Fact::new(condition, slots, sure);
    let mut faults = Vec::new();
    if let Some(frets) = alike(&placed, |finger| finger.off.1).filter(|n| *n != 0)
        && frets.abs() <= FARTHEST_SHIFT
    {
        let slots = Slots { shift: i8::try_from(frets).ok(), ..Slots::default() };
        faults.push(fact(c::SEEN_SHIFTED, slots));
    } else {
        faults.extend(placed.iter().filter_map(fret_off).map(|(c, slots)| fact(c, slots)));
    }
    if let Some(strings) = alike(&placed, |finger| finger.off.0).filter(|n| n.abs() == 1) {
        let slots = Slots { thicker: Some(strings < 0), ..Slots::default() };
        faults.push(fact(c::SHAPE_OFF_STRING, slots));
    } else {
        faults.extend(placed.iter().filter_map(next_string).map(|(c, slots)| fact(c, slots)));
    }
    let whole = !placed.is_empty() && placed.len() == view.fingering().len();
    let right = whole && placed.iter().all(|finger| finger.off == (0, 0));
    (faults, right.then(|| Fact::new(c::SEEN_RIGHT, Slots::default(), sure)))
}

/// The fingers of the chord that were seen; others lie where they do not matter.
fn placed(view: &View<'_>) -> Vec<Placed> {
    let homes = view.fingering();
    let presses = view.presses().filter_map(|press| {
        let finger = press.finger?;
        let home = homes.iter().find(|home| home.2 == finger)?;
        let strings = i16::from(press.string.number()) - i16::from(home.0.number());
        let frets = i16::from(press.fret) - i16::from(home.1);
        let (string, home) = (press.string, (home.0, home.1));
        Some(Placed { finger, string, home, off: (strings, frets) })
    });
    presses.collect()
}

/// By how much all of at least two fingers are off alike.
fn alike(placed: &[Placed], off: impl Fn(&Placed) -> i16) -> Option<i16> {
    let first = placed.first().map(&off)?;
    (placed.len() >= 2 && placed.iter().all(|finger| off(finger) == first)).then_some(first)
}

fn slots(finger: &Placed) -> Slots {
    Slots {
        finger: Some(Some(finger.finger)),
        string: Some(finger.home.0),
        fret: Some(finger.home.1),
        other: Some(finger.string),
        ..Slots::default()
    }
}

fn fret_off(finger: &Placed) -> Option<(Condition, Slots)> {
    let off = finger.off.1;
    (off != 0 && off.abs() <= FARTHEST_FRET).then(|| (c::SEEN_FRET_OFF, slots(finger)))
}

fn next_string(finger: &Placed) -> Option<(Condition, Slots)> {
    (finger.off.0 != 0).then(|| (c::SEEN_NEXT_STRING, slots(finger)))
}
