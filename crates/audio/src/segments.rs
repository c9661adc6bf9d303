//! A take to chords: which chord sounds from when to when.
//!
//! What sounds between two strokes is folded to pitch classes and compared with the templates of
//! every chord; the bass counts for the root. A path over the strokes changes chord only where
//! the evidence pays for it, and is sought twice: chords that the piece uses much come easier the
//! second time. It knows no key, no ninths or sixths, and no target.

use std::time::Duration;

use theory::{Chord, PitchClass, Quality};

use crate::novelty::Novelty;
use crate::resample::RATE;
use crate::salience::{COUNT, LOWEST, Row, Salience};
use crate::strokes::{Group, groups};
use crate::take::{FRAME, time};
use crate::{Roll, Take};

/// Strokes closer than this would not be told apart; a beat is not known here.
const CLOSEST: f64 = 0.3;
/// Frames behind the last string that are attack, and the most that is looked at (0.7 s).
const ATTACK: usize = 6;
const LOOK: usize = 60;
/// Level and probability under which a pitch does not count, and a loud note's level.
const LEVEL_FLOOR: f32 = 0.3;
const NOTE_FLOOR: f32 = 0.08;
const LOUD: f32 = 1.7;
/// Weight of the witness beside our own levels.
const WITNESS: f32 = 0.6;
/// Share of a note's level that its partials lend to the pitches they lie on (semitones above).
/// The witness knows partials from notes by itself.
const LENT: [(usize, f32); 5] = [(12, 0.15), (19, 0.3), (24, 0.15), (28, 0.3), (31, 0.15)];
/// Six strings count more alike than their loudness.
const COMPRESSION: f32 = 0.6;
const ROOT: f32 = 1.15;
const BASS: f32 = 0.06;
/// A bass note has this share of the loudest level and lies no higher than B3.
const BASS_LEVEL: f32 = 0.3;
const BASS_TOP: u8 = 59;
/// Sharpness of the fit, cost of a change and help for a chord in constant use.
const SHARPNESS: f32 = 40.0;
const CHANGE: f32 = 10.0;
const HABIT: f32 = 1.0;
/// Segments whose loudest pitch stays under this level hold no chord.
const SILENT: f32 = 0.5;
/// Fit of «no chord»: all pitch classes alike fit a chord of four notes by 0.58.
const NOTHING: f32 = 0.6;
/// One pitch class with more than this share of the length of all twelve is a note, no chord.
const ALONE: f32 = 0.95;

/// A stretch of one chord.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// Its first stroke.
    pub at: Duration,
    /// The first stroke of the next one, or the end.
    pub until: Duration,
    /// The chord; none where nothing or no chord sounds.
    pub chord: Option<Chord>,
    /// 0–1: how clearly it leads.
    pub confidence: f32,
}

/// The chords of a take, in order and without gaps; the roll, if there is one, is the witness's.
#[must_use]
pub fn chords(take: &Take, roll: Option<&Roll>) -> Vec<Segment> {
    let novelty = Novelty::of(take);
    let salience = Salience::of(take, &novelty, crate::tuned::of_take(take));
    let stretches = stretches(take, &groups(&novelty, CLOSEST));
    let evidence: Vec<Evidence> =
        stretches.iter().map(|s| Evidence::of(s, &salience, roll)).collect();
    let all: Vec<Option<Chord>> = every_chord();
    let fits: Vec<Vec<f32>> = evidence.iter().map(|e| e.fits(&all)).collect();
    let weights: Vec<f32> = stretches.iter().map(Stretch::weight).collect();
    let mut habit = vec![0f32; all.len()];
    let first = path(&fits, &weights, &habit);
    let whole: f32 = stretches.iter().map(Stretch::seconds).sum();
    for (stretch, choice) in stretches.iter().zip(&first) {
        habit[*choice] += stretch.seconds() / whole.max(1e-6);
    }
    habit.iter_mut().for_each(|share| *share = HABIT * share.min(0.25) / 0.25);
    let chosen = path(&fits, &weights, &habit);
    join(&stretches, &chosen, &fits, &all)
}

/// From one stroke to the next, in samples.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    first: u64,
    last: u64,
    end: u64,
    struck: bool,
}

impl Stretch {
    fn seconds(&self) -> f32 {
        (self.end - self.first) as f32 / RATE as f32
    }

    /// How much a stretch has to say: by the root of its length.
    fn weight(&self) -> f32 {
        SHARPNESS * (self.seconds() / 0.25).min(2.0).sqrt()
    }
}

