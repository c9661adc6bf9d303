//! Facts about several strings at once: a shifted shape, another chord, a finger one string off.
//! What they explain is not told again string by string.

use audio::StringState;
use theory::{BEGINNER_SHAPES, Chord, Pitch, Quality, Shape, StringNumber};

use super::condition as c;
use super::facts::{Fact, Slots};
use super::view::View;

/// A shape further off than this is not «the same shape elsewhere».
const FARTHEST_SHIFT: i16 = 5;

pub(super) fn read(view: &View<'_>) -> Vec<Fact> {
    capo(view)
        .or_else(|| shifted(view))
        .or_else(|| aside(view))
        .or_else(|| heard_chord(view))
        .or_else(|| other_chord(view))
        .or_else(|| barre(view))
        .or_else(|| all_dead(view))
        .map_or_else(|| next_string(view), |fact| vec![fact])
}

/// The strings whose evidence `facts` already explain.
pub(super) fn explained(view: &View<'_>, facts: &[Fact]) -> Vec<StringNumber> {
    // Who plays another chord has no finger wrong in this one.
    let named = |fact: &Fact| fact.condition == c::OTHER_CHORD && fact.slots.heard == view.heard;
    if facts.iter().any(named) {
        return StringNumber::THICK_TO_THIN.to_vec();
    }
    let of_strings = |fact: &Fact| {
        [c::FINGER_NEXT_STRING, c::BARRE_MIDDLE, c::ALL_DEAD].contains(&fact.condition)
    };
    if facts.iter().any(|fact| !of_strings(fact)) {
        return view.wrong().into_iter().map(|(string, _)| string).collect();
    }
    facts.iter().flat_map(|fact| [fact.slots.string, fact.slots.other]).flatten().collect()
}

/// Every string, the open ones too, is higher by the same number of semitones.
fn capo(view: &View<'_>) -> Option<Fact> {
    let wrong = view.wrong();
    let (first, heard) = *wrong.first()?;
    let shift = semitones(view.expected(first)?, heard);
    let alike = |(s, pitch): &(StringNumber, Pitch)| {
        view.expected(*s).is_some_and(|expected| semitones(expected, *pitch) == shift)
    };
    let asked = StringNumber::THICK_TO_THIN.into_iter().filter(|s| view.asked(*s)).count();
    let open = wrong.iter().any(|(s, _)| view.fret(*s) == Some(0));
    if !open || wrong.len() < asked.max(4) || !wrong.iter().all(alike) || !(1..=7).contains(&shift)
    {
        return None;
    }
    let slots = Slots { fret: u8::try_from(shift).ok(), ..Slots::default() };
    let confidence = view.confidence(wrong.iter().map(|(s, _)| *s));
    Some(Fact::new(c::CAPO_ON, slots, confidence))
}

/// The whole shape sounds one string aside.
fn aside(view: &View<'_>) -> Option<Fact> {
    let wrong = view.wrong();
    let shape = |string: i16| {
        let string = StringNumber::new(u8::try_from(string).ok()?).ok()?;
        view.fret(string).filter(|fret| *fret > 0)
    };
    let fretted = (1..=6).filter(|string| shape(*string).is_some()).count();
    let fits = |by: i16| {
        StringNumber::THICK_TO_THIN.into_iter().filter(|s| view.asked(*s)).all(|s| {
            let fret = shape(i16::from(s.number()) + by).unwrap_or(0);
            view.heard_pitch(s) == Some(view.open(s).transposed(i32::from(fret)))
        })
    };
    let by = [1, -1].into_iter().find(|by| fits(*by))?;
    if fretted < 2 || wrong.len() < 2 {
        return None;
    }
    // It sounds on the thinner strings: the fingers have to move towards the thick one.
    let slots = Slots { thicker: Some(by > 0), ..Slots::default() };
    let confidence = view.confidence(wrong.iter().map(|(s, _)| *s));
    Some(Fact::new(c::SHAPE_OFF_STRING, slots, confidence))
}

/// So many strings make a chord.
const SEVERAL: usize = 3;
/// Row L28: fewer ringing strings of a barre chord say that it is too early for it.
const CHOKED: usize = 3;

pub(super) fn choked(view: &View<'_>) -> bool {
    let asked = asked(view);
    is_barre(view, &asked) && asked.len() < CHOKED + view.dead().len()
}

