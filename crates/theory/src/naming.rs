//! The name of what sounds: from the notes of a voicing, from pitches, from spelled notes. Which of
//! several names fits is decided by the bass and by what is common, never by what came before.

use std::collections::BTreeSet;

use crate::{Chord, ChordSymbol, Interval, Note, Pitch, PitchClass, Quality, Tuning, Voicing};

/// The chord that a voicing sounds: all its pitch classes and no other. Where several fit (C6 is
/// Am7), first those of [`Quality::HEARD`], then the one whose root lies in the bass.
#[must_use]
pub fn chord_of(voicing: &Voicing, tuning: &Tuning) -> Option<Chord> {
    let pitches: Vec<Pitch> =
        voicing.sounding().filter_map(|string| voicing.pitch(string, tuning)).collect();
    let bass = pitches.first()?.class();
    let sounded: BTreeSet<PitchClass> = pitches.into_iter().map(Pitch::class).collect();
    let fits = |chord: &Chord| chord.pitch_classes().collect::<BTreeSet<_>>() == sounded;
    let named = |qualities: &'static [Quality]| {
        (0..12)
            .map(|semitones| bass.transposed(semitones))
            .flat_map(move |root| qualities.iter().map(move |quality| Chord::new(root, *quality)))
            .find(fits)
    };
    named(&Quality::HEARD).or_else(|| named(&Quality::ALL))
}

/// The names of a chord by its spelled notes, the lowest first; the best name first. With the root
/// in the bass before inversions, of those the commoner quality; none where no quality has exactly
/// these notes. A doubled note counts once.
#[must_use]
pub fn symbols_of(notes: &[Note]) -> Vec<ChordSymbol> {
    let Some(bass) = notes.first() else { return Vec::new() };
    let once: BTreeSet<Note> = notes.iter().copied().collect();
    let matching = |root: Note| {
        let above: BTreeSet<Interval> =
            once.iter().map(|note| Interval::between(root, *note)).collect();
        Quality::ALL.into_iter().filter(move |quality| {
            quality.tones().iter().map(|tone| tone.simple()).collect::<BTreeSet<_>>() == above
        })
    };
    let named = |root: Note| matching(root).map(move |q| ChordSymbol::new(root, q).over(*bass));
    let mut found: Vec<ChordSymbol> = once.iter().flat_map(|root| named(*root)).collect();
    found.sort_by_key(|symbol| (symbol.bass.is_some(), symbol.quality, symbol.root));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BEGINNER_SHAPES;

    #[test]
    fn names_what_a_voicing_sounds() {
        for shape in &BEGINNER_SHAPES {
            assert_eq!(chord_of(&shape.voicing, &Tuning::STANDARD), Some(shape.chord));
        }
        let barre: Voicing = "x-10-12-12-11-x".parse().unwrap();
        let name = chord_of(&barre, &Tuning::STANDARD).map(|chord| chord.name());
        assert_eq!(name.as_deref(), Some("Gm"));
        assert_eq!(chord_of(&"012345".parse().unwrap(), &Tuning::STANDARD), None);
    }
}
