//! What free questions are worth: the lines of each writer, matched by a model that learnt from the
//! others', and the cost of an answer. Held-out paraphrases are measured by the tests.

use cpu_time::ThreadTime;
use serde::Serialize;
use tutor::Address;
use tutor::ask::{Around, ask, commands_cross_validated, cross_validated};

use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct BenchLine {
    stage: &'static str,
    figure: f64,
    unit: &'static str,
    reference: Option<f64>,
    ratio: Option<f64>,
    name: &'static str,
    n: usize,
}

pub(crate) fn run(output: &mut Output) -> Result<(), Failure> {
    let trials = cross_validated();
    let (foreign, known): (Vec<_>, Vec<_>) = trials.iter().partition(|trial| trial.is_foreign());
    let asked_back = known.iter().filter(|trial| trial.or.is_some()).count();
    let right = known.iter().filter(|trial| trial.is_right()).count();
    let unknown = |trial: &tutor::ask::Trial| trial.recognised == "out_of_scope";
    let refused = known.iter().filter(|trial| unknown(trial)).count();
    let answered = foreign.iter().filter(|trial| !unknown(trial) && trial.or.is_none()).count();
    let commands = commands_cross_validated();
    let (talk, wished): (Vec<_>, Vec<_>) = commands.iter().partition(|trial| trial.is_talk());
    let understood = wished.iter().filter(|trial| trial.is_right()).count();
    let acted = talk.iter().filter(|trial| !trial.is_right()).count();
    let began = ThreadTime::now();
    for trial in &trials {
        ask(trial.text, None, &Around::default(), Address::Neutral).map_err(Failure::internal)?;
    }
    let ms = began.elapsed().as_secs_f64() * 1e3 / trials.len().max(1) as f64;
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    for (name, figure, unit, n) in [
        ("cross-validated, top-1", share(right, known.len()), "share", known.len()),
        ("cross-validated, not known", share(refused, known.len()), "share", known.len()),
        ("cross-validated, asked back", share(asked_back, known.len()), "share", known.len()),
        ("about something else, answered", share(answered, foreign.len()), "share", foreign.len()),
        ("commands, understood", share(understood, wished.len()), "share", wished.len()),
        ("talk in the room, acted on", share(acted, talk.len()), "share", talk.len()),
        ("an answer", ms, "cpu_ms", trials.len()),
    ] {
        let line = BenchLine { stage: "ask", figure, unit, reference: None, ratio: None, name, n };
        output.line("bench", &line, || format!("{name:<32} {figure:8.4} {unit} (n {n})"))?;
    }
    Ok(())
}
