//! Test models of our own: random weights in the real file formats, the same on every machine.
//!
//! They load in llama.cpp and whisper.cpp and answer nonsense; nothing about a teacher can be
//! learned from them.

mod gguf;
mod llama;
mod mel;
mod random;
mod whisper;

use std::fs;
use std::io;
use std::path::Path;

/// Writes a LLaMA-architecture GGUF with bytes, letters and Hebrew letters as its vocabulary.
///
/// # Errors
/// When the file cannot be written.
pub fn write_language_model(path: &Path) -> io::Result<()> {
    fs::write(path, llama::bytes())
}

/// Writes a multilingual whisper ggml file.
///
/// # Errors
/// When the file cannot be written.
pub fn write_speech_model(path: &Path) -> io::Result<()> {
    fs::write(path, whisper::bytes())
}
