//! Which finger goes where, and how hard that is. From the frets alone: four fingers, one barre by
//! the index finger, one hand of ordinary size. What a teacher would choose against this rule
//! stands in the curated shapes.

use crate::{Finger, Shape, StringNumber, Voicing};

/// One finger laid flat over neighbouring strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Barre {
    /// Its fret.
    pub fret: u8,
    /// The thickest string under it.
    pub thick: StringNumber,
    /// The thinnest string it has to press.
    pub thin: StringNumber,
}

impl Barre {
    /// How many strings it covers.
    #[must_use]
    pub fn strings(&self) -> u8 {
        self.thick.number() - self.thin.number() + 1
    }
}

/// The fingers of a voicing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingering {
    /// From string 6 to string 1; none on open and silent strings.
    pub fingers: [Option<Finger>; 6],
    /// The barre, if one is needed.
    pub barre: Option<Barre>,
}

/// The farthest frets of one chord lie at most this far apart: frets 1 to 4 of a long scale.
const REACH_MM: i32 = 98;

const FINGERS: [Finger; 4] = [Finger::Index, Finger::Middle, Finger::Ring, Finger::Pinky];

/// Distance of a fret wire from the nut in mm on a scale of 650 mm, `650·(1 − 2^(−n/12))`.
const FRET_MM: [i32; 25] = [
    0, 36, 71, 103, 134, 163, 190, 216, 241, 264, 285, 306, 325, 343, 360, 377, 392, 407, 420, 433,
    445, 457, 468, 478, 488,
];

fn wire(fret: u8) -> i32 {
    FRET_MM[usize::from(fret).min(FRET_MM.len() - 1)]
}

/// Whether the frets from `low` to `high` are within reach of one hand.
pub(crate) fn reachable(low: u8, high: u8) -> bool {
    wire(high) - wire(low) <= REACH_MM
}

impl Fingering {
    /// The easiest way to finger `voicing` with a capo on `capo` (0: none); none where four fingers
    /// and one barre do not do, or the stretch is too wide.
    #[must_use]
    pub fn of(voicing: &Voicing, capo: u8) -> Option<Self> {
        let (low, high) = voicing.fretted_range()?;
        if !reachable(low + capo, high + capo) {
            return None;
        }
        let placed = voicing.fretted();
        let single = (placed.len() <= FINGERS.len()).then(|| Self::apart(&placed));
        let barred = || Barre::across(voicing, low).and_then(|barre| Self::barred(&placed, barre));
        // Where all four would be needed, a barre leaves one of them free.
        if placed.len() < FINGERS.len() { single } else { barred().or(single) }
    }

    /// The fingers of a shape written by hand; a barre is where one finger presses several strings.
    #[must_use]
    pub fn of_shape(shape: &Shape) -> Self {
        let barre = FINGERS.into_iter().find_map(|finger| {
            let under = |string: &StringNumber| shape.finger(*string) == Some(finger);
            let thick = StringNumber::THICK_TO_THIN.into_iter().find(under)?;
            let thin = StringNumber::THICK_TO_THIN.into_iter().rev().find(under)?;
            let fret = shape.voicing.fret(thick)?;
            (thick != thin).then_some(Barre { fret, thick, thin })
        });
        Self { fingers: shape.fingers, barre }
    }

    /// Nothing to press.
    #[must_use]
    pub const fn open() -> Self {
        Self { fingers: [None; 6], barre: None }
    }

    /// How many fingers are on the strings.
    #[must_use]
    pub fn used(&self) -> u8 {
        FINGERS.iter().filter(|finger| self.fingers.contains(&Some(**finger))).count() as u8
    }

    fn spread(&self, voicing: &Voicing) -> u8 {
        let placed = voicing.fretted();
        let apart = |pair: &[(StringNumber, u8)]| {
            let [(a, fret), (b, other)] = pair else { return 0 };
            let one_finger = self.fingers[a.index()] == self.fingers[b.index()];
            if fret != other || one_finger { 0 } else { a.number() - b.number() - 1 }
        };
        placed.windows(2).map(apart).sum()
    }

