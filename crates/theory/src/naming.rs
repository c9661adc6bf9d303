//! The name of what sounds: from the notes of a voicing, from pitches, from spelled notes. Which of
//! several names fits is decided by the bass and by what is common, never by what came before.

use std::collections::BTreeSet;

use crate::{Chord, ChordSymbol, Interval, Key, Note, Pitch, PitchClass, Quality, Tuning, Voicing};

/// The chord of [`Quality::HEARD`] that a voicing sounds: all its pitch classes and no other. Where
/// several fit, the one whose root lies in the bass. Wider chords are named by [`symbol_of`].
#[must_use]
pub fn chord_of(voicing: &Voicing, tuning: &Tuning) -> Option<Chord> {
    let pitches = pitches_of(voicing, tuning);
    let bass = pitches.first()?.class();
    let sounded: BTreeSet<PitchClass> = pitches.into_iter().map(Pitch::class).collect();
    let fits = |chord: &Chord| chord.pitch_classes().collect::<BTreeSet<_>>() == sounded;
    (0..12)
        .map(|semitones| bass.transposed(semitones))
        .flat_map(|root| Quality::HEARD.map(|quality| Chord::new(root, quality)))
        .find(fits)
}

/// The best name of what a voicing sounds, bass and all: `D/F#` for 200232, `Cadd9` for x32033.
#[must_use]
pub fn symbol_of(voicing: &Voicing, tuning: &Tuning, key: Option<&Key>) -> Option<ChordSymbol> {
    symbols_of_pitches(&pitches_of(voicing, tuning), key).into_iter().next()
}

fn pitches_of(voicing: &Voicing, tuning: &Tuning) -> Vec<Pitch> {
    voicing.sounding().filter_map(|string| voicing.pitch(string, tuning)).collect()
}

/// The names of a chord by its spelled notes, the lowest first; the best name first: with the root
/// in the bass; else over its third, fifth or seventh, seventh chords before sixths (Am7/E before
/// C6/E), then over the ninth, eleventh or thirteenth of a stack of thirds; else a chord over a bass
/// that is not its own (Gb/Ab); last over an added tone. Of equals the commoner quality. Empty where nothing has exactly these notes; a doubled one counts once.
#[must_use]
pub fn symbols_of(notes: &[Note]) -> Vec<ChordSymbol> {
    let Some(bass) = notes.first().copied() else { return Vec::new() };
    let all: BTreeSet<Note> = notes.iter().copied().collect();
    let above: BTreeSet<Note> = all.iter().copied().filter(|note| *note != bass).collect();
    let mut found = rooted(&all);
    // A power chord over another note is too little to be a name.
    if above.len() > 2 {
        found.extend(rooted(&above));
    }
    let mut found: Vec<ChordSymbol> = found.into_iter().map(|symbol| symbol.over(bass)).collect();
    found.sort_by_key(|symbol| (merit(symbol), symbol.quality, symbol.root));
    found
}

/// The names of a chord by its pitches, in any order, the best first as in [`symbols_of`]; after
/// them those of chords without a tone that guitars leave out. Pitches are not spelled: roots are
/// written as in `key`, else as chords are usually called (E♭, F♯, A♭, B♭).
#[must_use]
pub fn symbols_of_pitches(pitches: &[Pitch], key: Option<&Key>) -> Vec<ChordSymbol> {
    let Some(lowest) = pitches.iter().min() else { return Vec::new() };
    let classes: BTreeSet<PitchClass> = pitches.iter().map(|pitch| pitch.class()).collect();
    let spell = |class| key.map_or_else(|| Note::near(class, 1), |key| key.spell(class));
    let mut found: Vec<(bool, ChordSymbol)> = Vec::new();
    for root in &classes {
        // Each root spells the tones by its own chord: one sound may be ♯9 here and ♭3 there.
        for quality in Quality::ALL {
            let symbol = ChordSymbol::new(spell(*root), quality);
            let bass = symbol.notes().find(|note| note.class() == lowest.class());
            let symbol = symbol.over(bass.unwrap_or_else(|| spell(lowest.class())));
            if let Some(thin) = held(&symbol, &classes) {
                found.push((thin, symbol));
            }
        }
    }
    found.sort_by_key(|(thin, symbol)| (*thin, merit(symbol), symbol.quality, symbol.root));
    found.into_iter().map(|(_, symbol)| symbol).collect()
}

