//! How much new sound each moment of a take brings, coarse and fine.
//!
//! Semitone bands, compressed by the logarithm, against the same bands a little earlier; the mean
//! rise over all bands. The coarse curve (93 ms windows) gathers a whole strum into one hill, the
//! fine one (46 ms, above 300 Hz) shows where its first string was struck. Both look at the take
//! as a whole, so they are for recordings, not for the live listener ([`crate::onset`]).

use crate::Take;
use crate::resample::RATE;
use crate::spectrum::Transform;

/// Samples between frames; outside this module frame n is centred on sample n × HOP.
pub(crate) const HOP: usize = 128;
/// Level, relative to loud frames, at which the logarithm begins to compress.
const KNEE: f32 = 0.02;
/// Share of a band's frames that are quieter than its noise, and how far above those the noise
/// reaches: the 5 % quantile of noise lies at a quarter of its mean.
const QUIET: f32 = 0.05;
const NOISE: f32 = 8.0;
/// Frames before the beginning: a take that begins with a stroke rises out of silence.
const LEAD: usize = 16;
/// Share of the sounding frames that are quieter than the reference.
const LOUD: f64 = 0.95;
/// Frames this far under the loudest one are pauses (−40 dB).
const PAUSE: f32 = 0.01;
/// Nothing under this is sound at all, about −86 dB full scale.
const QUIETEST: f32 = 5e-5;
/// Mean rise of log10 that a stroke brings at the least: between the strokes of the rendered
/// phrases it stays under 0.03.
const STROKE: f32 = 0.033;
/// Frames from an onset back and ahead to windows that see nothing of the attack, and the mean
/// rise between them that is a tone. Clicks over ringing strings stay under 0.02 nine times in ten.
const BEFORE: usize = 9;
const AFTER: usize = 14;
const LASTING: f32 = 0.02;
/// Window and its place behind an onset for [`tonal`]; bins of a neighbourhood, and the factor over
/// its median that noise of this many bins practically never reaches.
const TONAL_WINDOW: usize = 4096;
const TONAL_AFTER: f64 = 0.03;
const NEIGHBOURS: usize = 24;
const OUTSTANDING: f32 = 5.5;
/// Hills nearer than this are one.
const APART: usize = RATE as usize / 10 / HOP;

struct View {
    window: usize,
    lag: usize,
    hz: (f32, f32),
}

const COARSE: View = View { window: 2048, lag: 8, hz: (80.0, 6000.0) };
const FINE: View = View { window: 1024, lag: 4, hz: (300.0, 9000.0) };

/// Bias of the onset that is found: the foot of a hill lies early. Between −5 ms (FluidR3, whose
/// samples begin softly) and −12 ms (our own string model, which begins at once).
const BIAS: f64 = -0.0085;

/// The rises of a take.
#[derive(Debug)]
pub(crate) struct Novelty {
    coarse: Vec<f32>,
    fine: Vec<f32>,
    /// The compressed bands behind `coarse`.
    logs: Vec<Vec<f32>>,
    /// Magnitude of a loud frame's loudest band.
    pub(crate) reference: f32,
    tones: Vec<f64>,
}

impl Novelty {
    pub(crate) fn of(take: &Take) -> Self {
        let (logs, reference) = logs(take, &COARSE);
        let fine = curve(&self::logs(take, &FINE).0, &FINE);
        let coarse = curve(&logs, &COARSE);
        let mut novelty = Self { coarse, fine, logs, reference, tones: Vec::new() };
        let mut transform = Transform::new(TONAL_WINDOW, TONAL_WINDOW);
        let onsets = novelty.onsets().into_iter();
        novelty.tones =
            onsets.filter(|at| novelty.lasts(*at) && tonal(take, *at, &mut transform)).collect();
        novelty
    }

    /// The coarse rise in a frame; none outside.
    pub(crate) fn at(&self, frame: i64) -> f32 {
        let place = usize::try_from(frame + LEAD as i64).ok();
        place.and_then(|place| self.coarse.get(place)).copied().unwrap_or(0.0)
    }

    /// The onsets after which a tone stays, in seconds. A click or a gust of noise leaves none.
    pub(crate) fn tones(&self) -> &[f64] {
        &self.tones
    }

