//! Plucked noise in a delay line (Karplus and Strong 1983), tuned by an all-pass (Jaffe and Smith).

use crate::instrument::{knock, rattle};
use crate::{Dice, How, Instrument, Pluck};

/// A guitar of delay lines.
#[derive(Debug, Clone)]
pub struct KarplusStrong {
    rate: u32,
    /// Share of the older sample in the loop's low-pass, 0.5 at its dullest.
    softness: f32,
    /// Seconds to −60 dB of a low string.
    sustain: f32,
    /// Low-pass of the excitation, 0–1.
    pick: f32,
    place: f32,
}

impl KarplusStrong {
    /// A guitar rendered at `rate` samples per second.
    #[must_use]
    pub fn new(rate: u32, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        Self {
            rate,
            softness: dice.between(0.1, 0.5),
            sustain: dice.spread(1.5, 8.0),
            pick: dice.between(0.1, 0.8),
            place: dice.between(0.08, 0.3),
        }
    }

    fn excitation(&self, period: usize, gain: f32, dice: &mut Dice) -> Vec<f32> {
        let mut low = 0.0;
        let noise: Vec<f32> = (0..period)
            .map(|_| {
                low += (1.0 - self.pick) * (dice.signed() - low);
                gain * low
            })
            .collect();
        let back = ((self.place * period as f32) as usize).max(1);
        (0..period).map(|n| noise[n] - noise[(n + period - back) % period]).collect()
    }
}

impl Instrument for KarplusStrong {
    fn rate(&self) -> u32 {
        self.rate
    }

    fn pluck(&self, pluck: &Pluck, length: usize, dice: &mut Dice) -> Vec<f32> {
        let f0 = pluck.f0();
        let whole = self.rate as f32 / f0 - self.softness;
        let period = (whole.floor() as usize).max(2);
        let fraction = whole - period as f32;
        let all_pass = (1.0 - fraction) / (1.0 + fraction);
        let seconds = match pluck.how {
            How::Dead(tau) => 6.9 * tau,
            How::Rings | How::Buzz(_) => self.sustain * (110.0 / f0).powf(0.4),
        };
        let loss = 10f32.powf(-3.0 / (f0 * seconds));
        let mut line = self.excitation(period, 0.4 * pluck.gain, dice);
        let (mut at, mut last, mut memory, mut before) = (0, 0.0, 0.0, 0.0);
        let mut out: Vec<f32> = (0..length)
            .map(|_| {
                let sample = line[at];
                let soft = loss * ((1.0 - self.softness) * sample + self.softness * last);
                last = sample;
                let tuned = all_pass * (soft - memory) + before;
                (memory, before) = (tuned, soft);
                line[at] = tuned;
                at = (at + 1) % period;
                sample
            })
            .collect();
        if let How::Buzz(strength) = pluck.how {
            rattle(&mut out, self.rate, strength, dice);
        }
        knock(&mut out, self.rate, 0.02 * pluck.gain, dice);
        out
    }
}
