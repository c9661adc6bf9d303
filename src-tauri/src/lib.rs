//! The window: state, commands, and the stream of updates to the page.
//!
//! Thin on purpose: a lesson is put together in `host`, decided in `tutor`, carried by `pipeline`;
//! here their updates become views for the page, and the page's buttons become commands.

mod bindings;
mod commands;
mod error;
mod screen;
mod state;
mod tuning_screen;
mod view;

use std::process::ExitCode;

use tauri::Manager;
use tracing_subscriber::EnvFilter;

pub use bindings::typescript;

use crate::state::AppState;

/// Opens the window and returns when it is closed.
#[cfg_attr(mobile, tauri::mobile_entry_point(run_on_phone))]
#[must_use]
#[allow(clippy::exit, reason = "Tauri's generated context ends a broken build so")]
pub fn run() -> ExitCode {
    host::forbid_telemetry();
    let filter = EnvFilter::try_from_env("PRITA_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    // A second initialisation (a phone resumes the process) keeps the first.
    let _ =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    match app().run(tauri::generate_context!()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window cannot be opened");
            ExitCode::from(4)
        }
    }
}

fn app() -> tauri::Builder<tauri::Wry> {
    let commands = bindings::commands();
    let builder = tauri::Builder::default()
        .plugin(prita_mobile::init())
        .invoke_handler(commands.invoke_handler())
        .setup(move |app| {
            commands.mount_events(app);
            app.manage(AppState::default());
            Ok(())
        });
    with_platform(builder)
}

#[cfg(desktop)]
fn with_platform(builder: tauri::Builder<tauri::Wry>) -> tauri::Builder<tauri::Wry> {
    builder.plugin(tauri_plugin_dialog::init())
}

#[cfg(mobile)]
fn with_platform(builder: tauri::Builder<tauri::Wry>) -> tauri::Builder<tauri::Wry> {
    builder.plugin(tauri_plugin_barcode_scanner::init())
}
