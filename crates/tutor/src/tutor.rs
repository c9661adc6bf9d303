//! The lesson's state machine: observations in, actions out.
//!
//! Decides in which order things count: trouble before verdicts, a verdict before words, silence
//! while the student plays. It neither reads a clock nor waits.

mod objection;
mod obstacles;
mod picked;
mod sight;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use audio::{SensingProblem, StringVerdict, Strum, Verdict};
use theory::{BEGINNER_SHAPES, Chord};

use objection::Answer;

use crate::ask;
use crate::diagnosis::condition as c;
use crate::diagnosis::facts::{self, Slots};
use crate::diagnosis::table::Condition;
use crate::diagnosis::{Finding, TIP_LIFETIME};
use crate::policy::Attempts;
use crate::review::LONG_AWAY;
use crate::watch::{self, Watch};
use crate::{
    Action, Command, EVENT_VERSION, EngineKind, Feedback, Lesson, LessonEvent, Observation,
    StringEvidence,
};

/// A chord heard with less is not called a chord.
const HEARD_CONFIDENCE: f32 = 0.6;
/// Notices about the app wait for so much quiet, so that none replaces a finding in mid-phrase.
const QUIET: Duration = Duration::from_millis(1500);
/// And each stays so long before the next.
const NOTICE_STAYS: Duration = Duration::from_secs(4);

/// The teacher of one lesson.
#[derive(Debug, Clone)]
pub struct Tutor {
    lesson: Lesson,
    attempts: Attempts,
    /// The last strum and what was known before it, for a verdict that is settled later.
    last_strum: Option<(Duration, Attempts)>,
    /// For «why?».
    last_event: Option<LessonEvent>,
    /// What was said of it, for «why?»: notices of the app that come later do not take its place.
    last_words: Option<(Finding, Feedback)>,
    last_finding: Option<Finding>,
    /// How often each row was put into words, so that the next wording is another one.
    told: BTreeMap<&'static str, usize>,
    hearing: Option<SensingProblem>,
    microphone_gone: bool,
    narrow_told: bool,
    down: BTreeSet<EngineKind>,
    notices: VecDeque<(EngineKind, Finding)>,
    next_notice: Duration,
    /// A remark does not push away what was just said of a strum.
    next_remark: Duration,
    sight: sight::Sight,
    watch: Watch,
    objections: objection::Objections,
    /// Pain was reported: nothing of technique is said until the student asks for a task.
    resting: bool,
    speaking: bool,
    last_sound: Duration,
}

impl Tutor {
    /// A teacher at the beginning of a lesson.
    #[must_use]
    pub fn new(lesson: Lesson) -> Self {
        Self {
            lesson,
            attempts: Attempts::default(),
            last_strum: None,
            last_event: None,
            last_words: None,
            last_finding: None,
            told: BTreeMap::new(),
            hearing: None,
            microphone_gone: false,
            narrow_told: false,
            down: BTreeSet::new(),
            notices: VecDeque::new(),
            next_notice: Duration::ZERO,
            next_remark: Duration::ZERO,
            sight: sight::Sight::default(),
            watch: Watch::default(),
            objections: objection::Objections::default(),
            resting: false,
            speaking: false,
            last_sound: Duration::ZERO,
        }
    }

    /// Whether nothing stands in the way of hearing.
    #[must_use]
    pub fn hears(&self) -> bool {
        !self.microphone_gone && self.hearing.is_none()
    }

    /// Every truthful wording of what was last said or shown; a language model may choose among
    /// them and nothing else. Empty before the first.
    #[must_use]
    pub fn alternatives(&self, now: Duration) -> Vec<Feedback> {
        self.last_finding
            .map(|finding| finding.styled(&self.lesson.style, self.lesson.address, now))
            .unwrap_or_default()
    }

