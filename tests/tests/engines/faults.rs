//! Programs killed, stopped and confused in the middle of their work.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{fs, thread};

use engines::program::{
    Backoff, EngineProgram, Health, LanguageEngine, Patience, Setup, SpeechEngine,
};
use pipeline::ports::{Clock, LanguageModel, PortError, Transcriber, Transcript};
use protocol::{Capability, Hello, Message, VERSION, encode};
use rustix::process::Signal;

use crate::bench::{
    DEADLINE, clip, impatient, language_model, language_setup, patiently, question, signal,
    speech_setup, until, works,
};

/// Sends `how` to the language engine when it has written five pieces of a long answer.
fn struck_in_mid_sentence(engine: &mut LanguageEngine, how: Signal) -> PortError {
    works(engine);
    let pid = engine.program().status().pid.unwrap();
    let mut heard = 0;
    let outcome = engine.generate(&question("ספר", None, 4_000), &mut |piece| {
        if !piece.is_empty() {
            heard += 1;
            if heard == 5 {
                signal(pid, how);
            }
        }
        true
    });
    outcome.unwrap_err()
}

/// Sends `how` to the speech engine while it works on a long clip.
fn struck_in_mid_clip(engine: &mut SpeechEngine, how: Signal) -> PortError {
    let status = until(engine.program(), |status| status.health == Health::Idle);
    let pid = status.pid.unwrap();
    let sound = clip(110.0);
    thread::scope(|scope| {
        let watch = engine.program().watch();
        scope.spawn(move || {
            while watch().health != Health::Busy {
                thread::sleep(Duration::from_millis(1));
            }
            // Into the samples or the encoder.
            thread::sleep(Duration::from_millis(40));
            signal(pid, how);
        });
        engine.transcribe(&sound, "he").unwrap_err()
    })
}

fn hears(engine: &mut SpeechEngine) -> Transcript {
    patiently(|| engine.transcribe(&clip(1.0), "he"))
}

#[test]
fn a_killed_language_engine_comes_back() {
    let mut engine = LanguageEngine::start(language_setup(), DEADLINE);
    let first = until(engine.program(), |status| status.health == Health::Idle);
    let error = struck_in_mid_sentence(&mut engine, Signal::KILL);
    let PortError::Crashed { what, why } = error else { panic!("{error:?}") };
    assert_eq!(what, "prita-llm");
    assert!(why.contains("signal 9"), "{why}");
    let status = engine.program().status();
    assert_eq!((status.pause, status.pid), (Backoff::FIRST, None));
    works(&mut engine);
    let second = engine.program().status();
    assert_eq!(second.starts, 2);
    assert_ne!(second.pid, first.pid);
    struck_in_mid_sentence(&mut engine, Signal::KILL);
    assert_eq!(engine.program().status().pause, Backoff::FIRST * 2);
    works(&mut engine);
    assert_eq!(engine.program().status().starts, 3);
}

#[test]
fn an_abort_is_a_crash() {
    let mut engine = LanguageEngine::start(language_setup(), DEADLINE);
    let error = struck_in_mid_sentence(&mut engine, Signal::ABORT);
    let PortError::Crashed { why, .. } = error else { panic!("{error:?}") };
    assert!(why.contains("signal 6"), "{why}");
    works(&mut engine);
}

#[test]
fn a_stopped_language_engine_is_replaced() {
    let mut engine = LanguageEngine::start(impatient(language_setup()), DEADLINE);
    let error = struck_in_mid_sentence(&mut engine, Signal::STOP);
    assert!(matches!(error, PortError::TimedOut { .. }), "{error:?}");
    assert_eq!(engine.program().status().pause, Backoff::FIRST);
    works(&mut engine);
    assert_eq!(engine.program().status().starts, 2);
}

#[test]
fn a_killed_speech_engine_comes_back() {
    let mut engine = SpeechEngine::start(speech_setup(), DEADLINE, None);
    let error = struck_in_mid_clip(&mut engine, Signal::KILL);
    let PortError::Crashed { what, why } = error else { panic!("{error:?}") };
    assert_eq!(what, "prita-asr");
    assert!(why.contains("signal 9"), "{why}");
    assert_eq!(engine.program().status().pause, Backoff::FIRST);
    hears(&mut engine);
    assert_eq!(engine.program().status().starts, 2);
}

#[test]
fn a_stopped_speech_engine_is_replaced() {
    let mut engine = SpeechEngine::start(impatient(speech_setup()), DEADLINE, None);
    let error = struck_in_mid_clip(&mut engine, Signal::STOP);
    assert!(matches!(error, PortError::TimedOut { .. }), "{error:?}");
    hears(&mut engine);
    assert_eq!(engine.program().status().starts, 2);
}

#[test]
fn an_idle_stop_is_noticed_without_a_request() {
    let mut engine = LanguageEngine::start(impatient(language_setup()), DEADLINE);
    let pid = until(engine.program(), |status| status.health == Health::Idle).pid.unwrap();
    signal(pid, Signal::STOP);
    until(engine.program(), |status| status.starts == 2 && status.health == Health::Idle);
    works(&mut engine);
}

