//! The bars of a drill with a beat: what is struck in each, over which chord, and which are silent.

use audio::{Direction, Pattern};
use theory::{Chord, Meter, Stroke, StrumPattern};

use super::{Exercise, Place, Subject};
use crate::course::DrillKind;
use crate::course::song::Song;

/// Bars played, and bars counted in silence, in turn.
const PLAYED: usize = 2;
const COUNTED: usize = 2;
/// Bars from one time out to the next.
const OUT_EVERY: usize = 2;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bar {
    pub(super) chord: Chord,
    pub(super) place: Option<Place>,
    /// Only counted.
    pub(super) silent: bool,
    /// The hand leaves the strings from this slot on.
    pub(super) out_from: Option<usize>,
    /// The one before was silent, or was left: in again on the first beat.
    pub(super) back_in: bool,
    /// What each slot asks for.
    pub(super) asks: Vec<Option<Direction>>,
}

impl Bar {
    fn new(chord: Chord, asks: Vec<Option<Direction>>) -> Self {
        Self { chord, place: None, silent: false, out_from: None, back_in: false, asks }
    }

    /// Whether all of it is played.
    pub(super) fn is_whole(&self) -> bool {
        !self.silent && self.out_from.is_none() && self.asks.iter().any(Option::is_some)
    }
}

/// All bars of one round.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Score {
    pub(super) meter: Meter,
    /// Beats of a bar, and slots of a beat.
    pub(super) beats: usize,
    pub(super) per_beat: usize,
    pub(super) bars: Vec<Bar>,
}

impl Score {
    pub(super) fn of(exercise: &Exercise) -> Self {
        let meter = exercise.meter().unwrap_or(Meter::COMMON);
        let slots = StrumPattern::slots_of(meter);
        let (beats, per_beat) = beats_of(meter, slots);
        let cycle = cycle(exercise.pattern(), slots);
        let bars = match &exercise.subject {
            Subject::Song { song, section } => song_bars(song, *section, &cycle),
            _ => pattern_bars(exercise, &cycle),
        };
        Self { meter, beats, per_beat, bars }
    }

    /// Slots of a bar.
    pub(super) fn slots(&self) -> usize {
        self.beats * self.per_beat
    }

    /// What every slot asks for, as the grid reads it; none where nothing is asked.
    pub(super) fn pattern(&self) -> Option<Pattern> {
        let sign = |ask: &Option<Direction>| match ask {
            Some(Direction::Down) => 'D',
            Some(Direction::Up) => 'U',
            None => '-',
        };
        let signs: String = self.bars.iter().flat_map(|bar| &bar.asks).map(sign).collect();
        signs.parse().ok()
    }

    /// For each beat: whether it is clicked.
    pub(super) fn clicked(&self) -> impl Iterator<Item = bool> + '_ {
        self.bars.iter().flat_map(|bar| std::iter::repeat_n(!bar.silent, self.beats))
    }
}

/// Beats of a bar and slots of each. Bars whose beats are uneven are counted slot by slot.
fn beats_of(meter: Meter, slots: usize) -> (usize, usize) {
    let beats = meter.beats();
    let even = beats.iter().all(|units| Some(units) == beats.first());
    if even && slots.is_multiple_of(beats.len().max(1)) {
        (beats.len(), slots / beats.len())
    } else {
        (slots, 1)
    }
}

/// The bars of a pattern, which come round and round. What is damped leaves no tone and is not asked.
fn cycle(pattern: Option<&StrumPattern>, slots: usize) -> Vec<Vec<Option<Direction>>> {
    let ask = |stroke: &Stroke| match stroke {
        Stroke::Down => Some(Direction::Down),
        Stroke::Up => Some(Direction::Up),
        Stroke::Pass | Stroke::Muted => None,
    };
    let asks: Vec<Option<Direction>> =
        pattern.map(|pattern| pattern.slots().iter().map(ask).collect()).unwrap_or_default();
    let bars = asks.len().div_ceil(slots).max(1);
    let at = |bar: usize, slot: usize| asks.get(bar * slots + slot).copied().flatten();
    (0..bars).map(|bar| (0..slots).map(|slot| at(bar, slot)).collect()).collect()
}

