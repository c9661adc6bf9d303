//! The voicings a bare chord name means: the open ones of books, then movable barre forms; for wide
//! chords what is easiest. The ears take any of them for right.

use crate::curated::OPEN;
use crate::{
    BEGINNER_SHAPES, Chord, ChordSymbol, Note, Pitch, Quality, StringNumber, Tuning, Voicing,
    curated_shapes, voicings_of,
};

const X: Option<u8> = None;

const fn f(fret: u8) -> Option<u8> {
    Some(fret)
}

/// Movable forms: frets above the barre; the root lies on the first sounding string.
const E_FORM: usize = 0;
const A_FORM: usize = 1;

fn form(quality: Quality, form: usize) -> Option<[Option<u8>; 6]> {
    let forms: [Option<[Option<u8>; 6]>; 2] = match quality {
        Quality::Maj => {
            [Some([f(0), f(2), f(2), f(1), f(0), f(0)]), Some([X, f(0), f(2), f(2), f(2), f(0)])]
        }
        Quality::Min => {
            [Some([f(0), f(2), f(2), f(0), f(0), f(0)]), Some([X, f(0), f(2), f(2), f(1), f(0)])]
        }
        Quality::Dom7 => {
            [Some([f(0), f(2), f(0), f(1), f(0), f(0)]), Some([X, f(0), f(2), f(0), f(2), f(0)])]
        }
        Quality::Maj7 => {
            [Some([f(0), X, f(1), f(1), f(0), X]), Some([X, f(0), f(2), f(1), f(2), f(0)])]
        }
        Quality::Min7 => {
            [Some([f(0), f(2), f(0), f(0), f(0), f(0)]), Some([X, f(0), f(2), f(0), f(1), f(0)])]
        }
        Quality::Sus2 => [None, Some([X, f(0), f(2), f(2), f(0), f(0)])],
        Quality::Sus4 => {
            [Some([f(0), f(2), f(2), f(2), f(0), f(0)]), Some([X, f(0), f(2), f(2), f(3), f(0)])]
        }
        Quality::Dim => [None, Some([X, f(0), f(1), f(2), f(1), X])],
        // Does not follow a barre: see AUGMENTED.
        Quality::Aug => [None, None],
        Quality::Power => [Some([f(0), f(2), f(2), X, X, X]), Some([X, f(0), f(2), f(2), X, X])],
        _ => [None, None],
    };
    forms[form]
}

/// The augmented triad as usually fretted: root on string 5, one fret lower on each thinner one.
const AUGMENTED: [Option<u8>; 6] = [X, f(3), f(2), f(1), f(1), X];

/// The usual voicings of `chord` in standard tuning, the preferred one first: open ones, then the
/// barre forms from the nut upwards. Of a quality that is not in [`Quality::HEARD`], the curated
/// shapes and the easiest others. Never empty.
///
/// From common teaching practice; no voicing reaches beyond fret 14.
#[must_use]
pub fn usual_voicings(chord: Chord) -> Vec<Voicing> {
    if !Quality::HEARD.contains(&chord.quality) {
        return wide_voicings(chord);
    }
    let open = BEGINNER_SHAPES.iter().chain(&OPEN).filter(|shape| shape.chord == chord);
    let mut found: Vec<Voicing> = open.map(|shape| shape.voicing).collect();
    let mut barres = barre_forms(chord);
    barres.sort_by_key(|(fret, _)| *fret);
    add_new(&mut found, barres.into_iter().map(|(_, voicing)| voicing));
    found
}

/// How many voicings of a wide chord are usual.
const WIDE: usize = 4;

fn wide_voicings(chord: Chord) -> Vec<Voicing> {
    let symbol = ChordSymbol::new(Note::sharp(chord.root), chord.quality);
    let mut found: Vec<Voicing> = curated_shapes(&symbol).map(|shape| shape.voicing).collect();
    let others = voicings_of(&symbol, &Tuning::STANDARD, 0);
    add_new(&mut found, others.into_iter().map(|one| one.voicing));
    found.truncate(WIDE);
    found
}

fn add_new(found: &mut Vec<Voicing>, others: impl IntoIterator<Item = Voicing>) {
    for voicing in others {
        if !found.contains(&voicing) {
            found.push(voicing);
        }
    }
}

/// Those of the [`usual_voicings`] that make their chord on a guitar in `tuning`, the preferred one
/// first. All of them where every string is shifted alike, for then a shape keeps its name; none
/// where the tuning needs other shapes for this chord.
#[must_use]
pub fn usual_voicings_in(chord: Chord, tuning: &Tuning) -> Vec<Voicing> {
    let mut found = usual_voicings(chord);
    found.retain(|voicing| holds_in(voicing, chord, tuning));
    found
}

