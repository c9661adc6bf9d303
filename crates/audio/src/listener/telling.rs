//! From a group of rises to what is told: is it judged at all, by which strum, and what is asked next.
//!
//! What a window means is decided in [`crate::judge`].

use std::time::Duration;

use super::{Listener, Pending, SHORTEST};
use crate::conclude::{self, Limit};
use crate::group::Group;
use crate::impair::{self, Reception};
use crate::judge::{self, Finding, Opened};
use crate::pluck::Pluck;
use crate::recall::Told;
use crate::resample::RATE;
use crate::settle::Question;
use crate::trust::{Check, Checking, Trust};
use crate::witness::PitchReading;
use crate::{Doubt, Heard, Posteriorgram, Verdict, WitnessWindow};

impl Listener {
    pub(super) fn judge(&mut self, group: Group, end: u64, out: &mut Vec<Heard>) {
        if self.picking.is_some() {
            return self.judge_pick(group, end, out);
        }
        let Some(stream) = &self.stream else { return };
        let short = !group.has_settled(end);
        let span = group.span(end);
        if end - span.from < SHORTEST {
            return;
        }
        // A thump is short and quiet: it is listened for before anything is called too quiet.
        let asked = self.question.as_ref().map(Question::asked);
        let heard = asked.filter(|_| !self.senses.are_foreign(end));
        let pluck = asked.and_then(|_| Pluck::heard(&stream.history, span.first, span.end));
        let judged = (span, pluck);
        let answer = heard.and_then(|asked| judge::answered(stream, judged, asked, &self.config));
        if let Some(answer) = answer {
            return self.take(answer, None, (group, span), out);
        }
        if asked.is_some() && !pluck.is_some_and(|pluck| pluck.is_struck() && !pluck.is_gone()) {
            // What only rings on, a click, a bump: no answer, and no strum either.
            return;
        }
        let reception = judge::reception(stream, span, self.meter.floor(), &self.config);
        if reception.snr_db < impair::NOTHING_DB {
            return;
        }
        if asked.is_some() && !reception.is_clear() {
            // What the chord that still rings drowns is no answer, and no strum either.
            return;
        }
        // A strum is counted once, however often it is looked at.
        let again = group.accusing || group.opened.is_some();
        let told = out.len();
        let limit = if again { group.limit } else { self.senses.strum(reception, out) };
        // What the strum before was told as goes before what spoils both.
        let mut taken_back = Vec::new();
        self.recall(end, &mut taken_back);
        out.splice(told..told, taken_back);
        let Some(stream) = &self.stream else { return };
        let short = short || judge::died(stream, span);
        let limit = limit.or(short.then_some(Doubt::CutShort));
        if reception.is_noise() {
            return;
        }
        let questioned = asked.is_some() || self.checking.is_open();
        let found = judge::find(stream, span, &self.config, questioned);
        self.take(found, limit, (group, span), out);
    }

    /// Passes on what a window turned out to be.
    fn take(
        &mut self,
        found: Finding,
        limit: Limit,
        (group, span): (Group, judge::Span),
        out: &mut Vec<Heard>,
    ) {
        let foreign = limit.is_some_and(Doubt::is_foreign);
        let at = self.stream.as_ref().map_or(Duration::ZERO, |stream| stream.time(span.first));
        match found {
            Finding::Nothing => {}
            Finding::Thump if foreign => {}
            Finding::Note(note) if foreign => out.push(Heard::Note(note)),
            Finding::Thump if self.question.as_ref().is_some_and(|q| q.is_too_new(at)) => {}
            Finding::Thump => {
                let string = self.question.as_ref().map(|question| question.asked().0);
                self.check(|checking, trust| checking.thump(string, trust), out);
                self.answer_question(|question| question.thump(), span, out);
            }
            Finding::Note(note) => {
                out.push(Heard::Note(note));
                self.check(|checking, trust| checking.note(note.pitch, note.cents, trust), out);
                self.answer_question(|question| question.note(&note), span, out);
            }
            // A chord that nobody asked for is named when its strings have rung a while.
            Finding::Strum(_) if self.config.target.is_none() && span.end >= group.due() => {
                self.group = Some(Group { opened: Some(span.end), limit, ..group });
            }
            Finding::Strum(opened) => {
                let again = (!group.accusing && span.end >= group.due()).then_some(group);
                self.open(opened, limit, span, (None, again), out);
            }
        }
    }

