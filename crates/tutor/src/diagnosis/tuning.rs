//! Facts about tuning, from the cents of the strings that ring.

use audio::StringState;
use theory::StringNumber;

use super::condition as c;
use super::facts::{Fact, Slots};
use super::table::Condition;
use super::view::View;

/// The whole guitar counts as shifted from here (row T03: median above 20 cents, spread below 8).
const ALL_SHIFTED: f32 = 20.0;
const ALL_SPREAD: f32 = 8.0;
/// Row T01 asks for 12 cents on an open string plucked alone; inside a chord neighbours bias the
/// measure, so a string is called out of tune only from here.
const STRING_OFF: f32 = 20.0;
/// Open strings within this count as in tune when a fretted one is judged (row T04).
const IN_TUNE: f32 = 10.0;
/// Fewer strings do not make «the whole guitar».
const ENOUGH_STRINGS: usize = 4;

/// (string, cents, confidence) of the ringing asked strings.
type Measured = (StringNumber, f32, f32);

pub(super) fn read(view: &View<'_>) -> Vec<Fact> {
    let measured: Vec<Measured> = StringNumber::THICK_TO_THIN
        .into_iter()
        .filter(|string| view.asked(*string))
        .filter_map(|string| {
            let evidence = view.evidence(string)?;
            let cents = evidence.cents.filter(|_| evidence.state == StringState::Rings)?;
            Some((string, cents, evidence.confidence))
        })
        .collect();
    whole(&measured).map_or_else(|| single(view, &measured), |fact| vec![fact])
}

fn whole(measured: &[Measured]) -> Option<Fact> {
    if measured.len() < ENOUGH_STRINGS {
        return None;
    }
    let mut cents: Vec<f32> = measured.iter().map(|(_, cents, _)| *cents).collect();
    cents.sort_by(f32::total_cmp);
    let median = cents[cents.len() / 2];
    let spread = cents.iter().map(|c| (c - median).abs()).sum::<f32>() / cents.len() as f32;
    let confidence = measured.iter().map(|m| m.2).fold(1.0, f32::min);
    let condition = if median < 0.0 { c::ALL_FLAT } else { c::ALL_SHARP };
    (median.abs() > ALL_SHIFTED && spread < ALL_SPREAD).then_some(Fact::new(
        condition,
        Slots::default(),
        confidence,
    ))
}

fn single(view: &View<'_>, measured: &[Measured]) -> Vec<Fact> {
    let open = |string: StringNumber| view.fret(string) == Some(0);
    let mut opens = measured.iter().filter(|m| open(m.0)).peekable();
    let open_in_tune = opens.peek().is_some() && opens.all(|m| m.1.abs() <= IN_TUNE);
    let sharp = |m: &&Measured| !open(m.0) && m.1 >= STRING_OFF;
    // Who presses too hard presses so everywhere; one string alone is pulled aside.
    let pushed = match measured.iter().filter(sharp).count() {
        1 if measured.iter().filter(|m| !open(m.0)).count() > 1 => c::BENT_IN_CHORD,
        _ => c::PUSHED_SHARP,
    };
    let condition = |string: StringNumber, cents: f32| -> Option<Condition> {
        match open(string) {
            true if cents <= -STRING_OFF => Some(c::STRING_FLAT),
            true if cents >= STRING_OFF => Some(c::STRING_SHARP),
            false if cents >= STRING_OFF && open_in_tune => Some(pushed),
            _ => None,
        }
    };
    measured
        .iter()
        .filter_map(|(string, cents, confidence)| {
            let slots = Slots { string: Some(*string), ..Slots::default() };
            let (condition, slots) = with_finger(view, condition(*string, *cents)?, slots);
            Some(Fact::new(condition, slots, *confidence))
        })
        .collect()
}

/// A finger far from the wire does not make a string low: where both are so, both are said.
fn with_finger(view: &View<'_>, condition: Condition, slots: Slots) -> (Condition, Slots) {
    let far = view.presses().find(|press| view.far_from_wire(press.string));
    match far.and_then(|press| press.finger) {
        Some(finger) if condition == c::STRING_FLAT => {
            (c::FLAT_AND_FAR, Slots { finger: Some(Some(finger)), ..slots })
        }
        _ => (condition, slots),
    }
}
