//! Our own songs, and which songs a student can play.

use std::sync::LazyLock;

use theory::Chord;

use super::{Song, read_chordpro};

macro_rules! book {
    ($($id:literal)*) => {
        /// Words of our own, or of authors who died more than seventy years ago; each file tells.
        static FILES: &[(&str, &str)] =
            &[$(($id, include_str!(concat!("../../../data/songs/", $id, ".cho")))),*];
    };
}

// In the order of the chords that they ask for.
book! {
    "boker-ehad" "gesher" "yonatan" "shuv" "nadneda" "hine-ma-tov" "kedoshim" "ken-latsipor"
    "maoz-tsur" "chesed" "layla" "hatikva" "blues" "bayit" "derech"
}

static BOOK: LazyLock<Vec<Song>> =
    LazyLock::new(|| FILES.iter().filter_map(|(id, text)| read_chordpro(id, text).ok()).collect());

/// Our own songs, the easiest first.
#[must_use]
pub fn own_songs() -> &'static [Song] {
    &BOOK
}

/// The own song of an id.
#[must_use]
pub fn own(id: &str) -> Option<&'static Song> {
    BOOK.iter().find(|song| song.id == id)
}

/// The songs whose chords are all known.
pub fn playable<'a>(
    songs: &'a [Song],
    knows: impl Fn(Chord) -> bool + 'a,
) -> impl Iterator<Item = &'a Song> {
    songs.iter().filter(move |song| song.different().into_iter().all(&knows))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::{Order, StepKind};
    use crate::hebrew::pronounce;
    use crate::review::Item;

    #[test]
    fn every_file_is_a_whole_song_with_its_source() {
        assert!(FILES.len() >= 12);
        for (id, text) in FILES {
            let song = read_chordpro(id, text).unwrap_or_else(|error| panic!("{id}: {error}"));
            assert!(song.source.is_some() && song.words.is_some() && song.tune.is_some(), "{id}");
            assert!(song.key.is_some() && text.contains("{meta: strum"), "{id}");
            assert!(song.strum.fits(song.meter) && text.contains(&song.strum.to_string()), "{id}");
            assert!(song.sections.iter().all(|section| section.lines.len() >= 2), "{id}");
            assert_eq!(pronounce(&song.title).guessed, Vec::<String>::new(), "{id}");
            for line in song.sections.iter().flat_map(|section| &section.lines) {
                assert!(line.parts.iter().all(|part| part.chord.is_some()), "{id} {}", line.text());
            }
        }
        assert_eq!(own_songs().len(), FILES.len());
    }

    #[test]
    fn every_section_has_chords_to_play() {
        // A song's gate wants every section: one without a chord would keep it shut.
        for song in own_songs() {
            assert!(!song.sections.is_empty(), "{}", song.id);
            for section in &song.sections {
                let mut parts = section.lines.iter().flat_map(|line| &line.parts);
                assert!(parts.any(|part| part.chord.is_some()), "{} {:?}", song.id, section.lines);
            }
        }
    }

    /// What letters alone can tell: a syllable begins with a consonant and has more than one letter.
    #[test]
    fn a_chord_inside_a_word_stands_at_the_start_of_a_syllable() {
        let mut inside = 0;
        for (id, line) in own_songs()
            .iter()
            .flat_map(|song| song.sections.iter().map(move |it| (&song.id, it)))
            .flat_map(|(id, section)| section.lines.iter().map(move |line| (id, line)))
        {
            for two in line.parts.windows(2) {
                let letter = |c: char| ('א'..='ת').contains(&c);
                if !two[0].text.ends_with(letter) || !two[1].text.starts_with(letter) {
                    continue;
                }
                inside += 1;
                let rest: Vec<char> = two[1].text.chars().take_while(|c| letter(*c)).collect();
                assert!(rest.len() > 1 && !['ו', 'י'].contains(&rest[0]), "{id}: {}", line.text());
            }
        }
        assert!(inside > 20, "{inside}");
    }

    #[test]
    fn the_song_of_a_chapter_asks_for_no_chord_that_comes_later() {
        for order in Order::ALL {
            let mut taught = Vec::new();
            for (chapter, _) in order.chapters() {
                taught.extend(chapter.chords());
                for step in chapter.steps().filter(|step| step.kind == StepKind::Song) {
                    let Some(Item::Song { id, section: 1 }) = step.items.first() else {
                        panic!("{} has no song", step.id)
                    };
                    let song = own(id).unwrap_or_else(|| panic!("{id} is not in the book"));
                    for chord in song.different() {
                        assert!(taught.contains(&chord), "{order} {}: {chord}", step.id);
                    }
                }
            }
        }
    }

    #[test]
    fn known_chords_make_songs() {
        let names = |known: &[&str]| -> Vec<String> {
            let known: Vec<Chord> = known.iter().map(|name| name.parse().unwrap()).collect();
            let knows = move |chord| known.contains(&chord);
            playable(own_songs(), knows).map(|song| song.id.clone()).collect()
        };
        assert_eq!(names(&["Em", "Am"]), ["boker-ehad", "gesher"]);
        assert!(names(&[]).is_empty());
    }
}
