//! basic-pitch over a whole recording, window after window as its own package does it (Bittner
//! et al. 2022, basic-pitch 0.4.0), and its usual decoding into notes. A reference, not our ears.

use std::time::Duration;

use audio::{RATE, WitnessWindow};
use pipeline::ports::PitchWitness;

use crate::notes::Note;

const PITCHES: usize = 88;
const LOWEST: usize = 21;
const HOP: usize = 256;
/// Frames by which neighbouring windows overlap; half of them is cut on each side.
const OVERLAP: usize = 30;
const ONSET: f32 = 0.5;
const FRAME: f32 = 0.3;
/// 127.7 ms.
const SHORTEST: usize = 11;
/// Frames below the threshold that end a note.
const TOLERANCE: usize = 11;

/// Probabilities frame by frame.
#[derive(Debug, Default)]
pub(crate) struct Posterior {
    /// Seconds of each frame.
    times: Vec<f64>,
    note: Vec<[f32; PITCHES]>,
    onset: Vec<[f32; PITCHES]>,
}

impl Posterior {
    /// Of a recording at [`RATE`]; none where the witness does not answer.
    pub(crate) fn of(samples: &[f32], witness: &mut dyn PitchWitness) -> Option<Self> {
        let before = OVERLAP / 2 * HOP;
        let step = WitnessWindow::SAMPLES - OVERLAP * HOP;
        let mut padded = vec![0f32; before];
        padded.extend_from_slice(samples);
        let windows = padded.len().div_ceil(step);
        padded.resize(windows * step + WitnessWindow::SAMPLES, 0.0);
        let mut found = Self::default();
        for window in 0..windows {
            let start = window * step;
            let samples = padded[start..start + WitnessWindow::SAMPLES].to_vec();
            let asked = WitnessWindow { id: window as u64, at: Duration::ZERO, samples };
            let answer = witness.look(&asked).ok()?;
            for frame in OVERLAP / 2..answer.frames.saturating_sub(OVERLAP / 2) {
                let row = |of: &[f32]| -> Option<[f32; PITCHES]> {
                    of.get(frame * PITCHES..(frame + 1) * PITCHES)?.try_into().ok()
                };
                let place = (start + frame * HOP) as f64 - before as f64;
                found.times.push(place / f64::from(RATE));
                found.note.push(row(&answer.note)?);
                found.onset.push(row(&answer.onset)?);
            }
        }
        let end = samples.len() as f64 / f64::from(RATE);
        let kept = found.times.iter().take_while(|time| **time < end).count();
        found.times.truncate(kept);
        found.note.truncate(kept);
        found.onset.truncate(kept);
        Some(found)
    }

    /// Whether a pitch reaches the note threshold between two times.
    pub(crate) fn sounds(&self, midi: u8, from: f64, to: f64) -> bool {
        let Some(bin) = usize::from(midi).checked_sub(LOWEST).filter(|bin| *bin < PITCHES) else {
            return false;
        };
        self.times
            .iter()
            .zip(&self.note)
            .any(|(time, row)| (from..to).contains(time) && row[bin] >= FRAME)
    }

    /// The usual decoding: onset peaks, then what is left over («melodia trick»).
    pub(crate) fn notes(&self) -> Vec<Note> {
        let onsets = self.with_rises();
        let mut energy = self.note.clone();
        let mut spans = Vec::new();
        let count = energy.len();
        for start in (1..count.saturating_sub(1)).rev() {
            for bin in (0..PITCHES).rev() {
                let (now, sides) = (onsets[start][bin], [start - 1, start + 1]);
                if now < ONSET || sides.iter().any(|side| onsets[*side][bin] >= now) {
                    continue;
                }
                let end = fade(&energy, bin, start);
                if end.saturating_sub(start) > SHORTEST {
                    silence(&mut energy, bin, start, end);
                    spans.push((start, end, bin));
                }
            }
        }
        self.leftovers(&mut energy, &mut spans);
        spans.sort_unstable();
        spans.into_iter().map(|(start, end, bin)| self.note_of(start, end, bin)).collect()
    }

    fn note_of(&self, start: usize, end: usize, bin: usize) -> Note {
        let time = |frame: usize| self.times.get(frame).or(self.times.last()).copied();
        Note {
            onset: time(start).unwrap_or(0.0),
            offset: time(end).unwrap_or(0.0),
            pitch: (bin + LOWEST) as f32,
        }
    }

    /// Onsets, raised where the note probability rises over two frames.
    fn with_rises(&self) -> Vec<[f32; PITCHES]> {
        let rise = |frame: usize, bin: usize| -> f32 {
            let now = self.note[frame][bin];
            let step = |back: usize| now - self.note[frame - back][bin];
            if frame < 2 { 0.0 } else { step(1).min(step(2)).max(0.0) }
        };
        let mut rises: Vec<[f32; PITCHES]> =
            (0..self.note.len()).map(|frame| std::array::from_fn(|bin| rise(frame, bin))).collect();
        let most = |rows: &[[f32; PITCHES]]| rows.iter().flatten().fold(0f32, |m, p| m.max(*p));
        let scale = most(&self.onset) / most(&rises).max(1e-9);
        for (rise, onset) in rises.iter_mut().flatten().zip(self.onset.iter().flatten()) {
            *rise = (*rise * scale).max(*onset);
        }
        rises
    }

    fn leftovers(&self, energy: &mut [[f32; PITCHES]], spans: &mut Vec<(usize, usize, usize)>) {
        let mut open: Vec<(f32, usize, usize)> = energy
            .iter()
            .enumerate()
            .flat_map(|(frame, row)| row.iter().enumerate().map(move |(bin, p)| (*p, frame, bin)))
            .filter(|(p, ..)| *p > FRAME)
            .collect();
        open.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, middle, bin) in open {
            if energy[middle][bin] <= FRAME {
                continue;
            }
            let end = fade(energy, bin, middle);
            let start = fade_back(energy, bin, middle);
            silence(energy, bin, start, end.max(middle + 1));
            if end.saturating_sub(start) > SHORTEST {
                spans.push((start, end, bin));
            }
        }
    }
}

/// The frame after `start` at which a pitch has faded.
fn fade(energy: &[[f32; PITCHES]], bin: usize, start: usize) -> usize {
    let (mut frame, mut quiet) = (start + 1, 0);
    while frame + 1 < energy.len() && quiet < TOLERANCE {
        quiet = if energy[frame][bin] < FRAME { quiet + 1 } else { 0 };
        frame += 1;
    }
    frame - quiet
}

fn fade_back(energy: &[[f32; PITCHES]], bin: usize, middle: usize) -> usize {
    let (mut frame, mut quiet) = (middle, 0);
    while frame > 1 && quiet < TOLERANCE {
        frame -= 1;
        quiet = if energy[frame][bin] < FRAME { quiet + 1 } else { 0 };
    }
    (frame + quiet).min(middle)
}

/// A found note takes its energy and that of its neighbours.
fn silence(energy: &mut [[f32; PITCHES]], bin: usize, start: usize, end: usize) {
    let (low, high) = (bin.saturating_sub(1), (bin + 1).min(PITCHES - 1));
    for row in energy.iter_mut().take(end).skip(start) {
        row[low..=high].fill(0.0);
    }
}
