use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use theory::{Chord, StrumPattern};
use thiserror::Error;

/// Letters of a song's name in an id.
const LONGEST_SONG: usize = 64;

/// What is practised and comes back. Its text is kept on disk and stays as it is: `chord:E:min`,
/// `pair:E:min>A:min`, `pattern:D-DU-UDU`, `song:ID/2`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Item {
    /// A chord shape.
    Chord(Chord),
    /// A change from one chord to another; the way back is another item.
    Pair(Chord, Chord),
    /// A strum pattern.
    Pattern(StrumPattern),
    /// A section of a song, counted from 1.
    Song {
        /// The song's id: no `/`, no control character, at most 64 letters.
        id: String,
        /// Which section.
        section: u16,
    },
}

/// A text that names no item.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{0}` is no item; there are chord:E:min, pair:E:min>A:min, pattern:D-DU-UDU and song:ID/2"
)]
pub struct ItemError(String);

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chord(chord) => write!(f, "chord:{chord}"),
            Self::Pair(from, to) => write!(f, "pair:{from}>{to}"),
            Self::Pattern(pattern) => write!(f, "pattern:{pattern}"),
            Self::Song { id, section } => write!(f, "song:{id}/{section}"),
        }
    }
}

impl FromStr for Item {
    type Err = ItemError;

    fn from_str(text: &str) -> Result<Self, ItemError> {
        read(text).ok_or_else(|| ItemError(text.chars().take(100).collect()))
    }
}

fn read(text: &str) -> Option<Item> {
    let (kind, rest) = text.split_once(':')?;
    let chord = |name: &str| name.parse::<Chord>().ok();
    match kind {
        "chord" => chord(rest).map(Item::Chord),
        "pair" => {
            let (from, to) = rest.split_once('>')?;
            let (from, to) = (chord(from)?, chord(to)?);
            (from != to).then_some(Item::Pair(from, to))
        }
        "pattern" => rest.parse().ok().map(Item::Pattern),
        "song" => {
            let (id, section) = rest.rsplit_once('/')?;
            let section = section.parse().ok().filter(|number| *number > 0)?;
            is_song(id).then(|| Item::Song { id: id.to_owned(), section })
        }
        _ => None,
    }
}

fn is_song(id: &str) -> bool {
    let letters = id.chars().count();
    (1..=LONGEST_SONG).contains(&letters) && !id.contains(|c: char| c == '/' || c.is_control())
}

impl TryFrom<String> for Item {
    type Error = ItemError;

    fn try_from(text: String) -> Result<Self, ItemError> {
        text.parse()
    }
}

impl From<Item> for String {
    fn from(item: Item) -> Self {
        item.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_as_they_are() {
        for id in ["chord:E:min", "pair:E:min>A:min", "pattern:D-DU-UDU", "song:שיר הערש/2"]
        {
            let item: Item = id.parse().unwrap();
            assert_eq!(item.to_string(), id);
            assert_eq!(serde_json::to_string(&item).unwrap(), format!("\"{id}\""));
        }
    }

    #[test]
    fn usual_spellings_are_one_item() {
        let parsed = |text: &str| text.parse::<Item>().unwrap().to_string();
        assert_eq!(parsed("chord:Em"), "chord:E:min");
        assert_eq!(parsed("pattern:DDUUDU"), "pattern:D-DU-UDU");
    }

    #[test]
    fn nonsense_is_refused() {
        let long = format!("song:{}/1", "a".repeat(65));
        for text in [
            "",
            "chord",
            "chord:",
            "chord:H",
            "pair:E:min",
            "pair:Em>E:min",
            "pattern:Q",
            "song:/1",
            "song:a/0",
            "song:a/70000",
            "song:a",
            "song:a/b/1",
            "tune:E",
            &long,
        ] {
            assert!(text.parse::<Item>().is_err(), "{text}");
        }
    }
}
