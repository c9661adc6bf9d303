use std::time::Duration;

use tauri::State;
use tauri::ipc::Channel;
use theory::{StringNumber, Tuning};
use tutor::{Address, trouble_words};

use crate::error::AppError;
use crate::state::AppState;
use crate::view::{CheckUpdate, TroubleView, TunerUpdate, TuningCard, TuningView};

/// The tunings that have a name, the usual one first.
#[tauri::command]
#[specta::specta]
pub(crate) fn tunings() -> Vec<TuningCard> {
    Tuning::named().map(|(id, tuning)| TuningCard::new(id, &tuning)).collect()
}

/// How the student's own guitar is tuned, as it was chosen last.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn own_tuning() -> TuningView {
    let (guitar, trouble) = host::own_tuning();
    let lost = trouble.and_then(|trouble| {
        let words = trouble_words(&trouble, Address::Neutral, Duration::ZERO)?;
        TroubleView::of(&trouble, &words)
    });
    TuningView::of(&guitar, lost)
}

/// Keeps how the student's own guitar is tuned: the lessons judge by it. `a4` in Hz, kept within
/// 430–446.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn keep_tuning(tuning: String, a4: f32) -> Result<(), AppError> {
    let a4 = a4.clamp(*host::REFERENCES.start(), *host::REFERENCES.end());
    let guitar = host::GuitarTuning::of(&tuning, a4).map_err(|_| AppError::unexpected())?;
    host::keep_own_tuning(&guitar).map_err(|error| AppError::unkept(&error))
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
    let a4 = a4.clamp(*host::REFERENCES.start(), *host::REFERENCES.end());
    state.tune(audio::TunerConfig { tuning, a4 }, device, updates)
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
