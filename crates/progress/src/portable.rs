//! The file in which progress travels: one JSON object with a version and a checksum over its body,
//! byte for byte.
//!
//! `{"v":1,"type":"prita-progress","sha256":"…","body":{"students":[{name, since, settings,
//! practised: […]}]}}`. Where items stand is not in it: that is counted anew.

use std::collections::HashSet;

use pipeline::journal::{JournalError, Practised, Settings};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use thiserror::Error;
use tutor::review::Day;

use crate::students;

const VERSION: u64 = 1;
const KIND: &str = "prita-progress";

/// Why a file of progress is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PortableError {
    /// It is empty.
    #[error("the file is empty")]
    Empty,
    /// It is something else.
    #[error("this is no file of progress: {0}")]
    Foreign(String),
    /// It is ours, but not as it was written: cut short, or changed.
    #[error("the file is not as it was written: {0}")]
    Changed(String),
    /// A newer Prita wrote it.
    #[error("the file has version {found}; this program knows {VERSION}")]
    Newer {
        /// Its version.
        found: u64,
    },
    /// Its checksum holds, and it still says what cannot be.
    #[error("the file holds what cannot be: {0}")]
    Nonsense(String),
    /// It cannot be read or written.
    #[error("{path}: {why}")]
    File {
        /// Which file.
        path: String,
        /// The system's reason.
        why: String,
        /// Its kind.
        reason: std::io::ErrorKind,
    },
    /// What is kept here cannot be read or written.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// A student as they travel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Traveller {
    pub(crate) name: String,
    pub(crate) since: Day,
    pub(crate) settings: Settings,
    pub(crate) practised: Vec<Practised>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Body {
    pub(crate) students: Vec<Traveller>,
}

/// What tells the kind and version of a file, whatever else a version has.
#[derive(Deserialize)]
struct Head {
    v: Option<u64>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Envelope<'a> {
    v: u64,
    #[serde(rename = "type")]
    kind: String,
    sha256: String,
    #[serde(borrow)]
    body: &'a RawValue,
}

/// The text of a file.
///
/// # Errors
/// [`PortableError::Nonsense`], if it cannot be put into JSON.
pub(crate) fn write(body: &Body) -> Result<String, PortableError> {
    let failed = |error: serde_json::Error| PortableError::Nonsense(error.to_string());
    let body = serde_json::value::to_raw_value(body).map_err(failed)?;
    let sha256 = checksum(body.get());
    let envelope = Envelope { v: VERSION, kind: KIND.to_owned(), sha256, body: &body };
    let mut text = serde_json::to_string(&envelope).map_err(failed)?;
    text.push('\n');
    Ok(text)
}

fn checksum(body: &str) -> String {
    Sha256::digest(body.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a file and checks all of it.
///
/// # Errors
/// All but [`PortableError::File`] and [`PortableError::Journal`].
pub(crate) fn read(bytes: &[u8]) -> Result<Body, PortableError> {
    if bytes.is_empty() {
        return Err(PortableError::Empty);
    }
    let changed = |error: serde_json::Error| PortableError::Changed(error.to_string());
    let text = std::str::from_utf8(bytes)
        .map_err(|error| unlike(bytes, error.to_string()))?
        .trim_start_matches('\u{feff}');
    let head: Head =
        serde_json::from_str(text).map_err(|error| unlike(bytes, error.to_string()))?;
    match (head.kind.as_deref(), head.v) {
        (Some(KIND), Some(VERSION)) => {}
        (Some(KIND), Some(found)) if found > VERSION => return Err(PortableError::Newer { found }),
        (Some(KIND), _) => return Err(PortableError::Changed("it has no version".to_owned())),
        _ => return Err(PortableError::Foreign("it says nothing of progress".to_owned())),
    }
    let envelope: Envelope<'_> = serde_json::from_str(text).map_err(changed)?;
    if checksum(envelope.body.get()) != envelope.sha256.to_ascii_lowercase() {
        return Err(PortableError::Changed("its checksum is another".to_owned()));
    }
    let body: Body = serde_json::from_str(envelope.body.get())
        .map_err(|error| PortableError::Nonsense(error.to_string()))?;
    check(&body)?;
    Ok(body)
}

/// What cannot be parsed may still begin as ours do.
fn unlike(bytes: &[u8], why: String) -> PortableError {
    let start = &bytes[..bytes.len().min(64)];
    if start.windows(KIND.len()).any(|window| window == KIND.as_bytes()) {
        PortableError::Changed(why)
    } else {
        PortableError::Foreign(why)
    }
}

fn check(body: &Body) -> Result<(), PortableError> {
    let nonsense = |what: String| Err(PortableError::Nonsense(what));
    let mut names = HashSet::new();
    for student in &body.students {
        if students::name(&student.name) != Some(student.name.as_str()) {
            return nonsense("a name that is none".to_owned());
        }
        if !names.insert(&student.name) {
            return nonsense(format!("two students called {}", student.name));
        }
        if !students::are_possible(&student.settings) {
            return nonsense(format!("choices of {}", student.name));
        }
        let mut moments = HashSet::new();
        for practised in &student.practised {
            let twice = !moments.insert((&practised.item, practised.began.unix_ms));
            if twice || !practised.is_possible() {
                return nonsense(format!("{} on {}", practised.item, practised.began.day));
            }
        }
    }
    Ok(())
}
