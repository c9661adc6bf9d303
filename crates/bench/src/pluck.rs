//! Single stiff strings whose first partial is known exactly, in noise: for tuners. Neither the
//! string of `synth` nor the one of the shared recordings.

use std::f32::consts::TAU;

use audio::RATE;
use synth::Dice;
use theory::{StringNumber, Tuning};

use crate::sound::Sound;

const PARTIALS: u32 = 30;
const BEFORE: f32 = 0.3;
const SECONDS: f32 = 1.6;
/// Inharmonicity of steel strings 6…1 (Barbancho et al. 2012), spread by half an order here.
const STIFFNESS: [f32; 6] = [1e-4, 7e-5, 5e-5, 4e-5, 5e-5, 2.5e-5];

/// One pluck of an open string.
#[derive(Debug, Clone)]
pub(crate) struct Pluck {
    pub(crate) string: StringNumber,
    /// Hz of the first partial.
    pub(crate) hz: f32,
    pub(crate) snr_db: f32,
    /// Seconds at which it is struck.
    pub(crate) at: f64,
    seed: u64,
}

impl Pluck {
    /// Up to ±50 cents from standard tuning.
    pub(crate) fn drawn(string: StringNumber, snr_db: f32, seed: u64) -> Self {
        let cents = Dice::new(seed).between(-48.0, 48.0);
        let hz = Tuning::STANDARD.open(string).hz(440.0) * (cents / 1200.0).exp2();
        Self { string, hz, snr_db, at: f64::from(BEFORE), seed }
    }

    pub(crate) fn sound(&self) -> Sound {
        let rate = RATE as f32;
        let mut dice = Dice::new(self.seed ^ 0x71C4);
        let b = STIFFNESS[self.string.index()] * 10f32.powf(dice.between(-0.3, 0.3));
        let (place, tilt) = (dice.between(0.08, 0.3), dice.between(0.6, 1.6));
        let life = dice.spread(0.8, 3.0) * (110.0 / self.hz).powf(0.3);
        let mut samples = vec![0f32; ((BEFORE + SECONDS) * rate) as usize];
        let first = (BEFORE * rate) as usize;
        for k in 1..=PARTIALS {
            let k = k as f32;
            let hz = k * self.hz * ((1.0 + b * k * k) / (1.0 + b)).sqrt();
            if hz > 0.45 * rate {
                break;
            }
            let comb = (std::f32::consts::PI * k * place).sin().abs() + 0.02;
            let level = comb * k.powf(-tilt) * 10f32.powf(dice.normal() * 2.0 / 20.0);
            let (phase, tau) = (dice.unit() * TAU, life / (1.0 + 0.0008 * hz));
            for (n, sample) in samples[first..].iter_mut().enumerate() {
                let t = n as f32 / rate;
                // The phase in double precision: half a second of a high partial is many turns.
                let turns = (f64::from(hz) * n as f64 / f64::from(RATE)).fract() as f32;
                *sample += level * (-t / tau).exp() * (TAU * turns + phase).sin();
            }
        }
        let body = &samples[first..first + RATE as usize];
        let loud = (body.iter().map(|s| s * s).sum::<f32>() / rate).sqrt();
        let noise = loud * 10f32.powf(-self.snr_db / 20.0) * 3f32.sqrt();
        let gain = 0.1 / loud.max(1e-9);
        samples.iter_mut().for_each(|s| *s = gain * (*s + noise * dice.signed()));
        Sound { rate: RATE, samples }
    }
}
