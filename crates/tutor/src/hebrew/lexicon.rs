//! How words sound: the lexicon of every word the teacher says, and free text over it.

use std::collections::HashMap;
use std::sync::LazyLock;

use thiserror::Error;

use super::spelling;
use crate::Phrase;

/// `word<TAB>IPA`, stress marked before the stressed syllable; `#` begins a comment.
static TEXTS: [&str; 3] = [
    include_str!("../../data/lexicon.tsv"),
    include_str!("../../data/faq/lexicon.tsv"),
    include_str!("../../data/course/lexicon.tsv"),
];

static LEXICON: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(word, ipa)| (word.trim(), ipa.trim()))
        .collect()
});

fn lines() -> impl Iterator<Item = &'static str> {
    TEXTS.iter().flat_map(|text| text.lines()).filter(|l| !l.starts_with('#') && !l.is_empty())
}

/// How a text sounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pronunciation {
    /// Words separated by spaces, `,` `.` `?` kept as pauses, stress marked with `ˈ`.
    pub ipa: String,
    /// Words that are not in the lexicon and were read by letter rules: their vowels are guesses
    /// unless they carry niqqud.
    pub guessed: Vec<String>,
}

/// Text that cannot be spoken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SpeechTextError {
    /// A word with Latin letters or digits, or of another script.
    #[error("`{0}` cannot be read aloud; write it in Hebrew letters, numbers as words")]
    NotHebrew(String),
    /// Nothing to say.
    #[error("there is no word to say; write at least one Hebrew word")]
    Empty,
}

/// Number of words with a stored pronunciation.
#[must_use]
pub fn lexicon_len() -> usize {
    LEXICON.len()
}

/// The pronunciation of Hebrew text: stored words exactly, others by letter rules.
#[must_use]
pub fn pronounce(text: &str) -> Pronunciation {
    let mut guessed = Vec::new();
    let words: Vec<String> = text.split_whitespace().map(|w| sound(w, &mut guessed)).collect();
    Pronunciation { ipa: words.join(" "), guessed }
}

fn sound(token: &str, guessed: &mut Vec<String>) -> String {
    let word = token.trim_end_matches(is_pause);
    let pause: String =
        token[word.len()..].chars().take(1).map(|c| if c == ':' { ',' } else { c }).collect();
    let word = word.trim_matches(|c: char| matches!(c, '«' | '»' | '"' | '(' | ')'));
    let plain = word.replace('׳', "'");
    let ipa = LEXICON.get(plain.as_str()).map_or_else(
        || {
            guessed.push(word.to_owned());
            spelling::read(&plain)
        },
        |ipa| (*ipa).to_owned(),
    );
    ipa + &pause
}

fn is_pause(c: char) -> bool {
    matches!(c, '.' | ',' | '?' | '!' | ':' | ';')
}

/// A phrase of free text, for «say this»: display and speech are the text itself.
///
/// # Errors
/// [`SpeechTextError`] names the word that cannot be read.
pub fn phrase_of_text(text: &str) -> Result<(Phrase, Vec<String>), SpeechTextError> {
    let clean = text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric));
    let speech = clean.collect::<Vec<_>>().join(" ");
    if speech.is_empty() {
        return Err(SpeechTextError::Empty);
    }
    if let Some(word) = speech.split(' ').find(|word| !spelling::is_hebrew(word)) {
        return Err(SpeechTextError::NotHebrew(word.to_owned()));
    }
    let Pronunciation { ipa, guessed } = pronounce(&speech);
    Ok((Phrase { display: speech.clone(), speech, ipa }, guessed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_word_and_ipa_with_one_stress_for_a_long_word() {
        for line in lines() {
            let (word, ipa) = line.split_once('\t').unwrap_or_else(|| panic!("no tab: {line}"));
            assert!(spelling::is_hebrew(word), "{word}");
            assert!(ipa.chars().all(|c| "abdefghijklmnopstuvzχʁʃʒʔˈ".contains(c)), "{word} {ipa}");
            let vowels = ipa.chars().filter(|c| "aeiou".contains(*c)).count();
            let stresses = ipa.matches('ˈ').count();
            assert!(vowels > 0 && stresses <= 1, "{word} {ipa}");
            assert!(vowels == 1 || stresses == 1, "{word} {ipa} has no stress");
        }
        assert_eq!(lines().count(), lexicon_len(), "a word stands twice");
    }

    #[test]
    fn free_text_says_what_it_guessed_and_refuses_what_it_cannot_read() {
        let (phrase, guessed) = phrase_of_text("המיתר השלישי נחנק.").unwrap();
        assert_eq!(phrase.ipa, "hamejˈtaʁ haʃliˈʃi neχˈnak.");
        assert!(guessed.is_empty());
        let (_, guessed) = phrase_of_text("המיתר מקרקש").unwrap();
        assert_eq!(guessed, ["מקרקש"]);
        assert_eq!(phrase_of_text("אקורד Em"), Err(SpeechTextError::NotHebrew("Em".into())));
        assert_eq!(phrase_of_text("מיתר 3"), Err(SpeechTextError::NotHebrew("3".into())));
        assert_eq!(phrase_of_text("  … "), Err(SpeechTextError::Empty));
    }
}
