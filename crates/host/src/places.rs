use std::env;
use std::path::{Path, PathBuf};

const INSTALLED: &str = "lib/prita/demo.wav";
const IN_CHECKOUT: &str = "tests/demo/em-third-string-dead.wav";

/// The bundled recording: E minor, three strums, the third string dead. In an installed package
/// beside the program, in a checkout among the tests.
#[must_use]
pub fn demo_recording() -> Option<PathBuf> {
    let exe = env::current_exe().and_then(|exe| exe.canonicalize()).ok()?;
    let folder = exe.parent()?;
    let beside = folder.join("demo.wav");
    let installed = folder.parent().map(|prefix| prefix.join(INSTALLED));
    let checkout = checkout_of(&exe).map(|root| root.join(IN_CHECKOUT));
    [Some(beside), installed, checkout].into_iter().flatten().find(|path| path.is_file())
}

/// The checkout whose build folder holds the program.
fn checkout_of(exe: &Path) -> Option<PathBuf> {
    exe.ancestors().find(|folder| folder.join(IN_CHECKOUT).is_file()).map(Path::to_path_buf)
}
