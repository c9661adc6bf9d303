//! Learns the weights of the questions and of the commands anew from `data` and writes them beside
//! it: to be run whenever a way to ask, a command or a meaning has changed.
#![allow(clippy::expect_used, reason = "a recipe: what fails is told and nothing is kept")]

use std::fs;
use std::path::Path;

fn main() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    fs::write(data.join("faq/questions.bin"), tutor::ask::learnt_questions()).expect("writable");
    fs::write(data.join("commands.bin"), tutor::ask::learnt_commands()).expect("writable");
}
