//! Whether a text can be read at all: a question in Hebrew, a chord, or a term of the guitar in
//! Latin letters. What is not — one letter, digits, signs, a sentence in another language — is told
//! to be not understood, whatever known question it may look like.
//!
//! Says nothing of what a text is about.

use super::chords::mentions;
use super::text::fold;
use super::vocabulary::concept;

/// Letters that a Hebrew word has at least.
const WORD: usize = 2;
/// So often in a row no letter stands in a word.
const HELD_DOWN: usize = 4;

/// Whether there is something to answer in `words`, which `text` holds.
pub(super) fn is_legible(text: &str, words: &[String]) -> bool {
    let hebrew = |word: &&String| word.chars().filter(|c| ('א'..='ת').contains(c)).count() >= WORD;
    words.iter().any(|word| hebrew(&word)) || (is_latin_term(words) && !is_held_down(text))
}

/// Whether at least half of the words are chords or terms: «Em», «E minor», «drop D», not
/// «what is a chord».
fn is_latin_term(words: &[String]) -> bool {
    let latin = |word: &String| word.starts_with(char::is_alphabetic);
    let all = words.iter().filter(|word| latin(word)).count();
    let of_chords: usize = mentions(words)
        .iter()
        // The article: a small «a» is a chord only by itself.
        .filter(|mention| all == 1 || words[mention.at] != "a")
        .map(|mention| words[mention.at..mention.at + mention.len].iter().filter(|w| latin(w)))
        .map(Iterator::count)
        .sum();
    let terms = words.iter().filter(|word| latin(word) && concept(&fold(word)).is_some()).count();
    let known = of_chords.max(terms);
    known > 0 && known * 2 >= all
}

/// Whether a letter was held down: «ggggg».
fn is_held_down(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(HELD_DOWN).any(|run| run[0].is_alphabetic() && run.iter().all(|c| *c == run[0]))
}

#[cfg(test)]
mod tests {
    use super::super::text::words;
    use super::*;

    #[test]
    fn noise_is_told_from_words() {
        for text in [
            "אאאאא",
            "א",
            "ל",
            "בבבבב",
            "ללללל ככככ",
            "123",
            "5",
            "???",
            "...",
            "😀😀 🎸",
            "how do I play",
            "hello",
            "what is a chord",
            "how to play a G chord on my guitar",
            "I am hungry",
            "asdf",
            "ggggg",
            "привет как дела",
            "مرحبا",
        ] {
            assert!(!is_legible(text, &words(text)), "{text}");
        }
        for text in [
            "Em",
            "em",
            "a",
            "G7",
            "F#m",
            "E minor",
            "Em G D",
            "play Em",
            "למה",
            "איך עושים Em",
            "מה זה capo",
            "הוא אמר hello",
            "רה",
            "אא",
        ] {
            assert!(is_legible(text, &words(text)), "{text}");
        }
    }
}
