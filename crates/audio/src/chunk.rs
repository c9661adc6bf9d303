use std::time::Duration;

/// A piece of captured sound: mono, −1…1, any length.
#[derive(Debug, Clone, PartialEq)]
pub struct AudioChunk {
    /// Capture time of the first sample, since the session began.
    pub at: Duration,
    /// Samples per second, 4,000–192,000.
    pub rate: u32,
    /// The samples.
    pub samples: Vec<f32>,
}
