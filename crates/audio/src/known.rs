//! What a guitar's fingerprint says of the strings in a strum: how loud the partials of one string
//! are among themselves, and so how loud the others must be where they cover it.
//!
//! A string's partials that nobody covers give its loudness, its fingerprint the covered ones.

use theory::StringNumber;

use crate::GuitarPrint;
use crate::evidence::{Sound, decibel};
use crate::stiff::Tone;

/// Partials a fingerprint knows.
const PARTIALS: usize = 10;
/// Partials nearer than this many widths cover each other.
const COVERED: f32 = 1.0;
/// Where nothing is known.
const NOTHING_DB: f32 = -120.0;

/// The tested string's own shape and the others with their loudness.
#[derive(Debug)]
pub(crate) struct Known {
    own: Option<[f32; PARTIALS]>,
    /// A tone, its partials' levels in dB as the fingerprint has them, what to add to them.
    others: Vec<(Tone, [f32; PARTIALS], f32)>,
}

impl Known {
    pub(crate) fn of(print: &GuitarPrint, sound: &Sound, tone: &Tone, others: &[Tone]) -> Self {
        let levels = |tone: &Tone| {
            let string = StringNumber::at_index(tone.string)?;
            print.string(string).map(|known| known.levels)
        };
        let known = others.iter().filter_map(|other| {
            let levels = levels(other)?;
            let covering = others.iter().filter(|o| o.string != other.string).chain([tone]);
            let gain = loudness(sound, other, &levels, &covering.collect::<Vec<_>>())?;
            Some((*other, levels, gain))
        });
        Self { own: levels(tone), others: known.collect() }
    }

    /// Level of the tested string's partial `k` beside its loudest, in dB; 0 where not known.
    pub(crate) fn own(&self, k: usize) -> f32 {
        self.own.and_then(|levels| levels.get(k - 1).copied()).unwrap_or(0.0)
    }

    /// Level in dB that the others must have within `reach` Hz of `hz`.
    pub(crate) fn others(&self, hz: f32, reach: f32) -> f32 {
        let mut power = 0f32;
        for (tone, levels, gain) in &self.others {
            for (k, level) in (1..).zip(levels) {
                if (tone.partial(k) - hz).abs() < reach {
                    power += 10f32.powf((level + gain) / 10.0);
                }
            }
        }
        if power > 0.0 { 10.0 * power.log10() } else { NOTHING_DB }
    }
}

/// Median of what was heard over the fingerprint, at the partials that nobody covers.
fn loudness(
    sound: &Sound,
    tone: &Tone,
    levels: &[f32; PARTIALS],
    covering: &[&Tone],
) -> Option<f32> {
    let clear = |hz: f32| {
        covering.iter().all(|other| {
            let k = (hz / other.f0).round().max(1.0) as usize;
            (other.partial(k) - hz).abs() * sound.length > COVERED
        })
    };
    let mut over: Vec<f32> = (1..)
        .zip(levels)
        .map(|(k, level)| (tone.partial(k), level))
        .filter(|(hz, _)| clear(*hz))
        .map(|(hz, level)| decibel(sound.now.peak(hz, sound.reach(hz)).0) - level)
        .collect();
    over.sort_by(f32::total_cmp);
    over.get(over.len() / 2).copied()
}
