use std::path::PathBuf;

use engines::witness::BasicPitch;
use models::{BASIC_PITCH, ModelError, ModelHome, ONNX_RUNTIME};
use pipeline::ports::{PitchWitness, PortError};

/// The two files of the pitch witness, checked against the catalogue before anyone parses them:
/// the ONNX Runtime library and the net.
///
/// # Errors
/// [`PortError::Missing`] or [`PortError::Damaged`] with the file's name.
pub fn witness_files(home: &ModelHome) -> Result<(PathBuf, PathBuf), PortError> {
    let path = |id| home.verified_path(id).map_err(port_error);
    Ok((path(ONNX_RUNTIME)?, path(BASIC_PITCH)?))
}

/// The pitch witness of this machine.
///
/// # Errors
/// As [`witness_files`], or what the runtime refuses.
pub fn pitch_witness(home: &ModelHome) -> Result<Box<dyn PitchWitness>, PortError> {
    let runtime = home.verified_path(ONNX_RUNTIME).map_err(port_error)?;
    let net = home.verified_bytes(BASIC_PITCH).map_err(port_error)?;
    Ok(Box::new(BasicPitch::load(&runtime, &net)?))
}

fn port_error(error: ModelError) -> PortError {
    match error {
        ModelError::Missing { file, .. } => PortError::Missing { what: file },
        ModelError::Damaged { path, expected, found } => PortError::Damaged {
            what: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            why: format!("sha256 is {found}, not {expected}"),
        },
        other => PortError::Missing { what: other.to_string() },
    }
}
