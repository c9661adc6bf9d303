use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use audio::{
    AudioChunk, GuitarPrint, Intonation, IntonationCheck, IntonationVerdict, SensingProblem, Tuner,
    TunerConfig, TunerHint, TunerReading,
};
use host::{GuitarTuning, Recording};
use pipeline::ports::{AudioSource, Capture, PortError};
use serde::Serialize;
use theory::StringNumber;
use tutor::{Address, hebrew, intonation_words, nothing_to_tune, trouble_words};

use super::hear::seconds;
use crate::args::Tune;
use crate::failure::Failure;
use crate::output::Output;

/// How long one read of the microphone waits.
const WAIT: Duration = Duration::from_millis(100);

pub(crate) fn run(args: &Tune, output: &mut Output) -> Result<(), Failure> {
    let GuitarTuning { tuning, a4 } = guitar(args, output)?;
    let mut tuner = Tuner::new(TunerConfig { tuning, a4 });
    tuner.aim(args.string.map(StringNumber::new).transpose().map_err(Failure::wrong_argument)?);
    let mut sheet =
        Sheet { intonation: args.intonation.then(IntonationCheck::default), ..Sheet::default() };
    match &args.file {
        Some(path) => recording(path, &mut tuner, &mut sheet, output)?,
        None => microphone(args.device.clone(), &mut tuner, &mut sheet, output)?,
    }
    sheet.summary(output)?;
    args.print.as_deref().map_or(Ok(()), |path| write_print(path, &sheet.print))
}

fn write_print(path: &Path, print: &GuitarPrint) -> Result<(), Failure> {
    let json = serde_json::to_string_pretty(print).map_err(Failure::internal)?;
    fs::write(path, json + "\n").map_err(|error| Failure::unwritable(path, &error))
}

/// What the guitar is tuned to. The microphone hears the student's own: what is named is kept for
/// the lessons, what is not is as it was kept.
fn guitar(args: &Tune, output: &mut Output) -> Result<GuitarTuning, Failure> {
    if args.file.is_some() {
        return args.tuned.of_a_recording();
    }
    let (guitar, trouble) = args.tuned.own()?;
    let words = trouble.and_then(|it| trouble_words(&it, Address::Neutral, Duration::ZERO));
    words.map_or(Ok(()), |words| output.text(&words.display()))?;
    if args.tuned.is_named()
        && let Err(error) = host::keep_own_tuning(&guitar)
    {
        tracing::warn!(%error, "how the guitar is tuned cannot be kept");
    }
    Ok(guitar)
}

fn recording(
    path: &Path,
    tuner: &mut Tuner,
    sheet: &mut Sheet,
    output: &mut Output,
) -> Result<(), Failure> {
    let failed = |error: PortError| Failure::file(path, &error);
    let mut recording = Recording::open(path).map_err(failed)?;
    loop {
        match recording.read(Duration::ZERO).map_err(failed)? {
            Capture::Chunk(chunk) => sheet.hear(tuner, &chunk, output)?,
            Capture::Idle => {}
            Capture::Ended => break,
        }
    }
    let last = tuner.finish();
    sheet.take(last, output)?;
    sheet.learn(tuner, output)
}

/// Ends when every string is in tune.
fn microphone(
    device: Option<String>,
    tuner: &mut Tuner,
    sheet: &mut Sheet,
    output: &mut Output,
) -> Result<(), Failure> {
    if host::input_devices().is_empty() {
        return Err(Failure::no_microphone());
    }
    let mut microphone = host::microphone(device);
    let mut opened = false;
    while !sheet.all_in_tune() {
        match microphone.read(WAIT) {
            Ok(Capture::Chunk(chunk)) => {
                opened = true;
                sheet.hear(tuner, &chunk, output)?;
            }
            Ok(Capture::Idle) => {}
            Ok(Capture::Ended) => break,
            // One that is taken away comes back by itself; one that never came does not.
            Err(_) if !opened => return Err(Failure::no_microphone()),
            Err(_) => std::thread::sleep(WAIT),
        }
    }
    Ok(())
}

/// A reading as CLI.md wants it.
#[derive(Serialize)]
struct PitchLine {
    at: f64,
    hz: f32,
    string: u8,
    cents: f32,
    confidence: f32,
    steady: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'static str>,
    /// The string that was heard instead of the aimed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    meant: Option<u8>,
}

impl PitchLine {
    fn of(reading: &TunerReading) -> Self {
        let meant = match reading.hint {
            Some(TunerHint::WrongString { string }) => Some(string.number()),
            _ => None,
        };
        Self {
            at: seconds(reading.at),
            hz: reading.hz,
            string: reading.string.number(),
            cents: reading.cents,
            confidence: reading.confidence,
            steady: reading.steady,
            hint: reading.hint.map(word),
            meant,
        }
    }
}

fn word(hint: TunerHint) -> &'static str {
    match hint {
        TunerHint::Tighten => "tighten",
        TunerHint::Loosen => "loosen",
        TunerHint::InTune => "in_tune",
        TunerHint::OctaveHigh => "octave_high",
        TunerHint::OctaveLow => "octave_low",
        TunerHint::WrongString { .. } => "wrong_string",
    }
}

