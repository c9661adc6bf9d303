//! The catalogue itself: what is pinned, for which machine, from where. Data, no files.

use serde::{Deserialize, Serialize};

use crate::ModelError;

const EMBEDDED: &str = include_str!("../catalog.json");

/// Where a file is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Registry {
    /// The Python package index; the package is a wheel (a zip archive).
    Pypi,
}

/// What a machine must be to run it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Every machine; fetched at the first start and bundled into the installer.
    Base,
}

/// A pinned registry package and the file in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Which registry.
    pub registry: Registry,
    /// Package name there.
    pub package: String,
    /// Exact version.
    pub version: String,
    /// Python version the wheel is built for (`3.11`); none when it does not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub python: Option<String>,
    /// Wheel platform tag; none when it does not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// Path of the file inside the package.
    pub member: String,
}

/// One pinned file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Stable id; the same for every build of the same thing.
    pub id: String,
    /// One English line for lists.
    pub title: String,
    /// `os-arch` as Rust names them (`linux-x86_64`); none fits every machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// File name on this machine.
    pub file: String,
    /// Exact length in bytes.
    pub bytes: u64,
    /// 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// SPDX expression.
    pub licence: String,
    /// What a machine must be.
    pub tier: Tier,
    /// Where it comes from.
    pub source: Source,
    /// Licence texts from the same package that must travel with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
}

/// A text nobody parses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Path inside the package.
    pub member: String,
    /// File name beside the model.
    pub file: String,
}

/// All pinned files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    v: u32,
    entries: Vec<Entry>,
}

impl Catalog {
    /// The catalogue compiled into this program.
    ///
    /// # Errors
    /// [`ModelError::Catalog`] when it does not parse, which a test rules out.
    pub fn embedded() -> Result<Self, ModelError> {
        Ok(serde_json::from_str(EMBEDDED)?)
    }

    /// Every entry, for all machines.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry `id` for this machine.
    ///
    /// # Errors
    /// [`ModelError::Unknown`] when there is none.
    pub fn entry(&self, id: &str) -> Result<&Entry, ModelError> {
        self.entry_for(id, &this_target())
    }

    /// The entry `id` for the machine `target` (`linux-aarch64`).
    ///
    /// # Errors
    /// [`ModelError::Unknown`] when there is none.
    pub fn entry_for(&self, id: &str, target: &str) -> Result<&Entry, ModelError> {
        self.entries
            .iter()
            .find(|entry| entry.id == id && entry.fits(target))
            .ok_or_else(|| ModelError::Unknown { id: id.into(), target: target.into() })
    }
}

impl Entry {
    fn fits(&self, target: &str) -> bool {
        self.target.as_deref().is_none_or(|own| own == target)
    }
}

fn this_target() -> String {
    format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::{BASIC_PITCH, ONNX_RUNTIME};

    fn catalog() -> Catalog {
        Catalog::embedded().unwrap()
    }

    #[test]
    fn the_embedded_catalogue_is_well_formed() {
        let catalog = catalog();
        assert_eq!(catalog.v, 1);
        let mut seen = HashSet::new();
        for entry in catalog.entries() {
            assert!(seen.insert((&entry.id, &entry.target)), "{} twice", entry.id);
            assert_eq!(entry.sha256.len(), 64, "{}", entry.id);
            assert!(entry.sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)));
            assert!(entry.bytes > 0);
            assert!(!entry.file.contains(['/', '\\']), "{} would leave its folder", entry.file);
            assert!(!entry.licence.is_empty());
            let pinned = entry.source.version.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            assert!(pinned, "{} is not pinned to one version", entry.id);
        }
    }

    #[test]
    fn desktops_have_a_runtime_of_their_own_and_share_the_net() {
        let catalog = catalog();
        let desktops =
            ["linux-x86_64", "linux-aarch64", "macos-aarch64", "windows-x86_64", "windows-aarch64"];
        let hashes: HashSet<_> = desktops
            .iter()
            .map(|target| catalog.entry_for(ONNX_RUNTIME, target).unwrap().sha256.as_str())
            .collect();
        assert_eq!(hashes.len(), desktops.len());
        let net = catalog.entry_for(BASIC_PITCH, "linux-x86_64").unwrap();
        assert_eq!(net, catalog.entry_for(BASIC_PITCH, "android-aarch64").unwrap());
    }

    #[test]
    fn what_is_not_there_is_said() {
        let catalog = catalog();
        for (id, target) in [("no-such", "linux-x86_64"), (ONNX_RUNTIME, "haiku-x86_64")] {
            let error = catalog.entry_for(id, target).unwrap_err();
            assert!(matches!(error, ModelError::Unknown { .. }), "{error}");
        }
    }

    #[test]
    fn an_unknown_key_is_a_mistake_not_a_surprise() {
        let text = EMBEDDED.replacen("\"licence\"", "\"license\"", 1);
        assert!(serde_json::from_str::<Catalog>(&text).is_err());
    }
}
