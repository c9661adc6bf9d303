//! What the net is shown of one string at one pitch: numbers of about unit size, nothing that
//! names a recording.
//!
//! Levels are decibels against the strum's own loud partials, so that loudness, microphone and
//! distance cancel. What the numbers mean for a string is learnt ([`crate::net`]), not said here.

use std::time::Duration;

use theory::{StringNumber, Voicing};

use crate::evidence::{Evidence, Expectation, Sound, decibel};
use crate::explain::{Explanation, RANGE_HZ};
use crate::known::Known;
use crate::moments::Moments;
use crate::stiff::Tone;
use crate::witness::PitchReading;

/// Partials that are shown and numbers for each.
const PARTIALS: usize = 12;
const EACH: usize = 13;
/// Bumps of a string's envelope in the explanation.
const BUMPS: usize = 5;
/// Where the parts of a look begin.
const FIT: usize = PARTIALS * EACH;
const PLACE: usize = FIT + BUMPS + 3;
const MOMENT: usize = PLACE + 16;
const WITNESS: usize = MOMENT + Moments::NUMBERS;
/// Count of the numbers.
pub(crate) const LOOK: usize = WITNESS + PitchReading::NUMBERS + 1;

/// Decibels per unit.
const STEP: f32 = 20.0;

/// The numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look([f32; LOOK]);

impl Look {
    /// Adds what the witness says of the pitch; without one the numbers stay zero.
    pub(crate) fn with(mut self, witness: Option<&PitchReading>, tone: &Tone) -> Self {
        if let Some(reading) = witness {
            let numbers = reading.numbers(tone.pitch);
            self.0[WITNESS..WITNESS + numbers.len()].copy_from_slice(&numbers);
            self.0[LOOK - 1] = 1.0;
        }
        self
    }

    /// All numbers.
    pub(crate) fn numbers(&self) -> &[f32; LOOK] {
        &self.0
    }
}

/// What the net is shown of a strum, for training it: asked for by `ListenerConfig::study`.
#[derive(Debug, Clone, PartialEq)]
pub struct StrumStudy {
    /// When the first string was struck.
    pub at: Duration,
    /// The voicing that was judged.
    pub voicing: Voicing,
    /// Each string at its own pitch and at the others it may have been stopped at.
    pub looks: Vec<StringStudy>,
}

/// One string at one pitch.
#[derive(Debug, Clone, PartialEq)]
pub struct StringStudy {
    /// Which string.
    pub string: StringNumber,
    /// Whether it is asked to sound.
    pub asked: bool,
    /// Whether this is the asked pitch, or the likeliest one of a string that must be silent.
    pub main: bool,
    /// Whether its fundamental lies on a partial of another string.
    pub shared: bool,
    /// The pitch it is looked at for, as a MIDI number with its fraction against A4 = 440 Hz.
    pub pitch: f32,
    /// [`StringStudy::NUMBERS`] numbers.
    pub numbers: Vec<f32>,
}

impl StringStudy {
    /// Count of the numbers.
    pub const NUMBERS: usize = LOOK;

    pub(crate) fn of(
        evidence: &Evidence,
        (asked, main): (bool, bool),
        witness: Option<&PitchReading>,
    ) -> Option<Self> {
        let tone = &evidence.tone;
        Some(Self {
            string: StringNumber::at_index(tone.string)?,
            asked,
            main,
            shared: evidence.shared,
            pitch: 69.0 + 12.0 * (tone.f0 / 440.0).log2(),
            numbers: evidence.look.with(witness, tone).numbers().to_vec(),
        })
    }
}

/// One string among the others in a judged window.
pub(crate) struct Scene<'a> {
    pub(crate) sound: &'a Sound,
    /// The others' explanation with the string's partials hidden.
    pub(crate) rest: &'a Explanation,
    /// Everybody's explanation, the string the last.
    pub(crate) whole: &'a Explanation,
    pub(crate) others: &'a [Tone],
    pub(crate) expectation: &'a Expectation,
    /// What tuning has told of these strings.
    pub(crate) print: Option<Known>,
}