/// A string at the end: the median over its steady readings, or over all if none was steady.
#[derive(Serialize)]
struct TunedLine {
    string: u8,
    hz: f32,
    cents: f32,
    readings: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'static str>,
}

/// A twelfth fret beside its open string.
#[derive(Serialize)]
struct IntonationLine {
    at: f64,
    string: u8,
    open_hz: f32,
    hz: f32,
    /// Above the stretched octave of the open string.
    cents: f32,
    confidence: f32,
    verdict: IntonationVerdict,
}

impl IntonationLine {
    fn of(found: &Intonation, at: Duration) -> Self {
        Self {
            at: seconds(at),
            string: found.string.number(),
            open_hz: found.open_hz,
            hz: found.octave_hz,
            cents: found.cents,
            confidence: found.confidence,
            verdict: found.verdict,
        }
    }
}

#[derive(Serialize)]
struct SensingLine {
    at: f64,
    #[serde(flatten)]
    problem: SensingProblem,
}

/// What was heard so far.
#[derive(Default)]
struct Sheet {
    readings: BTreeMap<StringNumber, Vec<TunerReading>>,
    /// String and hint that people were told last.
    told: Option<(StringNumber, Option<TunerHint>)>,
    print: GuitarPrint,
    intonation: Option<IntonationCheck>,
    loudest: f32,
    end: f64,
}

impl Sheet {
    fn hear(
        &mut self,
        tuner: &mut Tuner,
        chunk: &AudioChunk,
        output: &mut Output,
    ) -> Result<(), Failure> {
        self.loudest = chunk.samples.iter().fold(self.loudest, |m, s| m.max(s.abs()));
        self.end = chunk.at.as_secs_f64() + chunk.samples.len() as f64 / f64::from(chunk.rate);
        self.take(tuner.hear(chunk), output)?;
        self.learn(tuner, output)
    }

    /// What the notes that have ended tell of the guitar.
    fn learn(&mut self, tuner: &mut Tuner, output: &mut Output) -> Result<(), Failure> {
        for note in tuner.portraits() {
            self.print.learn(&note);
            let compared = self.intonation.as_mut().and_then(|check| check.hear(&note));
            if let Some(found) = compared {
                let line = IntonationLine::of(&found, note.at);
                output.line("intonation", &line, || intonation_text(&found, note.at))?;
            }
        }
        Ok(())
    }

    fn take(&mut self, readings: Vec<TunerReading>, output: &mut Output) -> Result<(), Failure> {
        for reading in readings {
            output.silent_line("pitch", &PitchLine::of(&reading))?;
            let news = (reading.string, reading.hint);
            if reading.steady && self.told != Some(news) {
                self.told = Some(news);
                output.text(&reading_text(&reading))?;
            }
            self.readings.entry(reading.string).or_default().push(reading);
        }
        Ok(())
    }

    fn all_in_tune(&self) -> bool {
        StringNumber::THICK_TO_THIN.iter().all(|string| {
            self.readings
                .get(string)
                .and_then(|readings| readings.iter().rev().find(|reading| reading.steady))
                .is_some_and(|reading| reading.hint == Some(TunerHint::InTune))
        })
    }

    fn summary(&self, output: &mut Output) -> Result<(), Failure> {
        if self.readings.is_empty() {
            return self.nothing(output);
        }
        for readings in self.readings.values().rev() {
            let median = median(readings);
            let line = TunedLine {
                string: median.string.number(),
                hz: median.hz,
                cents: median.cents,
                readings: readings.len(),
                hint: median.hint.map(word),
            };
            output.line("tuned", &line, || reading_text(&median))?;
        }
        Ok(())
    }

    fn nothing(&self, output: &mut Output) -> Result<(), Failure> {
        let silent = self.loudest < SILENT;
        if silent {
            let line = SensingLine { at: self.end, problem: SensingProblem::Silence };
            output.silent_line("sensing", &line)?;
        }
        output.text(&nothing_to_tune(silent, Address::Neutral).display())
    }
}

/// Peak under which a recording is silent (−60 dB full scale).
const SILENT: f32 = 1e-3;

/// The reading in the middle of a string's steady ones, or of all if none was steady.
fn median(readings: &[TunerReading]) -> TunerReading {
    let steady: Vec<TunerReading> = readings.iter().filter(|r| r.steady).copied().collect();
    let mut sorted = if steady.is_empty() { readings.to_vec() } else { steady };
    sorted.sort_by(|a, b| a.cents.total_cmp(&b.cents));
    sorted[sorted.len() / 2]
}

fn reading_text(reading: &TunerReading) -> String {
    let at = hebrew::isolate(&format!("{:.2}", seconds(reading.at)));
    let cents = hebrew::isolate(&format!("{:+.1}", reading.cents));
    let string = hebrew::string_label(reading.string);
    let hint = reading.hint.map_or("לא בטוח", hebrew::tuner_hint_word);
    format!("{at}  מיתר {string}  {cents} סנט  {hint}")
}

fn intonation_text(found: &Intonation, at: Duration) -> String {
    let at = hebrew::isolate(&format!("{:.2}", seconds(at)));
    let words = intonation_words(found, Address::Neutral).swap_remove(0).display();
    format!("{at}  {words}")
}
