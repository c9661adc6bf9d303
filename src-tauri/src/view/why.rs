//! What «why?» shows of the last judged strum.

use audio::{Rang, StringTrace, TraceSource};
use host::Evidence;
use serde::Serialize;
use specta::Type;
use theory::StringNumber;
use tutor::{Feedback, LessonEvent, Press, hebrew};

/// The evidence behind the last verdict.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EvidenceView {
    /// Seconds since the lesson began at which the strum did.
    at: f64,
    /// String 6 first; empty where its sound was never there.
    strips: Vec<StripView>,
    /// Whether its sound can still be played.
    sound: bool,
    /// Strings with which ringing it can be played.
    mendable: Vec<u8>,
    /// The finger that was named as the cause: «הקמיצה».
    cause: Option<String>,
    /// Fingers that were seen; null while the camera is off.
    seen: Option<Vec<SeenView>>,
}

/// A second of one string.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StripView {
    string: u8,
    /// Amplitude every hundredth of a second, 0–100 on one scale for all strings.
    levels: Vec<u8>,
    /// Whether it is not heard apart from the others: the levels are those of all of them.
    together: bool,
    /// Seconds that it rang; null where that cannot be told.
    rang: Option<f64>,
    /// Whether it still rang when the sound ended.
    still: bool,
}

/// A finger that was seen.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SeenView {
    /// «הקמיצה»
    finger: String,
    string: u8,
    fret: u8,
    /// Strings that it touches besides.
    touches: Vec<u8>,
}

impl From<Evidence> for EvidenceView {
    fn from(evidence: Evidence) -> Self {
        // Of a string that was played by itself the sound tells that one.
        let told = |trace: &&StringTrace| evidence.strum.picked.is_none_or(|it| it == trace.string);
        let strips = evidence.traces.iter().flatten().filter(told).map(StripView::from).collect();
        Self {
            at: evidence.strum.at.as_secs_f64(),
            strips,
            sound: evidence.sound,
            mendable: evidence.mendable.into_iter().map(StringNumber::number).collect(),
            cause: evidence.said.as_ref().and_then(Feedback::cause).map(str::to_owned),
            seen: evidence.event.as_ref().and_then(seen),
        }
    }
}

impl From<&StringTrace> for StripView {
    fn from(trace: &StringTrace) -> Self {
        let hundredths = |level: &f32| (level * 100.0).round().clamp(0.0, 100.0) as u8;
        let (rang, still) = match trace.rang {
            Rang::For(seconds) => (Some(f64::from(seconds)), false),
            Rang::Beyond(seconds) => (Some(f64::from(seconds)), true),
            Rang::Untold => (None, false),
        };
        Self {
            string: trace.string.number(),
            levels: trace.levels.iter().map(hundredths).collect(),
            together: trace.source == TraceSource::Together,
            rang,
            still,
        }
    }
}

/// What the camera saw; none where it saw nothing of this strum.
fn seen(event: &LessonEvent) -> Option<Vec<SeenView>> {
    let view = |press: &Press| SeenView {
        finger: hebrew::finger_name(press.finger).to_owned(),
        string: press.string.number(),
        fret: press.fret,
        touches: press.touches.iter().map(|string| string.number()).collect(),
    };
    (!event.presses.is_empty()).then(|| event.presses.iter().map(view).collect())
}
