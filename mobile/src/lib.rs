//! What a phone needs beside the page: permissions and the audio session.
//!
//! On Android and iOS the work is done by the Kotlin and Swift parts beside this crate; on a
//! desktop nobody grants an app its microphone, and the answers say so. No sound and no picture
//! passes through here.

mod answers;
mod commands;
mod error;
#[cfg(mobile)]
mod phone;
#[cfg(mobile)]
use phone as device;
#[cfg(desktop)]
mod desk;
#[cfg(desktop)]
use desk as device;

pub use answers::{AudioSession, Permission, PermissionRequest, Permissions};
pub use device::Device;
pub use error::MobileError;

use tauri::plugin::{Builder, TauriPlugin};
use tauri::{Manager, Runtime};

/// Reaches the device from the app, a window or a handle.
pub trait DeviceExt<R: Runtime> {
    /// The device this app runs on.
    fn device(&self) -> &Device<R>;
}

impl<R: Runtime, T: Manager<R>> DeviceExt<R> for T {
    fn device(&self) -> &Device<R> {
        self.state::<Device<R>>().inner()
    }
}

/// The plugin; its commands are named in `permissions/default.toml`.
#[must_use]
pub fn init<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("prita-mobile")
        .invoke_handler(tauri::generate_handler![
            commands::permissions,
            commands::request_permissions,
            commands::open_audio_session,
            commands::open_settings
        ])
        .setup(|app, api| {
            app.manage(device::open(app, &api)?);
            Ok(())
        })
        .build()
}
