//! Development: hears many recordings in one process and prints the lines of `prita hear --json`.
//!
//! `hear_many [--witness RUNTIME NET] < LIST`, LIST lines `FILE<TAB>TARGET` (a chord, a voicing or
//! empty). Each line carries the `file`.

use std::io::BufRead;
use std::path::Path;
use std::time::{Duration, Instant};

use audio::{Heard, Listener, ListenerConfig, Target};
use engines::recording::Recording;
use engines::witness::BasicPitch;
use pipeline::ports::{AudioSource, Capture, PitchWitness};
use theory::{Chord, usual_voicings};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut witness = match arguments.as_slice() {
        [flag, runtime, net] if flag == "--witness" => {
            Some(BasicPitch::load(Path::new(runtime), Path::new(net))?)
        }
        _ => None,
    };
    let (mut spent, mut sounded, mut asked) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (file, target) = line.split_once('\t').unwrap_or((&line, ""));
        let config = ListenerConfig {
            target: aim(target)?,
            witness: witness.is_some(),
            ..Default::default()
        };
        let mut recording = Recording::open(Path::new(file))?;
        let mut listener = Listener::new(config);
        let mut end = Duration::ZERO;
        loop {
            let chunk = match recording.read(Duration::ZERO)? {
                Capture::Chunk(chunk) => chunk,
                Capture::Idle => continue,
                Capture::Ended => break,
            };
            end =
                chunk.at + Duration::from_secs_f64(chunk.samples.len() as f64 / chunk.rate as f64);
            let begun = Instant::now();
            let mut heard = listener.hear(&chunk);
            spent += begun.elapsed();
            let mut next = 0;
            while next < heard.len() {
                if let Heard::Witness(window) = &heard[next] {
                    let id = window.id;
                    let begun = Instant::now();
                    let answer = witness.as_mut().and_then(|w| w.look(window).ok());
                    asked += begun.elapsed();
                    let begun = Instant::now();
                    heard.extend(listener.answer(id, answer.as_ref()));
                    spent += begun.elapsed();
                }
                print(file, &heard[next])?;
                next += 1;
            }
        }
        for event in listener.finish(end) {
            print(file, &event)?;
        }
        sounded += end;
    }
    let share = |time: Duration| time.as_secs_f64() / sounded.as_secs_f64().max(1e-9);
    eprintln!("listener {:.4}, witness {:.4} of real time", share(spent), share(asked));
    Ok(())
}

fn aim(target: &str) -> Result<Option<Target>, Failure> {
    let target = target.trim();
    if target.is_empty() {
        return Ok(None);
    }
    let voicings = match target.parse::<Chord>() {
        Ok(chord) => usual_voicings(chord),
        Err(_) => vec![target.parse()?],
    };
    Ok(Some(Target { voicings }))
}

fn print(file: &str, event: &Heard) -> Result<(), Failure> {
    let (kind, body) = match event {
        Heard::Strum(strum) => ("strum", serde_json::to_value(strum)?),
        Heard::Note(note) => ("note", serde_json::to_value(note)?),
        Heard::Sensing(problem) => ("sensing", serde_json::to_value(problem)?),
        Heard::Onset(onset) => ("onset", serde_json::to_value(onset)?),
        _ => return Ok(()),
    };
    println!("{}", serde_json::json!({"type": kind, "file": file, "body": body}));
    Ok(())
}
