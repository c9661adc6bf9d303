//! The witness's answers over a whole take, joined.
//!
//! Frame n is centred on sample 256 n. It joins and looks up; what a probability means is weighed
//! by whoever asks.

use crate::take::{EDGE, KEPT};
use crate::{Posteriorgram, Take};

/// Bins of a note or onset row; bin 0 is MIDI 21.
const NOTES: usize = 88;
const LOWEST: u8 = 21;

/// Probabilities per frame and pitch over a whole take.
#[derive(Debug, Clone, PartialEq)]
pub struct Roll {
    frames: usize,
    note: Vec<f32>,
    onset: Vec<f32>,
}

impl Roll {
    /// Joins the answers to [`Take::witness_window`] 0, 1, 2 …; none if one is missing or of the
    /// wrong size.
    #[must_use]
    pub fn join(take: &Take, answers: &[Posteriorgram]) -> Option<Self> {
        let mut roll = Self { frames: take.frames(), note: vec![], onset: vec![] };
        if answers.len() < take.windows() {
            return None;
        }
        for (index, answer) in answers.iter().take(take.windows()).enumerate() {
            let count = KEPT.min(roll.frames - index * KEPT);
            let rows = |of: &[f32], width: usize| {
                of.get(EDGE * width..(EDGE + count) * width).map(<[f32]>::to_vec)
            };
            roll.note.extend(rows(&answer.note, NOTES)?);
            roll.onset.extend(rows(&answer.onset, NOTES)?);
        }
        Some(roll)
    }

    /// Probability that `midi` sounds in `frame`.
    #[must_use]
    pub fn note(&self, frame: usize, midi: u8) -> f32 {
        look(&self.note, NOTES, frame, midi)
    }

    /// Probability that `midi` begins in `frame`.
    #[must_use]
    pub fn onset(&self, frame: usize, midi: u8) -> f32 {
        look(&self.onset, NOTES, frame, midi)
    }
}

fn look(of: &[f32], width: usize, frame: usize, midi: u8) -> f32 {
    let Some(bin) = midi.checked_sub(LOWEST).map(usize::from).filter(|bin| *bin < width) else {
        return 0.0;
    };
    let value = of.get(frame * width + bin).copied().unwrap_or(0.0);
    if value.is_finite() { value.clamp(0.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_different_windows_meet() {
        let mut take = Take::new(22_050);
        take.push(&vec![0.0; 60_000]);
        take.end();
        let answers: Vec<Posteriorgram> = (0..take.windows())
            .map(|window| {
                let row = |frame: usize| {
                    let global = (window * KEPT + frame) as f32 - EDGE as f32;
                    vec![(global / 1000.0).max(0.0); NOTES]
                };
                Posteriorgram {
                    frames: 172,
                    note: (0..172).flat_map(row).collect(),
                    onset: vec![0.0; 172 * NOTES],
                    contour: vec![],
                }
            })
            .collect();
        let roll = Roll::join(&take, &answers).unwrap();
        for frame in 0..take.frames() {
            assert!((roll.note(frame, 60) - frame as f32 / 1000.0).abs() < 1e-6, "{frame}");
        }
        assert_eq!(Roll::join(&take, &answers[1..]), None);
        assert_eq!(roll.note(0, 3), 0.0);
    }
}
