use std::collections::BTreeSet;

use crate::{Chord, PitchClass, Quality, Tuning, Voicing};

/// The chord that a voicing sounds: all its pitch classes and no other. Where several fit (C6 is
/// Am7), the one whose root lies in the bass.
#[must_use]
pub fn chord_of(voicing: &Voicing, tuning: &Tuning) -> Option<Chord> {
    let pitches: Vec<PitchClass> = voicing
        .sounding()
        .filter_map(|string| voicing.pitch(string, tuning))
        .map(|pitch| pitch.class())
        .collect();
    let bass = *pitches.first()?;
    let sounded: BTreeSet<PitchClass> = pitches.into_iter().collect();
    let fits = |chord: &Chord| chord.pitch_classes().collect::<BTreeSet<_>>() == sounded;
    (0..12)
        .map(|semitones| bass.transposed(semitones))
        .flat_map(|root| Quality::ALL.map(|quality| Chord::new(root, quality)))
        .find(fits)
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
