//! How the open strings aged: their brightness and decay over the days, learnt while the student
//! tunes. Old strings are duller and fade faster (the high partials are damped first).
//!
//! A week is compared with the first one, string by string; it judges no note.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Portrait;

const VERSION: u8 = 1;
/// Days that make the first week, and the last one.
const WEEK: i32 = 7;
/// Days after which strings may be old.
const SOONEST: i32 = 21;
/// Days kept after the first week.
const KEPT: usize = 30;
/// Strings that must be known of both weeks: one alone may be another's.
const STRINGS: usize = 4;
/// Only notes this sure count.
const SURE: f32 = 0.5;
/// A note heard for less tells its fading less well than strings differ over the weeks.
const WHOLE: Duration = Duration::from_millis(1_400);
/// Partials whose decay counts: those that every string has.
const FADING: usize = 5;
/// Brightness and decay beside the first week from which strings are old.
const OLD: f32 = 0.75;
/// Days between two reminders.
const REMIND: i32 = 14;
/// Ratio of brightness from which the strings were changed in between.
const NEW: f32 = 1.35;

/// What one open string is like on a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Voice {
    /// Power-weighted mean number of the partials 1–10 at the attack.
    brightness: f32,
    /// Geometric mean of the time constants of the first partials, in seconds.
    decay: f32,
    notes: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct OfDay {
    day: i32,
    /// String 6 first.
    strings: [Option<Voice>; 6],
}

/// The strings of one guitar over the days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Raw")]
pub struct Wear {
    v: u8,
    days: Vec<OfDay>,
    /// The day on which the student was told last.
    told: Option<i32>,
}

/// As it comes from a file: believed only within bounds.
#[derive(Deserialize)]
struct Raw {
    v: u8,
    days: Vec<OfDay>,
    #[serde(default)]
    told: Option<i32>,
}

/// Days of a string's age that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("days of strings that are of another version, or that no string has")]
pub struct WearError;

impl TryFrom<Raw> for Wear {
    type Error = WearError;

    fn try_from(raw: Raw) -> Result<Self, WearError> {
        let Raw { v, days, told } = raw;
        let sound = |voice: &Voice| {
            (1.0..=10.0).contains(&voice.brightness) && (0.01..=20.0).contains(&voice.decay)
        };
        let possible = days.iter().flat_map(|of| of.strings.iter().flatten()).all(sound);
        let ordered = days.windows(2).all(|pair| pair[0].day < pair[1].day);
        if v != VERSION || !possible || !ordered {
            return Err(WearError);
        }
        Ok(Self { v, days, told })
    }
}

/// How much duller a guitar's strings are than in their first week.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Dulled {
    /// Brightness beside that of the first week, 1 unchanged.
    pub brightness: f32,
    /// Time to fade beside that of the first week.
    pub decay: f32,
    /// Days since the first note.
    pub days: u16,
}

impl Dulled {
    /// Whether both show it: a soft stroke is dull as well, but does not fade faster.
    #[must_use]
    pub fn is_old(&self) -> bool {
        self.brightness <= OLD && self.decay <= OLD
    }
}

impl Default for Wear {
    fn default() -> Self {
        Self { v: VERSION, days: Vec::new(), told: None }
    }
}

impl Wear {
    /// Learns from an open string heard alone on a day, in days since any fixed one. Tells whether
    /// the note was good enough.
    pub fn learn(&mut self, day: i32, note: &Portrait) -> bool {
        if note.confidence < SURE || note.until.saturating_sub(note.at) < WHOLE {
            return false;
        }
        // A clock that ran ahead was wrong: what it dated is forgotten.
        self.days.retain(|of| of.day <= day);
        if self.days.last().is_none_or(|last| last.day != day) {
            self.days.push(OfDay { day, strings: [None; 6] });
        }
        let Some(of_day) = self.days.last_mut() else { return false };
        let (brightness, decay) = (brightness(&note.levels), decay(&note.decays));
        let slot = &mut of_day.strings[note.string.index()];
        let voice = slot.get_or_insert(Voice { brightness, decay, notes: 0 });
        voice.notes = voice.notes.saturating_add(1);
        let share = 1.0 / f32::from(voice.notes);
        voice.brightness += share * (brightness - voice.brightness);
        voice.decay *= (decay / voice.decay).powf(share);
        self.begin_anew_after_new_strings();
        self.forget();
        true
    }

