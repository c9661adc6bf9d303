//! A stiff-string guitar: additive partials k·f0·√(1+Bk²) (Fletcher 1964) with a pick-position
//! comb, body resonances, two polarisations and frequency-dependent decay.

use std::f32::consts::{PI, TAU};

use crate::instrument::{knock, rattle};
use crate::{Dice, How, Instrument, Pluck};

/// B round which a guitar's open strings 6…1 are drawn (from 0.18 to 2.8 times): of the
/// order of light steel strings; what the listener assumes before it has heard a guitar tuned.
const STIFFNESS: [f32; 6] = [1e-4, 7e-5, 5e-5, 4e-5, 5e-5, 2.5e-5];
const PARTIALS: u32 = 60;

/// A guitar: everything that belongs to the instrument is drawn once from its seed.
#[derive(Debug, Clone)]
pub struct StiffGuitar {
    rate: u32,
    stiffness: [f32; 6],
    tilt: [f32; 6],
    place: f32,
    sustain: f32,
    damping: f32,
    brightness_hz: f32,
    attack: f32,
    glide: f32,
    beating: f32,
    ripple_db: f32,
    knock: f32,
    body: Vec<(f32, f32, f32)>,
}

impl StiffGuitar {
    /// A guitar rendered at `rate` samples per second: steel or nylon, bright or dull.
    #[must_use]
    pub fn new(rate: u32, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let nylon = dice.chance(0.4);
        let stiff = if nylon { 0.5 } else { 1.0 } * dice.spread(0.5, 2.0);
        let tilt = if nylon { dice.between(0.9, 1.9) } else { dice.between(0.5, 1.5) };
        let body = (0..8)
            .map(|mode| {
                let hz = 95.0 * 1.6f32.powi(mode) * (0.2 * dice.signed()).exp2();
                (hz, dice.between(0.05, 0.35), 7.0 * dice.signed() + 2.0)
            })
            .collect();
        Self {
            rate,
            stiffness: STIFFNESS.map(|b| b * stiff * (0.5 * dice.signed()).exp2()),
            tilt: [(); 6].map(|()| tilt + 0.12 * dice.normal()),
            place: dice.between(0.07, 0.28),
            sustain: if nylon { dice.spread(0.5, 1.8) } else { dice.spread(0.9, 3.5) },
            damping: dice.spread(0.0003, 0.003),
            brightness_hz: if nylon {
                dice.spread(1500.0, 5000.0)
            } else {
                dice.spread(2500.0, 9000.0)
            },
            attack: dice.spread(0.0005, 0.006),
            glide: dice.between(0.0, 6.0),
            beating: dice.between(0.05, 0.5),
            ripple_db: dice.between(0.5, 3.5),
            knock: dice.spread(0.005, 0.08),
            body,
        }
    }

    fn body_gain(&self, hz: f32) -> f32 {
        let bump = |(centre, width, gain): &(f32, f32, f32)| {
            gain * (-((hz / centre).log2() / width).powi(2)).exp()
        };
        10f32.powf(self.body.iter().map(bump).sum::<f32>() / 20.0)
    }

    /// Inharmonicity coefficient B of a string (0 = string 6) at a fret: B grows as the string
    /// shortens, with the square of the frequency (constant tension).
    #[must_use]
    pub fn inharmonicity(&self, string: usize, fret: f32) -> f32 {
        self.stiffness.get(string).copied().unwrap_or(STIFFNESS[0]) * (fret / 6.0).exp2()
    }

    /// A resonating neighbour: partials of a string that nobody struck, near those of `struck`.
    pub fn resonate(
        &self,
        own: &Pluck,
        struck: &[Pluck],
        length: usize,
        dice: &mut Dice,
    ) -> Vec<f32> {
        let mut out = vec![0.0; length];
        let b = self.inharmonicity(own.string, own.pitch - own.open);
        for k in 1..=12u32 {
            let hz = partial(own.f0(), b, k);
            let near = struck.iter().filter(|other| matches!(other.how, How::Rings)).any(|other| {
                (1..=12).any(|j| (1200.0 * (other.f0() * j as f32 / hz).log2()).abs() < 20.0)
            });
            if near {
                let level = own.gain * (k as f32).powf(-1.0) * self.body_gain(hz);
                let wave =
                    Wave { hz, level: 0.25 * level, tau: 1.5, attack: 0.08, phase: dice.unit() };
                wave.add(&mut out, self.rate);
            }
        }
        out
    }
}

