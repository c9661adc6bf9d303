//! `prita today`: what to practise, how long and why.

use serde::Serialize;
use tutor::ErrorCode;
use tutor::course::{self, Plan, Task};
use tutor::review::Day;

use super::learner::learner;
use crate::args::Today;
use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct PlanLine {
    day: Day,
    minutes: u8,
    tasks: Vec<TaskLine>,
}

#[derive(Serialize)]
struct TaskLine {
    id: String,
    item: String,
    minutes: f32,
    title: String,
    why: String,
    speech: String,
    ipa: String,
    target: course::Target,
}

impl TaskLine {
    fn of(task: Task) -> Self {
        Self {
            id: task.id,
            item: task.item,
            minutes: task.minutes,
            title: task.title.display,
            why: task.why.display,
            speech: task.why.speech,
            ipa: task.why.ipa,
            target: task.target,
        }
    }
}

pub(crate) fn run(args: &Today, output: &mut Output) -> Result<(), Failure> {
    let today = match &args.day {
        Some(text) => text.parse().map_err(|error| {
            Failure::wrong(ErrorCode::DayUnknown, error).among([host::now().day.to_string()])
        })?,
        None => host::now().day,
    };
    let learner = learner(&args.kept, today, output)?;
    let asked = args.minutes.as_ref().and_then(|minutes| minutes.parse().ok());
    let path = learner.path();
    let plan = course::today(&learner.given(&path, today, asked));
    let text = text(&plan);
    let tasks = plan.tasks.into_iter().map(TaskLine::of).collect();
    output.line("plan", &PlanLine { day: today, minutes: plan.minutes, tasks }, || text)
}

fn text(plan: &Plan) -> String {
    let lines = plan.tasks.iter().map(|task| {
        let minutes = match task.minutes {
            1.0 => "דקה".to_owned(),
            2.0 => "שתי דקות".to_owned(),
            more => format!("{more} דקות"),
        };
        format!("{}, {minutes}\n    {}", task.title.display, task.why.display)
    });
    lines.collect::<Vec<_>>().join("\n")
}
