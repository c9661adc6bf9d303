//! How strongly each pitch of the guitar sounds in every frame of a take.
//!
//! Each frame is explained as a sum of stiff strings with a plain envelope; beside it stands how
//! much the partials of each pitch rise within 70 ms. It decides nothing; see
//! [`crate::transcribe`] and [`crate::segments`].

use std::rc::Rc;

use theory::{Pitch, Tuning};

use crate::Take;
use crate::explain::Explainer;
use crate::novelty::Novelty;
use crate::resample::RATE;
use crate::spectrum::{Spectrum, Transform};
use crate::stiff::Tone;
use crate::take::FRAME;

/// Pitches that are looked for: E2 to the 24th fret of string 1.
pub(crate) const LOWEST: u8 = 40;
pub(crate) const HIGHEST: u8 = 88;
pub(crate) const COUNT: usize = (HIGHEST - LOWEST + 1) as usize;

/// One value a pitch.
pub(crate) type Row = [f32; COUNT];

const LONG: usize = 4096;
const SHORT: usize = 2048;
/// Share of a loud frame's activation at which the logarithm begins to compress.
const KNEE: f32 = 0.02;
const RISE_KNEE: f32 = 0.01;
const PARTIALS: usize = 6;
/// Frames each way between which a rise is taken.
const REACH: usize = 3;
const LOUD: f64 = 0.95;

/// Activation and rise of every pitch, frame by frame (256 samples apart).
#[derive(Debug)]
pub(crate) struct Salience {
    /// log10(1 + activation over the knee): 0 for silence, 1.7 for a loud note.
    pub(crate) level: Vec<Row>,
    /// Mean rise of the partials in log10.
    pub(crate) rise: Vec<Row>,
}

impl Salience {
    /// Of a guitar that is `cents` sharp.
    pub(crate) fn of(take: &Take, novelty: &Novelty, cents: f32) -> Self {
        let tones: Vec<Tone> = (LOWEST..=HIGHEST).filter_map(|midi| tone(midi, cents)).collect();
        Self { level: levels(take, &tones), rise: rises(take, novelty, &tones) }
    }

    pub(crate) fn frames(&self) -> usize {
        self.level.len()
    }

    /// Level of `midi` in `frame`; silence outside.
    pub(crate) fn level(&self, frame: i64, midi: i32) -> f32 {
        look(&self.level, frame, midi)
    }

    pub(crate) fn rise(&self, frame: i64, midi: i32) -> f32 {
        look(&self.rise, frame, midi)
    }
}

fn look(rows: &[Row], frame: i64, midi: i32) -> f32 {
    let row = usize::try_from(frame).ok().and_then(|frame| rows.get(frame));
    let pitch = usize::try_from(midi - i32::from(LOWEST)).ok();
    row.zip(pitch).and_then(|(row, pitch)| row.get(pitch)).copied().unwrap_or(0.0)
}

/// `midi` on the string where it lies lowest on the neck; that sets the stiffness only.
pub(crate) fn tone(midi: u8, cents: f32) -> Option<Tone> {
    let string = [45, 50, 55, 59, 64].iter().filter(|open| midi >= **open).count();
    Tone::new(string, Pitch(midi), &Tuning::STANDARD, 440.0, cents)
}

fn each_frame(take: &Take, window: usize, mut with: impl FnMut(Spectrum)) {
    let mut transform = Transform::new(window, window);
    for frame in 0..take.frames() {
        let from = (frame * FRAME) as i64 - window as i64 / 2;
        with(transform.magnitudes(&take.window(from, window)));
    }
}

fn levels(take: &Take, tones: &[Tone]) -> Vec<Row> {
    let length = LONG as f32 / RATE as f32;
    let mut columns: Option<Vec<_>> = None;
    let mut rows: Vec<Row> = Vec::with_capacity(take.frames());
    each_frame(take, LONG, |spectrum| {
        let explainer = Explainer::new(&spectrum, length);
        let columns = columns.get_or_insert_with(|| {
            tones.iter().map(|tone| Rc::new(vec![explainer.plain_column(tone)])).collect()
        });
        let weights = explainer.explain(columns, None).weights;
        rows.push(std::array::from_fn(|pitch| weights.get(pitch).copied().unwrap_or(0.0)));
    });
    let loud = quantile(rows.iter().map(|row| row.iter().fold(0f32, |most, w| most.max(*w))));
    let knee = KNEE * loud.max(1e-4);
    rows.iter_mut().flatten().for_each(|weight| *weight = (1.0 + *weight / knee).log10());
    rows
}

fn quantile(values: impl Iterator<Item = f32>) -> f32 {
    let mut sorted: Vec<f32> = values.collect();
    sorted.sort_by(f32::total_cmp);
    let place = (LOUD * sorted.len().saturating_sub(1) as f64) as usize;
    sorted.get(place).copied().unwrap_or(0.0)
}

fn rises(take: &Take, novelty: &Novelty, tones: &[Tone]) -> Vec<Row> {
    let knee = RISE_KNEE * novelty.reference;
    let mut partials: Vec<Vec<[f32; PARTIALS]>> = Vec::with_capacity(take.frames());
    each_frame(take, SHORT, |spectrum| {
        let level = |hz: f32| {
            let bin = spectrum.place(hz).round() as usize;
            let near = spectrum.bins.get(bin.saturating_sub(1)..bin + 2).unwrap_or_default();
            (1.0 + near.iter().fold(0f32, |most, m| most.max(*m)) / knee).log10()
        };
        let of = |tone: &Tone| std::array::from_fn(|k| level(tone.partial(k + 1)));
        partials.push(tones.iter().map(of).collect());
    });
    let silence = vec![[0.0; PARTIALS]; tones.len()];
    (0..partials.len())
        .map(|frame| {
            let Some(now) = partials.get(frame + REACH) else { return [0.0; COUNT] };
            let then = frame.checked_sub(REACH).map_or(silence.as_slice(), |f| &partials[f]);
            std::array::from_fn(|pitch| rise(now.get(pitch), then.get(pitch)))
        })
        .collect()
}

/// Mean rise of the partials but for the one that rises least.
fn rise(now: Option<&[f32; PARTIALS]>, then: Option<&[f32; PARTIALS]>) -> f32 {
    let Some((now, then)) = now.zip(then) else { return 0.0 };
    let each = now.iter().zip(then).map(|(n, t)| n - t);
    let least = each.clone().fold(f32::INFINITY, f32::min);
    (each.sum::<f32>() - least) / (PARTIALS - 1) as f32
}
