//! Everything with a beat: patterns, silent bars, in again after a slip, songs. Counts in, follows the
//! beat, judges bar after bar, and at the end says what was reached.

mod gave;
mod shown;
mod time;

use std::time::Duration;

use audio::{Follow, Stroke};
use theory::Tuning;

use super::judged::Strums;
use super::run::Run;
use super::score::Score;
use super::turn::{Turn, turn};
use super::words::{self, Reached};
use super::{Clicks, Exercise, Phase, Practice, Start, Step, TEMPI};
use crate::course::DrillKind;
use crate::{Address, Command, Observation};
use time::seconds;

/// What was struck in time may be judged so much later.
const JUDGED: Duration = Duration::from_millis(2_500);
/// Clicks that have not begun so long after they were asked for are not waited for.
const SILENT_AFTER: Duration = Duration::from_secs(1);
/// Beats a minute from one tempo to the next.
const TEMPO_STEP: u32 = 10;
/// A song went well: so many of its strokes were right (row M06), and no more than this were missed in
/// a row (row M07).
const WELL: f32 = 0.9;
const LOST: u16 = 3;
/// The first window of strokes begins so much before the first beat: a hand may be early.
const EARLY: Duration = Duration::from_millis(400);

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Ready,
    /// Clicks were asked for at this time.
    Asked(Duration),
    /// Beat 0 in seconds.
    Runs(f64),
    /// Beat 0, and what was reached; none: no bar was heard to its end.
    Over(Option<(f64, Reached)>),
}

#[derive(Debug)]
pub(super) struct Bars {
    exercise: Exercise,
    score: Score,
    start: Start,
    tuning: Tuning,
    address: Address,
    bpm: u32,
    state: State,
    strokes: Vec<Stroke>,
    strums: Strums,
    /// All strokes before this are known.
    known: Duration,
    /// When the sound ended, if it did: all strokes are known.
    ended: Option<Duration>,
    /// Rounds begun so far: whose clicks are meant.
    round: u32,
    /// Bars the teacher was told of.
    told: usize,
    /// Where the beat is, is known from the sound or from the strokes.
    placed: bool,
    now: Duration,
    /// What the round that ended before gave.
    rounds: Vec<Practice>,
}

impl Bars {
    pub(super) fn new(exercise: Exercise, start: Start, tuning: Tuning, address: Address) -> Self {
        let score = Score::of(&exercise);
        let bpm = exercise.target.tempo.unwrap_or(60).clamp(*TEMPI.start(), *TEMPI.end());
        Self {
            exercise,
            score,
            start,
            tuning,
            address,
            bpm,
            state: State::Ready,
            strokes: Vec::new(),
            strums: Strums::default(),
            known: Duration::ZERO,
            ended: None,
            round: 0,
            told: 0,
            placed: false,
            now: Duration::ZERO,
            rounds: Vec::new(),
        }
    }

    fn kind(&self) -> DrillKind {
        self.exercise.target.kind
    }

    /// The count-in, or waiting for a stroke.
    fn round(&mut self, now: Duration, steps: &mut Vec<Step>) {
        self.strokes.clear();
        self.strums = Strums::default();
        self.told = 0;
        self.ended = None;
        self.round += 1;
        self.placed = self.start != Start::CountIn;
        match self.start {
            Start::CountIn => {
                self.now = self.now.max(now);
                self.state = State::Asked(self.now);
                let lead = std::iter::repeat_n(true, self.count_in());
                let beats = lead.chain(self.score.clicked()).collect();
                let (round, bpm, meter) = (self.round, self.bpm, self.score.meter);
                steps.push(Step::Click(Clicks { round, bpm, meter, beats }));
            }
            Start::At(at) => self.run(at.as_secs_f64(), steps),
            Start::FirstStroke => {
                self.state = State::Ready;
                self.show(now, steps);
            }
        }
    }

    fn run(&mut self, origin: f64, steps: &mut Vec<Step>) {
        self.state = State::Runs(origin);
        self.follow(origin, steps);
        self.show(self.now, steps);
    }

    fn follow(&self, origin: f64, steps: &mut Vec<Step>) {
        steps.push(Step::Follow(Some(Follow {
            from: seconds(origin).saturating_sub(EARLY),
            every: seconds(self.bar()),
            closest: seconds(self.slot()),
        })));
    }

