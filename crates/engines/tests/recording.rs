//! Ogg files that were cut short are refused before a sound of them is heard.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::time::Duration;

use engines::recording::Recording;
use pipeline::ports::{AudioSource, Capture, PortError};

/// An ogg page that carries `body` (at most 255 bytes).
fn page(flags: u8, body: &[u8]) -> Vec<u8> {
    let mut page = b"OggS\0".to_vec();
    page.push(flags);
    page.extend([0; 20]);
    page.extend([1, body.len() as u8]);
    page.extend(body);
    page
}

/// What opening a file of these bytes comes to; an end is waited for where it opens.
fn opened(bytes: &[u8], name: &str) -> Result<(), PortError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    let mut recording = Recording::open(&path)?;
    while !matches!(recording.read(Duration::ZERO)?, Capture::Ended) {}
    Ok(())
}

fn is_cut_short(found: &Result<(), PortError>) -> bool {
    matches!(found, Err(PortError::Damaged { why, .. }) if why == "it is cut short")
}

#[test]
fn an_ogg_file_without_its_last_page_is_cut_short() {
    let first = page(2, b"head");
    let last = page(4, &[7; 200]);
    let missing = [first.clone(), page(0, &[7; 200])].concat();
    assert!(is_cut_short(&opened(&missing, "a.ogg")));
    let whole = [first.clone(), last.clone()].concat();
    // It ends as it should, but holds no vorbis.
    let found = opened(&whole, "b.ogg");
    assert!(found.is_err() && !is_cut_short(&found), "{found:?}");
    for cut in [1, 100, 201, last.len() - 5] {
        let found = opened(&whole[..whole.len() - cut], "c.ogg");
        assert!(is_cut_short(&found), "{cut}: {found:?}");
    }
}

#[test]
fn a_page_mark_elsewhere_is_no_ogg_file() {
    let mut bytes = b"nothing like it ".to_vec();
    bytes.extend(page(0, b"body"));
    let found = opened(&bytes, "a.ogg");
    assert!(matches!(found, Err(PortError::Refused { .. })), "{found:?}");
}