    /// A finger for each fretted string.
    fn apart(placed: &[(StringNumber, u8)]) -> Self {
        let mut fingering = Self::open();
        fingering.put(placed, &choose(placed, &FINGERS));
        fingering
    }

    /// The index finger across, the others on what lies higher.
    fn barred(placed: &[(StringNumber, u8)], barre: Barre) -> Option<Self> {
        let above: Vec<_> = placed.iter().copied().filter(|(_, fret)| *fret > barre.fret).collect();
        if above.len() > 3 {
            return None;
        }
        let mut fingering = Self { barre: Some(barre), ..Self::open() };
        for (string, _) in placed.iter().filter(|(_, fret)| *fret == barre.fret) {
            fingering.fingers[string.index()] = Some(Finger::Index);
        }
        fingering.put(&above, &choose_above(&above, barre.fret));
        Some(fingering)
    }

    fn put(&mut self, placed: &[(StringNumber, u8)], fingers: &[Finger]) {
        for ((string, _), finger) in placed.iter().zip(fingers) {
            self.fingers[string.index()] = Some(*finger);
        }
    }
}

impl Barre {
    /// The index finger over all strings at the lowest fret. It lies flat from its tip on the
    /// thickest of them towards the thin side: no open string may sound under or beyond it, no
    /// silent one lie between.
    fn across(voicing: &Voicing, fret: u8) -> Option<Self> {
        let at_fret = |string: &StringNumber| voicing.fret(*string) == Some(fret);
        let thick = StringNumber::THICK_TO_THIN.into_iter().find(at_fret)?;
        let thin = StringNumber::THICK_TO_THIN.into_iter().rev().find(at_fret)?;
        let covered = StringNumber::THICK_TO_THIN.into_iter().filter(|s| *s <= thick);
        let free = covered.clone().all(|string| match voicing.fret(string) {
            Some(there) => there >= fret,
            None => string < thin,
        });
        (thick != thin && free).then_some(Self { fret, thick, thin })
    }
}

/// Fingers for strings sorted by fret, thick before thin: in order, each as near as can be to the
/// fret under it where the hand rests, the pinky only where it helps.
fn choose(placed: &[(StringNumber, u8)], fingers: &[Finger]) -> Vec<Finger> {
    let low = placed.first().map_or(1, |(_, fret)| *fret);
    let rest = if low <= 2 { 1 } else { low };
    nearest(placed, fingers, rest)
}

fn choose_above(placed: &[(StringNumber, u8)], barre: u8) -> Vec<Finger> {
    nearest(placed, &FINGERS[1..], barre)
}

fn nearest(placed: &[(StringNumber, u8)], fingers: &[Finger], rest: u8) -> Vec<Finger> {
    let strain = |chosen: &Vec<Finger>| -> i32 {
        let each = placed.iter().zip(chosen).map(|((_, fret), finger)| {
            let wanted = i32::from(*fret) - i32::from(rest) + 1;
            let pinky = i32::from(*finger == Finger::Pinky);
            2 * (wanted - i32::from(finger.number())).abs() + 3 * pinky
        });
        each.sum()
    };
    ordered(fingers, placed.len()).into_iter().min_by_key(strain).unwrap_or_default()
}

/// Every choice of `count` fingers in order; the later fingers first, so that of equally good ones
/// the index finger stays free.
fn ordered(fingers: &[Finger], count: usize) -> Vec<Vec<Finger>> {
    let Some((first, others)) = fingers.split_first() else {
        return if count == 0 { vec![Vec::new()] } else { Vec::new() };
    };
    let mut found = ordered(others, count);
    if count > 0 {
        let with = ordered(others, count - 1).into_iter().map(|mut rest| {
            rest.insert(0, *first);
            rest
        });
        found.extend(with);
    }
    found
}

/// What makes a voicing hard, each thing by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Difficulty {
    /// Fingers on the strings; a barre is one.
    pub fingers: u8,
    /// Strings under the barre, 0 without one.
    pub barre: u8,
    /// Between the wires of the lowest and the highest fret pressed, in mm.
    pub stretch_mm: u8,
    /// Strings left out between neighbouring fingers in the same fret: the hand has to spread.
    pub spread: u8,
    /// Silent strings between sounding ones: a finger has to touch them.
    pub muted_inside: u8,
    /// Silent strings at the edges: the strum has to miss them.
    pub muted_outside: u8,
    /// The lowest fret pressed, counted from the nut; 0 where nothing is pressed.
    pub lowest_fret: u8,
}

