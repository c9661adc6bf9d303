//! Six strings struck one after the other.

use crate::fault::Strings;
use crate::{Dice, Instrument, Pluck};

/// How a hand strums.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hand {
    /// Seconds from one string to the next.
    pub gap: f32,
    /// From string 1 to string 6.
    pub up: bool,
    /// Standard deviation of the strings' loudness in dB.
    pub uneven_db: f32,
    /// Cents by which the whole guitar is off.
    pub cents: f32,
    /// Standard deviation in cents of each string.
    pub tuning: f32,
}

impl Hand {
    /// A strum of 3–80 ms a string, a guitar up to 15 cents off with strings 4 cents apart.
    #[must_use]
    pub fn drawn(dice: &mut Dice) -> Self {
        Self {
            gap: dice.spread(0.003, 0.08),
            up: dice.chance(0.35),
            uneven_db: dice.between(1.0, 3.5),
            cents: 15.0 * dice.signed(),
            tuning: dice.between(0.5, 5.0),
        }
    }
}

/// A strum as it was rendered.
#[derive(Debug, Clone)]
pub struct Take {
    /// Mono.
    pub samples: Vec<f32>,
    /// Seconds at which each string was struck, string 6 first.
    pub struck: [Option<f32>; 6],
    /// The plucks with their true pitch and loudness.
    pub plucks: Vec<Pluck>,
}

/// Strums `strings` (string 6 first; `open` are the open strings' MIDI numbers) at `at` seconds
/// into a take of `seconds`.
#[must_use]
pub fn strum(
    instrument: &dyn Instrument,
    strings: &Strings,
    open: [f32; 6],
    hand: &Hand,
    (at, seconds): (f32, f32),
    dice: &mut Dice,
) -> Take {
    let rate = instrument.rate() as f32;
    let mut samples = vec![0.0; (seconds * rate) as usize];
    let (mut struck, mut plucks) = ([None; 6], Vec::new());
    let mut time = at;
    for turn in 0..6 {
        let string = if hand.up { 5 - turn } else { turn };
        // Each string has its own mood, played or not, so that one fault changes no other string.
        let gain = 10f32.powf(hand.uneven_db * dice.normal() / 20.0);
        let cents = hand.cents + hand.tuning * dice.normal();
        let step = hand.gap * (1.0 + 0.25 * dice.signed());
        let mut own = Dice::new(dice.bits());
        let Some((pitch, how)) = strings[string] else {
            time += step;
            continue;
        };
        let pitch = pitch + cents / 100.0;
        let pluck = Pluck { string, pitch, open: open[string], how, gain };
        let from = ((time * rate) as usize).min(samples.len());
        let length = samples.len() - from;
        let sound = instrument.pluck(&pluck, length, &mut own);
        samples[from..].iter_mut().zip(&sound).for_each(|(out, s)| *out += s);
        struck[string] = Some(time);
        plucks.push(pluck);
        time += step;
    }
    Take { samples, struck, plucks }
}