fn pattern_bars(exercise: &Exercise, cycle: &[Vec<Option<Direction>>]) -> Vec<Bar> {
    let target = &exercise.target;
    let wanted = target.on_beat_one.unwrap_or(1) as usize;
    let count = match target.kind {
        DrillKind::Silence => (PLAYED + COUNTED) * wanted + 1,
        DrillKind::Rejoin => OUT_EVERY * wanted + 1,
        _ => target.bars.unwrap_or(1).max(1) as usize,
    };
    let mut bars: Vec<Bar> = (0..count)
        .map(|bar| Bar::new(exercise.first(), cycle[bar % cycle.len()].clone()))
        .collect();
    for place in 0..bars.len() {
        let before = place.checked_sub(1).map(|place| bars[place].clone());
        let last = place + 1 == count;
        let bar = &mut bars[place];
        match target.kind {
            // The last bar is there to come back into.
            DrillKind::Silence if place % (PLAYED + COUNTED) >= PLAYED && !last => {
                bar.silent = true
            }
            DrillKind::Rejoin if place % OUT_EVERY == 1 && !last => {
                bar.out_from = Some(bar.asks.len() / 2);
            }
            _ => {}
        }
        let slots = bar.asks.len();
        let from = if bar.silent { 0 } else { bar.out_from.unwrap_or(slots) };
        bar.asks[from..].fill(None);
        let away = before.is_some_and(|bar| bar.silent || bar.out_from.is_some());
        bar.back_in = away && !bar.silent;
    }
    bars
}

/// A bar of the pattern (or all of its bars) for each chord of the sheet; a line without a chord is
/// sung over the one before.
fn song_bars(song: &Song, only: Option<usize>, cycle: &[Vec<Option<Direction>>]) -> Vec<Bar> {
    let mut bars = Vec::new();
    let mut chord: Option<Chord> = None;
    let sections = song.sections.iter().enumerate();
    for (section, of_section) in sections.filter(|(at, _)| only.is_none_or(|only| only == *at)) {
        for (line, of_line) in of_section.lines.iter().enumerate() {
            let plain = of_line.parts.iter().all(|part| part.chord.is_none());
            for (part, of_part) in of_line.parts.iter().enumerate() {
                chord = of_part.chord.map(|symbol| symbol.chord()).or(chord);
                let begins = of_part.chord.is_some() || (plain && part == 0);
                let Some(chord) = chord.filter(|_| begins) else { continue };
                let place = Some(Place { section, line, part });
                bars.extend(
                    cycle.iter().map(|asks| Bar { place, ..Bar::new(chord, asks.clone()) }),
                );
            }
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

    use super::*;
    use crate::course::song::own_songs;
    use crate::review::Item;

    fn score(kind: DrillKind, item: &str) -> Score {
        let item: Item = item.parse().unwrap();
        Score::of(&Exercise::new(kind, &item, own_songs()).unwrap())
    }

    #[test]
    fn a_pattern_fills_its_bars() {
        let score = score(DrillKind::Pattern, "pattern:D-DU-UDU");
        assert_eq!((score.bars.len(), score.beats, score.per_beat), (8, 4, 2));
        assert!(score.bars.iter().all(Bar::is_whole));
        let waltz = super::tests::score(DrillKind::Pattern, "pattern:D-D-D-");
        assert_eq!((waltz.beats, waltz.per_beat), (3, 2));
        let six = super::tests::score(DrillKind::Pattern, "pattern:D--D--");
        assert_eq!((six.beats, six.per_beat, six.slots()), (2, 3, 6));
    }

    #[test]
    fn after_silence_there_is_a_bar_to_come_back_into() {
        for (kind, silent) in [(DrillKind::Silence, true), (DrillKind::Rejoin, false)] {
            let score = score(kind, "pattern:D-D-D-D-");
            assert_eq!(score.bars.iter().filter(|bar| bar.back_in).count(), 3, "{kind:?}");
            assert!(score.bars.last().unwrap().back_in);
            assert_eq!(score.bars.iter().any(|bar| bar.silent), silent);
            let quiet = score.bars.iter().filter(|bar| bar.silent);
            assert!(quiet.flat_map(|bar| &bar.asks).all(Option::is_none));
            let clicks = score.clicked().filter(|click| !click).count();
            assert_eq!(clicks, if silent { 6 * 4 } else { 0 });
        }
    }

    #[test]
    fn every_own_song_has_a_bar_for_each_chord_of_its_sheet() {
        for song in own_songs() {
            let whole = Exercise::of_whole(
                DrillKind::Song,
                &format!("song:{}/1", song.id).parse().unwrap(),
                own_songs(),
            );
            let score = Score::of(&whole.unwrap());
            let chords: Vec<Chord> = score.bars.iter().map(|bar| bar.chord).collect();
            let cycle = song.strum.slots().len() / score.slots();
            let sheet: Vec<Chord> = song
                .chords()
                .flat_map(|symbol| std::iter::repeat_n(symbol.chord(), cycle))
                .collect();
            assert_eq!(chords, sheet, "{}", song.id);
            assert!(score.pattern().is_some() && score.bars.iter().all(|bar| bar.place.is_some()));
        }
    }
}
