//! The last of the sound of a source, in memory only, so that a strum can still be cut out once it
//! is judged. It writes nothing and forgets by itself.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use audio::AudioChunk;
use pipeline::ports::{AudioSource, Capture, PortError};

/// Chunks of the last seconds.
#[derive(Debug)]
pub(crate) struct Recent {
    chunks: VecDeque<AudioChunk>,
    end: Duration,
    remembered: Duration,
}

impl Recent {
    pub(crate) fn new(remembered: Duration) -> Self {
        Self { chunks: VecDeque::new(), end: Duration::ZERO, remembered }
    }

    pub(crate) fn push(&mut self, chunk: &AudioChunk) {
        self.end = chunk.at + length(chunk);
        self.chunks.push_back(chunk.clone());
        while self.chunks.front().is_some_and(|old| old.at + self.remembered < self.end) {
            self.chunks.pop_front();
        }
    }

    /// Capture time up to which sound has come.
    pub(crate) fn end(&self) -> Duration {
        self.end
    }

    /// The samples between two times and their rate; none where nothing is remembered.
    pub(crate) fn between(&self, from: Duration, to: Duration) -> Option<(Vec<f32>, u32)> {
        let rate = self.chunks.back()?.rate;
        let mut out = Vec::new();
        for chunk in self.chunks.iter().filter(|chunk| chunk.rate == rate) {
            let place = |at: Duration| {
                let seconds = at.saturating_sub(chunk.at).as_secs_f64();
                ((seconds * f64::from(rate)).ceil() as usize).min(chunk.samples.len())
            };
            let (from, to) = (place(from), place(to));
            out.extend_from_slice(chunk.samples.get(from..to).unwrap_or_default());
        }
        (!out.is_empty()).then_some((out, rate))
    }
}

fn length(chunk: &AudioChunk) -> Duration {
    Duration::from_secs_f64(chunk.samples.len() as f64 / f64::from(chunk.rate.max(1)))
}

/// A source whose last sound is remembered.
pub struct Keeping {
    source: Box<dyn AudioSource>,
    recent: Arc<Mutex<Recent>>,
}

impl Keeping {
    pub(crate) fn of(
        source: Box<dyn AudioSource>,
        remembered: Duration,
    ) -> (Arc<Mutex<Recent>>, Self) {
        let recent = Arc::new(Mutex::new(Recent::new(remembered)));
        (Arc::clone(&recent), Self { source, recent })
    }
}

impl AudioSource for Keeping {
    fn read(&mut self, wait: Duration) -> Result<Capture, PortError> {
        let captured = self.source.read(wait)?;
        if let Capture::Chunk(chunk) = &captured {
            locked(&self.recent).push(chunk);
        }
        Ok(captured)
    }
}

pub(crate) fn locked(recent: &Mutex<Recent>) -> MutexGuard<'_, Recent> {
    recent.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;

    #[test]
    fn what_lies_between_two_times_is_cut_from_the_chunks_and_old_ones_are_forgotten() {
        let mut recent = Recent::new(Duration::from_secs(1));
        for n in 0..20u32 {
            let at = Duration::from_millis(100) * n;
            let samples = (0..100).map(|m| (n * 100 + m) as f32).collect();
            recent.push(&AudioChunk { at, rate: 1000, samples });
        }
        assert_eq!(recent.end(), Duration::from_secs(2));
        let ms = Duration::from_millis;
        let (cut, rate) = recent.between(ms(1_250), ms(1_420)).unwrap();
        assert_eq!((rate, cut.len(), cut[0], cut[169]), (1000, 170, 1250.0, 1419.0));
        assert!(recent.between(ms(0), ms(500)).is_none());
    }
}