    /// Takes one observation. `now` is the time of the session, not of the wall.
    pub fn handle(&mut self, observation: &Observation, now: Duration) -> Vec<Action> {
        match observation {
            Observation::Onset(onset) => self.sounded(onset.at),
            Observation::Strum(strum) => self.strummed(strum, now),
            Observation::Note(note) => {
                self.last_sound = self.last_sound.max(note.onset);
                Vec::new()
            }
            Observation::Chord(_) => Vec::new(),
            Observation::Placement(placement) => {
                if self.sight.take(placement) {
                    self.watch.placed(placement);
                }
                self.poll(now)
            }
            Observation::Beat(beat) => {
                self.last_sound = self.last_sound.max(beat.at);
                self.watch.beat(beat);
                Vec::new()
            }
            Observation::Change(change) => {
                self.watch.changed(change);
                Vec::new()
            }
            Observation::Pass(pass) => {
                self.watch.passed(pass);
                Vec::new()
            }
            Observation::Minute { pair, changes, before, .. } => {
                self.watch.minute(*pair, *changes, before);
                Vec::new()
            }
            Observation::OtherString { asked, played, .. } => {
                self.other_string(*asked, *played, now)
            }
            Observation::Utterance { text, .. } => self.told_by_student(text, now),
            Observation::Began { days_away, .. } => self.welcomed(*days_away, now),
            Observation::Strings { dulled, .. } => {
                self.watch.dulled(dulled);
                Vec::new()
            }
            Observation::Command { command, .. } => self.commanded(*command, now),
            Observation::Spoken { .. } => {
                self.speaking = false;
                Vec::new()
            }
            Observation::Trouble { trouble, .. } => self.troubled(trouble, now),
            Observation::Tick { .. } => self.poll(now),
        }
    }

    /// What is to be said before anything is played: whether the chord can be taught on this guitar.
    pub fn begin(&mut self, now: Duration) -> Vec<Action> {
        if self.lesson.holds() { Vec::new() } else { self.tell_tuning(now) }
    }

    /// What has become due by `now`: notices that waited for quiet.
    pub fn poll(&mut self, now: Duration) -> Vec<Action> {
        let quiet = now.saturating_sub(self.last_sound) >= QUIET;
        if !quiet || now < self.next_notice {
            return Vec::new();
        }
        if self.resting {
            return Vec::new();
        }
        let notice = self.notices.pop_front().map(|(_, finding)| finding);
        let may_remark = now >= self.next_remark;
        let remark = || may_remark.then(|| self.watch.remark(now)).flatten();
        let Some(finding) = notice.or_else(remark) else { return Vec::new() };
        self.next_notice = now + NOTICE_STAYS;
        self.utter(finding, now)
    }

    /// Pain stops everything at once; nothing else that is said is answered here.
    fn told_by_student(&mut self, text: &str, now: Duration) -> Vec<Action> {
        let Some(condition) = watch::spoken(text) else { return self.contradicted(text, now) };
        let mut actions = self.hush();
        if condition == c::PAIN {
            self.watch.forget(now);
            self.resting = true;
            self.last_event = None;
            self.last_words = None;
        }
        actions.extend(self.utter_plain(condition, Slots::default(), now));
        actions
    }

    /// «That is not right», said aloud.
    fn contradicted(&mut self, text: &str, now: Duration) -> Vec<Action> {
        match ask::understand(text, None) {
            Ok(understood) if understood.intent == ask::Intent::NotThat && !self.resting => {
                self.commanded(Command::NotThat, now)
            }
            _ => Vec::new(),
        }
    }

    fn welcomed(&mut self, days_away: u16, now: Duration) -> Vec<Action> {
        if days_away <= LONG_AWAY {
            return Vec::new();
        }
        self.utter_plain(c::COMEBACK, Slots::default(), now)
    }

    /// The student plays: the teacher falls silent.
    fn sounded(&mut self, at: Duration) -> Vec<Action> {
        self.last_sound = self.last_sound.max(at);
        self.watch.sounded(at);
        self.hush()
    }

    fn hush(&mut self) -> Vec<Action> {
        if std::mem::take(&mut self.speaking) { vec![Action::Hush] } else { Vec::new() }
    }

