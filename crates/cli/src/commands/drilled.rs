//! `prita practice --strings`, `--changes`, `--pattern`, `--song`: which drill, and how it stands.

use std::path::Path;
use std::time::Duration;

use host::{Asked, SongShelf};
use serde::Serialize;
use theory::{Chord, StrumPattern, Tuning, Voicing};
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
pub(crate) fn exercise(args: &Practice, tuning: &Tuning) -> Result<Option<Exercise>, Failure> {
    let asked = &args.drill;
    if let Some(misplaced) = asked.misplaced() {
        return Err(Failure::Misplaced(misplaced));
    }
    if let Some(name) = &asked.strings {
        let wanted = Wanted::read(name, tuning)?;
        let exercise = drill(DrillKind::Strings, &Item::Chord(wanted.chord), &[])?;
        return Ok(Some(wanted.in_drill(exercise)));
    }
    let exercise = match (&asked.changes, &asked.pattern, &asked.song) {
        (Some(pair), _, _) => changes(pair, tuning)?,
        (_, Some(pattern), _) => {
            let over = args.chord.as_deref().map(|name| Wanted::read(name, tuning)).transpose()?;
            pattern_drill(pattern, asked, over)?
        }
        (_, _, Some(song)) => song_drill(song, args)?,
        _ => return Ok(None),
    };
    let exercise = asked.seconds.into_iter().fold(exercise, Exercise::lasting);
    let exercise = asked.bars.into_iter().fold(exercise, Exercise::of_bars);
    Ok(Some(asked.bpm.into_iter().fold(exercise, Exercise::at_tempo)))
}

/// A chord to drill, in one voicing only where a voicing was named.
struct Wanted {
    chord: Chord,
    voicing: Option<Voicing>,
}

impl Wanted {
    fn read(name: &str, tuning: &Tuning) -> Result<Self, Failure> {
        let name = name.trim();
        let asked = Asked::in_tuning(name, tuning).map_err(Failure::wrong_chord)?;
        let chord = asked.chord.ok_or_else(Failure::nameless_voicing)?;
        if asked.target.voicings.is_empty() {
            return Err(Failure::no_shape(chord));
        }
        Ok(Self { chord, voicing: name.parse().ok() })
    }

    fn in_drill(self, exercise: Exercise) -> Exercise {
        match self.voicing {
            Some(only) => exercise.voiced(self.chord, only),
            None => exercise,
        }
    }
}

fn changes(pair: &str, tuning: &Tuning) -> Result<Exercise, Failure> {
    let unclear =
        || Failure::wrong(ErrorCode::ChangesUnknown, format!("`{pair}`")).among(["Em,Am"]);
    let names: Vec<&str> = pair.split(',').collect();
    let [one, other] = names[..] else { return Err(unclear()) };
    let (one, other) = (Wanted::read(one, tuning)?, Wanted::read(other, tuning)?);
    if one.chord == other.chord {
        return Err(unclear());
    }
    let exercise = drill(DrillKind::Changes, &Item::Pair(one.chord, other.chord), &[])?;
    Ok(other.in_drill(one.in_drill(exercise)))
}

fn pattern_drill(
    pattern: &str,
    asked: &Drilled,
    over: Option<Wanted>,
) -> Result<Exercise, Failure> {
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
        Some(wanted) => {
            let exercise = exercise.over(wanted.chord);
            wanted.in_drill(exercise)
        }
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
        Some(text) => output.news(text),
        None => Ok(()),
    }
}

fn text(progress: &Progress) -> Option<String> {
    let number = |n: u32| isolate(&n.to_string());
    let first_beat = progress.beat.is_none_or(|beat| beat.now == 1);
    match progress.phase {
        Phase::Ready | Phase::Playing if progress.string.is_some() => {
            let string = number(u32::from(progress.string?.number()));
            Some(match progress.other {
                Some(other) => {
                    let other = number(u32::from(other.number()));
                    format!("נשמע מיתר {other}. עכשיו מיתר {string}")
                }
                None => format!("מיתר {string}"),
            })
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
