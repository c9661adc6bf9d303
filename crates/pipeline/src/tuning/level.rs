//! Levels of the input for the screen and for manners. Pure; the same however the sound is cut.

use std::time::Duration;

use audio::AudioChunk;

/// One level is of so much sound: twenty a second.
const SPAN: Duration = Duration::from_millis(50);
/// Blocks of the running minimum of the room, and levels in each: six seconds.
const BLOCKS: usize = 6;
const IN_BLOCK: u32 = 20;
/// Sound begins where the level doubles…
const RISE: f32 = 2.0;
/// …and stands out of the room (10 dB) …
const OVER_ROOM: f32 = 3.0;
/// …above −60 dBFS.
const AUDIBLE: f32 = 1e-3;

/// The level of [`SPAN`] of input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Level {
    /// End of the span.
    pub(crate) at: Duration,
    /// Root mean square, 0–1.
    pub(crate) level: f32,
    /// Largest sample, 0–1.
    pub(crate) peak: f32,
    /// The room: the least level of the last six seconds.
    pub(crate) floor: f32,
    /// Whether sound began in this span.
    pub(crate) rises: bool,
}

/// Follows the levels of one input.
#[derive(Debug, Default)]
pub(crate) struct Levels {
    power: f64,
    peak: f32,
    count: u32,
    before: f32,
    room: Vec<f32>,
    in_block: u32,
}

impl Levels {
    pub(crate) fn hear(&mut self, chunk: &AudioChunk) -> Vec<Level> {
        let rate = f64::from(chunk.rate.max(1));
        let span = (SPAN.as_secs_f64() * rate).round().max(1.0) as u32;
        let mut levels = Vec::new();
        for (index, sample) in chunk.samples.iter().enumerate() {
            self.power += f64::from(sample * sample);
            self.peak = self.peak.max(sample.abs());
            self.count += 1;
            if self.count >= span {
                let at = chunk.at + Duration::from_secs_f64((index + 1) as f64 / rate);
                levels.push(self.take(at));
            }
        }
        levels
    }

    fn take(&mut self, at: Duration) -> Level {
        let level = (self.power / f64::from(self.count)).sqrt().min(1.0) as f32;
        let peak = std::mem::take(&mut self.peak).min(1.0);
        (self.power, self.count) = (0.0, 0);
        let floor = self.follow_room(level);
        let rises = level > AUDIBLE && level > RISE * self.before && level > OVER_ROOM * floor;
        self.before = level;
        Level { at, level, peak, floor, rises }
    }

    fn follow_room(&mut self, level: f32) -> f32 {
        if self.in_block == 0 {
            self.room.push(level);
            if self.room.len() > BLOCKS {
                self.room.remove(0);
            }
        }
        self.in_block = (self.in_block + 1) % IN_BLOCK;
        if let Some(low) = self.room.last_mut() {
            *low = low.min(level);
        }
        self.room.iter().fold(1.0, |low, level| low.min(*level))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(at: Duration, samples: &[f32]) -> AudioChunk {
        AudioChunk { at, rate: 8_000, samples: samples.to_vec() }
    }

    /// A second of a faint room, then a decaying pluck.
    fn sound() -> Vec<f32> {
        (0..24_000)
            .map(|n| {
                let since = n as f32 - 8_000.0;
                let pluck = if since < 0.0 { 0.0 } else { 0.3 * (-since / 8_000.0).exp() };
                (n as f32 * 0.08).sin() * (0.0005 + pluck)
            })
            .collect()
    }

    #[test]
    fn a_pluck_rises_once_and_the_room_is_the_least() {
        let levels = Levels::default().hear(&chunk(Duration::ZERO, &sound()));
        assert_eq!(levels.len(), 60);
        let rises: Vec<_> = levels.iter().filter(|l| l.rises).map(|l| l.at.as_millis()).collect();
        assert_eq!(rises, [1_050]);
        assert!(levels[59].floor < 0.001 && levels[59].level > 0.02, "{:?}", levels[59]);
    }

    #[test]
    fn cuts_do_not_matter() {
        let sound = sound();
        let whole = Levels::default().hear(&chunk(Duration::ZERO, &sound));
        for length in [1, 77, 400, 5_000] {
            let mut levels = Levels::default();
            let mut cut = Vec::new();
            for (index, piece) in sound.chunks(length).enumerate() {
                let at = Duration::from_secs_f64((index * length) as f64 / 8_000.0);
                cut.extend(levels.hear(&chunk(at, piece)));
            }
            assert_eq!(cut.len(), whole.len());
            for (one, other) in cut.iter().zip(&whole) {
                assert_eq!(
                    (one.level, one.peak, one.rises),
                    (other.level, other.peak, other.rises)
                );
            }
        }
    }
}
