//! The `prita` command: every part of the product without a window. Its contract is CLI.md.
//!
//! Standard output carries only results; logs go to standard error. What a student reads is
//! Hebrew, `--help` is English.

mod args;
mod commands;
mod failure;
mod interrupt;
mod output;
mod tuned;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::args::Args;
use crate::output::Output;

fn main() -> ExitCode {
    host::forbid_telemetry();
    let filter = EnvFilter::try_from_env("PRITA_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return failure::misread(&error),
    };
    let mut output = Output::new(args.json);
    match commands::run(&args.command, &mut output).and_then(|()| output.finish()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
