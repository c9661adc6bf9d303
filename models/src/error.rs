//! What can be wrong with a model, each with its own way out.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// A model that cannot be used.
#[derive(Debug, Error)]
pub enum ModelError {
    /// The file lies in none of the places that were searched.
    #[error("{file} is missing")]
    Missing {
        /// File name, as the catalogue gives it.
        file: String,
        /// Where it was looked for, in this order.
        searched: Vec<PathBuf>,
    },
    /// The file is not the one the catalogue pins; it was not parsed.
    #[error("{} is damaged: its sha256 is {found}, not {expected}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// 64 hexadecimal digits from the catalogue.
        expected: String,
        /// 64 hexadecimal digits of what lies there.
        found: String,
    },
    /// The system refuses to read it.
    #[error("{} cannot be read: {why}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        why: io::Error,
    },
    /// The catalogue has no such id for this kind of machine.
    #[error("the catalogue has no {id} for {target}")]
    Unknown {
        /// The id asked for.
        id: String,
        /// The machine, as `linux-x86_64`.
        target: String,
    },
    /// The compiled-in catalogue does not parse; a test keeps this from shipping.
    #[error("the model catalogue cannot be read: {0}")]
    Catalog(#[from] serde_json::Error),
}
