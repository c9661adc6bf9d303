//! Files the student picks. The path stays on this side: the page never learns where one lies.

use std::path::PathBuf;

use tauri::AppHandle;

use crate::error::AppError;

/// What is picked, and its endings.
pub(crate) struct Kind {
    name: &'static str,
    endings: &'static [&'static str],
}

pub(crate) const RECORDING: Kind =
    Kind { name: "הקלטות", endings: &["wav", "flac", "ogg", "mp3"] };
pub(crate) const SONG: Kind = Kind {
    name: "שירים",
    endings: &["cho", "chopro", "chordpro", "crd", "pro", "txt", "musicxml", "xml"],
};
pub(crate) const PROGRESS: Kind = Kind { name: "התקדמות", endings: &["json"] };

/// A file to read.
#[cfg(desktop)]
pub(crate) fn pick(app: &AppHandle, kind: &Kind) -> Result<PathBuf, AppError> {
    use tauri_plugin_dialog::DialogExt;

    app.dialog()
        .file()
        .add_filter(kind.name, kind.endings)
        .blocking_pick_file()
        .and_then(|file| file.into_path().ok())
        .ok_or_else(AppError::nothing_chosen)
}

/// A file to write; `name` is what it is called if the student has no other wish.
#[cfg(desktop)]
pub(crate) fn place(app: &AppHandle, kind: &Kind, name: &str) -> Result<PathBuf, AppError> {
    use tauri_plugin_dialog::DialogExt;

    app.dialog()
        .file()
        .add_filter(kind.name, kind.endings)
        .set_file_name(name)
        .blocking_save_file()
        .and_then(|file| file.into_path().ok())
        .ok_or_else(AppError::nothing_chosen)
}

#[cfg(mobile)]
pub(crate) fn pick(_app: &AppHandle, kind: &Kind) -> Result<PathBuf, AppError> {
    tracing::info!(kind = kind.name, endings = kind.endings.len(), "no file dialog here");
    Err(AppError::not_on_phones())
}

#[cfg(mobile)]
pub(crate) fn place(app: &AppHandle, kind: &Kind, _name: &str) -> Result<PathBuf, AppError> {
    pick(app, kind)
}
