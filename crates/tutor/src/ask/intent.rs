//! What a student can want in a lesson, and with what.

use serde::Serialize;
use theory::Chord;

macro_rules! intents {
    ($($variant:ident = $key:literal, $what:literal;)*) => {
        /// What a student can want in a lesson.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Intent { $(#[doc = $what] $variant,)* }

        impl Intent {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name that machines read: `what_now`.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }
        }
    };
}

intents! {
    Slower = "slower", "A slower tempo.";
    Faster = "faster", "A faster tempo.";
    Again = "again", "The same once more.";
    Next = "next", "The next step.";
    Stop = "stop", "Stop, be silent.";
    Continue = "continue", "Go on after a stop.";
    Metronome = "metronome", "The metronome: on at a tempo, or off.";
    Tune = "tune", "Tune the guitar.";
    Show = "show", "Show how it is done.";
    WhatNow = "what_now", "What to do now.";
    Why = "why", "Why the last verdict.";
    NextChord = "next_chord", "The next chord, or which it is.";
    Practice = "practice", "Practise a chord.";
    Song = "song", "Play a song.";
    Start = "start", "Begin.";
    Loop = "loop", "The same part over and over.";
    Thanks = "thanks", "Thank you.";
    NotThat = "not_that", "That was not what was meant.";
    Yes = "yes", "Yes.";
    No = "no", "No.";
    Question = "question", "A free question.";
    Unknown = "unknown", "Nothing that is known.";
}

/// With what; only what the intent has.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct IntentSlots {
    /// `metronome`: beats a minute, or off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bpm: Option<Bpm>,
    /// The chord, where one is named and sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chord: Option<Chord>,
    /// `practice` of a change: every chord that is named, in order, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chords: Vec<Chord>,
    /// «סי»: the chords it may mean, to be asked back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Chord>,
    /// `song`: the name, where one is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A tempo, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Bpm {
    /// Beats a minute.
    Beats(u16),
    /// `"off"`
    Off(Off),
}

/// The word `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Off {
    /// `off`
    Off,
}
