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
