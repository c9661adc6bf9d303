//! The shapes that books for beginners show, with their fingers: open chords, the small barre, the
//! sevenths, suspended and added notes that songs ask for, common slash chords. Written by hand
//! from general teaching practice; tests check that each sounds what it says and can be played.
//! Movable barre forms follow from rules and stand in `usual`.

use crate::shape::BEGINNER_SHAPES;
use crate::{Chord, ChordSymbol, Finger, PitchClass, Quality, Shape, Tuning, Voicing, chord_of};

const fn frets(text: &[u8; 6]) -> Voicing {
    let mut frets = [None; 6];
    let mut at = 0;
    while at < 6 {
        if text[at] != b'x' {
            frets[at] = Some(text[at] - b'0');
        }
        at += 1;
    }
    Voicing::new(frets)
}

const fn fingers(text: &[u8; 6]) -> [Option<Finger>; 6] {
    let mut fingers = [None; 6];
    let mut at = 0;
    while at < 6 {
        fingers[at] = match text[at] {
            b'1' => Some(Finger::Index),
            b'2' => Some(Finger::Middle),
            b'3' => Some(Finger::Ring),
            b'4' => Some(Finger::Pinky),
            _ => None,
        };
        at += 1;
    }
    fingers
}

const fn s(root: u8, quality: Quality, at: &[u8; 6], by: &[u8; 6]) -> Shape {
    let chord = Chord { root: PitchClass(root), quality };
    Shape { chord, voicing: frets(at), fingers: fingers(by) }
}

/// Open voicings of what the ears tell apart, beside [`BEGINNER_SHAPES`].
#[rustfmt::skip]
pub(crate) static OPEN: [Shape; 27] = [
    s(4, Quality::Dom7, b"020100", b"020100"),
    s(4, Quality::Min7, b"020000", b"020000"),
    s(4, Quality::Maj7, b"021100", b"031200"),
    s(4, Quality::Sus4, b"022200", b"023400"),
    s(9, Quality::Dom7, b"x02020", b"002030"),
    s(9, Quality::Min7, b"x02010", b"002010"),
    s(9, Quality::Maj7, b"x02120", b"002130"),
    s(9, Quality::Sus2, b"x02200", b"001200"),
    s(9, Quality::Sus4, b"x02230", b"001240"),
    s(2, Quality::Dom7, b"xx0212", b"000213"),
    s(2, Quality::Min7, b"xx0211", b"000211"),
    s(2, Quality::Maj7, b"xx0222", b"000123"),
    s(2, Quality::Sus2, b"xx0230", b"000130"),
    s(2, Quality::Sus4, b"xx0233", b"000134"),
    s(7, Quality::Maj, b"320033", b"210034"),
    s(7, Quality::Dom7, b"320001", b"320001"),
    s(7, Quality::Maj7, b"320002", b"320001"),
    s(7, Quality::Sus4, b"330013", b"230014"),
    s(0, Quality::Dom7, b"x32310", b"032410"),
    s(0, Quality::Maj7, b"x32000", b"032000"),
    s(0, Quality::Sus2, b"x3001x", b"030010"),
    s(0, Quality::Sus4, b"x33011", b"034011"),
    s(11, Quality::Dom7, b"x21202", b"021304"),
    s(11, Quality::Min7, b"x20202", b"010203"),
    s(5, Quality::Maj, b"xx3211", b"003211"),
    s(5, Quality::Maj7, b"xx3210", b"003210"),
    s(4, Quality::Power, b"022xxx", b"012000"),
];

