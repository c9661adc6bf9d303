//! When hearing cannot be trusted: silence, a noisy room, clipping, a voice-profile microphone.

use crate::spectrum::Spectrum;
use crate::{Doubt, Heard, SensingProblem};

/// A strum must stand this far above the room.
const LEAST_SNR_DB: f32 = 12.0;
/// What stands out less than this is not a strum at all.
pub(crate) const NOTHING_DB: f32 = 4.0;
/// Where the sound itself is noise down to this (amplitude), no string can be judged.
const MOST_NOISE_DB: f32 = -4.0;
/// Noise that began stands this far above the room; else a strum was damped, or is faint.
const ABOVE_ROOM_DB: f32 = 6.0;
/// Share of clipped samples that makes a strum unusable.
const MOST_CLIPPED: f32 = 1e-3;
/// A pick's attack above 3.6 kHz is no weaker than this against the rest (amplitude).
const ATTACK_DB: f32 = -72.0;
/// At or below this rate there is nothing above 3.5 kHz to hear.
const NARROW_RATE: u32 = 8_000;
/// A room this loud (root mean square, −46 dB full scale) is noise, not silence.
const NOISY_ROOM: f32 = 5e-3;
/// Envelopes (19 a second) of digital silence before it is named: 5 s, and 21 s once something
/// was heard, for then a pause is likelier than a dead microphone.
const SILENT_FOR: u32 = 95;
const SILENT_AFTER_SOUND: u32 = 400;
/// Peak under which there is digital silence.
const NOTHING: f32 = 2e-5;

/// Keeps the trouble named last, so that each is said once.
#[derive(Debug, Default)]
pub(crate) struct Senses {
    named: Option<SensingProblem>,
    silent: u32,
    heard_anything: bool,
}

/// What was measured of one strum.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reception {
    pub(crate) snr_db: f32,
    /// Level between the partials over the whole level, in dB: near 0 for noise.
    pub(crate) noise_db: f32,
    pub(crate) clipped: f32,
    pub(crate) narrow: bool,
}

impl Reception {
    /// Whether noise began, not strings.
    pub(crate) fn is_noise(&self) -> bool {
        self.noise_db > MOST_NOISE_DB && self.snr_db + self.noise_db > ABOVE_ROOM_DB
    }
}

impl Reception {
    /// Whether nothing impairs it.
    pub(crate) fn is_clear(&self) -> bool {
        self.clipped <= MOST_CLIPPED && self.snr_db >= LEAST_SNR_DB && !self.is_noise()
    }
}

impl Senses {
    /// Names what impairs a strum; what limits its strings, if anything.
    pub(crate) fn strum(&mut self, reception: Reception, out: &mut Vec<Heard>) -> Option<Doubt> {
        self.heard_anything = true;
        let (problem, limit) = if reception.clipped > MOST_CLIPPED {
            (Some(SensingProblem::Clipping), Some(Doubt::Clipping))
        } else if reception.snr_db < LEAST_SNR_DB || reception.is_noise() {
            let snr_db = reception.snr_db.min(-reception.noise_db).max(0.0);
            (Some(SensingProblem::LowSnr { snr_db }), Some(Doubt::Noise))
        } else if reception.narrow {
            (Some(SensingProblem::NarrowBand), None)
        } else {
            (None, None)
        };
        self.name(problem, out);
        limit
    }

    /// Follows the peak of each envelope.
    pub(crate) fn level(&mut self, peak: f32, out: &mut Vec<Heard>) {
        if peak > NOTHING {
            self.silent = 0;
            if self.named == Some(SensingProblem::Silence) {
                self.name(None, out);
            }
            return;
        }
        self.silent += 1;
        let patience = if self.heard_anything { SILENT_AFTER_SOUND } else { SILENT_FOR };
        if self.silent == patience {
            self.name(Some(SensingProblem::Silence), out);
        }
    }

    /// The input ends; `room` is its level, root mean square.
    pub(crate) fn finish(&mut self, room: f32, out: &mut Vec<Heard>) {
        if !self.heard_anything && self.named.is_none() {
            let noisy = room > NOISY_ROOM;
            let problem = SensingProblem::LowSnr { snr_db: 0.0 };
            self.name(Some(if noisy { problem } else { SensingProblem::Silence }), out);
        }
    }

    fn name(&mut self, problem: Option<SensingProblem>, out: &mut Vec<Heard>) {
        let same = match (self.named, problem) {
            (Some(a), Some(b)) => std::mem::discriminant(&a) == std::mem::discriminant(&b),
            (None, None) => true,
            _ => false,
        };
        if !same {
            out.push(Heard::Sensing(problem.unwrap_or(SensingProblem::Cleared)));
        }
        self.named = problem;
    }
}

/// Whether nothing above 3.6 kHz came with an attack, at an input rate that could carry it.
pub(crate) fn narrow(attack: &Spectrum, input_rate: u32) -> bool {
    if input_rate <= NARROW_RATE {
        return true;
    }
    let power = |low: f32, high: f32| -> f32 {
        let (from, to) = (attack.place(low) as usize, attack.place(high) as usize);
        attack.bins[from..to.min(attack.bins.len())].iter().map(|m| m * m).sum()
    };
    let top = (input_rate as f32 * 0.45).min(9000.0);
    let ratio = power(4200.0, top.max(4400.0)) / power(80.0, 3000.0).max(1e-12);
    10.0 * ratio.max(1e-12).log10() < ATTACK_DB
}
