//! When sound begins: log spectral flux with a running floor per band.
//!
//! 1024-sample Hann windows every 128 samples, 60 logarithmic bands 100–9000 Hz, lag 3 frames,
//! local maxima with two frames of look-ahead above a running median. It reports every rise; what
//! belongs to one strum is decided by the listener.

use crate::resample::RATE;
use crate::spectrum::Transform;

/// Samples between frames.
pub(crate) const HOP: usize = 128;
const WINDOW: usize = 1024;
const BANDS: usize = 60;
const LOWEST_HZ: f32 = 100.0;
const HIGHEST_HZ: f32 = 9000.0;
const LAG: usize = 3;
/// Frames after a peak before it is believed.
const AHEAD: usize = 2;
/// Frames of flux the threshold's median looks back on (0.35 s).
const MEMORY: usize = 60;
/// Mean rise in log10 over all bands, above the median, that counts as a beginning.
/// A single string struck over a ringing chord gives 0.15 and more, room noise under 0.06.
const THRESHOLD: f32 = 0.11;
/// What may be the last string of a slow strum.
const FAINT: f32 = 0.05;
/// Compression: bands below 0.7 × floor hardly count.
const GAMMA: f32 = 0.7;
/// Magnitude under which nothing is sound, about −86 dB full scale.
const QUIETEST: f32 = 5e-5;
/// Frames per block of the running minimum and number of blocks kept: about 4 s.
const FLOOR_BLOCK: usize = 86;
const FLOOR_BLOCKS: usize = 8;
/// Frames at the beginning of a stream during which only loud sound begins anything: the first
/// room noise after digital nothing is no strum.
const BLIND: u64 = 12;
/// Mean band magnitude that is loud, about −60 dB full scale.
const LOUD: f32 = 1e-3;
/// The minimum of a fluctuating band lies about this far under its mean.
const FLOOR_BIAS: f32 = 2.5;

/// A rise of the sound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rise {
    /// Sample index of the middle of the frame that rose most.
    pub(crate) at: u64,
    /// Too little to begin anything: a string of a strum under way, or nothing.
    pub(crate) faint: bool,
}

/// Finds rises, frame by frame.
#[derive(Debug)]
pub(crate) struct OnsetDetector {
    transform: Transform,
    edges: Vec<(usize, usize)>,
    floor: Floor,
    /// Log bands of the last frames, newest last.
    recent: Vec<[f32; BANDS]>,
    /// Flux of the last frames, newest last.
    flux: Vec<f32>,
    frames: u64,
}

impl OnsetDetector {
    pub(crate) fn new() -> Self {
        Self {
            transform: Transform::new(WINDOW, WINDOW),
            edges: band_edges(),
            floor: Floor::default(),
            recent: Vec::new(),
            flux: Vec::new(),
            frames: 0,
        }
    }

    /// Samples a frame looks at; frame n ends at sample (n + 1) × [`HOP`].
    pub(crate) const fn window() -> usize {
        WINDOW
    }

    /// As if `count` frames more had gone before.
    #[cfg(test)]
    pub(crate) fn skip(&mut self, count: u64) {
        self.frames += count;
    }

    /// Takes the next frame.
    pub(crate) fn step(&mut self, frame: &[f32]) -> Option<Rise> {
        let spectrum = self.transform.magnitudes(frame);
        let bands: [f32; BANDS] = std::array::from_fn(|band| {
            let (low, high) = self.edges[band];
            let power: f32 = spectrum.bins[low..high].iter().map(|m| m * m).sum();
            (power / (high - low) as f32).sqrt()
        });
        let floor = self.floor.follow(&bands);
        let logs: [f32; BANDS] =
            std::array::from_fn(|band| (1.0 + bands[band] / (GAMMA * floor[band])).log10());
        self.flux.push(self.rise_against_lag(&logs));
        self.recent.push(logs);
        if self.recent.len() > LAG {
            self.recent.remove(0);
        }
        if self.flux.len() > MEMORY {
            self.flux.remove(0);
        }
        self.frames += 1;
        let loud = bands.iter().sum::<f32>() / BANDS as f32 > LOUD;
        self.peak().filter(|_| loud || self.frames > BLIND)
    }

    /// Mean rise over the bands since the frame [`LAG`] frames ago.
    fn rise_against_lag(&self, logs: &[f32; BANDS]) -> f32 {
        let Some(first) = self.recent.first() else { return 0.0 };
        let sum: f32 = logs.iter().zip(first).map(|(now, then)| (now - then).max(0.0)).sum();
        sum / BANDS as f32
    }

    fn peak(&self) -> Option<Rise> {
        let n = self.flux.len();
        if n < AHEAD + LAG + 1 {
            return None;
        }
        let here = n - 1 - AHEAD;
        let value = self.flux[here];
        let after = self.flux[here + 1..].iter().all(|f| *f < value);
        let before = self.flux[here - LAG..here].iter().all(|f| *f <= value);
        let mut sorted = self.flux.clone();
        sorted.sort_by(f32::total_cmp);
        let strength = value - sorted[n / 2];
        (after && before && strength > FAINT).then(|| {
            let end = (self.frames - AHEAD as u64) * HOP as u64;
            let at = end.saturating_sub(WINDOW as u64 / 2);
            Rise { at, faint: strength <= THRESHOLD }
        })
    }
}

/// The running minimum of each band.
#[derive(Debug, Default)]
struct Floor {
    blocks: Vec<[f32; BANDS]>,
    count: usize,
}

impl Floor {
    fn follow(&mut self, bands: &[f32; BANDS]) -> [f32; BANDS] {
        if self.count.is_multiple_of(FLOOR_BLOCK) {
            self.blocks.push(*bands);
            if self.blocks.len() > FLOOR_BLOCKS {
                self.blocks.remove(0);
            }
        }
        self.count += 1;
        if let Some(block) = self.blocks.last_mut() {
            block.iter_mut().zip(bands).for_each(|(low, now)| *low = low.min(*now));
        }
        std::array::from_fn(|band| {
            let low = self.blocks.iter().map(|b| b[band]).fold(f32::INFINITY, f32::min);
            (FLOOR_BIAS * low).max(QUIETEST)
        })
    }
}

/// Where the sound really begins near a rise: the first 3 ms, within 50 ms before it, whose
/// high-passed energy leaves what was there before. `around` are samples from 80 ms before the
/// rise to 20 ms after; gives an offset into them.
pub(crate) fn begin(around: &[f32]) -> usize {
    const BLOCK: usize = 64;
    const BEFORE: usize = 10;
    let energies: Vec<f32> = around
        .chunks_exact(BLOCK)
        .map(|block| block.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum())
        .collect();
    let most = |of: &[f32]| of.iter().fold(0f32, |most, e| most.max(*e));
    let (before, near) = energies.split_at(BEFORE.min(energies.len()));
    let loudest = most(near);
    let limit = (0.02 * loudest).max(2.0 * most(before)).min(0.5 * loudest);
    let block = near.iter().position(|energy| *energy > limit).unwrap_or(0);
    (before.len() + block) * BLOCK
}

fn band_edges() -> Vec<(usize, usize)> {
    let hz_per_bin = RATE as f32 / WINDOW as f32;
    let ratio = (HIGHEST_HZ / LOWEST_HZ).powf(1.0 / BANDS as f32);
    (0..BANDS)
        .map(|band| {
            let low = LOWEST_HZ * ratio.powi(band as i32);
            let first = (low / hz_per_bin).floor() as usize;
            let last = (low * ratio / hz_per_bin).ceil() as usize;
            (first, last.max(first + 1))
        })
        .collect()
}
