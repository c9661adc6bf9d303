//! A drawn student's first week, day by day.

use bench::{Drawn, WeekDay, week};

use crate::failure::Failure;
use crate::output::Output;

const STUDENT: u64 = 1;

pub(crate) fn run(minutes: Option<u64>, output: &mut Output) -> Result<(), Failure> {
    let minutes = match minutes {
        None => 7,
        Some(minutes) => u8::try_from(minutes)
            .ok()
            .filter(|minutes| [5, 7, 20].contains(minutes))
            .ok_or_else(|| Failure::wrong_argument("a week's days have 5, 7 or 20 minutes"))?,
    };
    for day in week(Drawn { seed: STUDENT, minutes, days: 8 }) {
        output.line("day", &day, || row(&day))?;
    }
    Ok(())
}

fn row(day: &WeekDay) -> String {
    let plan: Vec<String> =
        day.plan.iter().map(|(item, minutes)| format!("{item} {minutes}'")).collect();
    let rate = day.per_minute.map_or("-".to_owned(), |rate| format!("{rate:.0}"));
    let faults: Vec<String> =
        day.faults.iter().map(|(row, times)| format!("{row}×{times}")).collect();
    format!(
        "day {} | at {:<14} | due {:>2}, planned {:>2} | clean {:>3.0} % | changes {rate:>2}/min | \
         passed {:>2} | {}{}\n      {}",
        day.day,
        day.current,
        day.due.len(),
        day.due_planned,
        day.clean * 100.0,
        day.passed,
        if day.eased { "eased " } else { "" },
        faults.join(" "),
        plan.join(", "),
    )
}
