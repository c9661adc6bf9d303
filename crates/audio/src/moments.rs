//! When each string of a strum was struck, and what began to sound at its moment.
//!
//! Strings are struck one after the other. Where two of them share a partial, the level alone
//! cannot tell them apart, but their moments can: short spectra over the strum are held against a
//! hand that passes the strings at an even pace. It weighs nothing; the net does ([`crate::look`]).

use realfft::num_complex::Complex32;

use crate::evidence::decibel;
use crate::explain::RANGE_HZ;
use crate::resample::RATE;
use crate::spectrum::Transform;
use crate::stiff::Tone;
use crate::stream::Stream;

/// Samples of a short spectrum (32 ms), of its transform, and from one to the next (4 ms).
const WINDOW: usize = 704;
const SIZE: usize = 2048;
const HOP: usize = 88;
/// Hops before the first rise, and at most after it: six strings of a slow hand.
const BEFORE: usize = 16;
const AFTER: usize = 125;
/// Hops from a moment to the spectra before and after it.
const ASIDE: usize = 4;
/// Partials that are looked at.
const PARTIALS: usize = 8;
/// Milliseconds a string of the hands that are tried; both ways.
const PACES: [f32; 14] =
    [2.0, 5.0, 8.0, 11.0, 15.0, 19.0, 24.0, 29.0, 35.0, 41.0, 49.0, 58.0, 68.0, 80.0];
/// Hops round the first rise at which the first string may have been struck.
const FIRST: std::ops::RangeInclusive<isize> = -4..=6;
/// Hops by which a string may be off the pace: some, and more with a slow hand.
const LOOSE: isize = 2;
const LOOSER_MS: f32 = 16.0;
/// A rise beyond this many dB says no more.
const RISE_DB: f32 = 20.0;
/// Weight of a partial that another string covers when the pace is sought.
const COVERED: f32 = 0.25;
/// From where the noise of the pick is told from strings, in Hz.
const PICK_HZ: f32 = 4500.0;

/// Short spectra from just before a strum on.
#[derive(Debug, Clone)]
pub(crate) struct Short {
    frames: Vec<Frame>,
}

#[derive(Debug, Clone)]
struct Frame {
    bins: Vec<Complex32>,
    /// Their levels in dB.
    levels: Vec<f32>,
    /// Level above the strings in dB.
    pick_db: f32,
}

impl Short {
    /// Round a strum that rose at sample `first` and is looked at until `end`.
    pub(crate) fn of(stream: &Stream, first: u64, end: u64) -> Self {
        let mut transform = Transform::new(WINDOW, SIZE);
        let kept = (RANGE_HZ.1 * SIZE as f32 / RATE as f32) as usize + 2;
        let pick = (PICK_HZ * SIZE as f32 / RATE as f32) as usize;
        let begin = first as i64 - (BEFORE * HOP + WINDOW / 2) as i64;
        let there = (end as i64 - begin - WINDOW as i64).max(0) as usize / HOP;
        let frames = (0..=there.min(BEFORE + AFTER)).map(|hop| {
            let sound = stream.history.window(begin + (hop * HOP) as i64, WINDOW);
            let bins = transform.complex(&sound);
            let high: f32 = bins.iter().skip(pick).map(|c| c.norm_sqr()).sum();
            let bins = bins[..kept].to_vec();
            let levels = bins.iter().map(|c| decibel(c.norm())).collect();
            Frame { bins, levels, pick_db: 10.0 * high.max(1e-12).log10() }
        });
        Self { frames: frames.collect() }
    }

    fn frame(&self, hop: isize) -> Option<&Frame> {
        self.frames.get(hop.clamp(0, self.frames.len() as isize - 1) as usize)
    }

    /// Amplitude and phase at `hz` in the spectrum round `hop`.
    fn at(&self, hop: isize, hz: f32) -> Complex32 {
        let bin = (hz * SIZE as f32 / RATE as f32).round() as usize;
        self.frame(hop).and_then(|frame| frame.bins.get(bin)).copied().unwrap_or_default()
    }

    /// Levels in dB at `hz`, hop by hop.
    fn levels(&self, hz: f32) -> Vec<f32> {
        let bin = (hz * SIZE as f32 / RATE as f32).round() as usize;
        let level = |frame: &Frame| frame.levels.get(bin).copied().unwrap_or(-180.0);
        self.frames.iter().map(level).collect()
    }

    fn pick_rise(&self, hop: isize) -> f32 {
        let level = |hop| self.frame(hop).map_or(-120.0, |frame| frame.pick_db);
        level(hop + ASIDE as isize / 2) - level(hop - ASIDE as isize)
    }
}

/// The hand that fits a strum best.
#[derive(Debug, Clone)]
pub(crate) struct Moments {
    /// Hop at which each string was struck, string 6 first.
    at: [isize; 6],
    /// Milliseconds a string, negative from string 1 to string 6.
    pace: f32,
    /// Mean rise at the moments over 20 dB, and by how much the best hand the other way is worse.
    rise: f32,
    margin: f32,
}

