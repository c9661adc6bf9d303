//! The pinned, hashed model catalogue, where the files lie on this machine, and their check.
//!
//! Nothing is parsed before its sha256 is what the catalogue says: the native loaders do not
//! notice a damaged file. There is no network here: the small files are brought by
//! `scripts/fetch-models` and lie in the installer; what a model *means* is known only to the
//! engine that runs it.

mod catalog;
mod error;
mod home;
mod verify;

pub use catalog::{Catalog, Entry, Notice, Registry, Source, Tier};
pub use error::ModelError;
pub use home::{MODELS_VARIABLE, ModelHome, user_data};
pub use verify::{verify, verify_bytes};

/// Id of the ONNX Runtime shared library (differs per machine).
pub const ONNX_RUNTIME: &str = "onnxruntime";
/// Id of the pitch net `nmp.onnx`.
pub const BASIC_PITCH: &str = "basic-pitch";
