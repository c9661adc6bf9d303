use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use protocol::FrameReader;

use super::watch::Event;

/// Characters kept of the last line an engine wrote on its standard error.
const LAST_WORDS: usize = 200;

/// How long the log of an ended program may take to arrive; longer only if a child of its own
/// keeps the pipe open.
const LOG_ENDS: Duration = Duration::from_millis(500);

/// A running program with a thread on each of its pipes, so that nobody else ever blocks on them.
pub(super) struct EngineChild {
    child: Child,
    outbox: Sender<Vec<u8>>,
    last_words: Arc<Mutex<String>>,
    log_over: Receiver<()>,
}

impl EngineChild {
    /// Starts the program; what it says comes as [`Event`]s marked with `generation`.
    pub(super) fn start(
        program: &Path,
        generation: u64,
        inlet: &Sender<Event>,
    ) -> io::Result<Self> {
        let mut child = command(program).spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(io::Error::other("the pipes are missing"));
        };
        let (outbox, frames) = channel();
        let (over, log_over) = channel();
        let last_words = Arc::default();
        let (inlet, heard) = (inlet.clone(), Arc::clone(&last_words));
        let name = program.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        named("engine-write", move || write_all(stdin, &frames))?;
        named("engine-read", move || read_all(stdout, generation, &inlet))?;
        named("engine-log", move || {
            log_all(BufReader::new(stderr), &name, &heard);
            // Nobody waits for it while the program runs.
            let _ = over.send(());
        })?;
        Ok(Self { child, outbox, last_words, log_over })
    }

    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Queues a frame; if the program is gone, the reading thread says so.
    pub(super) fn send(&self, frame: Vec<u8>) {
        let _ = self.outbox.send(frame);
    }

    /// Ends the program if it still runs; tells how it ended.
    pub(super) fn end(&mut self) -> String {
        // An error means that it has ended already.
        let _ = self.child.kill();
        let status = match self.child.wait() {
            Ok(status) => told(status),
            Err(error) => error.to_string(),
        };
        // Ended or late, what has arrived is told.
        let _ = self.log_over.recv_timeout(LOG_ENDS);
        let words = self.last_words.lock().unwrap_or_else(PoisonError::into_inner);
        if words.is_empty() { status } else { format!("{status}; it said: {words}") }
    }
}

impl Drop for EngineChild {
    fn drop(&mut self) {
        self.end();
    }
}

fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command
        // Spinning worker threads starve the listening path.
        .env("OMP_WAIT_POLICY", "passive")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    lower_priority(&mut command);
    command
}

/// Elsewhere the program lowers its own priority.
#[cfg(windows)]
fn lower_priority(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const BELOW_NORMAL_PRIORITY_CLASS: u32 = 0x4000;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(BELOW_NORMAL_PRIORITY_CLASS | CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn lower_priority(_: &mut Command) {}

fn named(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}

fn write_all(mut stdin: ChildStdin, frames: &Receiver<Vec<u8>>) {
    while let Ok(frame) = frames.recv() {
        if stdin.write_all(&frame).and_then(|()| stdin.flush()).is_err() {
            return;
        }
    }
}

fn read_all(stdout: ChildStdout, generation: u64, inlet: &Sender<Event>) {
    let mut reader = FrameReader::new(BufReader::new(stdout));
    loop {
        let (event, over) = match reader.read() {
            Ok(message) => (Event::Heard { generation, message }, false),
            Err(error) => (Event::Gone { generation, error }, true),
        };
        if inlet.send(event).is_err() || over {
            return;
        }
    }
}

fn log_all(stderr: impl BufRead, name: &str, last_words: &Mutex<String>) {
    for line in stderr.split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        tracing::debug!(engine = name, "{line}");
        let mut words = last_words.lock().unwrap_or_else(PoisonError::into_inner);
        *words = line.chars().take(LAST_WORDS).collect();
    }
}

#[cfg(unix)]
fn told(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match status.signal() {
        Some(signal) => format!("killed by signal {signal}"),
        None => status.to_string(),
    }
}

#[cfg(not(unix))]
fn told(status: ExitStatus) -> String {
    status.to_string()
}