fn asked(view: &View<'_>) -> Vec<StringNumber> {
    StringNumber::THICK_TO_THIN.into_iter().filter(|s| view.asked(*s)).collect()
}

/// Five strings or six, none open, one finger across several.
fn is_barre(view: &View<'_>, asked: &[StringNumber]) -> bool {
    let frets: Vec<u8> = asked.iter().filter_map(|s| view.fret(*s)).collect();
    let Some(lowest) = frets.iter().min() else { return false };
    asked.len() >= 5 && *lowest > 0 && frets.iter().filter(|fret| *fret == lowest).count() >= 2
}

/// A barre whose ends ring and whose middle does not.
fn barre(view: &View<'_>) -> Option<Fact> {
    let asked = asked(view);
    let barred = is_barre(view, &asked);
    let dead = view.dead();
    let middle = |s: &StringNumber| matches!(s.number(), 2 | 3);
    let ends = [asked.first()?, asked.last()?];
    let rings = |s: &&StringNumber| view.heard_pitch(**s) == view.expected(**s);
    let only_middle = !dead.is_empty() && dead.iter().all(middle);
    if !barred || !only_middle || !ends.iter().all(rings) {
        return None;
    }
    let confidence = view.confidence(dead.iter().copied());
    let covers = dead.into_iter().collect();
    Some(Fact { covers, ..Fact::new(c::BARRE_MIDDLE, Slots::default(), confidence) })
}

/// No string rings: no finger alone does that.
fn all_dead(view: &View<'_>) -> Option<Fact> {
    let (asked, dead) = (asked(view), view.dead());
    let sounds = |s: &StringNumber| {
        let state = view.evidence(*s).map(|evidence| evidence.state);
        matches!(
            state,
            Some(StringState::Rings | StringState::Buzz | StringState::WrongPitch { .. })
        )
    };
    let any = StringNumber::THICK_TO_THIN.iter().any(sounds);
    if asked.len() < SEVERAL || dead != asked || any || view.is_one_by_one() {
        return None;
    }
    let confidence = view.confidence(dead.iter().copied());
    let covers = dead.into_iter().collect();
    Some(Fact { covers, ..Fact::new(c::ALL_DEAD, Slots::default(), confidence) })
}

/// All fretted strings are off by the same number of frets, and all others ring.
fn shifted(view: &View<'_>) -> Option<Fact> {
    let fretted: Vec<StringNumber> = StringNumber::THICK_TO_THIN
        .into_iter()
        .filter(|s| view.fret(*s).is_some_and(|fret| fret > 0))
        .collect();
    let wrong = view.wrong();
    let same_strings = wrong.iter().map(|(s, _)| *s).eq(fretted.iter().copied());
    let (first, heard) = *wrong.first()?;
    let shift = semitones(view.expected(first)?, heard);
    let all_alike = wrong.iter().all(|(s, pitch)| {
        let fret = view.fret(*s).map_or(0, i16::from);
        view.expected(*s).is_some_and(|e| semitones(e, *pitch) == shift) && fret + shift > 0
    });
    if fretted.len() < 2 || !same_strings || !all_alike || shift.abs() > FARTHEST_SHIFT {
        return None;
    }
    let slots = Slots { shift: i8::try_from(shift).ok(), ..Slots::default() };
    Some(Fact::new(c::SHAPE_SHIFTED, slots, view.confidence(fretted.into_iter())))
}

fn semitones(from: Pitch, to: Pitch) -> i16 {
    i16::from(to.midi()) - i16::from(from.midi())
}

