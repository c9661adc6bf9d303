//! One chord against another: which fingers stay where they are, and which do not.
//!
//! From the shapes alone; whether the two were asked about is decided by [`super::answer`].

use theory::{Chord, Finger, Quality, Shape, StringNumber};

use crate::hebrew::finger_name;

/// What the fingers do from one chord to the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Hands {
    /// Those that stay where they are.
    kept: Vec<Finger>,
    /// Those that press elsewhere.
    moved: Vec<Finger>,
    /// Those that only leave the string.
    lifted: Vec<Finger>,
    /// Those that only come down.
    placed: Vec<Finger>,
}

impl Hands {
    /// None where the fingers of one of them are not known, or nothing changes.
    pub(super) fn between(one: Chord, other: Chord) -> Option<Self> {
        let (one, other) = (Shape::curated(one)?, Shape::curated(other)?);
        let mut hands = Self::default();
        for finger in [Finger::Index, Finger::Middle, Finger::Ring, Finger::Pinky] {
            let (before, after) = (places(one, finger), places(other, finger));
            let of = match (before.is_empty(), after.is_empty()) {
                (true, true) => continue,
                (false, true) => &mut hands.lifted,
                (true, false) => &mut hands.placed,
                (false, false) if before == after => &mut hands.kept,
                (false, false) => &mut hands.moved,
            };
            of.push(finger);
        }
        let changes = [&hands.moved, &hands.lifted, &hands.placed];
        changes.iter().any(|fingers| !fingers.is_empty()).then_some(hands)
    }

    /// «האמצעית ואת הקמיצה», for «להשאיר את …»; none where every finger moves.
    pub(super) fn kept(&self) -> Option<String> {
        joined(&self.kept, " ואת ")
    }

    /// The same of those that move, where the others stay.
    pub(super) fn moved(&self) -> Option<String> {
        self.only(&self.moved)
    }

    /// The same of those that are lifted, where the others stay.
    pub(super) fn lifted(&self) -> Option<String> {
        self.only(&self.lifted)
    }

    /// The same of those that are put down, where the others stay.
    pub(super) fn placed(&self) -> Option<String> {
        self.only(&self.placed)
    }

    /// Fingers that are all that changes beside some that stay.
    fn only(&self, fingers: &[Finger]) -> Option<String> {
        let changing = self.moved.len() + self.lifted.len() + self.placed.len();
        let alone = !self.kept.is_empty() && changing == fingers.len();
        joined(fingers, " ואת ").filter(|_| alone)
    }

    /// Whether no finger stays.
    pub(super) fn all_move(&self) -> bool {
        self.kept.is_empty()
    }

    /// «האצבע המורה נשארת במקום, הקמיצה זזה והזרת מצטרפת»: the whole change.
    pub(super) fn told(&self) -> String {
        let clauses: Vec<String> = [
            clause(&self.kept, "נשארת במקום", "נשארות במקום"),
            clause(&self.moved, "זזה", "זזות"),
            clause(&self.lifted, "מתרוממת", "מתרוממות"),
            clause(&self.placed, "מצטרפת", "מצטרפות"),
        ]
        .into_iter()
        .flatten()
        .collect();
        match clauses.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{}, ו{last}", rest.join(", ")),
            _ => clauses.concat(),
        }
    }
}

/// What some fingers do: one of them, or several.
fn clause(fingers: &[Finger], one: &str, several: &str) -> Option<String> {
    let does = if fingers.len() == 1 { one } else { several };
    joined(fingers, " ו").map(|named| format!("{named} {does}"))
}

/// Where a finger presses.
fn places(shape: &Shape, finger: Finger) -> Vec<(StringNumber, u8)> {
    let strings = StringNumber::THICK_TO_THIN.into_iter();
    let pressed = strings.filter(|string| shape.finger(*string) == Some(finger));
    pressed.filter_map(|string| Some((string, shape.voicing.fret(string)?))).collect()
}

fn joined(fingers: &[Finger], and: &str) -> Option<String> {
    let names: Vec<&str> = fingers.iter().map(|finger| finger_name(Some(*finger))).collect();
    (!names.is_empty()).then(|| names.join(and))
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
        assert_eq!(am_c.told(), "האצבע המורה והאמצעית נשארות במקום, והקמיצה זזה");
        assert_eq!(hands("C", "Am").unwrap(), am_c);
        assert_eq!(hands("C", "C"), None);
    }

    #[test]
    fn a_finger_that_only_leaves_or_only_comes_is_no_moved_one() {
        let only = |name: &str| Some(name.to_owned());
        for (one, other, finger) in [
            ("C", "Cmaj7", "האצבע המורה"),
            ("Am", "Am7", "הקמיצה"),
            ("E", "E7", "הקמיצה"),
            ("E", "Em", "האצבע המורה"),
        ] {
            let (off, on) = (hands(one, other).unwrap(), hands(other, one).unwrap());
            assert_eq!((off.lifted(), off.placed(), off.moved()), (only(finger), None, None));
            assert_eq!((on.placed(), on.lifted(), on.moved()), (only(finger), None, None));
            assert!(off.told().ends_with("מתרוממת") && on.told().ends_with("מצטרפת"));
        }
    }

    /// Against the voicings themselves: what is told of every pair of curated shapes.
    #[test]
    fn a_change_is_what_the_frets_say() {
        let chords: Vec<Chord> = theory::every_curated_shape().map(|shape| shape.chord).collect();
        let mut told = 0;
        for (one, other) in chords.iter().flat_map(|one| chords.iter().map(move |o| (*one, *o))) {
            let Some(hands) = Hands::between(one, other) else { continue };
            let [one, other] = [one, other].map(|chord| Shape::curated(chord).unwrap());
            let presses = |shape: &Shape, finger| {
                StringNumber::THICK_TO_THIN.into_iter().any(|s| shape.finger(s) == Some(finger))
            };
            for finger in &hands.lifted {
                assert!(presses(one, *finger) && !presses(other, *finger));
            }
            for finger in &hands.placed {
                assert!(!presses(one, *finger) && presses(other, *finger));
            }
            for finger in hands.kept.iter().chain(&hands.moved) {
                assert!(presses(one, *finger) && presses(other, *finger));
            }
            for finger in &hands.kept {
                for string in StringNumber::THICK_TO_THIN {
                    let frets = [one, other].map(|s| {
                        (s.finger(string) == Some(*finger)).then(|| s.voicing.fret(string))
                    });
                    assert_eq!(frets[0], frets[1]);
                }
            }
            told += 1;
        }
        assert!(told > 500, "{told}");
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
