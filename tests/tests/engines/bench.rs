//! What the tests share: programs, models, patience, signals.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use engines::program::{
    EngineProgram, LanguageEngine, ModelFile, Patience, Setup, SpeechEngine, Status,
};
use pipeline::ports::{Generation, LanguageModel, PortError};
use prita_tests::{built_program, tiny_models};
use rustix::process::{Pid, Signal, kill_process};
use sha2::{Digest, Sha256};

pub(crate) const DEADLINE: Duration = Duration::from_secs(60);

/// A program of this build. Tests run from the folder `deps` beside the programs.
pub(crate) fn program(name: &str) -> PathBuf {
    built_program(name).unwrap()
}

pub(crate) fn language_model() -> ModelFile {
    static MODEL: OnceLock<ModelFile> = OnceLock::new();
    MODEL.get_or_init(|| written("tiny-llama.gguf", tiny_models::write_language_model)).clone()
}

pub(crate) fn speech_model() -> ModelFile {
    static MODEL: OnceLock<ModelFile> = OnceLock::new();
    MODEL.get_or_init(|| written("tiny-whisper.bin", tiny_models::write_speech_model)).clone()
}

/// Written under a name of its own first: tests of other processes may be reading.
fn written(name: &str, write: fn(&Path) -> std::io::Result<()>) -> ModelFile {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let fresh = path.with_extension(format!("{}.part", std::process::id()));
    write(&fresh).unwrap();
    fs::rename(&fresh, &path).unwrap();
    let sha256 = Some(sha256(&fs::read(&path).unwrap()));
    ModelFile { path, sha256 }
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn language_setup() -> Setup {
    Setup::new(program("prita-llm"), language_model())
}

pub(crate) fn speech_setup() -> Setup {
    Setup::new(program("prita-asr"), speech_model())
}

/// Notices a stopped program soon.
pub(crate) fn impatient(setup: Setup) -> Setup {
    let patience = Patience {
        ping_every: Duration::from_millis(200),
        silence: Duration::from_secs(4),
        ..Patience::default()
    };
    Setup { patience, ..setup }
}

pub(crate) fn language() -> LanguageEngine {
    LanguageEngine::start(language_setup(), DEADLINE)
}

pub(crate) fn speech() -> SpeechEngine {
    SpeechEngine::start(speech_setup(), DEADLINE, None)
}

pub(crate) fn question(prompt: &str, grammar: Option<&str>, max_tokens: u32) -> Generation {
    Generation {
        prompt: prompt.to_owned(),
        grammar: grammar.map(str::to_owned),
        max_tokens,
        seed: 1,
        temperature: 0.0,
    }
}

/// Asks again while the engine restarts.
pub(crate) fn patiently<T>(mut ask: impl FnMut() -> Result<T, PortError>) -> T {
    let since = Instant::now();
    loop {
        match ask() {
            Ok(answer) => return answer,
            Err(PortError::Restarting { .. }) if since.elapsed() < DEADLINE => {
                thread::sleep(Duration::from_millis(20));
            }
            Err(error) => panic!("{error}"),
        }
    }
}

/// A short answer proves that the engine works.
pub(crate) fn works(engine: &mut LanguageEngine) {
    let short = question("היי", Some("root ::= \"כן\""), 20);
    let answer = patiently(|| engine.generate(&short, &mut |_| true));
    assert_eq!(answer, "כן");
}

pub(crate) fn until(program: &EngineProgram, reached: impl Fn(&Status) -> bool) -> Status {
    let since = Instant::now();
    loop {
        let status = program.status();
        if reached(&status) {
            return status;
        }
        assert!(since.elapsed() < DEADLINE, "still {status:?}");
        thread::sleep(Duration::from_millis(2));
    }
}

pub(crate) fn signal(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

pub(crate) fn is_alive(pid: u32) -> bool {
    Path::new(&format!("/proc/{pid}")).exists()
}

/// A sung tone with some noise in it, 16 kHz.
pub(crate) fn clip(seconds: f32) -> Vec<f32> {
    let mut noise = 1_u32;
    (0..(seconds * 16_000.0) as u32)
        .map(|index| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let hiss = f32::from((noise >> 16) as u16) / 65_536.0 - 0.5;
            (index as f32 * 0.08).sin() * 0.3 + hiss * 0.05
        })
        .collect()
}
