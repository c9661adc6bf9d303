//! Laws that hold for all music, by drawn examples.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use theory::{
    Chord, ChordSymbol, Finger, Fingering, Interval, Key, Letter, Meter, Mode, Note, Pitch,
    PitchClass, Quality, Roman, Scale, StringNumber, StrumPattern, Tuning, Voicing, Wish,
    curated_shapes, easy_keys, voicings_of,
};

fn notes() -> impl Strategy<Value = Note> {
    (prop::sample::select(Letter::ALL.to_vec()), -3i8..=3).prop_map(|(l, a)| Note::new(l, a))
}

fn simple_notes() -> impl Strategy<Value = Note> {
    prop::sample::select(Note::simple().collect::<Vec<_>>())
}

fn intervals() -> impl Strategy<Value = Interval> {
    (-14i32..=14, -3i32..=3).prop_map(|(steps, altered)| {
        let natural = [0, 2, 4, 5, 7, 9, 11][steps.rem_euclid(7) as usize];
        Interval::new(steps, natural + 12 * steps.div_euclid(7) + altered)
    })
}

fn qualities() -> impl Strategy<Value = Quality> {
    prop::sample::select(Quality::ALL.to_vec())
}

fn symbols() -> impl Strategy<Value = ChordSymbol> {
    (notes(), qualities(), prop::option::of(notes())).prop_map(|(root, quality, bass)| {
        let symbol = ChordSymbol::new(root, quality);
        bass.map_or(symbol, |bass| symbol.over(bass))
    })
}

fn keys() -> impl Strategy<Value = Key> {
    prop::sample::select(Key::usual().collect::<Vec<_>>())
}

fn tunings() -> impl Strategy<Value = Tuning> {
    prop::sample::select(Tuning::named().map(|(_, tuning)| tuning).collect::<Vec<_>>())
}

fn any_voicing() -> impl Strategy<Value = Voicing> {
    prop::array::uniform6(prop::option::of(0u8..=9)).prop_map(Voicing::new)
}

