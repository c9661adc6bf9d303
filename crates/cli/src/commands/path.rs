//! `prita path`: the course, step by step.

use pipeline::journal::Journal;
use serde::Serialize;
use tutor::course::{self, Choices, Gate, Order, Path, State, StepState};
use tutor::hebrew::isolate;
use tutor::review::EASY_RATE;
use tutor::{ErrorCode, NoteNames, Phrase};

use super::learner::{learner, meant};
use super::progress::{folder, open};
use crate::args::CoursePath;
use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct ItemLine {
    id: &'static str,
    chapter: &'static str,
    chapter_title: String,
    title: String,
    speech: String,
    ipa: String,
    kind: &'static str,
    state: State,
    items: Vec<String>,
    gate: Option<GateLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measured: Option<f32>,
    moved_on: bool,
    by_level: bool,
    may_move_on: bool,
}

#[derive(Serialize)]
struct GateLine {
    measure: &'static str,
    at_least: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    goal: Option<f32>,
}

impl GateLine {
    fn of(gate: Gate) -> Option<Self> {
        let (measure, at_least, goal) = match gate {
            Gate::Told => return None,
            Gate::Clean(times) => ("clean", times as f32, None),
            Gate::Row(times) => ("in_a_row", times as f32, None),
            Gate::Rate(rate) => ("per_minute", rate, Some(EASY_RATE)),
        };
        Some(Self { measure, at_least, goal })
    }
}

impl ItemLine {
    fn of(state: &StepState, names: NoteNames) -> Self {
        let step = state.step;
        let Phrase { display, speech, ipa } = step.title_in(names);
        Self {
            id: step.id,
            chapter: step.chapter,
            chapter_title: chapter_title(step.chapter),
            title: display,
            speech,
            ipa,
            kind: step.kind.key(),
            state: state.state,
            items: step.items.iter().map(ToString::to_string).collect(),
            gate: GateLine::of(step.gate),
            measured: state.measured.map(|value| (value * 10.0).round() / 10.0),
            moved_on: state.moved_on,
            by_level: state.by_level,
            may_move_on: state.may_move_on,
        }
    }

    fn text(&self) -> String {
        let sign = match self.state {
            State::Done => "●",
            State::Current => "◐",
            State::Open | State::Locked => "○",
        };
        let gate = self.gate.as_ref().map_or(String::new(), |gate| {
            let what = match gate.measure {
                "per_minute" => "מעברים בדקה",
                "in_a_row" => "נקיות ברצף",
                _ => "נקיות",
            };
            let Some(reached) = self.measured else {
                return match (gate.measure, gate.at_least) {
                    ("clean", 1.0) => "  היעד: אחת נקייה".to_owned(),
                    (_, least) => format!("  היעד: {least} {what}"),
                };
            };
            if reached > gate.at_least {
                return format!("  {reached} {what}");
            }
            format!("  {reached} מתוך {} {what}", gate.at_least)
        });
        let word = match self.state {
            State::Current => "  עכשיו",
            State::Locked => "  בהמשך",
            State::Done if self.moved_on => "  ממשיכים הלאה",
            _ if self.may_move_on => "  אפשר להמשיך הלאה",
            _ => "",
        };
        format!("  {sign} {}{gate}{word}  {}", self.title, isolate(self.id))
    }
}

fn chapter_title(id: &str) -> String {
    let chapter = course::chapters().iter().find(|chapter| chapter.id == id);
    chapter.map_or(String::new(), |chapter| chapter.title().display)
}

pub(crate) fn run(args: &CoursePath, output: &mut Output) -> Result<(), Failure> {
    if args.order.is_some() || !args.move_on.is_empty() || !args.come_back.is_empty() {
        choose(args, output)?;
    }
    let learner = learner(&args.kept, host::now().day, output)?;
    show(&learner.path(), learner.settings.notes, output)
}

fn show(path: &Path, names: NoteNames, output: &mut Output) -> Result<(), Failure> {
    let mut chapter = "";
    for state in &path.steps {
        let line = ItemLine::of(state, names);
        if state.step.chapter != chapter {
            chapter = state.step.chapter;
            output.text(&format!("{}  {}", line.chapter_title, isolate(chapter)))?;
        }
        output.line("item", &line, || line.text())?;
    }
    Ok(())
}

/// Keeps what the student chose.
fn choose(args: &CoursePath, output: &mut Output) -> Result<(), Failure> {
    let left = steps_of(&args.move_on)?;
    let back = steps_of(&args.come_back)?;
    let failed = |error| Failure::journal(&error);
    let mut profile = open(&folder(&args.kept)?, output)?;
    let student = match meant(&profile, &args.kept)? {
        Some(student) => student,
        None => {
            let settings = pipeline::journal::Settings::default();
            profile.admit(host::ME, &settings, host::now().day).map_err(failed)?
        }
    };
    let mut settings = student.settings;
    let Choices { order, moved_on, .. } = &mut settings.course;
    if let Some(wish) = &args.order {
        *order = Order::ALL.into_iter().find(|order| order.key() == wish).unwrap_or_default();
    }
    moved_on.extend(left);
    moved_on.retain(|id| !back.contains(id));
    moved_on.sort();
    moved_on.dedup();
    profile.choose(student.id, &settings).map_err(failed)
}

/// What an id may have meant: the steps of the chapter it begins with, else the chapters.
fn near(id: &str) -> Vec<&'static str> {
    let chapter = id.split('.').next().unwrap_or_default();
    let steps = course::steps().iter().filter(|step| step.chapter == chapter);
    let steps: Vec<&str> = steps.map(|step| step.id).collect();
    let chapters = || course::chapters().iter().map(|chapter| chapter.id).collect();
    if steps.is_empty() { chapters() } else { steps }
}

/// The ids of steps that a step's or a chapter's id names.
fn steps_of(ids: &[String]) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for id in ids {
        let steps = course::steps().iter().filter(|step| step.id == id || step.chapter == id);
        let before = found.len();
        found.extend(steps.map(|step| step.id.to_owned()));
        if found.len() == before {
            let detail = format!("`{id}` is no step and no chapter");
            return Err(Failure::wrong(ErrorCode::StepUnknown, detail).among(near(id)));
        }
    }
    Ok(found)
}
