//! One string that was asked to be played alone, perhaps over a chord that still rings: did it
//! ring, at which pitch, or was there only a thump?
//!
//! It looks at what the pluck added to the sound before it. It settles nothing by itself.

use theory::{Pitch, StringNumber};

use crate::ListenerConfig;
use crate::judge::Span;
use crate::pitch::{refine, share};
use crate::pluck::Pluck;
use crate::resample::RATE;
use crate::spectrum::{Spectrum, Transform};
use crate::stiff::Tone;
use crate::stream::Stream;

const SIZE: usize = 8192;
/// Share of the added power on the partials of a pitch from which the pluck had it.
const OWN: f32 = 0.5;
/// Another pitch than the asked one must explain this much more.
const BETTER: f32 = 0.1;
/// Share of the power before the pluck that is still there after it.
const LINGERS: f32 = 0.8;
/// Power at a string's partials, after over before, under which it did not begin to ring (1 dB).
const STILL: f32 = 1.26;
const PARTIALS: usize = 8;
/// Share of a comb's power under which another string was struck, whose partials are every second
/// (third, fourth) of the comb's. On the bench it was over 0.03 of every string that rang itself,
/// under 0.01 of nine in ten others.
const OVERTONES: f32 = 0.02;
/// Partials of which some must be no other string's, and where they end in Hz.
const MULTIPLES: usize = 16;
const HIGHEST: f32 = 5000.0;
/// Share of the added power of a damped string under 800 Hz; clicks of a metronome or a key lie
/// higher.
const DULL: f32 = 0.3;

/// What was heard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Alone {
    /// It rang: frequency of its first partial in Hz, share of the added power it explains.
    Rang { hz: f32, share: f32 },
    /// It was struck and died.
    Thump,
    /// Something else.
    Other,
}

/// Listens for `string`, which should sound `asked`, in a pluck.
pub(crate) fn hear(
    stream: &Stream,
    (span, pluck): (Span, Option<Pluck>),
    (string, asked): (StringNumber, Pitch),
    config: &ListenerConfig,
) -> Alone {
    let from = (span.first + RATE as u64 * 50 / 1000).min(span.end);
    let length = (span.end - from) as usize;
    if length < RATE as usize / 10 {
        return Alone::Other;
    }
    let seconds = length as f32 / RATE as f32;
    let (now, before) = around(stream, span, from, length);
    // What only rings on was not struck; what is gone at once is a thump, or a click.
    match pluck {
        Some(pluck) if !pluck.is_struck() => return Alone::Other,
        Some(pluck) if pluck.is_gone() && pluck.low > DULL => return Alone::Thump,
        Some(pluck) if pluck.is_gone() => return Alone::Other,
        Some(_) => {}
        None => return Alone::Other,
    }
    let added = added(&now, &before);
    let mut best: Option<(f32, f32, bool)> = None;
    for pitch in pitches(asked, config.tuning.open(string)) {
        let Some(tone) = Tone::new(string.index(), pitch, &config.tuning, config.a4, 0.0) else {
            continue;
        };
        // What did not grow was not struck, whatever is left of the sound.
        if growth(&now, &before, &tone, seconds) < STILL {
            continue;
        }
        let hz = refine(&added, tone.f0, seconds);
        if only_its_own(&added, hz, seconds) < OVERTONES {
            continue;
        }
        let own = share(&added, hz, seconds);
        let better =
            best.is_none_or(|(_, most, is_asked)| own > most + if is_asked { BETTER } else { 0.0 });
        if better {
            best = Some((hz, own, pitch == asked));
        }
    }
    match best {
        Some((hz, share, _)) if share > OWN => Alone::Rang { hz, share },
        _ => Alone::Other,
    }
}

/// The asked pitch first, then where a finger may lie instead.
fn pitches(asked: Pitch, open: Pitch) -> Vec<Pitch> {
    let beside = [-2, -1, 1, 2].map(|step| asked.transposed(step));
    let mut all = vec![asked];
    for other in beside.into_iter().chain([open]) {
        if other >= open && !all.contains(&other) {
            all.push(other);
        }
    }
    all
}

/// Magnitudes after the pluck, and as long before it.
fn around(stream: &Stream, span: Span, from: u64, length: usize) -> (Spectrum, Spectrum) {
    let mut transform = Transform::new(length, SIZE);
    let now = transform.magnitudes(&stream.history.window(from as i64, length));
    let earlier = span.first as i64 - length as i64 - RATE as i64 / 100;
    (now, transform.magnitudes(&stream.history.window(earlier, length)))
}

/// Power that the pluck added.
fn added(now: &Spectrum, before: &Spectrum) -> Spectrum {
    let pairs = now.bins.iter().zip(&before.bins);
    let bins = pairs.map(|(now, before)| (now * now - LINGERS * before * before).max(0.0));
    Spectrum { bins: bins.collect(), hz_per_bin: now.hz_per_bin }
}

/// Power at the first partials of a string, after the pluck over before it.
fn growth(now: &Spectrum, before: &Spectrum, tone: &Tone, seconds: f32) -> f32 {
    let power = |of: &Spectrum| -> f32 {
        let partials = (1..=PARTIALS).map(|k| tone.partial(k));
        partials.map(|hz| of.peak(hz, 0.5 / seconds + 0.01 * hz).0.powi(2)).sum()
    };
    power(now) / power(before).max(1e-12)
}

/// The least share of a comb's power that lies on partials which are no multiples of 2, of 3, or of
/// 4: next to none where a string an octave, a twelfth or two octaves higher was struck.
fn only_its_own(power: &Spectrum, hz: f32, seconds: f32) -> f32 {
    let tops: Vec<f32> = (1..=MULTIPLES)
        .map(|k| k as f32 * hz)
        .take_while(|partial| *partial < HIGHEST)
        .map(|partial| power.peak(partial, 0.5 / seconds + 0.01 * partial).0)
        .collect();
    let all = tops.iter().sum::<f32>().max(1e-12);
    let without = |multiple: usize| -> f32 {
        let others = tops.iter().enumerate().filter(|(at, _)| !(at + 1).is_multiple_of(multiple));
        others.map(|(_, power)| power).sum()
    };
    [2, 3, 4].map(without).into_iter().fold(f32::MAX, f32::min) / all
}
