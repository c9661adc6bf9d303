//! The engine programs `prita-llm` and `prita-asr` seen from the app: started, greeted, watched,
//! restarted, and spoken to behind the ports.
//!
//! Each program has one watching thread that owns it. A program that exits, is killed, aborts,
//! stops answering pings or misses a deadline is ended and started again with a growing pause
//! ([`Backoff`]), its model loaded again. A caller never waits longer than its deadline. A missing
//! program and a missing or damaged model are not retried by themselves, only when asked again.
//!
//! What is asked of a model, and what is believed of its answers, is decided elsewhere.

mod backoff;
mod child;
mod client;
mod language;
mod setup;
mod speech;
mod watch;

pub use backoff::Backoff;
pub use client::{EngineProgram, Health, Status};
pub use language::LanguageEngine;
pub use setup::{ModelFile, Patience, Setup, beside_this_program};
pub use speech::SpeechEngine;
