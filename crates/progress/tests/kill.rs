//! A short run of `examples/kill.rs`; the long one is `cargo run --release -p progress --example
//! kill -- 200`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::process::Command;

#[test]
fn ten_kills_lose_nothing() {
    let exe = std::env::current_exe().unwrap();
    let built = exe.parent().and_then(|deps| deps.parent()).unwrap();
    let kill = built.join("examples").join(format!("kill{}", std::env::consts::EXE_SUFFIX));
    assert!(kill.is_file(), "cargo builds examples with the tests; not with --test alone");
    let output = Command::new(kill).arg("10").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("kills 10 ") && said.contains("lost 0, damaged 0"), "{said}");
    let acknowledged = said.split("acknowledged ").nth(1).and_then(|it| it.split(',').next());
    assert!(acknowledged.unwrap().parse::<u32>().unwrap() > 0, "{said}");
}
