//! whisper.cpp behind `protocol`: loads a ggml file and writes down clips of speech.
//!
//! It is a program of its own because whisper.cpp aborts where it meets what it did not expect,
//! and because its ggml cannot share a program with llama.cpp's. The language is always given,
//! never guessed. It does not find speech in a stream: the caller cuts the clips.

mod clip;
mod model;
mod words;

pub use model::SpeechModel;
