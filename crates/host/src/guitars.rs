use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use audio::{GuitarPrint, Trust, Wear};
use pipeline::ports::PortError;
use pipeline::{Screen, Update};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::GuitarTuning;

/// The guitar of a student who has named none.
pub const MY_GUITAR: &str = "my-guitar";

const TUNING: &str = "tuning.json";

/// What was learnt of the student's guitars, a small file each in the user's data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuitarShelf {
    folder: PathBuf,
}

impl GuitarShelf {
    /// The shelf of this user; none where the system names no folder for data.
    #[must_use]
    pub fn discover() -> Option<Self> {
        models::user_data().map(|data| Self::of(data.join("guitars")))
    }

    /// Removes everything that was learnt of this user's guitars.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn clear(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// A shelf in a folder of the caller's choice; it need not exist yet.
    #[must_use]
    pub fn of(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// What is known of a guitar. Nothing, if it was never tuned here or if its file is damaged: a
    /// fingerprint is learnt anew within one tuning, so a damaged one is no reason to stop.
    #[must_use]
    pub fn print(&self, guitar: &str) -> GuitarPrint {
        read(&self.path(guitar, "json"))
    }

    /// How far verdicts on this guitar proved right; nothing yet, if its file is damaged.
    #[must_use]
    pub fn trust(&self, guitar: &str) -> Trust {
        read(&self.path(guitar, "trust.json"))
    }

    /// How its strings aged; nothing yet, if its file is damaged.
    #[must_use]
    pub fn wear(&self, guitar: &str) -> Wear {
        read(&self.path(guitar, "wear.json"))
    }

    /// Keeps how its strings aged.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep_wear(&self, guitar: &str, wear: &Wear) -> io::Result<()> {
        self.write(&self.path(guitar, "wear.json"), wear)
    }

    /// Keeps what is known of a guitar: the old file stays whole until the new one is.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep(&self, guitar: &str, print: &GuitarPrint) -> io::Result<()> {
        self.write(&self.path(guitar, "json"), print)
    }

    /// Keeps how far verdicts on this guitar proved right.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep_trust(&self, guitar: &str, trust: &Trust) -> io::Result<()> {
        self.write(&self.path(guitar, "trust.json"), trust)
    }

    /// How this guitar is tuned, as the tuner was last asked; as usual, if it never was.
    ///
    /// # Errors
    /// The file cannot be read or is damaged: the student's choice is not forgotten in silence.
    pub fn tuning(&self, guitar: &str) -> Result<GuitarTuning, PortError> {
        let path = self.path(guitar, TUNING);
        let what = || path.display().to_string();
        match fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text)
                .map_err(|error| PortError::Damaged { what: what(), why: error.to_string() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(GuitarTuning::default()),
            Err(error) => Err(PortError::Damaged { what: what(), why: error.to_string() }),
        }
    }

    /// Keeps how this guitar is tuned. A damaged file is put aside, beside the new one.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep_tuning(&self, guitar: &str, tuning: &GuitarTuning) -> io::Result<()> {
        let path = self.path(guitar, TUNING);
        if self.tuning(guitar).is_err() {
            fs::rename(&path, path.with_extension("json.damaged"))?;
        }
        self.write(&path, tuning)
    }

    fn write(&self, path: &Path, value: &impl Serialize) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let unfinished = path.with_extension("new");
        let mut file = File::create(&unfinished)?;
        serde_json::to_writer(&mut file, value)?;
        file.flush()?;
        file.sync_all()?;
        fs::rename(&unfinished, path)
    }

    fn path(&self, guitar: &str, extension: &str) -> PathBuf {
        self.folder.join(Path::new(guitar).with_extension(extension))
    }
}

fn read<T: DeserializeOwned + Default>(path: &Path) -> T {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return T::default(),
        Err(error) => {
            tracing::warn!(%error, path = %path.display(), "a guitar's file cannot be read");
            return T::default();
        }
    };
    serde_json::from_str(&text).unwrap_or_else(|error| {
        tracing::warn!(%error, path = %path.display(), "a guitar's file is damaged: ignored");
        T::default()
    })
}

/// Keeps what checking shows of the student's guitar, and passes everything on.
pub(crate) struct Remembering {
    pub(crate) screen: Arc<dyn Screen>,
    pub(crate) shelf: GuitarShelf,
}

impl Screen for Remembering {
    fn show(&self, update: Update) {
        if let Update::Checked(check) = &update
            && let Err(error) = self.shelf.keep_trust(MY_GUITAR, &check.trust)
        {
            tracing::warn!(%error, "what was learnt of the guitar cannot be kept");
        }
        self.screen.show(update);
    }
}

#[cfg(test)]
mod tests {
    use audio::Portrait;
    use theory::StringNumber;

    use super::*;

