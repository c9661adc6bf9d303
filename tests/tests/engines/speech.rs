//! The speech engine at work.

use engines::program::SpeechEngine;
use pipeline::ports::{PortError, Transcriber};

use crate::bench::{DEADLINE, clip, speech, speech_setup};

#[test]
fn clips_are_transcribed() {
    let mut engine = speech();
    let transcript = engine.transcribe(&clip(3.0), "he").unwrap();
    assert!(!transcript.text.is_empty());
    assert!((0.0..=1.0).contains(&transcript.confidence), "{}", transcript.confidence);
    let again = engine.transcribe(&clip(3.0), "he").unwrap();
    assert_eq!(transcript.text, again.text);
}

#[test]
fn odd_clips_never_end_the_engine() {
    let mut engine = speech();
    let answered: [(&str, Vec<f32>); 6] = [
        ("one sample", vec![0.5]),
        ("a tenth", clip(0.1)),
        ("silence", vec![0.0; 32_000]),
        ("a minute", clip(60.0)),
        ("far too loud", vec![1e30; 20_000]),
        ("denormal", vec![f32::MIN_POSITIVE / 2.0; 20_000]),
    ];
    for (name, samples) in answered {
        let outcome = engine.transcribe(&samples, "he");
        assert!(outcome.is_ok(), "{name}: {outcome:?}");
    }
    let refused: [(&str, Vec<f32>); 5] = [
        ("empty", Vec::new()),
        ("no number", vec![f32::NAN; 16_000]),
        ("one infinity", [clip(1.0), vec![f32::INFINITY]].concat()),
        ("three minutes", vec![0.0; 16_000 * 180]),
        ("larger than a frame may be", vec![0.0; 16_000 * 300]),
    ];
    for (name, samples) in refused {
        let outcome = engine.transcribe(&samples, "he");
        assert!(matches!(outcome, Err(PortError::Refused { .. })), "{name}: {outcome:?}");
    }
    assert_eq!(engine.program().status().starts, 1);
}

#[test]
fn the_language_is_never_guessed() {
    let mut engine = speech();
    for language in ["", "auto", "xx", "he\0"] {
        let outcome = engine.transcribe(&clip(1.0), language);
        assert!(matches!(outcome, Err(PortError::Refused { .. })), "{language}: {outcome:?}");
    }
}

#[test]
fn the_glossary_is_taken() {
    let glossary = Some("מיתר סריג אקורד".to_owned());
    let mut engine = SpeechEngine::start(speech_setup(), DEADLINE, glossary);
    let primed = engine.transcribe(&clip(2.0), "he").unwrap();
    assert_ne!(primed.text, speech().transcribe(&clip(2.0), "he").unwrap().text);
    let zero = Some("a\0b".to_owned());
    let mut engine = SpeechEngine::start(speech_setup(), DEADLINE, zero);
    let outcome = engine.transcribe(&clip(1.0), "he");
    assert!(matches!(outcome, Err(PortError::Refused { .. })), "{outcome:?}");
}
