use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use theory::Chord;
use tutor::course::DrillKind;
use tutor::course::song::{Song, own_songs};
use tutor::drill::{Exercise, Subject};
use tutor::review::Item;

use super::lesson::source_of;
use crate::error::AppError;
use crate::state::AppState;
use crate::view::{DrillAsked, Source, Update};

/// Begins a drill; its updates arrive on the channel. Whatever was open is closed first.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_drill(
    app: AppHandle,
    state: State<'_, AppState>,
    drill: DrillAsked,
    source: Source,
    updates: Channel<Update>,
) -> Result<(), AppError> {
    let own = state.with_home(|home| Ok(home.songs().songs())).unwrap_or_default();
    let songs: Vec<Song> = own_songs().iter().cloned().chain(own).collect();
    let mut exercise = exercise(&drill, &songs)?;
    if let Subject::Pair(from, to) = exercise.subject {
        let failed = |error| AppError::journal(&error);
        let before = state.with_home(|home| home.rates((from, to)).map_err(failed));
        exercise = exercise.after(before.unwrap_or_default());
    }
    state.drill(exercise, drill.clicks, source_of(&app, source)?, updates)
}

fn exercise(asked: &DrillAsked, songs: &[Song]) -> Result<Exercise, AppError> {
    let unknown = || AppError::unexpected();
    let kind: DrillKind = asked.kind.parse().map_err(|_| unknown())?;
    let item: Item = asked.item.parse().map_err(|_| unknown())?;
    let new = if asked.whole { Exercise::of_whole } else { Exercise::new };
    let mut exercise = new(kind, &item, songs).map_err(|error| {
        tracing::warn!(%error, "no such drill");
        unknown()
    })?;
    if let Some(seconds) = asked.seconds {
        exercise = exercise.lasting(seconds);
    }
    if let Some(bpm) = asked.bpm {
        exercise = exercise.at_tempo(bpm);
    }
    if let Some(chord) = &asked.chord {
        let chord: Chord = chord.parse().map_err(|_| AppError::unknown_chord())?;
        exercise = exercise.over(chord);
    }
    Ok(exercise)
}
