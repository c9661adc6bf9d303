//! Checks over the whole: architecture, replay, faults, end to end.

pub mod command;
pub mod tiny_models;

use std::env;
use std::path::PathBuf;

use anyhow::{Context, ensure};

/// A program of ours in the target folder that holds this test. Absent is an error, never a
/// skipped test.
///
/// # Errors
/// It has not been built.
pub fn built_program(name: &str) -> anyhow::Result<PathBuf> {
    let here = env::current_exe()?;
    let folder = here.ancestors().nth(2).context("tests lie two folders below the programs")?;
    let program = folder.join(format!("{name}{}", env::consts::EXE_SUFFIX));
    ensure!(
        program.is_file(),
        "{} is absent; build it first: cargo build --release -p cli -p llm -p asr",
        program.display()
    );
    Ok(program)
}
