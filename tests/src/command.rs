//! The command `prita` as tests call it, and its JSON lines.
#![allow(clippy::unwrap_used, reason = "for tests alone")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::built_program;

/// The command with `args`, on the models of this checkout.
///
/// # Panics
/// It has not been built, or does not run.
#[must_use]
pub fn prita(args: &[&str]) -> Output {
    let mut command = Command::new(built_program("prita").unwrap());
    command.args(args).env("PRITA_MODELS", models()).output().unwrap()
}

/// Where this checkout keeps its models.
#[must_use]
pub fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/cache")
}

/// The bundled recording: three strums of E minor, the third string dead.
#[must_use]
pub fn demo() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/em-third-string-dead.wav");
    path.to_string_lossy().into_owned()
}

/// The JSON objects a command wrote.
///
/// # Panics
/// It failed, or wrote something else.
#[must_use]
pub fn lines(output: &Output) -> Vec<Value> {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The objects of one type.
#[must_use]
pub fn of_type<'a>(lines: &'a [Value], kind: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["type"] == kind).collect()
}

/// What was written, for people.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Whether a student can read it: Hebrew, and no trace of a panic.
#[must_use]
pub fn in_hebrew(bytes: &[u8]) -> bool {
    let text = text(bytes);
    text.chars().any(|c| ('א'..='ת').contains(&c)) && !text.contains("panicked")
}
