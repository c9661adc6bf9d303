//! Songs of the student's own files, kept as ChordPro beside the progress.

use std::fs;
use std::io;
use std::iter;
use std::path::{Path, PathBuf};

use thiserror::Error;
use tutor::course::song::{Song, SongError, read_chordpro, read_song, song_id};

/// 4 MiB: the longest score is smaller.
const LARGEST: u64 = 4 << 20;

/// Why a file gives no song.
#[derive(Debug, Error)]
pub enum SongFileError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] io::Error),
    /// It has no byte.
    #[error("it is empty")]
    Empty,
    /// Longer than any song.
    #[error("it is larger than 4 MiB")]
    TooLarge,
    /// Its text is no song.
    #[error(transparent)]
    Song(#[from] SongError),
}

/// The folder of songs beside a profile.
#[derive(Debug, Clone)]
pub struct SongShelf {
    folder: PathBuf,
}

impl SongShelf {
    /// That of the profile in `folder`.
    #[must_use]
    pub fn of_profile(folder: &Path) -> Self {
        Self { folder: folder.join("songs") }
    }

    /// All songs, in the order of their names. One that cannot be read is left out.
    #[must_use]
    pub fn songs(&self) -> Vec<Song> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let mut files: Vec<PathBuf> =
            entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "cho"));
        files.sort();
        files.iter().filter_map(|file| kept(file)).collect()
    }

    /// The song under an id that no other one has: a file of the same name may hold another song.
    /// Taken again, with the same title, it keeps its id.
    #[must_use]
    pub fn placed(&self, song: Song) -> Song {
        let known = self.songs();
        let mut ids = iter::once(song.id.clone()).chain((2..).map(|n| format!("{}-{n}", song.id)));
        let taken = |id: &String| known.iter().any(|it| it.id == *id && it.title != song.title);
        let id = ids.find(|id| !taken(id));
        Song { id: id.unwrap_or_else(|| song.id.clone()), ..song }
    }

    /// Keeps a song; what has its id is replaced whole or not at all.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep(&self, song: &Song) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let half = self.folder.join(format!("{}.half", song.id));
        fs::write(&half, song.to_chordpro())?;
        fs::rename(&half, self.file(&song.id))
    }

    /// Removes a song; tells whether there was one.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn remove(&self, id: &str) -> io::Result<bool> {
        if !id.chars().all(|c| c.is_alphanumeric() || c == '-') {
            return Ok(false);
        }
        match fs::remove_file(self.file(id)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Removes all of them, and the folder.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn clear(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Where a song lies.
    #[must_use]
    pub fn file(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.cho"))
    }
}

fn kept(file: &Path) -> Option<Song> {
    let id = file.file_stem()?.to_str()?;
    let text = fs::read_to_string(file).ok()?;
    match read_chordpro(id, &text) {
        Ok(song) => Some(song),
        Err(error) => {
            tracing::warn!(file = %file.display(), %error, "a song is left out");
            None
        }
    }
}

/// The song of a file, whatever its kind.
///
/// # Errors
/// It cannot be read, or is no song; then the line is told.
pub fn song_of_file(file: &Path) -> Result<Song, SongFileError> {
    match file.metadata()?.len() {
        0 => return Err(SongFileError::Empty),
        size if size > LARGEST => return Err(SongFileError::TooLarge),
        _ => {}
    }
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    Ok(read_song(&song_id(stem), &fs::read(file)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn songs_are_kept_read_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = SongShelf::of_profile(folder.path());
        assert!(shelf.songs().is_empty());
        let file = folder.path().join("My song.cho");
        fs::write(&file, "[Em]la [Am]la\n").unwrap();
        let song = song_of_file(&file).unwrap();
        shelf.keep(&song).unwrap();
        assert_eq!(shelf.placed(song.clone()).id, "my-song", "the same song again");
        let other = Song { title: "אחר".to_owned(), ..song };
        assert_eq!(shelf.placed(other).id, "my-song-2");
        fs::write(shelf.file("broken"), "[H?]la").unwrap();
        assert_eq!(
            shelf.songs().iter().map(|song| song.id.as_str()).collect::<Vec<_>>(),
            ["my-song"]
        );
        assert!(!shelf.remove("../../My song").unwrap() && file.exists());
        assert!(shelf.remove("my-song").unwrap() && !shelf.remove("my-song").unwrap());
        shelf.clear().unwrap();
        shelf.clear().unwrap();
    }

    #[test]
    fn bad_files_say_why() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.cho");
        assert!(matches!(song_of_file(&file), Err(SongFileError::File(_))));
        fs::write(&file, "").unwrap();
        assert!(matches!(song_of_file(&file), Err(SongFileError::Empty)));
        fs::write(&file, "la\n[Q]la").unwrap();
        assert!(matches!(song_of_file(&file), Err(SongFileError::Song(error)) if error.line == 2));
    }
}