    fn tuned() -> GuitarPrint {
        let mut print = GuitarPrint::default();
        let string = StringNumber::new(5).unwrap();
        assert!(print.learn(&portrait(string)));
        print
    }

    fn portrait(string: StringNumber) -> Portrait {
        Portrait {
            at: std::time::Duration::from_secs(1),
            until: std::time::Duration::from_secs(3),
            string,
            hz: 110.0,
            cents: 1.0,
            stiffness: 5e-5,
            stiffness_error: 1e-6,
            levels: [-6.0; 10],
            decays: [1.0; 10],
            confidence: 0.9,
        }
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let root = tempfile::tempdir().unwrap();
        let shelf = GuitarShelf::of(root.path().join("guitars"));
        assert_eq!(shelf.print(MY_GUITAR), GuitarPrint::default());
        shelf.keep(MY_GUITAR, &tuned()).unwrap();
        assert_eq!(shelf.print(MY_GUITAR), tuned());
        assert_eq!(shelf.print("another"), GuitarPrint::default());
        let left: Vec<_> = fs::read_dir(root.path().join("guitars")).unwrap().collect();
        assert_eq!(left.len(), 1, "no unfinished file is left behind");
    }

    #[test]
    fn a_damaged_file_is_ignored_and_written_over() {
        let root = tempfile::tempdir().unwrap();
        let shelf = GuitarShelf::of(root.path().to_path_buf());
        let whole = serde_json::to_string(&tuned()).unwrap();
        for damaged in ["", "{", "null", &whole[..whole.len() / 2], r#"{"v":9,"strings":[]}"#] {
            fs::write(root.path().join("my-guitar.json"), damaged).unwrap();
            assert_eq!(shelf.print(MY_GUITAR), GuitarPrint::default(), "{damaged}");
        }
        shelf.keep(MY_GUITAR, &tuned()).unwrap();
        assert_eq!(shelf.print(MY_GUITAR), tuned());
    }

    #[test]
    fn how_the_guitar_is_tuned_is_kept_beside_the_fingerprint() {
        let root = tempfile::tempdir().unwrap();
        let shelf = GuitarShelf::of(root.path().to_path_buf());
        assert_eq!(shelf.tuning(MY_GUITAR), Ok(GuitarTuning::default()));
        for (tuning, a4) in [("dadgad", 442.0), ("C2 G2 D3 G3 B3 E4", 432.0)] {
            let chosen = GuitarTuning::of(tuning, a4).unwrap();
            shelf.keep_tuning(MY_GUITAR, &chosen).unwrap();
            assert_eq!(shelf.tuning(MY_GUITAR), Ok(chosen));
            assert_eq!(chosen.id(), tuning);
        }
        let text = fs::read_to_string(root.path().join("my-guitar.tuning.json")).unwrap();
        assert_eq!(text, r#"{"v":1,"tuning":"C2 G2 D3 G3 B3 E4","a4":432.0}"#);
        assert_eq!(shelf.print(MY_GUITAR), GuitarPrint::default());
    }

    #[test]
    fn a_damaged_choice_of_tuning_is_told_and_put_aside() {
        let root = tempfile::tempdir().unwrap();
        let shelf = GuitarShelf::of(root.path().to_path_buf());
        let path = root.path().join("my-guitar.tuning.json");
        for damaged in [
            "",
            r#"{"v":1,"tuning":"dad"#,
            r#"{"v":2,"tuning":"dadgad","a4":440.0}"#,
            r#"{"v":1,"tuning":"dadgod","a4":440.0}"#,
            r#"{"v":1,"tuning":"dadgad","a4":1e9}"#,
        ] {
            fs::write(&path, damaged).unwrap();
            let error = shelf.tuning(MY_GUITAR).unwrap_err();
            assert!(matches!(error, PortError::Damaged { .. }), "{damaged}: {error}");
            shelf.keep_tuning(MY_GUITAR, &GuitarTuning::default()).unwrap();
            assert_eq!(shelf.tuning(MY_GUITAR), Ok(GuitarTuning::default()));
            let aside = root.path().join("my-guitar.tuning.json.damaged");
            assert_eq!(fs::read_to_string(aside).unwrap(), damaged);
        }
    }

    #[test]
    fn what_checking_showed_is_kept_beside_the_fingerprint() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = GuitarShelf::of(folder.path().join("guitars"));
        assert_eq!(shelf.trust(MY_GUITAR), Trust::default());
        let trust: Trust = serde_json::from_str(r#"{"checked":9,"right":8,"shared":0.4}"#).unwrap();
        shelf.keep_trust(MY_GUITAR, &trust).unwrap();
        assert_eq!(shelf.trust(MY_GUITAR), trust);
        assert_eq!(shelf.print(MY_GUITAR), GuitarPrint::default());
        fs::write(folder.path().join("guitars/my-guitar.trust.json"), "{").unwrap();
        assert_eq!(shelf.trust(MY_GUITAR), Trust::default());
    }
}
