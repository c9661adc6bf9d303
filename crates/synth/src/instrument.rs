use crate::Dice;

/// How a struck string sounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum How {
    /// Freely.
    Rings,
    /// Damped by a finger: a thump that dies with this time constant in seconds.
    Dead(f32),
    /// Against a fret: as [`How::Rings`], with a rattle this loud (0–1).
    Buzz(f32),
}

/// One string struck once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pluck {
    /// 0 = string 6 … 5 = string 1.
    pub string: usize,
    /// MIDI number with its fraction: cents are hundredths.
    pub pitch: f32,
    /// MIDI number of the open string.
    pub open: f32,
    /// How it sounds.
    pub how: How,
    /// Amplitude, about 1.
    pub gain: f32,
}

impl Pluck {
    /// Hz of the string as if it were not stiff.
    #[must_use]
    pub fn f0(&self) -> f32 {
        440.0 * ((self.pitch - 69.0) / 12.0).exp2()
    }
}

/// Something with six strings.
pub trait Instrument {
    /// Samples per second of what it gives.
    fn rate(&self) -> u32;

    /// At most `length` samples of one string; shorter where it has died before.
    fn pluck(&self, pluck: &Pluck, length: usize, dice: &mut Dice) -> Vec<f32>;
}

/// The rattle of a string against a fret: noise while the string swings one way, as long as it
/// swings far. Added to `sound` in place.
pub(crate) fn rattle(sound: &mut [f32], rate: u32, strength: f32, dice: &mut Dice) {
    let peak = sound.iter().fold(0f32, |most, s| most.max(s.abs()));
    let (threshold, mut last) = (0.25 * peak, 0.0);
    let memory = (-1.0 / (0.0008 * rate as f32)).exp();
    let mut hit = 0f32;
    for sample in sound {
        hit = (hit * memory).max((*sample - threshold).max(0.0));
        let noise = dice.signed();
        *sample += strength * hit * (noise - last);
        last = noise;
    }
}

/// The dull knock of a finger or pick: low-passed noise of a few milliseconds.
pub(crate) fn knock(sound: &mut [f32], rate: u32, gain: f32, dice: &mut Dice) {
    let (mut level, fall) = (gain, (-1.0 / (0.006 * rate as f32)).exp());
    let mut last = 0.0;
    for sample in sound.iter_mut().take(rate as usize / 20) {
        last = 0.5 * last + 0.5 * dice.signed();
        *sample += level * last;
        level *= fall;
    }
}
