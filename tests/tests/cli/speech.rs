//! `prita say`, `transcribe` and `devices`.

use std::fs;

use prita_tests::command::{demo, lines, prita, text};
use prita_tests::tiny_models;

use crate::sound::{noise, wav};

#[test]
fn a_sentence_is_spoken_into_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("said.wav");
    let output = prita(&["--json", "say", "המיתר השלישי נחנק", "--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let spoken = lines(&output);
    assert_eq!(spoken.len(), 1);
    assert_eq!(spoken[0]["type"], "spoken");
    assert!(spoken[0]["seconds"].as_f64().unwrap() > 0.5);
    let file = fs::read(&out).unwrap();
    assert_eq!((&file[..4], &file[8..12]), (&b"RIFF"[..], &b"WAVE"[..]));
    let loudest = file[44..].chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]]).abs()).max();
    assert!(loudest.unwrap() > 1_000, "{loudest:?}");
}

#[test]
fn devices_are_told_in_json_alone() {
    let output = prita(&["--json", "devices"]);
    assert_eq!(output.status.code(), Some(0));
    let found = lines(&output);
    assert!(found.iter().all(|line| line["type"] == "device" && line["id"].is_string()));
    assert!(found.iter().any(|line| line["kind"] == "voice"), "{found:?}");
}

#[test]
fn without_a_model_transcription_says_what_is_missing() {
    let output = prita(&["transcribe", &demo(), "--model", "nowhere.bin"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("הקובץ לא נמצא"), "{}", text(&output.stderr));
}

#[test]
fn a_voice_that_is_not_here_is_exit_code_four() {
    let output = prita(&["say", "שלום", "--voice", "nobody"]);
    assert_eq!(output.status.code(), Some(4));
    let said = text(&output.stderr);
    // A machine without any voice cannot offer another one.
    let offered = ["אין כאן קול בשם הזה", "אין כאן קול שיודע עברית"];
    assert!(offered.iter().any(|words| said.contains(words)), "{said}");
    assert!(said.contains("nobody") || said.contains(offered[1]), "{said}");
}

#[test]
fn a_clip_is_transcribed_and_one_that_is_too_long_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("tiny-whisper.bin");
    tiny_models::write_speech_model(&model).unwrap();
    let model = model.to_str().unwrap();
    let output = prita(&["--json", "transcribe", &demo(), "--model", model]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let heard = lines(&output);
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0]["type"], "utterance");
    assert!(heard[0]["text"].is_string() && heard[0]["until"].as_f64().unwrap() > 1.0);

    let long = folder.path().join("long.wav");
    fs::write(&long, wav(&noise(8_000 * 122), 8_000, 1)).unwrap();
    let output = prita(&["transcribe", long.to_str().unwrap(), "--model", model]);
    assert_eq!(output.status.code(), Some(3));
    let said = text(&output.stderr);
    assert!(said.contains("ארוכה מדי") && said.contains("120s"), "{said}");
}
