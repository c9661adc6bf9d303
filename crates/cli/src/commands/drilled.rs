//! `prita practice --strings`, `--changes`, `--pattern`, `--song`: which drill, and how it stands.

use std::path::Path;
use std::time::Duration;

use host::SongShelf;
use serde::Serialize;
use theory::{Chord, StrumPattern};
use tutor::ErrorCode;
use tutor::course::DrillKind;
use tutor::course::song::{Song, own_songs};
use tutor::drill::{Exercise, ExerciseError, Phase, Progress};
use tutor::hebrew::isolate;
use tutor::review::Item;

use super::hear::seconds;
use super::learner::existing;
use super::song::{import, no_song};
use crate::args::{Drilled, Kept, Practice};
use crate::failure::Failure;
use crate::output::Output;

/// The drill that is asked for; none for a lesson on a chord.
pub(crate) fn exercise(args: &Practice) -> Result<Option<Exercise>, Failure> {
    let asked = &args.drill;
    if let Some(name) = &asked.strings {
        let item = Item::Chord(chord(name)?);
        return drill(DrillKind::Strings, &item, &[]).map(Some);
    }
    let exercise = match (&asked.changes, &asked.pattern, &asked.song) {
        (Some(pair), _, _) => changes(pair)?,
        (_, Some(pattern), _) => pattern_drill(pattern, asked, args.chord.as_deref())?,
        (_, _, Some(song)) => song_drill(song, args)?,
        _ => return Ok(None),
    };
    let exercise = asked.seconds.into_iter().fold(exercise, Exercise::lasting);
    let exercise = asked.bars.into_iter().fold(exercise, Exercise::of_bars);
    Ok(Some(asked.bpm.into_iter().fold(exercise, Exercise::at_tempo)))
}

fn chord(name: &str) -> Result<Chord, Failure> {
    name.trim().parse().map_err(Failure::wrong_chord)
}

fn changes(pair: &str) -> Result<Exercise, Failure> {
    let unclear =
        || Failure::wrong(ErrorCode::ChangesUnknown, format!("`{pair}`")).among(["Em,Am"]);
    let names: Vec<&str> = pair.split(',').collect();
    let [one, other] = names[..] else { return Err(unclear()) };
    let (one, other) = (chord(one)?, chord(other)?);
    if one == other {
        return Err(unclear());
    }
    drill(DrillKind::Changes, &Item::Pair(one, other), &[])
}

fn pattern_drill(pattern: &str, asked: &Drilled, over: Option<&str>) -> Result<Exercise, Failure> {
    let unknown = |error: &dyn std::fmt::Display| {
        Failure::wrong(ErrorCode::PatternUnknown, error.to_string())
    };
    let pattern: StrumPattern = pattern.parse().map_err(|error| unknown(&error))?;
    let kind = match asked.way.as_deref() {
        Some("silence") => DrillKind::Silence,
        Some("rejoin") => DrillKind::Rejoin,
        _ => DrillKind::Pattern,
    };
    let exercise = drill(kind, &Item::Pattern(pattern), &[])?;
    Ok(match over {
        Some(name) => exercise.over(chord(name)?),
        None => exercise,
    })
}

fn song_drill(asked: &str, args: &Practice) -> Result<Exercise, Failure> {
    let song = song(asked, args)?;
    let section = args.drill.section;
    let count = song.sections.len();
    if let Some(number) = section.filter(|number| usize::from(*number) > count) {
        let detail = format!("`{}` has no section {number}", song.id);
        let all = (1..=count).map(|number| number.to_string());
        return Err(Failure::wrong(ErrorCode::SectionUnknown, detail).among(all));
    }
    let item = Item::Song { id: song.id.clone(), section: section.unwrap_or(1) };
    let new = if section.is_none() { Exercise::of_whole } else { Exercise::new };
    new(DrillKind::Song, &item, &[song]).map_err(refused)
}

/// The song of an id, of this app or kept where `prita song` keeps them; else of a file.
fn song(asked: &str, args: &Practice) -> Result<Song, Failure> {
    let kept = Kept { profile: args.profile.clone(), student: None, notes: None };
    let kept = existing(&kept)?.map(|folder| SongShelf::of_profile(&folder).songs());
    let all: Vec<Song> = own_songs().iter().cloned().chain(kept.unwrap_or_default()).collect();
    match all.iter().find(|song| song.id == asked) {
        Some(song) => Ok(song.clone()),
        None if Path::new(asked).is_file() => import(Path::new(asked)),
        None => Err(no_song(asked, &all)),
    }
}

fn drill(kind: DrillKind, item: &Item, songs: &[Song]) -> Result<Exercise, Failure> {
    Exercise::new(kind, item, songs).map_err(refused)
}

fn refused(error: ExerciseError) -> Failure {
    match error {
        ExerciseError::NoSong(id) => no_song(&id, own_songs()),
        ExerciseError::Empty(_) => Failure::wrong(ErrorCode::PatternUnknown, error),
        other => Failure::wrong_argument(other),
    }
}

#[derive(Serialize)]
struct DrillLine<'a> {
    at: f64,
    #[serde(flatten)]
    progress: &'a Progress,
}

/// How the drill stands; for people only what changes slowly.
pub(crate) fn write_progress(
    at: Duration,
    progress: &Progress,
    output: &mut Output,
) -> Result<(), Failure> {
    if output.is_json() {
        return output.silent_line("drill", &DrillLine { at: seconds(at), progress });
    }
    match text(progress) {
        Some(text) => output.text(&text),
        None => Ok(()),
    }
}

fn text(progress: &Progress) -> Option<String> {
    let number = |n: u32| isolate(&n.to_string());
    let first_beat = progress.beat.is_none_or(|beat| beat.now == 1);
    match progress.phase {
        Phase::Ready | Phase::Playing if progress.string.is_some() => {
            let string = number(u32::from(progress.string?.number()));
            Some(format!("מיתר {string}"))
        }
        Phase::Ready => Some("מתחילים בפריטה הראשונה.".to_owned()),
        Phase::CountIn => progress.beat.map(|beat| number(beat.now)),
        // The outcome is said as a sentence of the teacher.
        Phase::Over => None,
        Phase::Silent if first_beat => Some("סופרים בשקט.".to_owned()),
        _ => {
            let bar = progress.bar.filter(|_| first_beat)?;
            Some(format!("תיבה {} מתוך {}", number(bar.now), number(bar.of)))
        }
    }
}
