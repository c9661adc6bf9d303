use std::time::Duration;

/// The window a pitch witness should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct WitnessWindow {
    /// Hand back with the answer.
    pub id: u64,
    /// Time of the first sample.
    pub at: Duration,
    /// Exactly [`WitnessWindow::SAMPLES`] mono samples at [`WitnessWindow::RATE`].
    pub samples: Vec<f32>,
}

impl WitnessWindow {
    /// Samples per second that basic-pitch expects.
    pub const RATE: u32 = 22_050;
    /// Length of its input (basic-pitch 0.4.0, `nmp.onnx`).
    pub const SAMPLES: usize = 43_844;
}

/// The answer of a basic-pitch-like witness: probabilities per frame (row) and bin (column),
/// row-major.
#[derive(Debug, Clone, PartialEq)]
pub struct Posteriorgram {
    /// Frames, 172 for a full window (hop 256 at 22,050 Hz).
    pub frames: usize,
    /// `frames` × 88: a note sounds (bin 0 = MIDI 21).
    pub note: Vec<f32>,
    /// `frames` × 88: a note begins.
    pub onset: Vec<f32>,
    /// `frames` × 264: pitch in thirds of a semitone.
    pub contour: Vec<f32>,
}

/// Frames a second: hop 256 at 22,050 Hz.
const FRAMES_PER_SECOND: f32 = 22_050.0 / 256.0;
/// Frames (12 ms each) by which a beginning may lie before the judged part: a slow strum.
const EARLIER: usize = 25;
/// MIDI number of the lowest bin.
const LOWEST: usize = 21;
/// What a posteriorgram says about pitches in the judged part of a window.
#[derive(Debug)]
pub(crate) struct PitchReading {
    /// Largest probability of a note and of its beginning, by MIDI number from [`LOWEST`].
    notes: Vec<f32>,
    onsets: Vec<f32>,
    /// Mean over the second half.
    lasting: Vec<f32>,
    /// Largest contour, in thirds of a semitone.
    contour: Vec<f32>,
}

/// Semitones from the pitch at which notes and beginnings are read.
const NOTES_AT: [i32; 9] = [0, -1, 1, 12, -12, 19, -19, 24, 7];
const ONSETS_AT: [i32; 4] = [0, 12, -12, -1];
const LASTING_AT: [i32; 2] = [0, -12];
/// Thirds of a semitone from the pitch.
const CONTOUR_AT: [i32; 3] = [0, -1, 1];

impl PitchReading {
    /// Count of [`PitchReading::numbers`].
    pub(crate) const NUMBERS: usize =
        NOTES_AT.len() + ONSETS_AT.len() + LASTING_AT.len() + CONTOUR_AT.len();

    /// Of the last `seconds` of the window; none if the answer's sizes do not fit.
    pub(crate) fn of(answer: &Posteriorgram, seconds: f32) -> Option<Self> {
        let frames = answer.frames;
        let fits = |of: &[f32], bins: usize| of.len() == frames * bins;
        if frames == 0 || !fits(&answer.note, 88) || !fits(&answer.onset, 88) {
            return None;
        }
        let count = ((seconds * FRAMES_PER_SECOND) as usize).clamp(1, frames);
        let contour = if fits(&answer.contour, 264) { answer.contour.as_slice() } else { &[] };
        Some(Self {
            notes: largest(&answer.note, 88, frames - count),
            // A note begins up to a few frames before the judged part does.
            onsets: largest(&answer.onset, 88, frames.saturating_sub(count + EARLIER)),
            lasting: mean(&answer.note, 88, frames - count.div_ceil(2)),
            contour: largest(contour, 264, frames - count),
        })
    }

    /// What is read at a pitch and at the intervals that are taken for it.
    pub(crate) fn numbers(&self, pitch: theory::Pitch) -> [f32; Self::NUMBERS] {
        let midi = i32::from(pitch.midi());
        let third = 3 * (midi - LOWEST as i32);
        let contour = |step: i32| {
            usize::try_from(third + step).ok().and_then(|bin| self.contour.get(bin)).copied()
        };
        let all = (NOTES_AT.iter().map(|step| at(&self.notes, midi + step)))
            .chain(ONSETS_AT.iter().map(|step| at(&self.onsets, midi + step)))
            .chain(LASTING_AT.iter().map(|step| at(&self.lasting, midi + step)))
            .chain(CONTOUR_AT.iter().map(|step| contour(*step).unwrap_or(0.0)));
        let mut out = [0f32; Self::NUMBERS];
        out.iter_mut().zip(all).for_each(|(slot, number)| *slot = number);
        out
    }
}

fn at(of: &[f32], midi: i32) -> f32 {
    let bin = usize::try_from(midi - LOWEST as i32).ok();
    bin.and_then(|bin| of.get(bin)).copied().unwrap_or(0.0)
}

fn probability(p: f32) -> f32 {
    if p.is_finite() { p.clamp(0.0, 1.0) } else { 0.0 }
}

fn largest(rows: &[f32], bins: usize, from: usize) -> Vec<f32> {
    let mut out = vec![0f32; bins];
    for row in rows.chunks_exact(bins).skip(from) {
        out.iter_mut().zip(row).for_each(|(most, p)| *most = most.max(probability(*p)));
    }
    out
}

fn mean(rows: &[f32], bins: usize, from: usize) -> Vec<f32> {
    let mut out = vec![0f32; bins];
    let count = (rows.len() / bins).saturating_sub(from).max(1) as f32;
    for row in rows.chunks_exact(bins).skip(from) {
        out.iter_mut().zip(row).for_each(|(sum, p)| *sum += probability(*p) / count);
    }
    out
}
