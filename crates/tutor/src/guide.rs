//! Tuning, string by string: readings of the tuner in, what to show and what to say out.
//!
//! A pure state machine like the lesson's: it decides when a string counts as in tune, which one
//! comes next and what is worth a sentence. It measures nothing and never asks a clock.

use std::time::Duration;

use audio::{TunerHint, TunerReading};
use theory::StringNumber;

use crate::diagnosis::condition as c;
use crate::diagnosis::facts::Slots;
use crate::diagnosis::table::Condition;
use crate::trouble::words;
use crate::{Address, Feedback, Guitar, tuning_words};

/// A string is in tune when it has stayed within the tuner's five cents for so long (ux.md §3).
const IN_TUNE_FOR: Duration = Duration::from_millis(300);
/// So many readings (15 a second) make a change of state: text stands still through one stray.
const ALIKE: u32 = 2;
/// And so many take a string that was in tune out of it while it still rings: a pluck begins sharp
/// and a dying one is less certain.
const OUT_AGAIN: u32 = 6;
/// Readings without a hint for so long: the string cannot be heard well.
const UNSURE_AFTER: Duration = Duration::from_millis(1_000);
/// A pause this long between readings begins anew.
const PAUSE: Duration = Duration::from_millis(500);

/// How the string under the hand stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuideState {
    /// No string sounds.
    Waiting,
    /// Tighten.
    Low,
    /// Loosen.
    High,
    /// In place.
    InTune,
    /// An octave low.
    OctaveLow,
    /// An octave high.
    OctaveHigh,
    /// Another string sounds than the one that is tuned.
    OtherString,
    /// Sound without a pitch.
    Unsure,
    /// All six are in place.
    Done,
}

/// What the screen shows beside the measurement.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    /// The string under the hand, or the one that comes next.
    pub string: Option<StringNumber>,
    /// How it stands.
    pub state: GuideState,
    /// Strings that are in tune, thick to thin.
    pub tuned: Vec<StringNumber>,
    /// The one string that tuning is held to.
    pub pinned: Option<StringNumber>,
    /// Two sentences.
    pub words: Feedback,
}

/// What the guide wants.
#[derive(Debug, Clone, PartialEq)]
pub enum GuideStep {
    /// Show this.
    Show(Guide),
    /// Say this aloud, once.
    Say(Feedback),
    /// The tuner is to listen for this string, or for any.
    Aim(Option<StringNumber>),
}

/// The check of the sound before the first lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckStep {
    /// The room alone.
    Room,
    /// All open strings once.
    Play,
    /// Heard well.
    Good,
    /// Heard, but faintly, in a quiet room.
    TooQuiet,
}

/// What is shown at a step of the check. Never spoken: the room is being heard.
#[must_use]
pub fn check_words(
    step: CheckStep,
    guitar: Option<Guitar>,
    address: Address,
    at: Duration,
) -> Option<Feedback> {
    let condition = match step {
        CheckStep::Room => c::CHECK_ROOM,
        CheckStep::Play => c::CHECK_PLAY,
        CheckStep::Good => c::CHECK_GOOD,
        CheckStep::TooQuiet if guitar == Some(Guitar::Electric) => c::TOO_QUIET_ELECTRIC,
        CheckStep::TooQuiet => c::TOO_QUIET,
    };
    words(condition, Slots::default(), address, at)
}

/// What readings agree on: a state of a string, since when, how often in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    string: StringNumber,
    state: GuideState,
    since: Duration,
    last: Duration,
    count: u32,
}

/// Guides through the six strings.
#[derive(Debug, Clone)]
pub struct TuningGuide {
    address: Address,
    tuned: [bool; 6],
    pinned: Option<StringNumber>,
    string: Option<StringNumber>,
    state: GuideState,
    /// The reading that made it so.
    reading: Option<TunerReading>,
    run: Option<Run>,
    said: Option<(Option<StringNumber>, GuideState)>,
}

impl TuningGuide {
    /// Six strings, none tuned yet.
    #[must_use]
    pub fn new(address: Address) -> Self {
        Self {
            address,
            tuned: [false; 6],
            pinned: None,
            string: None,
            state: GuideState::Waiting,
            reading: None,
            run: None,
            said: None,
        }
    }

