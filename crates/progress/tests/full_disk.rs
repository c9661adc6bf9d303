//! A disk that is really full: a small one of the test's own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Opens a profile, fills the disk around it, records until there is no room, reads, makes room, and
/// records again. What was acknowledged and what was read goes to files elsewhere.
const STORY: &str = r#"
set -u
mount -t tmpfs -o size=4m none "$DISK" || exit 77
"$KILL" read "$DISK/profile" >/dev/null 2>&1
dd if=/dev/zero of="$DISK/filler" bs=64k 2>/dev/null
"$KILL" write "$DISK/profile" >"$OUT/first" 2>"$OUT/first-error"
"$KILL" read "$DISK/profile" >"$OUT/read-full" 2>"$OUT/notices-full"
df -k "$DISK" >"$OUT/df"
rm "$DISK/filler"
timeout 1 "$KILL" write "$DISK/profile" >"$OUT/second" 2>"$OUT/second-error"
"$KILL" read "$DISK/profile" >"$OUT/read-last" 2>"$OUT/notices-last"
"#;

fn numbers(out: &Path, name: &str) -> BTreeSet<i64> {
    let text = fs::read_to_string(out.join(name)).unwrap();
    text.lines().map(|line| line.parse().unwrap()).collect()
}

#[test]
#[ignore = "needs a mount of its own: user namespaces, or root"]
fn what_was_acknowledged_before_the_disk_was_full_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, out) = (folder.path().join("disk"), folder.path().join("out"));
    [&disk, &out].into_iter().for_each(|folder| fs::create_dir(folder).unwrap());
    let exe = std::env::current_exe().unwrap();
    let kill = exe.parent().and_then(|deps| deps.parent()).unwrap().join("examples/kill");
    let story = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", STORY])
        .envs([("DISK", &disk), ("OUT", &out), ("KILL", &kill)])
        .status()
        .unwrap();
    assert!(story.success(), "{story}: 77 is a mount that is refused");
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    let first = numbers(&out, "first");
    assert!(read("first-error").contains("Full"), "{}", read("first-error"));
    assert!(first.len() > 100, "the reserve holds for a while: {}", first.len());
    let lost: Vec<_> = first.difference(&numbers(&out, "read-full")).copied().collect();
    assert_eq!(lost, [], "{}", read("notices-full"));
    let (second, last) = (numbers(&out, "second"), numbers(&out, "read-last"));
    assert!(second.len() > 10, "with room again it goes on: {}", read("second-error"));
    assert!(first.union(&second).all(|began| last.contains(began)), "{}", read("notices-last"));
    assert!(!read("notices-last").contains("Recovered"), "{}", read("notices-last"));
}
