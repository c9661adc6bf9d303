//! The `prita` command: every part of the product without a window.
//!
//! Standard output carries only results; logs go to standard error. What a student reads is
//! Hebrew, `--help` is English.

mod args;
mod commands;
mod failure;
mod interrupt;
mod misread;
mod output;
mod tuned;
mod values;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::args::Args;
use crate::output::Output;

fn main() -> ExitCode {
    host::forbid_telemetry();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return misread::report(&error),
    };
    let level = ["error,prita=warn", "warn", "info", "debug"][usize::from(args.verbose.min(3))];
    let filter = EnvFilter::try_from_env("PRITA_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let mut output = Output::new(args.json);
    match commands::run(&args.command, &mut output).and_then(|()| output.finish()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
