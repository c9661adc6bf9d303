//! Which key makes a song easy: with a capo it sounds as before on easier shapes; in another key it
//! sounds lower or higher. Weighs shapes, never the singer's range.

use std::collections::BTreeSet;

use crate::{
    Chord, ChordSymbol, Fingered, Interval, Key, Note, Tuning, curated_shapes, usual_voicings,
    voicings_of,
};

/// What may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// The song keeps its pitch: only a capo helps.
    SamePitch,
    /// The song may move by up to this many semitones up or down; then no capo is used.
    Within(u8),
}

/// One way to play a song.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EasyKey {
    /// The fret of the capo, 0 for none.
    pub capo: u8,
    /// Semitones by which the song sounds higher (negative: lower) than it was.
    pub moved: i32,
    /// The shapes to play, in the order of the song's chords.
    pub shapes: Vec<ChordSymbol>,
    /// How hard that is: the sum over different shapes that are not known yet, the hardest of all
    /// counted once more. In units of [`crate::Difficulty::score`].
    pub cost: u32,
}

/// The highest capo that leaves room for the hand.
const HIGHEST_CAPO: u8 = 7;

/// Every way to play a song, the easiest first; of equal ones the lower capo and the smaller move.
/// `song` is its chords from first to last as they sound; `known` says which shapes the student has
/// already: they cost a quarter. Empty for a song without chords.
#[must_use]
pub fn easy_keys(song: &[ChordSymbol], wish: Wish, known: impl Fn(Chord) -> bool) -> Vec<EasyKey> {
    if song.is_empty() {
        return Vec::new();
    }
    let ways: Vec<(u8, i32)> = match wish {
        Wish::SamePitch => (0..=HIGHEST_CAPO).map(|capo| (capo, 0)).collect(),
        Wish::Within(most) => {
            let most = i32::from(most.min(11));
            (-most..=most).map(|moved| (0, moved)).collect()
        }
    };
    let mut found: Vec<EasyKey> = ways
        .into_iter()
        .map(|(capo, moved)| {
            let shapes = moved_song(song, moved - i32::from(capo));
            let cost = cost(&shapes, &known) + handling(capo);
            EasyKey { capo, moved, shapes, cost }
        })
        .collect();
    found.sort_by_key(|way| (way.cost, way.capo, way.moved.abs(), way.moved));
    found
}

/// A capo has to be there and set; the higher it sits, the narrower the frets and the thinner the
/// sound.
fn handling(capo: u8) -> u32 {
    if capo == 0 { 0 } else { 8 + 4 * u32::from(capo) }
}

/// A song's chords `semitones` higher (negative: lower), spelled in the simplest key of that pitch,
/// without doubled accidentals; unmoved, or empty, as it was.
#[must_use]
pub fn moved_song(song: &[ChordSymbol], semitones: i32) -> Vec<ChordSymbol> {
    let Some(key) = Key::of_song(song).filter(|_| semitones != 0) else { return song.to_vec() };
    let by: Interval = key.up_to(key.moved(semitones));
    song.iter().map(|symbol| simply_spelled(symbol.transposed(by))).collect()
}

/// Without doubled accidentals: they have no place over a song.
fn simply_spelled(symbol: ChordSymbol) -> ChordSymbol {
    ChordSymbol {
        root: symbol.root.simply_spelled(),
        bass: symbol.bass.map(Note::simply_spelled),
        ..symbol
    }
}

fn cost(shapes: &[ChordSymbol], known: &impl Fn(Chord) -> bool) -> u32 {
    let different: BTreeSet<ChordSymbol> = shapes.iter().copied().collect();
    let each = different.iter().map(|symbol| {
        let score = first_voicing(symbol).map_or(UNPLAYABLE, |one| one.difficulty.score());
        if known(symbol.chord()) { score / 4 } else { score }
    });
    let each: Vec<u32> = each.collect();
    each.iter().sum::<u32>() + each.iter().max().copied().unwrap_or(0)
}

const UNPLAYABLE: u32 = 300;

/// The voicing a teacher would show first, in standard tuning: the first curated shape of the chord
/// with its bass, else a usual barre form, else what the search finds easiest; none only for a
/// chord over a bass that no hand reaches.
#[must_use]
pub fn first_voicing(symbol: &ChordSymbol) -> Option<Fingered> {
    if let Some(shape) = curated_shapes(symbol).next() {
        return Some(Fingered::of_shape(shape, 0));
    }
    let usual = match symbol.bass {
        None => usual_voicings(symbol.chord()),
        Some(_) => Vec::new(),
    };
    let played = usual.into_iter().find_map(|voicing| Fingered::of(voicing, 0));
    played.or_else(|| voicings_of(symbol, &Tuning::STANDARD, 0).into_iter().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn song(text: &str) -> Vec<ChordSymbol> {
        text.split_whitespace().map(|name| name.parse().unwrap()).collect()
    }

    fn best(text: &str, wish: Wish) -> (u8, i32, String) {
        let way = easy_keys(&song(text), wish, |_| false).remove(0);
        let shapes: Vec<String> = way.shapes.iter().map(ToString::to_string).collect();
        (way.capo, way.moved, shapes.join(" "))
    }

    #[test]
    fn a_capo_takes_the_barres_away() {
        assert_eq!(best("Bm F#m A E", Wish::SamePitch).0, 2);
        assert_eq!(best("Bm F#m A E", Wish::SamePitch).2, "Am Em G D");
        assert_eq!(best("Eb Ab Bb Eb", Wish::SamePitch), (1, 0, "D G A D".to_owned()));
        assert_eq!(best("G C D", Wish::SamePitch), (0, 0, "G C D".to_owned()));
    }

    #[test]
    fn another_key_does_too() {
        let (capo, moved, shapes) = best("F Bb C F", Wish::Within(3));
        assert_eq!(capo, 0);
        assert!(shapes == "G C D G" || shapes == "D G A D", "{shapes} {moved}");
    }

    #[test]
    fn a_song_moves_whole() {
        let moved = |text: &str, by: i32| -> String {
            let moved = moved_song(&song(text), by);
            moved.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(moved("G D/F# Em C", 3), "Bb F/A Gm Eb");
        assert_eq!(moved("G D/F# Em C", -1), "F# C#/E# D#m B");
        assert_eq!(moved("Em A7", 0), "Em A7");
    }

    #[test]
    fn what_is_known_costs_less() {
        let known = |chord: Chord| ["G", "C", "D"].contains(&chord.name().as_str());
        let ways = easy_keys(&song("A D E A"), Wish::SamePitch, known);
        let cost = |capo: u8| ways.iter().find(|way| way.capo == capo).unwrap().cost;
        assert!(cost(2) < cost(0));
        assert!(easy_keys(&[], Wish::SamePitch, |_| false).is_empty());
    }

    #[test]
    fn every_chord_has_a_first_voicing() {
        for root in Note::simple() {
            for quality in crate::Quality::ALL {
                assert!(first_voicing(&ChordSymbol::new(root, quality)).is_some());
            }
        }
        let first = |name: &str| first_voicing(&name.parse().unwrap()).unwrap().voicing.to_string();
        assert_eq!(first("Am"), "x02210");
        assert_eq!(first("Abm"), "466444");
        assert_eq!(first("D/F#"), "200232");
    }
}