impl Moments {
    /// Of `tones`, the strings that should sound.
    pub(crate) fn of(short: &Short, tones: &[Tone]) -> Self {
        let rises: Vec<(usize, Vec<f32>)> =
            tones.iter().map(|tone| (tone.string, rises(short, tone, tones))).collect();
        let (low, high) = tones
            .iter()
            .fold((5, 0), |(low, high), tone| (tone.string.min(low), tone.string.max(high)));
        let score = |first: isize, pace: f32, up: bool| -> f32 {
            let moment = |string: usize| struck(string, (low, high), first, pace, up);
            rises.iter().map(|(string, rise)| near(rise, moment(*string), pace).0).sum()
        };
        let mut best = [(f32::NEG_INFINITY, 0isize, 0f32); 2];
        for pace in PACES {
            for (way, best) in best.iter_mut().enumerate() {
                for first in FIRST {
                    let found = score(first, pace, way == 1);
                    if found > best.0 {
                        *best = (found, first, pace);
                    }
                }
            }
        }
        let up = best[1].0 > best[0].0;
        let (found, first, pace) = best[usize::from(up)];
        let mut at: [isize; 6] =
            std::array::from_fn(|string| struck(string, (low, high), first, pace, up));
        for (string, rise) in &rises {
            at[*string] += near(rise, at[*string], pace).1;
        }
        let count = rises.len().max(1) as f32;
        let other = best[usize::from(!up)].0;
        Self {
            at,
            pace: if up { -pace } else { pace },
            rise: found / count,
            margin: (found - other) / count,
        }
    }

    /// Count of [`Moments::numbers`].
    pub(crate) const NUMBERS: usize = 3 * PARTIALS + 8;

    /// What `tone`, whose partials lie where `heard` says, did at its string's moment; levels in
    /// units of `step` dB against `reference`.
    pub(crate) fn numbers(
        &self,
        short: &Short,
        tone: &Tone,
        heard: impl Fn(f32) -> f32,
        (reference, step): (f32, f32),
    ) -> [f32; Self::NUMBERS] {
        let mut out = [0f32; Self::NUMBERS];
        let moment = self.at.get(tone.string).copied().unwrap_or_default();
        let unit = |level: f32| ((level - reference) / step).clamp(-3.0, 1.0);
        for k in 1..=PARTIALS {
            let hz = tone.partial(k);
            if hz > 0.9 * RANGE_HZ.1 {
                break;
            }
            let [before, after, new] = begun(short, moment, heard(hz)).map(unit);
            out[3 * (k - 1)..3 * k].copy_from_slice(&[before, after, new]);
        }
        let rises = rises(short, tone, &[]);
        let (own, shift) = near(&rises, moment, 0.0);
        let most = rises.iter().fold(0f32, |most, rise| most.max(*rise));
        let pick = |hop: isize| (short.pick_rise(hop) / step).clamp(-1.0, 1.5);
        let picked = (moment - 1..=moment + 1).map(pick).fold(-1.0, f32::max);
        out[3 * PARTIALS..].copy_from_slice(&[
            self.pace / 40.0,
            self.pace.abs() / 40.0,
            self.rise,
            self.margin.min(1.0),
            own,
            own - most,
            shift as f32 / 2.0,
            picked,
        ]);
        out
    }
}

/// Hop at which a hand strikes `string`.
fn struck(string: usize, (low, high): (usize, usize), first: isize, pace: f32, up: bool) -> isize {
    let turn = if up { high as f32 - string as f32 } else { string as f32 - low as f32 };
    let hops = turn * pace * RATE as f32 / 1000.0 / HOP as f32;
    BEFORE as isize + first + hops.round() as isize
}

/// The strongest rise round `hop`, and how far from it.
fn near(rises: &[f32], hop: isize, pace: f32) -> (f32, isize) {
    let loose = LOOSE + (pace / LOOSER_MS) as isize;
    let at = |shift: isize| {
        let rise = usize::try_from(hop + shift).ok().and_then(|hop| rises.get(hop)).copied();
        rise.unwrap_or(0.0) - 0.02 * shift.abs() as f32
    };
    (-loose..=loose)
        .map(|shift| (at(shift), shift))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap_or_default()
}

/// How much the partials of `tone` rise round each hop, 0–1; those that `others` cover count less.
fn rises(short: &Short, tone: &Tone, others: &[Tone]) -> Vec<f32> {
    let partials: Vec<(f32, f32)> = (1..=PARTIALS)
        .map(|k| tone.partial(k))
        .filter(|hz| *hz < 0.9 * RANGE_HZ.1)
        .map(|hz| (hz, if covered(hz, tone, others) { COVERED } else { 1.0 }))
        .collect();
    let total: f32 = partials.iter().map(|(_, weight)| weight).sum();
    let mut out = vec![0f32; short.frames.len()];
    for (hz, weight) in partials {
        let levels = short.levels(hz);
        let top = levels.iter().fold(f32::NEG_INFINITY, |top, level| top.max(*level));
        let level =
            |hop: isize| levels[hop.clamp(0, levels.len() as isize - 1) as usize].max(top - 40.0);
        for (hop, slot) in out.iter_mut().enumerate() {
            let (hop, aside) = (hop as isize, ASIDE as isize);
            let rise = (level(hop + aside) - level(hop - aside)).clamp(0.0, RISE_DB);
            *slot += weight * rise / RISE_DB / total.max(1e-6);
        }
    }
    out
}

fn covered(hz: f32, tone: &Tone, others: &[Tone]) -> bool {
    let width = RATE as f32 / WINDOW as f32;
    others.iter().filter(|other| other.string != tone.string).any(|other| {
        let k = (hz / other.f0).round().max(1.0) as usize;
        k <= 2 * PARTIALS && (other.partial(k) - hz).abs() < width
    })
}

/// Level in dB of a partial before and after a moment, and of what is new: the spectrum after it
/// less the one before, its phase carried on.
fn begun(short: &Short, moment: isize, hz: f32) -> [f32; 3] {
    let aside = ASIDE as isize;
    let (before, after) = (short.at(moment - aside, hz), short.at(moment + aside, hz));
    let turn = std::f32::consts::TAU * hz * (2 * ASIDE * HOP) as f32 / RATE as f32;
    let carried = before * Complex32::from_polar(1.0, turn);
    [before, after, after - carried].map(|c| decibel(c.norm()))
}
