//! Sound with known truth: guitars, strums with stated faults, rooms.
//!
//! For training, measuring and testing the ears; no part of the product. Everything is a function
//! of its seed. It renders; it neither reads files nor judges.

mod bank;
mod biquad;
mod dice;
mod fault;
mod instrument;
mod karplus;
mod room;
mod stiff;
mod strum;

pub use bank::{Note, NoteBank};
pub use biquad::Biquad;
pub use dice::Dice;
pub use fault::{Fault, FaultKind, Strings};
pub use instrument::{How, Instrument, Pluck};
pub use karplus::KarplusStrong;
pub use room::Room;
pub use stiff::StiffGuitar;
pub use strum::{Hand, Take, strum};

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use theory::{Tuning, Voicing};

    use super::*;

    const RATE: u32 = 22_050;

    fn period(sound: &[f32], near: f32) -> f32 {
        let lag = |lag: usize| -> f32 {
            sound[4000..8000].iter().zip(&sound[4000 + lag..]).map(|(a, b)| a * b).sum()
        };
        let middle = (RATE as f32 / near) as usize;
        let best = (middle - 6..middle + 7).max_by(|a, b| lag(*a).total_cmp(&lag(*b))).unwrap();
        RATE as f32 / best as f32
    }

    #[test]
    fn every_guitar_sounds_at_its_pitch_and_a_dead_string_dies() {
        let note = StiffGuitar::new(RATE, 1).pluck(&pluck(How::Rings), 22_050, &mut Dice::new(5));
        let recorded = Note { pitch: 45.0, string: None, samples: note };
        let guitars: [Box<dyn Instrument>; 3] = [
            Box::new(StiffGuitar::new(RATE, 3)),
            Box::new(KarplusStrong::new(RATE, 3)),
            Box::new(NoteBank::new(RATE, vec![recorded], 3).unwrap()),
        ];
        for guitar in guitars {
            let ringing = guitar.pluck(&pluck(How::Rings), 22_050, &mut Dice::new(1));
            assert!((period(&ringing, 110.0) - 110.0).abs() < 1.5);
            let dead = guitar.pluck(&pluck(How::Dead(0.03)), 22_050, &mut Dice::new(1));
            let late = |of: &[f32]| of[6000..9000].iter().map(|s| s * s).sum::<f32>();
            assert!(late(&dead) < 0.01 * late(&ringing));
        }
    }

    fn pluck(how: How) -> Pluck {
        Pluck { string: 1, pitch: 45.0, open: 45.0, how, gain: 1.0 }
    }

    #[test]
    fn one_fault_changes_no_other_string() {
        let voicing: Voicing = "022000".parse().unwrap();
        let dead = Fault::drawn(FaultKind::Dead, &voicing, &Tuning::STANDARD, &mut Dice::new(2));
        let dead = dead.unwrap();
        let whole = Fault::none(&voicing, &Tuning::STANDARD);
        let open = [40.0, 45.0, 50.0, 55.0, 59.0, 64.0];
        let guitar = StiffGuitar::new(RATE, 4);
        let hand = Hand::drawn(&mut Dice::new(9));
        let take = |strings| strum(&guitar, strings, open, &hand, (0.1, 0.8), &mut Dice::new(7));
        let (a, b) = (take(&whole.strings), take(&dead.strings));
        let pitches = |take: &Take| take.plucks.iter().map(|p| p.pitch).collect::<Vec<_>>();
        assert_eq!(pitches(&a), pitches(&b));
        assert_eq!(a.struck, b.struck);
        assert_eq!(dead.at.len(), 1);
        assert_eq!(whole.strings[5], Some((64.0, How::Rings)));
    }

    #[test]
    fn a_room_keeps_the_stated_signal_to_noise() {
        let dry: Vec<f32> = (0..22_050).map(|n| (n as f32 * 0.1).sin()).collect();
        let mut room = Room::dry(RATE);
        room.snr_db = 20.0;
        let heard = room.hear(&dry, &mut Dice::new(1));
        // Least squares: what is no copy of the sine is noise.
        let dot = |a: &[f32], b: &[f32]| -> f32 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
        let (tone, all) = (dot(&heard, &dry).powi(2) / dot(&dry, &dry), dot(&heard, &heard));
        let snr_db = 10.0 * (tone / (all - tone)).log10();
        assert!((snr_db - 20.0).abs() < 1.5, "{snr_db}");
        assert!(heard.iter().fold(0f32, |most, s| most.max(s.abs())) <= 0.5001);
        assert_eq!(heard, room.hear(&dry, &mut Dice::new(1)));
    }
}
