//! What the tuner has heard so far, told while it is heard and summed up at the end.

use std::collections::BTreeMap;
use std::time::Duration;

use audio::{
    AudioChunk, GuitarPrint, Intonation, IntonationCheck, SensingProblem, Tuner, TunerHint,
    TunerReading, is_twelfth_fret,
};
use theory::StringNumber;
use tutor::{Address, hebrew, intonation_words, nothing_to_tune};

use super::lines::{IntonationLine, PitchLine, TunedLine, word};
use crate::commands::hear::seconds;
use crate::commands::sensing::SensingLine;
use crate::failure::Failure;
use crate::output::Output;

/// How much of a note is heard out after its string is in tune: a portrait takes 0.4 s.
const LAST_NOTE: Duration = Duration::from_secs(1);

/// What was heard so far.
#[derive(Default)]
pub(super) struct Sheet {
    readings: BTreeMap<StringNumber, Vec<TunerReading>>,
    /// String and hint that people were told last.
    told: Option<(StringNumber, Option<TunerHint>)>,
    print: GuitarPrint,
    intonation: Option<Comparison>,
    loudest: f32,
    end: Duration,
    /// The strings that are to be tuned, and since when they all are.
    wanted: Vec<StringNumber>,
    in_tune_since: Option<Duration>,
}

/// Twelfth frets beside their open strings.
#[derive(Default)]
struct Comparison {
    check: IntonationCheck,
    /// The last reading of an open string.
    open: Option<TunerReading>,
}

impl Comparison {
    /// The reading as one of the twelfth fret of the string that was open before it, in cents above
    /// the octave of what that string should be; none for an open string.
    fn twelfth(&mut self, reading: &TunerReading) -> Option<TunerReading> {
        if let Some(open) = self.open.filter(|open| is_twelfth_fret(open.hz, reading.hz)) {
            let octave = 1200.0 * (reading.hz / (2.0 * open.hz)).log2();
            let cents = open.cents + octave;
            return Some(TunerReading { string: open.string, cents, hint: None, ..*reading });
        }
        if reading.hint.is_some() {
            self.open = Some(*reading);
        }
        None
    }
}

impl Sheet {
    pub(super) fn new(wanted: &[StringNumber], intonation: bool) -> Self {
        let intonation = intonation.then(Comparison::default);
        Self { wanted: wanted.to_vec(), intonation, ..Self::default() }
    }

    /// What was learnt of the open strings.
    pub(super) fn print(&self) -> &GuitarPrint {
        &self.print
    }

    pub(super) fn hear(
        &mut self,
        tuner: &mut Tuner,
        chunk: &AudioChunk,
        output: &mut Output,
    ) -> Result<(), Failure> {
        self.loudest = chunk.samples.iter().fold(self.loudest, |m, s| m.max(s.abs()));
        let seconds = chunk.samples.len() as f64 / f64::from(chunk.rate);
        self.end = chunk.at + Duration::from_secs_f64(seconds);
        self.take(tuner.hear(chunk), output)?;
        let since = self.in_tune_since.unwrap_or(self.end);
        self.in_tune_since = self.in_tune().then_some(since);
        self.learn(tuner, output)
    }

    /// The sound is over: the note that was still ringing tells of the guitar, too.
    pub(super) fn close(&mut self, tuner: &mut Tuner, output: &mut Output) -> Result<(), Failure> {
        tuner.finish();
        self.learn(tuner, output)
    }

    /// What the notes that have ended tell of the guitar.
    fn learn(&mut self, tuner: &mut Tuner, output: &mut Output) -> Result<(), Failure> {
        for note in tuner.portraits() {
            self.print.learn(&note);
            let compared = self.intonation.as_mut().and_then(|it| it.check.hear(&note));
            if let Some(found) = compared {
                let line = IntonationLine::of(&found, note.at);
                output.line("intonation", &line, || intonation_text(&found, note.at))?;
            }
        }
        Ok(())
    }

    fn take(&mut self, readings: Vec<TunerReading>, output: &mut Output) -> Result<(), Failure> {
        for reading in readings {
            // A twelfth fret tells of the guitar's set-up: there is no peg to turn for it.
            let twelfth = self.intonation.as_mut().and_then(|it| it.twelfth(&reading));
            if let Some(twelfth) = twelfth {
                output.silent_line("pitch", &PitchLine::at_the_twelfth(&twelfth))?;
                continue;
            }
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

    /// Whether every string is in tune, and the last one has been heard for long enough to be
    /// remembered.
    pub(super) fn is_tuned(&self) -> bool {
        self.in_tune_since.is_some_and(|since| self.end >= since + LAST_NOTE)
    }

    /// Whether the last that was steadily heard of each string is in tune.
    fn in_tune(&self) -> bool {
        self.wanted.iter().all(|string| {
            self.readings
                .get(string)
                .and_then(|readings| readings.iter().rev().find(|reading| reading.steady))
                .is_some_and(|reading| reading.hint == Some(TunerHint::InTune))
        })
    }

    pub(super) fn summary(&self, output: &mut Output) -> Result<(), Failure> {
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
            let line = SensingLine::of(SensingProblem::Silence, self.end);
            output.silent_line("sensing", &line)?;
        }
        output.text(&nothing_to_tune(silent, Address::Neutral).display())
    }
}

/// Peak under which a recording is silent (−60 dB full scale).
const SILENT: f32 = 1e-3;

/// What has no hint and lies outside these cents is no string of this tuning.
const STRINGS: std::ops::RangeInclusive<f32> = -1200.0..=500.0;

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
    let near = STRINGS.contains(&reading.cents);
    let far = if near { "לא בטוח" } else { "רחוק מכל מיתר" };
    let hint = reading.hint.map_or(far, hebrew::tuner_hint_word);
    format!("{at}  מיתר {string}  {cents} סנט  {hint}")
}

fn intonation_text(found: &Intonation, at: Duration) -> String {
    let at = hebrew::isolate(&format!("{:.2}", seconds(at)));
    let words = intonation_words(found, Address::Neutral).swap_remove(0).display();
    format!("{at}  {words}")
}
