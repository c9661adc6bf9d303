//! Embeds the page, the capabilities and the icons.
fn main() {
    tauri_build::build();
}
