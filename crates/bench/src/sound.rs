//! Sound in memory, read from a recording or made. It holds no opinion on what sounds.

use std::path::Path;
use std::time::Duration;

use audio::{AudioChunk, Resampler};
use host::Recording;
use pipeline::ports::{AudioSource, Capture, PortError};

/// Mono samples.
#[derive(Debug, Clone)]
pub(crate) struct Sound {
    /// Samples a second.
    pub(crate) rate: u32,
    pub(crate) samples: Vec<f32>,
}

/// As live capture hands it over.
const CHUNK_SECONDS: f64 = 0.02;

impl Sound {
    pub(crate) fn read(path: &Path) -> Result<Self, PortError> {
        let mut recording = Recording::open(path)?;
        let mut sound = Self { rate: 0, samples: Vec::new() };
        while let Capture::Chunk(chunk) = recording.read(Duration::ZERO)? {
            sound.rate = chunk.rate;
            sound.samples.extend(chunk.samples);
        }
        Ok(sound)
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.samples.len() as f64 / f64::from(self.rate.max(1))
    }

    /// Index of the sample at `seconds`, within the sound.
    pub(crate) fn place(&self, seconds: f64) -> usize {
        ((seconds.max(0.0) * f64::from(self.rate)) as usize).min(self.samples.len())
    }

    /// The part between two times.
    pub(crate) fn part(&self, from: f64, to: f64) -> &[f32] {
        let (from, to) = (self.place(from), self.place(to));
        self.samples.get(from..to.max(from)).unwrap_or(&[])
    }

    /// The samples at the rate of the ears and of basic-pitch.
    pub(crate) fn at_ears_rate(&self) -> Vec<f32> {
        let mut samples = Vec::new();
        Resampler::new(self.rate).push(&self.samples, &mut samples);
        samples
    }

    /// The part between two times, as a sound of its own.
    pub(crate) fn excerpt(&self, from: f64, to: f64) -> Self {
        Self { rate: self.rate, samples: self.part(from, to).to_vec() }
    }

    /// The sound in chunks, its first sample `before` samples after the session began.
    pub(crate) fn chunks(&self, before: usize) -> impl Iterator<Item = AudioChunk> + '_ {
        let length = ((CHUNK_SECONDS * f64::from(self.rate)) as usize).max(1);
        self.samples.chunks(length).enumerate().map(move |(index, samples)| {
            let nanos = (before + index * length) as u64 * 1_000_000_000 / u64::from(self.rate);
            let at = Duration::from_nanos(nanos);
            AudioChunk { at, rate: self.rate, samples: samples.to_vec() }
        })
    }
}