impl Instrument for StiffGuitar {
    fn rate(&self) -> u32 {
        self.rate
    }

    fn pluck(&self, pluck: &Pluck, length: usize, dice: &mut Dice) -> Vec<f32> {
        let mut out = vec![0.0; length];
        let tilt = self.tilt.get(pluck.string).copied().unwrap_or(1.0);
        let b = self.inharmonicity(pluck.string, pluck.pitch - pluck.open);
        let place = (self.place * (1.0 + 0.25 * dice.signed()))
            * ((pluck.pitch - pluck.open) / 12.0).exp2();
        let f0 = pluck.f0() * (self.glide * dice.unit() / 1200.0).exp2();
        let life = self.sustain * (110.0 / f0).powf(0.35);
        let dull = 250.0 + 500.0 * dice.unit();
        for k in 1..=PARTIALS {
            let hz = partial(f0, b, k);
            if hz > 0.45 * self.rate as f32 {
                break;
            }
            let comb = (PI * k as f32 * place).sin().abs() + 0.03;
            let ripple = 10f32.powf(self.ripple_db * dice.normal() / 20.0);
            let bright = 1.0 / (1.0 + (hz / self.brightness_hz).powi(2));
            let mut level = 0.25 * pluck.gain * comb * (k as f32).powf(-tilt) * ripple * bright;
            level *= self.body_gain(hz);
            let mut tau = life / (1.0 + self.damping * hz) * (1.0 + 0.3 * dice.signed());
            if let How::Dead(thump) = pluck.how {
                level *= (-hz / dull).exp();
                tau = thump * (1.0 + 0.3 * dice.signed());
            }
            // Two polarisations a little apart, one weaker and longer.
            let apart = self.beating * dice.signed();
            let attack = self.attack;
            Wave { hz, level, tau, attack, phase: dice.unit() }.add(&mut out, self.rate);
            let second = Wave {
                hz: hz + apart,
                level: 0.3 * level,
                tau: 1.4 * tau,
                attack,
                phase: dice.unit(),
            };
            second.add(&mut out, self.rate);
        }
        if let How::Buzz(strength) = pluck.how {
            rattle(&mut out, self.rate, strength, dice);
        }
        knock(&mut out, self.rate, self.knock * pluck.gain, dice);
        out
    }
}

/// Hz of partial `k` of a stiff string whose ideal fundamental is `f0`.
fn partial(f0: f32, b: f32, k: u32) -> f32 {
    let k = k as f32;
    k * f0 * (1.0 + b * k * k).sqrt()
}

/// One decaying sinusoid.
struct Wave {
    hz: f32,
    level: f32,
    /// Seconds to 1/e.
    tau: f32,
    /// Seconds of linear rise.
    attack: f32,
    /// 0–1 of a turn.
    phase: f32,
}

impl Wave {
    fn add(&self, out: &mut [f32], rate: u32) {
        let rate = rate as f32;
        let (turn_re, turn_im) = ((TAU * self.hz / rate).cos(), (TAU * self.hz / rate).sin());
        let fall = (-1.0 / (self.tau.max(1e-4) * rate)).exp();
        let rise = 1.0 / (self.attack.max(1e-5) * rate);
        let (mut re, mut im) =
            ((TAU * self.phase).cos() * self.level, (TAU * self.phase).sin() * self.level);
        let (mut gain, mut risen) = (1f32, 0f32);
        for sample in out {
            *sample += im * gain * risen;
            (re, im) = (re * turn_re - im * turn_im, re * turn_im + im * turn_re);
            gain *= fall;
            risen = (risen + rise).min(1.0);
            if gain < 1e-4 {
                break;
            }
        }
    }
}
