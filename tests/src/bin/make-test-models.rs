//! Writes the two test models into a folder: `make-test-models DIR`.

use std::path::PathBuf;

use anyhow::{Context, Result};
use prita_tests::tiny_models;

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.context("which folder? make-test-models DIR")?;
    std::fs::create_dir_all(&folder)?;
    tiny_models::write_language_model(&folder.join("tiny-llama.gguf"))?;
    tiny_models::write_speech_model(&folder.join("tiny-whisper.bin"))?;
    Ok(())
}