impl Scene<'_> {
    /// Looks at `tone`; `odds` are what the hand-made rule says.
    pub(crate) fn look(&self, tone: &Tone, odds: f32, shared: bool) -> Look {
        let mut look = [0f32; LOOK];
        for k in 1..=PARTIALS {
            let hz = tone.partial(k);
            if hz > 0.9 * RANGE_HZ.1 {
                break;
            }
            look[(k - 1) * EACH..k * EACH].copy_from_slice(&self.partial(tone, k, hz));
        }
        look[FIT..PLACE].copy_from_slice(&self.fit(tone));
        look[PLACE..MOMENT].copy_from_slice(&self.place(tone, odds, shared));
        look[MOMENT..WITNESS].copy_from_slice(&self.moment(tone));
        Look(look)
    }

    fn partial(&self, tone: &Tone, k: usize, hz: f32) -> [f32; EACH] {
        let (sound, length) = (self.sound, self.sound.length);
        let reach = sound.reach(hz);
        let (level, at) = sound.now.peak(hz, reach);
        let (tonal, noise) = self.rest.at(at);
        let expected = self.expectation.amplitude(tone.string, hz, k);
        let against = self.expectation.reference;
        let level_db = decibel(level);
        let floor_db = decibel(tonal.hypot(noise));
        let before_db = decibel(sound.before.peak(hz, reach).0);
        let wide = 2.0 * reach;
        let fade = decibel(sound.late.peak(hz, wide).0) - decibel(sound.early.peak(hz, wide).0);
        let here = decibel(sound.now.level(hz));
        let around = decibel(sound.now.median(hz, 60.0));
        [
            ((level_db - against) / STEP).clamp(-3.0, 1.0),
            ((floor_db - against) / STEP).clamp(-3.0, 1.0),
            ((level_db - floor_db) / STEP).clamp(-2.0, 2.0),
            ((decibel(expected) - against) / STEP).clamp(-3.0, 1.0),
            ((before_db - level_db) / STEP).clamp(-2.0, 1.0),
            (fade / 10.0).clamp(-3.0, 2.0),
            ((at - hz) * length).clamp(-2.0, 2.0),
            ((here - level_db) / STEP).clamp(-2.0, 0.0),
            ((around - against) / STEP).clamp(-4.0, 1.0),
            self.clearance(hz),
            ((decibel(sound.attack.peak(hz, wide).0) - against) / STEP).clamp(-3.0, 1.0),
            self.print.as_ref().map_or(0.0, |known| known.own(k) / STEP),
            self.print
                .as_ref()
                .map_or(0.0, |known| ((known.others(hz, reach) - against) / STEP).clamp(-3.0, 1.0)),
        ]
    }

    /// Distance of the nearest partial of another string, in widths of a partial, at most 3.
    fn clearance(&self, hz: f32) -> f32 {
        let nearest = |other: &Tone| {
            let k = (hz / other.f0).round().max(1.0) as usize;
            (k.saturating_sub(1).max(1)..=k + 1)
                .map(|k| (other.partial(k) - hz).abs())
                .fold(f32::INFINITY, f32::min)
        };
        let away = self.others.iter().map(nearest).fold(f32::INFINITY, f32::min);
        (away * self.sound.length).min(3.0)
    }

    fn fit(&self, tone: &Tone) -> [f32; BUMPS + 3] {
        let mut out = [0f32; BUMPS + 3];
        let others: f32 = self.whole.weights.iter().rev().skip(1).sum();
        let mean = (others / self.others.len().max(1) as f32).max(1e-9);
        for (slot, weight) in out.iter_mut().zip(&self.whole.last) {
            *slot = (decibel(weight / mean) / STEP).clamp(-3.0, 2.0);
        }
        let own: f32 = self.whole.last.iter().sum();
        out[BUMPS] = (decibel(own / mean) / STEP).clamp(-3.0, 2.0);
        let reach = 1.6 / self.sound.length;
        let misfit = |of: &Explanation| -> f32 {
            (1..=PARTIALS).map(|k| of.misfit(tone.partial(k), reach)).sum()
        };
        let (without, with) = (misfit(self.rest), misfit(self.whole));
        let loud = 10f32.powf(self.expectation.reference / 20.0).max(1e-9);
        out[BUMPS + 1] = (without / loud).max(1e-3).ln().clamp(-5.0, 5.0) / 2.0;
        out[BUMPS + 2] = (with / without.max(1e-9)).max(1e-3).ln().clamp(-4.0, 2.0);
        out
    }

    fn moment(&self, tone: &Tone) -> [f32; Moments::NUMBERS] {
        let heard = |hz: f32| self.sound.now.peak(hz, self.sound.reach(hz)).1;
        let against = (self.expectation.reference, STEP);
        self.expectation.moments.numbers(&self.sound.short, tone, heard, against)
    }

    fn place(&self, tone: &Tone, odds: f32, shared: bool) -> [f32; MOMENT - PLACE] {
        let mut out = [0f32; MOMENT - PLACE];
        if let Some(slot) = out.get_mut(tone.string) {
            *slot = 1.0;
        }
        let fundamental = tone.partial(1);
        let below = self.others.iter().filter(|other| other.f0 < tone.f0).count();
        let covered = (1..=8).filter(|k| self.clearance(tone.partial(*k)) < 1.0).count();
        out[6] = (fundamental / 220.0).log2();
        out[7] = self.others.len() as f32 / 5.0;
        out[8] = below as f32 / 5.0;
        out[9] = if shared { 1.0 } else { 0.0 };
        out[10] = covered as f32 / 8.0;
        out[11] = (odds / 5.0).clamp(-4.0, 4.0);
        out[12] = (self.sound.length - 0.27) * 5.0;
        out[13] = self.sound.spread * 5.0;
        out[14] =
            (self.expectation.reference - decibel(self.sound.now.median(1000.0, 900.0))) / 40.0;
        out[15] = if self.print.is_some() { 1.0 } else { 0.0 };
        out
    }
}
