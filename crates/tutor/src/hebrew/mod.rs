//! Hebrew: names of strings, fingers, frets, notes, chords and days, isolation of Latin tokens, and how
//! words sound.
//!
//! Nothing here decides what to say; that is the diagnosis table's work.

mod calendar;
mod isolate;
mod lexicon;
mod named;
mod names;
mod spelling;

pub use calendar::date_name;
pub use isolate::{ISOLATE_END, ISOLATE_START, isolate, without_isolates};
pub use lexicon::{Pronunciation, SpeechTextError, lexicon_len, phrase_of_text, pronounce};
pub use names::{
    all_asked_strings, chord_letter_name, chord_name, feminine, finger_name, flat_note_name,
    fret_count, fret_ordinal, letter_name, note_name, quality_name, string_label, string_ordinal,
    string_state_word, strum_way, times, tuned, tuner_hint_word, verdict_word,
};
