//! What the audio callback does: mix to mono, copy into a ring. It never allocates, locks, logs or
//! panics; `tests/no_alloc.rs` holds it to that.
//!
//! It knows no device and no clock: [`crate::microphone`] opens one and stamps the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cpal::{FromSample, Sample};

/// The callback's end of the ring.
pub struct Intake {
    ring: rtrb::Producer<f32>,
    channels: usize,
    scale: f32,
    overruns: Overruns,
}

/// How many samples found no room. Readable from any thread.
#[derive(Debug, Clone, Default)]
pub struct Overruns(Arc<AtomicU64>);

impl Overruns {
    /// Samples dropped so far, mono.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Intake {
    /// An intake of `channels` interleaved channels with room for `capacity` mono samples, and the
    /// other end of its ring.
    #[must_use]
    pub fn new(channels: usize, capacity: usize) -> (Self, rtrb::Consumer<f32>) {
        let channels = channels.max(1);
        let (ring, samples) = rtrb::RingBuffer::new(capacity);
        let scale = 1.0 / channels as f32;
        (Self { ring, channels, scale, overruns: Overruns::default() }, samples)
    }

    /// The count of what was dropped.
    #[must_use]
    pub fn overruns(&self) -> Overruns {
        self.overruns.clone()
    }

    /// Takes one buffer of interleaved samples. What finds no room is dropped and counted; an
    /// incomplete frame at the end is ignored.
    pub fn take<T: Copy>(&mut self, data: &[T])
    where
        f32: FromSample<T>,
    {
        for frame in data.chunks_exact(self.channels) {
            let sum: f32 = frame.iter().map(|sample| f32::from_sample(*sample)).sum();
            if self.ring.push(sum * self.scale).is_err() {
                self.overruns.0.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}
