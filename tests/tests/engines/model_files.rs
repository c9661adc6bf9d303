//! Missing and damaged programs and models.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use engines::program::{Health, LanguageEngine, ModelFile, Setup, SpeechEngine};
use pipeline::ports::{LanguageModel, PortError, Transcriber};

use crate::bench::{
    DEADLINE, clip, language_model, language_setup, patiently, program, question, speech_model,
    speech_setup, works,
};

fn asked(engine: &mut LanguageEngine) -> Result<String, PortError> {
    engine.generate(&question("x", None, 5), &mut |_| true)
}

#[test]
fn a_missing_program_is_missing() {
    let setup = Setup { program: PathBuf::from("/nowhere/prita-llm"), ..language_setup() };
    let mut engine = LanguageEngine::start(setup, DEADLINE);
    let error = asked(&mut engine).unwrap_err();
    assert_eq!(error, PortError::Missing { what: "/nowhere/prita-llm".to_owned() });
    assert_eq!(engine.program().status().health, Health::Broken(error));

    let setup = Setup { program: PathBuf::from("/nowhere/prita-asr"), ..speech_setup() };
    let error = SpeechEngine::start(setup, DEADLINE, None).transcribe(&clip(1.0), "he");
    assert!(matches!(error, Err(PortError::Missing { .. })), "{error:?}");
}

#[test]
fn a_program_that_comes_back_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("prita-llm");
    let setup = Setup { program: path.clone(), ..language_setup() };
    let mut engine = LanguageEngine::start(setup, DEADLINE);
    asked(&mut engine).unwrap_err();
    std::os::unix::fs::symlink(program("prita-llm"), &path).unwrap();
    patiently(|| match asked(&mut engine) {
        Err(PortError::Missing { what }) => Err(PortError::Restarting { what }),
        other => other,
    });
}

#[test]
fn a_missing_model_is_missing() {
    let gone = ModelFile { path: PathBuf::from("/nowhere/model.gguf"), sha256: None };
    let missing = PortError::Missing { what: "/nowhere/model.gguf".to_owned() };
    let setup = Setup { model: gone.clone(), ..language_setup() };
    assert_eq!(asked(&mut LanguageEngine::start(setup, DEADLINE)), Err(missing.clone()));
    let setup = Setup { model: gone, ..speech_setup() };
    let error = SpeechEngine::start(setup, DEADLINE, None).transcribe(&clip(1.0), "he");
    assert_eq!(error.unwrap_err(), missing);
}

/// One bit in the weights: the native loader would take the file.
fn one_bit_off(model: &ModelFile) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model");
    let mut bytes = fs::read(&model.path).unwrap();
    let at = bytes.len() - 1_000;
    bytes[at] ^= 1;
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

#[test]
fn a_damaged_model_is_refused_before_it_is_parsed() {
    let (_kept, path) = one_bit_off(&language_model());
    let unchecked = ModelFile { path: path.clone(), sha256: None };
    let setup = Setup { model: unchecked, ..language_setup() };
    works(&mut LanguageEngine::start(setup, DEADLINE));

    let checked = ModelFile { path, ..language_model() };
    let setup = Setup { model: checked, ..language_setup() };
    let error = asked(&mut LanguageEngine::start(setup, DEADLINE)).unwrap_err();
    let PortError::Damaged { why, .. } = error else { panic!("{error:?}") };
    assert!(why.contains("sha256"), "{why}");

    let (_kept, path) = one_bit_off(&speech_model());
    let setup = Setup { model: ModelFile { path, ..speech_model() }, ..speech_setup() };
    let outcome = SpeechEngine::start(setup, DEADLINE, None).transcribe(&clip(1.0), "he");
    let Err(PortError::Damaged { why, .. }) = outcome else { panic!("{outcome:?}") };
    assert!(why.contains("sha256"), "{why}");
}

#[test]
fn files_that_are_no_models_are_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model");
    let whole = fs::read(language_model().path).unwrap();
    let cases = [&b""[..], b"GGUF", b"not a model at all", &whole[..5_000], &whole[..400_000]];
    for bytes in cases {
        fs::write(&path, bytes).unwrap();
        let model = ModelFile { path: path.clone(), sha256: None };
        let setup = Setup { model: model.clone(), ..language_setup() };
        let error = asked(&mut LanguageEngine::start(setup, DEADLINE)).unwrap_err();
        assert!(matches!(error, PortError::Damaged { .. }), "{} bytes: {error:?}", bytes.len());
        let setup = Setup { model, ..speech_setup() };
        let outcome = SpeechEngine::start(setup, DEADLINE, None).transcribe(&clip(1.0), "he");
        assert!(outcome.is_err(), "{} bytes: {outcome:?}", bytes.len());
    }
}

#[test]
fn a_broken_engine_answers_at_once_and_is_not_restarted_by_itself() {
    let setup = Setup { program: PathBuf::from("/nowhere/prita-llm"), ..language_setup() };
    let mut engine = LanguageEngine::start(setup, DEADLINE);
    for _ in 0..20 {
        assert!(matches!(asked(&mut engine), Err(PortError::Missing { .. })));
    }
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(engine.program().status().starts, 0);
}
