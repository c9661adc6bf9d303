//! Which partials of a strum are whose, and how loud each string is by them.

use theory::StringNumber;

use super::{Frames, TraceSource, WINDOW};
use crate::resample::RATE;
use crate::spectrum::Spectrum;
use crate::stiff::Tone;
use crate::{ListenerConfig, StringState, StringVerdict, Strum};

/// Partials a string is followed on: the lowest few that are its own among so many; and those of
/// others that may cover them. The higher ones fade long before the string does.
const PARTIALS: usize = 8;
const FOLLOWED: usize = 3;
const COVERING: usize = 24;
/// Partials nearer than this many widths (1/window) are not told apart.
const APART: f32 = 1.8;
/// A partial is looked for within this many widths, and as far as tuning may be off.
const REACH: f32 = 0.5;
const LOOSE: f32 = 0.003;
/// Neighbours this near (Hz) leak into a partial, this much of their amplitude (−32 dB: the side
/// lobes of the window).
const NEIGHBOURS: f32 = 80.0;
const LEAK: f32 = 0.025;
/// Power over what the others account for from which a string is told apart (3 dB)…
const STANDS_OUT: f32 = 2.0;
/// …over these points, when all strings have been struck and none has faded.
const SETTLED: std::ops::Range<usize> = 15..45;

const HZ: f32 = RATE as f32 / WINDOW as f32;

/// How loud one string is, point by point.
pub(super) struct Followed {
    pub(super) levels: Vec<f32>,
    /// The same before the strum.
    pub(super) before: f32,
    pub(super) source: TraceSource,
}

/// The strings of a strum at the pitches they sound.
pub(super) struct Scene {
    /// By string, string 6 first; whether it is to be reckoned with among the others.
    pub(super) tones: [Option<(Tone, bool)>; 6],
    /// Relative amplitude of each string's partials.
    weights: [[f32; COVERING]; 6],
}

impl Scene {
    pub(super) fn of(strum: &Strum, config: &ListenerConfig) -> Self {
        let mut cents: Vec<f32> = strum.strings.iter().filter_map(|s| s.cents).collect();
        cents.sort_by(f32::total_cmp);
        let usual = cents.get(cents.len() / 2).copied().unwrap_or(0.0);
        let tone = |verdict: &StringVerdict| tone(verdict, strum, config, usual);
        let tones = std::array::from_fn(|place| tone(&strum.strings[place]));
        Self { tones, weights: std::array::from_fn(|place| weights(place, config)) }
    }

    /// Each string's level; none of a string that is neither asked nor heard.
    pub(super) fn follow(&self, frames: &Frames) -> [Option<Followed>; 6] {
        std::array::from_fn(|place| {
            let (tone, sounds) = self.tones[place]?;
            let own = self.own(place, &tone);
            if !own.is_empty() {
                return Some(self.on_own(place, &tone, &own, frames));
            }
            Some(self.on_shared(place, &tone, frames, sounds))
        })
    }

    /// The partials of `tone` that no other sounding string covers.
    pub(super) fn own(&self, place: usize, tone: &Tone) -> Vec<usize> {
        let clear = |k: &usize| self.covering(place, tone.partial(*k)).next().is_none();
        (1..=PARTIALS).filter(clear).take(FOLLOWED).collect()
    }

