//! The plugin's commands: one line each.

use tauri::{AppHandle, Runtime, command};

use crate::{AudioSession, DeviceExt, MobileError, PermissionRequest, Permissions};

#[command]
pub(crate) async fn permissions<R: Runtime>(app: AppHandle<R>) -> Result<Permissions, MobileError> {
    app.device().permissions().await
}

#[command]
pub(crate) async fn request_permissions<R: Runtime>(
    app: AppHandle<R>,
    request: PermissionRequest,
) -> Result<Permissions, MobileError> {
    app.device().request_permissions(request).await
}

#[command]
pub(crate) async fn open_settings<R: Runtime>(app: AppHandle<R>) -> Result<(), MobileError> {
    app.device().open_settings().await
}

#[command]
pub(crate) async fn open_audio_session<R: Runtime>(
    app: AppHandle<R>,
) -> Result<AudioSession, MobileError> {
    app.device().open_audio_session().await
}
