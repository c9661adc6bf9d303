//! The voicings that are strummed here: what beginners meet, and what no list of usual voicings
//! holds, so that nothing can lean on having seen them.

use theory::Voicing;

/// Open chords and barres of a first course.
const USUAL: [&str; 20] = [
    "022000", "022100", "x02210", "x02220", "xx0232", "xx0231", "320003", "x32010", "133211",
    "244222", "x24432", "355433", "020100", "x02020", "x21202", "xx0212", "320001", "x32310",
    "x02230", "x35543",
];

/// Chord shapes of songs and of books for later: inversions, added notes, inner strings silent,
/// high on the neck. None of them is among `theory::usual_voicings`.
const RARE: [&str; 20] = [
    "032010", "200232", "x00232", "3x0003", "3x0033", "x32033", "x20033", "024100", "x07650",
    "x05550", "5x565x", "xx5557", "x79980", "x3555x", "xx0787", "x24400", "x46650", "022030",
    "300033", "x54232",
];

/// A voicing and whether it is a usual one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) voicing: Voicing,
    pub(crate) rare: bool,
}

/// Usual and rare ones in turn.
pub(crate) fn shapes() -> Vec<Shape> {
    USUAL
        .iter()
        .zip(&RARE)
        .flat_map(|(usual, rare)| [(usual, false), (rare, true)])
        .filter_map(|(text, rare)| Some(Shape { voicing: text.parse().ok()?, rare }))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]
    use super::*;
    use theory::{Tuning, chord_of, usual_voicings};

    #[test]
    fn every_voicing_reads_and_rare_ones_are_rare() {
        assert_eq!(shapes().len(), USUAL.len() + RARE.len());
        let usual = |shape: &Shape| {
            let chord = chord_of(&shape.voicing, &Tuning::STANDARD);
            chord.is_some_and(|c| usual_voicings(c).contains(&shape.voicing))
        };
        let known: Vec<String> = shapes()
            .iter()
            .filter(|shape| shape.rare && usual(shape))
            .map(|shape| shape.voicing.to_string())
            .collect();
        assert_eq!(known, Vec::<String>::new());
    }
}
