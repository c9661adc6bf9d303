//! The check of a file against its catalogue entry, before anyone parses it.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::{Entry, ModelError};

/// Read in pieces of this many bytes, so that a file of gigabytes needs no memory.
const PIECE: usize = 1 << 20;

/// Checks the file at `path` against `entry` by its sha256.
///
/// # Errors
/// [`ModelError::Missing`], [`ModelError::Damaged`] or [`ModelError::Unreadable`].
pub fn verify(path: &Path, entry: &Entry) -> Result<(), ModelError> {
    let found = File::open(path).and_then(|mut file| sha256_of(&mut file));
    let found = found.map_err(|why| open_error(path, entry, why))?;
    accept(path, entry, found)
}

/// Reads the file at `path` and hands over its bytes if they are what `entry` pins. What is
/// returned was checked; the file may change afterwards without harm.
///
/// # Errors
/// As [`verify`].
pub fn verify_bytes(path: &Path, entry: &Entry) -> Result<Vec<u8>, ModelError> {
    let bytes = std::fs::read(path).map_err(|why| open_error(path, entry, why))?;
    let found = hex(&Sha256::digest(&bytes));
    accept(path, entry, found).map(|()| bytes)
}

fn accept(path: &Path, entry: &Entry, found: String) -> Result<(), ModelError> {
    if found == entry.sha256 {
        return Ok(());
    }
    Err(ModelError::Damaged { path: path.into(), expected: entry.sha256.clone(), found })
}

fn open_error(path: &Path, entry: &Entry, why: io::Error) -> ModelError {
    if why.kind() == io::ErrorKind::NotFound {
        let searched = path.parent().map(Path::to_path_buf).into_iter().collect();
        return ModelError::Missing { file: entry.file.clone(), searched };
    }
    ModelError::Unreadable { path: path.into(), why }
}

fn sha256_of(file: &mut File) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(hex(&hasher.finalize())),
            Ok(length) => hasher.update(&piece[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
