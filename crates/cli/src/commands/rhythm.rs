use std::time::Duration;

use audio::{Direction, Grid, Pattern, Placed, Take, Timing, changes_per_minute, strokes};
use serde::Serialize;
use tutor::{Address, ErrorCode, Style, beats_of, hebrew, rhythm_words};

use super::diagnose::FeedbackLine;
use super::hear::seconds;
use super::notes::roll;
use crate::args::Rhythm;
use crate::failure::Failure;
use crate::output::Output;

/// Offsets under this are on time for a student.
const ON_TIME_MS: f64 = 30.0;

#[derive(Serialize)]
struct StrokeLine {
    at: f64,
    beat: f64,
    offset_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    extra: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    against: bool,
}

#[derive(Serialize)]
struct TimingLine {
    mean_ms: f64,
    sd_ms: f64,
    tempo_bpm: f64,
    /// False where the strokes have no tempo of their own and `tempo_bpm` is the asked one.
    tempo_measured: bool,
    strokes: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    missed: Option<Vec<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<usize>,
}

pub(crate) fn run(args: &Rhythm, output: &mut Output) -> Result<(), Failure> {
    let pattern = args.pattern.as_deref().map(str::parse::<Pattern>).transpose();
    let pattern = pattern.map_err(|error| Failure::wrong(ErrorCode::PatternUnknown, error))?;
    let start = args.start.map(Duration::from_secs_f64);
    let grid = Grid { bpm: args.bpm, per_beat: args.per_beat, start, pattern };
    let take = host::take(&args.file).map_err(|error| Failure::file(&args.file, &error))?;
    let placed = grid.place(&strokes(&take, Duration::from_secs_f64(grid.slot())));
    for stroke in &placed {
        output.line("stroke", &StrokeLine::from(stroke), || text(stroke))?;
    }
    match grid.timing(&placed) {
        Some(timing) => {
            sum_up(&timing, &placed, &grid, output)?;
            advise(&timing, &placed, &grid, output)?;
        }
        None => output.text("לא נשמעה אף פריטה.")?,
    }
    if args.changes { count_changes(&take, output) } else { Ok(()) }
}

/// The one thing to work on, if the beat was not kept.
fn advise(
    timing: &Timing,
    placed: &[Placed],
    grid: &Grid,
    output: &mut Output,
) -> Result<(), Failure> {
    let beats = beats_of(placed, timing, grid);
    match rhythm_words(&beats, &Style::default(), Address::Neutral) {
        Some(said) => output.line("feedback", &FeedbackLine::template(&said), || said.display()),
        None => Ok(()),
    }
}

#[derive(Serialize)]
struct ChangesLine {
    per_minute: f64,
    chords: Vec<String>,
}

/// Chord changes a minute; none is 0.
fn count_changes(take: &Take, output: &mut Output) -> Result<(), Failure> {
    let segments = audio::chords(take, roll(take, true).as_ref());
    let per_minute = rounded(changes_per_minute(&segments).unwrap_or(0.0));
    let chords: Vec<String> =
        segments.iter().filter_map(|s| s.chord).map(|chord| chord.to_string()).collect();
    output.line("changes", &ChangesLine { per_minute, chords }, || {
        format!("חילופי אקורדים בדקה: {}.", number(&format!("{per_minute:.0}")))
    })
}

fn sum_up(
    timing: &Timing,
    placed: &[Placed],
    grid: &Grid,
    output: &mut Output,
) -> Result<(), Failure> {
    let asked = grid.pattern.is_some();
    let line = TimingLine {
        mean_ms: rounded(timing.mean_ms),
        sd_ms: rounded(timing.sd_ms),
        // One stroke, or several on one beat, have no tempo of their own.
        tempo_bpm: rounded(timing.tempo_bpm.unwrap_or(grid.bpm)),
        tempo_measured: timing.tempo_bpm.is_some(),
        strokes: placed.len(),
        missed: asked.then(|| timing.missed.clone()),
        extra: asked.then_some(timing.extra),
    };
    output.line("timing", &line, || timing_text(timing, asked))
}

impl From<&Placed> for StrokeLine {
    fn from(placed: &Placed) -> Self {
        Self {
            at: seconds(placed.stroke.at),
            beat: placed.beat,
            offset_ms: rounded(placed.offset_ms),
            direction: placed.stroke.direction.map(|direction| match direction {
                Direction::Down => "down",
                Direction::Up => "up",
            }),
            extra: placed.extra,
            against: placed.against,
        }
    }
}

fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn number(text: &str) -> String {
    hebrew::isolate(text)
}

fn late_or_early(offset_ms: f64) -> String {
    let size = number(&format!("{:.0}", offset_ms.abs()));
    match offset_ms {
        ms if ms.abs() < ON_TIME_MS => format!("בזמן ({size} אלפיות)"),
        ms if ms > 0.0 => format!("מאחר ב־{size} אלפיות שנייה"),
        _ => format!("מקדים ב־{size} אלפיות שנייה"),
    }
}

fn text(placed: &Placed) -> String {
    let at = number(&format!("{:.2}", seconds(placed.stroke.at)));
    let beat = number(&format!("{:.2}", placed.beat + 1.0));
    let way = match placed.stroke.direction {
        Some(Direction::Down) => "למטה",
        Some(Direction::Up) => "למעלה",
        None => "פריטה",
    };
    let note = match (placed.extra, placed.against) {
        (true, _) => " · מיותרת",
        (false, true) => " · בכיוון ההפוך",
        (false, false) => "",
    };
    format!("{at}  פעימה {beat}  {way}  {}{note}", late_or_early(placed.offset_ms))
}

fn timing_text(timing: &Timing, asked: bool) -> String {
    let tempo = timing.tempo_bpm.map_or_else(String::new, |bpm| {
        format!(", קצב {} פעימות בדקה", number(&format!("{bpm:.0}")))
    });
    let spread = number(&format!("{:.0}", timing.sd_ms));
    let mut said =
        format!("בממוצע {}, פיזור {spread} אלפיות{tempo}.", late_or_early(timing.mean_ms));
    if asked {
        let missed = number(&timing.missed.len().to_string());
        let extra = number(&timing.extra.to_string());
        said.push_str(&format!(" פריטות שחסרו: {missed}, מיותרות: {extra}."));
    }
    said
}
