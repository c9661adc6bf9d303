//! A phone: every question goes to the Kotlin or Swift part.

use serde::Serialize;
use tauri::plugin::{PluginApi, PluginHandle};
use tauri::{AppHandle, Runtime};

use crate::{AudioSession, MobileError, PermissionRequest, Permissions};

#[cfg(target_os = "android")]
const PLUGIN_IDENTIFIER: &str = "app.prita.mobile";

#[cfg(target_os = "ios")]
tauri::ios_plugin_binding!(init_plugin_prita_mobile);

/// The device this app runs on.
pub struct Device<R: Runtime>(PluginHandle<R>);

pub(crate) fn open<R: Runtime>(
    _app: &AppHandle<R>,
    api: &PluginApi<R, ()>,
) -> Result<Device<R>, MobileError> {
    #[cfg(target_os = "android")]
    let handle = api.register_android_plugin(PLUGIN_IDENTIFIER, "PritaMobilePlugin")?;
    #[cfg(target_os = "ios")]
    let handle = api.register_ios_plugin(init_plugin_prita_mobile)?;
    Ok(Device(handle))
}

/// What Tauri's own permission commands take: the aliases to ask for.
#[derive(Serialize)]
struct Aliases {
    permissions: Vec<&'static str>,
}

impl<R: Runtime> Device<R> {
    /// The state of the permissions, without asking.
    ///
    /// # Errors
    /// [`MobileError::Phone`] when the native part does not answer.
    pub async fn permissions(&self) -> Result<Permissions, MobileError> {
        Ok(self.0.run_mobile_plugin_async("checkPermissions", ()).await?)
    }

    /// Has the system ask the student; the answer comes when they have chosen.
    ///
    /// # Errors
    /// [`MobileError::Phone`] when the native part does not answer.
    pub async fn request_permissions(
        &self,
        request: PermissionRequest,
    ) -> Result<Permissions, MobileError> {
        let wanted = [("microphone", request.microphone), ("camera", request.camera)];
        let permissions: Vec<_> =
            wanted.into_iter().filter_map(|(alias, ask)| ask.then_some(alias)).collect();
        // Tauri refuses an empty list.
        if permissions.is_empty() {
            return self.permissions().await;
        }
        Ok(self.0.run_mobile_plugin_async("requestPermissions", Aliases { permissions }).await?)
    }

    /// Opens the microphone for music: no speech filters, the hardware's own rate.
    ///
    /// # Errors
    /// [`MobileError::Phone`] when the system refuses, for instance without permission.
    pub async fn open_audio_session(&self) -> Result<AudioSession, MobileError> {
        Ok(self.0.run_mobile_plugin_async("openAudioSession", ()).await?)
    }

    /// Opens the system's page of this app, where a refused permission is taken back.
    ///
    /// # Errors
    /// [`MobileError::Phone`] when the native part does not answer.
    pub async fn open_settings(&self) -> Result<(), MobileError> {
        Ok(self.0.run_mobile_plugin_async("openSettings", ()).await?)
    }
}
