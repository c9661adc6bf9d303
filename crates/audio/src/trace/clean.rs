//! A strum as it would have sounded had one more string rung: the student's own sound with a made
//! tone on top. It is for listening and is never judged.

use std::time::Duration;

use theory::StringNumber;

use super::partials::Scene;
use super::{Rang, StringTrace, TraceSource, traces};
use crate::resample::RATE;
use crate::{ListenerConfig, StringState, Strum, Take};

/// Partials of the made tone.
const PARTIALS: usize = 12;
/// Seconds a string rings where no other says (20 dB), and at the least.
const RINGS: f32 = 1.5;
const SHORTEST: f32 = 0.5;
/// Higher partials fade faster: partial k so many times as fast.
const FASTER: f32 = 0.12;
/// Attack in seconds, so that it does not click.
const ATTACK: f32 = 0.004;
/// Full scale that the mix keeps under.
const FULL: f32 = 0.95;

/// The samples of `sound` (22,050 a second) with `string` ringing from `onset` on at the pitch that
/// is asked of it, as loud as the others were and as long as they rang. None where nothing can be
/// added to make it right: the string rings, sounds another pitch, or is not asked.
#[must_use]
pub fn cleaned(
    sound: &Take,
    onset: Duration,
    strum: &Strum,
    string: StringNumber,
    config: &ListenerConfig,
) -> Option<Vec<f32>> {
    let verdict = strum.strings[string.index()];
    if !verdict.asked || !matches!(verdict.state, StringState::Dead | StringState::NotPlayed) {
        return None;
    }
    let (tone, _) = Scene::of(strum, config).tones[string.index()]?;
    let all = traces(sound, onset, strum, config);
    let others: Vec<&StringTrace> = all
        .iter()
        .filter(|trace| trace.string != string && trace.source != TraceSource::Together)
        .filter(|trace| seconds(trace.rang).is_some_and(|rang| rang >= SHORTEST))
        .collect();
    let rang = median(others.iter().filter_map(|trace| seconds(trace.rang))).unwrap_or(RINGS);
    let first = (onset.as_secs_f64() * f64::from(RATE)) as usize;
    let mut out = sound.samples().to_vec();
    let strummed = out.get(first..(first + RATE as usize / 2).min(out.len()))?;
    let gain = loudness(strummed, others.len());
    // 20 dB are 2.3 times the time in which a factor e is lost.
    let life = rang / 10f32.ln();
    for (n, slot) in out.iter_mut().skip(first).enumerate() {
        let t = n as f32 / RATE as f32;
        let partials = (1..=PARTIALS).filter(|k| tone.partial(*k) < 0.45 * RATE as f32);
        let sample: f32 = partials
            .map(|k| {
                let fade = (-t / life * (1.0 + FASTER * (k - 1) as f32)).exp();
                fade / k as f32 * (std::f32::consts::TAU * tone.partial(k) * t).sin()
            })
            .sum();
        *slot += gain * (t / ATTACK).min(1.0) * sample;
    }
    let peak = out.iter().fold(0f32, |peak, sample| peak.max(sample.abs()));
    if peak > FULL {
        out.iter_mut().for_each(|sample| *sample *= FULL / peak);
    }
    Some(out)
}

/// Amplitude of one string among `count` that make up `sound`: powers add up.
fn loudness(sound: &[f32], count: usize) -> f32 {
    let power = sound.iter().map(|s| s * s).sum::<f32>() / sound.len().max(1) as f32;
    // A string is a sum of sines 1/k, whose power is about 0.8 of its first amplitude's square.
    (power / count.max(1) as f32 / 0.8).sqrt()
}

fn seconds(rang: Rang) -> Option<f32> {
    match rang {
        Rang::For(seconds) | Rang::Beyond(seconds) => Some(seconds),
        Rang::Untold => None,
    }
}

fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut all: Vec<f32> = values.collect();
    all.sort_by(f32::total_cmp);
    all.get(all.len() / 2).copied()
}
