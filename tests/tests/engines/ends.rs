//! Engine programs never outlive the app.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use engines::program::Health;
use protocol::{FrameReader, FrameWriter, Generate, Load, Message, RefusalCode, WireError};

use crate::bench::{DEADLINE, is_alive, language, language_model, program, until};

fn started(name: &str) -> Child {
    Command::new(program(name)).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

fn ended(child: &mut Child) -> std::process::ExitStatus {
    let since = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        assert!(since.elapsed() < DEADLINE, "it outlives its input");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn the_end_of_input_ends_an_idle_program() {
    for name in ["prita-llm", "prita-asr"] {
        let mut child = started(name);
        drop(child.stdin.take());
        assert!(ended(&mut child).success());
    }
}

#[test]
fn the_end_of_input_ends_a_working_program() {
    let mut child = started("prita-llm");
    let mut writer = FrameWriter::new(child.stdin.take().unwrap());
    let mut reader = FrameReader::new(child.stdout.take().unwrap());
    assert!(matches!(reader.read(), Ok(Message::Hello(_))));
    let path = language_model().path.display().to_string();
    writer.write(&Message::Load(Load { path, sha256: None })).unwrap();
    assert!(matches!(reader.read(), Ok(Message::Loaded(_))));
    let long = Generate {
        id: 1,
        prompt: "x".to_owned(),
        grammar: None,
        max_tokens: 4_000,
        seed: 0,
        temperature: 0.0,
    };
    writer.write(&Message::Generate(long)).unwrap();
    assert!(matches!(reader.read(), Ok(Message::Piece(_))));
    drop(writer);
    let rest = thread::spawn(move || while reader.read().is_ok() {});
    ended(&mut child);
    rest.join().unwrap();
}

#[test]
fn requests_without_a_model_and_garbage_are_refused() {
    for name in ["prita-llm", "prita-asr"] {
        let mut child = started(name);
        let mut stdin = child.stdin.take().unwrap();
        let mut reader = FrameReader::new(child.stdout.take().unwrap());
        assert!(matches!(reader.read(), Ok(Message::Hello(_))));
        let early = Generate {
            id: 7,
            prompt: "x".to_owned(),
            grammar: None,
            max_tokens: 1,
            seed: 0,
            temperature: 0.0,
        };
        FrameWriter::new(&mut stdin).write(&Message::Generate(early)).unwrap();
        let Message::Refused(refused) = reader.read().unwrap() else { panic!("no refusal") };
        assert_eq!(refused.id, Some(7));
        stdin.write_all(&[0xff; 64]).unwrap();
        let Message::Refused(refused) = reader.read().unwrap() else { panic!("no refusal") };
        assert_eq!((refused.id, refused.code), (None, RefusalCode::BadInput));
        assert!(matches!(reader.read(), Err(WireError::Closed)));
        assert!(!ended(&mut child).success());
    }
}

#[test]
fn nothing_but_frames_reaches_standard_output() {
    let mut child = started("prita-llm");
    let mut writer = FrameWriter::new(child.stdin.take().unwrap());
    let path = language_model().path.display().to_string();
    writer.write(&Message::Load(Load { path, sha256: None })).unwrap();
    drop(writer);
    let mut bytes = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut bytes).unwrap();
    let mut reader = FrameReader::new(bytes.as_slice());
    assert!(matches!(reader.read(), Ok(Message::Hello(_))));
    assert!(matches!(reader.read(), Ok(Message::Loaded(_))));
    assert!(matches!(reader.read(), Err(WireError::Closed)));
    ended(&mut child);
}

#[test]
fn a_dropped_engine_leaves_no_program() {
    let engine = language();
    let pid = until(engine.program(), |status| status.health == Health::Idle).pid.unwrap();
    assert!(is_alive(pid));
    drop(engine);
    assert!(!is_alive(pid));
}
