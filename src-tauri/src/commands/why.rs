use tauri::State;
use theory::StringNumber;

use crate::error::AppError;
use crate::state::AppState;
use crate::view::EvidenceView;

/// What the last verdict rests on; null before the first strum.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn evidence(state: State<'_, AppState>) -> Result<Option<EvidenceView>, AppError> {
    state.with_lesson(|lesson| lesson.evidence().map(EvidenceView::from))
}

/// Plays the last strum again, or the same with string `mended` ringing as it should. False where
/// its sound is forgotten or there is no loudspeaker.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn play_strum(state: State<'_, AppState>, mended: Option<u8>) -> Result<bool, AppError> {
    let mended = mended.map(StringNumber::new).transpose().map_err(|_| AppError::unexpected())?;
    state.with_lesson(|lesson| lesson.play_strum(mended))
}

/// What is played falls silent.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn hush_strum(state: State<'_, AppState>) -> Result<(), AppError> {
    state.with_lesson(host::Live::hush)
}

/// «בודקים יחד»: the string that the last verdict is about is asked for alone.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check_together(state: State<'_, AppState>) -> Result<(), AppError> {
    state.command(tutor::Command::Check)
}

/// «זה לא נכון»: the last verdict is withdrawn and checked.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn object(state: State<'_, AppState>) -> Result<(), AppError> {
    state.command(tutor::Command::NotThat)
}
