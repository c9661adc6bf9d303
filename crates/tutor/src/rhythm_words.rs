//! What is said of strokes that were held against a beat, when the playing is over. It measures
//! nothing; [`audio::Grid`] does.

use std::time::Duration;

use audio::{Grid, Placed, Timing};

use crate::watch::Pulse;
use crate::{Address, Beat, Feedback, Style};

/// Beats in a bar of the usual metre.
const BAR: u8 = 4;

/// Placed strokes, and the slots of the pattern that stayed empty, in the order of the beat.
#[must_use]
pub fn beats_of(placed: &[Placed], timing: &Timing, grid: &Grid) -> Vec<Beat> {
    let played = placed.iter().filter(|stroke| !stroke.extra).map(|stroke| played(stroke, grid));
    let mut beats: Vec<Beat> = played.collect();
    let slot = |beat: &f64| (beat * f64::from(grid.per_beat.max(1))).round() as i64;
    let first =
        beats.first().map_or(0.0, |beat| beat.at.as_secs_f64() - beat.beat * 60.0 / grid.bpm);
    beats.extend(timing.missed.iter().map(|beat| {
        let at = (first + beat * 60.0 / grid.bpm).max(0.0);
        let asked = grid.pattern.as_ref().and_then(|pattern| pattern.asks(slot(beat)));
        Beat { asked, offset_ms: None, ..plain(Duration::from_secs_f64(at), *beat, grid) }
    }));
    beats.sort_by(|a, b| a.beat.total_cmp(&b.beat));
    beats
}

fn played(placed: &Placed, grid: &Grid) -> Beat {
    let slot = (placed.beat * f64::from(grid.per_beat.max(1))).round() as i64;
    let asks = |slot| grid.pattern.as_ref().map(|pattern| pattern.asks(slot));
    Beat {
        offset_ms: Some(placed.offset_ms as f32),
        direction: placed.stroke.direction,
        asked: asks(slot).flatten(),
        after_rest: asks(slot - 1).is_some_and(|before| before.is_none()),
        ..plain(placed.stroke.at, placed.beat, grid)
    }
}

fn plain(at: Duration, beat: f64, grid: &Grid) -> Beat {
    Beat {
        at,
        beat,
        bar: BAR,
        offset_ms: None,
        beat_ms: (60_000.0 / grid.bpm) as f32,
        direction: None,
        asked: None,
        change: false,
        after_rest: false,
        level_db: None,
        spread_ms: None,
    }
}

/// The one thing worth saying of them; none where the beat was kept.
#[must_use]
pub fn rhythm_words(beats: &[Beat], style: &Style, address: Address) -> Option<Feedback> {
    let mut pulse = Pulse::default();
    let found = beats.iter().filter_map(|beat| pulse.step(beat)).filter_map(crate::watch::finding);
    let urgent = found.min_by_key(|finding| finding.row.priority)?;
    let at = beats.last().map_or(Duration::ZERO, |beat| beat.at);
    urgent.styled(style, address, at).into_iter().next()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use audio::Stroke;

    use super::*;

    fn told(late_ms: impl Fn(u32) -> f64) -> Option<String> {
        let grid = Grid { bpm: 120.0, per_beat: 1, start: Some(Duration::ZERO), pattern: None };
        let stroke = |n: u32| {
            let at = Duration::from_secs_f64(1.0 + 0.5 * f64::from(n) + late_ms(n) / 1000.0);
            Stroke { at, direction: None }
        };
        let strokes: Vec<Stroke> = (0..24).map(stroke).collect();
        let placed = grid.place(&strokes);
        let beats = beats_of(&placed, &grid.timing(&placed).unwrap(), &grid);
        rhythm_words(&beats, &Style::default(), Address::Neutral).map(|said| said.tip_id.0)
    }

    #[test]
    fn who_keeps_the_beat_hears_nothing_and_who_drags_is_told() {
        assert_eq!(told(|_| 0.0), None);
        assert_eq!(told(|n| if n.is_multiple_of(2) { 12.0 } else { -12.0 }), None);
        assert_eq!(told(|_| 60.0).as_deref(), Some("M04"));
        assert_eq!(
            told(|n| if n.is_multiple_of(2) { 60.0 } else { -60.0 }).as_deref(),
            Some("M05")
        );
    }
}
