//! The course of a check: first the room, then the guitar, until it is heard well or something is wrong.

use std::time::Duration;

use audio::{Heard, SensingProblem};
use tutor::CheckStep;

use crate::Sensed;

/// The room alone.
const ROOM: Duration = Duration::from_secs(2);
/// Nobody strums for so long: nothing is heard.
const PATIENCE: Duration = Duration::from_secs(15);
/// Guitars that reach less than this (root mean square, −50 dBFS) sit too near to the noise of the
/// device itself.
const FAINT: f32 = 3e-3;
/// So many single notes are as good as a strum.
const NOTES: u32 = 3;
/// A room above this (−46 dBFS) is noise.
const NOISY_ROOM: f32 = 5e-3;

/// What a check has come to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    Step(CheckStep),
    Wrong(SensingProblem),
    Better,
}

/// The course of a check. Pure; time is an argument.
#[derive(Debug, Default)]
pub(super) struct Course {
    began: Option<Duration>,
    step: Option<CheckStep>,
    wrong: bool,
    loudest: f32,
    floor: f32,
    notes: u32,
}

impl Course {
    /// What was sensed in one piece of input that ends at `now`.
    pub(super) fn hear(&mut self, sensed: &[Sensed], now: Duration) -> Vec<Outcome> {
        let began = *self.began.get_or_insert(now);
        let mut outcomes = Vec::new();
        if self.step.is_none() {
            outcomes.extend(self.enter(CheckStep::Room));
        }
        if self.step == Some(CheckStep::Room) && now >= began + ROOM {
            self.loudest = 0.0;
            outcomes.extend(self.enter(CheckStep::Play));
        }
        let mut struck = false;
        for it in sensed {
            match it {
                Sensed::Heard(Heard::Envelope(envelope)) => {
                    self.loudest = self.loudest.max(envelope.level);
                    self.floor = envelope.floor;
                }
                Sensed::Heard(Heard::Sensing(SensingProblem::Cleared)) => {
                    outcomes.extend(std::mem::take(&mut self.wrong).then_some(Outcome::Better));
                }
                Sensed::Heard(Heard::Sensing(problem)) => outcomes.push(self.wrong(*problem)),
                Sensed::Heard(Heard::Strum(strum)) => struck |= strum.at >= began + ROOM,
                // Who plays the strings one by one is heard as well.
                Sensed::Heard(Heard::Note(note)) if note.onset >= began + ROOM => {
                    self.notes += 1;
                    struck |= self.notes >= NOTES;
                }
                _ => {}
            }
        }
        if self.step == Some(CheckStep::Play) && !self.wrong {
            if struck {
                let faint = self.loudest < FAINT;
                let step = if faint { CheckStep::TooQuiet } else { CheckStep::Good };
                // A faint guitar may be brought nearer and struck again.
                outcomes.push(Outcome::Step(step));
                self.step = (!faint).then_some(step).or(self.step);
            } else if now >= began + ROOM + PATIENCE {
                let noise = SensingProblem::LowSnr { snr_db: 0.0 };
                let noisy = self.floor > NOISY_ROOM;
                outcomes.push(self.wrong(if noisy { noise } else { SensingProblem::Silence }));
            }
        }
        outcomes
    }

    fn enter(&mut self, step: CheckStep) -> Option<Outcome> {
        (self.step.replace(step) != Some(step)).then_some(Outcome::Step(step))
    }

    fn wrong(&mut self, problem: SensingProblem) -> Outcome {
        self.wrong = true;
        // Whatever was good about it is to be heard again.
        if self.step == Some(CheckStep::Good) {
            self.step = Some(CheckStep::Play);
        }
        Outcome::Wrong(problem)
    }
}

#[cfg(test)]
mod tests {
    use audio::{Envelope, StringState, StringVerdict, Strum};
    use theory::StringNumber;

    use super::*;

    fn level(at: u64, level: f32, floor: f32) -> Sensed {
        let at = Duration::from_millis(at);
        Sensed::Heard(Heard::Envelope(Envelope {
            at,
            level,
            peak: level,
            floor,
            strings: [0.0; 6],
        }))
    }

    fn strum() -> Sensed {
        let strings = StringNumber::THICK_TO_THIN.map(|string| StringVerdict {
            string,
            asked: true,
            state: StringState::Rings,
            cents: None,
            confidence: 0.9,
        });
        let (at, verdict_at) = (seconds(2.5), seconds(2.9));
        let (chord, voicing, verdict) = (None, None, None);
        Sensed::Heard(Heard::Strum(Strum {
            at,
            verdict_at,
            chord,
            voicing,
            verdict,
            strings,
            touch: None,
            picked: None,
        }))
    }

    fn seconds(s: f64) -> Duration {
        Duration::from_secs_f64(s)
    }

    fn waiting() -> Course {
        let mut course = Course::default();
        assert_eq!(course.hear(&[], seconds(0.0)), [Outcome::Step(CheckStep::Room)]);
        assert_eq!(course.hear(&[level(1_000, 0.001, 0.001)], seconds(1.0)), []);
        assert_eq!(course.hear(&[], seconds(2.0)), [Outcome::Step(CheckStep::Play)]);
        course
    }

    #[test]
    fn a_clean_strum_after_the_room_is_good() {
        let mut course = waiting();
        course.hear(&[level(2_500, 0.1, 0.001)], seconds(2.5));
        assert_eq!(course.hear(&[strum()], seconds(3.0)), [Outcome::Step(CheckStep::Good)]);
        assert_eq!(course.hear(&[], seconds(60.0)), []);
    }

    #[test]
    fn a_faint_one_asks_for_more_and_may_come_nearer() {
        let mut course = waiting();
        course.hear(&[level(2_500, 0.001, 0.0001)], seconds(2.5));
        assert_eq!(course.hear(&[strum()], seconds(3.0)), [Outcome::Step(CheckStep::TooQuiet)]);
        course.hear(&[level(5_000, 0.05, 0.0001)], seconds(5.0));
        assert_eq!(course.hear(&[strum()], seconds(5.5)), [Outcome::Step(CheckStep::Good)]);
    }

    #[test]
    fn bad_sound_is_named_and_the_next_clean_strum_is_good() {
        let mut course = waiting();
        let clipping = Sensed::Heard(Heard::Sensing(SensingProblem::Clipping));
        let heard = course.hear(&[level(2_500, 0.9, 0.001), clipping, strum()], seconds(3.0));
        assert_eq!(heard, [Outcome::Wrong(SensingProblem::Clipping)]);
        let cleared = Sensed::Heard(Heard::Sensing(SensingProblem::Cleared));
        let heard = course.hear(&[cleared, strum()], seconds(6.0));
        assert_eq!(heard, [Outcome::Better, Outcome::Step(CheckStep::Good)]);
    }

    #[test]
    fn nobody_strums_silence_or_noise() {
        let mut quiet = waiting();
        quiet.hear(&[level(3_000, 0.001, 0.001)], seconds(3.0));
        assert_eq!(quiet.hear(&[], seconds(17.0)), [Outcome::Wrong(SensingProblem::Silence)]);
        assert_eq!(quiet.hear(&[], seconds(18.0)), []);
        let mut noisy = waiting();
        noisy.hear(&[level(3_000, 0.03, 0.02)], seconds(3.0));
        let noise = SensingProblem::LowSnr { snr_db: 0.0 };
        assert_eq!(noisy.hear(&[], seconds(17.0)), [Outcome::Wrong(noise)]);
    }
}
