//! Every way to play a chord on a guitar: frets within one hand's reach, all of the chord's tones
//! that it needs, its bass lowest, fingers for all of it. Which of them a beginner should see first
//! is only a matter of order here; what teachers show stands in the curated shapes.

use std::collections::BTreeSet;

use crate::fingering::reachable;
use crate::{ChordSymbol, Difficulty, Fingering, PitchClass, Shape, StringNumber, Tuning, Voicing};

/// A voicing with its fingers and what makes it hard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingered {
    /// Its frets, counted from the capo.
    pub voicing: Voicing,
    /// Its fingers.
    pub fingering: Fingering,
    /// Its difficulty.
    pub difficulty: Difficulty,
}

impl Fingered {
    /// The easiest fingering of `voicing`; none where one hand cannot do it.
    #[must_use]
    pub fn of(voicing: Voicing, capo: u8) -> Option<Self> {
        let fingering = match voicing.fretted_range() {
            None => Fingering::open(),
            Some(_) => Fingering::of(&voicing, capo)?,
        };
        let difficulty = Difficulty::of(&voicing, &fingering, capo);
        Some(Self { voicing, fingering, difficulty })
    }

    /// A shape written by hand, with its own fingers.
    #[must_use]
    pub fn of_shape(shape: &Shape, capo: u8) -> Self {
        let fingering = Fingering::of_shape(shape);
        let difficulty = Difficulty::of(&shape.voicing, &fingering, capo);
        Self { voicing: shape.voicing, fingering, difficulty }
    }

    /// What voicings are sorted by: difficulty, and 6 for each silent string, so that a full chord
    /// comes before a thin one that is hardly easier.
    #[must_use]
    pub fn rank(&self) -> u32 {
        let silent = self.difficulty.muted_inside + self.difficulty.muted_outside;
        self.difficulty.score() + 6 * u32::from(silent)
    }
}

/// The highest fret from the nut at which chords are looked for.
const HIGHEST: u8 = 14;

/// Every playable voicing of the chord that is to *sound*, on a guitar in `tuning` (without capo)
/// with a capo on `capo` (0: none; frets are counted from it). By [`Fingered::rank`], always in the
/// same order.
///
/// Left out is what is an easier or equal voicing with a string less. Three strings at least sound
/// (two for a power chord), at most one silent string lies between others.
#[must_use]
pub fn voicings_of(symbol: &ChordSymbol, tuning: &Tuning, capo: u8) -> Vec<Fingered> {
    let search = Search::new(symbol, &tuning.with_capo(capo));
    let mut frets = BTreeSet::new();
    for low in 1..=HIGHEST.saturating_sub(capo) {
        let within = |fret: &u8| reachable(low + capo, fret + capo) && fret + capo <= HIGHEST;
        let reach: Vec<u8> = (low..low + 6).filter(within).collect();
        search.extend(&mut Vec::new(), &reach, &mut frets);
    }
    let mut found: Vec<Fingered> =
        frets.into_iter().filter_map(|voicing| Fingered::of(voicing, capo)).collect();
    let all = found.clone();
    found.retain(|one| !all.iter().any(|other| makes_needless(other, one)));
    found.sort_by_key(|one| (one.rank(), one.voicing));
    found
}

/// Whether `other` sounds what `one` sounds and a string more, and is no harder.
fn makes_needless(other: &Fingered, one: &Fingered) -> bool {
    let same = |string: StringNumber| {
        let fret = one.voicing.fret(string);
        fret.is_none() || fret == other.voicing.fret(string)
    };
    other.voicing != one.voicing
        && other.difficulty.score() <= one.difficulty.score()
        && StringNumber::THICK_TO_THIN.into_iter().all(same)
}

/// What a voicing must hold.
struct Search {
    tuning: Tuning,
    bass: PitchClass,
    allowed: Vec<PitchClass>,
    needed: Vec<PitchClass>,
    fewest: usize,
}

impl Search {
    fn new(symbol: &ChordSymbol, tuning: &Tuning) -> Self {
        let bass = symbol.lowest().class();
        let tones = symbol.quality.tones();
        let class = |tone: &crate::Interval| symbol.root.up(*tone).class();
        let needed = tones.iter().filter(|tone| !symbol.quality.may_omit(**tone)).map(class);
        Self {
            tuning: *tuning,
            bass,
            allowed: tones.iter().map(class).collect(),
            needed: needed.collect(),
            fewest: tones.len().min(3),
        }
    }

    /// Adds every voicing that begins with `frets` (from string 6) to `found`.
    fn extend(&self, frets: &mut Vec<Option<u8>>, reach: &[u8], found: &mut BTreeSet<Voicing>) {
        let Some(string) = StringNumber::at_index(frets.len()) else {
            let voicing = frets.as_slice().try_into().map(Voicing::new);
            found.extend(voicing.ok().filter(|voicing| self.fits(voicing)));
            return;
        };
        let open = self.tuning.open(string);
        let lowest = frets.iter().all(Option::is_none);
        let fits = |fret: &u8| {
            let class = open.transposed(i32::from(*fret)).class();
            if lowest { class == self.bass } else { self.allowed.contains(&class) }
        };
        let choices = [0].iter().chain(reach).copied().filter(fits);
        for fret in choices.map(Some).chain([None]) {
            frets.push(fret);
            self.extend(frets, reach, found);
            frets.pop();
        }
    }

    fn fits(&self, voicing: &Voicing) -> bool {
        let sounded: Vec<PitchClass> = voicing
            .sounding()
            .filter_map(|string| voicing.pitch(string, &self.tuning))
            .map(|pitch| pitch.class())
            .collect();
        sounded.len() >= self.fewest
            && voicing.muted().0 <= 1
            && self.needed.iter().all(|class| sounded.contains(class))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str, tuning: &str, capo: u8) -> String {
        let found = voicings_of(&name.parse().unwrap(), &tuning.parse().unwrap(), capo);
        found[0].voicing.to_string()
    }

    #[test]
    fn the_easiest_are_those_everybody_knows() {
        for (name, voicing) in [
            ("Em", "022000"),
            ("Em7", "020000"),
            ("E", "022100"),
            ("D", "xx0232"),
            ("G6", "320000"),
        ] {
            assert_eq!(first(name, "standard", 0), voicing, "{name}");
        }
        assert_eq!(first("G", "open-g", 0), "x00000");
        assert_eq!(first("F#m", "standard", 2), "022000");
    }

    #[test]
    fn a_bass_of_its_own_lies_lowest() {
        for one in voicings_of(&"D/F#".parse().unwrap(), &Tuning::STANDARD, 0) {
            let low = one.voicing.sounding().next().unwrap();
            let bass = one.voicing.pitch(low, &Tuning::STANDARD).unwrap();
            assert_eq!(bass.class(), PitchClass(6), "{}", one.voicing);
        }
    }

    #[test]
    fn every_chord_can_be_played() {
        for root in crate::Note::simple() {
            for quality in crate::Quality::ALL {
                let symbol = ChordSymbol::new(root, quality);
                let found = voicings_of(&symbol, &Tuning::STANDARD, 0);
                assert!(!found.is_empty(), "{symbol}");
            }
        }
    }
}