proptest! {
    #[test]
    fn a_chord_reads_back_from_all_its_names(symbol in symbols()) {
        prop_assert_eq!(symbol.to_string().parse(), Ok(symbol));
        prop_assert_eq!(symbol.hebrew().parse(), Ok(symbol));
        let chord = symbol.chord();
        prop_assert_eq!(chord.to_string().parse::<Chord>(), Ok(chord));
        prop_assert_eq!(chord.name().parse::<Chord>(), Ok(chord));
    }

    #[test]
    fn transposing_is_a_group(note in notes(), a in intervals(), b in intervals()) {
        prop_assert_eq!(note.up(a).up(b), note.up(a + b));
        prop_assert_eq!(note.up(a).up(b), note.up(b).up(a));
        prop_assert_eq!(note.up(a).down(a), note);
        prop_assert_eq!(note.up(Interval::UNISON), note);
        prop_assert_eq!(note.up(Interval::OCTAVE), note);
        prop_assert_eq!(note.up(a).class(), note.class().transposed(a.semitones()));
        prop_assert_eq!(a - a, Interval::UNISON);
    }

    #[test]
    fn intervals_read_back_and_turn_round(a in intervals(), from in notes(), to in notes()) {
        prop_assert_eq!(a.to_string().parse(), Ok(a));
        prop_assert_eq!(a.simple() + a.inverted(), Interval::OCTAVE);
        prop_assert_eq!(-(-a), a);
        prop_assert_eq!(from.up(Interval::between(from, to)), to);
    }

    #[test]
    fn a_chord_transposed_keeps_its_shape(symbol in symbols(), by in intervals()) {
        let moved = symbol.transposed(by);
        prop_assert_eq!(moved.inversion(), symbol.inversion());
        prop_assert_eq!(moved.transposed(-by), symbol);
        let there: Vec<Note> = symbol.notes_from_bass().iter().map(|n| n.up(by)).collect();
        prop_assert_eq!(moved.notes_from_bass(), there);
        prop_assert_eq!(moved.chord(), symbol.chord().transposed(by.semitones()));
    }

    #[test]
    fn numerals_and_chords_agree(key in keys(), root in simple_notes(), quality in qualities()) {
        let symbol = ChordSymbol::new(root, quality);
        let roman = Roman::of(&symbol, &key).unwrap();
        prop_assert_eq!(roman.chord(&key), symbol);
        prop_assert_eq!(roman.to_string().parse::<Roman>().unwrap().chord(&key), symbol);
        if let Some(leading) = Roman::leading(&symbol, &key) {
            prop_assert_eq!(leading.chord(&key), symbol);
        }
    }

    #[test]
    fn a_key_spells_each_sound_once(key in keys()) {
        let spelled: BTreeSet<Note> = (0..12).map(|c| key.spell(PitchClass(c))).collect();
        prop_assert_eq!(spelled.len(), 12);
        for class in (0..12).map(PitchClass) {
            prop_assert_eq!(key.spell(class).class(), class);
        }
        for note in key.scale().notes() {
            prop_assert_eq!(key.spell(note.class()), note);
        }
        prop_assert_eq!(key.moved(12), key.moved(0));
    }

    #[test]
    fn fingers_follow_the_frets(voicing in any_voicing(), capo in 0u8..=7) {
        if let Some(found) = Fingering::of(&voicing, capo) {
            let mut placed: Vec<(Finger, u8)> = Vec::new();
            for string in StringNumber::THICK_TO_THIN {
                let fret = voicing.fret(string).filter(|fret| *fret > 0);
                let finger = found.fingers[string.index()];
                prop_assert_eq!(finger.is_some(), fret.is_some());
                placed.extend(finger.zip(fret));
            }
            for (finger, fret) in &placed {
                for (other, there) in &placed {
                    prop_assert!(finger != other || fret == there, "one finger, one fret");
                    prop_assert!(finger >= other || fret <= there, "fingers do not cross");
                }
            }
            prop_assert!(found.used() <= 4);
        }
    }

    #[test]
    fn a_pattern_reads_back(text in "[DU x|-]{1,16}") {
        if let Ok(pattern) = text.parse::<StrumPattern>() {
            prop_assert_eq!(pattern.to_string().parse::<StrumPattern>(), Ok(pattern));
        }
    }

    #[test]
    fn nothing_that_is_typed_panics(text in "\\PC{0,12}") {
        let _ = text.parse::<ChordSymbol>();
        let _ = text.parse::<Note>();
        let _ = text.parse::<Interval>();
        let _ = text.parse::<Key>();
        let _ = text.parse::<Scale>();
        let _ = text.parse::<Roman>();
        let _ = text.parse::<Meter>();
        let _ = text.parse::<StrumPattern>();
        let _ = text.parse::<Tuning>();
        let _ = text.parse::<Voicing>();
        let _ = text.parse::<Pitch>();
        let _ = Note::read(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_the_search_finds_is_the_chord(
        root in simple_notes(), quality in qualities(), tuning in tunings(), capo in 0u8..=5,
    ) {
        let symbol = ChordSymbol::new(root, quality);
        let sounding = tuning.with_capo(capo);
        let own: BTreeSet<PitchClass> = symbol.notes().map(Note::class).collect();
        let found = voicings_of(&symbol, &tuning, capo);
        prop_assert!(found.is_sorted_by_key(|one| one.rank()));
        for one in &found {
            let pitches: Vec<Pitch> = one.voicing.sounding()
                .map(|string| one.voicing.pitch(string, &sounding).unwrap()).collect();
            prop_assert_eq!(pitches[0].class(), root.class());
            let classes: BTreeSet<PitchClass> = pitches.iter().map(|p| p.class()).collect();
            prop_assert!(classes.is_subset(&own));
            for tone in quality.tones().iter().filter(|tone| !quality.may_omit(**tone)) {
                prop_assert!(classes.contains(&root.up(*tone).class()));
            }
        }
        let again = voicings_of(&symbol, &tuning, capo);
        prop_assert_eq!(found, again);
    }

    #[test]
    fn the_search_finds_what_books_show(root in 0u8..12, quality in qualities()) {
        let symbol = ChordSymbol::new(Note::sharp(PitchClass(root)), quality);
        let found = voicings_of(&symbol, &Tuning::STANDARD, 0);
        for shape in curated_shapes(&symbol) {
            let holds = |voicing: &Voicing| StringNumber::THICK_TO_THIN.into_iter().all(|string| {
                let fret = shape.voicing.fret(string);
                fret.is_none() || voicing.fret(string) == fret
            });
            prop_assert!(found.iter().any(|one| holds(&one.voicing)), "{}", shape.voicing);
        }
    }

    #[test]
    fn an_easy_key_sounds_as_the_song(
        song in prop::collection::vec((simple_notes(), qualities()), 1..6),
        within in 0u8..=6,
    ) {
        let song: Vec<ChordSymbol> =
            song.into_iter().map(|(root, quality)| ChordSymbol::new(root, quality)).collect();
        for wish in [Wish::SamePitch, Wish::Within(within)] {
            let ways = easy_keys(&song, wish, |_| false);
            prop_assert!(!ways.is_empty());
            prop_assert!(ways.is_sorted_by_key(|way| way.cost));
            for way in ways {
                for (shape, chord) in way.shapes.iter().zip(&song) {
                    let sounds = shape.chord().transposed(i32::from(way.capo));
                    prop_assert_eq!(sounds, chord.chord().transposed(way.moved));
                }
            }
        }
    }

    #[test]
    fn a_song_in_a_key_is_known_by_its_chords(key in keys()) {
        let [one, _, _, four, five, ..] = key.triads();
        prop_assert_eq!(Key::of_song(&[one, four, five, one]).map(|k| k.mode), Some(key.mode));
        prop_assert_eq!(Key::of_song(&[one, four, five, one]).map(|k| k.tonic), Some(key.tonic));
        let minor = key.mode == Mode::Minor;
        prop_assert_eq!(one.quality.is_minor(), Some(minor));
    }
}
