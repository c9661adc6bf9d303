use std::path::Path;
use std::time::Duration;

use audio::{GuitarPrint, Heard, NoteEvent, StringVerdict, Strum, Trust, Verdict};
use host::{Asked, GuitarTuning, Recipe, Recording};
use pipeline::ports::{AudioSource, Capture, PortError};
use pipeline::{Ear, Sensed};
use serde::Serialize;
use theory::Tuning;
use tutor::hebrew;

use super::notes::NoteLine;
use super::sensing::{SensingLine, without_witness};
use crate::args::Hear;
use crate::failure::Failure;
use crate::output::Output;

pub(crate) fn run(args: &Hear, output: &mut Output) -> Result<(), Failure> {
    let open =
        GuitarTuning::of(&args.tuning, args.a4).map_err(|error| Failure::wrong_tuning(&error))?;
    // Names of chords are those of shapes: the capo does not change them.
    let asked =
        args.target.as_deref().map(|target| self::asked(target, &open.tuning)).transpose()?;
    let recipe = Recipe {
        asked,
        guitar: GuitarTuning { tuning: open.tuning.with_capo(args.capo), ..open },
        manner: tutor::Manner::default(),
        witness: !args.no_witness,
        aloud: false,
        drill: None,
        clicks: false,
        start: None,
    };
    let mut recording =
        Recording::open(&args.file).map_err(|error| Failure::file(&args.file, &error))?;
    let mut ear = match &args.print {
        Some(path) => told(recipe.ear_of(Some(fingerprint(path)?), Trust::default())),
        None => ear(&recipe),
    };
    let (strict, mut told) = (recipe.asked.is_some(), false);
    each_sensed(&mut recording, &mut ear, &mut |sensed, now| {
        let Sensed::Heard(heard) = sensed else { return Ok(()) };
        let says = matches!(heard, Heard::Strum(_) | Heard::Note(_) | Heard::Sensing(_));
        told |= says;
        write(heard, now, strict, output)
    })
    .map_err(|error| error.for_file(&args.file))?;
    if told { Ok(()) } else { output.text("לא נשמעה אף פריטה.") }
}

fn write(heard: &Heard, now: Duration, strict: bool, output: &mut Output) -> Result<(), Failure> {
    match heard {
        Heard::Strum(strum) => {
            output.line("strum", &StrumLine::of(strum, strict), || strum_text(strum, true))
        }
        Heard::Note(note) => output.line("note", &NoteLine::from(note), || note_text(note)),
        Heard::Sensing(problem) => {
            let line = SensingLine::of(*problem, now);
            output.line("sensing", &line, || line.text())
        }
        _ => Ok(()),
    }
}

fn note_text(note: &NoteEvent) -> String {
    let [at, pitch, cents] = [
        format!("{:.2}", seconds(note.onset)),
        note.pitch.to_string(),
        format!("{:+.0}", note.cents.round() + 0.0),
    ]
    .map(|part| hebrew::isolate(&part));
    format!("{at}  צליל אחד  {pitch}  {cents} סנט")
}

/// A chord for which the tuning has no shape cannot be asked by its name.
fn asked(target: &str, tuning: &Tuning) -> Result<Asked, Failure> {
    let asked = Asked::in_tuning(target, tuning).map_err(Failure::wrong_chord)?;
    match asked.chord.filter(|_| asked.target.voicings.is_empty()) {
        Some(chord) => Err(Failure::no_shape(chord)),
        None => Ok(asked),
    }
}

/// The ears of a recipe; a silent witness is a warning, hearing goes on.
pub(crate) fn ear(recipe: &Recipe) -> Ear {
    told(recipe.ear())
}

fn fingerprint(path: &Path) -> Result<GuitarPrint, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))?;
    serde_json::from_str(&text).map_err(|error| {
        let what = path.display().to_string();
        Failure::file(path, &PortError::Damaged { what, why: error.to_string() })
    })
}

fn told((ear, missing): (Ear, Option<PortError>)) -> Ear {
    missing.iter().for_each(without_witness);
    ear
}

/// Why listening to a recording stopped early.
pub(crate) enum Stopped {
    Source(pipeline::ports::PortError),
    Output(Failure),
}

