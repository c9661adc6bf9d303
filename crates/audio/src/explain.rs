//! Explains a magnitude spectrum as a sum of strings and smooth noise.
//!
//! Multiplicative KL-NMF with fixed columns. A string has five bumps over the logarithm of the
//! partial number, so that its envelope may bend but not follow single partials; bins may be
//! hidden from the fit, so that the strings are interpolated across them. It explains; it does
//! not judge.

use std::cell::RefCell;
use std::rc::Rc;

use crate::spectrum::Spectrum;
use crate::stiff::Tone;

/// Lowest and highest frequency that is explained.
pub(crate) const RANGE_HZ: (f32, f32) = (60.0, 4200.0);
const ITERATIONS: usize = 40;
const STRING_BUMPS: usize = 5;
const NOISE_BUMPS: usize = 7;
/// Amplitude of partial k falls as k to this power before the bumps bend it.
const TILT: f32 = -1.1;
const MOST_PARTIALS: usize = 40;

type Column = Vec<(u32, f32)>;

/// The columns of one string.
pub(crate) type Columns = Rc<Vec<Column>>;

/// The strings that may explain a spectrum.
#[derive(Debug)]
pub(crate) struct Explainer {
    first: usize,
    bins: Vec<f32>,
    hz_per_bin: f32,
    /// Window length in seconds: it sets the width of a partial.
    length: f32,
    noise: Vec<Column>,
    /// Columns made so far: every string is one of the others five times over.
    made: RefCell<Vec<(Tone, Columns)>>,
}

/// What the strings together should give at each bin.
#[derive(Debug)]
pub(crate) struct Explanation {
    first: usize,
    hz_per_bin: f32,
    tonal: Vec<f32>,
    noise: Vec<f32>,
    /// Weight of each tone's columns, summed over its bumps.
    pub(crate) weights: Vec<f32>,
    /// Weights of the last tone's columns, bump by bump.
    pub(crate) last: Vec<f32>,
    /// Kullback–Leibler divergence of each bin.
    divergence: Vec<f32>,
}

impl Explanation {
    /// Predicted amplitude of strings and of noise at `hz`: the larger of the two bins around.
    pub(crate) fn at(&self, hz: f32) -> (f32, f32) {
        let place = (hz / self.hz_per_bin).floor() as usize;
        let pick = |of: &[f32]| {
            let at = |bin: usize| of.get(bin.wrapping_sub(self.first)).copied().unwrap_or(0.0);
            at(place).max(at(place + 1))
        };
        (pick(&self.tonal), pick(&self.noise))
    }

    /// Kullback–Leibler divergence within `reach` Hz of `hz`.
    pub(crate) fn misfit(&self, hz: f32, reach: f32) -> f32 {
        let bin = |hz: f32| ((hz / self.hz_per_bin).round() as usize).saturating_sub(self.first);
        let (low, high) = (bin(hz - reach), bin(hz + reach).min(self.divergence.len()));
        self.divergence.get(low..high).map_or(0.0, |bins| bins.iter().sum())
    }

    /// Share of the magnitude above noise that the strings explain, 0–1.
    pub(crate) fn share(&self, explainer: &Explainer) -> f32 {
        let (mut met, mut all) = (0.0, 1e-9);
        for (bin, value) in explainer.bins.iter().enumerate() {
            let excess = (value - self.noise[bin]).max(0.0);
            all += excess;
            met += excess.min(self.tonal[bin]);
        }
        met / all
    }
}

impl Explainer {
    /// Of `spectrum`, taken over `length` seconds.
    pub(crate) fn new(spectrum: &Spectrum, length: f32) -> Self {
        let first = spectrum.place(RANGE_HZ.0) as usize;
        let last = (spectrum.place(RANGE_HZ.1) as usize).min(spectrum.bins.len());
        let bins: Vec<f32> = spectrum.bins[first..last].iter().map(|m| m.max(1e-9)).collect();
        let noise = noise_columns(first, bins.len());
        let made = RefCell::default();
        Self { first, bins, hz_per_bin: spectrum.hz_per_bin, length, noise, made }
    }

    /// The columns of a string: its partials under each bump.
    pub(crate) fn string_columns(&self, tone: &Tone) -> Columns {
        if let Some((_, known)) = self.made.borrow().iter().find(|(made, _)| made == tone) {
            return Rc::clone(known);
        }
        let columns = Rc::new(self.bumps(tone));
        self.made.borrow_mut().push((*tone, Rc::clone(&columns)));
        columns
    }

    fn bumps(&self, tone: &Tone) -> Vec<Column> {
        let reach = (MOST_PARTIALS as f32).log2();
        (0..STRING_BUMPS)
            .map(|bump| {
                let centre = reach * bump as f32 / (STRING_BUMPS - 1) as f32;
                self.comb(tone, |k| {
                    let away = ((k.log2() - centre) / (reach / (STRING_BUMPS - 1) as f32)).abs();
                    (1.0 - away).max(0.0)
                })
            })
            .filter(|column| !column.is_empty())
            .collect()
    }

    /// One column with the plain envelope.
    pub(crate) fn plain_column(&self, tone: &Tone) -> Column {
        self.comb(tone, |_| 1.0)
    }

    fn comb(&self, tone: &Tone, shape: impl Fn(f32) -> f32) -> Column {
        let mut dense: Vec<(u32, f32)> = Vec::new();
        for k in 1..=MOST_PARTIALS {
            let hz = tone.partial(k);
            if hz > RANGE_HZ.1 {
                break;
            }
            let level = shape(k as f32) * (k as f32).powf(TILT);
            if level > 0.0 {
                self.lobe(hz, level, &mut dense);
            }
        }
        dense
    }

