//! `index.csv` of a folder of recordings with known truth. It reads; it judges nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pipeline::ports::PortError;
use synth::FaultKind;
use theory::{Pitch, StringNumber, Tuning, Voicing, chord_of, usual_voicings};

use crate::sound::Sound;
use crate::take::{Facts, Kind, Take, Truth};

/// A recording of the index.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Folder and file.
    pub(crate) path: PathBuf,
    /// The first folder of its path: what it was made of.
    pub(crate) group: String,
    pub(crate) kind: String,
    pub(crate) label: String,
    pub(crate) instrument: String,
    pub(crate) midi: String,
    /// 1–6, of single notes.
    pub(crate) string: Option<u8>,
    pub(crate) onset: f64,
    /// Notes beside it, if there are any.
    pub(crate) truth: Option<PathBuf>,
    states: String,
    note: String,
}

impl Entry {
    /// A value of the column `note`, written `key=value`.
    pub(crate) fn said(&self, key: &str) -> Option<&str> {
        self.note.split_whitespace().find_map(|part| part.strip_prefix(key)?.strip_prefix('='))
    }
}

/// Every recording of the index in `folder`.
///
/// # Errors
/// There is no index, or a row of it that cannot be read, by its number (the header is row 1).
pub(crate) fn read(folder: &Path) -> Result<Vec<Entry>, PortError> {
    let path = folder.join("index.csv");
    let missing = |_| PortError::Missing { what: path.display().to_string() };
    let text = std::fs::read_to_string(&path).map_err(missing)?;
    let damaged = |why: String| PortError::Damaged { what: path.display().to_string(), why };
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let mut rows = lines.map(|(number, line)| (number, cells(line)));
    let (_, header) = rows.next().ok_or_else(|| damaged("no header".to_owned()))?;
    rows.map(|(number, row)| {
        entry(folder, &header, &row).map_err(|why| damaged(format!("row {}: {why}", number + 1)))
    })
    .collect()
}

/// At most `limit` of each kind and instrument; all if 0.
pub(crate) fn some(entries: Vec<Entry>, limit: usize) -> Vec<Entry> {
    let mut seen = BTreeMap::new();
    entries
        .into_iter()
        .filter(|entry| {
            let count = seen.entry((entry.kind.clone(), entry.instrument.clone())).or_insert(0);
            *count += 1;
            limit == 0 || *count <= limit
        })
        .collect()
}

/// Why a row cannot be read.
#[derive(Debug, thiserror::Error)]
enum BadRow {
    #[error("no column `{0}`")]
    Column(&'static str),
    #[error("`{0}` is no onset in seconds")]
    Onset(String),
    #[error("`{0}` does not name what six strings did")]
    States(String),
    #[error("`{0}` is no voicing")]
    Voicing(String),
}

fn entry(folder: &Path, header: &[String], row: &[String]) -> Result<Entry, BadRow> {
    let cell = |name: &'static str| {
        let place = header.iter().position(|column| column == name);
        place.and_then(|place| row.get(place)).cloned().ok_or(BadRow::Column(name))
    };
    let (relative, onset) = (cell("path")?, cell("onset_s")?);
    let entry = Entry {
        group: relative.split('/').next().unwrap_or_default().to_owned(),
        path: folder.join(&relative),
        kind: cell("kind")?,
        label: cell("label")?,
        instrument: cell("instrument")?,
        midi: cell("midi")?,
        string: cell("string").ok().and_then(|string| string.parse().ok()),
        onset: onset.parse().ok().filter(|at: &f64| *at >= 0.0).ok_or(BadRow::Onset(onset))?,
        truth: cell("gt").ok().filter(|path| !path.is_empty()).map(|path| folder.join(path)),
        states: cell("strings_state")?,
        note: cell("note")?,
    };
    let told = |letter: char| "RDAW?".contains(letter);
    let whole = entry.states.chars().count() == 6 && entry.states.chars().all(told);
    if !entry.states.is_empty() && !whole {
        return Err(BadRow::States(entry.states));
    }
    match entry.said("target") {
        // A strum that was kept of a chord without one voicing.
        None | Some("") => Ok(entry),
        Some(target) if target.parse::<Voicing>().is_ok() => Ok(entry),
        Some(target) => Err(BadRow::Voicing(target.to_owned())),
    }
}

/// The cells of a line; a cell in double quotes may hold commas.
pub(crate) fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    cells.push(cell);
    cells
}

/// A strum of the index.
#[derive(Debug, Clone)]
pub(crate) struct Recorded {
    facts: Facts,
    path: PathBuf,
}

impl Recorded {
    /// None where the entry is no strum with a target, or not every string's truth is known.
    pub(crate) fn of(entry: &Entry) -> Option<Self> {
        let voicing: Voicing = entry.said("target")?.parse().ok()?;
        let truth = truth(entry, &voicing)?;
        let chord = entry.label.parse().ok().or_else(|| chord_of(&voicing, &Tuning::STANDARD));
        let rare = !chord.is_some_and(|chord| usual_voicings(chord).contains(&voicing));
        let facts = Facts {
            timbre: entry.instrument.clone(),
            kind: kind(&voicing, &truth),
            voicing,
            rare,
            chord,
            truth,
            onset: entry.onset,
            snr_db: entry.said("snr_db").and_then(|db| db.parse().ok()),
        };
        Some(Self { facts, path: entry.path.clone() })
    }
}

