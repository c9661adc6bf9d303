//! Songs: their lines with chords over the syllables, our own ones, and those of a student's files.
//!
//! A sheet is text and chords only: melody is not kept. How it is laid out right to left is the
//! screen's work; reading a file from disk is the caller's.

mod book;
mod chordpro;
mod easy;
mod error;
mod file;
mod musicxml;

use serde::{Deserialize, Serialize};
use theory::{Chord, ChordSymbol, Key, Meter, StrumPattern};

pub use book::{own, own_songs, playable};
pub use chordpro::read_chordpro;
pub use easy::{Easier, easier};
pub use error::{SongError, SongProblem, problem_text};
pub use file::{read_song, song_id};

/// A song with chords over its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Song {
    /// Its name in items: our own ones have fixed ids.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Whose words, whose tune, and why it may stand here; for people.
    pub source: Option<String>,
    /// Who wrote the words.
    pub words: Option<String>,
    /// Who wrote the tune.
    pub tune: Option<String>,
    /// The key of the shapes, before a capo.
    pub key: Option<Key>,
    /// The metre.
    pub meter: Meter,
    /// Beats a minute.
    pub tempo: u16,
    /// Fret of the capo, 0 for none.
    pub capo: u8,
    /// How it is strummed; fills bars.
    pub strum: StrumPattern,
    /// Its sections in order.
    pub sections: Vec<Section>,
}

/// What a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// A verse, and what has no other name.
    #[default]
    Verse,
    /// The chorus.
    Chorus,
    /// The bridge.
    Bridge,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// What the file calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A line: its parts in the order of singing, so that right-to-left text is drawn from the right.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Line {
    /// Each begins at a chord, but perhaps the first.
    pub parts: Vec<Part>,
}

/// Words from one chord to the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The chord over the first letter; none before the first chord of a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chord: Option<ChordSymbol>,
    /// The words, which may be empty.
    pub text: String,
}

impl Song {
    /// Its chords from first to last, with repeats.
    pub fn chords(&self) -> impl Iterator<Item = ChordSymbol> + '_ {
        let lines = self.sections.iter().flat_map(|section| &section.lines);
        lines.flat_map(|line| &line.parts).filter_map(|part| part.chord)
    }

    /// Its different chords as they sound, in the order in which they come.
    #[must_use]
    pub fn different(&self) -> Vec<Chord> {
        let mut found = Vec::new();
        for chord in self.chords().map(|symbol| symbol.chord()) {
            if !found.contains(&chord) {
                found.push(chord);
            }
        }
        found
    }

    /// The key: as the file says, else as the chords say.
    #[must_use]
    pub fn likely_key(&self) -> Option<Key> {
        self.key.or_else(|| Key::of_song(&self.chords().collect::<Vec<_>>()))
    }
}

impl Line {
    /// The words alone.
    #[must_use]
    pub fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }
}
