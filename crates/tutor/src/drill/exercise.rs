//! What is drilled: an item of the course, how, and with which chords.

use std::str::FromStr;

use theory::{
    Chord, Meter, PitchClass, Quality, STRUM_COURSE, StrumPattern, Tuning, Voicing,
    usual_voicings_in,
};
use thiserror::Error;

use crate::course::song::Song;
use crate::course::{DrillKind, Target, target};
use crate::review::Item;

/// Beats a minute that are played here; a tempo outside is moved to the nearer end.
pub const TEMPI: std::ops::RangeInclusive<u32> = 30..=240;

/// What is played.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// One chord.
    Chord(Chord),
    /// From one chord to another and back.
    Pair(Chord, Chord),
    /// A strum pattern over one chord.
    Pattern {
        /// Which pattern.
        pattern: StrumPattern,
        /// The metre whose bars it fills.
        meter: Meter,
        /// Over which chord.
        chord: Chord,
    },
    /// A song, or one section of it.
    Song {
        /// Which song.
        song: Box<Song>,
        /// Which section, from 0; none for the whole song.
        section: Option<usize>,
    },
}

/// A drill that can be begun.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// What it aims at.
    pub target: Target,
    /// What is played.
    pub subject: Subject,
    /// Of changes: how many a minute the sessions before gave, oldest first.
    pub before: Vec<u16>,
    /// Chords that are wanted in one voicing only; any usual one of the others.
    pub voiced: Vec<(Chord, Voicing)>,
}

/// Why there is no such drill.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExerciseError {
    /// Nothing is played in it.
    #[error("nothing is played in `{0}`")]
    NotPlayed(&'static str),
    /// No such way to practise.
    #[error("`{0}` is no kind of drill")]
    UnknownKind(String),
    /// The item is not practised in this way.
    #[error("{item} is not practised as `{kind}`")]
    OtherKind {
        /// The item.
        item: String,
        /// The way.
        kind: &'static str,
    },
    /// No such song, or not so many sections.
    #[error("there is no song or section `{0}`")]
    NoSong(String),
    /// A song without a chord, a pattern without a stroke.
    #[error("there is nothing to play in `{0}`")]
    Empty(String),
}

impl Exercise {
    /// How `item` is drilled in the way of `kind`; songs are looked for in `songs`. A pattern is played
    /// over E minor unless another chord is named with [`Exercise::over`].
    ///
    /// # Errors
    /// There is no such drill.
    pub fn new(kind: DrillKind, item: &Item, songs: &[Song]) -> Result<Self, ExerciseError> {
        Self::of(kind, subject(kind, item, songs)?, item)
    }

    /// The same, of a whole song, not only of the section that the item names.
    ///
    /// # Errors
    /// There is no such drill.
    pub fn of_whole(kind: DrillKind, item: &Item, songs: &[Song]) -> Result<Self, ExerciseError> {
        let mut subject = subject(kind, item, songs)?;
        if let Subject::Song { section, .. } = &mut subject {
            *section = None;
        }
        Self::of(kind, subject, item)
    }

    fn of(kind: DrillKind, subject: Subject, item: &Item) -> Result<Self, ExerciseError> {
        let target = target(kind, None).ok_or(ExerciseError::NotPlayed(kind.key()))?;
        let target = match &subject {
            Subject::Song { song, .. } => target.for_song(song, false),
            _ => target,
        };
        let exercise = Self { target, subject, before: Vec::new(), voiced: Vec::new() };
        if exercise.chords().is_empty() || exercise.pattern().is_some_and(StrumPattern::is_silent) {
            return Err(ExerciseError::Empty(item.to_string()));
        }
        Ok(exercise)
    }

    /// In so many seconds.
    #[must_use]
    pub fn lasting(mut self, seconds: u32) -> Self {
        self.target.seconds = seconds;
        self
    }

    /// In so many bars; only a pattern has them.
    #[must_use]
    pub fn of_bars(mut self, bars: u32) -> Self {
        self.target.bars = self.target.bars.map(|_| bars.max(1));
        self
    }

    /// At so many beats a minute, within [`TEMPI`].
    #[must_use]
    pub fn at_tempo(mut self, bpm: u32) -> Self {
        self.target.tempo = self.target.tempo.map(|_| bpm.clamp(*TEMPI.start(), *TEMPI.end()));
        self
    }

    /// A pattern over this chord; nothing else changes.
    #[must_use]
    pub fn over(mut self, asked: Chord) -> Self {
        if let Subject::Pattern { chord, .. } = &mut self.subject {
            *chord = asked;
        }
        self
    }

    /// Its `chord` in this voicing and no other.
    #[must_use]
    pub fn voiced(mut self, chord: Chord, voicing: Voicing) -> Self {
        self.voiced.retain(|(known, _)| *known != chord);
        self.voiced.push((chord, voicing));
        self
    }

    /// The only voicing in which `chord` is wanted; none: any usual one.
    #[must_use]
    pub fn voicing(&self, chord: Chord) -> Option<Voicing> {
        self.voiced.iter().find(|(known, _)| *known == chord).map(|(_, voicing)| *voicing)
    }

