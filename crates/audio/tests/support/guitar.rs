//! A stiff-string guitar for tests and for the bundled demo sound.
//!
//! Additive: partials k·f0·√(1+Bk²) with a pick-position comb, a body of three resonances and
//! frequency-dependent decay; dead strings are strongly damped thumps with pick noise. It is our
//! own model, no sample of anyone. It does not model two polarisations, sympathetic resonance or
//! the room.
//!
//! It is none of `synth`'s guitars on purpose: the net of the strings learns from those, and these
//! tests hear one that it has never heard.
#![allow(dead_code, unreachable_pub)] // included by path; nobody uses all of it

use std::f32::consts::TAU;

/// Deterministic random numbers (SplitMix64).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform in 0…1.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Uniform in −1…1.
    pub fn signed(&mut self) -> f32 {
        2.0 * self.unit() - 1.0
    }

    /// Roughly normal, standard deviation 1.
    pub fn normal(&mut self) -> f32 {
        (0..6).map(|_| self.signed()).sum::<f32>() / 2f32.sqrt()
    }
}

/// What one string does in a strum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pluck {
    /// Sounds at this MIDI pitch plus cents.
    Rings(u8, f32),
    /// Struck but damped: this MIDI pitch dies within 20–40 ms.
    Dead(u8),
    /// Not touched.
    Absent,
}

/// A guitar: everything random about its sound is drawn once from its seed.
#[derive(Debug, Clone)]
pub struct Guitar {
    rate: f32,
    dice: Dice,
    stiffness: [f32; 6],
    tilt: f32,
    sustain: f32,
    body: [(f32, f32, f32); 3],
}

const STIFFNESS: [f32; 6] = [1e-4, 7e-5, 5e-5, 4e-5, 5e-5, 2.5e-5];
const OPEN: [u8; 6] = [40, 45, 50, 55, 59, 64];

impl Guitar {
    /// A guitar rendered at `rate` samples per second.
    pub fn new(rate: u32, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let stiffness = STIFFNESS.map(|b| b * (2.0 * dice.signed() * 0.3f32).exp2());
        let tilt = 1.0 + 0.35 * dice.signed();
        let sustain = 1.6 + 0.9 * dice.unit();
        let body = [100.0, 210.0, 420.0]
            .map(|hz: f32| (hz * (1.0 + 0.1 * dice.signed()), 0.2, 6.0 * dice.unit()));
        Self { rate: rate as f32, dice, stiffness, tilt, sustain, body }
    }

    fn body_gain(&self, hz: f32) -> f32 {
        let db: f32 = self
            .body
            .iter()
            .map(|(centre, width, gain)| gain * (-((hz / centre).log2() / width).powi(2)).exp())
            .sum();
        10f32.powf(db / 20.0)
    }

    /// One string (index 0 = string 6) added to `out` from sample `start`.
    pub fn pluck(&mut self, out: &mut [f32], start: usize, string: usize, pluck: Pluck, gain: f32) {
        let (midi, cents, dead) = match pluck {
            Pluck::Rings(midi, cents) => (midi, cents, false),
            Pluck::Dead(midi) => (midi, 0.0, true),
            Pluck::Absent => return,
        };
        let f0 = 440.0 * ((f32::from(midi) - 69.0 + cents / 100.0) / 12.0).exp2();
        let fret = f32::from(midi.saturating_sub(OPEN[string]));
        let b = self.stiffness[string] * (fret / 6.0).exp2();
        let place = 0.13 + 0.05 * self.dice.unit();
        let life = self.sustain * (110.0 / f0).powf(0.35);
        let thump = 0.02 + 0.02 * self.dice.unit();
        for k in 1..60 {
            let k = k as f32;
            let hz = k * f0 * (1.0 + b * k * k).sqrt();
            if hz > 0.45 * self.rate || hz > 9000.0 {
                break;
            }
            let comb = (std::f32::consts::PI * k * place).sin().abs() + 0.05;
            let dull = if dead { (-(hz / 500.0)).exp() } else { 1.0 };
            let ripple = 10f32.powf(0.1 * self.dice.normal());
            let amp = gain * comb * k.powf(-self.tilt) * self.body_gain(hz) * dull * ripple;
            let tau = if dead { thump } else { life / (1.0 + 0.0009 * hz) };
            self.partial(out, start, hz, 0.25 * amp, tau);
        }
        self.pick_noise(out, start, gain * if dead { 0.05 } else { 0.03 });
    }

    fn partial(&mut self, out: &mut [f32], start: usize, hz: f32, amp: f32, tau: f32) {
        let step = TAU * hz / self.rate;
        let (rise, fall) = (1.0 / (0.002 * self.rate), (-1.0 / (tau * self.rate)).exp());
        let (mut phase, mut level, mut attack) = (TAU * self.dice.unit(), amp, 0f32);
        for sample in out.iter_mut().skip(start) {
            *sample += level * attack * phase.sin();
            attack = (attack + rise).min(1.0);
            phase = (phase + step) % TAU;
            level *= fall;
            if level < 1e-6 {
                break;
            }
        }
    }

    fn pick_noise(&mut self, out: &mut [f32], start: usize, gain: f32) {
        let (mut level, fall) = (gain, (-1.0 / (0.006 * self.rate)).exp());
        let mut last = 0.0;
        for sample in out.iter_mut().skip(start).take((0.05 * self.rate) as usize) {
            last = 0.5 * last + 0.5 * self.dice.signed();
            *sample += level * last;
            level *= fall;
        }
    }

    /// Six strings, string 6 first, `gap` seconds apart; a later pluck of a string does not stop
    /// the earlier one.
    pub fn strum(&mut self, out: &mut [f32], at: f32, gap: f32, strings: &[Pluck; 6], gain: f32) {
        for (index, pluck) in strings.iter().enumerate() {
            let late = gap * index as f32 * (1.0 + 0.2 * self.dice.signed());
            let start = ((at + late) * self.rate) as usize;
            let loud = gain * 10f32.powf(2.0 * self.dice.normal() / 20.0);
            self.pluck(out, start, index, *pluck, loud);
        }
    }

    /// Damps everything before `at` within 30 ms, as a hand laid on the strings does.
    pub fn damp(&self, out: &mut [f32], at: f32) {
        let start = (at * self.rate) as usize;
        let fall = (-1.0 / (0.008 * self.rate)).exp();
        let mut level = 1.0;
        for sample in out.iter_mut().skip(start) {
            *sample *= level;
            level *= fall;
        }
    }

    /// Pinkish room noise of about this root mean square.
    pub fn room(&mut self, out: &mut [f32], rms: f32) {
        let mut slow = 0.0;
        for sample in out.iter_mut() {
            let white = self.dice.signed();
            slow = 0.97 * slow + 0.03 * white;
            *sample += rms * (0.9 * white + 6.0 * slow);
        }
    }
}

/// A strum of `frets` (string 6 first) in standard tuning, all strings ringing.
pub fn ringing(frets: [Option<u8>; 6]) -> [Pluck; 6] {
    std::array::from_fn(|i| frets[i].map_or(Pluck::Absent, |f| Pluck::Rings(OPEN[i] + f, 0.0)))
}