#[test]
fn an_idle_kill_is_noticed_without_a_request() {
    let mut engine = LanguageEngine::start(language_setup(), DEADLINE);
    let pid = until(engine.program(), |status| status.health == Health::Idle).pid.unwrap();
    signal(pid, Signal::KILL);
    until(engine.program(), |status| status.starts == 2 && status.health == Health::Idle);
    works(&mut engine);
}

/// The samples do not fit the pipe: the program stops reading in the middle of them.
#[test]
fn a_stop_in_the_middle_of_a_write_holds_nobody_beyond_the_deadline() {
    let patience = Patience {
        ping_every: Duration::from_secs(600),
        cancelling: Duration::from_millis(300),
        ..Patience::default()
    };
    let setup = Setup { patience, ..speech_setup() };
    let mut engine = SpeechEngine::start(setup, Duration::from_secs(1), None);
    let pid = until(engine.program(), |status| status.health == Health::Idle).pid.unwrap();
    signal(pid, Signal::STOP);
    let error = engine.transcribe(&clip(100.0), "he").unwrap_err();
    assert!(matches!(error, PortError::TimedOut { .. }), "{error:?}");
    until(engine.program(), |status| status.starts == 2 && status.health == Health::Idle);
}

#[test]
fn a_slow_answer_misses_its_deadline_and_the_engine_lives() {
    let mut engine = LanguageEngine::start(language_setup(), DEADLINE);
    works(&mut engine);
    let mut engine = SpeechEngine::start(speech_setup(), Duration::from_millis(50), None);
    until(engine.program(), |status| status.health == Health::Idle);
    let error = engine.transcribe(&clip(60.0), "he").unwrap_err();
    assert!(matches!(error, PortError::TimedOut { .. }), "{error:?}");
    until(engine.program(), |status| status.health == Health::Idle);
    assert_eq!(engine.program().status().starts, 1);
}

#[derive(Default)]
struct FrozenClock(AtomicU64);

impl Clock for FrozenClock {
    fn now(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::SeqCst))
    }
}

#[test]
fn the_pause_is_kept_on_the_given_clock() {
    let clock = Arc::new(FrozenClock::default());
    let shared: Arc<dyn Clock> = clock.clone();
    let program = EngineProgram::start_with_clock(language_setup(), Capability::Generate, shared);
    let mut engine = LanguageEngine::new(program, DEADLINE);
    for (pause, starts) in [(250, 1), (500, 2), (1_000, 3)] {
        let error = struck_in_mid_sentence(&mut engine, Signal::KILL);
        assert!(matches!(error, PortError::Crashed { .. }), "{error:?}");
        clock.0.fetch_add(pause - 1, Ordering::SeqCst);
        for _ in 0..20 {
            let early = engine.generate(&question("x", None, 3), &mut |_| true);
            assert!(matches!(early, Err(PortError::Restarting { .. })), "{early:?}");
            thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(engine.program().status().starts, starts);
        clock.0.fetch_add(1, Ordering::SeqCst);
        works(&mut engine);
    }
    // A healthy minute forgives.
    clock.0.fetch_add(60_000, Ordering::SeqCst);
    struck_in_mid_sentence(&mut engine, Signal::KILL);
    assert_eq!(engine.program().status().pause, Backoff::FIRST);
}

fn script(folder: &Path, text: &str) -> PathBuf {
    let path = folder.join("prita-odd");
    fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// Asks a program that is no engine.
fn odd(text: &str, greeting: Duration) -> PortError {
    let folder = tempfile::tempdir().unwrap();
    let hello = Hello { v: VERSION + 1, engine: "x".to_owned(), capabilities: Vec::new() };
    fs::write(folder.path().join("newer"), encode(&Message::Hello(hello)).unwrap()).unwrap();
    let text = text.replace("FOLDER", &folder.path().display().to_string());
    let mut setup = Setup::new(script(folder.path(), &text), language_model());
    setup.patience.greeting = greeting;
    let mut engine = LanguageEngine::start(setup, DEADLINE);
    // It may have failed before it was asked.
    engine.generate(&question("x", None, 3), &mut |_| true).unwrap_err();
    engine.program().status().last_failure.unwrap()
}

#[test]
fn programs_that_are_no_engines_are_told_apart() {
    let error = odd("echo sorry >&2; exit 3", DEADLINE);
    let PortError::Crashed { why, .. } = error else { panic!("{error:?}") };
    assert!(why.contains('3') && why.contains("sorry"), "{why}");
    let error = odd("echo 'this is no frame at all'; exec sleep 60", DEADLINE);
    assert!(matches!(error, PortError::Crashed { .. }), "{error:?}");
    let error = odd("exec sleep 60", Duration::from_millis(300));
    assert!(matches!(error, PortError::TimedOut { .. }), "{error:?}");
    let error = odd("cat FOLDER/newer; exec sleep 60", DEADLINE);
    let PortError::Refused { why, .. } = error else { panic!("{error:?}") };
    assert!(why.contains("version"), "{why}");
}

#[test]
fn restarts_are_quick() {
    let mut engine = LanguageEngine::start(language_setup(), DEADLINE);
    struck_in_mid_sentence(&mut engine, Signal::KILL);
    let since = Instant::now();
    works(&mut engine);
    let took = since.elapsed();
    println!("from the crash to the next answer: {took:?}");
    println!("model: {:?}", engine.program().status().model);
    assert!(took < Backoff::FIRST + Duration::from_secs(20), "{took:?}");
}
