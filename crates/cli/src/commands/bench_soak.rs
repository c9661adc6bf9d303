//! `prita bench soak`: hours of input through ears and teacher as fast as they go, to see that
//! memory stays where it was, what listening costs, and how soon an onset is told.

use std::time::Duration;

use audio::SensingProblem;
use bench::EndlessLesson;
use cpu_time::ProcessTime;
use host::{Asked, Recipe};
use pipeline::Step;
use serde::Serialize;
use tutor::{Observation, Trouble};

use crate::failure::Failure;
use crate::output::Output;

/// After so many minutes everything has been met and memory must be where it stays. A shorter run
/// judges nothing.
const SETTLED: u64 = 10;
/// How long it runs where nothing else is asked.
const USUAL_MINUTES: u64 = 120;
/// What memory may grow by after that.
const MOST_KIB: u64 = 1_024;
/// Minutes to a row of the table.
const ROW: u64 = 10;
/// Of one core, in percent of real time.
const MOST_CPU: f64 = 15.0;
/// An onset farther from the true one is another sound's.
const SAME_ONSET: Duration = Duration::from_millis(80);

/// What was heard so far.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Events {
    onsets: u64,
    strums: u64,
    notes: u64,
    troubles: u64,
    actions: u64,
}

/// A row: what stands after so many minutes of input.
#[derive(Debug, Serialize)]
struct Row {
    stage: &'static str,
    row: &'static str,
    at: u64,
    figure: f64,
    unit: &'static str,
    reference: Option<f64>,
    ratio: Option<f64>,
    cpu_percent: f64,
    #[serde(flatten)]
    events: Events,
}

/// A figure of the whole run.
#[derive(Debug, Serialize)]
struct Whole {
    stage: &'static str,
    row: &'static str,
    figure: Option<f64>,
    unit: &'static str,
    n: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    expect: Option<bench::Bound>,
    reference: Option<f64>,
    ratio: Option<f64>,
}

struct Soak<'a> {
    minutes: u64,
    began: ProcessTime,
    minute: u64,
    /// CPU seconds at the last row.
    spent: f64,
    settled_kib: Option<u64>,
    highest_kib: u64,
    events: Events,
    delays: Vec<f64>,
    told: Result<(), Failure>,
    output: &'a mut Output,
}

pub(crate) fn run(minutes: Option<u64>, output: &mut Output) -> Result<(), Failure> {
    let minutes = minutes.unwrap_or(USUAL_MINUTES);
    let recipe = Recipe {
        asked: "Em".parse::<Asked>().ok(),
        guitar: host::GuitarTuning::default(),
        manner: tutor::Manner::default(),
        witness: true,
        aloud: false,
        drill: None,
        clicks: false,
        start: None,
    };
    let Some(mut tutor) = recipe.tutor() else { return Err(Failure::internal("nothing is asked")) };
    resident_kib()?;
    // A little more, so that the last minute is told whole.
    let lasts = Duration::from_secs(60 * minutes + 1);
    let mut lesson = EndlessLesson::new(lasts);
    let progress = lesson.progress();
    output.text("minutes  memory MiB  onsets  strums   notes  troubles  actions  CPU %")?;
    let mut soak = Soak {
        minutes,
        began: ProcessTime::now(),
        minute: 0,
        spent: 0.0,
        settled_kib: None,
        highest_kib: 0,
        events: Events::default(),
        delays: Vec::new(),
        told: Ok(()),
        output,
    };
    let mut truth = None;
    let heard = recipe.rehearse(&mut lesson, &mut tutor, &mut |step| {
        truth = progress.take_onset().or(truth);
        if let Step::Observed(Observation::Onset(onset)) = &step
            && let Some(began) = truth.take_if(|began| began.abs_diff(onset.at) < SAME_ONSET)
        {
            let delay = progress.heard().saturating_sub(began);
            soak.delays.push(delay.as_secs_f64() * 1e3);
        }
        soak.step(&step);
    });
    heard.map_err(Failure::internal)?;
    soak.finish()
}

