//! Strokes against a beat: how early or late, how steady, and what the pattern missed.
//!
//! A stroke belongs to the slot that is nearest once the drift of the strokes before it is taken
//! off, so that a student who slowly runs ahead is told so instead of being found on time one
//! slot further. It hears nothing itself; see [`crate::strokes`].

use std::time::Duration;

use thiserror::Error;

use crate::Direction;
use crate::strokes::Stroke;

/// How much of each stroke's offset the expectation for the next one follows.
const FOLLOW: f64 = 0.5;
/// Beats without a stroke after which a student is taken to have found the beat again.
const PAUSE: f64 = 4.0;

/// A pattern that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PatternError {
    /// A sign that is none of `D U - . x`.
    #[error("«{0}» is no sign of a pattern; use D, U and -")]
    Sign(char),
    /// No stroke in it.
    #[error("a pattern needs at least one D or U")]
    Empty,
}

/// A strumming pattern, a slot a sign: `D` down, `U` up, `-` no stroke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Option<Direction>>);

impl std::str::FromStr for Pattern {
    type Err = PatternError;
    fn from_str(text: &str) -> Result<Self, PatternError> {
        let slots: Vec<Option<Direction>> = text
            .chars()
            .filter(|sign| !matches!(sign, ' ' | '|'))
            .map(|sign| match sign {
                'D' | 'd' | '↓' => Ok(Some(Direction::Down)),
                'U' | 'u' | '↑' => Ok(Some(Direction::Up)),
                '-' | '.' | '_' | 'x' | 'X' => Ok(None),
                other => Err(PatternError::Sign(other)),
            })
            .collect::<Result<_, _>>()?;
        if slots.iter().any(Option::is_some) { Ok(Self(slots)) } else { Err(PatternError::Empty) }
    }
}

impl Pattern {
    /// What slot `slot` (from beat 0, repeating) asks for.
    #[must_use]
    pub fn asks(&self, slot: i64) -> Option<Direction> {
        self.0[slot.rem_euclid(self.0.len() as i64) as usize]
    }

    fn first(&self) -> usize {
        self.0.iter().position(Option::is_some).unwrap_or(0)
    }
}

/// The beat that strokes are held against.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Beats a minute.
    pub bpm: f64,
    /// Slots a beat: 2 for eighths.
    pub per_beat: u32,
    /// Time of beat 0; the first stroke (on the pattern's first stroke) if left out.
    pub start: Option<Duration>,
    /// What should be struck in each slot.
    pub pattern: Option<Pattern>,
}

/// A place in the grid, in beats.
pub type Beat = f64;

/// A stroke in its slot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The stroke.
    pub stroke: Stroke,
    /// The beat of its slot.
    pub beat: Beat,
    /// Milliseconds after it; negative when early.
    pub offset_ms: f64,
    /// Nothing was asked in this slot, or it was filled already.
    pub extra: bool,
    /// The pattern asks for the other direction.
    pub against: bool,
}

/// How a whole performance keeps time.
#[derive(Debug, Clone, PartialEq)]
pub struct Timing {
    /// Mean offset in milliseconds; negative when early.
    pub mean_ms: f64,
    /// Standard deviation of the offsets in milliseconds.
    pub sd_ms: f64,
    /// Beats a minute as played, from the line through strokes and beats; none where all strokes
    /// lie on one beat.
    pub tempo_bpm: Option<f64>,
    /// Beats of the pattern, between the first and the last stroke, without a stroke.
    pub missed: Vec<Beat>,
    /// Strokes that the pattern does not ask for.
    pub extra: usize,
}

impl Grid {
    /// Seconds from slot to slot.
    #[must_use]
    pub fn slot(&self) -> f64 {
        60.0 / self.bpm / f64::from(self.per_beat.max(1))
    }

    /// Puts strokes into their slots.
    #[must_use]
    pub fn place(&self, strokes: &[Stroke]) -> Vec<Placed> {
        let Some(first) = strokes.first() else { return Vec::new() };
        let slot = self.slot();
        let lead = self.pattern.as_ref().map_or(0, Pattern::first) as f64 * slot;
        let start = self.start.map_or(first.at.as_secs_f64() - lead, |start| start.as_secs_f64());
        let (mut expected, mut taken, mut last) = (0f64, None, f64::NEG_INFINITY);
        strokes
            .iter()
            .map(|stroke| {
                let since = stroke.at.as_secs_f64() - start;
                if since - last > PAUSE * 60.0 / self.bpm {
                    expected = 0.0;
                }
                last = since;
                let index = ((since - expected) / slot).round();
                let offset = since - index * slot;
                expected += FOLLOW * (offset - expected);
                let placed = self.placed(*stroke, index, offset, taken == Some(index));
                taken = Some(index);
                placed
            })
            .collect()
    }

    fn placed(&self, stroke: Stroke, index: f64, offset: f64, filled: bool) -> Placed {
        let asked = self.pattern.as_ref().map(|pattern| pattern.asks(index as i64));
        let against = match (asked.flatten(), stroke.direction) {
            (Some(asked), Some(heard)) => asked != heard,
            _ => false,
        };
        Placed {
            stroke,
            beat: index / f64::from(self.per_beat.max(1)),
            offset_ms: 1000.0 * offset,
            extra: asked.is_some_and(|asked| asked.is_none() || filled),
            against,
        }
    }

