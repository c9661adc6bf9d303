//! Rooms and microphones of the bench: another reverberation (Schroeder 1962), other filters and
//! another noise than `synth::Room`, which training uses. Causal, so that a longer take begins
//! with the samples of a shorter one.

use synth::{Biquad, Dice};

/// What lies between the strings and the samples.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// Strum over noise.
    pub(crate) snr_db: f32,
    wet: f32,
    t60: f32,
    high_pass_hz: f32,
    bumps: [(f32, f32, f32); 3],
    peak: f32,
    seed: u64,
}

/// Comb delays in seconds, after Schroeder; drawn ±15 % for each room.
const COMBS: [f32; 6] = [0.0297, 0.0371, 0.0411, 0.0437, 0.0493, 0.0531];
const ALL_PASSES: [f32; 2] = [0.005, 0.0017];

impl Room {
    /// T60 0.15–0.8 s at −26…−10 dB, high-pass 30–200 Hz, three peaks or dips up to 8 dB, SNR
    /// 18–46 dB, peak 0.06–0.8.
    pub(crate) fn drawn(dice: &mut Dice) -> Self {
        let bump = |dice: &mut Dice| {
            (dice.spread(100.0, 7000.0), dice.spread(0.6, 2.5), dice.between(-8.0, 8.0))
        };
        Self {
            snr_db: dice.between(18.0, 46.0),
            wet: 10f32.powf(dice.between(-26.0, -10.0) / 20.0),
            t60: dice.spread(0.15, 0.8),
            high_pass_hz: dice.spread(30.0, 200.0),
            bumps: [bump(dice), bump(dice), bump(dice)],
            peak: dice.spread(0.06, 0.8),
            seed: dice.bits(),
        }
    }

    /// `dry` as it is heard there; level and noise follow from the first `measured` samples.
    pub(crate) fn hear(&self, dry: &[f32], measured: usize, rate: u32) -> Vec<f32> {
        let mut dice = Dice::new(self.seed);
        let mut out = self.reverberate(dry, rate, &mut dice);
        Biquad::high_pass(self.high_pass_hz, rate).run(&mut out);
        for (hz, q, db) in self.bumps {
            Biquad::peak(hz, q, db, rate).run(&mut out);
        }
        let strum = out.get(..measured).unwrap_or(&out);
        let loudest = strum.chunks(rate as usize / 10).map(rms).fold(0f32, f32::max);
        let highest = strum.iter().fold(1e-9f32, |most, s| most.max(s.abs()));
        let noise = loudest * 10f32.powf(-self.snr_db / 20.0);
        let gain = self.peak / highest;
        let mut pink = Pink::default();
        for sample in &mut out {
            *sample = (gain * (*sample + noise * pink.next(&mut dice))).clamp(-1.0, 1.0);
        }
        out
    }

    fn reverberate(&self, dry: &[f32], rate: u32, dice: &mut Dice) -> Vec<f32> {
        let mut wet = vec![0f32; dry.len()];
        for seconds in COMBS {
            let seconds = seconds * dice.between(0.85, 1.15);
            let delay = ((seconds * rate as f32) as usize).max(1);
            let back = 10f32.powf(-3.0 * seconds / self.t60);
            let (mut line, mut low) = (vec![0f32; delay], 0f32);
            for (n, (out, sample)) in wet.iter_mut().zip(dry).enumerate() {
                let heard = line[n % delay];
                low += 0.6 * (heard - low);
                line[n % delay] = sample + back * low;
                *out += heard / COMBS.len() as f32;
            }
        }
        for seconds in ALL_PASSES {
            let delay = ((seconds * rate as f32) as usize).max(1);
            let mut line = vec![0f32; delay];
            for (n, sample) in wet.iter_mut().enumerate() {
                let before = line[n % delay];
                let fed = *sample + 0.7 * before;
                line[n % delay] = fed;
                *sample = before - 0.7 * fed;
            }
        }
        // Six combs whose echoes do not agree, each of energy 1 / (1 − back²).
        let back = 10f32.powf(-3.0 * 0.0433 / self.t60);
        let gain = self.wet * (COMBS.len() as f32 * (1.0 - back * back)).sqrt();
        dry.iter().zip(&wet).map(|(dry, wet)| dry + gain * wet).collect()
    }
}

fn rms(samples: &[f32]) -> f32 {
    (samples.iter().map(|s| s * s).sum::<f32>() / samples.len().max(1) as f32).sqrt()
}

/// Pink noise of about unit level (Kellet's three poles).
#[derive(Debug, Default)]
struct Pink([f32; 3]);

impl Pink {
    fn next(&mut self, dice: &mut Dice) -> f32 {
        let white = dice.signed();
        self.0[0] = 0.997_65 * self.0[0] + white * 0.099_046;
        self.0[1] = 0.963 * self.0[1] + white * 0.296_516_4;
        self.0[2] = 0.57 * self.0[2] + white * 1.052_691_3;
        (self.0.iter().sum::<f32>() + white * 0.1848) / PINK_LEVEL
    }
}

/// Root mean square of the unscaled noise for uniform white input.
const PINK_LEVEL: f32 = 1.7;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_take_begins_with_the_shorter_one() {
        let dry: Vec<f32> = (0..24_000).map(|n| (n as f32 * 0.07).sin()).collect();
        let room = Room::drawn(&mut Dice::new(3));
        let longer = room.hear(&[&dry[..], &dry[..]].concat(), 24_000, 24_000);
        let shorter = room.hear(&dry, 24_000, 24_000);
        assert_eq!(longer[..24_000], shorter[..]);
    }

    #[test]
    fn noise_lies_as_far_below_the_strum_as_stated() {
        let mut room = Room::drawn(&mut Dice::new(4));
        room.snr_db = 20.0;
        let silence = vec![0f32; 24_000];
        let tone: Vec<f32> = (0..24_000).map(|n| (n as f32 * 0.3).sin()).collect();
        let heard = room.hear(&[&silence[..], &tone[..]].concat(), 48_000, 24_000);
        let ratio = 20.0 * (rms(&heard[36_000..]) / rms(&heard[..24_000])).log10();
        assert!((ratio - 20.0).abs() < 2.5, "{ratio}");
    }
}
