//! One strum with what is known of it: what was asked, and what each string really did.

use audio::StringState;
use pipeline::ports::PortError;
use synth::FaultKind;
use theory::{Chord, Pitch, StringNumber, Tuning, Voicing};

use crate::sound::Sound;

/// What a string really did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Truth {
    /// Rings at the asked pitch.
    Rings,
    /// Struck; a thump, no tone.
    Dead,
    /// Asked, and not struck.
    Absent,
    /// Rings at another pitch than asked.
    Wrong(Pitch),
    /// Rings at the asked pitch, out of tune by so many cents.
    Bent(f32),
    /// Rings at the asked pitch and rattles.
    Buzz,
    /// Rightly silent.
    Silent,
    /// Must be silent and rings.
    Intruder(Pitch),
}

impl Truth {
    /// Whether the string did what was asked.
    pub(crate) fn is_right(self) -> bool {
        matches!(self, Self::Rings | Self::Silent)
    }

    /// Whether `state` says the truth.
    pub(crate) fn agrees(self, state: StringState) -> bool {
        match (self, state) {
            (Self::Rings, StringState::Rings)
            | (Self::Dead, StringState::Dead)
            | (Self::Buzz, StringState::Buzz)
            | (Self::Absent | Self::Silent, StringState::NotPlayed)
            | (Self::Bent(_), StringState::WrongPitch { .. })
            | (Self::Intruder(_), StringState::Rings) => true,
            (Self::Wrong(pitch), StringState::WrongPitch { pitch: heard }) => pitch == heard,
            _ => false,
        }
    }
}

/// What was done wrong on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// One fault, or none.
    One(FaultKind),
    /// Another chord.
    OtherChord,
    /// Several faults at once.
    Several,
}

/// Whether the strings at fault have partials of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// They all do.
    Free,
    /// None does: each lies on a partial of a lower sounding string.
    Shared,
    /// Some do.
    Both,
}

/// What is known of a strum.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    /// The guitar.
    pub(crate) timbre: String,
    /// What was done wrong.
    pub(crate) kind: Kind,
    /// What was asked.
    pub(crate) voicing: Voicing,
    /// Whether no list of usual voicings holds it.
    pub(crate) rare: bool,
    /// The chord asked, where it has a name.
    pub(crate) chord: Option<Chord>,
    /// From string 6 to string 1.
    pub(crate) truth: [Truth; 6],
    /// Seconds at which the first string was struck.
    pub(crate) onset: f64,
    /// Level of the strum over the noise, where it is known.
    pub(crate) snr_db: Option<f32>,
}

impl Facts {
    /// The strings at fault, string 6 = 0.
    pub(crate) fn faulty(&self) -> Vec<usize> {
        (0..6).filter(|index| !self.truth[*index].is_right()).collect()
    }

    /// How the strings at fault share partials; none where nothing is at fault.
    pub(crate) fn sharing(&self) -> Option<Sharing> {
        let faulty = self.faulty();
        let shared = faulty.iter().filter(|index| self.is_shared(**index)).count();
        match shared {
            _ if faulty.is_empty() => None,
            0 => Some(Sharing::Free),
            all if all == faulty.len() => Some(Sharing::Shared),
            _ => Some(Sharing::Both),
        }
    }

    /// Whether the fundamental asked of a string lies within 35 cents of partial 1–8 of another
    /// asked string that rings.
    pub(crate) fn is_shared(&self, index: usize) -> bool {
        let hz = |index: usize| {
            let string = StringNumber::at_index(index)?;
            Some(self.voicing.pitch(string, &Tuning::STANDARD)?.hz(440.0))
        };
        let Some(own) = hz(index) else { return false };
        let ringing = |other: &usize| *other != index && matches!(self.truth[*other], Truth::Rings);
        (0..6).filter(ringing).filter_map(hz).any(|other| {
            (1..=8u8).any(|k| (1200.0 * (f32::from(k) * other / own).log2()).abs() < 35.0)
        })
    }
}

/// A strum that can be played to the ears.
pub(crate) trait Take: Send + Sync {
    fn facts(&self) -> &Facts;

    /// The strum, with the room before and after it.
    fn strum(&self) -> Result<Sound, PortError>;

    /// Whether an asked string can be played alone.
    fn answers(&self) -> bool;

    /// What follows [`Take::strum`] without a gap when the student is asked to play `string`
    /// alone; none where that was not recorded.
    fn alone(&self, string: StringNumber) -> Option<Sound>;
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]
    use super::*;

    fn facts(voicing: &str, truth: [Truth; 6]) -> Facts {
        let voicing = voicing.parse().unwrap();
        let timbre = String::new();
        let (chord, snr_db) = (None, None);
        Facts {
            timbre,
            kind: Kind::One(FaultKind::Dead),
            voicing,
            rare: false,
            chord,
            truth,
            onset: 0.0,
            snr_db,
        }
    }

    #[test]
    fn octaves_of_ringing_strings_are_shared() {
        let mut truth = [Truth::Rings; 6];
        truth[2] = Truth::Dead;
        assert_eq!(facts("022000", truth).sharing(), Some(Sharing::Shared));
        // The string below is dead as well: string 4 is alone with its pitch.
        truth[0] = Truth::Dead;
        assert_eq!(facts("022000", truth).sharing(), Some(Sharing::Free));
        truth = [Truth::Rings; 6];
        truth[3] = Truth::Dead;
        assert_eq!(facts("022000", truth).sharing(), Some(Sharing::Free));
    }
}
