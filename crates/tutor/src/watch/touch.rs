//! How hard and where the strumming hand strikes, beside the student's own other strums. One strum
//! alone tells neither.

use std::collections::VecDeque;

use audio::{StringState, Strum, Touch};
use theory::{StringNumber, Voicing};

use super::fact;
use crate::diagnosis::condition as c;
use crate::diagnosis::facts::{Fact, Slots};

/// Strums that are looked back on.
const BACK: usize = 12;
/// Row R09: so many strums rattle, so many do not, and every one that does is so much louder, in dB.
const RATTLING: usize = 3;
const QUIET: usize = 2;
const LOUDER_DB: f32 = 3.0;
/// Row R10: so many strums in a row are brighter than so many before them, by so many octaves of the
/// spectral centroid, and not because they are louder (dB).
const THIN: usize = 3;
const USUAL: usize = 5;
const BRIGHTER: f32 = 0.6;
const NO_LOUDER_DB: f32 = 3.0;

#[derive(Debug, Clone, Default)]
pub(super) struct Strokes {
    strums: VecDeque<Stroke>,
    thin_told: bool,
}

#[derive(Debug, Clone, Copy)]
struct Stroke {
    voicing: Option<Voicing>,
    touch: Touch,
    buzzes: bool,
}

impl Strokes {
    pub(super) fn step(&mut self, strum: &Strum) -> Option<Fact> {
        let touch = strum.touch?;
        let buzzes = strum.strings.iter().any(|s| s.asked && s.state == StringState::Buzz);
        self.strums.push_back(Stroke { voicing: strum.voicing, touch, buzzes });
        if self.strums.len() > BACK {
            self.strums.pop_front();
        }
        let thin = self.is_thin();
        let new = thin && !self.thin_told;
        self.thin_told = thin;
        new.then(|| fact(c::NEAR_BRIDGE, Slots::default()))
    }

    /// Whether strings rattle only where the strum was hard; asked of a strum that rattles.
    pub(super) fn too_hard(&self) -> bool {
        let level = |buzzes: bool| {
            let those = self.strums.iter().filter(move |stroke| stroke.buzzes == buzzes);
            those.map(|stroke| stroke.touch.level_db)
        };
        let softest = level(true).reduce(f32::min);
        let loudest = level(false).reduce(f32::max);
        let enough = level(true).count() >= RATTLING && level(false).count() >= QUIET;
        let apart = softest.zip(loudest).is_some_and(|(buzz, clean)| buzz >= clean + LOUDER_DB);
        enough && apart
    }

    /// Whether the last strums are much brighter than those of the same chord before them.
    fn is_thin(&self) -> bool {
        let Some(last) = self.strums.back() else { return false };
        let same: Vec<Touch> = self
            .strums
            .iter()
            .filter(|stroke| stroke.voicing == last.voicing && !stroke.buzzes)
            .map(|stroke| stroke.touch)
            .collect();
        let Some(split) = same.len().checked_sub(THIN).filter(|before| *before >= USUAL) else {
            return false;
        };
        let (before, now) = same.split_at(split);
        let octave = median(before.iter().map(|touch| touch.centroid_hz.max(1.0).log2()));
        let level = median(before.iter().map(|touch| touch.level_db));
        now.iter().all(|touch| {
            touch.centroid_hz.max(1.0).log2() >= octave + BRIGHTER
                && touch.level_db <= level + NO_LOUDER_DB
        })
    }
}

fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The strings that rattle.
pub(super) fn rattling(strum: &Strum) -> impl Iterator<Item = StringNumber> + '_ {
    let buzzes = |s: &&audio::StringVerdict| s.asked && s.state == StringState::Buzz;
    strum.strings.iter().filter(buzzes).map(|s| s.string)
}
