//! The chord that sounds, without knowing what was asked.
//!
//! A spectrum is explained as a sum of equal-tempered notes (plain string envelopes, stiff
//! partials), folded to twelve pitch classes and compared with chord templates. It does not know
//! keys, songs or what came before.

use std::rc::Rc;

use theory::{Chord, Pitch, PitchClass, Quality, Tuning};

use crate::explain::Explainer;
use crate::spectrum::Spectrum;
use crate::stiff::Tone;

const LOWEST: u8 = 40;
const HIGHEST: u8 = 84;
/// Notes up to this count as bass: open strings 6–4 and their first frets.
const BASS_TOP: u8 = 52;

/// How loud each pitch sounds, by MIDI number from [`LOWEST`].
#[derive(Debug, Clone)]
pub(crate) struct Notes {
    levels: Vec<f32>,
}

impl Notes {
    pub(crate) fn of(spectrum: &Spectrum, length: f32, a4: f32, cents: f32) -> Self {
        let explainer = Explainer::new(spectrum, length);
        let columns: Vec<_> = (LOWEST..=HIGHEST)
            .filter_map(|midi| {
                let string = string_for(midi);
                Tone::new(string, Pitch(midi), &Tuning::STANDARD, a4, cents)
            })
            .map(|tone| Rc::new(vec![explainer.plain_column(&tone)]))
            .collect();
        let explained = explainer.explain(&columns, None);
        Self { levels: explained.weights }
    }

    fn chroma(&self, bass_only: bool) -> [f32; 12] {
        let mut chroma = [0f32; 12];
        for (midi, level) in (LOWEST..).zip(&self.levels) {
            if !bass_only || midi <= BASS_TOP {
                // The square root: six strings count more alike than their loudness.
                chroma[usize::from(midi % 12)] += level.sqrt();
            }
        }
        chroma
    }

    /// The best chord and how clearly it leads, 0–1.
    pub(crate) fn chord(&self) -> Option<(Chord, f32)> {
        self.ranking().first().copied()
    }

    /// Chords by falling score, with a confidence for the first: its lead over the best chord of
    /// other pitch classes.
    pub(crate) fn ranking(&self) -> Vec<(Chord, f32)> {
        let chroma = normalised(self.chroma(false));
        let bass = self.bass();
        if chroma.iter().sum::<f32>() <= 0.0 {
            return Vec::new();
        }
        let mut scored: Vec<(Chord, f32)> = (0..12u8)
            .flat_map(|root| Quality::ALL.map(|quality| Chord::new(PitchClass(root), quality)))
            .map(|chord| (chord, score(&chord, &chroma, bass)))
            .collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1));
        let lead = scored.get(1).map_or(0.0, |second| scored[0].1 - second.1);
        let fit = scored[0].1;
        let confidence = (1.0 - (-lead / 0.05).exp()) * fit.clamp(0.0, 1.0);
        scored.truncate(12);
        if let Some(first) = scored.first_mut() {
            first.1 = confidence.clamp(0.05, 0.99);
        }
        scored
    }

    /// Pitch class of the lowest note that is not faint.
    fn bass(&self) -> Option<u8> {
        let loudest = self.levels.iter().fold(0f32, |m, l| m.max(*l));
        (LOWEST..)
            .zip(&self.levels)
            .take_while(|(midi, _)| *midi <= BASS_TOP + 7)
            .find(|(_, level)| **level > 0.12 * loudest)
            .map(|(midi, _)| midi % 12)
    }
}

/// Cosine with a weighted template, a little extra for the bass on the root, a little less for
/// qualities that are rare or explain nearly anything.
fn score(chord: &Chord, chroma: &[f32; 12], bass: Option<u8>) -> f32 {
    let mut template = [0f32; 12];
    for (place, class) in chord.pitch_classes().enumerate() {
        template[usize::from(class.semitones())] = if place == 0 { 1.15 } else { 1.0 };
    }
    let template = normalised(template);
    let fit: f32 = template.iter().zip(chroma).map(|(t, c)| t * c).sum();
    let rooted = if bass == Some(chord.root.semitones()) { 0.06 } else { 0.0 };
    let rarity = match chord.quality {
        Quality::Maj | Quality::Min => 0.0,
        Quality::Dom7 | Quality::Maj7 | Quality::Min7 => 0.02,
        Quality::Sus2 | Quality::Sus4 | Quality::Power => 0.02,
        Quality::Dim | Quality::Aug => 0.04,
    };
    fit + rooted - rarity
}

fn normalised(mut values: [f32; 12]) -> [f32; 12] {
    let length = values.iter().map(|v| v * v).sum::<f32>().sqrt();
    if length > 0.0 {
        values.iter_mut().for_each(|v| *v /= length);
    }
    values
}

/// The string on which a pitch is usually played low on the neck; it sets the stiffness only.
fn string_for(midi: u8) -> usize {
    [45, 50, 55, 59, 64].iter().filter(|open| midi >= **open).count()
}