/// Other ways to play the same, barres with their fingers, and wider chords.
#[rustfmt::skip]
static MORE: [Shape; 91] = [
    s(4, Quality::Min7, b"022033", b"012034"),
    s(4, Quality::Min7, b"022030", b"023040"),
    s(4, Quality::Dom7, b"022130", b"023140"),
    s(9, Quality::Min7, b"x02213", b"002314"),
    s(5, Quality::Maj, b"133211", b"134211"),
    s(5, Quality::Maj7, b"x33210", b"034210"),
    s(5, Quality::Min, b"133111", b"134111"),
    s(5, Quality::Dom7, b"131211", b"131211"),
    s(5, Quality::Power, b"133xxx", b"134000"),
    s(6, Quality::Maj, b"244322", b"134211"),
    s(6, Quality::Min, b"244222", b"134111"),
    s(6, Quality::Dom7, b"xx4320", b"003210"),
    s(6, Quality::Min7, b"242222", b"131111"),
    s(7, Quality::Min, b"355333", b"134111"),
    s(7, Quality::Power, b"355xxx", b"134000"),
    s(8, Quality::Min, b"466444", b"134111"),
    s(8, Quality::Maj, b"466544", b"134211"),
    s(9, Quality::Power, b"x022xx", b"001200"),
    s(10, Quality::Maj, b"x13331", b"012341"),
    s(10, Quality::Min, b"x13321", b"013421"),
    s(10, Quality::Dom7, b"x13131", b"013141"),
    s(11, Quality::Maj, b"x24442", b"012341"),
    s(11, Quality::Min, b"x24432", b"013421"),
    s(11, Quality::Min, b"xx4432", b"003421"),
    s(11, Quality::Power, b"x244xx", b"013400"),
    s(0, Quality::Min, b"x35543", b"013421"),
    s(0, Quality::Min7, b"x35343", b"013121"),
    s(0, Quality::Power, b"x355xx", b"013400"),
    s(1, Quality::Min, b"x46654", b"013421"),
    s(1, Quality::Maj, b"x46664", b"012341"),
    s(2, Quality::Power, b"xx023x", b"000130"),
    s(3, Quality::Maj, b"x68886", b"012341"),
    s(11, Quality::Dim, b"x2343x", b"012430"),
    s(2, Quality::Dim, b"xx0131", b"000142"),
    s(4, Quality::Aug, b"032110", b"032110"),
    s(9, Quality::Aug, b"x03221", b"004231"),
    s(0, Quality::Aug, b"x32110", b"043120"),
    s(0, Quality::Add9, b"x32033", b"021034"),
    s(0, Quality::Add9, b"x32030", b"021030"),
    s(4, Quality::Add9, b"024100", b"024100"),
    s(5, Quality::Add9, b"xx3213", b"003214"),
    s(7, Quality::Add9, b"3x0203", b"200104"),
    s(9, Quality::Add9, b"x02420", b"001420"),
    s(4, Quality::MinAdd9, b"024000", b"013000"),
    s(9, Quality::MinAdd9, b"x02410", b"002410"),
    s(0, Quality::Add11, b"x33010", b"034010"),
    s(7, Quality::Add11, b"320013", b"320014"),
    s(9, Quality::Dom7Sus4, b"x02030", b"001030"),
    s(9, Quality::Dom7Sus4, b"x02033", b"001034"),
    s(2, Quality::Dom7Sus4, b"xx0213", b"000214"),
    s(4, Quality::Dom7Sus4, b"020200", b"010200"),
    s(7, Quality::Dom7Sus4, b"330011", b"340011"),
    s(11, Quality::Dom7Sus4, b"x22202", b"012304"),
    s(7, Quality::Dom9Sus4, b"3x0211", b"300211"),
    s(2, Quality::Maj6, b"xx0202", b"000102"),
    s(4, Quality::Maj6, b"022120", b"023140"),
    s(7, Quality::Maj6, b"320000", b"210000"),
    s(9, Quality::Maj6, b"x02222", b"001111"),
    s(2, Quality::Min6, b"xx0201", b"000201"),
    s(4, Quality::Min6, b"022020", b"012030"),
    s(9, Quality::Min6, b"x02212", b"002314"),
    s(0, Quality::SixNine, b"x3223x", b"031240"),
    s(7, Quality::SixNine, b"320200", b"310200"),
    s(0, Quality::Dom9, b"x3233x", b"021340"),
    s(2, Quality::Dom9, b"x5455x", b"021340"),
    s(4, Quality::Dom9, b"020102", b"020103"),
    s(9, Quality::Dom9, b"x02423", b"001423"),
    s(11, Quality::Dom9, b"x2122x", b"021340"),
    s(4, Quality::Min9, b"020002", b"010002"),
    s(9, Quality::Min9, b"x02413", b"002413"),
    s(0, Quality::Maj9, b"x30000", b"030000"),
    s(2, Quality::Dim7, b"xx0101", b"000102"),
    s(4, Quality::Dim7, b"012020", b"012030"),
    s(9, Quality::Dim7, b"x01212", b"001324"),
    s(11, Quality::Dim7, b"x20101", b"030102"),
    s(2, Quality::HalfDim, b"xx0111", b"000111"),
    s(4, Quality::HalfDim, b"010030", b"010040"),
    s(6, Quality::HalfDim, b"2x221x", b"203410"),
    s(9, Quality::HalfDim, b"x01013", b"001024"),
    s(11, Quality::HalfDim, b"x2323x", b"013240"),
    s(2, Quality::MinMaj7, b"xx0221", b"000231"),
    s(4, Quality::MinMaj7, b"021000", b"021000"),
    s(9, Quality::MinMaj7, b"x02110", b"003120"),
    s(4, Quality::Dom7Flat9, b"020101", b"030102"),
    s(4, Quality::Dom7Sharp9, b"x7678x", b"021340"),
    s(9, Quality::Dom7Sharp5, b"x03021", b"003021"),
    s(7, Quality::Dom7Sharp5, b"321001", b"432001"),
    s(4, Quality::Min11, b"000000", b"000000"),
    s(9, Quality::Min11, b"x00010", b"000010"),
    s(4, Quality::Dom13, b"020120", b"020130"),
    s(9, Quality::Dom13, b"x02022", b"001023"),
];

