//! `prita song`: sheets of words and chords.

use std::path::Path;

use host::{SongFileError, SongShelf, song_of_file};
use serde::Serialize;
use tutor::ErrorCode;
use tutor::course::Path as Course;
use tutor::course::song::{Line, Section, Song, easier, own_songs};
use tutor::hebrew::isolate;

use super::learner::learner;
use super::progress::folder;
use crate::args::{SongAction, Songs};
use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct SongLine<'a> {
    id: &'a str,
    title: &'a str,
    own: bool,
    playable: bool,
    key: Option<String>,
    time: String,
    tempo: u16,
    capo: u8,
    strum: String,
    chords: Vec<String>,
    missing: Vec<String>,
    words: Option<&'a str>,
    tune: Option<&'a str>,
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    easier: Option<EasierLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sections: Option<&'a [Section]>,
}

#[derive(Serialize)]
struct EasierLine {
    capo: u8,
    chords: Vec<String>,
}

impl<'a> SongLine<'a> {
    fn of(song: &'a Song, course: &Course) -> Self {
        let different = song.different();
        let missing = different.iter().filter(|chord| !course.knows(**chord));
        let missing: Vec<String> = missing.map(ToString::to_string).collect();
        Self {
            id: &song.id,
            title: &song.title,
            own: own_songs().iter().any(|own| own.id == song.id),
            playable: missing.is_empty(),
            key: song.likely_key().map(|key| key.name()),
            time: song.meter.to_string(),
            tempo: song.tempo,
            capo: song.capo,
            strum: song.strum.to_string(),
            chords: different.iter().map(ToString::to_string).collect(),
            missing,
            words: song.words.as_deref(),
            tune: song.tune.as_deref(),
            source: song.source.as_deref(),
            easier: None,
            sections: None,
        }
    }
}

pub(crate) fn run(args: &Songs, output: &mut Output) -> Result<(), Failure> {
    let learner = learner(&args.kept, host::now().day, output)?;
    let course = learner.path();
    match &args.action {
        SongAction::List => {
            for song in own_songs().iter().chain(&learner.songs) {
                let line = SongLine::of(song, &course);
                output.line("song", &line, || listed(song, line.playable))?;
            }
            Ok(())
        }
        SongAction::Show { id, easy } => {
            let all: Vec<&Song> = own_songs().iter().chain(&learner.songs).collect();
            let found = all.iter().find(|song| song.id == *id);
            let song = found.ok_or_else(|| no_song(id, all.iter().copied()))?;
            show(song, *easy, &course, output)
        }
        SongAction::Import { file, dry_run } => {
            let mut song = import(file)?;
            if !dry_run {
                let shelf = SongShelf::of_profile(&folder(&args.kept)?);
                song = shelf.placed(song);
                keep(&song, &shelf)?;
            }
            show(&song, false, &course, output)
        }
    }
}

fn listed(song: &Song, playable: bool) -> String {
    let sign = if playable { "●" } else { "○" };
    let chords: Vec<String> = song.different().iter().map(|chord| isolate(&chord.name())).collect();
    format!("{sign} {}, {}: {}", song.title, isolate(&song.id), chords.join(", "))
}

fn show(song: &Song, easy: bool, course: &Course, output: &mut Output) -> Result<(), Failure> {
    let way = easier(song, |chord| course.knows(chord));
    let played = way.as_ref().filter(|_| easy).map(|way| song.played(way));
    let shown = played.as_ref().unwrap_or(song);
    let mut line = SongLine::of(shown, course);
    line.sections = Some(&shown.sections);
    line.easier = way.as_ref().filter(|_| !easy).map(|way| EasierLine {
        capo: way.capo,
        chords: song.played(way).different().iter().map(ToString::to_string).collect(),
    });
    output.line("song", &line, || sheet(shown))
}

/// The sheet for a terminal: the chords above their words, in the order of singing.
fn sheet(song: &Song) -> String {
    let mut text = song.title.clone();
    if song.capo > 0 {
        text.push_str(&format!("\nקאפו: {}", isolate(&song.capo.to_string())));
    }
    for section in &song.sections {
        text.push('\n');
        for line in &section.lines {
            text.push_str(&format!("\n{}", sung(line)));
        }
    }
    if let Some(source) = &song.source {
        text.push_str(&format!("\n\n{source}"));
    }
    text
}

fn sung(line: &Line) -> String {
    let part = |part: &tutor::course::song::Part| match part.chord {
        Some(chord) => format!("{}{}", isolate(&format!("[{chord}]")), part.text),
        None => part.text.clone(),
    };
    line.parts.iter().map(part).collect()
}

/// No song of that id among these.
pub(crate) fn no_song<'a>(id: &str, songs: impl IntoIterator<Item = &'a Song>) -> Failure {
    let detail = format!("there is no song `{id}`; see `prita song list`");
    Failure::wrong(ErrorCode::SongUnknown, detail).among(songs.into_iter().map(|song| &song.id))
}

/// A song of a file, whatever its kind.
pub(crate) fn import(file: &Path) -> Result<Song, Failure> {
    song_of_file(file).map_err(|error| match error {
        SongFileError::File(error) => Failure::unreadable(file, &error),
        SongFileError::Empty => Failure::empty(file),
        SongFileError::TooLarge => Failure::malformed(file, error),
        SongFileError::Song(error) => Failure::song(file, &error),
    })
}

fn keep(song: &Song, shelf: &SongShelf) -> Result<(), Failure> {
    shelf.keep(song).map_err(|error| Failure::unwritable(&shelf.file(&song.id), &error))
}