fn stretches(take: &Take, groups: &[Group]) -> Vec<Stretch> {
    let end = take.samples().len() as u64;
    let first = groups.first().map_or(end, |group| group.first);
    let lead = (first > 0).then_some(Stretch { first: 0, last: 0, end: first, struck: false });
    let ends = groups.iter().skip(1).map(|group| group.first).chain([end]);
    let struck = groups.iter().zip(ends).map(|(group, end)| Stretch {
        first: group.first,
        last: group.last,
        end: end.max(group.first),
        struck: true,
    });
    lead.into_iter().chain(struck).filter(|stretch| stretch.end > stretch.first).collect()
}

/// What sounds in a stretch.
struct Evidence {
    chroma: Option<[f32; 12]>,
    bass: Option<u8>,
}

impl Evidence {
    fn of(stretch: &Stretch, salience: &Salience, roll: Option<&Roll>) -> Self {
        let frame = |sample: u64| sample as usize / FRAME;
        let end = frame(stretch.end).min(salience.frames());
        let from = (frame(stretch.last) + ATTACK).min((frame(stretch.last) + end) / 2);
        let frames = from..end.min(from + LOOK).max(from + 1);
        let mut row = row(salience, roll, frames.clone());
        if roll.is_none() {
            take_back_partials(&mut row);
        }
        let most = row.iter().fold(0f32, |most, v| most.max(*v));
        let level = frames
            .flat_map(|f| salience.level.get(f))
            .flatten()
            .fold(0f32, |most, level| most.max(*level));
        let sounds = stretch.struck && level > SILENT && most > 0.0;
        let bass = (LOWEST..=BASS_TOP)
            .zip(&row)
            .find(|(_, value)| **value > BASS_LEVEL * most)
            .map(|(midi, _)| midi % 12);
        Self { chroma: sounds.then(|| chroma(&row)), bass }
    }

    fn fits(&self, chords: &[Option<Chord>]) -> Vec<f32> {
        chords
            .iter()
            .map(|chord| match (self.chroma, chord) {
                (Some(chroma), Some(chord)) => fit(chord, &chroma, self.bass),
                (Some(chroma), None) if chroma.iter().any(|class| *class > ALONE) => 1.0,
                (Some(_), None) => NOTHING,
                (None, Some(_)) => 0.0,
                (None, None) => 1.0,
            })
            .collect()
    }
}

fn row(salience: &Salience, roll: Option<&Roll>, frames: std::ops::Range<usize>) -> Row {
    let count = frames.len().max(1) as f32;
    std::array::from_fn(|pitch| {
        let midi = LOWEST + pitch as u8;
        let mean = |of: &dyn Fn(usize) -> f32| frames.clone().map(of).sum::<f32>() / count;
        let own = mean(&|f| (salience.level(f as i64, i32::from(midi)) - LEVEL_FLOOR).max(0.0));
        let own = own / LOUD;
        roll.map_or(own, |roll| {
            let heard = mean(&|f| roll.note(f, midi)) - NOTE_FLOOR;
            WITNESS * heard.max(0.0) + (1.0 - WITNESS) * own
        })
    })
}

fn take_back_partials(row: &mut Row) {
    let whole = *row;
    for (above, share) in LENT {
        for pitch in above..COUNT {
            row[pitch] = (row[pitch] - share * whole[pitch - above]).max(0.0);
        }
    }
}

fn chroma(row: &Row) -> [f32; 12] {
    let mut chroma = [0f32; 12];
    for (midi, value) in (LOWEST..).zip(row) {
        chroma[usize::from(midi % 12)] += value.max(0.0).powf(COMPRESSION);
    }
    normalised(chroma)
}

fn normalised(mut values: [f32; 12]) -> [f32; 12] {
    let length = values.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-9);
    values.iter_mut().for_each(|v| *v /= length);
    values
}

/// Every chord, and none.
fn every_chord() -> Vec<Option<Chord>> {
    let chords = (0..12u8)
        .flat_map(|root| Quality::HEARD.map(|quality| Chord::new(PitchClass(root), quality)));
    chords.map(Some).chain([None]).collect()
}

/// Cosine with the chord's template, a little more for its root in the bass, a little less for
/// what is rare.
fn fit(chord: &Chord, chroma: &[f32; 12], bass: Option<u8>) -> f32 {
    let mut template = [0f32; 12];
    for (place, class) in chord.pitch_classes().enumerate() {
        template[usize::from(class.semitones())] = if place == 0 { ROOT } else { 1.0 };
    }
    let cosine: f32 = normalised(template).iter().zip(chroma).map(|(t, c)| t * c).sum();
    let rarity = match chord.quality {
        Quality::Maj | Quality::Min => 0.0,
        Quality::Dom7 | Quality::Maj7 => 0.015,
        Quality::Min7 => 0.02,
        Quality::Sus2 | Quality::Sus4 => 0.03,
        Quality::Dim | Quality::Aug => 0.05,
        Quality::Power => 0.06,
        _ => 0.08,
    };
    cosine + if bass == Some(chord.root.semitones()) { BASS } else { 0.0 } - rarity
}

