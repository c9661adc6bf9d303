//! What stands in the way of a lesson: bad hearing, a microphone that is away, engines that are out.
//!
//! Trouble comes before verdicts; what is said of it stands in the tables.

use std::time::Duration;

use audio::SensingProblem;

use super::Tutor;
use crate::diagnosis::Finding;
use crate::diagnosis::condition as c;
use crate::diagnosis::facts::Slots;
use crate::diagnosis::table::Condition;
use crate::trouble::{condition_of, unseen_condition};
use crate::{Action, EngineKind, SeeingProblem, Trouble};

impl Tutor {
    pub(super) fn troubled(&mut self, trouble: &Trouble, now: Duration) -> Vec<Action> {
        match trouble {
            Trouble::Hearing(problem) => self.hearing_changed(*problem, now),
            Trouble::Seeing(problem) => self.seeing_changed(*problem, now),
            Trouble::MicrophoneMissing => self.microphone_went(c::MICROPHONE_MISSING, now),
            Trouble::MicrophoneLost => self.microphone_went(c::MICROPHONE_LOST, now),
            Trouble::MicrophoneBack => {
                self.hearing = None;
                if !std::mem::take(&mut self.microphone_gone) {
                    return Vec::new();
                }
                self.utter_plain(c::MICROPHONE_BACK, Slots::default(), now)
            }
            Trouble::TuningUnknown => self.utter_plain(c::TUNING_UNKNOWN, Slots::default(), now),
            Trouble::EngineDown { engine, missing } => {
                self.engine_down(*engine, *missing);
                self.poll(now)
            }
            Trouble::EngineBack { engine } => {
                self.down.remove(engine);
                self.notices.retain(|(waiting, _)| waiting != engine);
                Vec::new()
            }
        }
    }

    fn microphone_went(&mut self, condition: Condition, now: Duration) -> Vec<Action> {
        if std::mem::replace(&mut self.microphone_gone, true) {
            return Vec::new();
        }
        let mut actions = self.hush();
        actions.extend(self.utter_plain(condition, Slots::default(), now));
        actions
    }

    /// While hearing cannot be trusted there is no verdict. A voice-profile microphone is told
    /// once and does not stop the lesson: it does not pass by itself, and the ears' own confidence
    /// already knows it.
    fn hearing_changed(&mut self, problem: SensingProblem, now: Duration) -> Vec<Action> {
        let Some(condition) = condition_of(problem) else {
            self.hearing = None;
            return Vec::new();
        };
        if problem == SensingProblem::NarrowBand {
            // It takes the place of what was named before.
            self.hearing = None;
            if std::mem::replace(&mut self.narrow_told, true) {
                return Vec::new();
            }
            return self.utter_plain(condition, Slots::default(), now);
        }
        let same =
            |old: SensingProblem| std::mem::discriminant(&old) == std::mem::discriminant(&problem);
        if self.hearing.replace(problem).is_some_and(same) {
            return Vec::new();
        }
        let mut actions = self.hush();
        actions.extend(self.utter_plain(condition, Slots::default(), now));
        actions
    }

    /// Bad sight stops no lesson: the ears go on alone.
    fn seeing_changed(&mut self, problem: SeeingProblem, now: Duration) -> Vec<Action> {
        let news = self.sight.changed(problem);
        let condition = unseen_condition(problem).filter(|_| news);
        condition.map(|c| self.utter_plain(c, Slots::default(), now)).unwrap_or_default()
    }

    fn engine_down(&mut self, engine: EngineKind, missing: bool) {
        if !self.down.insert(engine) {
            return;
        }
        let condition = match (engine, missing) {
            (EngineKind::Witness, false) => c::WITNESS_DOWN,
            (EngineKind::Language, false) => c::LANGUAGE_DOWN,
            (EngineKind::Speech, false) => c::SPEECH_DOWN,
            (EngineKind::Voice, false) => c::VOICE_DOWN,
            (EngineKind::Witness, true) => c::WITNESS_MISSING,
            (EngineKind::Language, true) => c::LANGUAGE_MISSING,
            (EngineKind::Speech, true) => c::SPEECH_MISSING,
            (EngineKind::Voice, true) => c::VOICE_MISSING,
        };
        let notice = Finding::plain(condition, Slots::default()).map(|finding| (engine, finding));
        self.notices.extend(notice);
    }
}
