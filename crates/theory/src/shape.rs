//! Fingers, and the eight shapes of the first course with theirs.

use serde::{Deserialize, Serialize};

use crate::{Chord, PitchClass, Quality, StringNumber, Voicing};

/// A finger of the fretting hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finger {
    /// 1
    Index,
    /// 2
    Middle,
    /// 3
    Ring,
    /// 4
    Pinky,
    /// Behind the neck; on the strings only by intent or by accident.
    Thumb,
}

impl Finger {
    /// The number in chord boxes; 0 for the thumb.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Index => 1,
            Self::Middle => 2,
            Self::Ring => 3,
            Self::Pinky => 4,
            Self::Thumb => 0,
        }
    }
}

/// A voicing with the finger that frets each string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The chord it sounds.
    pub chord: Chord,
    /// Its frets.
    pub voicing: Voicing,
    /// From string 6 to string 1; none on open and silent strings.
    pub fingers: [Option<Finger>; 6],
}

impl Shape {
    /// The beginner's open shape of a chord, if it is one of [`BEGINNER_SHAPES`].
    #[must_use]
    pub fn of(chord: Chord) -> Option<&'static Self> {
        BEGINNER_SHAPES.iter().find(|shape| shape.chord == chord)
    }

    /// The finger that frets `string`.
    #[must_use]
    pub fn finger(&self, string: StringNumber) -> Option<Finger> {
        self.fingers[string.index()]
    }
}

const I: Option<Finger> = Some(Finger::Index);
const M: Option<Finger> = Some(Finger::Middle);
const R: Option<Finger> = Some(Finger::Ring);
const O: Option<Finger> = None;
const X: Option<u8> = None;

const fn f(fret: u8) -> Option<u8> {
    Some(fret)
}

const fn shape(
    root: u8,
    quality: Quality,
    frets: [Option<u8>; 6],
    fingers: [Option<Finger>; 6],
) -> Shape {
    let chord = Chord { root: PitchClass(root), quality };
    Shape { chord, voicing: Voicing::new(frets), fingers }
}

/// The eight open chords of the first course, in the order in which they are learnt.
/// Fingerings as usually taught to beginners (E minor with fingers 2 and 3).
pub static BEGINNER_SHAPES: [Shape; 8] = [
    shape(4, Quality::Min, [f(0), f(2), f(2), f(0), f(0), f(0)], [O, M, R, O, O, O]),
    shape(4, Quality::Maj, [f(0), f(2), f(2), f(1), f(0), f(0)], [O, M, R, I, O, O]),
    shape(9, Quality::Min, [X, f(0), f(2), f(2), f(1), f(0)], [O, O, M, R, I, O]),
    shape(9, Quality::Maj, [X, f(0), f(2), f(2), f(2), f(0)], [O, O, I, M, R, O]),
    shape(2, Quality::Maj, [X, X, f(0), f(2), f(3), f(2)], [O, O, O, I, R, M]),
    shape(2, Quality::Min, [X, X, f(0), f(2), f(3), f(1)], [O, O, O, M, R, I]),
    shape(7, Quality::Maj, [f(3), f(2), f(0), f(0), f(0), f(3)], [M, I, O, O, O, R]),
    shape(0, Quality::Maj, [X, f(3), f(2), f(0), f(1), f(0)], [O, R, M, O, I, O]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tuning;

    #[test]
    fn every_shape_sounds_its_chord_and_nothing_else() {
        for shape in &BEGINNER_SHAPES {
            let asked: Vec<PitchClass> = shape.chord.pitch_classes().collect();
            for string in StringNumber::THICK_TO_THIN {
                let pitch = shape.voicing.pitch(string, &Tuning::STANDARD);
                assert!(pitch.is_none_or(|p| asked.contains(&p.class())), "{:?}", shape.chord);
                let fretted = shape.voicing.fret(string).is_some_and(|fret| fret > 0);
                assert_eq!(shape.finger(string).is_some(), fretted, "{:?} {string}", shape.chord);
            }
            let bass = shape.voicing.sounding().next().unwrap();
            let lowest = shape.voicing.pitch(bass, &Tuning::STANDARD).unwrap();
            assert_eq!(lowest.class(), shape.chord.root);
        }
    }
}
