//! Writes the permissions of the commands and hands the Kotlin and Swift parts to the app's build.

const COMMANDS: &[&str] =
    &["permissions", "request_permissions", "open_audio_session", "open_settings"];

fn main() {
    tauri_plugin::Builder::new(COMMANDS).android_path("android").ios_path("ios").build();
}
