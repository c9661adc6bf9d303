use std::path::Path;

use audio::Segment;
use serde::Serialize;
use tutor::hebrew;

use super::hear::seconds;
use super::notes::roll;
use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct SegmentLine {
    at: f64,
    until: f64,
    chord: String,
    confidence: f32,
}

pub(crate) fn run(file: &Path, witness: bool, output: &mut Output) -> Result<(), Failure> {
    let take = host::take(file).map_err(|error| Failure::file(file, &error))?;
    let segments = audio::chords(&take, roll(&take, witness).as_ref());
    if segments.iter().all(|segment| segment.chord.is_none()) {
        output.text("לא נשמע אף אקורד.")?;
    }
    segments.iter().try_for_each(|segment| {
        output.line("segment", &SegmentLine::from(segment), || text(segment))
    })
}

impl From<&Segment> for SegmentLine {
    fn from(segment: &Segment) -> Self {
        Self {
            at: seconds(segment.at),
            until: seconds(segment.until),
            chord: segment.chord.map_or("N".to_owned(), |chord| chord.to_string()),
            confidence: segment.confidence,
        }
    }
}

fn text(segment: &Segment) -> String {
    let span = format!("{:.2}–{:.2}", seconds(segment.at), seconds(segment.until));
    let chord = segment.chord.map_or("–".to_owned(), |chord| chord.name());
    format!("{}  {}", hebrew::isolate(&span), hebrew::isolate(&chord))
}
