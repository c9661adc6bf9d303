//! What a round with a beat gave: bar by bar, and against its gate.

use std::time::Duration;

use super::{Bars, LOST, WELL, seconds};
use crate::Pass;
use crate::course::DrillKind;
use crate::drill::judged::{Judged, Played};
use crate::drill::score::Bar;
use crate::drill::words::{Came, Reached};
use crate::drill::{Goal, Measure, Practice, Subject};
use crate::review::{Item, Tally};

/// So many times as many strokes in time as chance puts there are no chance.
const BETTER: f32 = 2.0;

/// Share of what is asked that was played in time; another chord between counts as a miss.
fn share(judged: &[(&Bar, Judged)]) -> f32 {
    let sum = |of: fn(&Judged) -> u16| judged.iter().map(|(_, it)| f32::from(of(it))).sum::<f32>();
    sum(|it| it.right) / (sum(|it| it.asked) + sum(|it| it.foreign)).max(1.0)
}

impl Bars {
    pub(super) fn judged(&self, origin: f64, bars: usize) -> Vec<(&Bar, Judged)> {
        let judged = self
            .played(origin, |played| (0..bars).map(|bar| played.bar(bar)).collect::<Vec<Judged>>());
        self.score.bars.iter().zip(judged).collect()
    }

    pub(super) fn tally(&self, origin: f64, bars: usize) -> Tally {
        let mut tally = Tally::default();
        let whole = self.judged(origin, bars).into_iter().filter(|(bar, _)| bar.is_whole());
        whole.for_each(|(_, judged)| tally.count(judged.is_clean()));
        tally
    }

    /// Times in again on the first beat.
    pub(super) fn back_in(&self, origin: f64, bars: usize) -> u32 {
        let judged = self.judged(origin, bars);
        let kept_out = |place: usize| {
            place
                .checked_sub(1)
                .and_then(|before| judged.get(before))
                .is_some_and(|it| it.1.extra == 0)
        };
        let back = judged.iter().enumerate();
        let back = back.filter(|(place, (bar, it))| bar.back_in && it.first && kept_out(*place));
        u32::try_from(back.count()).unwrap_or(u32::MAX)
    }

    pub(super) fn pass(&self, origin: f64, bars: usize, at: Duration) -> Pass {
        let judged = self.judged(origin, bars);
        let (missed_in_a_row, _) = self.played(origin, |played| played.missed(0..bars));
        Pass {
            at,
            bpm: self.bpm as f32,
            asked: judged.iter().map(|(_, it)| it.asked).sum(),
            right: judged.iter().map(|(_, it)| it.right).sum(),
            missed_in_a_row,
        }
    }

    pub(super) fn went_well(&self, origin: f64, bars: usize) -> bool {
        let judged = self.judged(origin, bars);
        let (longest, _) = self.played(origin, |played| played.missed(0..bars));
        bars == self.score.bars.len() && share(&judged) >= WELL && longest < LOST
    }

    pub(super) fn reached(&self, origin: f64, bars: usize) -> Reached {
        let target = &self.exercise.target;
        match self.kind() {
            DrillKind::Song => {
                let pass = self.pass(origin, bars, Duration::ZERO);
                let (right, asked) = (u32::from(pass.right), u32::from(pass.asked));
                let came = self.came(origin, bars, &pass);
                let (whole, clean) = (bars == self.score.bars.len(), self.went_well(origin, bars));
                Reached::Song { right, asked, whole, clean, came }
            }
            DrillKind::Silence | DrillKind::Rejoin => {
                let times = self.back_in(origin, bars);
                Reached::Beat { times, wanted: target.on_beat_one.unwrap_or(1) }
            }
            _ => {
                let in_a_row = self.tally(origin, bars).in_a_row;
                Reached::Bars { in_a_row, wanted: target.in_a_row.unwrap_or(1) }
            }
        }
    }

    /// Whether it was the song at all that was played.
    fn came(&self, origin: f64, bars: usize, pass: &Pass) -> Came {
        let struck = self.played(origin, |played| played.struck(0..bars));
        if struck == 0 {
            return Came::Nothing;
        }
        if self.strums.are_of_others(&self.exercise.chords()) {
            return Came::Others;
        }
        let chance = Played::by_chance(pass.asked, struck, bars as f64 * self.bar());
        if f32::from(pass.right) > BETTER * chance { Came::Itself } else { Came::Anywhere }
    }

    pub(super) fn goal(&self, origin: f64, bars: usize) -> Goal {
        match self.reached(origin, bars) {
            Reached::Song { clean, .. } => Goal::new(Measure::Clean, 1, u32::from(clean)),
            Reached::Beat { times, wanted } => Goal::new(Measure::Beat, wanted, times),
            Reached::Bars { in_a_row, wanted } => Goal::new(Measure::Row, wanted, in_a_row),
            Reached::Clean { clean, wanted } | Reached::Strings { times: clean, wanted } => {
                Goal::new(Measure::Clean, wanted, clean)
            }
            Reached::Row { in_a_row, wanted } => Goal::new(Measure::Row, wanted, in_a_row),
            Reached::Rate { rate, wanted, .. } => {
                Goal::new(Measure::Rate, wanted, rate.unwrap_or(0))
            }
        }
    }

    pub(super) fn practice(&self, origin: f64, bars: usize) -> Vec<Practice> {
        match &self.exercise.subject {
            Subject::Song { song, .. } => self.sections(&song.id, origin, bars),
            Subject::Pattern { pattern, .. } => {
                let tally = self.tally(origin, bars);
                let item = Item::Pattern(pattern.clone());
                let practice = self.practised_as(item, tally, origin, 0..bars);
                Some(practice).filter(|it| it.tally.attempts > 0).into_iter().collect()
            }
            Subject::Chord(_) | Subject::Pair(..) => Vec::new(),
        }
    }

    /// A try for each section that was played to its end.
    pub(super) fn sections(&self, id: &str, origin: f64, bars: usize) -> Vec<Practice> {
        let section = |bar: &Bar| bar.place.map_or(0, |place| place.section);
        let mut practised = Vec::new();
        let judged = self.judged(origin, bars);
        let mut first = 0;
        for of_section in self.score.bars.chunk_by(|one, other| section(one) == section(other)) {
            let (range, at) =
                (first..first + of_section.len(), of_section.first().map_or(0, section));
            first = range.end;
            if range.end > bars {
                break;
            }
            let of_range = judged.get(range.clone()).unwrap_or_default();
            if of_range.iter().all(|(_, it)| it.right == 0) {
                continue;
            }
            let (longest, _) = self.played(origin, |played| played.missed(range.clone()));
            let mut tally = Tally::default();
            tally.count(share(of_range) >= WELL && longest < LOST);
            let number = u16::try_from(at + 1).unwrap_or(u16::MAX);
            let item = Item::Song { id: id.to_owned(), section: number };
            practised.push(self.practised_as(item, tally, origin, range));
        }
        practised
    }

    pub(super) fn practised_as(
        &self,
        item: Item,
        tally: Tally,
        origin: f64,
        bars: std::ops::Range<usize>,
    ) -> Practice {
        let since = seconds(origin + bars.start as f64 * self.bar());
        let lasted = seconds(bars.len() as f64 * self.bar());
        let (per_minute, tempo, strings) = (None, Some(self.bpm as f32), None);
        Practice { item, since, lasted, tally, per_minute, tempo, strings, picked: false }
    }
}
