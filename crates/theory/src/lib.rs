//! The music Prita reasons about: pitch, chord, tuning, voicing, fingering.
//!
//! Pure values: no clock, file, thread or sound. What a string *did* belongs to `audio`, what to
//! say about it to `tutor`.

mod chord;
mod curated;
mod easy;
mod error;
mod fingering;
mod hebrew;
mod interval;
mod key;
mod meter;
mod naming;
mod note;
mod pitch;
mod quality;
mod roman;
mod scale;
mod shape;
mod string;
mod strum;
mod symbol;
mod tuning;
mod usual;
mod voicing;
mod voicings;

pub use chord::Chord;
pub use curated::{curated_shapes, every_curated_shape};
pub use easy::{EasyKey, Wish, easy_keys, first_voicing};
pub use error::TheoryError;
pub use fingering::{Barre, Difficulty, Fingering};
pub use interval::Interval;
pub use key::{Key, Mode};
pub use meter::{Accent, Meter};
pub use naming::{chord_of, symbol_of, symbols_of, symbols_of_pitches};
pub use note::{Letter, Note};
pub use pitch::{Pitch, PitchClass};
pub use quality::Quality;
pub use roman::{Roman, Target};
pub use scale::{Scale, ScaleKind};
pub use shape::{BEGINNER_SHAPES, Finger, Shape};
pub use string::StringNumber;
pub use strum::{Stroke, StrumPattern};
pub use symbol::{ChordSymbol, Reading};
pub use tuning::Tuning;
pub use usual::{holds_in, sounds, usual_voicings, usual_voicings_in};
pub use voicing::Voicing;
pub use voicings::{Fingered, voicings_of};