/// The best way through all stretches (Viterbi; every change costs the same).
fn path(fits: &[Vec<f32>], weights: &[f32], habit: &[f32]) -> Vec<usize> {
    let Some(first) = fits.first() else { return Vec::new() };
    let best = |values: &[f32]| {
        (0..values.len()).max_by(|a, b| values[*a].total_cmp(&values[*b])).unwrap_or(0)
    };
    let mut value = vec![0f32; first.len()];
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(fits.len());
    for (row, weight) in fits.iter().zip(weights) {
        let top = best(&value);
        let from: Vec<usize> = (0..value.len())
            .map(|k| if value[k] >= value[top] - CHANGE { k } else { top })
            .collect();
        value = (0..value.len())
            .map(|k| {
                let cost = if from[k] == k { 0.0 } else { CHANGE };
                value[from[k]] - cost + weight * row[k] + habit[k]
            })
            .collect();
        back.push(from);
    }
    let mut here = best(&value);
    let mut path: Vec<usize> = Vec::with_capacity(fits.len());
    for from in back.iter().rev() {
        path.push(here);
        here = from[here];
    }
    path.reverse();
    path
}

fn join(
    stretches: &[Stretch],
    chosen: &[usize],
    fits: &[Vec<f32>],
    all: &[Option<Chord>],
) -> Vec<Segment> {
    let mut segments: Vec<(Segment, f32)> = Vec::new();
    for ((stretch, choice), fits) in stretches.iter().zip(chosen).zip(fits) {
        let (sure, seconds) = (confidence(fits, *choice), stretch.seconds());
        let until = time(stretch.end as f64);
        match segments.last_mut() {
            Some((segment, so_far)) if segment.chord == all[*choice] => {
                let whole = *so_far + seconds;
                segment.confidence =
                    (segment.confidence * *so_far + sure * seconds) / whole.max(1e-6);
                segment.until = until;
                *so_far = whole;
            }
            _ => {
                let at = time(stretch.first as f64);
                let segment = Segment { at, until, chord: all[*choice], confidence: sure };
                segments.push((segment, seconds));
            }
        }
    }
    segments.into_iter().map(|(segment, _)| segment).collect()
}

/// How clearly a choice fits and leads.
fn confidence(fits: &[f32], choice: usize) -> f32 {
    let other = fits.iter().enumerate().filter(|(k, _)| *k != choice);
    let second = other.map(|(_, fit)| *fit).fold(0f32, f32::max);
    let lead = fits[choice] - second;
    let clear = 1.0 / (1.0 + (-lead / 0.03).exp());
    (clear * fits[choice].clamp(0.0, 1.0)).clamp(0.02, 0.99)
}

/// Chord changes a minute by ear: from the first chord's first stroke to the last chord's, each
/// change being from one chord to another. None with fewer than two chords.
#[must_use]
pub fn changes_per_minute(segments: &[Segment]) -> Option<f64> {
    let mut sounding = segments.iter().filter(|segment| segment.chord.is_some());
    let first = sounding.next()?;
    let (mut before, mut last, mut changes) = (first.chord, first.at, 0u32);
    for segment in sounding {
        if segment.chord != before {
            changes += 1;
            last = segment.at;
        }
        before = segment.chord;
    }
    let seconds = last.saturating_sub(first.at).as_secs_f64();
    (changes > 0 && seconds > 0.0).then(|| f64::from(changes) * 60.0 / seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(at: u64, chord: Option<&str>) -> Segment {
        let chord = chord.map(|name| name.parse().unwrap());
        let (at, until) = (Duration::from_secs(at), Duration::from_secs(at + 2));
        Segment { at, until, chord, confidence: 0.9 }
    }

    #[test]
    fn changes_are_counted_from_chord_to_chord() {
        let played = [
            segment(0, None),
            segment(2, Some("Em")),
            segment(4, Some("Am")),
            segment(6, None),
            segment(8, Some("Am")),
            segment(10, Some("Em")),
        ];
        assert_eq!(changes_per_minute(&played), Some(15.0));
        assert_eq!(changes_per_minute(&played[..2]), None);
        assert_eq!(changes_per_minute(&[]), None);
    }

    #[test]
    fn a_single_odd_stroke_does_not_change_the_chord() {
        let fits = [vec![0.9, 0.8], vec![0.9, 0.8], vec![0.8, 0.9], vec![0.9, 0.8]];
        assert_eq!(path(&fits, &[40.0; 4], &[0.0; 2]), [0, 0, 0, 0]);
        let moved = [vec![0.9, 0.5], vec![0.9, 0.5], vec![0.5, 0.9], vec![0.5, 0.9]];
        assert_eq!(path(&moved, &[40.0; 4], &[0.0; 2]), [0, 0, 1, 1]);
    }
}
