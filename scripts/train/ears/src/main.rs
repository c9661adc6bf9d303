//! Renders strums with known truth, lets the real ears hear them, and writes what the net is shown
//! of each string together with what it did. `scripts/train/ears/fit.py` learns from that.
//!
//! Sound: our own stiff strings and delay lines, and folders of recorded single notes under open
//! licences. It trains nothing itself.
#![allow(clippy::print_stderr, reason = "a tool for the terminal")]

mod banks;
mod scene;
mod strummed;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use clap::Parser;

/// Writes OUT/examples-N.f32 (rows of little-endian floats), OUT/columns and OUT/width.
#[derive(Debug, Parser)]
struct Args {
    /// Folder to write to.
    out: PathBuf,
    /// Sessions to render: five strums of one guitar in one room.
    #[arg(long, default_value_t = 400)]
    sessions: usize,
    /// Seed of everything random.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A folder of recorded single notes, as `NAME=FOLDER` or `NAME=FOLDER:PREFIX`; may be repeated.
    #[arg(long = "notes")]
    notes: Vec<String>,
    /// Leave out the rendered guitars: recorded notes alone.
    #[arg(long)]
    recorded_only: bool,
    /// Rows for the model of chords instead of those for the net of the strings.
    #[arg(long)]
    chords: bool,
    /// Share of the strums in which all six open strings ring along.
    #[arg(long, default_value_t = 0.35)]
    along: f32,
    /// Threads.
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

/// What stands before the numbers of a row.
const COLUMNS: [&str; 12] = [
    "family", "strum", "kind", "string", "asked", "main", "shared", "rings", "struck", "cents",
    "barre", "buzz",
];

fn main() -> Result<()> {
    host::forbid_telemetry();
    let args = Args::parse();
    let banks = args.notes.iter().map(|name| banks::read(name)).collect::<Result<Vec<_>>>()?;
    std::fs::create_dir_all(&args.out).context("cannot make the folder")?;
    if args.chords {
        std::fs::write(args.out.join("columns"), strummed::COLUMNS.join("\n"))?;
    } else {
        std::fs::write(args.out.join("columns"), COLUMNS.join("\n"))?;
        let width = COLUMNS.len() + audio::StringStudy::NUMBERS;
        std::fs::write(args.out.join("width"), width.to_string())?;
    }
    for bank in &banks {
        eprintln!("{}: {} notes", bank.name, bank.notes.len());
    }
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..args.threads)
            .map(|thread| {
                let (args, banks, next) = (&args, &banks, &next);
                scope.spawn(move || render(args, banks, next, thread))
            })
            .collect();
        threads.into_iter().try_for_each(|thread| match thread.join() {
            Ok(done) => done,
            Err(_) => anyhow::bail!("a thread broke off"),
        })
    })
}

fn render(args: &Args, banks: &[banks::Bank], next: &AtomicUsize, thread: usize) -> Result<()> {
    let path = args.out.join(format!("examples-{thread}.f32"));
    let mut out = BufWriter::new(File::create(path)?);
    let strummer = strummed::Strummer::new(banks, args.recorded_only);
    let mut studio = match args.chords {
        true => None,
        false => Some(scene::Studio::new(banks, (args.recorded_only, args.along))?),
    };
    loop {
        let session = next.fetch_add(1, Ordering::Relaxed);
        if session >= args.sessions {
            break;
        }
        if session.is_multiple_of(if args.chords { 1000 } else { 100 }) {
            eprintln!("{session} of {}", args.sessions);
        }
        let rows = match &mut studio {
            Some(studio) => studio.session(args.seed, session),
            None => strummer.session(args.seed, session),
        };
        for row in rows {
            for number in row {
                out.write_all(&number.to_le_bytes())?;
            }
        }
    }
    Ok(out.flush()?)
}
