//! The clicks of a drill as one clip: exact to the sample, so that the beat never waits for a thread.
//! Which beats are heard is the drill's; when the clip begins is the loudspeaker's.

use std::f32::consts::TAU;

use theory::Accent;
use tutor::drill::Clicks;

use crate::ports::Speech;

const RATE: u32 = 48_000;
/// A click rings for so long, long enough for its echo to be found in the microphone.
const SECONDS: f32 = 0.045;
/// First beats are higher: E6 against E5 two octaves over the guitar's usual melody.
const STRONG_HZ: f32 = 2_637.0;
const WEAK_HZ: f32 = 1_318.5;
const LEVEL: f32 = 0.4;

/// Renders clicks, the first at the clip's first sample.
pub(crate) fn render(clicks: &Clicks) -> Speech {
    let beat = f64::from(RATE) * 60.0 / f64::from(clicks.bpm.max(1));
    let place = |index: usize| (index as f64 * beat).round() as usize;
    let mut samples = vec![0.0; place(clicks.beats.len())];
    let accents: Vec<Accent> = beats_of(clicks);
    for (index, heard) in clicks.beats.iter().enumerate() {
        if !heard {
            continue;
        }
        let strong = accents.get(index % accents.len().max(1)) == Some(&Accent::Strong);
        let (hz, level) = if strong { (STRONG_HZ, LEVEL) } else { (WEAK_HZ, 0.7 * LEVEL) };
        click(&mut samples[place(index)..], hz, level);
    }
    Speech { voice: "metronome".to_owned(), rate: RATE, samples }
}

/// The weight of each beat of a bar; a bar whose beats are uneven is counted evenly.
fn beats_of(clicks: &Clicks) -> Vec<Accent> {
    let weights = clicks.meter.accents(1);
    weights.into_iter().filter(|accent| *accent != Accent::Between).collect()
}

fn click(out: &mut [f32], hz: f32, level: f32) {
    let rate = RATE as f32;
    for (n, sample) in out.iter_mut().take((SECONDS * rate) as usize).enumerate() {
        let at = n as f32 / rate;
        // A millisecond's rise keeps it from cracking.
        let rise = (at / 0.001).min(1.0);
        *sample += level * rise * (-at / (SECONDS / 5.0)).exp() * (TAU * hz * at).sin();
    }
}

#[cfg(test)]
mod tests {
    use theory::Meter;

    use super::*;

    #[test]
    fn clicks_lie_on_their_samples_and_silent_beats_are_silent() {
        let beats = vec![true, true, false, true];
        let clip = render(&Clicks { round: 1, bpm: 90, meter: Meter::COMMON, beats });
        assert_eq!(clip.samples.len(), 4 * 32_000);
        let loud = |from: usize| {
            clip.samples[from..from + 2_000].iter().fold(0f32, |most, s| most.max(s.abs()))
        };
        assert!(loud(0) > loud(32_000) && loud(32_000) > 0.1);
        assert_eq!(loud(64_000), 0.0);
        let first = clip.samples[96_000..].iter().position(|s| s.abs() > 1e-6);
        assert!(clip.samples[95_000..96_000].iter().all(|s| s.abs() < 1e-6));
        assert!(first.is_some_and(|at| at <= 1), "{first:?}");
    }
}