    fn strummed(&mut self, strum: &Strum, now: Duration) -> Vec<Action> {
        self.last_sound = self.last_sound.max(strum.at);
        if !self.hears() || self.resting {
            return Vec::new();
        }
        if !self.lesson.holds() {
            // Said once; then it stands on the screen.
            let told = self.tell_tuning(now);
            self.speaking = false;
            return told.into_iter().map(shown).collect();
        }
        let Some(verdict) = strum.verdict else { return Vec::new() };
        let told = matches!(verdict, Verdict::Right | Verdict::Fault);
        if let Some(actions) = self.rang_alone(strum, now) {
            return actions;
        }
        if self.settle(strum.at) && told && strum.picked.is_none() {
            self.watch.strummed(strum);
        }
        let mut event = self.event_of(strum, verdict);
        let mut facts = facts::read(&event, &self.lesson.tuning);
        if matches!(verdict, Verdict::Unsure { .. }) {
            facts.faults.clear();
            facts.clean = None;
            facts.choked = false;
            facts.doubt.get_or_insert(facts::in_doubt(event.ask));
        }
        facts.faults.extend(told.then(|| self.watch.too_hard(strum)).flatten());
        self.attempts.in_rounds(strum.picked.is_some());
        let seen = !event.presses.is_empty() || event.hand.is_some();
        let finding =
            self.attempts.judge(&facts, seen).map(|finding| self.fingered(finding, &event));
        // Strings that were not played yet are no doubt.
        let finding = finding.filter(|it| strum.picked.is_none() || !it.is_doubt());
        event.repeated = finding.and_then(|f| f.repeated);
        let mut actions = vec![Action::Conclude(event.clone())];
        self.last_event = Some(event);
        let finding = match self.answered(strum) {
            None => finding,
            Some(Answer::Waits) => return actions,
            Some(Answer::Told(finding)) => Some(finding),
        };
        let aloud = finding.is_none_or(|finding| self.may_say(&finding, strum.at));
        let mut words = finding.map(|finding| self.utter(finding, now)).unwrap_or_default();
        if !aloud {
            self.speaking = false;
            words = words.into_iter().map(shown).collect();
        }
        self.last_words = finding.zip(words.iter().find_map(feedback_of).cloned());
        actions.extend(words);
        actions
    }

    /// A strum whose verdict comes again replaces what it taught before. Whether it is a new one.
    fn settle(&mut self, at: Duration) -> bool {
        match self.last_strum.take() {
            Some((same, before)) if same == at => {
                self.attempts = before.clone();
                self.last_strum = Some((at, before));
                false
            }
            _ => {
                self.last_strum = Some((at, self.attempts.clone()));
                true
            }
        }
    }

    /// A clean strum with other fingers than usual is worth a word only where it costs time later.
    fn fingered(&self, clean: Finding, event: &LessonEvent) -> Finding {
        let spoken = clean.row.id == "OK1" && self.watch.leaves_slowly(event.target);
        let other = spoken.then(|| facts::other_finger(event, &self.lesson.tuning)).flatten();
        other.and_then(|slots| Finding::plain(c::ODD_FINGERING, slots)).unwrap_or(clean)
    }

    fn event_of(&self, strum: &Strum, verdict: Verdict) -> LessonEvent {
        let evidence = |verdict: &StringVerdict| StringEvidence {
            string: verdict.string,
            state: verdict.state,
            asked: Some(verdict.asked),
            confidence: verdict.confidence,
            cents: verdict.cents,
        };
        let placement = self.sight.at(strum.at);
        LessonEvent {
            v: EVENT_VERSION,
            at: Some(strum.at.as_micros() as f64 / 1e6),
            target: self.lesson.chord,
            voicing: strum.voicing.or_else(|| self.lesson.asked_voicing()),
            heard: strum
                .chord
                .filter(|c| c.confidence >= HEARD_CONFIDENCE)
                .map(|c| self.fretted(c.chord)),
            strings: strum.strings.iter().map(evidence).collect(),
            presses: placement.map(|seen| seen.presses.clone()).unwrap_or_default(),
            hand: placement.and_then(|seen| seen.hand),
            repeated: None,
            ask: match verdict {
                Verdict::Unsure { ask } => ask,
                _ => None,
            },
        }
    }

    /// A chord as it is fretted: on a guitar that is shifted as a whole, shapes keep their names.
    fn fretted(&self, heard: Chord) -> Chord {
        let shift = self.lesson.tuning.shift().unwrap_or(0);
        Chord::new(heard.root.transposed(-shift), heard.quality)
    }

    fn tell_tuning(&mut self, now: Duration) -> Vec<Action> {
        let Lesson { chord, tuning, .. } = self.lesson;
        let slots = Slots { chord: Some(chord), tuning: Some(tuning), ..Slots::default() };
        self.utter_plain(c::OTHER_TUNING, slots, now)
    }

