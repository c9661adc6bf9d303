//! Running a short-lived program with a time limit. It is killed when it overruns.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use pipeline::ports::PortError;

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
    let Some(mut stdout) = child.stdout.take() else {
        end(&mut child);
        return Err(crashed("its output is missing".to_owned()));
    };
    let (done, bytes) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stdout.read_to_end(&mut bytes).map(|_| bytes);
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
    let status = child.wait().map_err(|error| crashed(error.to_string()))?;
    if status.success() { Ok(bytes) } else { Err(crashed(status.to_string())) }
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
        let long = Duration::from_secs(20);
        assert!(matches!(output(&fails, &[], long), Err(PortError::Crashed { .. })));
    }
}
