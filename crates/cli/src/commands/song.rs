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
use crate::args::{Kept, SongAction, Songs};
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
    saved: Option<bool>,
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
            saved: None,
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
            show(song, *easy, None, &course, output)
        }
        SongAction::Import { file, dry_run } => {
            let mut song = import(file)?;
            if !dry_run {
                let shelf = SongShelf::of_profile(&folder(&args.kept)?);
                song = shelf.placed(song);
                keep(&song, &shelf)?;
            }
            show(&song, false, Some(!dry_run), &course, output)
        }
        SongAction::Remove { id, yes } => remove(id, *yes, &args.kept, &learner.songs, output),
    }
}

fn listed(song: &Song, playable: bool) -> String {
    let sign = if playable { "●" } else { "○" };
    let chords: Vec<String> = song.different().iter().map(|chord| isolate(&chord.name())).collect();
    format!("{sign} {}, {}: {}", song.title, isolate(&song.id), chords.join(", "))
}

/// `saved`: whether a song that was read is in the profile now.
fn show(
    song: &Song,
    easy: bool,
    saved: Option<bool>,
    course: &Course,
    output: &mut Output,
) -> Result<(), Failure> {
    let way = easier(song, |chord| course.knows(chord));
    let played = way.as_ref().filter(|_| easy).map(|way| song.played(way));
    let shown = played.as_ref().unwrap_or(song);
    let mut line = SongLine::of(shown, course);
    line.sections = Some(&shown.sections);
    line.easier = way.as_ref().filter(|_| !easy).map(|way| EasierLine {
        capo: way.capo,
        chords: song.played(way).different().iter().map(ToString::to_string).collect(),
    });
    line.saved = saved;
    let told = match saved {
        None => String::new(),
        Some(true) => format!("\n\nהשיר נשמר בשם {}.", isolate(&song.id)),
        Some(false) => "\n\nהשיר נקרא ולא נשמר.".to_owned(),
    };
    output.line("song", &line, || sheet(shown) + &told)
}

#[derive(Serialize)]
struct RemovedLine<'a> {
    id: &'a str,
    title: &'a str,
}

/// Removes a song of the student's files.
fn remove(
    id: &str,
    yes: bool,
    kept: &Kept,
    songs: &[Song],
    output: &mut Output,
) -> Result<(), Failure> {
    let ids = songs.iter().map(|song| &song.id);
    if own_songs().iter().any(|own| own.id == id) {
        let detail = format!("`{id}` is no song of a file");
        return Err(Failure::wrong(ErrorCode::SongBuiltIn, detail).among(ids));
    }
    let found = songs.iter().find(|song| song.id == id);
    let song = found.ok_or_else(|| no_song(id, songs))?;
    if !yes {
        let detail = format!("this would remove `{id}`");
        return Err(Failure::wrong(ErrorCode::NotConfirmed, detail).among(["--yes"]));
    }
    let shelf = SongShelf::of_profile(&folder(kept)?);
    shelf.remove(id).map_err(|error| Failure::unwritable(&shelf.file(id), &error))?;
    let line = RemovedLine { id, title: &song.title };
    output.line("removed", &line, || format!("השיר הוסר: {}.", song.title))
}

/// The sheet for a terminal: the chords above their words, in the order of singing.
fn sheet(song: &Song) -> String {
    let shown = |what: &dyn ToString| isolate(&what.to_string());
    let mut text = song.title.clone();
    if song.capo > 0 {
        text.push_str(&format!("\nקאפו: {}", shown(&song.capo)));
    }
    let (tempo, meter) = (shown(&song.tempo), shown(&song.meter));
    text.push_str(&format!(
        "\nפעימות בדקה: {tempo} · משקל: {meter} · פריטה: {}",
        shown(&song.strum)
    ));
    text.push('\n');
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
        SongFileError::TooLarge => Failure::no_text(file, &error.to_string()),
        SongFileError::Song(error) => Failure::song(file, &error),
    })
}

fn keep(song: &Song, shelf: &SongShelf) -> Result<(), Failure> {
    shelf.keep(song).map_err(|error| Failure::unwritable(&shelf.file(&song.id), &error))
}
