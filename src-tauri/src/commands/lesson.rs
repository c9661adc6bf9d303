use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use theory::Chord;

use super::files::{self, RECORDING};
use crate::error::AppError;
use crate::state::AppState;
use crate::view::{CommandName, Source, Update};

/// Begins a lesson on a chord; its updates arrive on the channel. An open lesson is closed first.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_lesson(
    app: AppHandle,
    state: State<'_, AppState>,
    chord: String,
    source: Source,
    updates: Channel<Update>,
) -> Result<(), AppError> {
    let chord: Chord = chord.parse().map_err(|_| AppError::unknown_chord())?;
    state.practise(chord, source_of(&app, source)?, updates)
}

/// Where the sound of a lesson comes from.
pub(super) fn source_of(app: &AppHandle, source: Source) -> Result<host::Source, AppError> {
    Ok(match source {
        Source::Microphone { device } => host::Source::Microphone(device),
        Source::Demo => {
            host::Source::Recording(host::demo_recording().ok_or_else(AppError::no_demo)?)
        }
        Source::Recording => host::Source::Recording(files::pick(app, &RECORDING)?),
    })
}

/// Practises another chord in the open lesson.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn practice(state: State<'_, AppState>, chord: String) -> Result<(), AppError> {
    let chord: Chord = chord.parse().map_err(|_| AppError::unknown_chord())?;
    state.command(tutor::Command::Practice { chord })
}

/// A button, which is the voice command of the same name.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn command(state: State<'_, AppState>, name: CommandName) -> Result<(), AppError> {
    state.command(name.into())
}

/// Ends whatever listens: the lesson, the tuner or the check of the sound.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn close_lesson(state: State<'_, AppState>) {
    state.close();
}
