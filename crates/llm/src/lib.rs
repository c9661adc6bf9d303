//! llama.cpp behind `protocol`: loads a GGUF file and writes text, under a grammar if asked.
//!
//! It is a program of its own because llama.cpp aborts where it meets what it did not expect,
//! and because its ggml cannot share a program with whisper.cpp's. What can be refused before the
//! native code sees it is refused here; the rest ends the program, which its owner restarts.
//! It knows nothing of guitars, Hebrew or lessons.

mod context;
mod grammar;
mod model;
mod sampling;
mod text;

pub use model::LanguageModel;
