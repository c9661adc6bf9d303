//! Sentences for what fails outside a lesson: one home for the command line and the app.

use theory::{Chord, PitchClass, Quality};

use crate::diagnosis::facts::Slots;
use crate::diagnosis::{phrase, table};
use crate::{Address, Phrase};

macro_rules! codes {
    ($($variant:ident = $key:literal, $what:literal;)*) => {
        /// Something that went wrong and that a student must be told.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum ErrorCode { $(#[doc = $what] $variant,)* }

        impl ErrorCode {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable name: `file_missing`.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }
        }
    };
}

codes! {
    FileMissing = "file_missing", "No such file.";
    FileUnreadable = "file_unreadable", "The file may not be read.";
    FileUnwritable = "file_unwritable", "The file cannot be written.";
    FileExists = "file_exists", "A file that would be replaced, with something in it.";
    FileIsFolder = "file_is_folder", "A folder where a file is wanted.";
    FolderIsFile = "folder_is_file", "A file where a folder is wanted.";
    FileEmpty = "file_empty", "A recording of 0 bytes, or without sound.";
    TextFileEmpty = "text_file_empty", "Another file of 0 bytes.";
    FileDamaged = "file_damaged", "A file cut short or broken.";
    FileUnknown = "file_unknown", "Not a sound file of a known kind.";
    InputTooLong = "input_too_long", "A recording longer than an engine takes at once.";
    InputRefused = "input_refused", "An engine that works cannot do this with this input.";
    ModelMissing = "model_missing", "A model file is not there.";
    ModelDamaged = "model_damaged", "A model file has another hash than the catalogue says.";
    MicrophoneMissing = "microphone_missing", "No microphone.";
    MicrophoneLost = "microphone_lost", "The microphone was taken away.";
    MicrophoneUnknown = "microphone_unknown", "No microphone of that name.";
    WitnessMissing = "witness_missing", "The net that hears along is not there; hearing goes on.";
    EngineUnknown = "engine_unknown", "No engine of that name.";
    EngineMissing = "engine_missing", "An engine program is not there.";
    EngineRestarting = "engine_restarting", "An engine stopped and is being restarted.";
    DiskFull = "disk_full", "No space left.";
    ChordUnknown = "chord_unknown", "Not a chord name.";
    VoicingUnknown = "voicing_unknown", "A chord without a known shape, and no voicing given.";
    TuningUnknown = "tuning_unknown", "Neither a known tuning nor six notes.";
    ReferenceUnknown = "reference_unknown", "A4 where no guitar is tuned to.";
    StringUnknown = "string_unknown", "Not one of the six strings.";
    PatternUnknown = "pattern_unknown", "A strumming pattern with other signs than strokes and rests.";
    ChangesUnknown = "changes_unknown", "Not two different chords to change between.";
    SongUnknown = "song_unknown", "No song of that id.";
    SongBuiltIn = "song_built_in", "A song of the book, which cannot be removed.";
    SectionUnknown = "section_unknown", "No such section of the song.";
    StepUnknown = "step_unknown", "No step and no chapter of that id.";
    DayUnknown = "day_unknown", "Not a date.";
    CommandUnknown = "command_unknown", "A command that does not exist.";
    OptionUnknown = "option_unknown", "An option that does not exist, or an argument too many.";
    ValueUnknown = "value_unknown", "A value that an option does not take.";
    PartMissing = "part_missing", "A command that lacks an argument.";
    PartsClash = "parts_clash", "Arguments that exclude each other.";
    TextEmpty = "text_empty", "Nothing to say aloud.";
    TextForeign = "text_foreign", "A text that is not Hebrew throughout.";
    VoiceUnknown = "voice_unknown", "No voice of that name.";
    EventInvalid = "event_invalid", "A lesson event or a recording of observations is nonsense.";
    VoiceMissing = "voice_missing", "No voice that can speak Hebrew.";
    LoudspeakerMissing = "loudspeaker_missing", "No loudspeaker.";
    QuestionEmpty = "question_empty", "A question without a word in it.";
    StyleUnknown = "style_unknown", "No teaching style of that name, and no file.";
    StyleInvalid = "style_invalid", "A style file with a line that makes no sense.";
    ProgressBusy = "progress_busy", "Another Prita keeps this progress.";
    ProgressFull = "progress_full", "No space left for progress; what was kept is there.";
    ProgressDamaged = "progress_damaged", "Kept progress is damaged, and another program has to recover it.";
    ProgressNewer = "progress_newer", "Progress that a newer Prita has written.";
    ImportForeign = "import_foreign", "Not a file of progress.";
    ImportChanged = "import_changed", "A file of progress that is cut short or changed.";
    StudentUnknown = "student_unknown", "Nobody of this name plays here.";
    StudentTaken = "student_taken", "Somebody of this name plays here already.";
    StudentUnnamed = "student_unnamed", "Several play here, and nobody was named.";
    NotConfirmed = "not_confirmed", "Deleting was not confirmed.";
    Unexpected = "unexpected", "Anything else.";
}

/// What happened and the way out: two sentences in one phrase, neutral address.
#[must_use]
pub fn error_text(code: ErrorCode) -> Phrase {
    let example = Chord::new(PitchClass(4), Quality::Min);
    let slots = Slots { chord: Some(example), ..Slots::default() };
    table::records(include_str!("../data/errors.csv"))
        .find_map(|fields| match fields[..] {
            [key, what, way_out] if key == code.key() => {
                phrase(&format!("{what} {way_out}"), &slots, Address::Neutral)
            }
            _ => None,
        })
        .unwrap_or_else(|| Phrase {
            display: String::new(),
            speech: String::new(),
            ipa: String::new(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hebrew::pronounce;

    #[test]
    fn every_code_has_two_sentences_that_can_be_spoken() {
        for code in ErrorCode::ALL {
            let phrase = error_text(*code);
            let sentences = phrase.speech.matches(['.', '?']).count();
            assert_eq!(sentences, 2, "{code:?}: {}", phrase.speech);
            assert_eq!(pronounce(&phrase.speech).guessed, Vec::<String>::new(), "{code:?}");
            assert!(!phrase.speech.chars().any(|c| c.is_ascii_alphanumeric()), "{code:?}");
        }
        assert_eq!(
            table::records(include_str!("../data/errors.csv")).count(),
            ErrorCode::ALL.len()
        );
    }

    #[test]
    fn the_example_chord_is_isolated() {
        assert!(error_text(ErrorCode::ChordUnknown).display.contains("\u{2066}Em\u{2069}"));
        assert!(error_text(ErrorCode::ChordUnknown).speech.contains("מי מינור"));
    }
}
