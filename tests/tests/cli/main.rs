//! The command line from outside: exit codes, one clear sentence, nothing but JSON lines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

mod bench;
mod choices;
mod hear;
mod names;
mod practice;
mod progress;
mod refusals;
mod songs;
mod sound;
mod speech;
mod teacher;
