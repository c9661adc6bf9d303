//! What a beginner does wrong, string by string, as it would sound.

use theory::{StringNumber, Tuning, Voicing};

use crate::{Dice, How};

/// The kinds of fault that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FaultKind {
    /// None.
    Correct,
    /// A string is struck and does not ring.
    Dead,
    /// A string is not struck.
    Absent,
    /// A finger is missing: the open string sounds.
    FingerMissing,
    /// A finger lies on the neighbouring string: this one sounds open, the neighbour stopped.
    Neighbour,
    /// A fret too high or too low.
    FretOff,
    /// A string that must be silent sounds.
    Forbidden,
    /// One string is 35 cents flat.
    Flat,
    /// A string rattles.
    Buzz,
}

impl FaultKind {
    /// All of them, the correct strum first.
    pub const ALL: [Self; 9] = [
        Self::Correct,
        Self::Dead,
        Self::Absent,
        Self::FingerMissing,
        Self::Neighbour,
        Self::FretOff,
        Self::Forbidden,
        Self::Flat,
        Self::Buzz,
    ];
}

/// How the six strings sound, string 6 first: MIDI pitch with its fraction, and how.
pub type Strings = [Option<(f32, How)>; 6];

/// A voicing played with one fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Which.
    pub kind: FaultKind,
    /// The strings at fault, 0 = string 6; empty for a correct strum.
    pub at: Vec<usize>,
    /// What sounds.
    pub strings: Strings,
}

impl Fault {
    /// `voicing` as asked.
    #[must_use]
    pub fn none(voicing: &Voicing, tuning: &Tuning) -> Self {
        let strings = StringNumber::THICK_TO_THIN.map(|string| {
            voicing.pitch(string, tuning).map(|pitch| (f32::from(pitch.midi()), How::Rings))
        });
        Self { kind: FaultKind::Correct, at: Vec::new(), strings }
    }

    /// `voicing` with one fault of this kind on a string drawn at random; none where the voicing
    /// has no string on which it can happen.
    #[must_use]
    pub fn drawn(
        kind: FaultKind,
        voicing: &Voicing,
        tuning: &Tuning,
        dice: &mut Dice,
    ) -> Option<Self> {
        let mut fault = Self { kind, ..Self::none(voicing, tuning) };
        if kind == FaultKind::Correct {
            return Some(fault);
        }
        let able: Vec<usize> = (0..6).filter(|index| possible(kind, voicing, *index)).collect();
        let index = *dice.pick(&able)?;
        fault.at.push(index);
        fault.apply(index, voicing, tuning, dice);
        Some(fault)
    }

    fn apply(&mut self, index: usize, voicing: &Voicing, tuning: &Tuning, dice: &mut Dice) {
        let open = |index: usize| f32::from(tuning.open(StringNumber::THICK_TO_THIN[index]).midi());
        let Some((pitch, how)) = self.strings[index] else {
            self.strings[index] = Some((open(index), How::Rings));
            return;
        };
        self.strings[index] = match self.kind {
            FaultKind::Dead => Some((pitch, How::Dead(dice.spread(0.012, 0.05)))),
            FaultKind::Absent => None,
            FaultKind::FingerMissing => Some((open(index), How::Rings)),
            FaultKind::Buzz => Some((pitch, How::Buzz(dice.between(0.5, 2.0)))),
            FaultKind::Flat => Some((pitch - 0.35, How::Rings)),
            FaultKind::FretOff => {
                let high = pitch - open(index) < 1.5 || dice.chance(0.5);
                Some((pitch + if high { 1.0 } else { -1.0 }, How::Rings))
            }
            FaultKind::Neighbour => {
                let fret = fret(voicing, index);
                if let Some(beside) = beside(voicing, index) {
                    self.at.push(beside);
                    self.strings[beside] = Some((open(beside) + f32::from(fret), How::Rings));
                }
                Some((open(index), How::Rings))
            }
            FaultKind::Correct | FaultKind::Forbidden => Some((pitch, how)),
        };
    }
}

fn fret(voicing: &Voicing, index: usize) -> u8 {
    voicing.fret(StringNumber::THICK_TO_THIN[index]).unwrap_or(0)
}

/// A neighbour that is asked open, on which a misplaced finger would lie.
fn beside(voicing: &Voicing, index: usize) -> Option<usize> {
    let open = |other: usize| voicing.fret(StringNumber::THICK_TO_THIN[other]) == Some(0);
    [index.wrapping_sub(1), index + 1].into_iter().find(|other| *other < 6 && open(*other))
}

fn possible(kind: FaultKind, voicing: &Voicing, index: usize) -> bool {
    let asked = voicing.fret(StringNumber::THICK_TO_THIN[index]);
    let fretted = asked.is_some_and(|fret| fret > 0);
    match kind {
        FaultKind::Correct => false,
        FaultKind::Dead | FaultKind::Absent | FaultKind::Flat => asked.is_some(),
        FaultKind::FingerMissing | FaultKind::FretOff | FaultKind::Buzz => fretted,
        FaultKind::Neighbour => fretted && beside(voicing, index).is_some(),
        // A low string beside the lowest asked one, as a hand that strums too far strikes it.
        FaultKind::Forbidden => {
            let asked_above = (index + 1..6)
                .any(|other| voicing.fret(StringNumber::THICK_TO_THIN[other]).is_some());
            asked.is_none() && asked_above
        }
    }
}