    /// What to show now.
    #[must_use]
    pub fn guide(&self, at: Duration) -> Option<Guide> {
        let tuned = StringNumber::THICK_TO_THIN.into_iter().filter(|s| self.is_tuned(*s)).collect();
        let (string, state, pinned) = (self.string, self.state, self.pinned);
        Some(Guide { string, state, tuned, pinned, words: self.words(at)? })
    }

    /// Holds to one string, or lets go.
    pub fn aim(&mut self, string: Option<StringNumber>, at: Duration) -> Vec<GuideStep> {
        self.pinned = string;
        self.string = string;
        self.state = GuideState::Waiting;
        (self.run, self.said) = (None, None);
        let mut steps = vec![GuideStep::Aim(string)];
        steps.extend(self.guide(at).map(GuideStep::Show));
        steps
    }

    /// A reading of the tuner.
    pub fn hear(&mut self, reading: &TunerReading) -> Vec<GuideStep> {
        let run = self.runs_on(reading);
        self.run = Some(run);
        let held = run.last.saturating_sub(run.since);
        let here = self.string == Some(run.string);
        let leaves_tune = here && self.state == GuideState::InTune;
        let safe = match run.state {
            GuideState::InTune => held >= IN_TUNE_FOR,
            GuideState::Unsure => held >= UNSURE_AFTER,
            _ if leaves_tune => run.count >= OUT_AGAIN,
            _ => run.count >= ALIKE,
        };
        let mut steps = Vec::new();
        if safe && !(here && self.state == run.state) {
            steps = self.becomes(reading, run.state);
        }
        if safe && (reading.steady || is_urgent(run.state)) {
            steps.extend(self.say_once(reading.at));
        }
        steps
    }

    /// No string sounds any more.
    pub fn quiet(&mut self, at: Duration) -> Vec<GuideStep> {
        self.run = None;
        match self.state {
            GuideState::InTune if self.tuned == [true; 6] => {
                (self.string, self.state) = (None, GuideState::Done);
            }
            GuideState::InTune => {
                self.string = self.next();
                self.state = GuideState::Waiting;
            }
            // What was measured last still tells which way to turn.
            _ => return Vec::new(),
        }
        self.said = None;
        self.guide(at).map(GuideStep::Show).into_iter().collect()
    }

    fn runs_on(&self, reading: &TunerReading) -> Run {
        let state = state_of(reading.hint);
        let at = reading.at;
        let begins = Run { string: reading.string, state, since: at, last: at, count: 1 };
        match self.run {
            Some(run)
                if run.string == reading.string
                    && run.state == state
                    && at.saturating_sub(run.last) < PAUSE =>
            {
                Run { last: at, count: run.count + 1, ..run }
            }
            _ => begins,
        }
    }

    fn becomes(&mut self, reading: &TunerReading, state: GuideState) -> Vec<GuideStep> {
        let (string, at) = (reading.string, reading.at);
        self.reading = Some(*reading);
        if self.string != Some(string) {
            self.said = None;
        }
        (self.string, self.state) = (Some(string), state);
        let mut steps = Vec::new();
        match state {
            GuideState::InTune => {
                self.tuned[string.index()] = true;
                if self.pinned.take().is_some() {
                    steps.push(GuideStep::Aim(None));
                }
            }
            GuideState::Low | GuideState::High | GuideState::OctaveLow => {
                self.tuned[string.index()] = false;
            }
            _ => {}
        }
        steps.extend(self.guide(at).map(GuideStep::Show));
        steps
    }

    fn say_once(&mut self, at: Duration) -> Option<GuideStep> {
        let now = (self.string, self.state);
        if self.state == GuideState::Unsure || self.said == Some(now) {
            return None;
        }
        self.said = Some(now);
        self.words(at).map(GuideStep::Say)
    }