    /// Puts a finding into words and decides between showing and saying.
    fn utter(&mut self, mut finding: Finding, now: Duration) -> Vec<Action> {
        finding.slots.names = self.lesson.notes;
        let mut wordings = finding.styled(&self.lesson.style, self.lesson.address, now);
        if wordings.is_empty() {
            return Vec::new();
        }
        let told = self.told.entry(finding.row.id).or_insert(0);
        let feedback = wordings.swap_remove(*told % wordings.len());
        *told += 1;
        self.last_finding = Some(finding);
        self.next_remark = now + NOTICE_STAYS;
        if Attempts::is_spoken(&finding, &self.lesson.style, self.lesson.level) {
            self.speaking = true;
            vec![Action::Say(feedback)]
        } else {
            vec![Action::Show(feedback)]
        }
    }

    fn utter_plain(&mut self, condition: Condition, slots: Slots, now: Duration) -> Vec<Action> {
        Finding::plain(condition, slots).map(|f| self.utter(f, now)).unwrap_or_default()
    }

    fn commanded(&mut self, command: Command, now: Duration) -> Vec<Action> {
        let mut actions = self.hush();
        self.resting &= matches!(command, Command::Why | Command::Stop | Command::NotThat);
        match command {
            Command::Practice { chord } => actions.extend(self.practise(chord, now)),
            Command::Next => actions.extend(self.practise(self.next_chord(), now)),
            Command::Again => {
                if let Some((_, before)) = self.last_strum.take() {
                    self.attempts = before;
                }
                self.last_event = None;
                self.last_words = None;
                self.last_finding = None;
                self.objections.turn_away();
            }
            Command::Why => actions.extend(self.explain(now)),
            Command::Check => actions.extend(self.check_together(now)),
            Command::NotThat => actions.extend(self.objected(now)),
            // The beat is the drill's.
            Command::Stop | Command::Start | Command::Slower | Command::Faster => {}
        }
        actions
    }

    fn practise(&mut self, chord: Chord, now: Duration) -> Vec<Action> {
        if chord != self.lesson.chord {
            self.lesson.voicing = None;
        }
        self.lesson.chord = chord;
        self.attempts = Attempts::default();
        self.watch.forget(now);
        self.last_strum = None;
        self.last_event = None;
        self.last_words = None;
        self.objections.turn_away();
        let mut actions = vec![Action::Aim { chord }];
        if !self.lesson.holds() {
            actions.extend(self.tell_tuning(now));
            return actions;
        }
        let first = self.lesson.asked_voicing().and_then(|voicing| voicing.sounding().next());
        let condition = if first.is_some() { c::START } else { c::START_ANY };
        let slots = Slots { chord: Some(chord), first, ..Slots::default() };
        actions.extend(self.utter_plain(condition, slots, now));
        actions
    }

    /// The chord after this one in the order of the course that can be taught on this guitar; after
    /// the last, the first again. Where none can, simply the next.
    fn next_chord(&self) -> Chord {
        let course = BEGINNER_SHAPES.iter().map(|shape| shape.chord);
        let after =
            course.clone().position(|chord| chord == self.lesson.chord).map_or(0, |n| n + 1);
        let mut coming = course.clone().cycle().skip(after).take(course.len());
        let first = coming.clone().next();
        let tuning = self.lesson.tuning;
        let taught = coming.find(|chord| Lesson { tuning, ..Lesson::new(*chord) }.holds());
        taught.or(first).unwrap_or(self.lesson.chord)
    }

    /// The last verdict again in the same words, with its event: who asks why keeps looking at the
    /// sentence that is asked about.
    fn explain(&mut self, now: Duration) -> Vec<Action> {
        let (Some(event), Some((finding, words))) =
            (self.last_event.clone(), self.last_words.clone())
        else {
            if !self.lesson.holds() {
                return self.tell_tuning(now);
            }
            return self.utter_plain(c::NOTHING_YET, Slots::default(), now);
        };
        self.last_finding = Some(finding);
        self.speaking = true;
        let again = Feedback { expires: now + TIP_LIFETIME, ..words };
        vec![Action::Conclude(event), Action::Say(again)]
    }
}

/// The same, without being said aloud.
fn shown(action: Action) -> Action {
    match action {
        Action::Say(feedback) => Action::Show(feedback),
        other => other,
    }
}

fn feedback_of(action: &Action) -> Option<&Feedback> {
    match action {
        Action::Say(feedback) | Action::Show(feedback) => Some(feedback),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
