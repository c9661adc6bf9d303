//! One string that was asked to be played alone, perhaps over a chord that still rings: did it
//! ring, at which pitch, or was there only a thump?
//!
//! It looks at what the pluck added to the sound before it. It settles nothing by itself.

use theory::{Pitch, StringNumber};

use crate::ListenerConfig;
use crate::judge::Span;
use crate::meter::rms;
use crate::pitch::{refine, share};
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
/// Added power of a pluck, at its attack, over what rang before.
const STRUCK: f32 = 0.15;
/// Added brightness of a pick over what rang before.
const PICKED: f32 = 0.5;
/// Power at a string's partials, after over before, under which it did not begin to ring (1 dB).
const STILL: f32 = 1.26;
/// Added power, over what rang before, from which another string rings.
const OTHERS: f32 = 0.3;
const PARTIALS: usize = 8;
/// Late over early added power of a string that died (−12 dB).
const DIED: f32 = 0.063;
/// Share of the added power of a damped string that lies below this frequency.
const DULL: f32 = 0.3;
const DULL_HZ: f32 = 1000.0;
/// Early over attack power of a mere knock.
const KNOCK: f32 = 0.1;

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

/// Listens for `string`, which should sound `asked`.
pub(crate) fn hear(
    stream: &Stream,
    span: Span,
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
    let grown = Tone::new(string.index(), asked, &config.tuning, config.a4, 0.0)
        .map_or(0.0, |tone| growth(&now, &before, &tone, seconds));
    if thumped(stream, span, grown) && !others_began(stream, span) && is_dull(stream, span) {
        return Alone::Thump;
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

/// Whether what came is as dull as a damped string, not a click: of a metronome, of a key.
fn is_dull(stream: &Stream, span: Span) -> bool {
    let length = RATE as usize * 60 / 1000;
    let from = span.first as i64 - RATE as i64 * 5 / 1000;
    let mut transform = Transform::new(length, SIZE);
    let now = transform.magnitudes(&stream.history.window(from, length));
    let before = transform.magnitudes(&stream.history.window(from - length as i64, length));
    let new = added(&now, &before);
    let low: f32 = new.bins.iter().take(new.place(DULL_HZ) as usize).sum();
    low > DULL * new.bins.iter().sum::<f32>()
}

/// Whether 120 ms after the pluck more has begun to ring than rang before: a strum, no thump. Where
/// hardly anything rang before, the loudness alone tells that.
fn others_began(stream: &Stream, span: Span) -> bool {
    let ms = |ms: i64| span.first as i64 + ms * i64::from(RATE) / 1000;
    let level = |from: i64, to: i64| rms(&stream.history.window(from, (to - from) as usize));
    if level(ms(-170), ms(-10)).powi(2) < DIED * level(ms(5), ms(60)).powi(2) {
        return false;
    }
    let from = span.first + RATE as u64 * 120 / 1000;
    let length = span.end.saturating_sub(from) as usize;
    if length < RATE as usize / 10 {
        return false;
    }
    let (now, before) = around(stream, span, from, length);
    let power = |of: &Spectrum| of.bins.iter().map(|m| m * m).sum::<f32>();
    let new: f32 = added(&now, &before).bins.iter().sum();
    new > power(&before)
}

/// Power at the first partials of a string, after the pluck over before it.
fn growth(now: &Spectrum, before: &Spectrum, tone: &Tone, seconds: f32) -> f32 {
    let power = |of: &Spectrum| -> f32 {
        let partials = (1..=PARTIALS).map(|k| tone.partial(k));
        partials.map(|hz| of.peak(hz, 0.5 / seconds + 0.01 * hz).0.powi(2)).sum()
    };
    power(now) / power(before).max(1e-12)
}

/// Whether the string was struck and its own power is gone 150 ms later; over a ringing chord:
/// whether a pick was heard and the string's partials did not grow.
fn thumped(stream: &Stream, span: Span, grown: f32) -> bool {
    let ms = |ms: i64| span.first as i64 + ms * i64::from(RATE) / 1000;
    let window = |from: i64, to: i64| stream.history.window(from, (to - from).max(2) as usize);
    let power = |from: i64, to: i64| {
        let window = window(from, to);
        window.iter().map(|s| s * s).sum::<f32>() / window.len() as f32
    };
    // Of the first difference: a pick is bright.
    let bright = |from: i64, to: i64| {
        let window = window(from, to);
        window.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum::<f32>() / window.len() as f32
    };
    if (span.end as i64) < ms(250) {
        return false;
    }
    let before = power(ms(-170), ms(-10));
    let attack = power(ms(5), ms(60)) - before;
    let early = power(ms(20), ms(100)) - before;
    let late = (power(ms(150), span.end as i64) - LINGERS * before).max(0.0);
    // A shorter thump is over before the early window begins.
    let died = late < DIED * early || (early < KNOCK * attack && late < DIED * attack);
    let picked = bright(ms(-5), ms(40)) > (1.0 + PICKED) * bright(ms(-170), ms(-10));
    // Had another string begun to ring, there would be more sound than before.
    let still = grown < STILL && late < OTHERS * before;
    (attack > STRUCK * before && died) || ((attack > STRUCK * before || picked) && still)
}
