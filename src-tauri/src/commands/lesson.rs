use std::path::PathBuf;

use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use theory::Chord;

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
    let source = match source {
        Source::Microphone { device } => host::Source::Microphone(device),
        Source::Demo => {
            host::Source::Recording(host::demo_recording().ok_or_else(AppError::no_demo)?)
        }
        Source::Recording => host::Source::Recording(pick_recording(&app)?),
    };
    state.practise(chord, source, updates)
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

/// The path stays on this side: the page never learns where a file lies.
#[cfg(desktop)]
fn pick_recording(app: &AppHandle) -> Result<PathBuf, AppError> {
    use tauri_plugin_dialog::DialogExt;

    app.dialog()
        .file()
        .add_filter("הקלטות", &["wav", "flac", "ogg", "mp3"])
        .blocking_pick_file()
        .and_then(|file| file.into_path().ok())
        .ok_or_else(AppError::nothing_chosen)
}

#[cfg(mobile)]
fn pick_recording(_app: &AppHandle) -> Result<PathBuf, AppError> {
    Err(AppError::not_on_phones())
}
