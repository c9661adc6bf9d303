//! Ways to practise: how long, how fast, how many bars, what passes.

use std::sync::LazyLock;

use serde::Serialize;

use super::song::Song;
use crate::diagnosis::table::records;
use crate::review::EASY_RATE;

/// What is done in a drill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DrillKind {
    /// How to sit and hold the guitar.
    Hold,
    /// Tuning.
    Tune,
    /// What strings and fingers are called.
    Names,
    /// Fingers on their places, one strum.
    Place,
    /// String by string.
    Strings,
    /// Chord perfect: lift the hand, place it again, strum.
    Strum,
    /// One-minute changes: from chord to chord and back.
    Changes,
    /// A pattern over a count-in.
    Pattern,
    /// Two bars played, two bars counted in silence, in again on the first beat.
    Silence,
    /// A slip is passed over, in again on the next first beat.
    Rejoin,
    /// A song from beginning to end.
    Song,
}

/// What counts as passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// The student says so.
    Told,
    /// So many clean tries.
    Clean(u32),
    /// So many clean tries (bars, of a pattern) in a row.
    Row(u32),
    /// So many changes a minute.
    Rate(u32),
    /// So many times in again on the first beat.
    Beat(u32),
}

/// A way to practise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drill {
    /// `one-minute`.
    pub id: &'static str,
    /// What is done.
    pub kind: DrillKind,
    /// How long it usually takes.
    pub seconds: u32,
    /// Bars in one go, where there is a beat.
    pub bars: Option<u32>,
    /// Beats a minute to begin with.
    pub tempo: Option<u32>,
    /// Beats counted before.
    pub count_in: Option<u32>,
    /// What passes.
    pub pass: Pass,
}

/// What a task aims at, for whoever runs it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Target {
    /// What is done.
    pub kind: DrillKind,
    /// How long, in seconds.
    pub seconds: u32,
    /// Bars in one go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bars: Option<u32>,
    /// Beats a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tempo: Option<u32>,
    /// Beats counted before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count_in: Option<u32>,
    /// Clean tries that pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clean: Option<u32>,
    /// Clean tries in a row that pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_a_row: Option<u32>,
    /// Changes a minute that pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_minute: Option<u32>,
    /// Changes a minute that are the goal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<u32>,
    /// Times in again on the first beat that pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_beat_one: Option<u32>,
}

static DRILLS: LazyLock<Vec<Drill>> = LazyLock::new(|| {
    records(include_str!("../../data/course/drills.csv")).filter_map(drill_of).collect()
});

/// Every drill.
#[must_use]
pub fn drills() -> &'static [Drill] {
    &DRILLS
}

/// What is read where nothing is listened for: how to sit, what things are called. For the screen.
pub fn lines(kind: DrillKind) -> impl Iterator<Item = &'static str> {
    records(include_str!("../../data/course/lines.csv")).filter_map(
        move |fields| match fields[..] {
            [of, line] if of == kind.key() => Some(line),
            _ => None,
        },
    )
}

/// The drill of a kind.
pub(super) fn drill(kind: DrillKind) -> Option<&'static Drill> {
    DRILLS.iter().find(|drill| drill.kind == kind)
}

/// What a drill of a kind aims at, in so many seconds or in its usual time.
#[must_use]
pub fn target(kind: DrillKind, seconds: Option<u32>) -> Option<Target> {
    drill(kind).map(|drill| drill.target(seconds.unwrap_or(drill.seconds)))
}

fn drill_of(fields: Vec<&'static str>) -> Option<Drill> {
    let [id, kind, seconds, bars, tempo, count_in, pass] = fields[..] else { return None };
    let some = |text: &str| text.parse::<u32>().ok().map(|n| (n > 0).then_some(n));
    Some(Drill {
        id,
        kind: kind_of(kind)?,
        seconds: seconds.parse().ok()?,
        bars: some(bars)?,
        tempo: some(tempo)?,
        count_in: some(count_in)?,
        pass: pass_of(pass)?,
    })
}

fn kind_of(text: &str) -> Option<DrillKind> {
    use DrillKind::{
        Changes, Hold, Names, Pattern, Place, Rejoin, Silence, Song, Strings, Strum, Tune,
    };
    [Hold, Tune, Names, Place, Strings, Strum, Changes, Pattern, Silence, Rejoin, Song]
        .into_iter()
        .find(|kind| kind.key() == text)
}

fn pass_of(text: &str) -> Option<Pass> {
    let Some((kind, number)) = text.split_once(' ') else {
        return (text == "none").then_some(Pass::Told);
    };
    let number = number.parse().ok()?;
    Some(match kind {
        "clean" => Pass::Clean(number),
        "row" => Pass::Row(number),
        "rate" => Pass::Rate(number),
        "beat" => Pass::Beat(number),
        _ => return None,
    })
}

impl DrillKind {
    /// `place`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Tune => "tune",
            Self::Names => "names",
            Self::Place => "place",
            Self::Strings => "strings",
            Self::Strum => "strum",
            Self::Changes => "changes",
            Self::Pattern => "pattern",
            Self::Silence => "silence",
            Self::Rejoin => "rejoin",
            Self::Song => "song",
        }
    }
}

/// How much slower a song is played that is not known yet.
const SLOWLY: f32 = 0.75;

impl Drill {
    /// What it aims at in `seconds`.
    pub(super) fn target(&self, seconds: u32) -> Target {
        let rate = match self.pass {
            Pass::Rate(rate) => Some(rate),
            _ => None,
        };
        Target {
            kind: self.kind,
            seconds,
            bars: self.bars,
            tempo: self.tempo,
            count_in: self.count_in,
            clean: if let Pass::Clean(times) = self.pass { Some(times) } else { None },
            in_a_row: if let Pass::Row(times) = self.pass { Some(times) } else { None },
            per_minute: rate,
            goal: rate.map(|_| EASY_RATE as u32),
            on_beat_one: if let Pass::Beat(times) = self.pass { Some(times) } else { None },
        }
    }
}

impl Target {
    /// At a song's own tempo and metre, or slowly.
    pub(crate) fn for_song(mut self, song: &Song, slowly: bool) -> Self {
        let tempo = f32::from(song.tempo) * if slowly { SLOWLY } else { 1.0 };
        self.tempo = Some(tempo.round() as u32);
        self.count_in = u32::try_from(song.meter.beats().len()).ok();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_drill_of_its_own_kind() {
        let lines = records(include_str!("../../data/course/drills.csv")).count();
        assert_eq!(drills().len(), lines);
        for (place, one) in drills().iter().enumerate() {
            assert!(drills()[..place].iter().all(|before| before.kind != one.kind), "{}", one.id);
            assert_eq!(one.bars.is_some(), one.tempo.is_some(), "{}", one.id);
        }
        let silent = drill(DrillKind::Silence).unwrap().target(120);
        assert_eq!((silent.on_beat_one, silent.bars, silent.count_in), (Some(3), Some(8), Some(4)));
        let changes = drill(DrillKind::Changes).unwrap().target(60);
        assert_eq!((changes.per_minute, changes.goal), (Some(30), Some(60)));
    }
}
