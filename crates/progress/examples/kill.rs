//! Kills a program that records practice, again and again, and counts what was acknowledged and is
//! gone: `cargo run --release -p progress --example kill -- 200`. Ends with 1 where anything is.
//!
//! `kill write FOLDER` is that program: it acknowledges each record with a line. `kill read FOLDER`
//! prints what is kept in the same way.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool of the tests")]

use std::collections::HashSet;
use std::env;
use std::error::Error;
use std::io::{BufRead, BufReader, Write, stdout};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use pipeline::journal::{Journal, Practised, Settings};
use progress::{Notice, Profile};
use tutor::review::{Day, Item, Moment};

const TODAY: Day = Day(20_783);
const ITEMS: [&str; 4] = ["chord:E:min", "chord:A:min", "pair:E:min>A:min", "song:erez/2"];
/// The longest a round goes on before its kill, in microseconds.
const LONGEST_US: u64 = 100_000;
/// A writer that has recorded nothing by then never will.
const PATIENCE: Duration = Duration::from_secs(60);

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", folder] => write(Path::new(folder)),
        ["read", folder] => read(Path::new(folder)),
        [rounds] => kill(rounds.parse()?),
        _ => {
            eprintln!("kill ROUNDS | kill write FOLDER | kill read FOLDER");
            Ok(ExitCode::from(2))
        }
    }
}

/// Records without an end, and goes on where the last one was killed.
fn write(folder: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let mut profile = Profile::open(folder)?;
    let student = match profile.students()?.into_iter().next() {
        Some(student) => student,
        None => profile.admit("נועה", &Settings::default(), TODAY)?,
    };
    let kept = profile.practised(student.id, None, Day(0))?;
    let mut began = kept.iter().map(|it| it.began.unix_ms).max().unwrap_or(0);
    let mut out = stdout().lock();
    loop {
        began += 1;
        let item: Item = ITEMS[began as usize % ITEMS.len()].parse()?;
        let mut practised = Practised::new(item, Moment { unix_ms: began, day: TODAY });
        (0..began % 9).for_each(|n| practised.tally.count(n % 3 > 0));
        practised.seconds = began as f32;
        profile.record(student.id, &practised)?;
        writeln!(out, "{began}")?;
        out.flush()?;
    }
}

#[derive(Default)]
struct Count {
    acknowledged: HashSet<i64>,
    lost: usize,
    recovered: usize,
    before_the_first: usize,
}

fn kill(rounds: u32) -> Result<ExitCode, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut count = Count::default();
    let mut state = 2_463_534_242_u64;
    for _ in 0..rounds {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        round(folder.path(), state, &mut count)?;
    }
    let Count { acknowledged, lost, recovered, before_the_first } = count;
    println!(
        "kills {rounds} ({before_the_first} before the first record), acknowledged {}, lost {lost}, \
         damaged {recovered}",
        acknowledged.len()
    );
    Ok(if lost + recovered == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn round(folder: &Path, state: u64, count: &mut Count) -> Result<(), Box<dyn Error>> {
    let mut writer = Command::new(env::current_exe()?)
        .arg("write")
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()?;
    let out = writer.stdout.take().ok_or("no pipe")?;
    let (told, acknowledged) = channel();
    let reader = thread::spawn(move || {
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        lines.filter_map(|line| line.parse::<i64>().ok()).try_for_each(|began| told.send(began))
    });
    let mut heard = Vec::new();
    // Every eighth is killed wherever it is, while the profile opens as well.
    if !state.is_multiple_of(8) {
        heard.push(acknowledged.recv_timeout(PATIENCE)?);
    }
    thread::sleep(Duration::from_micros(state / 8 % LONGEST_US));
    writer.kill()?;
    let status = writer.wait()?;
    if status.code().is_some() {
        return Err(format!("the writer ended by itself: {status}").into());
    }
    reader.join().map_err(|_| "the reader failed")??;
    heard.extend(acknowledged.try_iter());
    count.before_the_first += usize::from(heard.is_empty());
    count.acknowledged.extend(heard);
    check(folder, count)
}

/// Everything that was ever acknowledged is there.
fn check(folder: &Path, count: &mut Count) -> Result<(), Box<dyn Error>> {
    let profile = Profile::open(folder)?;
    let is_recovery = |notice: &&Notice| matches!(notice, Notice::Recovered(_));
    count.recovered += profile.notices().iter().filter(is_recovery).count();
    let kept = kept(&profile)?;
    count.lost = count.acknowledged.difference(&kept).count();
    Ok(())
}

fn kept(profile: &Profile) -> Result<HashSet<i64>, Box<dyn Error>> {
    let mut kept = HashSet::new();
    for student in profile.students()? {
        let practised = profile.practised(student.id, None, Day(0))?;
        kept.extend(practised.into_iter().map(|it| it.began.unix_ms));
    }
    Ok(kept)
}

fn read(folder: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let profile = Profile::open(folder)?;
    eprintln!("{:?}", profile.notices());
    let mut out = stdout().lock();
    for began in kept(&profile)? {
        writeln!(out, "{began}")?;
    }
    Ok(ExitCode::SUCCESS)
}