    fn lasts(&self, at: f64) -> bool {
        let here = (at * f64::from(RATE) / HOP as f64) as usize + LEAD;
        let before = self.logs.get(here.saturating_sub(BEFORE)).or(self.logs.first());
        let after = self.logs.get(here + AFTER).or(self.logs.last());
        before.zip(after).is_some_and(|(before, after)| rise(after, before) > LASTING)
    }

    /// Seconds at which strokes and clicks begin, in order.
    fn onsets(&self) -> Vec<f64> {
        let mut last = f64::NEG_INFINITY;
        let mut onsets = Vec::new();
        for hill in self.hills() {
            let at = self.begin(hill) - LEAD as f64 * HOP as f64 / f64::from(RATE) - BIAS;
            if at > last + 0.5 * APART as f64 * HOP as f64 / f64::from(RATE) {
                onsets.push(at.max(0.0));
                last = at;
            }
        }
        onsets
    }

    /// Tops of the coarse curve, the highest within reach of one another.
    fn hills(&self) -> Vec<usize> {
        let curve = &self.coarse;
        let mut tops: Vec<usize> = (1..curve.len().saturating_sub(1))
            .filter(|i| curve[*i] >= curve[i - 1] && curve[*i] > curve[i + 1])
            .filter(|i| curve[*i] > STROKE)
            .collect();
        tops.sort_by(|a, b| curve[*b].total_cmp(&curve[*a]));
        let mut kept: Vec<usize> = Vec::new();
        for top in tops {
            if kept.iter().all(|other| top.abs_diff(*other) > APART) {
                kept.push(top);
            }
        }
        kept.sort_unstable();
        kept
    }

    /// Seconds (from the lead) at which the first string of the hill was struck: the foot of the first rise of
    /// the fine curve that stands out of what was there before.
    fn begin(&self, hill: usize) -> f64 {
        let per_second = RATE as usize / HOP;
        let anchor = self.foot(&self.coarse, hill, 0.3) + (0.03 * per_second as f64) as usize;
        let from = anchor.saturating_sub(per_second / 50);
        let to = (hill.max(anchor) + per_second * 3 / 100).min(self.fine.len());
        let most = |of: &[f32]| of.iter().fold(0f32, |most, value| most.max(*value));
        let around = self.fine.get(from..to).unwrap_or_default();
        let earlier = from.saturating_sub(per_second * 13 / 100)..from.saturating_sub(2);
        let restless = most(self.fine.get(earlier).unwrap_or_default());
        let limit = (0.25 * most(around)).max((1.1 * restless).min(0.7 * most(around)));
        let top = (1..around.len().saturating_sub(1))
            .find(|i| {
                around[*i] > limit && around[*i] >= around[i - 1] && around[*i] > around[i + 1]
            })
            .map_or(hill, |i| from + i);
        self.foot_between(&self.fine, top, 0.5) * HOP as f64 / f64::from(RATE)
    }

    /// Frame before `top` in which `curve` first lies under `share` of its height above the
    /// lowest point of the last 0.15 s.
    fn foot(&self, curve: &[f32], top: usize, share: f32) -> usize {
        self.foot_between(curve, top, share) as usize
    }

    fn foot_between(&self, curve: &[f32], top: usize, share: f32) -> f64 {
        let earliest = top.saturating_sub(RATE as usize * 15 / 100 / HOP);
        let top = top.min(curve.len().saturating_sub(1));
        let Some(stretch) = curve.get(earliest..=top) else { return top as f64 };
        let base = stretch.iter().fold(f32::INFINITY, |least, value| least.min(*value));
        let limit = base + share * (curve[top] - base);
        let Some(under) = stretch.iter().rposition(|value| *value <= limit) else {
            return earliest as f64;
        };
        let here = earliest + under;
        match curve.get(here + 1) {
            Some(next) if *next > curve[here] => {
                here as f64 + f64::from((limit - curve[here]) / (next - curve[here]))
            }
            _ => here as f64,
        }
    }
}

/// Compressed bands of every frame, and the reference they are compressed against.
fn logs(take: &Take, view: &View) -> (Vec<Vec<f32>>, f32) {
    let frames = bands(take, view);
    let reference = reference(&frames);
    let knees = knees(&frames, reference);
    let compress = |(band, knee): (&f32, &f32)| (1.0 + band / knee).log10();
    let logs = |bands: &Vec<f32>| bands.iter().zip(&knees).map(compress).collect();
    (frames.iter().map(logs).collect(), reference)
}

