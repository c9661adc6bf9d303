//! Strokes as they come, window by window, for playing along with a beat: the ears of a recording
//! ([`crate::strokes`]) over the last seconds of a live sound.
//!
//! A window is looked at when the sound has gone a little beyond its end, and always with the same
//! samples, wherever the input is cut. It knows no beat; see [`crate::rhythm`].

use std::time::Duration;

use crate::resample::RATE;
use crate::{AudioChunk, RATES, Resampler, Stroke, Take, strokes};

/// Sound before a window and behind it that is looked at too: what rang before, and the direction of
/// the last stroke.
const BEFORE: Duration = Duration::from_millis(1_500);
const AHEAD: Duration = Duration::from_millis(450);
/// A chunk that comes this much earlier or later than expected begins a new stretch.
const GAP: Duration = Duration::from_millis(50);
/// Longest sound that is remembered.
const LONGEST: Duration = Duration::from_secs(30);

/// Strokes to listen for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Follow {
    /// When the first window begins.
    pub from: Duration,
    /// Its length, and that of each that follows; 0.1 to 20 s.
    pub every: Duration,
    /// Two strokes are hardly ever closer than this.
    pub closest: Duration,
}

/// The strokes of one window.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed {
    /// The window's end: every stroke before it has been told.
    pub until: Duration,
    /// Its strokes, in order.
    pub strokes: Vec<Stroke>,
}

/// The sound of a window with what lies round it, to be looked at wherever there is time.
#[derive(Debug, Clone, PartialEq)]
pub struct StrokeWindow {
    from: Duration,
    until: Duration,
    closest: Duration,
    /// Time of the first sample.
    origin: Duration,
    samples: Vec<f32>,
}

impl StrokeWindow {
    /// Finds its strokes.
    #[must_use]
    pub fn followed(self) -> Followed {
        let Self { from, until, closest, origin, samples } = self;
        let found = strokes(&Take::of(samples), closest).into_iter();
        let timed = found.map(|stroke| Stroke { at: origin + stroke.at, ..stroke });
        let strokes = timed.filter(|stroke| stroke.at >= from && stroke.at < until).collect();
        Followed { until, strokes }
    }
}

/// Follows the strokes of one session.
#[derive(Debug, Default)]
pub struct StrokeWatch {
    stretch: Option<Stretch>,
    follow: Option<Follow>,
    told: Duration,
}

/// Sound without a gap, resampled.
#[derive(Debug)]
struct Stretch {
    resampler: Resampler,
    samples: Vec<f32>,
    /// Time of `samples[0]`, and when the next chunk is expected.
    first: Duration,
    next: Duration,
}

impl Stretch {
    fn new(chunk: &AudioChunk) -> Self {
        let resampler = Resampler::new(chunk.rate);
        Self { resampler, samples: Vec::new(), first: chunk.at, next: chunk.at }
    }

    fn goes_on(&self, chunk: &AudioChunk) -> bool {
        chunk.rate == self.resampler.rate() && chunk.at.abs_diff(self.next) < GAP
    }

    fn push(&mut self, chunk: &AudioChunk) {
        self.resampler.push(&chunk.samples, &mut self.samples);
        let length = chunk.samples.len() as f64 / f64::from(chunk.rate);
        self.next += Duration::from_secs_f64(length);
        // Whole seconds, so that times stay exact.
        let extra = self.samples.len().saturating_sub(LONGEST.as_secs() as usize * RATE as usize);
        let seconds = extra / RATE as usize;
        self.samples.drain(..seconds * RATE as usize);
        self.first += Duration::from_secs(seconds as u64);
    }

    fn end(&self) -> Duration {
        self.first + Duration::from_secs_f64(self.samples.len() as f64 / f64::from(RATE))
    }

    /// What lies from `from` to `until`, with what lies round it.
    fn window(&self, from: Duration, until: Duration, closest: Duration) -> StrokeWindow {
        let place = |at: Duration| {
            let seconds = at.saturating_sub(self.first).as_secs_f64();
            ((seconds * f64::from(RATE)) as usize).min(self.samples.len())
        };
        let (begin, end) = (place(from.saturating_sub(BEFORE)), place(until + AHEAD));
        let samples = self.samples.get(begin..end).unwrap_or_default().to_vec();
        let origin = self.first + Duration::from_secs_f64(begin as f64 / f64::from(RATE));
        StrokeWindow { from, until, closest, origin, samples }
    }
}

impl StrokeWatch {
    /// Listens for strokes from now on, or no more. What was told is not told again.
    pub fn follow(&mut self, follow: Option<Follow>) {
        self.follow = follow.map(|follow| Follow {
            every: follow.every.clamp(Duration::from_millis(100), Duration::from_secs(20)),
            ..follow
        });
    }

    /// Hears the next chunk. A rate outside [`crate::RATES`] is not listened to.
    pub fn hear(&mut self, chunk: &AudioChunk) -> Vec<StrokeWindow> {
        if chunk.samples.is_empty() || !RATES.contains(&chunk.rate) {
            return Vec::new();
        }
        if !self.stretch.as_ref().is_some_and(|stretch| stretch.goes_on(chunk)) {
            self.stretch = Some(Stretch::new(chunk));
        }
        let Some(stretch) = &mut self.stretch else { return Vec::new() };
        stretch.push(chunk);
        let end = stretch.end();
        self.told_by(end.saturating_sub(AHEAD))
    }

    /// The sound ends: what is left, window by window; the last one may be cut short.
    pub fn finish(&mut self) -> Vec<StrokeWindow> {
        let Some(end) = self.stretch.as_ref().map(Stretch::end) else { return Vec::new() };
        let mut followed = self.told_by(end);
        if let Some(follow) = self.follow
            && end > self.told.max(follow.from)
        {
            followed.extend(self.window(self.told.max(follow.from), end, follow.closest));
        }
        followed
    }

    /// The windows that end by `end`.
    fn told_by(&mut self, end: Duration) -> Vec<StrokeWindow> {
        let mut followed = Vec::new();
        while let Some(follow) = self.follow {
            let from = self.told.max(follow.from);
            let gone = from.saturating_sub(follow.from).as_nanos() / follow.every.as_nanos();
            let until =
                follow.from + follow.every * (u32::try_from(gone).unwrap_or(u32::MAX - 1) + 1);
            if until > end {
                break;
            }
            followed.extend(self.window(from, until, follow.closest));
        }
        followed
    }

    fn window(
        &mut self,
        from: Duration,
        until: Duration,
        closest: Duration,
    ) -> Option<StrokeWindow> {
        let window = self.stretch.as_ref()?.window(from, until, closest);
        self.told = until;
        Some(window)
    }
}
