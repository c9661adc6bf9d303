//! The last seconds of sound, addressed by absolute sample index. Bounded.

/// Seconds kept: the witness's window, a slow strum and the background before it.
const KEEP: usize = 6 * crate::resample::RATE as usize;

/// A window onto the stream; sample 0 is the first ever pushed.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    samples: Vec<f32>,
    first: u64,
}

impl History {
    pub(crate) fn push(&mut self, samples: &[f32]) {
        self.samples.extend_from_slice(samples);
        if self.samples.len() > 2 * KEEP {
            let drop = self.samples.len() - KEEP;
            self.samples.drain(..drop);
            self.first += drop as u64;
        }
    }

    /// As if `count` samples more had gone before.
    #[cfg(test)]
    pub(crate) fn skip(&mut self, count: u64) {
        self.first += count;
    }

    /// Index after the last sample.
    pub(crate) fn end(&self) -> u64 {
        self.first + self.samples.len() as u64
    }

    /// `len` samples from index `from`; what is not there (before the beginning, after the end,
    /// forgotten) is silence.
    pub(crate) fn window(&self, from: i64, len: usize) -> Vec<f32> {
        let mut out = vec![0.0; len];
        let first = self.first as i64;
        let skip = (first - from).clamp(0, len as i64) as usize;
        let start = (from + skip as i64 - first) as usize;
        if let Some(there) = self.samples.get(start.min(self.samples.len())..) {
            let count = there.len().min(len - skip);
            out[skip..skip + count].copy_from_slice(&there[..count]);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_outside_and_bounded() {
        let mut history = History::default();
        history.push(&[1.0, 2.0, 3.0]);
        assert_eq!(history.window(-2, 6), [0.0, 0.0, 1.0, 2.0, 3.0, 0.0]);
        assert_eq!(history.window(9, 2), [0.0, 0.0]);
        for _ in 0..40 {
            history.push(&vec![4.0; KEEP / 4]);
        }
        assert!(history.samples.len() <= 2 * KEEP + KEEP / 4);
        let end = history.end() as i64;
        assert_eq!(history.window(end - 1, 2), [4.0, 0.0]);
        assert_eq!(history.window(0, 2), [0.0, 0.0]);
    }
}