    fn close_bars(&mut self, steps: &mut Vec<Step>) {
        let State::Runs(mut origin) = self.state else { return };
        if !self.placed && self.closed(origin) > 0 {
            self.placed = true;
            origin += self.lateness(origin).unwrap_or(0.0);
            self.state = State::Runs(origin);
        }
        let closed = self.closed(origin);
        for bar in self.told..closed {
            let beats = self.played(origin, |played| played.beats(bar));
            steps.extend(beats.into_iter().map(|beat| Step::Observe(Observation::Beat(beat))));
        }
        self.told = self.told.max(closed);
        if closed == self.score.bars.len() {
            self.end(self.known, true, steps);
        }
    }

    fn end(&mut self, at: Duration, aloud: bool, steps: &mut Vec<Step>) {
        let State::Runs(origin) = self.state else { return };
        let bars = self.counted(origin);
        steps.extend([Step::Quiet, Step::Follow(None)]);
        if bars == 0 {
            return self.over(None, at, steps);
        }
        let reached = self.reached(origin, bars);
        // A song that is broken off is no time through it.
        if self.kind() == DrillKind::Song && bars == self.score.bars.len() {
            let pass = self.pass(origin, bars, at);
            steps.push(Step::Observe(Observation::Pass(pass)));
        }
        let ended = self.practice(origin, bars);
        self.rounds.extend(ended);
        self.over(Some((origin, reached)), at, steps);
        if aloud {
            steps.push(Step::Say(Box::new(words::said(reached, self.address, at))));
        }
    }

    fn over(&mut self, reached: Option<(f64, Reached)>, at: Duration, steps: &mut Vec<Step>) {
        self.state = State::Over(reached);
        self.show(at, steps);
    }
}

impl Run for Bars {
    fn keeps_strums(&self) -> bool {
        true
    }

    fn begin(&mut self, now: Duration, steps: &mut Vec<Step>) {
        self.now = now;
        steps.push(Step::Aim(self.exercise.chords()));
        match self.start {
            Start::At(_) => self.round(now, steps),
            Start::CountIn | Start::FirstStroke => self.show(now, steps),
        }
    }

    fn hear(&mut self, observation: &Observation, steps: &mut Vec<Step>) {
        match observation {
            Observation::Onset(onset) if self.state == State::Ready => match self.start {
                Start::CountIn => {}
                _ => self.run(self.first_beat(onset.at), steps),
            },
            Observation::Strum(strum) => {
                if self.state == State::Ready && self.start == Start::CountIn {
                    return self.round(strum.verdict_at, steps);
                }
                self.strums.take(strum, &self.exercise, &self.tuning);
            }
            _ => {}
        }
    }

    fn command(&mut self, command: Command, now: Duration, steps: &mut Vec<Step>) {
        let tempo = match command {
            Command::Slower => self.bpm.saturating_sub(TEMPO_STEP),
            Command::Faster => self.bpm + TEMPO_STEP,
            _ => self.bpm,
        };
        let tempo = tempo.clamp(*TEMPI.start(), *TEMPI.end());
        match turn(command, self.stands(now)) {
            Some(Turn::Begin | Turn::Anew) => self.again(now, steps),
            Some(Turn::Slower | Turn::Faster) => match self.state {
                State::Ready | State::Over(_) => {
                    self.bpm = tempo;
                    self.show(now, steps);
                }
                State::Asked(_) | State::Runs(_) if tempo != self.bpm => {
                    self.keep_round();
                    steps.extend([Step::Quiet, Step::Follow(None)]);
                    self.bpm = tempo;
                    self.round(now, steps);
                }
                State::Asked(_) | State::Runs(_) => {}
            },
            Some(Turn::End { aloud }) => self.end(now, aloud, steps),
            Some(Turn::Leave) => {
                steps.extend([Step::Quiet, Step::Follow(None)]);
                self.over(None, now, steps);
            }
            Some(Turn::Wait) => {
                steps.extend([Step::Quiet, Step::Follow(None)]);
                self.state = State::Ready;
                self.show(now, steps);
            }
            None => {}
        }
    }

