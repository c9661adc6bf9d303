//! The conditions that evidence can show, by the names used in the tables.

use super::table::Condition;

macro_rules! conditions {
    ($($constant:ident = $key:literal, $what:literal;)*) => {
        $(#[doc = $what] pub(crate) const $constant: Condition = Condition($key);)*
        /// All of them.
        #[cfg(test)]
        pub(crate) const ALL: &[Condition] = &[$($constant),*];
    };
}

conditions! {
    OPEN_INSTEAD = "open_instead", "A fretted string sounds open.";
    FINGER_NEXT_STRING = "finger_next_string", "A finger presses the string beside its own.";
    FRET_OFF = "fret_off", "A fretted string is one or two semitones off.";
    SHAPE_SHIFTED = "shape_shifted", "All fretted strings are off by the same number of frets.";
    DEAD_OPEN_TOUCHED = "dead_open_touched", "An open string is dead and a finger was seen on it.";
    DEAD_FRETTED_FAR = "dead_fretted_far", "A fretted string is dead and its finger was seen far from the wire.";
    DEAD_OPEN_LIKELY = "dead_open_likely", "An open string is dead again and only one finger can touch it.";
    DEAD_OPEN = "dead_open", "An open string is dead.";
    DEAD_FRETTED = "dead_fretted", "A fretted string is dead; sound alone cannot tell why.";
    DEAD_UNKNOWN = "dead_unknown", "A string is dead and it is unknown what was asked of it.";
    EXTRA_TWO = "extra_two", "A low string sounds that must not, where two or more must not.";
    ALL_FLAT = "all_flat", "Every string is low by the same amount.";
    ALL_SHARP = "all_sharp", "Every string is high by the same amount.";
    STRING_FLAT = "string_flat", "One open string is low.";
    STRING_SHARP = "string_sharp", "One open string is high.";
    BUZZ_FRETTED_FAR = "buzz_fretted_far", "A fretted string buzzes and its finger was seen far from the wire.";
    BUZZ_FRETTED = "buzz_fretted", "A fretted string buzzes; sound alone cannot tell why.";
    BUZZ_OPEN = "buzz_open", "An open string buzzes.";
    THIRD_OPEN = "third_open", "Major for minor or the reverse: a string should be open.";
    THIRD_FRETTED = "third_fretted", "Major for minor or the reverse: a finger on another fret.";
    EXTRA_ONE = "extra_one", "The thick string sounds and must not.";
    THIN_MISSED = "thin_missed", "The thin strings were not reached.";
    PUSHED_SHARP = "pushed_sharp", "A fretted string is high while the open ones are in tune.";
    WRONG_FRETTED = "wrong_fretted", "A fretted string sounds another pitch that no single slip explains.";
    WRONG_OPEN = "wrong_open", "An open string sounds higher than it is.";
    OTHER_CHORD = "other_chord", "Another known chord explains everything heard.";
    EXTRA_INNER = "extra_inner", "A string sounds that must not, not at the thick end.";
    THICK_MISSED = "thick_missed", "The strum began after the first asked string.";
    INNER_MISSED = "inner_missed", "A string in the middle was not struck.";
    BARRE_EARLY = "barre_early", "A barre chord with hardly a ringing string, again and again.";
    UNSURE_STRING = "unsure_string", "Whether one string rang cannot be told.";
    UNSURE_CHORD = "unsure_chord", "What sounded cannot be told.";
    CHANGE_STRING = "change_string", "The same tip did not help: shrink the task to one string.";
    CHANGE_CHORD = "change_chord", "The same tip did not help: shrink the task to the thin strings.";
    MASTERED = "mastered", "Five clean strums in a row.";
    CLEAN = "clean", "All asked strings ring; how often before is unknown.";
    CLEAN_FIRST = "clean_first", "The first clean strum.";
    CLEAN_MORE = "clean_more", "Clean, and more than one is left.";
    CLEAN_ONE_MORE = "clean_one_more", "Clean, one is left.";
    CLEAN_ON = "clean_on", "Clean, after five.";
    REPAIRED = "repaired", "Clean after a fault of one string.";
    TUNER_FLAT_BIT = "tuner_flat_bit", "The string that is being tuned is a little low.";
    TUNER_FLAT = "tuner_flat", "It is low.";
    TUNER_FLAT_FAR = "tuner_flat_far", "It is more than a semitone and a half low.";
    TUNER_SHARP_BIT = "tuner_sharp_bit", "It is a little high.";
    TUNER_SHARP = "tuner_sharp", "It is high.";
    TUNER_IN_TUNE = "tuner_in_tune", "It is in tune.";
    TUNER_OCTAVE_LOW = "tuner_octave_low", "It is an octave low.";
    TUNER_OCTAVE_HIGH = "tuner_octave_high", "It sounds an octave high: touched, or fretted.";
    TUNER_WRONG_STRING = "tuner_wrong_string", "Another string sounds than the one being tuned.";
    TUNER_UNSURE = "tuner_unsure", "Which string sounds cannot be told.";
    TUNER_NO_STRING = "tuner_no_string", "There is sound, but no single string.";
    INTONATION_TRUE = "intonation_true", "The twelfth fret is the octave of the open string.";
    INTONATION_SHARP = "intonation_sharp", "The twelfth fret is high: the guitar's set-up.";
    INTONATION_FLAT = "intonation_flat", "The twelfth fret is low: the guitar's set-up.";
    NOISE = "noise", "The guitar does not stand out of the room.";
    CLIPPING = "clipping", "The input is overdriven.";
    NARROW_BAND = "narrow_band", "A voice-profile microphone.";
    SUPPRESSED = "suppressed", "The device filters the guitar away.";
    SPEECH_OVER = "speech_over", "Someone speaks while the guitar is played.";
    LEAK = "leak", "A loudspeaker is heard beside the guitar.";
    BASS = "bass", "A bass is played.";
    UKULELE = "ukulele", "A ukulele is played.";
    SILENCE = "silence", "Nothing at all is heard.";
    MICROPHONE_MISSING = "microphone_missing", "No microphone.";
    MICROPHONE_LOST = "microphone_lost", "The microphone was taken away.";
    MICROPHONE_BACK = "microphone_back", "The microphone is back.";
    WITNESS_DOWN = "witness_down", "The pitch witness is out.";
    LANGUAGE_DOWN = "language_down", "The language model is out.";
    SPEECH_DOWN = "speech_down", "Speech to text is out.";
    VOICE_DOWN = "voice_down", "Text to speech is out.";
    WITNESS_MISSING = "witness_missing", "The pitch witness is not installed.";
    LANGUAGE_MISSING = "language_missing", "The language model is not installed.";
    SPEECH_MISSING = "speech_missing", "Speech to text is not installed.";
    VOICE_MISSING = "voice_missing", "There is no Hebrew voice, or no loudspeaker.";
    START = "start", "A chord begins.";
    START_ANY = "start_any", "A chord without a known voicing begins.";
    TUNE_START = "tune_start", "Tuning begins; no string sounds yet.";
    TUNE_NEXT = "tune_next", "A string is in tune and others are left; this one is next.";
    TUNE_ONE = "tune_one", "Tuning is held to one string.";
    TUNE_DONE = "tune_done", "All six strings are in tune.";
    CHECK_ROOM = "check_room", "The check of the sound listens to the room.";
    CHECK_PLAY = "check_play", "The check of the sound waits for the open strings.";
    CHECK_GOOD = "check_good", "The guitar is heard well.";
    TOO_QUIET = "too_quiet", "The room is quiet and the guitar hardly stands out.";
    OTHER_TUNING = "other_tuning", "The guitar is tuned so that the chord's shape makes another one.";
    TUNING_UNKNOWN = "tuning_unknown", "How the guitar is tuned was noted and cannot be read.";
    NOTHING_YET = "nothing_yet", "«Why?» before anything was heard.";
}