/// Whether the classes are those of the chord and its bass and no other, and if so, whether tones
/// are left out that may be.
fn held(symbol: &ChordSymbol, classes: &BTreeSet<PitchClass>) -> Option<bool> {
    let own: BTreeSet<PitchClass> = symbol.notes().map(Note::class).collect();
    let strange = classes.difference(&own).count();
    let foreign = usize::from(symbol.inversion().is_none());
    let mut missing = symbol
        .quality
        .tones()
        .iter()
        .filter(|tone| !classes.contains(&symbol.root.up(**tone).class()))
        .peekable();
    let thin = missing.peek().is_some();
    let allowed = missing.all(|tone| symbol.quality.may_omit(*tone));
    let enough = foreign == 0 || (own.len() > 2 && !thin);
    (strange == foreign && allowed && enough).then_some(thin)
}

/// Every chord that has exactly these notes, on whichever of them it stands.
fn rooted(notes: &BTreeSet<Note>) -> Vec<ChordSymbol> {
    let fits = |root: &Note, quality: &Quality| {
        let above: BTreeSet<Interval> =
            notes.iter().map(|note| Interval::between(*root, *note)).collect();
        quality.tones().iter().map(|tone| tone.simple()).collect::<BTreeSet<_>>() == above
    };
    let on = |root: &Note| {
        let root = *root;
        let qualities = Quality::ALL.into_iter().filter(move |quality| fits(&root, quality));
        qualities.map(move |quality| ChordSymbol::new(root, quality)).collect::<Vec<_>>()
    };
    notes.iter().flat_map(on).collect()
}

/// Smaller is better.
fn merit(symbol: &ChordSymbol) -> u8 {
    let sixth = matches!(symbol.quality, Quality::Maj6 | Quality::Min6 | Quality::SixNine);
    match symbol.inversion() {
        Some(0) => 0,
        Some(1..=3) if !sixth => 1,
        Some(1..=3) => 2,
        Some(_) if symbol.quality.is_stack() => 3,
        None => 4,
        Some(_) => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BEGINNER_SHAPES, Shape, every_curated_shape};

    #[test]
    fn names_what_a_voicing_sounds() {
        for shape in &BEGINNER_SHAPES {
            assert_eq!(chord_of(&shape.voicing, &Tuning::STANDARD), Some(shape.chord));
        }
        let barre: Voicing = "x-10-12-12-11-x".parse().unwrap();
        let name = chord_of(&barre, &Tuning::STANDARD).map(|chord| chord.name());
        assert_eq!(name.as_deref(), Some("Gm"));
        assert_eq!(chord_of(&"012345".parse().unwrap(), &Tuning::STANDARD), None);
        assert_eq!(chord_of(&"x32033".parse().unwrap(), &Tuning::STANDARD), None);
    }

    #[test]
    fn every_curated_shape_is_called_what_it_is() {
        let called = |shape: &Shape| {
            symbol_of(&shape.voicing, &Tuning::STANDARD, None).map(|symbol| symbol.chord())
        };
        let otherwise: Vec<String> = every_curated_shape()
            .filter(|shape| called(shape) != Some(shape.chord))
            .map(|shape| format!("{} {}", shape.chord.name(), shape.voicing))
            .collect();
        // With a tone left out they have a shorter name; over G, Am is Am7.
        assert_eq!(otherwise, ["C69 x3223x", "Em11 000000", "Am11 x00010", "Am 302210"]);
    }

    #[test]
    fn the_bass_decides_between_names() {
        let spelled = |text: &str| -> String {
            let notes: Vec<Note> = text.split(' ').map(|note| note.parse().unwrap()).collect();
            symbols_of(&notes).first().map(ToString::to_string).unwrap_or_default()
        };
        assert_eq!(spelled("C E G A"), "C6");
        assert_eq!(spelled("A C E G"), "Am7");
        assert_eq!(spelled("E G A C"), "Am7/E");
        assert_eq!(spelled("C F G"), "Csus4");
        assert_eq!(spelled("D C E G"), "C/D");
        assert_eq!(spelled("B D F Ab"), "Bdim7");
        assert_eq!(spelled("C Db"), "");
    }

    #[test]
    fn pitches_are_spelled_by_key() {
        let named = |midi: &[u8], key: Option<&str>| -> String {
            let pitches: Vec<Pitch> = midi.iter().copied().map(Pitch).collect();
            let key = key.map(|name| name.parse().unwrap());
            symbols_of_pitches(&pitches, key.as_ref())
                .first()
                .map(ToString::to_string)
                .unwrap_or_default()
        };
        assert_eq!(named(&[46, 53, 58, 62], None), "Bb");
        assert_eq!(named(&[44, 48, 51], Some("E")), "G#");
        assert_eq!(named(&[42, 57, 62, 66], None), "D/F#");
        assert_eq!(named(&[43, 57, 60, 64], None), "Am7/G");
        assert_eq!(named(&[40, 52, 56, 62, 67], Some("A")), "E7#9");
        assert_eq!(named(&[], None), "");
    }
}