/// Common chords over another bass than their root.
#[rustfmt::skip]
static SLASH: [Shape; 12] = [
    s(2, Quality::Maj, b"200232", b"200143"),
    s(2, Quality::Maj, b"x00232", b"000132"),
    s(7, Quality::Maj, b"x20003", b"010004"),
    s(7, Quality::Maj, b"x20033", b"010034"),
    s(0, Quality::Maj, b"332010", b"342010"),
    s(0, Quality::Maj, b"032010", b"032010"),
    s(5, Quality::Maj, b"x03211", b"003211"),
    s(5, Quality::Maj, b"x33211", b"034211"),
    s(4, Quality::Maj, b"422100", b"423100"),
    s(9, Quality::Maj, b"x42220", b"041230"),
    s(9, Quality::Min, b"302210", b"402310"),
    s(4, Quality::Min, b"x22000", b"012000"),
];

/// The curated shapes of a chord in standard tuning with its bass, the one to learn first first.
pub fn curated_shapes(symbol: &ChordSymbol) -> impl Iterator<Item = &'static Shape> {
    let (chord, bass) = (symbol.chord(), symbol.lowest().class());
    every_curated_shape().filter(move |shape| shape.chord == chord && shape.bass() == Some(bass))
}

/// What a voicing is called: by its notes, or, in standard tuning, as the curated shape of a
/// [`Quality::HEARD`] chord that leaves a fifth out.
#[must_use]
pub fn name_of(voicing: &Voicing, tuning: &Tuning) -> Option<Chord> {
    let curated = || {
        let mut shapes = every_curated_shape().filter(|shape| shape.voicing == *voicing);
        shapes.find(|shape| Quality::HEARD.contains(&shape.chord.quality)).map(|shape| shape.chord)
    };
    chord_of(voicing, tuning).or_else(|| curated().filter(|_| *tuning == Tuning::STANDARD))
}

/// All curated shapes: the first course, the other open chords, what goes beyond, slash chords.
pub fn every_curated_shape() -> impl Iterator<Item = &'static Shape> {
    BEGINNER_SHAPES.iter().chain(&OPEN).chain(&MORE).chain(&SLASH)
}

