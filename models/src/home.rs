//! Where model files lie on this machine: the search order, and finding a verified file.

use std::env;
use std::path::{Path, PathBuf};

use crate::{Catalog, Entry, ModelError, verify, verify_bytes};

/// Environment variable that names a folder searched before all others.
pub const MODELS_VARIABLE: &str = "PRITA_MODELS";

/// The folders where model files may lie, in the order they are searched.
///
/// The first folder that has the file decides: a damaged file is reported, never passed over in
/// silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelHome {
    places: Vec<PathBuf>,
}

impl ModelHome {
    /// The places of this program on this machine: `$PRITA_MODELS`; `models` beside the program;
    /// `../lib/prita/models` (installed package); `models/cache` of the checkout whose `target`
    /// folder holds the program; the user's data folder.
    #[must_use]
    pub fn discover() -> Self {
        let exe = env::current_exe().and_then(|exe| exe.canonicalize()).ok();
        let named = env::var_os(MODELS_VARIABLE).filter(|folder| !folder.is_empty());
        Self { places: places(named.map(PathBuf::from), exe.as_deref(), user_models()) }
    }

    /// Exactly these folders, in this order.
    #[must_use]
    pub fn of(places: Vec<PathBuf>) -> Self {
        Self { places }
    }

    /// The folders, in search order.
    #[must_use]
    pub fn places(&self) -> &[PathBuf] {
        &self.places
    }

    /// Where `entry` lies, unchecked.
    ///
    /// # Errors
    /// [`ModelError::Missing`] with the folders that were searched.
    pub fn locate(&self, entry: &Entry) -> Result<PathBuf, ModelError> {
        self.places
            .iter()
            .map(|place| place.join(&entry.file))
            .find(|path| path.exists())
            .ok_or_else(|| ModelError::Missing {
                file: entry.file.clone(),
                searched: self.places.clone(),
            })
    }

    /// The path of the file `id` after its check.
    ///
    /// # Errors
    /// Any [`ModelError`].
    pub fn verified_path(&self, id: &str) -> Result<PathBuf, ModelError> {
        let catalog = Catalog::embedded()?;
        let entry = catalog.entry(id)?;
        let path = self.locate(entry)?;
        verify(&path, entry).map(|()| path)
    }

    /// The checked bytes of the file `id`; for files that fit into memory.
    ///
    /// # Errors
    /// Any [`ModelError`].
    pub fn verified_bytes(&self, id: &str) -> Result<Vec<u8>, ModelError> {
        let catalog = Catalog::embedded()?;
        let entry = catalog.entry(id)?;
        verify_bytes(&self.locate(entry)?, entry)
    }
}

fn places(named: Option<PathBuf>, exe: Option<&Path>, user: Option<PathBuf>) -> Vec<PathBuf> {
    let folder = exe.and_then(Path::parent);
    let beside = folder.map(|folder| folder.join("models"));
    let installed =
        folder.and_then(Path::parent).map(|prefix| prefix.join("lib").join("prita").join("models"));
    let checkout = exe.and_then(checkout_cache);
    [named, beside, installed, checkout, user].into_iter().flatten().collect()
}

/// `models/cache` of the checkout in whose `target` folder `exe` lies.
fn checkout_cache(exe: &Path) -> Option<PathBuf> {
    exe.ancestors()
        .filter(|folder| folder.file_name().is_some_and(|name| name == "target"))
        .filter_map(Path::parent)
        .map(|root| root.join("models"))
        .find(|models| models.join("catalog.json").is_file())
        .map(|models| models.join("cache"))
}

fn user_models() -> Option<PathBuf> {
    user_data().map(|data| data.join("models"))
}

/// The folder for this user's own data; none where the system names none.
#[must_use]
pub fn user_data() -> Option<PathBuf> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let data = if cfg!(target_os = "windows") {
        absolute("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        absolute("HOME").map(|home| home.join("Library").join("Application Support"))
    } else {
        absolute("XDG_DATA_HOME")
            .or_else(|| absolute("HOME").map(|home| home.join(".local").join("share")))
    };
    data.map(|data| data.join("prita"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_named_beside_installed_checkout_user() {
        let root = tempfile::tempdir().unwrap();
        let models = root.path().join("models");
        std::fs::create_dir(&models).unwrap();
        std::fs::write(models.join("catalog.json"), "{}").unwrap();
        let release = root.path().join("target").join("release");

        let found = places(Some("/named".into()), Some(&release.join("prita")), Some("/u".into()));

        let installed = root.path().join("target").join("lib").join("prita").join("models");
        let expected = [
            PathBuf::from("/named"),
            release.join("models"),
            installed,
            models.join("cache"),
            PathBuf::from("/u"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn an_installed_program_finds_its_library_folder_and_no_checkout() {
        let found = places(None, Some(Path::new("/usr/bin/prita")), None);
        assert_eq!(found, [Path::new("/usr/bin/models"), Path::new("/usr/lib/prita/models")]);
    }

    #[test]
    fn a_test_program_deep_in_target_finds_the_checkout() {
        let root = tempfile::tempdir().unwrap();
        let models = root.path().join("models");
        std::fs::create_dir(&models).unwrap();
        std::fs::write(models.join("catalog.json"), "{}").unwrap();
        let exe = root.path().join("target").join("release").join("deps").join("t-1");
        assert_eq!(checkout_cache(&exe), Some(models.join("cache")));
        assert_eq!(checkout_cache(&root.path().join("elsewhere").join("t-1")), None);
    }
}