    /// The last week beside the first one; none before both are known.
    #[must_use]
    pub fn dulled(&self) -> Option<Dulled> {
        let (first, last) = (self.days.first()?.day, self.days.last()?.day);
        if last - first < SOONEST {
            return None;
        }
        let new = week(self.days.iter().filter(|of| of.day < first + WEEK));
        let now = week(self.days.iter().filter(|of| of.day > last - WEEK));
        let (brightness, decay) = beside(&now, &new)?;
        Some(Dulled { brightness, decay, days: u16::try_from(last - first).unwrap_or(u16::MAX) })
    }

    /// What to tell a student on `day`: strings that are old, and not again for two weeks.
    pub fn remind(&mut self, day: i32) -> Option<Dulled> {
        if self.told.is_some_and(|told| (told..told.saturating_add(REMIND)).contains(&day)) {
            return None;
        }
        let dulled = self.dulled().filter(Dulled::is_old)?;
        self.told = Some(day);
        Some(dulled)
    }

    /// New strings are much brighter than those of the days before: their first week begins.
    fn begin_anew_after_new_strings(&mut self) {
        let Some((today, before)) = self.days.split_last() else { return };
        let recent = week(before.iter().filter(|of| of.day > today.day - WEEK));
        let changed = beside(&today.strings, &recent).is_some_and(|(bright, _)| bright >= NEW);
        if changed {
            self.days.drain(..self.days.len() - 1);
        }
    }

    fn forget(&mut self) {
        let Some(first) = self.days.first().map(|of| of.day) else { return };
        let new = self.days.iter().take_while(|of| of.day < first + WEEK).count();
        let over = self.days.len().saturating_sub(new + KEPT);
        self.days.drain(new..new + over);
    }
}

fn brightness(levels: &[f32]) -> f32 {
    let power = |level: &f32| 10_f32.powf(level / 10.0);
    let sum: f32 = levels.iter().map(power).sum();
    let weighed: f32 = levels.iter().enumerate().map(|(k, l)| (k + 1) as f32 * power(l)).sum();
    weighed / sum.max(1e-9)
}

fn decay(decays: &[f32]) -> f32 {
    let first = decays.get(..FADING.min(decays.len())).unwrap_or_default();
    (first.iter().map(|tau| tau.max(1e-3).ln()).sum::<f32>() / first.len().max(1) as f32).exp()
}

/// The strings of several days, in their mean.
fn week<'a>(days: impl Iterator<Item = &'a OfDay>) -> [Option<Voice>; 6] {
    let mut sums = [(0.0_f32, 0.0_f32, 0_u16); 6];
    for of_day in days {
        for (sum, voice) in sums.iter_mut().zip(of_day.strings) {
            if let Some(voice) = voice {
                *sum = (sum.0 + voice.brightness, sum.1 + voice.decay.ln(), sum.2 + 1);
            }
        }
    }
    sums.map(|(brightness, decay, days)| {
        let many = f32::from(days);
        (days > 0).then(|| Voice {
            brightness: brightness / many,
            decay: (decay / many).exp(),
            notes: days,
        })
    })
}

