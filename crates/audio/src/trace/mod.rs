//! What a strum's sound shows of each string, for «why?»: how loud it was over the first second and
//! how long it rang.
//!
//! It judges nothing: the verdict stands when it is asked, and tells only which pitches sound. A
//! string is followed on partials that no other sounding string covers; where there are none, on
//! what the others cannot account for; where that is too little, it is not told apart.

mod clean;
mod partials;

use std::time::Duration;

use theory::StringNumber;

use crate::resample::RATE;
use crate::spectrum::{Spectrum, Transform};
use crate::{ListenerConfig, StringState, Strum, Take};

pub use clean::cleaned;
use partials::{Followed, Scene};

/// Samples a point is heard from (93 ms), and of the transform.
pub(crate) const WINDOW: usize = 2048;
const SIZE: usize = 4096;
/// A point is the level of the sound that follows it: a struck string reaches half of it this many
/// seconds early.
const EARLY: f32 = 0.5 * WINDOW as f32 / RATE as f32;
/// A string no longer rings when it has lost 20 dB…
const FADED: f32 = 0.1;
/// …or lies 34 dB under the loudest: it never sounded…
const SILENT: f32 = 0.02;
/// …or within 6 dB of what sounded before the strum.
const OVER_BEFORE: f32 = 2.0;
/// A string begins within this many seconds of the strum: six strings of a slow hand.
const BEGINS: f32 = 0.5;

/// One string of a strum.
#[derive(Debug, Clone, PartialEq)]
pub struct StringTrace {
    /// Which string.
    pub string: StringNumber,
    /// Amplitude, 0–1 on one scale for all strings, every [`StringTrace::STEP`] from the strum on;
    /// at most [`StringTrace::POINTS`], fewer where the sound ends before. Empty where the string
    /// is neither asked nor heard.
    pub levels: Vec<f32>,
    /// What the levels are those of.
    pub source: TraceSource,
    /// How long it rang.
    pub rang: Rang,
}

impl StringTrace {
    /// One second of points.
    pub const POINTS: usize = 100;
    /// From point to point.
    pub const STEP: Duration = Duration::from_millis(10);
}

/// What a trace was heard from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TraceSource {
    /// Partials that are the string's alone.
    Own,
    /// Shared partials, less what the other strings account for.
    Rest,
    /// Shared partials of which the others may account for everything: the levels are those of all
    /// of them together, and only where the verdict says that the string rings.
    Together,
}

/// How long a string rang, in seconds from its own stroke until it had lost 20 dB or was drowned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rang {
    /// So long.
    For(f32),
    /// It still rang when the sound ended, after so long.
    Beyond(f32),
    /// Cannot be told: it is not heard apart from the others, or not asked.
    Untold,
}

/// The six strings of `strum`, string 6 first, in `sound`, in which it begins at `onset`. Of
/// `config` the tuning, A4 and the guitar's print are used.
///
/// A strum without a voicing has empty traces.
#[must_use]
pub fn traces(
    sound: &Take,
    onset: Duration,
    strum: &Strum,
    config: &ListenerConfig,
) -> [StringTrace; 6] {
    let frames = Frames::of(sound.samples(), onset);
    let scene = Scene::of(strum, config);
    let followed = scene.follow(&frames);
    let loudest = |one: &Option<Followed>| one.as_ref().map_or(0.0, Followed::peak);
    let loudest = followed.iter().map(loudest).fold(0f32, f32::max);
    std::array::from_fn(|place| {
        let string = StringNumber::THICK_TO_THIN[place];
        match &followed[place] {
            Some(one) => one.trace(string, loudest, rings(strum, place)),
            None => StringTrace {
                string,
                levels: Vec::new(),
                source: TraceSource::Together,
                rang: Rang::Untold,
            },
        }
    })
}

fn rings(strum: &Strum, place: usize) -> bool {
    !matches!(
        strum.strings[place].state,
        StringState::Dead | StringState::NotPlayed | StringState::Unsure { .. }
    )
}

/// Short spectra of a strum: one before it, then one a point.
struct Frames {
    before: Spectrum,
    points: Vec<Spectrum>,
}

impl Frames {
    fn of(samples: &[f32], onset: Duration) -> Self {
        let mut transform = Transform::new(WINDOW, SIZE);
        let first = (onset.as_secs_f64() * f64::from(RATE)) as usize;
        let earlier = first.saturating_sub(WINDOW + RATE as usize / 100);
        let before = transform
            .magnitudes(samples.get(earlier..first.min(samples.len())).unwrap_or_default());
        let step = StringTrace::STEP.as_secs_f64() * f64::from(RATE);
        let starts = (0..).map(|n| first + (f64::from(n) * step) as usize);
        let whole = starts.map_while(|start| samples.get(start..start + WINDOW));
        Self { before, points: whole.map(|window| transform.magnitudes(window)).collect() }
    }
}

impl Followed {
    fn peak(&self) -> f32 {
        if self.source == TraceSource::Together { 0.0 } else { self.start().1 }
    }

    /// The loudest point of the attack and its level.
    fn start(&self) -> (usize, f32) {
        let begins = (BEGINS / StringTrace::STEP.as_secs_f32()) as usize;
        let points = self.levels.iter().copied().enumerate().take(begins);
        points.fold((0, 0.0), |best, point| if point.1 > best.1 { point } else { best })
    }

    fn trace(&self, string: StringNumber, loudest: f32, rings: bool) -> StringTrace {
        let rang = self.rang(loudest);
        let source = match self.source {
            // What is said to ring and is drowned from the first is not heard apart, not silent.
            _ if rings && rang == Rang::For(0.0) => TraceSource::Together,
            source => source,
        };
        let untold = source == TraceSource::Together;
        let scale = if untold { self.start().1.max(loudest) } else { loudest }.max(1e-9);
        let shown = if untold && !rings { &[] } else { self.levels.as_slice() };
        let levels = shown.iter().take(StringTrace::POINTS).map(|level| (level / scale).min(1.0));
        let rang = if untold { Rang::Untold } else { rang };
        StringTrace { string, levels: levels.collect(), source, rang }
    }

    fn rang(&self, loudest: f32) -> Rang {
        let step = StringTrace::STEP.as_secs_f32();
        let (place, peak) = self.start();
        let floor = (FADED * peak).max(SILENT * loudest).max(OVER_BEFORE * self.before);
        let Some(last) = self.levels.iter().rposition(|level| *level >= floor) else {
            return Rang::For(0.0);
        };
        let begun = self.levels.iter().take(place + 1).rposition(|level| *level < 0.5 * peak);
        let start = begun.map_or(0, |n| n + 1);
        let seconds = (last.saturating_sub(start)) as f32 * step;
        // A sound that began with the first point was not seen to begin early.
        let early = if begun.is_some() { EARLY } else { 0.0 };
        let seconds = (seconds - early).max(0.0);
        if last + 1 == self.levels.len() { Rang::Beyond(seconds) } else { Rang::For(seconds) }
    }
}
