//! Ears: from samples to onsets, notes, chords and the state of each string.
//!
//! Pure: samples in, [`Heard`] out; no clock, file, thread or model. The neural witness is split
//! round this crate: [`Heard::Witness`] says which window it should look at, the caller asks it
//! and hands the answer to [`Listener::answer`]. What to *say* about a string belongs to `tutor`.

mod alone;
mod cancel;
mod choice;
mod chord_model;
mod chords;
mod chunk;
mod click;
mod conclude;
mod config;
mod direction;
mod evidence;
mod explain;
mod fingering;
mod gate;
mod glide;
mod group;
mod heard;
mod history;
mod impair;
mod instrument;
mod intonation;
mod judge;
mod known;
mod listener;
mod look;
mod meter;
mod moments;
mod net;
mod note_model;
mod novelty;
mod onset;
mod opinion;
mod pitch;
mod pluck;
mod print;
mod recall;
mod resample;
mod rhythm;
mod roll;
mod salience;
/// Seconds as floating point on the wire, [`std::time::Duration`] in memory.
pub mod seconds;
mod segments;
mod sensing;
mod settle;
mod spectrum;
mod stiff;
mod stream;
mod strokes;
mod take;
mod transcribe;
mod trust;
mod tuned;
mod tuner;
mod verdict;
mod voice;
mod witness;

pub use cancel::Canceller;
pub use chords::chord_numbers;
pub use chunk::AudioChunk;
pub use config::{ListenerConfig, Target};
pub use direction::Direction;
pub use heard::{ChordEstimate, Envelope, Heard, NoteEvent, Onset};
pub use intonation::{Intonation, IntonationCheck, IntonationVerdict, is_twelfth_fret};
pub use listener::Listener;
pub use look::{StringStudy, StrumStudy};
pub use print::{GuitarPrint, PrintError, StringPrint};
pub use resample::{RATE, RATES, Resampler};
pub use rhythm::{Beat, Grid, Pattern, PatternError, Placed, Timing};
pub use roll::Roll;
pub use segments::{Segment, changes_per_minute, chords};
pub use sensing::{Instrument, SensingProblem};
pub use strokes::{Stroke, strokes};
pub use take::Take;
pub use transcribe::{PlayedNote, notes};
pub use trust::{Check, Trust};
pub use tuner::{Portrait, Tuner, TunerConfig, TunerHint, TunerReading};
pub use verdict::{Doubt, StringState, StringVerdict, Strum, Verdict};
pub use witness::{Posteriorgram, WitnessWindow};
