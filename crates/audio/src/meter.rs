//! Levels for the screen: input, room and how each string rings down. Never a verdict.

use std::time::Duration;

use crate::Envelope;
use crate::onset::HOP;
use crate::spectrum::{Spectrum, Transform};
use crate::stiff::Tone;

/// Hops between two envelopes: 19 a second.
pub(crate) const EVERY: u64 = 9;
/// Samples of the level window (one period of the envelope).
const LEVEL: usize = EVERY as usize * HOP;
/// Samples of the spectrum (0.19 s).
pub(crate) const WINDOW: usize = 4096;
const PARTIALS: usize = 4;
/// A partial nearer than this to a louder string's partial is not its own.
const OWN_HZ: f32 = 8.0;
/// Envelopes per block of the running minimum of the room level, and blocks: 6 s.
const BLOCK: usize = 19;
const BLOCKS: usize = 6;
const QUIETEST: f32 = 1e-6;

/// Follows levels.
#[derive(Debug)]
pub(crate) struct Meter {
    transform: Transform,
    room: Vec<f32>,
    count: usize,
    strings: [Option<Tone>; 6],
    peak: f32,
}

impl Meter {
    pub(crate) fn new() -> Self {
        let transform = Transform::new(WINDOW, WINDOW);
        Self { transform, room: Vec::new(), count: 0, strings: [None; 6], peak: 0.0 }
    }

    /// The strings to follow from now on.
    pub(crate) fn follow(&mut self, tones: &[Tone]) {
        self.strings = [None; 6];
        for tone in tones {
            if let Some(slot) = self.strings.get_mut(tone.string) {
                *slot = Some(*tone);
            }
        }
    }

    /// A strum begins: its own peak is the new reference.
    pub(crate) fn begin(&mut self) {
        self.peak = 0.0;
    }

    /// Room level, root mean square, so far.
    pub(crate) fn floor(&self) -> f32 {
        self.room().unwrap_or(1.0).clamp(QUIETEST, 1.0)
    }

    /// The same; none before there was enough to measure it.
    pub(crate) fn room(&self) -> Option<f32> {
        self.room.iter().copied().reduce(f32::min)
    }

    /// The envelope at the end of the last [`WINDOW`] samples.
    pub(crate) fn measure(&mut self, at: Duration, samples: &[f32]) -> Envelope {
        let recent = &samples[samples.len().saturating_sub(LEVEL)..];
        let spectrum = self.transform.magnitudes(samples);
        self.follow_room(noise_level(&spectrum, 0.5).min(audible_level(&spectrum)));
        let strings = self.string_levels(&spectrum);
        let loudest = strings.iter().fold(0f32, |m, level| m.max(*level));
        self.peak = self.peak.max(loudest);
        let scale = if self.peak > 1e-5 { 1.0 / self.peak } else { 0.0 };
        Envelope {
            at,
            level: rms(recent).min(1.0),
            peak: recent.iter().fold(0f32, |m, s| m.max(s.abs())).min(1.0),
            floor: self.floor(),
            strings: strings.map(|level| (level * scale).clamp(0.0, 1.0)),
        }
    }

    fn follow_room(&mut self, level: f32) {
        if self.count.is_multiple_of(BLOCK) {
            self.room.push(level);
            if self.room.len() > BLOCKS {
                self.room.remove(0);
            }
        }
        self.count += 1;
        if let Some(low) = self.room.last_mut() {
            *low = low.min(level);
        }
    }

    fn string_levels(&self, spectrum: &Spectrum) -> [f32; 6] {
        std::array::from_fn(|index| {
            let Some(tone) = self.strings[index] else { return 0.0 };
            let mut power = 0.0;
            for k in 1..=PARTIALS {
                let hz = tone.partial(k);
                let (level, _) = spectrum.peak(hz, 4.0);
                let weight = if self.is_own(&tone, hz) { 1.0 } else { 0.1 };
                power += weight * level * level;
            }
            power.sqrt()
        })
    }

    fn is_own(&self, tone: &Tone, hz: f32) -> bool {
        let others = self.strings.iter().flatten().filter(|other| other.string != tone.string);
        !others.flat_map(|o| (1..=8).map(|k| o.partial(k))).any(|o| (o - hz).abs() < OWN_HZ)
    }
}

pub(crate) fn rms(samples: &[f32]) -> f32 {
    (samples.iter().map(|s| s * s).sum::<f32>() / samples.len().max(1) as f32).sqrt()
}

/// Lowest frequency that counts as sound in Hz: below lies rumble.
const RUMBLE_HZ: f32 = 45.0;

/// Root mean square above the rumble. The transform must not have been padded.
pub(crate) fn audible_level(spectrum: &Spectrum) -> f32 {
    let first = spectrum.place(RUMBLE_HZ) as usize;
    let power: f32 = spectrum.bins.iter().skip(first).map(|m| m * m).sum();
    (power / WINDOWED).sqrt()
}

/// Sum of squared magnitudes over squared root mean square: a sine of amplitude 1 has power 1/2
/// and gives 1.5 with a Hann window.
const WINDOWED: f32 = 3.0;

/// Level of what lies between the partials: quantiles over bands (`share`, 0–1), so that ringing
/// strings do not count as room. The partials of six strings cover more than half of the bins.
pub(crate) fn noise_level(spectrum: &Spectrum, share: f32) -> f32 {
    // This quantile of a Rayleigh power, over its mean.
    let quantile = -(1.0 - share).ln();
    let mut power = 0.0;
    let (mut low, count) = (spectrum.place(RUMBLE_HZ) as usize, spectrum.bins.len());
    while low < count {
        let high = (low * 3 / 2).max(low + 12).min(count);
        let mut band: Vec<f32> = spectrum.bins[low..high].iter().map(|m| m * m).collect();
        band.sort_by(f32::total_cmp);
        power += band[(band.len() as f32 * share) as usize] / quantile * (high - low) as f32;
        low = high;
    }
    (power / WINDOWED).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_noise_is_room_and_a_tone_is_not() {
        let mut state = 1u32;
        let noise: Vec<f32> = (0..WINDOW)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / 8_388_608.0 - 1.0
            })
            .collect();
        let mut transform = Transform::new(WINDOW, WINDOW);
        let ratio = noise_level(&transform.magnitudes(&noise), 0.5) / rms(&noise);
        assert!((0.8..1.25).contains(&ratio), "{ratio}");
        let tone: Vec<f32> = (0..WINDOW).map(|n| (n as f32 * 0.1).sin()).collect();
        assert!(noise_level(&transform.magnitudes(&tone), 0.5) < 0.05 * rms(&tone));
    }
}