    fn words(&self, at: Duration) -> Option<Feedback> {
        let slots = Slots { string: self.string, ..Slots::default() };
        let (condition, slots) = match (self.state, self.reading) {
            (GuideState::Waiting, _) if self.string.is_some() => (c::TUNE_ONE, slots),
            (GuideState::Waiting, _) => (c::TUNE_START, slots),
            (GuideState::Done, _) => (c::TUNE_DONE, slots),
            (GuideState::InTune, _) => self.in_tune(slots),
            (_, reading) => {
                let all = tuning_words(&TunerReading { at, ..reading? }, self.address);
                return all.into_iter().next();
            }
        };
        words(condition, slots, self.address, at)
    }

    fn in_tune(&self, slots: Slots) -> (Condition, Slots) {
        match self.next() {
            Some(next) => (c::TUNE_NEXT, Slots { other: Some(next), ..slots }),
            None => (c::TUNE_DONE, slots),
        }
    }

    fn is_tuned(&self, string: StringNumber) -> bool {
        self.tuned[string.index()]
    }

    /// The next string that is not in tune yet, towards the thin ones and round again.
    fn next(&self) -> Option<StringNumber> {
        let after = self.string.map_or(0, |string| string.index() + 1);
        (0..6)
            .filter_map(|step| StringNumber::at_index((after + step) % 6))
            .find(|string| !self.is_tuned(*string))
    }
}

fn state_of(hint: Option<TunerHint>) -> GuideState {
    match hint {
        Some(TunerHint::Tighten) => GuideState::Low,
        Some(TunerHint::Loosen) => GuideState::High,
        Some(TunerHint::InTune) => GuideState::InTune,
        Some(TunerHint::OctaveLow) => GuideState::OctaveLow,
        Some(TunerHint::OctaveHigh) => GuideState::OctaveHigh,
        Some(TunerHint::WrongString { .. }) => GuideState::OtherString,
        None => GuideState::Unsure,
    }
}

