use tauri::State;

use crate::state::AppState;
use crate::view::{ChordCard, InputDevice};

/// The chords a beginner can choose.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn chords(state: State<'_, AppState>) -> Vec<ChordCard> {
    let names = state.settings().notes;
    theory::BEGINNER_SHAPES.iter().map(|shape| ChordCard::of(shape, names)).collect()
}

/// The microphones of this device.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn input_devices() -> Vec<InputDevice> {
    host::input_devices().into_iter().map(InputDevice::from).collect()
}
