//! The language engine at work.

use engines::program::{Health, LanguageEngine};
use pipeline::ports::{Generation, LanguageModel, PortError};

use crate::bench::{DEADLINE, language, question, speech_setup, works};

const VERDICT: &str = "root ::= (\"כן\" | \"לא\") \" \" [0-9]{3}";

fn refusal(answer: Result<String, PortError>) -> String {
    match answer {
        Err(PortError::Refused { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_answer_follows_the_grammar() {
    let mut engine = language();
    for seed in 0..25 {
        let asked = Generation { seed, temperature: 1.5, ..question("מה?", Some(VERDICT), 60) };
        let answer = engine.generate(&asked, &mut |_| true).unwrap();
        let (word, number) = answer.split_once(' ').unwrap();
        assert!(["כן", "לא"].contains(&word), "{answer}");
        assert!(number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()), "{answer}");
    }
}

#[test]
fn the_same_seed_gives_the_same_answer() {
    let mut engine = language();
    let mut answer = |seed| {
        let asked = Generation { seed, temperature: 1.0, ..question("מיתר", None, 40) };
        engine.generate(&asked, &mut |_| true).unwrap()
    };
    let first = answer(5);
    assert_eq!(first, answer(5));
    assert_ne!(first, answer(6));
}

#[test]
fn pieces_are_the_answer() {
    let mut engine = language();
    let sentence = "root ::= \"מיתר שלוש לא נשמע, לחץ קרוב יותר לפס\"";
    let mut pieces = Vec::new();
    let answer = engine.generate(&question("מה?", Some(sentence), 200), &mut |piece| {
        pieces.push(piece.to_owned());
        true
    });
    assert_eq!(answer.unwrap(), "מיתר שלוש לא נשמע, לחץ קרוב יותר לפס");
    assert_eq!(pieces.concat(), "מיתר שלוש לא נשמע, לחץ קרוב יותר לפס");
    assert!(pieces.iter().filter(|piece| !piece.is_empty()).count() > 10);
}

#[test]
fn no_more_tokens_than_asked() {
    let mut engine = language();
    let letters = "root ::= [א-ת]+";
    let answer = engine.generate(&question("x", Some(letters), 9), &mut |_| true).unwrap();
    assert!(answer.chars().count() <= 9 && !answer.is_empty(), "{answer}");
    let nothing = engine.generate(&question("x", None, 0), &mut |_| true).unwrap();
    assert_eq!(nothing, "");
}

#[test]
fn a_cancelled_answer_frees_the_engine() {
    let mut engine = language();
    let mut heard = 0;
    let partial = engine.generate(&question("ספר", None, 4_000), &mut |piece| {
        heard += usize::from(!piece.is_empty());
        heard < 5
    });
    let partial = partial.unwrap();
    assert!(!partial.is_empty() && partial.chars().count() < 1_000, "{partial}");
    works(&mut engine);
    assert_eq!(engine.program().status().starts, 1);
}

#[test]
fn unusable_requests_are_refused_and_the_engine_lives() {
    let mut engine = language();
    let deep = format!("root ::= {}\"a\"{}", "(".repeat(9_000), ")".repeat(9_000));
    let grammars = [
        "",
        "root ::= [",
        "root ::= root \"a\"",
        "root ::= other",
        "word ::= \"a\"",
        "root ::= \"a\0\"",
        "root ::= \"a\"{9,2}",
        deep.as_str(),
    ];
    for grammar in grammars {
        let outcome = engine.generate(&question("x", Some(grammar), 5), &mut |_| true);
        assert!(matches!(outcome, Err(PortError::Refused { .. })), "{grammar:.40}: {outcome:?}");
    }
    let long = refusal(engine.generate(&question("x", None, 5_000), &mut |_| true));
    assert!(long.contains("4096"), "{long}");
    let huge = "א".repeat(400_000);
    refusal(engine.generate(&question(&huge, None, 5), &mut |_| true));
    let no_number = Generation { temperature: f32::NAN, ..question("x", None, 3) };
    engine.generate(&no_number, &mut |_| true).unwrap();
    works(&mut engine);
    assert_eq!(engine.program().status().starts, 1);
}

#[test]
fn odd_prompts_are_answered() {
    let mut engine = language();
    let long = "מיתר ".repeat(500);
    let prompts = ["", "\0", "</s><s><unk>", "\u{2066}Em\u{2069}", "🎸", long.as_str()];
    for prompt in prompts {
        engine.generate(&question(prompt, None, 5), &mut |_| true).unwrap();
    }
    assert_eq!(engine.program().status().starts, 1);
}

#[test]
fn a_grammar_beyond_the_vocabulary_is_no_answer() {
    let mut engine = language();
    // llama.cpp lets no token through that begins with a zero byte.
    let impossible = "root ::= [\\x00]";
    let answer = engine.generate(&question("x", Some(impossible), 5), &mut |_| true);
    refusal(answer);
    works(&mut engine);
}

#[test]
fn a_program_that_cannot_write_text_is_refused() {
    let mut engine = LanguageEngine::start(speech_setup(), DEADLINE);
    let why = refusal(engine.generate(&question("x", None, 5), &mut |_| true));
    assert!(why.contains("prita-asr"), "{why}");
    assert!(matches!(engine.program().status().health, Health::Broken(_)));
}