/// Where the logarithm of each band begins to compress: under loud frames, and not in the noise.
fn knees(frames: &[Vec<f32>], reference: f32) -> Vec<f32> {
    let count = frames.first().map_or(0, Vec::len);
    (0..count)
        .map(|band| {
            let mut levels: Vec<f32> = frames.iter().map(|bands| bands[band]).collect();
            let place = (QUIET * levels.len() as f32) as usize;
            let (_, quiet, _) = levels.select_nth_unstable_by(place, f32::total_cmp);
            (KNEE * reference).max(NOISE * *quiet)
        })
        .collect()
}

/// Mean rise over the bands in each frame, placed half a lag early.
fn curve(logs: &[Vec<f32>], view: &View) -> Vec<f32> {
    let half = view.lag / 2;
    (0..logs.len())
        .map(|frame| match (frame.checked_sub(half), logs.get(frame + view.lag - half)) {
            (Some(then), Some(now)) => rise(now, &logs[then]),
            _ => 0.0,
        })
        .collect()
}

/// Whether a partial stands out of its neighbourhood after an onset, as none does in noise.
fn tonal(take: &Take, at: f64, transform: &mut Transform) -> bool {
    let from = ((at + TONAL_AFTER) * f64::from(RATE)) as i64;
    let spectrum = transform.magnitudes(&take.window(from, TONAL_WINDOW));
    let (low, high) = (spectrum.place(75.0) as usize, spectrum.place(3000.0) as usize);
    (low..high).step_by(NEIGHBOURS).any(|first| {
        let mut near = spectrum.bins[first..first + 2 * NEIGHBOURS].to_vec();
        near.sort_by(f32::total_cmp);
        near[2 * NEIGHBOURS - 1] > OUTSTANDING * near[NEIGHBOURS].max(1e-7)
    })
}

fn rise(now: &[f32], then: &[f32]) -> f32 {
    let sum: f32 = now.iter().zip(then).map(|(n, t)| (n - t).max(0.0)).sum();
    sum / now.len().max(1) as f32
}

/// Magnitude of a loud frame: its loudest band.
fn reference(frames: &[Vec<f32>]) -> f32 {
    let mut loudest: Vec<f32> =
        frames.iter().map(|bands| bands.iter().fold(0f32, |most, b| most.max(*b))).collect();
    loudest.sort_by(f32::total_cmp);
    let limit = PAUSE * loudest.last().copied().unwrap_or(0.0);
    let sounding = &loudest[loudest.partition_point(|level| *level < limit)..];
    let place = (LOUD * sounding.len().saturating_sub(1) as f64) as usize;
    sounding.get(place).copied().unwrap_or(0.0).max(QUIETEST / KNEE)
}

fn bands(take: &Take, view: &View) -> Vec<Vec<f32>> {
    let mut transform = Transform::new(view.window, view.window);
    let weights = semitones(view);
    // Windows beyond the end would hear the cut as a click.
    let whole = take.samples().len().saturating_sub(view.window / 2);
    (0..whole / HOP + LEAD)
        .map(|frame| {
            let from = (frame * HOP) as i64 - (LEAD * HOP) as i64 - view.window as i64 / 2;
            let spectrum = transform.magnitudes(&take.window(from, view.window));
            weights
                .iter()
                .map(|band| {
                    let power: f32 =
                        band.iter().map(|(bin, w)| (w * spectrum.bins[*bin]).powi(2)).sum();
                    power.sqrt()
                })
                .collect()
        })
        .collect()
}

/// Triangles a semitone apart, at least a bin wide, of length 1.
fn semitones(view: &View) -> Vec<Vec<(usize, f32)>> {
    let hz_per_bin = RATE as f32 / view.window as f32;
    let count = (12.0 * (view.hz.1 / view.hz.0).log2()) as usize;
    (0..count)
        .map(|band| {
            let centre = view.hz.0 * (band as f32 / 12.0).exp2();
            let width = (centre * (2f32.powf(1.0 / 12.0) - 1.0)).max(hz_per_bin);
            let first = ((centre - width) / hz_per_bin).ceil().max(0.0) as usize;
            let last = (((centre + width) / hz_per_bin).floor() as usize).min(view.window / 2);
            let raw: Vec<(usize, f32)> = (first..=last)
                .map(|bin| (bin, 1.0 - (bin as f32 * hz_per_bin - centre).abs() / width))
                .collect();
            let length = raw.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(1e-6);
            raw.into_iter().map(|(bin, w)| (bin, w / length)).collect()
        })
        .collect()
}
