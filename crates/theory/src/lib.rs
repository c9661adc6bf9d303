//! The music Prita reasons about: pitch, chord, tuning, voicing, fingering.
//!
//! Pure values: no clock, file, thread or sound. What a string *did* belongs to `audio`, what to
//! say about it to `tutor`.

mod chord;
mod error;
mod naming;
mod pitch;
mod shape;
mod string;
mod tuning;
mod usual;
mod voicing;

pub use chord::{Chord, Quality};
pub use error::TheoryError;
pub use naming::chord_of;
pub use pitch::{Pitch, PitchClass};
pub use shape::{BEGINNER_SHAPES, Finger, Shape};
pub use string::StringNumber;
pub use tuning::Tuning;
pub use usual::{holds_in, sounds, usual_voicings, usual_voicings_in};
pub use voicing::Voicing;