impl Take for Recorded {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn strum(&self) -> Result<Sound, PortError> {
        Sound::read(&self.path)
    }

    fn answers(&self) -> bool {
        false
    }

    fn alone(&self, _: StringNumber) -> Option<Sound> {
        None
    }
}

/// The truth of each string from the six letters and the voicing that was played; none where that of
/// one string is not known.
fn truth(entry: &Entry, asked: &Voicing) -> Option<[Truth; 6]> {
    let letters: [char; 6] = entry.states.chars().collect::<Vec<_>>().try_into().ok()?;
    if letters.contains(&'?') {
        return None;
    }
    let played = entry.said("played").unwrap_or_default();
    let frets: Vec<String> = if played.contains('-') {
        played.split('-').map(str::to_owned).collect()
    } else {
        played.chars().map(String::from).collect()
    };
    Some(StringNumber::THICK_TO_THIN.map(|string| {
        let index = string.index();
        let fret = frets.get(index).and_then(|cell| cell.parse().ok()).unwrap_or(0);
        let heard: Pitch = Tuning::STANDARD.open(string).transposed(fret);
        match (letters[index], asked.fret(string)) {
            ('R', Some(_)) => Truth::Rings,
            ('D', Some(_)) => Truth::Dead,
            ('A', Some(_)) => Truth::Absent,
            ('W', Some(_)) => Truth::Wrong(heard),
            ('R' | 'W', None) => Truth::Intruder(heard),
            _ => Truth::Silent,
        }
    }))
}

fn kind(asked: &Voicing, truth: &[Truth; 6]) -> Kind {
    let mut kinds: Vec<Kind> = StringNumber::THICK_TO_THIN
        .into_iter()
        .filter_map(|string| match truth[string.index()] {
            Truth::Rings | Truth::Silent => None,
            Truth::Dead => Some(Kind::One(FaultKind::Dead)),
            Truth::Absent => Some(Kind::One(FaultKind::Absent)),
            Truth::Buzz => Some(Kind::One(FaultKind::Buzz)),
            Truth::Bent(_) => Some(Kind::One(FaultKind::Flat)),
            Truth::Intruder(_) => Some(Kind::One(FaultKind::Forbidden)),
            Truth::Wrong(pitch) if pitch == Tuning::STANDARD.open(string) => {
                Some(Kind::One(FaultKind::FingerMissing))
            }
            Truth::Wrong(pitch) => {
                let meant = asked.pitch(string, &Tuning::STANDARD)?;
                let away = i32::from(pitch.midi()) - i32::from(meant.midi());
                Some(if away.abs() == 1 { Kind::One(FaultKind::FretOff) } else { Kind::Several })
            }
        })
        .collect();
    kinds.dedup();
    match kinds[..] {
        [] => Kind::One(FaultKind::Correct),
        [one] => one,
        _ => Kind::Several,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

    use super::*;

    #[test]
    fn quoted_cells_hold_commas() {
        assert_eq!(cells("a,\"b, \"\"c\"\"\",,d"), ["a", "b, \"c\"", "", "d"]);
    }

    const HEADER: &str = "path,kind,label,instrument,midi,string,onset_s,gt,strings_state,note";

    fn index(row: &str) -> Result<Vec<Entry>, PortError> {
        let folder = tempfile::tempdir().unwrap();
        let good = "a/b.wav,note,E2,steel,40,6,0.2,,,";
        std::fs::write(folder.path().join("index.csv"), format!("{HEADER}\n{good}\n{row}\n"))
            .unwrap();
        read(folder.path())
    }

    #[test]
    fn a_strum_is_measured_only_where_the_truth_of_every_string_is_known() {
        let strum = |states: &str| {
            let row = format!("t.wav,chord-dead,E:min,own,,,0.3,,{states},target=022000");
            Recorded::of(&index(&row).unwrap()[1])
        };
        let known = strum("RRDRRR").unwrap();
        assert_eq!(known.facts().truth[2], Truth::Dead);
        assert!(strum("RRDRR?").is_none());
        assert!(strum("??????").is_none());
    }

    #[test]
    fn a_row_that_cannot_be_read_is_named_by_its_number() {
        for (row, says) in [
            ("t.wav,chord,E:min,own,,,soon,,RRRRRR,target=022000", "soon"),
            ("t.wav,chord,E:min,own,,,,,RRRRRR,target=022000", "onset"),
            ("t.wav,chord,E:min,own,,,-1,,RRRRRR,target=022000", "-1"),
            ("t.wav,chord,E:min,own,,,NaN,,RRRRRR,target=022000", "NaN"),
            ("t.wav,chord,E:min,own,,,0.3,,RRRXRR,target=022000", "RRRXRR"),
            ("t.wav,chord,E:min,own,,,0.3,,RRRRR,target=022000", "RRRRR"),
            ("t.wav,chord,E:min,own,,,0.3,,RRRRRR,target=O22000", "O22000"),
            ("t.wav,chord,E:min", "onset_s"),
        ] {
            match index(row) {
                Err(PortError::Damaged { why, .. }) => {
                    assert!(why.starts_with("row 3: ") && why.contains(says), "{why}");
                }
                other => panic!("{row}: {other:?}"),
            }
        }
    }
}