    /// Sums up placed strokes; none without a stroke.
    #[must_use]
    pub fn timing(&self, placed: &[Placed]) -> Option<Timing> {
        let count = placed.len() as f64;
        if placed.is_empty() {
            return None;
        }
        let mean = placed.iter().map(|p| p.offset_ms).sum::<f64>() / count;
        let spread = placed.iter().map(|p| (p.offset_ms - mean).powi(2)).sum::<f64>() / count;
        Some(Timing {
            mean_ms: mean,
            sd_ms: spread.sqrt(),
            tempo_bpm: tempo(placed),
            missed: self.missed(placed),
            extra: placed.iter().filter(|p| p.extra).count(),
        })
    }

    fn missed(&self, placed: &[Placed]) -> Vec<Beat> {
        let (Some(pattern), Some(first), Some(last)) =
            (&self.pattern, placed.first(), placed.last())
        else {
            return Vec::new();
        };
        let per_beat = f64::from(self.per_beat.max(1));
        let index = |p: &Placed| (p.beat * per_beat).round() as i64;
        (index(first)..=index(last))
            .filter(|slot| pattern.asks(*slot).is_some())
            .filter(|slot| !placed.iter().any(|p| index(p) == *slot))
            .map(|slot| slot as f64 / per_beat)
            .collect()
    }
}

/// Beats a minute of the straight line through the strokes.
fn tempo(placed: &[Placed]) -> Option<f64> {
    let count = placed.len() as f64;
    let at = |p: &Placed| p.stroke.at.as_secs_f64();
    let (beat, time) = (
        placed.iter().map(|p| p.beat).sum::<f64>() / count,
        placed.iter().map(at).sum::<f64>() / count,
    );
    let spread: f64 = placed.iter().map(|p| (p.beat - beat).powi(2)).sum();
    let along: f64 = placed.iter().map(|p| (p.beat - beat) * (at(p) - time)).sum();
    (spread > 1e-9 && along > 0.0).then(|| 60.0 * spread / along)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strokes(at: &[f64]) -> Vec<Stroke> {
        at.iter().map(|at| Stroke { at: Duration::from_secs_f64(*at), direction: None }).collect()
    }

    fn grid(bpm: f64, pattern: Option<&str>) -> Grid {
        let pattern = pattern.map(|p| p.parse().unwrap());
        Grid { bpm, per_beat: 2, start: None, pattern }
    }

    #[test]
    fn early_and_late_are_told_apart() {
        let grid = Grid { start: Some(Duration::from_secs(1)), ..grid(120.0, None) };
        let placed = grid.place(&strokes(&[1.02, 1.24, 1.53]));
        let beats: Vec<f64> = placed.iter().map(|p| p.beat).collect();
        assert_eq!(beats, [0.0, 0.5, 1.0]);
        let offsets: Vec<i64> = placed.iter().map(|p| p.offset_ms.round() as i64).collect();
        assert_eq!(offsets, [20, -10, 30]);
    }

    #[test]
    fn a_student_who_rushes_is_followed() {
        let grid = grid(100.0, None);
        let at: Vec<f64> = (0..64).map(|n| 0.5 + f64::from(n) * 30.0 / 104.0).collect();
        let placed = grid.place(&strokes(&at));
        assert_eq!(placed.last().unwrap().beat, 31.5);
        let timing = grid.timing(&placed).unwrap();
        assert!((timing.tempo_bpm.unwrap() - 104.0).abs() < 0.1);
        assert!(timing.mean_ms < -300.0);
    }

    #[test]
    fn a_pattern_finds_missed_and_extra_strokes() {
        let grid = grid(60.0, Some("D-DU-UDU"));
        // Slots of half a second: 3 is missing, 4 is extra.
        let placed = grid.place(&strokes(&[0.0, 1.0, 2.0, 2.5, 3.0, 3.5]));
        let timing = grid.timing(&placed).unwrap();
        assert_eq!(timing.missed, [1.5]);
        assert_eq!(timing.extra, 1);
    }

    #[test]
    fn a_pattern_that_rests_first_begins_on_its_first_stroke() {
        let placed = grid(60.0, Some("-U")).place(&strokes(&[2.0, 3.0]));
        assert_eq!(placed[0].beat, 0.5);
        assert_eq!(placed[1].beat, 1.5);
    }

    #[test]
    fn patterns_are_read_or_refused() {
        assert_eq!("DUQ".parse::<Pattern>(), Err(PatternError::Sign('Q')));
        assert_eq!("--".parse::<Pattern>(), Err(PatternError::Empty));
        let pattern: Pattern = "D-U".parse().unwrap();
        assert_eq!(pattern.asks(-1), Some(Direction::Up));
        assert_eq!(pattern.asks(4), None);
    }

    #[test]
    fn nothing_gives_nothing() {
        let grid = grid(60.0, None);
        assert!(grid.place(&[]).is_empty());
        assert_eq!(grid.timing(&[]), None);
        let one = grid.place(&strokes(&[1.0]));
        assert_eq!(grid.timing(&one).unwrap().tempo_bpm, None);
    }
}
