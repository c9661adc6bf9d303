//! A desktop: nothing to ask for. Linux has no microphone permission for a native program, and
//! macOS and Windows ask by themselves when the sound driver opens the device.

use std::marker::PhantomData;

use tauri::plugin::PluginApi;
use tauri::{AppHandle, Runtime};

use crate::{AudioSession, MobileError, Permission, PermissionRequest, Permissions};

/// The device this app runs on.
pub struct Device<R: Runtime>(PhantomData<fn() -> R>);

#[expect(clippy::unnecessary_wraps, reason = "a phone's part may fail to load")]
pub(crate) fn open<R: Runtime>(
    _app: &AppHandle<R>,
    _api: &PluginApi<R, ()>,
) -> Result<Device<R>, MobileError> {
    Ok(Device(PhantomData))
}

impl<R: Runtime> Device<R> {
    /// The state of the permissions: a desktop has none.
    ///
    /// # Errors
    /// Never on a desktop.
    pub async fn permissions(&self) -> Result<Permissions, MobileError> {
        Ok(NOTHING_TO_ASK)
    }

    /// Asks for nothing and says so.
    ///
    /// # Errors
    /// Never on a desktop.
    pub async fn request_permissions(
        &self,
        _request: PermissionRequest,
    ) -> Result<Permissions, MobileError> {
        Ok(NOTHING_TO_ASK)
    }

    /// A desktop has nothing to allow, so there is no page to open.
    ///
    /// # Errors
    /// Never on a desktop.
    pub async fn open_settings(&self) -> Result<(), MobileError> {
        Ok(())
    }

    /// A desktop has no session to open; the sound driver knows the rate.
    ///
    /// # Errors
    /// Never on a desktop.
    pub async fn open_audio_session(&self) -> Result<AudioSession, MobileError> {
        Ok(NO_SESSION)
    }
}

const NOTHING_TO_ASK: Permissions =
    Permissions { microphone: Permission::NotNeeded, camera: Permission::NotNeeded };
const NO_SESSION: AudioSession =
    AudioSession { sample_rate: None, unprocessed: None, voice_headset: false };
