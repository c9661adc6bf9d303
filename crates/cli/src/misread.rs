//! Arguments that clap does not take: what is wrong in Hebrew and what may stand there, then clap's
//! own words for whoever helps.

use std::env;
use std::error::Error;
use std::io::{Write, stderr};
use std::process::ExitCode;

use clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};
use tutor::ErrorCode;

use crate::args::Args;
use crate::failure::sentence;
use crate::values::Unfit;

/// Tells a wrong use, or shows the help that was asked for.
pub(crate) fn report(error: &clap::Error) -> ExitCode {
    let wrong = error.use_stderr() && error.kind() != DisplayHelpOnMissingArgumentOrSubcommand;
    if wrong {
        let (code, choices) = reason(error);
        let _ = writeln!(stderr(), "{}", sentence(code, option(error).as_deref(), &choices));
    }
    let _ = error.print();
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// What is wrong, and what may stand there.
fn reason(error: &clap::Error) -> (ErrorCode, Vec<String>) {
    let named = |kind| error.get(kind).map(words).unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidSubcommand => (ErrorCode::CommandUnknown, subcommands()),
        ErrorKind::MissingSubcommand => (ErrorCode::PartMissing, subcommands()),
        ErrorKind::UnknownArgument => (ErrorCode::OptionUnknown, named(ContextKind::SuggestedArg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match unfit(error) {
            Some(unfit) => (unfit.code, vec![unfit.allowed.clone()]),
            None => (ErrorCode::ValueUnknown, named(ContextKind::ValidValue)),
        },
        ErrorKind::MissingRequiredArgument => {
            (ErrorCode::PartMissing, named(ContextKind::InvalidArg))
        }
        ErrorKind::ArgumentConflict => {
            let both = [named(ContextKind::InvalidArg), named(ContextKind::PriorArg)];
            (ErrorCode::PartsClash, both.concat())
        }
        _ => (ErrorCode::CommandUnknown, Vec::new()),
    }
}

/// The option whose value is none of its own: `--bpm`.
fn option(error: &clap::Error) -> Option<String> {
    let of_a_value = matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation);
    let named = error.get(ContextKind::InvalidArg).filter(|_| of_a_value).map(words)?;
    named.first()?.split(' ').next().map(str::to_owned)
}

fn unfit(error: &clap::Error) -> Option<&Unfit> {
    error.source().and_then(|source| source.downcast_ref())
}

fn words(value: &ContextValue) -> Vec<String> {
    match value {
        ContextValue::String(word) => vec![word.clone()],
        ContextValue::Strings(words) => words.clone(),
        _ => Vec::new(),
    }
}

/// The commands that may follow where the arguments went astray.
fn subcommands() -> Vec<String> {
    let all = Args::command();
    let mut place: &Command = &all;
    for argument in env::args_os().skip(1) {
        place = place.find_subcommand(argument).unwrap_or(place);
    }
    place.get_subcommands().map(|command| command.get_name().to_owned()).collect()
}
