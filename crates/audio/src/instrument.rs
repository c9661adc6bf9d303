//! Whether what is played is a six-string guitar at all: a bass has notes under every guitar's
//! lowest, a ukulele's chords have nothing under C4.
//!
//! One sound proves nothing; several in a row do. It does not tell a bass that stays above E2 from
//! a guitar, nor a guitar with a capo at the twelfth fret from a ukulele.

use std::collections::VecDeque;

use crate::Instrument;
use crate::spectrum::Spectrum;

/// Fundamentals of a bass that no guitar tuning reaches (B0 to C2), in Hz.
const BASS_HZ: (f32, f32) = (29.0, 66.0);
const STEP: f32 = 1.004;
/// Partials of a bass that no guitar chord on its octave has all of.
const TELLING: [usize; 4] = [3, 5, 7, 9];
const PARTIALS: usize = 9;
const FOUND: usize = 7;
/// A partial stands so far (amplitude) over the middle between two, and no lower under the loudest.
const STANDS: f32 = 3.0;
const FAINT: f32 = 0.008;
/// No ukulele tone lies below (C4 = 261.6 Hz, a quarter tone flat), and none spreads to below this in
/// a fifth of a second; B3, a guitar's open string, does.
const UKULELE_HZ: f32 = 250.0;
const UNDER_HZ: f32 = 245.0;
/// Where a ukulele's four strings and their first overtones lie.
const TREBLE_HZ: f32 = 620.0;
/// What may lie below without counting (amplitude, −26 dB: a box resounds; of 399 strums of guitars
/// none stays under it, through a microphone that falls off under 200 Hz neither), and what counts
/// as a tone there.
const UNDER: f32 = 0.05;
const TONE: f32 = 0.08;
/// Sounds remembered and how many of them decide.
const SOUNDS: usize = 6;
const BASSES: usize = 3;
const UKULELES: usize = 3;
const AMONG: usize = 4;

/// What one sound points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Points {
    /// Anything, and also a guitar.
    Guitar,
    Other(Instrument),
    /// Nothing: a single treble note may be either.
    Nowhere,
}

/// Remembers what the last sounds pointed to.
#[derive(Debug, Default)]
pub(crate) struct InstrumentTracker {
    sounds: VecDeque<Points>,
}

impl InstrumentTracker {
    /// Takes what one sound points to.
    pub(crate) fn heard(&mut self, points: Points) {
        if points == Points::Nowhere {
            return;
        }
        if self.sounds.len() == SOUNDS {
            self.sounds.pop_front();
        }
        self.sounds.push_back(points);
    }

    /// The instrument, if it is no guitar. A bass also plays where a guitar does; a guitar never
    /// plays where only a bass does. Of a ukulele's sounds one in four may look otherwise.
    pub(crate) fn other(&self) -> Option<Instrument> {
        let is = |instrument| move |points: &&Points| **points == Points::Other(instrument);
        if self.sounds.iter().filter(is(Instrument::Bass)).count() >= BASSES {
            return Some(Instrument::Bass);
        }
        let last = self.sounds.iter().rev().take(AMONG);
        let ukulele = last.filter(is(Instrument::Ukulele)).count() >= UKULELES;
        ukulele.then_some(Instrument::Ukulele)
    }
}

/// What a sound of `length` seconds points to. `treble` says that a guitar is asked to play
/// nothing below C4 either.
pub(crate) fn points(now: &Spectrum, length: f32, treble: bool) -> Points {
    let top = (now.place(TREBLE_HZ) as usize).min(now.bins.len().saturating_sub(1));
    let first = now.place(BASS_HZ.0) as usize;
    let loudest = now.bins[first..].iter().fold(0f32, |most, m| most.max(*m));
    if loudest < 1e-5 {
        return Points::Nowhere;
    }
    if is_bass(now, length, loudest) {
        return Points::Other(Instrument::Bass);
    }
    let low = now.place(UKULELE_HZ) as usize;
    let under = &now.bins[now.place(60.0) as usize..now.place(UNDER_HZ) as usize];
    let under = under.iter().fold(0f32, |most, m| most.max(*m));
    if treble || under > UNDER * loudest {
        return Points::Guitar;
    }
    let peaks = tones(&now.bins[low..top], TONE * loudest);
    if (3..=5).contains(&peaks) {
        Points::Other(Instrument::Ukulele)
    } else if peaks < 3 {
        Points::Nowhere
    } else {
        Points::Guitar
    }
}

fn is_bass(now: &Spectrum, length: f32, loudest: f32) -> bool {
    let reach = 0.5 / length;
    let mut f0 = BASS_HZ.0.max(3.0 / length);
    while f0 < BASS_HZ.1 {
        let present = |k: usize| {
            let hz = k as f32 * f0;
            let (level, at) = now.peak(hz, reach);
            let beside = |middle: f32| now.bins.get(now.place(middle) as usize).copied();
            let around =
                beside(hz - 0.5 * f0).unwrap_or(0.0).max(beside(hz + 0.5 * f0).unwrap_or(0.0));
            (at - hz).abs() < reach && level > STANDS * around && level > FAINT * loudest
        };
        if TELLING.iter().all(|k| present(*k))
            && (1..=PARTIALS).filter(|k| present(*k)).count() >= FOUND
        {
            return true;
        }
        f0 *= STEP;
    }
    false
}

/// Local maxima above `least`.
fn tones(bins: &[f32], least: f32) -> usize {
    bins.windows(3).filter(|w| w[1] > least && w[1] > w[0] && w[1] >= w[2]).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resample::RATE;
    use crate::spectrum::Transform;

    fn heard(strings: &[f32]) -> Points {
        let tone = |n: usize, hz: f32| -> f32 {
            let phase = std::f32::consts::TAU * hz * n as f32 / RATE as f32;
            (1..=12).map(|k| (k as f32 * phase).sin() / k as f32).sum()
        };
        let sound: Vec<f32> =
            (0..6615).map(|n| strings.iter().map(|hz| 0.05 * tone(n, *hz)).sum()).collect();
        points(&Transform::new(6615, 8192).magnitudes(&sound), 0.3, false)
    }

    #[test]
    fn instruments_are_told_apart() {
        assert_eq!(heard(&[41.2]), Points::Other(Instrument::Bass));
        assert_eq!(heard(&[55.0]), Points::Other(Instrument::Bass));
        for guitar in [&[82.41f32][..], &[82.41, 123.47, 164.81, 207.65, 246.94, 329.63]] {
            assert_eq!(heard(guitar), Points::Guitar, "{guitar:?}");
        }
        assert_eq!(heard(&[392.0, 261.63, 329.63, 523.25]), Points::Other(Instrument::Ukulele));
        assert_eq!(heard(&[329.63]), Points::Nowhere);
    }

    #[test]
    fn one_sound_proves_nothing() {
        let mut tracker = InstrumentTracker::default();
        for _ in 0..2 {
            tracker.heard(Points::Other(Instrument::Bass));
            tracker.heard(Points::Guitar);
        }
        assert_eq!(tracker.other(), None);
        tracker.heard(Points::Other(Instrument::Bass));
        assert_eq!(tracker.other(), Some(Instrument::Bass));
    }
}
