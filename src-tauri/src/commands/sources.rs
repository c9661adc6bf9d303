use crate::view::{ChordCard, InputDevice};

/// The chords a beginner can choose.
#[tauri::command]
#[specta::specta]
pub(crate) fn chords() -> Vec<ChordCard> {
    theory::BEGINNER_SHAPES.iter().map(ChordCard::from).collect()
}

/// The microphones of this device.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn input_devices() -> Vec<InputDevice> {
    host::input_devices().into_iter().map(InputDevice::from).collect()
}
