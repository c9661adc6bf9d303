//! Puts a lesson together from its parts, once, for the window and the command line alike.
//!
//! Knows which adapter stands behind which port and where the files lie; holds no lesson logic
//! and no screen.

mod asked;
mod ears;
mod guitars;
mod household;
mod kept;
mod learner;
mod lesson;
mod logbook;
mod memory;
mod own;
mod places;
mod recent;
mod songs;
mod take;
mod tuning;
mod voices;
mod why;
mod witness;

pub use asked::Asked;
pub use ears::microphone;
pub use engines::microphone::{InputDevice, input_devices};
pub use engines::onnx::forbid_telemetry;
pub use engines::wave::wave;
pub use guitars::{GuitarShelf, MY_GUITAR};
pub use household::{Household, forget_last};
pub use kept::Takes;
pub use learner::Learner;
pub use lesson::{KeepError, Live, Recipe, Source};
pub use logbook::{Logbook, Player, logged};
pub use memory::{ME, journal_code, notice_text, now, portable_code, progress_folder};
pub use own::{GuitarTuning, REFERENCES, TuningError, keep_own_tuning, own_tuning};
pub use places::demo_recording;
pub use recent::Keeping;
pub use songs::{SongFileError, SongShelf, song_of_file};
pub use take::{roll, roll_by, take};
pub use tuning::{begin_check, begin_tuning};
pub use voices::{SPEECH_RATE, loudspeaker, transcriber, voice, voices};
pub use why::Evidence;
pub use witness::{pitch_witness, witness_files};

/// Opens a recording to be read as fast as it is asked for.
pub use engines::recording::Recording;
