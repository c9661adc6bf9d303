//! Running a short-lived program with a time limit. It is killed when it overruns.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use pipeline::ports::PortError;

/// More than any sentence: some minutes of 16-bit sound.
const MOST_BYTES: u64 = 32 << 20;
const LOOK: Duration = Duration::from_millis(5);

/// The program of that name in the folders of `PATH`.
pub(super) fn program_on_path(name: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&paths).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// What the program writes on its standard output.
///
/// # Errors
/// Missing, timed out (and killed), or ended with a failure.
pub(super) fn output(
    program: &Path,
    arguments: &[&str],
    limit: Duration,
) -> Result<Vec<u8>, PortError> {
    let what = || program.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let crashed = |why: String| PortError::Crashed { what: what(), why };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| PortError::Missing { what: what() })?;
    let until = Instant::now() + limit;
    let Some(stdout) = child.stdout.take() else {
        end(&mut child);
        return Err(crashed("its output is missing".to_owned()));
    };
    let (done, bytes) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stdout.take(MOST_BYTES).read_to_end(&mut bytes).map(|_| bytes);
        // Nobody waits any more after the time limit.
        let _ = done.send(read);
    });
    let bytes = match bytes.recv_timeout(limit) {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => {
            end(&mut child);
            return Err(crashed(error.to_string()));
        }
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            end(&mut child);
            return Err(PortError::TimedOut { what: what(), after: limit });
        }
    };
    match ended(&mut child, until) {
        Ok(Some(status)) if status.success() => Ok(bytes),
        Ok(Some(status)) => Err(crashed(status.to_string())),
        Ok(None) => {
            end(&mut child);
            Err(PortError::TimedOut { what: what(), after: limit })
        }
        Err(error) => Err(crashed(error.to_string())),
    }
}

/// How it ended; none if it still runs at `until`, though its output is closed.
fn ended(child: &mut Child, until: Instant) -> io::Result<Option<ExitStatus>> {
    loop {
        match child.try_wait()? {
            None if Instant::now() < until => thread::sleep(LOOK),
            status => return Ok(status),
        }
    }
}

fn end(child: &mut Child) {
    // An error means that it has ended already.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_hangs_is_killed_and_a_missing_one_is_named() {
        let limit = Duration::from_millis(50);
        let sleep = program_on_path("sleep").unwrap();
        assert!(matches!(output(&sleep, &["60"], limit), Err(PortError::TimedOut { .. })));
        let nowhere = Path::new("/nowhere/espeak-ng");
        assert_eq!(
            output(nowhere, &[], limit),
            Err(PortError::Missing { what: "espeak-ng".to_owned() })
        );
        let fails = program_on_path("false").unwrap();
        let shell = program_on_path("sh").unwrap();
        let closed = output(&shell, &["-c", "exec >&-; exec sleep 60"], Duration::from_millis(300));
        assert!(matches!(closed, Err(PortError::TimedOut { .. })), "{closed:?}");
        let long = Duration::from_secs(20);
        assert!(matches!(output(&fails, &[], long), Err(PortError::Crashed { .. })));
    }
}