    /// Strings beside `place` that sound at `hz`, and with which partial.
    fn covering(&self, place: usize, hz: f32) -> impl Iterator<Item = (usize, usize)> + '_ {
        let others = (0..6).filter(move |other| *other != place);
        others.filter_map(move |other| {
            let (tone, _) = self.tones[other].filter(|(_, sounds)| *sounds)?;
            let near = (hz / tone.f0).round().max(1.0) as usize;
            let mut partials = near.saturating_sub(1).max(1)..=(near + 1).min(COVERING);
            let away = APART * HZ + LOOSE * hz;
            partials.find(|j| (tone.partial(*j) - hz).abs() < away).map(|j| (other, j))
        })
    }

    /// Amplitude by partials that are the string's alone.
    fn on_own(&self, place: usize, tone: &Tone, own: &[usize], frames: &Frames) -> Followed {
        let level = |of: &Spectrum| -> f32 {
            mean(own.iter().map(|k| self.unit(place, *k, amplitude(of, tone.partial(*k)))))
        };
        let levels = frames.points.iter().map(level).collect();
        Followed { levels, before: level(&frames.before), source: TraceSource::Own }
    }

    /// What is said to be silent is not told apart here: what others do not account for may be
    /// theirs all the same.
    fn on_shared(&self, place: usize, tone: &Tone, frames: &Frames, sounds: bool) -> Followed {
        let apart = sounds && self.stands_out(place, tone, frames);
        let level = |of: &Spectrum| -> f32 {
            mean((1..FOLLOWED + 1).map(|k| {
                let power = amplitude(of, tone.partial(k)).powi(2);
                let others = if apart { self.others(place, tone.partial(k), of) } else { None };
                let left = (power - others.unwrap_or(0.0)).max(0.0);
                self.unit(place, k, left.sqrt())
            }))
        };
        let levels = frames.points.iter().map(level).collect();
        let source = if apart { TraceSource::Rest } else { TraceSource::Together };
        Followed { levels, before: level(&frames.before), source }
    }

    /// Whether most partials of `tone` are louder than the others account for.
    fn stands_out(&self, place: usize, tone: &Tone, frames: &Frames) -> bool {
        let settled = frames.points.get(SETTLED).unwrap_or_default();
        let over = |k: usize| -> Option<f32> {
            let hz = tone.partial(k);
            let power: f32 = settled.iter().map(|of| amplitude(of, hz).powi(2)).sum();
            let others: f32 =
                settled.iter().map(|of| self.others(place, hz, of)).sum::<Option<f32>>()?;
            Some(power / others.max(1e-18))
        };
        let over: Option<Vec<f32>> = (1..=PARTIALS).map(over).collect();
        !settled.is_empty() && over.is_some_and(|over| median(over.into_iter()) >= STANDS_OUT)
    }

    /// Power at `hz` that the strings beside `place` account for by the partials that are theirs
    /// alone; none where one of them has none.
    fn others(&self, place: usize, hz: f32, of: &Spectrum) -> Option<f32> {
        self.covering(place, hz).map(|(other, j)| Some(self.expected(other, j, of)?.powi(2))).sum()
    }

    /// Amplitude of partial `j` of a string by its own neighbours of it.
    fn expected(&self, place: usize, j: usize, of: &Spectrum) -> Option<f32> {
        let (tone, _) = self.tones[place]?;
        let free = |k: &usize| self.covering(place, tone.partial(*k)).next().is_none();
        let level = |k: usize| self.unit(place, k, amplitude(of, tone.partial(k)));
        let below = (1..j).rev().find(free);
        let above = (j + 1..=COVERING).find(free);
        let unit = match (below, above) {
            (Some(a), Some(b)) => (level(a) * level(b)).sqrt(),
            (Some(k), None) | (None, Some(k)) => level(k),
            (None, None) => return None,
        };
        Some(unit * self.weights[place][j - 1])
    }

    fn unit(&self, place: usize, k: usize, amplitude: f32) -> f32 {
        amplitude / self.weights[place][k - 1]
    }
}

/// The tone of a string: the pitch that was heard, else the one that was asked; of a string that is
/// heard and not asked the open one.
fn tone(
    verdict: &StringVerdict,
    strum: &Strum,
    config: &ListenerConfig,
    usual: f32,
) -> Option<(Tone, bool)> {
    let string = verdict.string;
    let asked = strum.voicing.and_then(|voicing| voicing.pitch(string, &config.tuning));
    let (pitch, sounds) = match verdict.state {
        StringState::WrongPitch { pitch } => (pitch, true),
        StringState::Rings | StringState::Buzz if !verdict.asked => {
            (config.tuning.open(string), true)
        }
        StringState::Rings | StringState::Buzz => (asked?, true),
        StringState::Unsure { .. } => (asked?, true),
        StringState::Dead | StringState::NotPlayed => (asked?, false),
    };
    let cents = verdict.cents.unwrap_or(usual);
    let tone = Tone::new(string.index(), pitch, &config.tuning, config.a4, cents)?;
    Some((tone.with(config.print.as_ref(), &config.tuning), sounds))
}

/// Relative amplitude of the partials: as tuning has shown them, else falling by 1/k.
fn weights(place: usize, config: &ListenerConfig) -> [f32; COVERING] {
    let known = StringNumber::at_index(place)
        .and_then(|string| config.print.as_ref()?.string(string))
        .map(|string| string.levels);
    std::array::from_fn(|n| {
        let usual = 1.0 / (n + 1) as f32;
        let level = known.and_then(|levels| levels.get(n).copied());
        level.map_or(usual, |db| 10f32.powf(db / 20.0)).max(1e-3)
    })
}

/// Amplitude of a partial that lies near `hz`: of a peak there, else what is at `hz` itself, so
/// that no neighbour's slope is taken for it; less what neighbours leak.
fn amplitude(of: &Spectrum, hz: f32) -> f32 {
    let (low, high) = (hz - REACH * HZ - LOOSE * hz, hz + REACH * HZ + LOOSE * hz);
    let (peak, at) = of.peak(hz, high - hz);
    let inside = at > low + of.hz_per_bin && at < high - of.hz_per_bin;
    let here = if inside { peak } else { of.level(hz) };
    (here - LEAK * of.peak(hz, NEIGHBOURS).0).max(0.0)
}

/// The lower of two in the middle.
fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut all: Vec<f32> = values.collect();
    all.sort_by(f32::total_cmp);
    all.get(all.len().saturating_sub(1) / 2).copied().unwrap_or(0.0)
}

/// Root mean square: a partial that a pick has left out does not silence the string.
fn mean(values: impl ExactSizeIterator<Item = f32>) -> f32 {
    let count = values.len().max(1) as f32;
    (values.map(|value| value * value).sum::<f32>() / count).sqrt()
}
