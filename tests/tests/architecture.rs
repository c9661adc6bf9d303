//! Arrows point one way, and each native crate has one home. A new arrow is added here, with a
//! reason, or not at all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// Who may depend on whom inside the workspace (development dependencies apart).
const ARROWS: [(&str, &[&str]); 18] = [
    ("theory", &[]),
    ("audio", &["theory"]),
    // Test sound; no part of the product uses it but `bench`.
    ("synth", &["theory"]),
    ("tutor", &["theory", "audio"]),
    ("protocol", &[]),
    ("pipeline", &["theory", "audio", "tutor"]),
    // The voice maps the teacher's IPA; recordings and microphones make audio chunks.
    ("engines", &["pipeline", "protocol", "audio", "tutor"]),
    ("llm", &["protocol"]),
    ("asr", &["protocol"]),
    ("models", &[]),
    // SQLite behind the Journal port; items, grades and days are the teacher's.
    ("progress", &["pipeline", "tutor"]),
    ("host", &["engines", "models", "pipeline", "progress", "tutor", "audio", "theory"]),
    // Hears takes with known truth, plays drawn weeks; a tool, no part of a lesson.
    ("bench", &["host", "pipeline", "tutor", "audio", "synth", "theory"]),
    ("cli", &["bench", "host", "models", "pipeline", "progress", "tutor", "audio", "theory"]),
    ("prita-mobile", &[]),
    ("prita-app", &["host", "prita-mobile", "pipeline", "progress", "tutor", "audio", "theory"]),
    // Lets the real ears hear rendered strums, to train their net.
    ("train-ears", &["host", "engines", "models", "pipeline", "synth", "audio", "theory"]),
    ("prita-tests", &[]),
];

/// Native or weighty crates and the only packages that may name them.
const HOMES: [(&str, &[&str]); 15] = [
    ("alsa", &["engines"]),
    ("cpal", &["engines"]),
    ("ort", &["engines"]),
    ("symphonia", &["engines"]),
    ("rtrb", &["engines"]),
    ("llama-cpp-2", &["llm"]),
    ("llama-cpp-sys-2", &["llm"]),
    ("whisper-rs", &["asr"]),
    ("whisper-rs-sys", &["asr"]),
    ("rusqlite", &["progress"]),
    ("rusqlite_migration", &["progress"]),
    ("tauri", &["prita-app", "prita-mobile"]),
    ("tauri-plugin-barcode-scanner", &["prita-app"]),
    ("clap", &["cli", "train-ears"]),
    // No async runtime of our own before `link` and `models` need one.
    ("tokio", &[]),
];

/// The pure core: what it may use from outside.
const PURE: [(&str, &[&str]); 3] = [
    ("theory", &["serde", "thiserror"]),
    ("audio", &["serde", "thiserror", "realfft"]),
    // Songs come as MusicXML, too.
    ("tutor", &["roxmltree", "serde", "serde_json", "serde-saphyr", "thiserror"]),
];

/// What no pure crate may name: files, network, threads, clocks, and globs that would hide them.
const IMPURE: [&str; 11] = [
    "std::fs",
    "std::net",
    "std::thread",
    "std::process",
    "std::env",
    "std::io",
    "std::time::Instant",
    "std::time::SystemTime",
    "std::sync::mpsc",
    "std::*",
    "std::time::*",
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
        let named = dependencies(package);
        for dependency in named.intersection(&members) {
            assert!(allowed.contains(dependency), "{} → {dependency} is a new arrow", package.name);
        }
        for arrow in *allowed {
            assert!(named.contains(arrow), "{} → {arrow} is in the picture alone", package.name);
        }
    }
    assert_eq!(members.len(), ARROWS.len(), "the picture shows a package that is gone");
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

/// Everything that is linked into each member: what it, its tests and its build script name, and
/// what that needs in turn.
fn linked() -> BTreeMap<String, BTreeSet<String>> {
    let all = MetadataCommand::new().exec().expect("cargo metadata runs");
    let names: BTreeMap<_, _> = all.packages.iter().map(|p| (&p.id, p.name.to_string())).collect();
    let resolve = all.resolve.as_ref().expect("a resolve graph");
    let nodes: BTreeMap<_, _> = resolve.nodes.iter().map(|node| (&node.id, node)).collect();
    let closure = |member| {
        let (mut open, mut seen) = (vec![(member, true)], BTreeSet::new());
        while let Some((id, own)) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            // Development dependencies of others are not linked.
            open.extend(nodes[id].deps.iter().filter_map(|dep| {
                let development = |kind: DependencyKind| kind == DependencyKind::Development;
                let linked = own || !dep.dep_kinds.iter().all(|info| development(info.kind));
                linked.then_some((&dep.pkg, false))
            }));
        }
        seen.into_iter().map(|id| names[id].clone()).collect()
    };
    all.workspace_members.iter().map(|id| (names[id].clone(), closure(id))).collect()
}

#[test]
fn nothing_links_both_ggmls() {
    let linked = linked();
    let holds = |member: &str, native: &str| linked[member].contains(native);
    assert!(holds("llm", "llama-cpp-sys-2") && holds("asr", "whisper-rs-sys"), "they were renamed");
    for member in linked.keys() {
        let both = holds(member, "llama-cpp-sys-2") && holds(member, "whisper-rs-sys");
        assert!(!both, "{member} links llama.cpp and whisper.cpp: two ggmls in one program abort");
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
            for path in named_paths(&text) {
                let impure = IMPURE.iter().find(|word| is_within(&path, word));
                assert_eq!(impure, None, "{} names {path}", file.display());
            }
        }
    }
}

#[test]
fn a_grouped_import_is_seen_through() {
    let source = "use std::{fs, time::{Duration, Instant as Now}}; // std::net\nstd::env::var(x)";
    let paths = named_paths(source);
    for path in ["std::fs", "std::time::Instant", "std::env::var", "std::time::Duration"] {
        assert!(paths.contains(path), "{path}: {paths:?}");
    }
    assert!(!paths.contains("std::net"), "{paths:?}");
    assert!(is_within("std::env::var", "std::env") && !is_within("std::envoy", "std::env"));
}

fn is_within(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Every path that a source names outside line comments, groups `a::{b, c}` taken apart.
fn named_paths(source: &str) -> BTreeSet<String> {
    let code: Vec<&str> =
        source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let (mut paths, mut groups, mut path) = (BTreeSet::new(), Vec::new(), String::new());
    for token in tokens(&code.join("\n")) {
        match token.as_str() {
            "{" if path.ends_with("::") => groups.push(std::mem::take(&mut path)),
            "::" => path.push_str("::"),
            word if path.ends_with("::") && is_word(word) => path.push_str(word),
            other => {
                paths.insert(groups.concat() + &std::mem::take(&mut path));
                if other == "{" {
                    groups.push(String::new());
                } else if other == "}" {
                    groups.pop();
                } else if is_word(other) {
                    path.push_str(other);
                }
            }
        }
    }
    paths.insert(path);
    paths
}

fn is_word(token: &str) -> bool {
    token == "*" || token.chars().all(|c| c.is_alphanumeric() || c == '_')
}

fn tokens(code: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match rest.find(|c: char| !c.is_alphanumeric() && c != '_') {
            Some(0) if rest.starts_with("::") => 2,
            Some(0) => first.len_utf8(),
            Some(word) => word,
            None => rest.len(),
        };
        tokens.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    tokens
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