/// Median ratios of brightness and decay over the strings that both know.
fn beside(now: &[Option<Voice>; 6], then: &[Option<Voice>; 6]) -> Option<(f32, f32)> {
    let both: Vec<(Voice, Voice)> =
        now.iter().zip(then).filter_map(|(now, then)| Some(((*now)?, (*then)?))).collect();
    let median = |of: fn(&Voice) -> f32| {
        let mut ratios: Vec<f32> = both.iter().map(|(now, then)| of(now) / of(then)).collect();
        ratios.sort_by(f32::total_cmp);
        ratios.get(ratios.len() / 2).copied()
    };
    if both.len() < STRINGS {
        return None;
    }
    Some((median(|voice| voice.brightness)?, median(|voice| voice.decay)?))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use theory::StringNumber;

    use super::*;

    /// An open string whose partials fall by `tilt` dB each and fade in `decay` seconds.
    fn note(string: StringNumber, tilt: f32, decay: f32) -> Portrait {
        Portrait {
            at: Duration::ZERO,
            until: Duration::from_secs(2),
            string,
            hz: 196.0,
            cents: 0.0,
            confidence: 0.9,
            stiffness: 1e-4,
            stiffness_error: 1e-5,
            levels: std::array::from_fn(|k| -tilt * k as f32),
            decays: [decay; 10],
        }
    }

    fn tuned(wear: &mut Wear, day: i32, tilt: f32, decay: f32) {
        for string in StringNumber::THICK_TO_THIN {
            assert!(wear.learn(day, &note(string, tilt, decay)));
        }
    }

    #[test]
    fn strings_that_dull_are_told_beside_their_first_week() {
        let mut wear = Wear::default();
        (0..3).for_each(|day| tuned(&mut wear, day, 3.0, 1.0));
        assert_eq!(wear.dulled(), None, "too soon");
        (40..43).for_each(|day| tuned(&mut wear, day, 6.0, 0.5));
        let dulled = wear.dulled().unwrap();
        assert!((0.5..0.75).contains(&dulled.brightness), "{dulled:?}");
        assert!((dulled.decay - 0.5).abs() < 0.01 && dulled.days == 42, "{dulled:?}");
        assert_eq!(wear.remind(42), Some(dulled));
        assert_eq!((wear.remind(43), wear.remind(55)), (None, None));
        assert_eq!(wear.remind(56), Some(dulled));
    }

    #[test]
    fn strings_that_stay_and_new_ones_are_not_dull() {
        let mut same = Wear::default();
        [0, 1, 30, 31].iter().for_each(|day| tuned(&mut same, *day, 3.0, 1.0));
        let dulled = same.dulled().unwrap();
        assert!((dulled.brightness - 1.0).abs() < 0.01 && (dulled.decay - 1.0).abs() < 0.01);
        let mut changed = Wear::default();
        [0, 1, 28, 30].iter().for_each(|day| tuned(&mut changed, *day, 6.0, 0.5));
        tuned(&mut changed, 31, 2.0, 1.2);
        assert_eq!(changed.dulled(), None, "their first week begins");
    }

    #[test]
    fn too_few_strings_and_doubtful_notes_tell_nothing() {
        let mut wear = Wear::default();
        for day in [0, 40] {
            for string in StringNumber::THICK_TO_THIN.into_iter().take(3) {
                wear.learn(day, &note(string, 3.0 + day as f32 / 10.0, 1.0));
            }
        }
        assert_eq!(wear.dulled(), None);
        let doubtful =
            Portrait { confidence: 0.2, ..note(StringNumber::THICK_TO_THIN[0], 3.0, 1.0) };
        assert!(!wear.learn(41, &doubtful));
        let until = Duration::from_secs(1);
        let short = Portrait { until, ..note(StringNumber::THICK_TO_THIN[0], 3.0, 1.0) };
        assert!(!wear.learn(41, &short));
    }

    #[test]
    fn only_so_many_days_are_kept() {
        let mut wear = Wear::default();
        (0..400).for_each(|day| tuned(&mut wear, day, 3.0, 1.0));
        assert_eq!(wear.days.len(), 7 + KEPT);
        assert_eq!((wear.days[0].day, wear.days[6].day), (0, 6));
        let text = serde_json::to_string(&wear).unwrap();
        assert_eq!(serde_json::from_str::<Wear>(&text).unwrap(), wear);
        for (was, is) in [("\"v\":1", "\"v\":9"), ("\"decay\":1.0", "\"decay\":0.0")] {
            assert!(text.contains(was), "{text}");
            assert!(serde_json::from_str::<Wear>(&text.replacen(was, is, 1)).is_err(), "{is}");
        }
        tuned(&mut wear, 20, 3.0, 1.0);
        assert_eq!(wear.days.last().unwrap().day, 20, "the clock is set back");
    }
}