impl Difficulty {
    /// Measures `voicing` as fingered, with a capo on `capo` (0: none).
    #[must_use]
    pub fn of(voicing: &Voicing, fingering: &Fingering, capo: u8) -> Self {
        let (inside, outside) = voicing.muted();
        let range = voicing.fretted_range();
        Self {
            fingers: fingering.used(),
            barre: fingering.barre.map_or(0, |barre| barre.strings()),
            stretch_mm: range.map_or(0, |(low, high)| {
                (wire(high + capo) - wire(low + capo)).clamp(0, 255) as u8
            }),
            spread: fingering.spread(voicing),
            muted_inside: inside,
            muted_outside: outside,
            lowest_fret: range.map_or(0, |(low, _)| low + capo),
        }
    }

    /// One number to sort by, 0 for open strings: Em 20, E 30, G 42, C 48, small F about 80, F with
    /// a full barre above 100. Weights are judgement, not measurement: a finger 10, a barre 10 and 6
    /// for each string under it (10 more beside the nut, where strings are stiffest), half a point
    /// for each mm of stretch beyond one fret, 3 for each string spread over, 12 for a string that has to be damped, 3 for one
    /// that is not struck, 2 for each fret above the third.
    #[must_use]
    pub fn score(&self) -> u32 {
        let fingers = 10 * u32::from(self.fingers);
        let nut = if self.lowest_fret == 1 { 10 } else { 0 };
        let barre = if self.barre > 0 { 10 + 6 * u32::from(self.barre) + nut } else { 0 };
        let stretch = u32::from(self.stretch_mm.saturating_sub(36)) / 2;
        let muted = 12 * u32::from(self.muted_inside) + 3 * u32::from(self.muted_outside);
        let spread = 3 * u32::from(self.spread);
        fingers
            + barre
            + stretch
            + spread
            + muted
            + 2 * u32::from(self.lowest_fret.saturating_sub(3))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BEGINNER_SHAPES;

    fn fingers(text: &str) -> String {
        let digit = |f: &Option<Finger>| f.map_or('0', |f| char::from(b'0' + f.number()));
        let of = Fingering::of(&text.parse().unwrap(), 0);
        of.map_or("-".to_owned(), |found| found.fingers.iter().map(digit).collect())
    }

    fn score(text: &str) -> u32 {
        let voicing: Voicing = text.parse().unwrap();
        Difficulty::of(&voicing, &Fingering::of(&voicing, 0).unwrap(), 0).score()
    }

    #[test]
    fn wires_follow_the_fret_law() {
        for (fret, mm) in FRET_MM.iter().enumerate() {
            let exact = 650.0 * (1.0 - (-(fret as f64) / 12.0).exp2());
            assert_eq!(*mm, exact.round() as i32, "{fret}");
        }
    }

    #[test]
    fn beginners_fingers_come_out_as_taught() {
        for shape in &BEGINNER_SHAPES {
            let found = Fingering::of(&shape.voicing, 0).unwrap();
            assert_eq!(found.fingers, shape.fingers, "{}", shape.chord);
            assert_eq!(found.barre, None);
        }
    }

    #[test]
    fn barres_where_they_are_needed() {
        assert_eq!(fingers("133211"), "134211");
        assert_eq!(fingers("x24432"), "013421");
        assert_eq!(fingers("xx3211"), "003211");
        assert_eq!(fingers("x13331"), "012341");
        assert_eq!(fingers("3x443x"), "103420");
        assert_eq!(fingers("123412"), "-");
        assert_eq!(fingers("100006"), "-");
    }

    #[test]
    fn easy_before_hard() {
        let rising = ["022000", "022100", "x32010", "xx3210", "xx3211", "133211"];
        let scores: Vec<u32> = rising.iter().map(|text| score(text)).collect();
        assert!(scores.is_sorted(), "{scores:?}");
    }
}
