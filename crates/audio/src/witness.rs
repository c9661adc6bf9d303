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
/// MIDI number of the lowest bin.
const LOWEST: usize = 21;
/// Probability at which the witness takes no side, and log-odds per unit of probability. Notes
/// that ring read 0.3–0.9, notes that do not 0.02–0.2 in the trial.
const NEUTRAL: f32 = 0.28;
const SLOPE: f32 = 9.0;
/// The witness may not outvote clear spectral evidence.
const LEAST: f32 = -2.0;
const MOST: f32 = 2.5;

/// What a posteriorgram says about pitches in the judged part of a window.
#[derive(Debug)]
pub(crate) struct PitchReading {
    notes: Vec<f32>,
}

impl PitchReading {
    /// Of the last `seconds` of the window; none if the answer's sizes do not fit.
    pub(crate) fn of(answer: &Posteriorgram, seconds: f32) -> Option<Self> {
        let frames = answer.frames;
        if frames == 0 || answer.note.len() != frames * 88 {
            return None;
        }
        let count = ((seconds * FRAMES_PER_SECOND) as usize).clamp(1, frames);
        let mut notes = vec![0f32; 88];
        for frame in answer.note.chunks_exact(88).skip(frames - count) {
            for (most, p) in notes.iter_mut().zip(frame) {
                *most = most.max(if p.is_finite() { p.clamp(0.0, 1.0) } else { 0.0 });
            }
        }
        Some(Self { notes })
    }

    /// Log-odds that `pitch` sounds. A neighbour that is clearly louder speaks against it.
    pub(crate) fn odds(&self, pitch: theory::Pitch) -> f32 {
        let at = |midi: i32| {
            usize::try_from(midi - LOWEST as i32)
                .ok()
                .and_then(|bin| self.notes.get(bin))
                .copied()
                .unwrap_or(0.0)
        };
        let midi = i32::from(pitch.midi());
        let own = at(midi);
        let beside = at(midi - 1).max(at(midi + 1));
        let smear = (beside - own).max(0.0) * 0.5;
        (SLOPE * (own - smear - NEUTRAL)).clamp(LEAST, MOST)
    }
}
