//! Chroma templates, the usual way to recognise chords (Fujishima 1999): magnitudes folded to
//! twelve pitch classes, compared with binary templates by cosine.

use realfft::RealFftPlanner;
use theory::{Chord, PitchClass, Quality};

/// Fundamentals and first partials of a guitar.
const RANGE_HZ: (f32, f32) = (70.0, 2000.0);

/// Twelve levels, C first; length 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chroma([f32; 12]);

impl Chroma {
    pub(crate) fn of(samples: &[f32], rate: u32) -> Self {
        let size = samples.len().next_power_of_two().max(16_384);
        let count = samples.len().max(2) as f32 - 1.0;
        let mut input: Vec<f32> = samples
            .iter()
            .enumerate()
            .map(|(n, s)| s * (0.5 - 0.5 * (std::f32::consts::TAU * n as f32 / count).cos()))
            .collect();
        input.resize(size, 0.0);
        let plan = RealFftPlanner::<f32>::new().plan_fft_forward(size);
        let mut bins = plan.make_output_vec();
        let mut levels = [0f32; 12];
        if plan.process(&mut input, &mut bins).is_ok() {
            for (bin, value) in bins.iter().enumerate() {
                let hz = bin as f32 * rate as f32 / size as f32;
                if (RANGE_HZ.0..RANGE_HZ.1).contains(&hz) {
                    let midi = (69.0 + 12.0 * (hz / 440.0).log2()).round() as usize;
                    levels[midi % 12] += value.norm();
                }
            }
        }
        let length = levels.iter().map(|l| l * l).sum::<f32>().sqrt().max(1e-12);
        Self(levels.map(|level| level / length))
    }

    /// Cosine with the binary template of some pitch classes.
    pub(crate) fn likeness(&self, classes: impl Iterator<Item = PitchClass>) -> f32 {
        let mut template = [0f32; 12];
        classes.for_each(|class| template[usize::from(class.semitones() % 12)] = 1.0);
        let length = template.iter().sum::<f32>().sqrt().max(1e-12);
        self.0.iter().zip(template).map(|(a, b)| a * b).sum::<f32>() / length
    }

    /// The best of the 24 major and minor triads.
    pub(crate) fn triad(&self) -> Option<Chord> {
        (0..12)
            .flat_map(|root| [Quality::Maj, Quality::Min].map(|q| Chord::new(PitchClass(root), q)))
            .max_by(|a, b| {
                self.likeness(a.pitch_classes()).total_cmp(&self.likeness(b.pitch_classes()))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_triad_of_sines_is_named() {
        let tone = |hz: f32, n: usize| (n as f32 * hz * std::f32::consts::TAU / 22_050.0).sin();
        let chord: Vec<f32> =
            (0..16_000).map(|n| tone(220.0, n) + tone(261.63, n) + tone(329.63, n)).collect();
        let chroma = Chroma::of(&chord, 22_050);
        assert_eq!(chroma.triad().map(|c| c.to_string()).as_deref(), Some("A:min"));
    }
}
