//! Serves an engine on the standard pipes of its own program.
//!
//! The program lowers its priority, keeps the real standard output to itself (native code that
//! prints goes to standard error) and ends when its standard input ends, also from inside native
//! code, so that it never outlives the app. Parent-death signals are not used: on Linux they
//! fire when the *thread* that spawned the program ends.

use std::fs::File;
use std::io::{self, Read};
use std::thread;
use std::time::Duration;

use crate::WireError;
use crate::serving::{Engine, serve};

/// How long an engine may take to notice that its input has ended.
const GRACE: Duration = Duration::from_secs(2);

/// Added to the priority value, so that the listening path of the app goes first.
#[cfg(unix)]
const NICENESS: i32 = 10;

/// Serves until standard input ends.
///
/// # Errors
/// As [`serve`].
pub fn run<E: Engine>(engine: &mut E) -> Result<(), WireError> {
    yield_to_the_app();
    let output = private_output()?;
    serve(engine, LastBreath { input: io::stdin() }, output)
}

#[cfg(unix)]
fn yield_to_the_app() {
    // Refused only inside odd sandboxes; the engine then competes on equal terms.
    let _ = rustix::process::nice(NICENESS);
}

#[cfg(not(unix))]
fn yield_to_the_app() {}

#[cfg(unix)]
fn private_output() -> io::Result<File> {
    let output = rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdout(), 3)?;
    rustix::stdio::dup2_stdout(rustix::stdio::stderr())?;
    Ok(File::from(output))
}

#[cfg(not(unix))]
fn private_output() -> io::Result<io::Stdout> {
    Ok(io::stdout())
}

/// Standard input that ends the program a moment after its own end.
struct LastBreath {
    input: io::Stdin,
}

impl Read for LastBreath {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer);
        let ended = match &read {
            Ok(count) => *count == 0 && !buffer.is_empty(),
            Err(error) => error.kind() != io::ErrorKind::Interrupted,
        };
        if ended {
            thread::spawn(end_soon);
        }
        read
    }
}

#[allow(clippy::exit, reason = "native code cannot be asked to return")]
fn end_soon() {
    thread::sleep(GRACE);
    std::process::exit(1);
}