    /// Adds the main lobe of the Hann window at `hz`.
    fn lobe(&self, hz: f32, level: f32, out: &mut Column) {
        let reach = 2.0 / self.length;
        let low = ((hz - reach) / self.hz_per_bin).ceil() as usize;
        let high = ((hz + reach) / self.hz_per_bin).floor() as usize;
        for bin in low.max(self.first)..=high {
            if bin - self.first >= self.bins.len() {
                break;
            }
            let x = (bin as f32 * self.hz_per_bin - hz) * self.length;
            out.push(((bin - self.first) as u32, level * hann_lobe(x)));
        }
    }

    /// Whether each bin lies within 1.6 / length of a partial of `tone`.
    pub(crate) fn hide(&self, tone: &Tone) -> Vec<bool> {
        let mut hidden = vec![false; self.bins.len()];
        let reach = 1.6 / self.length;
        for k in 1..=MOST_PARTIALS {
            let hz = tone.partial(k);
            if hz - reach > RANGE_HZ.1 {
                break;
            }
            let low = ((hz - reach) / self.hz_per_bin).ceil().max(self.first as f32) as usize;
            let high = ((hz + reach) / self.hz_per_bin).floor() as usize;
            for bin in low..=high {
                if let Some(flag) = hidden.get_mut(bin - self.first) {
                    *flag = true;
                }
            }
        }
        hidden
    }

    /// Fits the columns of the tones (and noise) to the bins that are not hidden.
    pub(crate) fn explain(&self, tones: &[Columns], hidden: Option<&[bool]>) -> Explanation {
        let columns: Vec<&Column> =
            tones.iter().flat_map(|own| own.iter()).chain(&self.noise).collect();
        let tonal_count = columns.len() - self.noise.len();
        let seen = |bin: u32| hidden.is_none_or(|h| !h[bin as usize]);
        let start = self.bins.iter().sum::<f32>() / self.bins.len() as f32;
        let mut gains = vec![start; columns.len()];
        let sums: Vec<f32> = columns
            .iter()
            .map(|c| c.iter().filter(|(bin, _)| seen(*bin)).map(|(_, v)| v).sum())
            .collect();
        let mut ratio = vec![0f32; self.bins.len()];
        for _ in 0..ITERATIONS {
            self.model(&columns, &gains, &mut ratio);
            for (bin, slot) in ratio.iter_mut().enumerate() {
                *slot = if seen(bin as u32) { self.bins[bin] / slot.max(1e-12) } else { 0.0 };
            }
            for ((gain, column), sum) in gains.iter_mut().zip(&columns).zip(&sums) {
                let pull: f32 = column.iter().map(|(bin, v)| v * ratio[*bin as usize]).sum();
                *gain = if *sum > 1e-6 { (*gain * pull / sum).min(1e6) } else { 0.0 };
            }
        }
        self.conclude(tones, &columns, &gains, tonal_count)
    }

    fn model(&self, columns: &[&Column], gains: &[f32], out: &mut [f32]) {
        out.fill(1e-9);
        for (column, gain) in columns.iter().zip(gains) {
            for (bin, value) in column.iter() {
                out[*bin as usize] += gain * value;
            }
        }
    }

    fn conclude(
        &self,
        tones: &[Columns],
        columns: &[&Column],
        gains: &[f32],
        tonal_count: usize,
    ) -> Explanation {
        let mut tonal = vec![0.0; self.bins.len()];
        let mut noise = vec![0.0; self.bins.len()];
        self.model(&columns[..tonal_count], &gains[..tonal_count], &mut tonal);
        self.model(&columns[tonal_count..], &gains[tonal_count..], &mut noise);
        let divergence = self
            .bins
            .iter()
            .zip(tonal.iter().zip(&noise))
            .map(|(seen, (tonal, noise))| {
                let model = (tonal + noise).max(1e-12);
                seen * (seen / model).ln() - seen + model
            })
            .collect();
        let mut rest = gains;
        let mut last = Vec::new();
        let weights = tones
            .iter()
            .map(|tone| {
                let (own, after) = rest.split_at(tone.len());
                rest = after;
                last = own.to_vec();
                own.iter().sum()
            })
            .collect();
        let (first, hz_per_bin) = (self.first, self.hz_per_bin);
        Explanation { first, hz_per_bin, tonal, noise, weights, last, divergence }
    }
}

fn hann_lobe(x: f32) -> f32 {
    let x = x.abs();
    if x < 1e-3 {
        return 1.0;
    }
    if (x - 1.0).abs() < 1e-3 {
        return 0.5;
    }
    let angle = std::f32::consts::PI * x;
    (angle.sin() / (angle * (1.0 - x * x))).max(0.0)
}

/// Triangles over the logarithm of frequency: a smooth floor.
fn noise_columns(first: usize, count: usize) -> Vec<Column> {
    let low = (first.max(1) as f32).log2();
    let width = (((first + count).max(2)) as f32).log2() - low;
    let step = width / (NOISE_BUMPS - 1) as f32;
    (0..NOISE_BUMPS)
        .map(|bump| {
            let centre = low + step * bump as f32;
            (0..count)
                .filter_map(|bin| {
                    let at = ((first + bin).max(1) as f32).log2();
                    let value = 1.0 - ((at - centre) / step).abs();
                    (value > 0.0).then_some((bin as u32, value))
                })
                .collect()
        })
        .collect()
}