    /// Looks at a strum before its last string has rung for long.
    pub(super) fn look_early(&mut self, group: Group, end: u64, out: &mut Vec<Heard>) {
        let Some(stream) = &self.stream else { return };
        let span = group.span(end);
        let reception = judge::reception(stream, span, self.meter.floor(), &self.config);
        let clear =
            reception.is_clear() && !judge::died(stream, span) && !self.senses.are_foreign(end);
        match clear.then(|| judge::find(stream, span, &self.config, false)) {
            Some(Finding::Strum(opened)) => {
                self.open(opened, None, span, (Some((group, reception)), None), out);
            }
            _ => self.group = Some(Group { looked_at: true, ..group }),
        }
    }

    fn open(
        &mut self,
        opened: Box<Opened>,
        limit: Limit,
        span: judge::Span,
        (early, again): (Option<(Group, Reception)>, Option<Group>),
        out: &mut Vec<Heard>,
    ) {
        let Some(stream) = &self.stream else { return };
        self.asked += 1;
        let pending = Pending { id: self.asked, opened, limit, span, early, again };
        if !self.config.witness {
            self.settle(pending, None, out);
            return;
        }
        let from = span.end as i64 - WitnessWindow::SAMPLES as i64;
        let samples = stream.history.window(from, WitnessWindow::SAMPLES);
        let length = Duration::from_secs_f64(WitnessWindow::SAMPLES as f64 / f64::from(RATE));
        let at = stream.time(span.end).saturating_sub(length);
        out.push(Heard::Witness(WitnessWindow { id: pending.id, at, samples }));
        self.pending = Some(pending);
    }

    pub(super) fn settle(
        &mut self,
        pending: Pending,
        answer: Option<&Posteriorgram>,
        out: &mut Vec<Heard>,
    ) {
        let Pending { opened, limit, span, early, again, .. } = pending;
        let reading = answer.and_then(|answer| PitchReading::of(answer, opened.seconds));
        let asked = self.config.target.is_some();
        let (strum, claims) = opened.conclude(reading.as_ref(), limit, asked, &self.trust);
        if self.config.study {
            out.push(Heard::Study(opened.study(reading.as_ref())));
        }
        if let Some((group, reception)) = early {
            if strum.verdict != Some(Verdict::Right) {
                self.group = Some(Group { looked_at: true, ..group });
                return;
            }
            self.senses.strum(reception, out);
        }
        if let Some(group) = again.filter(|_| conclude::accuses_an_end(&strum)) {
            self.group = Some(Group { looked_at: true, accusing: true, limit, ..group });
            return;
        }
        self.question = None;
        let checkable = if asked { claims.clone() } else { Vec::new() };
        self.checking = Checking::of(strum.at, checkable);
        self.meter.begin();
        self.meter.follow(&opened.tones(&self.config));
        let (verdict, chord) = (strum.verdict, strum.chord);
        self.last = Some((strum.clone(), claims.clone()));
        if let Some(Verdict::Unsure { ask: Some(string) }) = verdict {
            self.question = Question::new(strum.clone(), string, claims, &self.config.tuning);
        }
        self.told = Told::of(&strum, span);
        out.push(Heard::Strum(strum));
        let unasked = chord.filter(|_| self.config.target.is_none());
        if let Some(estimate) = unasked.filter(|e| self.chord != Some(e.chord)) {
            self.chord = Some(estimate.chord);
            out.push(Heard::Chord(estimate));
        }
    }

    /// Checks the last strum's verdict by a single sound.
    fn check(
        &mut self,
        check: impl FnOnce(&mut Checking, &mut Trust) -> Vec<Check>,
        out: &mut Vec<Heard>,
    ) {
        let checks = check(&mut self.checking, &mut self.trust);
        out.extend(checks.into_iter().map(Heard::Checked));
    }

    /// Lets a single sound answer what the last strum left open, and says the strum again.
    fn answer_question(
        &mut self,
        answer: impl FnOnce(&mut Question) -> bool,
        span: judge::Span,
        out: &mut Vec<Heard>,
    ) {
        let (Some(question), Some(stream)) = (&mut self.question, &self.stream) else { return };
        if !answer(question) {
            return;
        }
        let (strum, claims) = (question.settled(stream.time(span.end)), question.claims());
        let open = strum.verdict;
        self.last = Some((strum.clone(), claims.clone()));
        self.told = Told::of(&strum, span);
        out.push(Heard::Strum(strum.clone()));
        self.question = match open {
            Some(Verdict::Unsure { ask: Some(string) }) => {
                Question::new(strum, string, claims, &self.config.tuning)
            }
            _ => None,
        };
    }
}
