//! Looks at a model file before an engine parses it.
//!
//! The native loaders accept most damaged files silently, so the checksum is the only guard. What
//! the right checksum is, is the catalogue's business.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::{Load, Refusal, RefusalCode};

/// Checks that the file of a [`Load`] is there and has the checksum it should have.
///
/// # Errors
/// [`RefusalCode::Missing`] and [`RefusalCode::Damaged`].
pub fn verified(load: &Load) -> Result<PathBuf, Refusal> {
    let path = PathBuf::from(&load.path);
    let file = open(&path)?;
    if let Some(expected) = &load.sha256 {
        let found = sha256(file).map_err(|error| missing(&path, &error))?;
        if !found.eq_ignore_ascii_case(expected) {
            let why = format!("{}: sha256 is {found}, not {expected}", path.display());
            return Err(Refusal::new(RefusalCode::Damaged, why));
        }
    }
    Ok(path)
}

fn open(path: &Path) -> Result<File, Refusal> {
    let file = File::open(path).map_err(|error| missing(path, &error))?;
    let is_file = file.metadata().map_err(|error| missing(path, &error))?.is_file();
    if is_file { Ok(file) } else { Err(missing(path, &ErrorKind::IsADirectory.into())) }
}

fn missing(path: &Path, error: &std::io::Error) -> Refusal {
    Refusal::new(RefusalCode::Missing, format!("{}: {error}", path.display()))
}

fn sha256(mut file: File) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut block = vec![0; 1 << 20];
    loop {
        match file.read(&mut block) {
            Ok(0) => break,
            Ok(read) => hash.update(&block[..read]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
