//! Damaged, cut, empty, missing and unreadable files, on real files on disk.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use models::{
    BASIC_PITCH, Catalog, Entry, ModelError, ModelHome, ONNX_RUNTIME, verify, verify_bytes,
};
use tempfile::TempDir;

/// sha256 of "The five boxing wizards jump quickly.", computed with coreutils' `sha256sum`.
const CONTENT: &[u8] = b"The five boxing wizards jump quickly.";
const CONTENT_SHA256: &str = "edf1c7a5163fc12092a88cf89efb11783953032dd8d3e76befb8c375727d436d";

struct Shelf {
    folder: TempDir,
    entry: Entry,
}

impl Shelf {
    fn new() -> Self {
        let mut entry = Catalog::embedded().unwrap().entry(BASIC_PITCH).unwrap().clone();
        entry.sha256 = CONTENT_SHA256.into();
        entry.bytes = CONTENT.len() as u64;
        Self { folder: tempfile::tempdir().unwrap(), entry }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join(&self.entry.file)
    }

    fn put(&self, bytes: &[u8]) -> PathBuf {
        fs::write(self.path(), bytes).unwrap();
        self.path()
    }
}

fn refused(path: &Path, entry: &Entry) -> String {
    match verify(path, entry).unwrap_err() {
        ModelError::Damaged { expected, found, .. } => {
            assert_eq!(expected, entry.sha256);
            assert_ne!(found, expected);
            found
        }
        other => panic!("expected damage, got {other}"),
    }
}

#[test]
fn the_right_file_passes() {
    let shelf = Shelf::new();
    let path = shelf.put(CONTENT);
    verify(&path, &shelf.entry).unwrap();
    assert_eq!(verify_bytes(&path, &shelf.entry).unwrap(), CONTENT);
}

#[test]
fn one_flipped_bit_anywhere_is_refused() {
    let shelf = Shelf::new();
    for at in 0..CONTENT.len() {
        let mut bytes = CONTENT.to_vec();
        bytes[at] ^= 1 << (at % 8);
        let path = shelf.put(&bytes);
        refused(&path, &shelf.entry);
        assert!(matches!(
            verify_bytes(&path, &shelf.entry).unwrap_err(),
            ModelError::Damaged { .. }
        ));
    }
}

#[test]
fn a_cut_file_a_longer_file_and_an_empty_file_are_refused() {
    let shelf = Shelf::new();
    refused(&shelf.put(&CONTENT[..CONTENT.len() - 1]), &shelf.entry);
    refused(&shelf.put(&[CONTENT, b"\0"].concat()), &shelf.entry);
    let empty = refused(&shelf.put(b""), &shelf.entry);
    assert!(empty.starts_with("e3b0c44298fc1c14"), "sha256 of nothing, got {empty}");
}

#[test]
fn a_file_longer_than_one_piece_is_hashed_whole() {
    let shelf = Shelf::new();
    let long = vec![7; (1 << 20) + 1];
    let mut entry = shelf.entry.clone();
    entry.sha256 = refused(&shelf.put(&long), &shelf.entry);
    verify(&shelf.path(), &entry).unwrap();
    let mut damaged = long;
    damaged[1 << 20] = 8;
    refused(&shelf.put(&damaged), &entry);
}

#[test]
fn a_missing_file_is_missing_not_damaged() {
    let shelf = Shelf::new();
    let error = verify(&shelf.path(), &shelf.entry).unwrap_err();
    assert!(matches!(error, ModelError::Missing { .. }), "{error}");
}

#[test]
fn a_folder_in_its_place_is_unreadable() {
    let shelf = Shelf::new();
    fs::create_dir(shelf.path()).unwrap();
    let error = verify(&shelf.path(), &shelf.entry).unwrap_err();
    assert!(matches!(error, ModelError::Unreadable { .. }), "{error}");
}

#[test]
fn the_first_place_that_has_the_file_decides() {
    let (first, second) = (Shelf::new(), Shelf::new());
    let home = ModelHome::of(vec![first.folder.path().into(), second.folder.path().into()]);
    second.put(CONTENT);
    assert_eq!(home.locate(&first.entry).unwrap(), second.path());
    first.put(b"damaged");
    assert_eq!(home.locate(&first.entry).unwrap(), first.path());
    let error = home.verified_bytes(BASIC_PITCH).unwrap_err();
    assert!(matches!(error, ModelError::Damaged { ref path, .. } if *path == first.path()));
}

#[test]
fn a_bare_home_says_where_it_looked() {
    let shelf = Shelf::new();
    let home = ModelHome::of(vec![shelf.folder.path().into()]);
    match home.verified_path(ONNX_RUNTIME).unwrap_err() {
        ModelError::Missing { searched, .. } => assert_eq!(searched, home.places()),
        other => panic!("{other}"),
    }
}
