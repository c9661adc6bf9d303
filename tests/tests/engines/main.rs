//! The real engine programs, running, with test models of our own: what they answer, what they
//! refuse, and what happens when they are killed, stopped or damaged in the middle.
//!
//! Build them first: `cargo build --release -p llm -p asr`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod bench;
mod ends;
mod faults;
mod language;
mod model_files;
mod speech;
