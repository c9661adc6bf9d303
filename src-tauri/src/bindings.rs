//! The typed face of the commands: what the page may call and the types that cross.

use specta_typescript::Typescript;
use tauri_specta::{Builder, collect_commands};

use crate::commands::{course, drill, home, lesson, sources, tuning, why};

pub(crate) fn commands() -> Builder<tauri::Wry> {
    Builder::<tauri::Wry>::new().disable_serde_phases().commands(collect_commands![
        sources::chords,
        sources::input_devices,
        lesson::open_lesson,
        drill::open_drill,
        lesson::practice,
        lesson::command,
        lesson::close_lesson,
        why::evidence,
        why::play_strum,
        why::hush_strum,
        why::check_together,
        why::object,
        tuning::tunings,
        tuning::own_tuning,
        tuning::keep_tuning,
        tuning::open_tuner,
        tuning::aim_tuner,
        tuning::say_tuner,
        tuning::hush_tuner,
        tuning::open_check,
        home::home,
        home::admit,
        home::switch_student,
        home::choose,
        home::styles,
        home::export_progress,
        home::look_into_progress,
        home::import_progress,
        home::forget_student,
        home::forget_all,
        course::today,
        course::path,
        course::choose_order,
        course::move_on,
        course::songs,
        course::song,
        course::import_song,
        course::forget_song,
        course::progress,
    ])
}

/// Writes the page's bindings to `path`.
///
/// # Errors
/// A type that has no TypeScript form, or a file that cannot be written.
pub fn typescript(path: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let header = "// Generated from src-tauri; do not edit. UPDATE_BINDINGS=1 rewrites it.\n";
    commands().export(Typescript::default().header(header), path)?;
    Ok(())
}
