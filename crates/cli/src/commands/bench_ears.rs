//! `prita bench ears`: what the ears are worth, beside the usual methods on the same takes.

use std::path::PathBuf;

use bench::{Bound, Figure, Plan, SUITES, Table};
use models::ModelHome;
use pipeline::ports::PortError;
use serde::Serialize;

use crate::args::Bench;
use crate::failure::Failure;
use crate::output::Output;

/// Suite, row and bound below or above which `--floors` fails: what the ears reached when the
/// row was written down, with room for chance.
const FLOORS: [(&str, &str, Bound); 14] = [
    ("rendered", "correct: accused", Bound::Most(5.0)),
    ("rendered", "dead free: passed", Bound::Most(6.0)),
    ("mixed", "correct: right at once", Bound::Least(40.0)),
    ("mixed", "correct: accused", Bound::Most(6.0)),
    ("mixed", "dead free: passed", Bound::Most(4.0)),
    ("mixed", "dead shared: passed", Bound::Most(15.0)),
    ("recorded", "correct: right at once", Bound::Least(65.0)),
    ("recorded", "correct: accused", Bound::Most(3.0)),
    ("recorded", "dead free: passed", Bound::Most(5.0)),
    ("recorded", "dead shared: passed", Bound::Most(10.0)),
    ("recorded", "chord top-1, triads", Bound::Least(75.0)),
    ("notes", "note right", Bound::Least(95.0)),
    ("tuner", "tuner error, p95", Bound::Most(1.0)),
    ("phrases", "stroke timing error, sd", Bound::Most(8.0)),
];

/// A figure of the ears as machines read it: `reference` is the first method of `beside`.
#[derive(Serialize)]
struct FigureLine<'a> {
    stage: &'static str,
    suite: &'a str,
    row: &'a str,
    group: &'a str,
    figure: Option<f64>,
    unit: &'a str,
    n: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    expect: Option<Bound>,
    reference: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'a str>,
    ratio: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    beside: &'a Vec<(&'static str, f64)>,
}

impl<'a> FigureLine<'a> {
    fn of(suite: &'a str, group: &'a str, figure: &'a Figure) -> Self {
        let first = figure.references.first();
        let reference = first.map(|(_, value)| *value);
        let ratio = figure.value.zip(reference).map(|(ours, theirs)| ours / theirs);
        Self {
            stage: "ears",
            suite,
            row: &figure.row,
            group,
            figure: figure.value,
            unit: figure.unit,
            n: figure.n,
            expect: figure.expect,
            reference,
            method: first.map(|(name, _)| *name),
            ratio: ratio.filter(|ratio| ratio.is_finite()),
            beside: &figure.references,
        }
    }
}

pub(crate) fn run(args: &Bench, output: &mut Output) -> Result<(), Failure> {
    if let Some(unknown) = args.suite.iter().find(|suite| !SUITES.contains(&suite.as_str())) {
        let known = SUITES.join(" ");
        return Err(Failure::wrong_argument(format!("no suite `{unknown}`; there are {known}")));
    }
    let assets =
        || std::env::var_os("PRITA_ASSETS").map(|folder| PathBuf::from(folder).join("audio"));
    let plan = Plan {
        recordings: args.recordings.clone().or_else(assets),
        notes: args.notes.clone(),
        crepe: std::env::var_os("PRITA_CREPE").map(PathBuf::from),
        suites: args.suite.clone(),
        limit: args.limit.unwrap_or(0),
    };
    if plan.recordings.is_none() {
        tracing::warn!(
            "no recordings: name them with --recordings or PRITA_ASSETS; only what is rendered is measured"
        );
    }
    let home = ModelHome::discover();
    let witness = || {
        host::pitch_witness(&home)
            .inspect_err(|error| tracing::warn!(%error, "measuring without the witness"))
            .ok()
    };
    let mut tables = Vec::new();
    bench::measure(&plan, &witness, &mut |table: Table| {
        write(&table, output)?;
        tables.push(table);
        Ok::<(), Stopped>(())
    })
    .map_err(|stopped| match stopped {
        Stopped::Output(failure) => failure,
        Stopped::Port(error) => unreadable(&plan, &error),
    })?;
    if args.floors { below_floors(&tables, &plan) } else { Ok(()) }
}

enum Stopped {
    Port(PortError),
    Output(Failure),
}

impl From<PortError> for Stopped {
    fn from(error: PortError) -> Self {
        Self::Port(error)
    }
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Output(failure)
    }
}

fn unreadable(plan: &Plan, error: &PortError) -> Failure {
    let folder = plan.recordings.clone().unwrap_or_default();
    Failure::file(&folder, error)
}

fn write(table: &Table, output: &mut Output) -> Result<(), Failure> {
    if !output.is_json() {
        return output.text(&table.to_string());
    }
    for (group, figures) in &table.groups {
        for figure in figures.iter().filter(|figure| figure.n > 0) {
            let line = FigureLine::of(table.suite, group, figure);
            output.line("bench", &line, String::new)?;
        }
    }
    Ok(())
}

/// Nothing measured is below every floor.
fn below_floors(tables: &[Table], plan: &Plan) -> Result<(), Failure> {
    let mut complaints = Vec::new();
    for (suite, row, bound) in FLOORS {
        if !plan.suites.is_empty() && !plan.suites.iter().any(|wanted| wanted == suite) {
            continue;
        }
        let found = tables.iter().filter(|t| t.suite == suite).find_map(|t| t.overall(row)?.value);
        if !found.is_some_and(|figure| bound.holds(figure)) {
            let found = found.map_or("nothing measured".to_owned(), |f| format!("{f:.1}"));
            let (word, limit) = match bound {
                Bound::Least(limit) => ("least", limit),
                Bound::Most(limit) => ("most", limit),
            };
            complaints.push(format!("{suite}, {row}: {found}, must be at {word} {limit}"));
        }
    }
    if complaints.is_empty() { Ok(()) } else { Err(Failure::internal(complaints.join("\n"))) }
}
