//! Why a phone did not answer.

use serde::{Serialize, Serializer};
use thiserror::Error;

/// A question the phone did not answer.
#[derive(Debug, Error)]
pub enum MobileError {
    /// The Kotlin or Swift part refused or could not be reached; its words.
    #[cfg(mobile)]
    #[error("the phone did not answer: {0}")]
    Phone(#[from] tauri::plugin::mobile::PluginInvokeError),
    /// A desktop always answers: this cannot be made.
    #[cfg(desktop)]
    #[error("a desktop always answers")]
    Never(std::convert::Infallible),
}

impl Serialize for MobileError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
