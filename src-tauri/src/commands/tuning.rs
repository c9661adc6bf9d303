use tauri::State;
use tauri::ipc::Channel;
use theory::{StringNumber, Tuning};

use crate::error::AppError;
use crate::state::AppState;
use crate::view::{CheckUpdate, TunerUpdate, TuningCard};

/// The tunings that have a name, the usual one first.
#[tauri::command]
#[specta::specta]
pub(crate) fn tunings() -> Vec<TuningCard> {
    Tuning::named().map(|(id, tuning)| TuningCard::new(id, &tuning)).collect()
}

/// Begins to tune; updates arrive on the channel. `a4` in Hz, kept within 430–446. Whatever else
/// listens is closed first.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_tuner(
    state: State<'_, AppState>,
    tuning: String,
    a4: f32,
    device: Option<String>,
    updates: Channel<TunerUpdate>,
) -> Result<(), AppError> {
    let tuning = tuning.parse().map_err(|_| AppError::unexpected())?;
    state.tune(audio::TunerConfig { tuning, a4: a4.clamp(430.0, 446.0) }, device, updates)
}

/// Holds the tuner to one string, or lets it find the string by itself.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn aim_tuner(state: State<'_, AppState>, string: Option<u8>) -> Result<(), AppError> {
    let string = string.map(StringNumber::new).transpose().map_err(|_| AppError::unexpected())?;
    state.with_tuner(|tuner| tuner.aim(string))
}

/// Says aloud what stands on the tuner's screen.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn say_tuner(state: State<'_, AppState>) -> Result<(), AppError> {
    state.with_tuner(pipeline::Tuning::say)
}

/// The tuner stops speaking.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn hush_tuner(state: State<'_, AppState>) -> Result<(), AppError> {
    state.with_tuner(pipeline::Tuning::hush)
}

/// Begins the check of the sound; updates arrive on the channel. Whatever else listens is closed
/// first.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_check(
    state: State<'_, AppState>,
    device: Option<String>,
    updates: Channel<CheckUpdate>,
) -> Result<(), AppError> {
    state.check(device, updates)
}
