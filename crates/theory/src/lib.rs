//! The music Prita reasons about: from a note's spelling to the fingers of a chord and the key that
//! makes a song easy.
//!
//! Sound and spelling are kept apart: [`PitchClass`], [`Pitch`] and [`Chord`] are what rings;
//! [`Note`], [`Interval`] and [`ChordSymbol`] are what is written. A guitar knows the former, a song
//! sheet, a [`Key`], a [`Scale`] and a [`Roman`] numeral the latter. On the neck, a [`Voicing`] says
//! where, a [`Fingering`] by which finger, a [`Difficulty`] how hard. [`Meter`] and [`StrumPattern`]
//! are the playing hand's.
//!
//! Pure values: no clock, file, thread or sound. What a string *did* belongs to `audio`, what to
//! say about it to `tutor`. `tests/music21.rs` compares spelling, naming and keys with music21.

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
mod strums;
mod symbol;
mod text;
mod tuning;
mod usual;
mod voicing;
mod voicings;

pub use chord::Chord;
pub use curated::{curated_shapes, every_curated_shape, name_of};
pub use easy::{EasyKey, Wish, easy_keys, first_voicing, moved_song};
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
pub use strums::{CourseStrum, STRUM_COURSE};
pub use symbol::{ChordSymbol, Reading};
pub use tuning::Tuning;
pub use usual::{holds_in, sounds, usual_voicings, usual_voicings_in};
pub use voicing::Voicing;
pub use voicings::{Fingered, voicings_of};
