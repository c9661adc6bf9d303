//! One file a command.

mod ask;
mod bench;
mod bench_ask;
mod bench_ears;
mod bench_soak;
mod bench_week;
mod chords;
mod devices;
mod diagnose;
mod drilled;
mod hear;
mod learner;
mod notes;
mod path;
mod practice;
mod progress;
mod replay;
mod rhythm;
mod say;
mod sensing;
mod song;
mod today;
mod transcribe;
mod tune;
mod understand;

use crate::args::{Bench, Command, Measured};
use crate::failure::Failure;
use crate::output::Output;

pub(crate) fn run(command: &Command, output: &mut Output) -> Result<(), Failure> {
    match command {
        Command::Practice(args) => practice::run(args, output),
        Command::Hear(args) => hear::run(args, output),
        Command::Chords { file, no_witness } => chords::run(file, !no_witness, output),
        Command::Notes { file, no_witness } => notes::run(file, !no_witness, output),
        Command::Tune(args) => tune::run(args, output),
        Command::Rhythm(args) => rhythm::run(args, output),
        Command::Replay { file } => replay::run(file, output),
        Command::Diagnose { file, manner } => diagnose::run(file, manner, output),
        Command::Ask(args) => ask::run(args, output),
        Command::Understand { text, lesson } => understand::run(text, lesson.as_deref(), output),
        Command::Say { text, out, voice } => {
            say::run(text, out.as_deref(), voice.as_deref(), output)
        }
        Command::Transcribe { file, model } => transcribe::run(file, model, output),
        Command::Progress(args) => progress::run(args, output),
        Command::Path(args) => path::run(args, output),
        Command::Today(args) => today::run(args, output),
        Command::Song(args) => song::run(args, output),
        Command::Devices => devices::run(output),
        Command::Bench(args) => measure(args, output),
    }
}

fn measure(args: &Bench, output: &mut Output) -> Result<(), Failure> {
    if let Some((option, home)) = args.stray_option() {
        return Err(Failure::wrong_argument(format!("{option} belongs to {home}")));
    }
    match args.measured() {
        Measured::Stages => bench::run(&args.stages, args.audio.as_deref(), output),
        Measured::Ears => bench_ears::run(args, output),
        Measured::Soak => bench_soak::run(args.minutes, output),
        Measured::Ask => bench_ask::run(output),
        Measured::Week => bench_week::run(args.minutes, output),
    }
}