    fn strokes(&mut self, strokes: &[Stroke], until: Duration, steps: &mut Vec<Step>) {
        self.strokes.extend(strokes.iter().filter(|stroke| stroke.at >= self.known));
        self.known = self.known.max(until);
        let State::Runs(origin) = self.state else { return };
        // A knock began it: no stroke was there.
        if self.start == Start::FirstStroke && self.told == 0 && self.strokes.is_empty() {
            self.state = State::Ready;
            steps.push(Step::Follow(None));
            return self.show(self.now, steps);
        }
        if self.start == Start::FirstStroke && self.told == 0 && self.closed(origin) == 0 {
            let first = self.strokes.first().map_or(origin, |stroke| stroke.at.as_secs_f64());
            self.state = State::Runs(self.first_beat(seconds(first)));
        }
        self.close_bars(steps);
        if matches!(self.state, State::Runs(_)) {
            self.show(self.now, steps);
        }
    }

    fn clicked(&mut self, round: u32, at: Duration, steps: &mut Vec<Step>) {
        if matches!(self.state, State::Asked(_)) && round == self.round {
            let origin = at.as_secs_f64() + self.count_in() as f64 * self.beat();
            self.now = self.now.max(at);
            self.run(origin, steps);
        }
    }

    fn late(&mut self, by: Duration, steps: &mut Vec<Step>) {
        if let (State::Runs(origin), false) = (self.state, self.placed) {
            self.placed = true;
            // Clicks that come quicker than an echo may last are mistaken for one another.
            let origin = origin + by.as_secs_f64() % self.beat();
            self.state = State::Runs(origin);
            self.follow(origin, steps);
        }
    }

    fn poll(&mut self, now: Duration, steps: &mut Vec<Step>) {
        let before = self.now;
        self.now = self.now.max(now);
        if let State::Asked(asked) = self.state
            && now >= asked + SILENT_AFTER
        {
            // Only shown, then: clicks that came after all would be beside it.
            steps.push(Step::Quiet);
            return self.clicked(self.round, now, steps);
        }
        let State::Runs(origin) = self.state else { return };
        let end = origin + self.score.bars.len() as f64 * self.bar();
        if now.as_secs_f64() >= end + JUDGED.as_secs_f64() + self.bar() {
            return self.end(now, true, steps);
        }
        let beat = |at: Duration| ((at.as_secs_f64() - origin + 1e-6) / self.beat()).floor() as i64;
        if beat(before) != beat(self.now) && now.as_secs_f64() < end {
            self.show(now, steps);
        }
    }

    fn due(&self) -> Option<Duration> {
        let origin = match self.state {
            State::Runs(origin) => origin,
            State::Asked(asked) => return Some(asked + SILENT_AFTER),
            State::Ready | State::Over(_) => return None,
        };
        let at = self.now.as_secs_f64() - origin + 1e-6;
        let next = (at / self.beat()).floor() + 1.0;
        Some(seconds(origin + next * self.beat()))
    }

    fn finish(&mut self, at: Duration, steps: &mut Vec<Step>) {
        self.known = self.known.max(at + Duration::from_secs(1));
        self.ended = Some(at);
        self.close_bars(steps);
        self.end(at, true, steps);
    }

    fn leave(&mut self, at: Duration, steps: &mut Vec<Step>) {
        self.end(at, false, steps);
    }

    fn practised(&self) -> Vec<Practice> {
        self.rounds.clone()
    }
}

impl Bars {
    fn again(&mut self, now: Duration, steps: &mut Vec<Step>) {
        self.keep_round();
        steps.extend([Step::Quiet, Step::Follow(None)]);
        self.round(now, steps);
    }

    /// What was played of a round that is left before its end.
    fn keep_round(&mut self) {
        if let State::Runs(origin) = self.state {
            let left = self.practice(origin, self.counted(origin));
            self.rounds.extend(left);
        }
    }

    fn stands(&self, now: Duration) -> Phase {
        match self.state {
            State::Ready => Phase::Ready,
            State::Asked(_) => Phase::CountIn,
            State::Runs(origin) if now.as_secs_f64() < origin => Phase::CountIn,
            State::Runs(_) => Phase::Playing,
            State::Over(_) => Phase::Over,
        }
    }
}