impl Soak<'_> {
    fn step(&mut self, step: &Step) {
        match step {
            Step::Acted(..) => self.events.actions += 1,
            Step::Observed(Observation::Onset(_)) => self.events.onsets += 1,
            Step::Observed(Observation::Strum(_)) => self.events.strums += 1,
            Step::Observed(Observation::Note(_)) => self.events.notes += 1,
            Step::Observed(Observation::Trouble { trouble, .. }) => {
                let over = Trouble::Hearing(SensingProblem::Cleared);
                self.events.troubles += u64::from(*trouble != over);
            }
            Step::Observed(Observation::Tick { at }) => {
                let minute = at.as_secs() / 60;
                if minute > self.minute && self.told.is_ok() {
                    self.minute = minute;
                    self.told = self.minute_over();
                }
            }
            Step::Observed(_) | Step::Checked(_) | Step::Drilled(..) | Step::Practised(_) => {}
        }
    }

    fn minute_over(&mut self) -> Result<(), Failure> {
        let kib = resident_kib()?;
        if self.minute == SETTLED {
            self.settled_kib = Some(kib);
        }
        if self.minute > SETTLED {
            self.highest_kib = self.highest_kib.max(kib);
        }
        let last = self.minute == self.minutes;
        if self.minute.is_multiple_of(ROW) || last { self.row(kib) } else { Ok(()) }
    }

    fn row(&mut self, kib: u64) -> Result<(), Failure> {
        let spent = self.began.elapsed().as_secs_f64();
        let since = (self.minute - 1) % ROW + 1;
        let cpu_percent = 100.0 * (spent - self.spent) / (60.0 * since as f64);
        self.spent = spent;
        let reference = self.settled_kib.map(mib);
        let row = Row {
            stage: "soak",
            row: "memory",
            at: self.minute * 60,
            figure: mib(kib),
            unit: "MiB",
            reference,
            ratio: reference.map(|settled| mib(kib) / settled),
            cpu_percent,
            events: self.events,
        };
        let Events { onsets, strums, notes, troubles, actions } = self.events;
        self.output.line("bench", &row, || {
            format!(
                "{:7} {:11.2} {onsets:7} {strums:7} {notes:7} {troubles:9} {actions:8} {:6.2}",
                self.minute, row.figure, cpu_percent
            )
        })
    }

    fn finish(self) -> Result<(), Failure> {
        self.told?;
        if self.minute < self.minutes {
            return Err(Failure::internal("the lesson broke off"));
        }
        let later = self.minutes.saturating_sub(SETTLED);
        let settled = self.settled_kib.filter(|_| later > 0);
        let grown = settled.map(|settled| self.highest_kib.saturating_sub(settled));
        let cpu = 100.0 * self.began.elapsed().as_secs_f64() / (60 * self.minutes) as f64;
        let most = |figure| Some(bench::Bound::Most(figure));
        let share = |share| bench::quantile(self.delays.clone(), share);
        let n = self.delays.len();
        let minutes = self.minutes as usize;
        let figures = [
            (
                "memory grown after minute 10",
                grown.map(mib),
                "MiB",
                later as usize,
                most(mib(MOST_KIB)),
            ),
            ("CPU, one core", Some(cpu), "percent", minutes, most(MOST_CPU)),
            ("onset told after, median", share(0.5), "ms", n, None),
            ("onset told after, p90", share(0.9), "ms", n, None),
        ];
        for (row, figure, unit, n, expect) in figures {
            let whole =
                Whole { stage: "soak", row, figure, unit, n, expect, reference: None, ratio: None };
            self.output.line("bench", &whole, || {
                let figure = figure.map_or("–".to_owned(), |figure| format!("{figure:.2}"));
                format!("{row}: {figure} {unit} ({n})")
            })?;
        }
        match grown.filter(|grown| *grown > MOST_KIB) {
            Some(grown) => Err(Failure::internal(format!(
                "memory grew by {grown} KiB after minute {SETTLED}; at most {MOST_KIB} KiB are allowed"
            ))),
            None => Ok(()),
        }
    }
}

fn mib(kib: u64) -> f64 {
    kib as f64 / 1_024.0
}

/// Memory of this process that is in use now.
fn resident_kib() -> Result<u64, Failure> {
    let memory = memory_stats::memory_stats();
    let memory = memory.ok_or_else(|| Failure::internal("this system does not tell memory"))?;
    Ok(memory.physical_mem as u64 / 1_024)
}