impl Stopped {
    pub(crate) fn for_file(self, path: &std::path::Path) -> Failure {
        match self {
            Self::Source(error) => Failure::file(path, &error),
            Self::Output(failure) => failure,
        }
    }
}

/// Plays a whole recording to the ear.
pub(crate) fn each_sensed(
    source: &mut dyn AudioSource,
    ear: &mut Ear,
    on: &mut dyn FnMut(&Sensed, Duration) -> Result<(), Failure>,
) -> Result<(), Stopped> {
    let mut pass_on = |sensed: Vec<Sensed>, now| {
        sensed.iter().try_for_each(|s| on(s, now)).map_err(Stopped::Output)
    };
    loop {
        match source.read(Duration::ZERO).map_err(Stopped::Source)? {
            Capture::Chunk(chunk) => pass_on(ear.hear(&chunk), ear.now())?,
            Capture::Idle => {}
            Capture::Ended => break,
        }
    }
    pass_on(ear.finish(), ear.now())
}

/// A strum as machines read it.
#[derive(Serialize)]
pub(crate) struct StrumLine {
    at: f64,
    verdict_at: f64,
    chord: String,
    chord_confidence: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    voicing: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ask_string: Option<u8>,
    strings: Vec<StringLine>,
}

#[derive(Serialize)]
struct StringLine {
    string: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<bool>,
    #[serde(flatten)]
    state: audio::StringState,
    confidence: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    cents: Option<f32>,
}

impl StrumLine {
    pub(crate) fn of(strum: &Strum, strict: bool) -> Self {
        let verdict = strum.verdict.map(|verdict| match verdict {
            Verdict::Right => ("right", None),
            Verdict::Fault => ("fault", None),
            Verdict::Unsure { ask } => ("unsure", ask),
        });
        Self {
            at: seconds(strum.at),
            verdict_at: seconds(strum.verdict_at),
            chord: strum.chord.map_or("N".to_owned(), |estimate| estimate.chord.to_string()),
            chord_confidence: strum.chord.map_or(0.0, |estimate| estimate.confidence),
            voicing: strum.voicing.map(|voicing| voicing.to_string()),
            verdict: verdict.map(|(name, _)| name),
            accepted: strict.then_some(strum.verdict == Some(Verdict::Right)),
            ask_string: verdict.and_then(|(_, ask)| ask).map(|string| string.number()),
            strings: strum.strings.iter().map(|s| StringLine::of(s, strict)).collect(),
        }
    }
}

impl StringLine {
    fn of(verdict: &StringVerdict, strict: bool) -> Self {
        Self {
            string: verdict.string.number(),
            asked: strict.then_some(verdict.asked),
            state: verdict.state,
            confidence: verdict.confidence,
            cents: verdict.cents,
        }
    }
}

/// A strum for people: time, chord, verdict where something was asked (with the string to play
/// alone), then the strings from thick to thin; of a string that was played by itself that one.
/// Without `asks` no string is asked for alone.
pub(crate) fn strum_text(strum: &Strum, asks: bool) -> String {
    let chord = strum.chord.map_or("?".to_owned(), |estimate| estimate.chord.name());
    let strings: Vec<String> = strum
        .strings
        .iter()
        .filter(|s| strum.picked.is_none_or(|picked| s.string == picked))
        .map(|s| {
            let word = hebrew::string_state_word(s.state, s.asked, false);
            format!("{} {word}", hebrew::string_label(s.string))
        })
        .collect();
    let at = hebrew::isolate(&format!("{:.2}", seconds(strum.at)));
    if strum.picked.is_some() {
        return format!("{at}  {}", strings.join(" · "));
    }
    let verdict =
        strum.verdict.map_or_else(String::new, |v| format!("  {}", verdict_text(v, asks)));
    format!("{at}  {}{verdict}  {}", hebrew::isolate(&chord), strings.join(" · "))
}

fn verdict_text(verdict: Verdict, asks: bool) -> String {
    let word = hebrew::verdict_word(verdict);
    match verdict {
        Verdict::Unsure { ask: Some(string) } if asks => {
            format!("{word}, כדאי לפרוט רק את מיתר {}", hebrew::string_label(string))
        }
        _ => word.to_owned(),
    }
}

pub(crate) fn seconds(at: Duration) -> f64 {
    (at.as_secs_f64() * 1e6).round() / 1e6
}
