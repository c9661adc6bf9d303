//! Arrows point one way, and each native crate has one home. A new arrow is added here, with a
//! reason, or not at all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// Who may depend on whom inside the workspace (development dependencies apart).
const ARROWS: [(&str, &[&str]); 14] = [
    ("theory", &[]),
    ("audio", &["theory"]),
    ("tutor", &["theory", "audio"]),
    ("protocol", &[]),
    ("pipeline", &["theory", "audio", "tutor"]),
    // The voice maps the teacher's IPA; recordings and microphones make audio chunks.
    ("engines", &["pipeline", "protocol", "audio", "tutor"]),
    ("llm", &["protocol"]),
    ("asr", &["protocol"]),
    ("models", &[]),
    ("host", &["engines", "models", "pipeline", "tutor", "audio", "theory"]),
    ("cli", &["host", "models", "pipeline", "tutor", "audio", "theory"]),
    ("prita-mobile", &[]),
    ("prita-app", &["host", "prita-mobile", "pipeline", "tutor", "audio", "theory"]),
    ("prita-tests", &[]),
];

/// Native or weighty crates and the only packages that may name them.
const HOMES: [(&str, &[&str]); 12] = [
    ("cpal", &["engines"]),
    ("ort", &["engines"]),
    ("symphonia", &["engines"]),
    ("rtrb", &["engines"]),
    ("llama-cpp-2", &["llm"]),
    ("llama-cpp-sys-2", &["llm"]),
    ("whisper-rs", &["asr"]),
    ("whisper-rs-sys", &["asr"]),
    ("tauri", &["prita-app", "prita-mobile"]),
    ("tauri-plugin-barcode-scanner", &["prita-app"]),
    ("clap", &["cli"]),
    // No async runtime of our own before `link` and `models` need one.
    ("tokio", &[]),
];

/// The pure core: what it may use from outside.
const PURE: [(&str, &[&str]); 3] = [
    ("theory", &["serde", "thiserror"]),
    ("audio", &["serde", "thiserror", "realfft"]),
    ("tutor", &["serde", "serde_json", "thiserror"]),
];

/// What no pure crate may name: clocks, files, threads, network, printing.
const IMPURE: [&str; 8] = [
    "std::fs",
    "std::net",
    "std::thread",
    "std::process",
    "std::env",
    "Instant::now",
    "SystemTime",
    "std::sync::mpsc",
];

fn workspace() -> Metadata {
    MetadataCommand::new().no_deps().exec().expect("cargo metadata runs")
}

fn dependencies(package: &Package) -> BTreeSet<&str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development)
        .map(|dependency| dependency.name.as_str())
        .collect()
}

#[test]
fn arrows_point_one_way() {
    let workspace = workspace();
    let members: BTreeSet<&str> = workspace.packages.iter().map(|p| p.name.as_str()).collect();
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    for package in &workspace.packages {
        let allowed = arrows
            .get(package.name.as_str())
            .unwrap_or_else(|| panic!("{} has no place in the picture", package.name));
        for dependency in dependencies(package).intersection(&members) {
            assert!(allowed.contains(dependency), "{} → {dependency} is a new arrow", package.name);
        }
    }
}

#[test]
fn native_crates_stay_at_home() {
    let workspace = workspace();
    for package in &workspace.packages {
        for dependency in package.dependencies.iter().map(|d| d.name.as_str()) {
            if let Some((_, homes)) = HOMES.iter().find(|(name, _)| *name == dependency) {
                let home = homes.contains(&package.name.as_str());
                assert!(home, "{} must not name {dependency}", package.name);
            }
        }
    }
}

#[test]
fn nothing_links_both_ggmls() {
    for package in &workspace().packages {
        let all: BTreeSet<&str> = package.dependencies.iter().map(|d| d.name.as_str()).collect();
        let both = all.contains("llm") && all.contains("asr");
        assert!(!both, "{} depends on llm and asr: two ggmls in one program abort", package.name);
    }
}

#[test]
fn the_core_is_pure() {
    let workspace = workspace();
    for (name, outside) in PURE {
        let package = workspace.packages.iter().find(|p| p.name.as_str() == name).expect(name);
        for dependency in dependencies(package) {
            let known =
                outside.contains(&dependency) || ARROWS.iter().any(|(c, _)| *c == dependency);
            assert!(known, "{name} is pure and must not use {dependency}");
        }
        let sources = package.manifest_path.parent().expect("a folder").join("src");
        for file in rust_files(sources.as_std_path()) {
            let text = std::fs::read_to_string(&file).expect("a readable source");
            for word in IMPURE {
                assert!(!text.contains(word), "{} names {word}", file.display());
            }
        }
    }
}

fn rust_files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
