//! A song's file of any kind that is read, and a song written down again.

use super::error::{SongError, SongProblem};
use super::{Section, SectionKind, Song, own, read_chordpro};
use crate::course::song::musicxml::read_musicxml;

/// Letters of an id.
const LONGEST_ID: usize = 48;

/// Reads a song from the bytes of a file: ChordPro or MusicXML, told apart by what is in it.
///
/// # Errors
/// [`SongError`] with the line; Guitar Pro, MIDI and zipped scores are not read.
pub fn read_song(id: &str, bytes: &[u8]) -> Result<Song, SongError> {
    let foreign = |format| Err(SongError::at(1, SongProblem::Foreign(format)));
    match bytes {
        [b'P', b'K', 3, 4, ..] => return foreign("MXL"),
        [b'M', b'T', b'h', b'd', ..] => return foreign("MIDI"),
        [b'B', b'C', b'F', b'S' | b'Z', ..] => return foreign("Guitar Pro"),
        [_, title @ ..] if title.starts_with(b"FICHIER GUITAR PRO") => {
            return foreign("Guitar Pro");
        }
        [b'%', b'P', b'D', b'F', ..] => return foreign("PDF"),
        _ => {}
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            return Err(SongError::at(line, SongProblem::NotText));
        }
    };
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with("<?xml") || start.starts_with("<!DOCTYPE") || start.starts_with("<score") {
        return read_musicxml(id, text);
    }
    read_chordpro(id, text)
}

/// An id for a file's name: letters, digits and `-`; never that of an own song.
#[must_use]
pub fn song_id(name: &str) -> String {
    let mut id = String::new();
    for letter in name.trim().chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            id.push(letter);
        } else if !id.ends_with('-') {
            id.push('-');
        }
    }
    let id: String = id.trim_matches('-').chars().take(LONGEST_ID).collect();
    match id.as_str() {
        "" => "shir".to_owned(),
        taken if own(taken).is_some() => format!("{taken}-mine"),
        _ => id,
    }
}

impl Song {
    /// The song as ChordPro, which reads back as the same song.
    #[must_use]
    pub fn to_chordpro(&self) -> String {
        let mut text = format!("{{title: {}}}\n", self.title);
        let mut directive = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                text.push_str(&format!("{{{name}: {value}}}\n"));
            }
        };
        directive("lyricist", self.words.clone());
        directive("composer", self.tune.clone());
        directive("meta", self.source.as_ref().map(|source| format!("source {source}")));
        directive("key", self.key.map(|key| key.triads()[0].to_string()));
        directive("time", Some(self.meter.to_string()));
        directive("tempo", Some(self.tempo.to_string()));
        directive("capo", (self.capo > 0).then(|| self.capo.to_string()));
        directive("meta", Some(format!("strum {}", self.strum)));
        for section in &self.sections {
            text.push_str(&written(section));
        }
        text
    }
}

fn written(section: &Section) -> String {
    let name = match section.kind {
        SectionKind::Verse => "verse",
        SectionKind::Chorus => "chorus",
        SectionKind::Bridge => "bridge",
    };
    let label = section.label.as_ref().map_or(String::new(), |label| format!(": {label}"));
    let mut text = format!("\n{{start_of_{name}{label}}}\n");
    for line in &section.lines {
        for part in &line.parts {
            if let Some(chord) = part.chord {
                text.push_str(&format!("[{chord}]"));
            }
            text.push_str(&part.text);
        }
        text.push('\n');
    }
    text + &format!("{{end_of_{name}}}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::song::own_songs;

    #[test]
    fn what_is_written_reads_back() {
        for song in own_songs() {
            let text = song.to_chordpro();
            assert_eq!(read_song(&song.id, text.as_bytes()).as_ref(), Ok(song), "{text}");
        }
    }

    #[test]
    fn foreign_files_are_told_by_what_they_are() {
        let problem = |bytes: &[u8]| read_song("x", bytes).unwrap_err().problem;
        assert_eq!(problem(b"\x18FICHIER GUITAR PRO v3.00"), SongProblem::Foreign("Guitar Pro"));
        assert_eq!(problem(b"BCFZ...."), SongProblem::Foreign("Guitar Pro"));
        assert_eq!(problem(b"PK\x03\x04...."), SongProblem::Foreign("MXL"));
        assert_eq!(problem(b"MThd...."), SongProblem::Foreign("MIDI"));
        let error = read_song("x", b"[G]a\n\xff\xfe").unwrap_err();
        assert_eq!((error.line, error.problem), (2, SongProblem::NotText));
    }

    #[test]
    fn a_name_makes_an_id() {
        assert_eq!(song_id("My Song (live)"), "my-song-live");
        assert_eq!(song_id("שיר שלי"), "שיר-שלי");
        assert_eq!(song_id("../.."), "shir");
        assert_eq!(song_id("Yonatan"), "yonatan-mine");
    }
}