/// What is said at once, steady or not: a wrong peg may cost a string.
fn is_urgent(state: GuideState) -> bool {
    matches!(state, GuideState::InTune | GuideState::OtherString)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(number: u8) -> StringNumber {
        StringNumber::new(number).unwrap()
    }

    fn reading(ms: u64, number: u8, cents: f32, hint: Option<TunerHint>) -> TunerReading {
        let at = Duration::from_millis(ms);
        TunerReading {
            at,
            hz: 110.0,
            string: string(number),
            cents,
            confidence: 0.9,
            steady: ms % 1000 > 300,
            hint,
        }
    }

    /// Readings 15 a second from `from`, all alike.
    fn hear(
        guide: &mut TuningGuide,
        from: u64,
        count: u64,
        number: u8,
        hint: Option<TunerHint>,
    ) -> Vec<GuideStep> {
        (0..count).flat_map(|n| guide.hear(&reading(from + n * 66, number, 0.0, hint))).collect()
    }

    fn shown(steps: &[GuideStep]) -> Vec<GuideState> {
        steps
            .iter()
            .filter_map(|s| if let GuideStep::Show(g) = s { Some(g.state) } else { None })
            .collect()
    }

    fn said(steps: &[GuideStep]) -> Vec<String> {
        steps
            .iter()
            .filter_map(|s| if let GuideStep::Say(f) = s { Some(f.display()) } else { None })
            .collect()
    }

    #[test]
    fn a_low_string_is_shown_at_once_and_told_once() {
        let mut guide = TuningGuide::new(Address::Neutral);
        let steps = hear(&mut guide, 0, 30, 5, Some(TunerHint::Tighten));
        assert_eq!(shown(&steps), [GuideState::Low]);
        assert_eq!(said(&steps), ["מיתר חמש נמוך קצת. כדאי להדק את המפתח עוד קצת, לאט."]);
        assert_eq!(said(&hear(&mut guide, 5_000, 30, 5, Some(TunerHint::Tighten))), [""; 0]);
    }

    #[test]
    fn one_stray_reading_changes_nothing() {
        let mut guide = TuningGuide::new(Address::Neutral);
        hear(&mut guide, 0, 5, 5, Some(TunerHint::Tighten));
        assert_eq!(hear(&mut guide, 330, 1, 4, Some(TunerHint::Loosen)), []);
        assert_eq!(guide.guide(Duration::ZERO).unwrap().string, Some(string(5)));
    }

    #[test]
    fn in_tune_after_300_ms_then_the_next_string_by_itself() {
        let mut guide = TuningGuide::new(Address::Neutral);
        assert_eq!(shown(&hear(&mut guide, 0, 4, 5, Some(TunerHint::InTune))), []);
        let steps = hear(&mut guide, 264, 3, 5, Some(TunerHint::InTune));
        assert_eq!(shown(&steps), [GuideState::InTune]);
        assert_eq!(said(&steps), ["מיתר חמש במקום. עכשיו מיתר ארבע."]);
        guide.quiet(Duration::from_secs(2));
        let now = guide.guide(Duration::from_secs(2)).unwrap();
        assert_eq!((now.string, now.state), (Some(string(4)), GuideState::Waiting));
        assert_eq!(now.tuned, [string(5)]);
    }

    #[test]
    fn the_dying_sound_of_a_tuned_string_does_not_take_it_back() {
        let mut guide = TuningGuide::new(Address::Neutral);
        hear(&mut guide, 0, 10, 5, Some(TunerHint::InTune));
        assert_eq!(hear(&mut guide, 660, 4, 5, Some(TunerHint::Tighten)), []);
        let later = hear(&mut guide, 3_000, 8, 5, Some(TunerHint::Tighten));
        assert_eq!(shown(&later), [GuideState::Low]);
        assert_eq!(guide.guide(Duration::ZERO).unwrap().tuned, []);
    }

    #[test]
    fn six_strings_in_any_order_are_done() {
        let mut guide = TuningGuide::new(Address::Neutral);
        let mut last = Vec::new();
        for (place, number) in [5, 6, 1, 2, 4, 3].into_iter().enumerate() {
            let from = place as u64 * 3_000;
            last = hear(&mut guide, from, 10, number, Some(TunerHint::InTune));
            guide.quiet(Duration::from_millis(from + 2_000));
        }
        assert_eq!(said(&last), ["כל ששת המיתרים במקום. אפשר לנגן."]);
        assert_eq!(guide.guide(Duration::ZERO).unwrap().state, GuideState::Done);
    }

    #[test]
    fn held_to_one_string_another_one_is_told_at_once() {
        let mut guide = TuningGuide::new(Address::Neutral);
        let aimed = guide.aim(Some(string(5)), Duration::ZERO);
        assert_eq!(aimed[0], GuideStep::Aim(Some(string(5))));
        let other = Some(TunerHint::WrongString { string: string(4) });
        let steps = hear(&mut guide, 0, 2, 5, other);
        assert_eq!(shown(&steps), [GuideState::OtherString]);
        assert_eq!(said(&steps)[0], "רגע, נשמע מיתר ארבע. כדאי לבדוק שזה המפתח של מיתר חמש.");
        // In place: the hold is over.
        let steps = hear(&mut guide, 2_000, 8, 5, Some(TunerHint::InTune));
        assert_eq!(steps[0], GuideStep::Aim(None));
    }

    #[test]
    fn sound_without_a_pitch_is_unsure_after_a_second_and_silent() {
        let mut guide = TuningGuide::new(Address::Neutral);
        let steps = hear(&mut guide, 0, 20, 4, None);
        assert_eq!((shown(&steps), said(&steps)), (vec![GuideState::Unsure], vec![]));
    }

    #[test]
    fn every_state_has_words() {
        let mut guide = TuningGuide::new(Address::Neutral);
        guide.string = Some(string(5));
        guide.reading = Some(reading(0, 5, -18.0, Some(TunerHint::Tighten)));
        for state in [
            GuideState::Waiting,
            GuideState::Low,
            GuideState::InTune,
            GuideState::Unsure,
            GuideState::Done,
        ] {
            guide.state = state;
            assert!(!guide.guide(Duration::ZERO).unwrap().words.display().is_empty(), "{state:?}");
        }
        for step in [CheckStep::Room, CheckStep::Play, CheckStep::Good, CheckStep::TooQuiet] {
            let words = |guitar| check_words(step, guitar, Address::Neutral, Duration::ZERO);
            let (usual, electric) = (words(None), words(Some(Guitar::Electric)));
            assert!(usual.is_some() && electric.is_some(), "{step:?}");
            assert_eq!(usual == electric, step != CheckStep::TooQuiet, "{step:?}");
        }
    }
}
