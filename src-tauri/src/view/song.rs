//! Songs and their sheets.

use serde::Serialize;
use specta::Type;
use tutor::NoteNames;
use tutor::course::Path;
use tutor::course::song::{Line, Section, SectionKind, Song, easier, own_songs};

use super::ChordCard;
use super::course::card;
use super::mirror::mirror;

/// A song in the list.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SongCard {
    id: String,
    title: String,
    /// Of this app; false: of the student's own files.
    own: bool,
    /// Whether every chord of it is known.
    playable: bool,
    /// Its chords' names in the order in which they come: `Em`.
    chords: Vec<String>,
    /// Those that are not known yet.
    missing: Vec<String>,
    /// Who wrote the words and the tune.
    words: Option<String>,
    tune: Option<String>,
}

impl SongCard {
    pub(crate) fn of(song: &Song, path: &Path) -> Self {
        let different = song.different();
        let missing = different.iter().filter(|chord| !path.knows(**chord));
        let missing: Vec<String> = missing.map(|chord| chord.name()).collect();
        Self {
            id: song.id.clone(),
            title: song.title.clone(),
            own: own_songs().iter().any(|own| own.id == song.id),
            playable: missing.is_empty(),
            chords: different.iter().map(|chord| chord.name()).collect(),
            missing,
            words: song.words.clone(),
            tune: song.tune.clone(),
        }
    }
}

/// A song as it is played.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SongView {
    card: SongCard,
    /// Beats in a bar.
    beats: u32,
    /// `4/4`
    time: String,
    /// Beats a minute.
    tempo: u16,
    /// Fret of the capo, 0 for none.
    capo: u8,
    /// `D-DU-UDU`
    strum: String,
    /// Whose words, whose tune, and why it may stand here.
    source: Option<String>,
    sections: Vec<SectionView>,
    /// Pictures of its chords, in the order in which they come; what has no usual shape is left out.
    boxes: Vec<ChordCard>,
    /// An easier way with a capo; null where it is as easy as it stands, or already played so.
    easier: Option<EasierView>,
    /// Whether this is the easier way.
    easy: bool,
}

/// An easier way to play a song.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EasierView {
    capo: u8,
    chords: Vec<String>,
}

mirror! {
    /// What a section is.
    #[serde(rename_all = "snake_case")]
    pub(crate) enum SectionKindView of SectionKind {
        /// A verse, and what has no other name.
        Verse,
        /// The chorus.
        Chorus,
        /// The bridge.
        Bridge,
    }
}

/// A section of a song.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SectionView {
    kind: SectionKindView,
    label: Option<String>,
    lines: Vec<LineView>,
}

/// A line, its parts in the order of singing.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LineView {
    parts: Vec<PartView>,
}

/// Words from one chord to the next.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PartView {
    /// As it is written over the first letter: `Am`, `F#m7`; null before the first chord of a line.
    chord: Option<String>,
    /// As it sounds, for the boxes: `A:min`.
    id: Option<String>,
    text: String,
}

impl SongView {
    /// `easy`: with a capo, where that is easier.
    pub(crate) fn of(song: &Song, easy: bool, path: &Path, notes: NoteNames) -> Self {
        let way = easier(song, |chord| path.knows(chord));
        let played = way.as_ref().filter(|_| easy).map(|way| song.played(way));
        let easy = played.is_some();
        let shown = played.as_ref().unwrap_or(song);
        let names = |song: &Song| song.different().iter().map(|chord| chord.name()).collect();
        Self {
            card: SongCard::of(shown, path),
            beats: u32::try_from(shown.meter.beats().len()).unwrap_or(4),
            time: shown.meter.to_string(),
            tempo: shown.tempo,
            capo: shown.capo,
            strum: shown.strum.to_string(),
            source: shown.source.clone(),
            sections: shown.sections.iter().map(SectionView::from).collect(),
            boxes: shown.different().into_iter().filter_map(|it| card(it, notes)).collect(),
            easier: way
                .filter(|_| !easy)
                .map(|way| EasierView { capo: way.capo, chords: names(&song.played(&way)) }),
            easy,
        }
    }
}

impl From<&Section> for SectionView {
    fn from(section: &Section) -> Self {
        Self {
            kind: section.kind.into(),
            label: section.label.clone(),
            lines: section.lines.iter().map(LineView::from).collect(),
        }
    }
}

impl From<&Line> for LineView {
    fn from(line: &Line) -> Self {
        let part = |part: &tutor::course::song::Part| PartView {
            chord: part.chord.map(|chord| chord.to_string()),
            id: part.chord.map(|chord| chord.chord().to_string()),
            text: part.text.clone(),
        };
        Self { parts: line.parts.iter().map(part).collect() }
    }
}