/// Whether `voicing` is a way to play `chord` on a guitar in `tuning`.
#[must_use]
pub fn holds_in(voicing: &Voicing, chord: Chord, tuning: &Tuning) -> bool {
    let kept = if tuning.shift().is_some() { &Tuning::STANDARD } else { tuning };
    sounds(voicing, chord, kept)
}

fn barre_forms(chord: Chord) -> Vec<(u8, Voicing)> {
    if chord.quality == Quality::Aug {
        // C augmented has its root at fret 3; the shape moves with it and needs two frets below.
        let root = fret_of(chord, Pitch(45));
        let up = if root >= 3 { root } else { root + 12 };
        let frets = AUGMENTED.map(|cell| cell.map(|fret| fret + up - 3));
        return vec![(up, Voicing::new(frets))];
    }
    [(E_FORM, Pitch(40)), (A_FORM, Pitch(45))]
        .into_iter()
        .filter_map(|(place, open)| {
            let barre = fret_of(chord, open);
            let frets = form(chord.quality, place)?.map(|cell| cell.map(|fret| fret + barre));
            Some((barre, Voicing::new(frets)))
        })
        .collect()
}

/// Fret of the chord's root on a string tuned to `open`, 0–11.
fn fret_of(chord: Chord, open: Pitch) -> u8 {
    (i32::from(chord.root.semitones()) - i32::from(open.class().semitones())).rem_euclid(12) as u8
}

/// Whether `voicing` sounds nothing but `chord` in `tuning`, its root included.
#[must_use]
pub fn sounds(voicing: &Voicing, chord: Chord, tuning: &Tuning) -> bool {
    let classes: Vec<_> = chord.pitch_classes().collect();
    let mut rooted = false;
    let fits = StringNumber::THICK_TO_THIN.into_iter().all(|string| {
        voicing.pitch(string, tuning).is_none_or(|pitch| {
            rooted |= pitch.class() == chord.root;
            classes.contains(&pitch.class())
        })
    });
    fits && rooted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PitchClass;

    #[test]
    fn every_usual_voicing_sounds_its_chord() {
        for root in 0..12 {
            for quality in Quality::ALL {
                let chord = Chord::new(PitchClass(root), quality);
                let voicings = usual_voicings(chord);
                assert!(!voicings.is_empty(), "{chord}");
                for voicing in &voicings {
                    assert!(sounds(voicing, chord, &Tuning::STANDARD), "{chord} {voicing}");
                    let low = voicing.sounding().next().unwrap();
                    let bass = voicing.pitch(low, &Tuning::STANDARD).unwrap();
                    assert_eq!(bass.class(), chord.root, "{chord} {voicing}");
                }
                let mut once = voicings.clone();
                once.dedup();
                assert_eq!(once.len(), voicings.len(), "{chord}");
            }
        }
    }

    #[test]
    fn a_string_tuned_otherwise_takes_the_shapes_that_need_it() {
        let kept = |tuning: &str| -> Vec<String> {
            let tuning = tuning.parse().unwrap();
            let holds = |s: &&crate::Shape| holds_in(&s.voicing, s.chord, &tuning);
            BEGINNER_SHAPES.iter().filter(holds).map(|shape| shape.chord.name()).collect()
        };
        let all = ["Em", "E", "Am", "A", "D", "Dm", "G", "C"];
        assert_eq!(kept("standard"), all);
        assert_eq!(kept("half-step-down"), all);
        assert_eq!(kept("drop-d"), ["Am", "A", "D", "Dm", "C"]);
        assert_eq!(kept("dadgad"), [""; 0]);
        assert_eq!(kept("open-g"), [""; 0]);
        let em = "Em".parse().unwrap();
        let drop_d = usual_voicings_in(em, &"drop-d".parse().unwrap());
        assert_eq!(drop_d, ["x79987".parse().unwrap()]);
    }

    #[test]
    fn open_before_barre() {
        let first = |name: &str| usual_voicings(name.parse().unwrap())[0].to_string();
        assert_eq!(first("G"), "320003");
        assert_eq!(first("Em"), "022000");
        assert_eq!(first("F#m"), "244222");
        assert_eq!(first("Bm"), "x24432");
        assert!(usual_voicings("G".parse().unwrap()).contains(&"355433".parse().unwrap()));
    }
}