/// The chord that was heard holds every note that sounds, one at least is none of the asked chord's,
/// and several strings do not do what was asked: however it is fretted, that chord was played.
fn heard_chord(view: &View<'_>) -> Option<Fact> {
    let named = |chord: &Chord| matches!(chord.quality, Quality::Maj | Quality::Min);
    let heard = view.heard.filter(|heard| named(heard) && heard.root != view.target.root)?;
    let slots = Slots { heard: Some(heard), chord: Some(view.target), ..Slots::default() };
    let fact = |confidence| Fact::new(c::OTHER_CHORD, slots, confidence);
    if !view.has_evidence() {
        return Some(fact(1.0));
    }
    let sounding: Vec<(StringNumber, Pitch)> = StringNumber::THICK_TO_THIN
        .into_iter()
        .filter_map(|string| Some((string, view.heard_pitch(string)?)))
        .collect();
    let astray = |string: &StringNumber| {
        view.asked(*string)
            && view.evidence(*string).is_some_and(|evidence| {
                matches!(
                    evidence.state,
                    StringState::WrongPitch { .. } | StringState::Dead | StringState::NotPlayed
                )
            })
    };
    let several = StringNumber::THICK_TO_THIN.iter().filter(|s| astray(s)).count() > 1;
    let all_fit = sounding.iter().all(|(_, pitch)| view.holds(heard, *pitch));
    let foreign = sounding.iter().filter(|(_, pitch)| !view.holds(view.target, *pitch));
    let surest = foreign
        .filter_map(|(string, _)| view.evidence(*string).map(|evidence| evidence.confidence))
        .max_by(f32::total_cmp)?;
    (several && all_fit).then(|| fact(surest))
}

/// One other chord of the course explains every sounding string.
fn other_chord(view: &View<'_>) -> Option<Fact> {
    let wrong = view.wrong();
    let explains = |shape: &&Shape| {
        shape.chord != view.target
            && view.makes(shape)
            && view.heard.is_none_or(|heard| heard == shape.chord)
            && StringNumber::THICK_TO_THIN.into_iter().all(|s| {
                let heard = view.heard_pitch(s).filter(|_| view.asked(s));
                let there = shape.voicing.fret(s).map(|f| view.open(s).transposed(i32::from(f)));
                heard.is_none() || heard == there
            })
    };
    let mut explaining = BEGINNER_SHAPES.iter().filter(explains);
    // Where the string that tells two chords apart is unsure, neither is named.
    let shape = explaining.next().filter(|_| explaining.next().is_none())?;
    let confidence = view.confidence(wrong.iter().map(|(s, _)| *s));
    match wrong[..] {
        [(string, heard)] if parallel(view.target, shape.chord) => {
            third(view, shape, string, heard, confidence)
        }
        [_, _, ..] => {
            let slots =
                Slots { heard: Some(shape.chord), chord: Some(view.target), ..Slots::default() };
            Some(Fact::new(c::OTHER_CHORD, slots, confidence))
        }
        _ => None,
    }
}

fn parallel(a: Chord, b: Chord) -> bool {
    let third = |q: Quality| matches!(q, Quality::Maj | Quality::Min);
    a.root == b.root && third(a.quality) && third(b.quality)
}

/// Major for minor. A missing finger is told as such: that string simply sounds open.
fn third(
    view: &View<'_>,
    shape: &Shape,
    string: StringNumber,
    heard: Pitch,
    confidence: f32,
) -> Option<Fact> {
    let fret = view.fret(string)?;
    let condition = match fret {
        0 => c::THIRD_OPEN,
        _ if heard == view.open(string) => return None,
        _ => c::THIRD_FRETTED,
    };
    let slots = Slots {
        string: Some(string),
        finger: Some(view.finger(string)),
        fret: Some(fret),
        third: Some(view.target.quality),
        heard_third: Some(shape.chord.quality),
        ..Slots::default()
    };
    Some(Fact::new(condition, slots, confidence))
}

/// A fretted string sounds open while the string beside it sounds at that very fret.
fn next_string(view: &View<'_>) -> Vec<Fact> {
    let wrong = view.wrong();
    let at = |string: StringNumber, fret: u8| {
        wrong
            .iter()
            .any(|(s, p)| *s == string && *p == view.open(string).transposed(i32::from(fret)))
    };
    wrong
        .iter()
        .filter_map(|(string, _)| {
            let fret = view.fret(*string).filter(|fret| *fret > 0 && at(*string, 0))?;
            let other = [string.number().saturating_sub(1), string.number() + 1]
                .into_iter()
                .filter_map(|n| StringNumber::new(n).ok())
                .find(|other| at(*other, fret) && view.fret(*other) == Some(0))?;
            let slots = Slots {
                string: Some(*string),
                other: Some(other),
                finger: Some(view.finger(*string)),
                fret: Some(fret),
                ..Slots::default()
            };
            let confidence = view.confidence([*string, other].into_iter());
            Some(Fact::new(c::FINGER_NEXT_STRING, slots, confidence))
        })
        .collect()
}