impl Shape {
    /// The first curated shape of a chord with its root in the bass: those of the first course, then
    /// what else books show, small F and barres too.
    #[must_use]
    pub fn curated(chord: Chord) -> Option<&'static Self> {
        every_curated_shape().find(|s| s.chord == chord && s.bass() == Some(chord.root))
    }

    /// The lowest note in standard tuning.
    #[must_use]
    pub fn bass(&self) -> Option<PitchClass> {
        let lowest = self.voicing.sounding().next()?;
        self.voicing.pitch(lowest, &Tuning::STANDARD).map(|pitch| pitch.class())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::{Fingered, Note, StringNumber, sounds, voicings_of};

    fn symbol(shape: &Shape) -> ChordSymbol {
        let bass = Note::sharp(shape.bass().unwrap());
        ChordSymbol::new(Note::sharp(shape.chord.root), shape.chord.quality).over(bass)
    }

    /// Without a bass that is no tone of the chord (Am/G).
    fn upper(shape: &Shape) -> Voicing {
        let low = shape.voicing.sounding().next().unwrap();
        let foreign = symbol(shape).inversion().is_none();
        Voicing::new(
            StringNumber::THICK_TO_THIN
                .map(|string| shape.voicing.fret(string).filter(|_| string != low || !foreign)),
        )
    }

    #[test]
    fn each_sounds_its_chord_with_all_it_needs() {
        for shape in every_curated_shape() {
            let Shape { chord, voicing, .. } = shape;
            assert!(sounds(&upper(shape), *chord, &Tuning::STANDARD), "{chord} {voicing}");
            let sounded: BTreeSet<PitchClass> = voicing
                .sounding()
                .map(|s| voicing.pitch(s, &Tuning::STANDARD).unwrap().class())
                .collect();
            for tone in chord.quality.tones() {
                let class = chord.root.transposed(tone.semitones());
                let there = sounded.contains(&class) || chord.quality.may_omit(*tone);
                assert!(there, "{chord} {voicing} lacks {tone}");
            }
        }
    }

    #[test]
    fn fingers_press_what_is_fretted_and_do_not_cross() {
        for shape in every_curated_shape() {
            let Shape { chord, voicing, fingers } = shape;
            let mut place: BTreeMap<Finger, u8> = BTreeMap::new();
            for string in StringNumber::THICK_TO_THIN {
                let fret = voicing.fret(string).filter(|fret| *fret > 0);
                let finger = fingers[string.index()];
                assert_eq!(finger.is_some(), fret.is_some(), "{chord} {voicing} {string}");
                if let (Some(finger), Some(fret)) = (finger, fret) {
                    let there = *place.entry(finger).or_insert(fret);
                    assert_eq!(there, fret, "{chord} {voicing}: one finger, one fret");
                }
            }
            assert!(place.values().is_sorted(), "{chord} {voicing}");
        }
    }

    #[test]
    fn the_search_finds_each_of_them_or_an_easier_one_that_holds_it() {
        for shape in every_curated_shape() {
            let found = voicings_of(&symbol(shape), &Tuning::STANDARD, 0);
            let own = Fingered::of(shape.voicing, 0);
            let holds = |one: &Fingered| {
                StringNumber::THICK_TO_THIN.into_iter().all(|string| {
                    let fret = shape.voicing.fret(string);
                    fret.is_none() || one.voicing.fret(string) == fret
                })
            };
            assert!(own.is_some(), "{} {}", shape.chord, shape.voicing);
            assert!(found.iter().any(holds), "{} {}", shape.chord, shape.voicing);
        }
    }

    #[test]
    fn none_stands_twice() {
        let all: Vec<Voicing> = every_curated_shape().map(|shape| shape.voicing).collect();
        for (n, voicing) in all.iter().enumerate() {
            assert!(!all[n + 1..].contains(voicing), "{voicing}");
        }
    }

    #[test]
    fn slash_chords_by_name() {
        let of = |name: &str| -> Vec<String> {
            curated_shapes(&name.parse().unwrap()).map(|s| s.voicing.to_string()).collect()
        };
        assert_eq!(of("D/F#"), ["200232"]);
        assert_eq!(of("G/B"), ["x20003", "x20033"]);
        assert_eq!(of("Cadd9"), ["x32033", "x32030"]);
        assert_eq!(of("F"), ["xx3211", "133211"]);
        let first =
            |name: &str| Shape::curated(name.parse().unwrap()).map(|s| s.voicing.to_string());
        assert_eq!(first("Em").as_deref(), Some("022000"));
        assert_eq!(first("Bm").as_deref(), Some("x24432"));
        assert_eq!(first("C#dim"), None);
    }
}
