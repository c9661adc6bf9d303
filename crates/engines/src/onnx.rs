//! The ONNX Runtime: loaded once per process from a library file, one thread, no telemetry.
//!
//! The runtime's own builds queue events for their maker as soon as they are loaded, whatever
//! the session asks for; only an environment variable stops them. No library is loaded without it.
//!
//! It does not fetch or verify files; `models` does, before anything gets here. A net comes as its
//! checked bytes, so that nothing can change between the check and the parser; a library can only
//! be loaded by its path.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use ort::environment::Environment;
use ort::session::Session;
use pipeline::ports::PortError;

/// The library that was loaded first; another one cannot be loaded into the same process.
static LOADED: Mutex<Option<(PathBuf, Environment)>> = Mutex::new(None);

/// The runtime reads it while it is loaded.
const QUIET: &str = "ORT_DISABLE_TELEMETRY";

/// Forbids the runtime to report to its maker. To be called first in `main`, before any thread runs;
/// without it [`session`] refuses to load the runtime.
#[allow(unsafe_code, reason = "the only way to set a variable of one's own environment")]
pub fn forbid_telemetry() {
    // SAFETY: no other thread of this process runs yet, so none can read the environment meanwhile.
    unsafe { std::env::set_var(QUIET, "1") };
}

/// Opens the net `what`, whose file holds `net`, with the runtime at `runtime`.
///
/// # Errors
/// [`PortError::Missing`] when the runtime is not there, [`PortError::Damaged`] when it cannot be
/// loaded or refuses the net, [`PortError::Refused`] when another runtime is loaded or telemetry was
/// not forbidden.
pub fn session(runtime: &Path, what: &str, net: &[u8]) -> Result<Session, PortError> {
    if !runtime.is_file() {
        return Err(PortError::Missing { what: name(runtime) });
    }
    let environment = environment(runtime)?;
    let refuse = |error: String| PortError::Damaged { what: what.to_owned(), why: error };
    let mut builder = Session::builder(&environment)
        .map_err(|error| refuse(error.to_string()))?
        .with_intra_threads(1)
        .map_err(|error| refuse(error.to_string()))?
        .with_intra_op_spinning(false)
        .map_err(|error| refuse(error.to_string()))?;
    builder.commit_from_memory(net).map_err(|error| refuse(error.to_string()))
}

fn environment(runtime: &Path) -> Result<Environment, PortError> {
    let mut loaded = LOADED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some((path, environment)) = loaded.as_ref() {
        if path != runtime {
            let why = format!("{} is loaded already", name(path));
            return Err(PortError::Refused { what: name(runtime), why });
        }
        return Ok(environment.clone());
    }
    if std::env::var_os(QUIET).is_none_or(|value| value != "1") {
        let why = "its telemetry is not forbidden".to_owned();
        return Err(PortError::Refused { what: name(runtime), why });
    }
    let damaged = |why: String| PortError::Damaged { what: name(runtime), why };
    let environment = ort::init_from(runtime)
        .map_err(|error| damaged(error.to_string()))?
        .with_name("prita")
        .with_telemetry(false)
        .build()
        .map_err(|error| damaged(error.to_string()))?;
    *loaded = Some((runtime.to_owned(), environment.clone()));
    Ok(environment)
}

/// The file's name for messages.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