    /// The voicings that are `chord` here on a guitar in `tuning`, the preferred one first.
    #[must_use]
    pub fn voicings_in(&self, chord: Chord, tuning: &Tuning) -> Vec<Voicing> {
        self.voicing(chord).map_or_else(|| usual_voicings_in(chord, tuning), |only| vec![only])
    }

    /// After sessions that gave so many changes a minute, oldest first.
    #[must_use]
    pub fn after(mut self, before: Vec<u16>) -> Self {
        self.before = before;
        self
    }

    /// Its different chords in the order in which they come.
    #[must_use]
    pub fn chords(&self) -> Vec<Chord> {
        match &self.subject {
            Subject::Chord(chord) | Subject::Pattern { chord, .. } => vec![*chord],
            Subject::Pair(one, other) => vec![*one, *other],
            Subject::Song { song, section: None } => song.different(),
            Subject::Song { song, section: Some(at) } => {
                let lines = song.sections.get(*at).map(|section| section.lines.as_slice());
                let parts = lines.unwrap_or_default().iter().flat_map(|line| &line.parts);
                let mut found = Vec::new();
                for chord in parts.filter_map(|part| part.chord).map(|symbol| symbol.chord()) {
                    if !found.contains(&chord) {
                        found.push(chord);
                    }
                }
                found
            }
        }
    }

    /// The chord that it begins with.
    #[must_use]
    pub fn first(&self) -> Chord {
        let open = Chord::new(PitchClass(4), Quality::Min);
        self.chords().first().copied().unwrap_or(open)
    }

    /// Whether it counts by itself what is kept of it; else each strum is a try of the chord.
    #[must_use]
    pub fn counts_itself(&self) -> bool {
        !matches!(self.target.kind, DrillKind::Place | DrillKind::Strum)
    }

    /// How it is strummed.
    #[must_use]
    pub fn pattern(&self) -> Option<&StrumPattern> {
        match &self.subject {
            Subject::Pattern { pattern, .. } => Some(pattern),
            Subject::Song { song, .. } => Some(&song.strum),
            Subject::Chord(_) | Subject::Pair(..) => None,
        }
    }

    /// The metre it is counted in.
    #[must_use]
    pub fn meter(&self) -> Option<Meter> {
        match &self.subject {
            Subject::Pattern { meter, .. } => Some(*meter),
            Subject::Song { song, .. } => Some(song.meter),
            Subject::Chord(_) | Subject::Pair(..) => None,
        }
    }
}

fn subject(kind: DrillKind, item: &Item, songs: &[Song]) -> Result<Subject, ExerciseError> {
    use DrillKind as K;
    let other = || ExerciseError::OtherKind { item: item.to_string(), kind: kind.key() };
    match (kind, item) {
        (K::Hold | K::Tune | K::Names, _) => Err(ExerciseError::NotPlayed(kind.key())),
        (K::Place | K::Strings | K::Strum, Item::Chord(chord)) => Ok(Subject::Chord(*chord)),
        (K::Changes, Item::Pair(from, to)) => Ok(Subject::Pair(*from, *to)),
        (K::Pattern | K::Silence | K::Rejoin, Item::Pattern(pattern)) => {
            let (pattern, chord) = (pattern.clone(), Chord::new(PitchClass(4), Quality::Min));
            Ok(Subject::Pattern { meter: meter_of(&pattern), pattern, chord })
        }
        (K::Song, Item::Song { id, section }) => {
            let song = songs.iter().find(|song| song.id == *id);
            let at = usize::from(*section) - 1;
            let song = song.filter(|song| at < song.sections.len());
            let song = song.ok_or_else(|| ExerciseError::NoSong(format!("{id}/{section}")))?;
            Ok(Subject::Song { song: Box::new(song.clone()), section: Some(at) })
        }
        _ => Err(other()),
    }
}

/// The metre of the course's pattern of this shape; of others by their length: bars of four, else of
/// three beats, else one bar of as many beats as it has pairs of slots.
fn meter_of(pattern: &StrumPattern) -> Meter {
    let known = STRUM_COURSE.iter().find(|strum| strum.pattern() == *pattern);
    known.map_or_else(|| by_length(pattern.slots().len()), |strum| strum.meter)
}

fn by_length(slots: usize) -> Meter {
    if slots.is_multiple_of(8) {
        return Meter::COMMON;
    }
    if slots.is_multiple_of(6) {
        return Meter::WALTZ;
    }
    let beats = u8::try_from(slots.div_ceil(2)).unwrap_or(4);
    Meter::new(beats, 4).unwrap_or(Meter::COMMON)
}

impl FromStr for DrillKind {
    type Err = ExerciseError;

    fn from_str(text: &str) -> Result<Self, ExerciseError> {
        let kinds = crate::course::drills().iter().map(|drill| drill.kind);
        let mut named = kinds.filter(|kind| kind.key() == text);
        named.next().ok_or_else(|| ExerciseError::UnknownKind(text.chars().take(40).collect()))
    }
}
