//! The serving loop over channels in memory, with a small engine of its own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use protocol::serving::{Engine, Turn, serve};
use protocol::{
    Cancel, Capability, Done, FrameReader, FrameWriter, Generate, Hello, Load, Loaded, Message,
    Ping, Refusal, RefusalCode, Stop, VERSION, WireError, model_file,
};

/// Says «א» until it is cancelled or has said it `max_tokens` times.
struct Parrot;

impl Engine for Parrot {
    fn name(&self) -> String {
        "parrot".to_owned()
    }

    fn capabilities(&self) -> Vec<Capability> {
        vec![Capability::Generate]
    }

    fn load(&mut self, load: &Load) -> Result<Loaded, Refusal> {
        let path = model_file::verified(load)?;
        Ok(Loaded { model: path.display().to_string(), ms: 0, context: 1 })
    }

    fn generate(&mut self, request: &Generate, turn: &mut Turn<'_>) -> Result<Done, Refusal> {
        let mut tokens = 0;
        while tokens < request.max_tokens && !turn.cancelled() {
            turn.say("א".to_owned());
            tokens += 1;
        }
        let stop = if turn.cancelled() { Stop::Cancelled } else { Stop::Length };
        Ok(Done { id: request.id, stop, prompt_tokens: 0, tokens, prompt_ms: 0, generate_ms: 0 })
    }
}

struct Line {
    writer: FrameWriter<Inlet>,
    reader: FrameReader<Outlet>,
    served: JoinHandle<Result<(), WireError>>,
}

fn line() -> Line {
    let (to_engine, engine_hears) = channel();
    let (to_us, we_hear) = channel();
    let served = thread::spawn(move || {
        serve(&mut Parrot, Outlet { bytes: Vec::new(), from: engine_hears }, Inlet(to_us))
    });
    let mut reader = FrameReader::new(Outlet { bytes: Vec::new(), from: we_hear });
    let Message::Hello(hello) = reader.read().unwrap() else { panic!("no greeting") };
    assert_eq!((hello.v, hello.engine.as_str()), (VERSION, "parrot"));
    Line { writer: FrameWriter::new(Inlet(to_engine)), reader, served }
}

struct Inlet(Sender<Vec<u8>>);

impl Write for Inlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(bytes.to_vec()).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Outlet {
    bytes: Vec<u8>,
    from: Receiver<Vec<u8>>,
}

impl Read for Outlet {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.bytes.is_empty() {
            self.bytes = self.from.recv().unwrap_or_default();
        }
        let count = buffer.len().min(self.bytes.len());
        buffer[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes.drain(..count);
        Ok(count)
    }
}

fn generate(id: u64, max_tokens: u32) -> Message {
    let prompt = String::new();
    Message::Generate(Generate { id, prompt, grammar: None, max_tokens, seed: 0, temperature: 0.0 })
}

impl Line {
    fn done(&mut self, id: u64) -> Done {
        loop {
            match self.reader.read().unwrap() {
                Message::Done(done) if done.id == id => return done,
                Message::Piece(_) | Message::Pong(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn pings_are_answered_while_it_works() {
    let mut line = line();
    line.writer.write(&generate(1, u32::MAX)).unwrap();
    line.writer.write(&Message::Ping(Ping { n: 42 })).unwrap();
    loop {
        match line.reader.read().unwrap() {
            Message::Pong(pong) => {
                assert_eq!(pong.n, 42);
                break;
            }
            Message::Piece(_) => {}
            other => panic!("{other:?}"),
        }
    }
    line.writer.write(&Message::Cancel(Cancel { id: 1 })).unwrap();
    assert_eq!(line.done(1).stop, Stop::Cancelled);
    line.writer.write(&generate(2, 3)).unwrap();
    let done = line.done(2);
    assert_eq!((done.stop, done.tokens), (Stop::Length, 3));
}

#[test]
fn a_queued_request_can_be_cancelled() {
    let mut line = line();
    line.writer.write(&generate(1, u32::MAX)).unwrap();
    line.writer.write(&generate(2, u32::MAX)).unwrap();
    line.writer.write(&Message::Cancel(Cancel { id: 2 })).unwrap();
    line.writer.write(&Message::Cancel(Cancel { id: 99 })).unwrap();
    line.writer.write(&Message::Cancel(Cancel { id: 1 })).unwrap();
    assert_eq!(line.done(1).stop, Stop::Cancelled);
    let done = line.done(2);
    assert_eq!((done.stop, done.tokens), (Stop::Cancelled, 0));
}

#[test]
fn too_many_requests_are_busy() {
    let mut line = line();
    for id in 1..=20 {
        line.writer.write(&generate(id, u32::MAX)).unwrap();
    }
    loop {
        match line.reader.read().unwrap() {
            Message::Refused(refused) => {
                assert_eq!(refused.code, RefusalCode::Busy);
                break;
            }
            Message::Piece(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn the_end_of_input_ends_the_work() {
    let mut line = line();
    line.writer.write(&generate(1, u32::MAX)).unwrap();
    drop(line.writer);
    line.served.join().unwrap().unwrap();
}

#[test]
fn garbage_is_refused_and_ends_the_line() {
    let mut line = line();
    line.writer
        .write(&Message::Hello(Hello {
            v: VERSION + 1,
            engine: "newer".to_owned(),
            capabilities: Vec::new(),
        }))
        .unwrap();
    let Message::Refused(refused) = line.reader.read().unwrap() else { panic!("no refusal") };
    assert_eq!(refused.code, RefusalCode::Version);
    line.served.join().unwrap().unwrap_err();
}

#[test]
fn models_are_checked_before_they_are_parsed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model");
    std::fs::write(&path, b"abc").unwrap();
    let load = |sha256: Option<&str>| {
        model_file::verified(&Load {
            path: path.display().to_string(),
            sha256: sha256.map(str::to_owned),
        })
    };
    let right = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(load(Some(right)).unwrap(), path);
    assert_eq!(load(Some(&right.to_uppercase())).unwrap(), path);
    assert_eq!(load(None).unwrap(), path);
    assert_eq!(load(Some("00")).unwrap_err().code, RefusalCode::Damaged);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(load(None).unwrap_err().code, RefusalCode::Missing);
    std::fs::create_dir(&path).unwrap();
    assert_eq!(load(None).unwrap_err().code, RefusalCode::Missing);
}
