//! The page's bindings are those of the commands; `UPDATE_BINDINGS=1` rewrites them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::Path;

#[test]
fn bindings_have_not_drifted() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/backend/bindings.ts");
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        prita_app::typescript(&committed).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("bindings.ts");
    prita_app::typescript(&fresh).unwrap();
    assert_eq!(
        fs::read_to_string(&fresh).unwrap(),
        fs::read_to_string(&committed).unwrap(),
        "run UPDATE_BINDINGS=1 cargo test -p prita-app --test bindings"
    );
}
