//! One chord against another: which fingers stay where they are, and which do not.
//!
//! From the shapes alone; whether the two were asked about is decided by [`super::answer`].

use theory::{Chord, Finger, Quality, Shape, StringNumber};

use crate::hebrew::finger_name;

/// Fingers that two chords share, and those that one of them puts elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hands {
    kept: Vec<Finger>,
    moved: Vec<Finger>,
}

impl Hands {
    /// None where the fingers of one of them are not known.
    pub(super) fn between(one: Chord, other: Chord) -> Option<Self> {
        let (one, other) = (Shape::curated(one)?, Shape::curated(other)?);
        let (mut kept, mut moved) = (Vec::new(), Vec::new());
        for finger in [Finger::Index, Finger::Middle, Finger::Ring, Finger::Pinky] {
            match (places(one, finger), places(other, finger)) {
                (before, after) if before.is_empty() && after.is_empty() => {}
                (before, after) if before == after => kept.push(finger),
                _ => moved.push(finger),
            }
        }
        Some(Self { kept, moved })
    }

    /// «האמצעית ואת הקמיצה», for «להשאיר את …»; none where every finger moves.
    pub(super) fn kept(&self) -> Option<String> {
        listed(&self.kept)
    }

    /// The same of those that move, where others stay.
    pub(super) fn moved(&self) -> Option<String> {
        listed(&self.moved).filter(|_| !self.kept.is_empty())
    }

    /// Whether no finger stays.
    pub(super) fn all_move(&self) -> bool {
        self.kept.is_empty()
    }
}

/// Where a finger presses.
fn places(shape: &Shape, finger: Finger) -> Vec<(StringNumber, u8)> {
    let strings = StringNumber::THICK_TO_THIN.into_iter();
    let pressed = strings.filter(|string| shape.finger(*string) == Some(finger));
    pressed.filter_map(|string| Some((string, shape.voicing.fret(string)?))).collect()
}

fn listed(fingers: &[Finger]) -> Option<String> {
    let names: Vec<&str> = fingers.iter().map(|finger| finger_name(Some(*finger))).collect();
    (!names.is_empty()).then(|| names.join(" ואת "))
}

/// The known question that tells two chords of one root apart, where there is one.
pub(super) fn of_one_root(one: Chord, other: Chord) -> Option<&'static str> {
    let has = |quality| one.quality == quality || other.quality == quality;
    let same = one.root == other.root;
    match () {
        () if !same || one == other => None,
        () if has(Quality::Maj) && has(Quality::Min) => Some("maj_min"),
        () if has(Quality::Dom7) && has(Quality::Maj) => Some("seventh"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hands(one: &str, other: &str) -> Option<Hands> {
        Hands::between(one.parse().unwrap(), other.parse().unwrap())
    }

    #[test]
    fn what_stays_and_what_moves() {
        let am_c = hands("Am", "C").unwrap();
        assert_eq!(am_c.kept().as_deref(), Some("האצבע המורה ואת האמצעית"));
        assert_eq!(am_c.moved().as_deref(), Some("הקמיצה"));
        let d_g = hands("D", "G").unwrap();
        assert!(d_g.all_move() && d_g.kept().is_none() && d_g.moved().is_none());
        assert_eq!(hands("C", "Am").unwrap(), am_c);
    }

    #[test]
    fn one_root_has_its_own_question() {
        let of = |one: &str, other: &str| of_one_root(one.parse().unwrap(), other.parse().unwrap());
        assert_eq!(of("Em", "E"), Some("maj_min"));
        assert_eq!(of("A", "A7"), Some("seventh"));
        assert_eq!(of("C", "Cmaj7"), None);
        assert_eq!(of("Am", "C"), None);
    }
}
