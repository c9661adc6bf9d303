//! What lies between the strings and the samples: reverberation, microphone, noise, level.

use realfft::RealFftPlanner;

use crate::{Biquad, Dice};

/// A room and a microphone.
#[derive(Debug, Clone)]
pub struct Room {
    rate: u32,
    /// Impulse response after the direct sound.
    tail: Vec<f32>,
    filters: Vec<Biquad>,
    /// Signal to noise in dB, strum over floor.
    pub snr_db: f32,
    /// Colour of the noise: share of low-passed noise.
    rumble: f32,
    /// Peak of the output.
    level: f32,
}

impl Room {
    /// T60 0.15–0.7 s at −26…−8 dB, high-pass 30–300 Hz, three peaking filters up to ±8 dB, SNR
    /// 18–45 dB, peak 0.05–0.9.
    #[must_use]
    pub fn drawn(rate: u32, dice: &mut Dice) -> Self {
        let wet = 10f32.powf(dice.between(-26.0, -8.0) / 20.0);
        let t60 = dice.spread(0.15, 0.7);
        let mut filters = vec![Biquad::high_pass(dice.spread(30.0, 300.0), rate)];
        for _ in 0..3 {
            let (hz, q) = (dice.spread(120.0, 6000.0), dice.spread(0.5, 2.0));
            filters.push(Biquad::peak(hz, q, 8.0 * dice.signed(), rate));
        }
        Self {
            rate,
            tail: tail(rate, t60, wet, dice),
            filters,
            snr_db: dice.between(18.0, 45.0),
            rumble: dice.unit(),
            level: dice.spread(0.05, 0.9),
        }
    }

    /// Nothing between: no room, little noise.
    #[must_use]
    pub fn dry(rate: u32) -> Self {
        Self { rate, tail: Vec::new(), filters: Vec::new(), snr_db: 60.0, rumble: 0.5, level: 0.5 }
    }

    /// `dry` as this microphone hears it in this room; the noise is drawn anew.
    #[must_use]
    pub fn hear(&self, dry: &[f32], dice: &mut Dice) -> Vec<f32> {
        let mut out = reverberate(dry, &self.tail);
        for filter in &self.filters {
            filter.run(&mut out);
        }
        let loud = loudest(&out, self.rate as usize / 20);
        let noise = self.noise(out.len(), dice);
        let noisy = rms(&noise).max(1e-9);
        let gain = loud * 10f32.powf(-self.snr_db / 20.0) / noisy;
        out.iter_mut().zip(&noise).for_each(|(s, n)| *s += gain * n);
        let peak = out.iter().fold(1e-9f32, |most, s| most.max(s.abs()));
        out.iter_mut().for_each(|s| *s *= self.level / peak);
        out
    }

    fn noise(&self, length: usize, dice: &mut Dice) -> Vec<f32> {
        let mut slow = 0.0;
        (0..length)
            .map(|_| {
                let white = dice.signed();
                slow = 0.98 * slow + 0.02 * white;
                (1.0 - self.rumble) * white + self.rumble * 9.0 * slow
            })
            .collect()
    }
}

/// Noise that dies within `t60`, duller as it goes, `wet` as loud as the direct sound.
fn tail(rate: u32, t60: f32, wet: f32, dice: &mut Dice) -> Vec<f32> {
    let length = (0.8 * t60 * rate as f32) as usize;
    let fall = 10f32.powf(-3.0 / (t60 * rate as f32));
    let (mut gain, mut low) = (1.0, 0.0);
    let mut out: Vec<f32> = (0..length)
        .map(|n| {
            let open = (1.0 - n as f32 / length as f32).max(0.2);
            low += open * (dice.signed() - low);
            gain *= fall;
            gain * low
        })
        .collect();
    let energy = out.iter().map(|s| s * s).sum::<f32>().sqrt().max(1e-9);
    out.iter_mut().for_each(|s| *s *= wet / energy);
    out
}

fn reverberate(dry: &[f32], tail: &[f32]) -> Vec<f32> {
    if tail.is_empty() {
        return dry.to_vec();
    }
    let size = (dry.len() + tail.len()).next_power_of_two();
    let mut planner = RealFftPlanner::<f32>::new();
    let (forward, inverse) = (planner.plan_fft_forward(size), planner.plan_fft_inverse(size));
    let spectrum = |of: &[f32]| {
        let mut input = of.to_vec();
        input.resize(size, 0.0);
        let mut bins = forward.make_output_vec();
        // Sizes fit by construction.
        let _ = forward.process(&mut input, &mut bins);
        bins
    };
    let (mut bins, echo) = (spectrum(dry), spectrum(tail));
    bins.iter_mut().zip(&echo).for_each(|(a, b)| *a *= *b);
    let mut wet = inverse.make_output_vec();
    let _ = inverse.process(&mut bins, &mut wet);
    dry.iter().zip(&wet).map(|(dry, wet)| dry + wet / size as f32).collect()
}

fn rms(samples: &[f32]) -> f32 {
    (samples.iter().map(|s| s * s).sum::<f32>() / samples.len().max(1) as f32).sqrt()
}

fn loudest(samples: &[f32], block: usize) -> f32 {
    samples.chunks(block.max(1)).map(rms).fold(0.0, f32::max)
}
