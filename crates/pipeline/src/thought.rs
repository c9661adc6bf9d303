//! The language model's part: *how* a truth is said, never what is true.
//!
//! The first cut lets it choose among the teacher's own wordings of the same fact; a grammar
//! holds it to them and the answer is compared again. It never phrases freely: nothing here could
//! check that.

use std::time::Duration;

use tutor::Feedback;

use crate::ports::{Generation, LanguageModel, PortError};

/// The ready template speaks if the model thinks longer.
pub(crate) const PATIENCE: Duration = Duration::from_millis(1_500);

const MAX_TOKENS: u32 = 256;

/// Lets the model choose one of several true wordings; tells which.
///
/// # Errors
/// What the port reports, or [`PortError::Refused`] when the answer is none of them.
pub fn choose_wording(
    model: &mut dyn LanguageModel,
    wordings: &[Feedback],
    go_on: &dyn Fn() -> bool,
) -> Result<usize, PortError> {
    let texts: Vec<String> = wordings.iter().map(Feedback::speech).collect();
    let request = Generation {
        prompt: prompt(&texts),
        grammar: Some(choice_grammar(&texts)),
        max_tokens: MAX_TOKENS,
        seed: 0,
        temperature: 0.0,
    };
    let answer = model.generate(&request, &mut |_| go_on())?;
    texts.iter().position(|text| text == answer.trim()).ok_or_else(|| PortError::Refused {
        what: "language model".to_owned(),
        why: "the answer is not one of the wordings".to_owned(),
    })
}

fn prompt(texts: &[String]) -> String {
    let list: Vec<String> = texts.iter().map(|text| format!("- {text}\n")).collect();
    format!("מורה לגיטרה בוחר את הניסוח הטבעי והחם ביותר:\n{}הניסוח שנבחר:\n", list.concat())
}

/// A GBNF grammar whose only sentences are `texts`.
#[must_use]
pub fn choice_grammar(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("root ::= {}\n", quoted.join(" | "))
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_do_not_end_the_sentence() {
        let grammar = choice_grammar(&["א\"ב".to_owned(), "ג\\ד".to_owned()]);
        assert_eq!(grammar, "root ::= \"א\\\"ב\" | \"ג\\\\ד\"\n");
    }
}
