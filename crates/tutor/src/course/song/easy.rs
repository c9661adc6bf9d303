//! A song in shapes that the student's hand already has.

use theory::{Chord, ChordSymbol, Wish, easy_keys};

use super::Song;

/// An easier way to play a song, the pitch kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Easier {
    /// Fret of the capo.
    pub capo: u8,
    /// What to play for each chord of the song, from first to last.
    pub shapes: Vec<ChordSymbol>,
}

/// The easiest way to play a song with a capo; none where it is as easy as it stands. Shapes that
/// are known count for less.
#[must_use]
pub fn easier(song: &Song, knows: impl Fn(Chord) -> bool) -> Option<Easier> {
    let chords: Vec<ChordSymbol> = song.chords().collect();
    let best = easy_keys(&chords, Wish::SamePitch, knows).into_iter().next()?;
    let capo = best.capo.saturating_add(song.capo);
    (best.capo > 0 && capo <= 12).then_some(Easier { capo, shapes: best.shapes })
}

impl Song {
    /// The same song played so; of other shapes than it has chords, as it stands.
    #[must_use]
    pub fn played(&self, way: &Easier) -> Self {
        let mut song = self.clone();
        if way.shapes.len() != self.chords().count() {
            return song;
        }
        let mut shapes = way.shapes.iter().copied();
        for line in song.sections.iter_mut().flat_map(|section| &mut section.lines) {
            for part in line.parts.iter_mut().filter(|part| part.chord.is_some()) {
                part.chord = shapes.next();
            }
        }
        let down = i32::from(self.capo) - i32::from(way.capo);
        song.key = self.key.map(|key| key.moved(down));
        song.capo = way.capo;
        song
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::song::{own, read_chordpro};

    #[test]
    fn a_capo_takes_barres_away_and_nothing_that_is_easy() {
        let barre = own("derech").unwrap();
        let way = easier(barre, |_| false).unwrap();
        let played = barre.played(&way);
        assert_eq!(played.capo, 2);
        let shapes: Vec<String> = played.different().iter().map(Chord::name).collect();
        assert_eq!(shapes, ["Am", "F", "C", "G", "Em"]);
        assert_eq!(played.key.unwrap().name(), "A minor");
        assert_eq!(easier(own("gesher").unwrap(), |_| false), None);
        let capo = read_chordpro("x", "{capo: 11}\n[Bm]a [F#m]b").unwrap();
        assert_eq!(easier(&capo, |_| false).map(|way| way.capo), None);
    }
}
