//! Numbers: as a student says or types them, and as the teacher says them.
//!
//! Up to a few thousand and without halves: strings, frets, fingers, beats a minute. Both genders are
//! understood; the teacher uses the feminine, which counts beats, minutes and changes.

use super::text::fold;

const UNITS: [(&str, u16); 44] = [
    ("אפס", 0),
    ("אחת", 1),
    ("אחד", 1),
    ("שתיימ", 2),
    ("שניימ", 2),
    ("שתי", 2),
    ("שני", 2),
    ("שתימ", 2),
    ("שנימ", 2),
    ("שלוש", 3),
    ("שלושה", 3),
    ("שלושת", 3),
    ("ארבע", 4),
    ("ארבעה", 4),
    ("ארבעת", 4),
    ("חמש", 5),
    ("חמישה", 5),
    ("חמשת", 5),
    ("שש", 6),
    ("שישה", 6),
    ("ששה", 6),
    ("ששת", 6),
    ("שבע", 7),
    ("שבעה", 7),
    ("שמונה", 8),
    ("תשע", 9),
    ("תשעה", 9),
    ("עשר", 10),
    ("עשרה", 10),
    ("עשרימ", 20),
    ("שלושימ", 30),
    ("ארבעימ", 40),
    ("חמישימ", 50),
    ("חמשימ", 50),
    ("שישימ", 60),
    ("ששימ", 60),
    ("שבעימ", 70),
    ("שמונימ", 80),
    ("תשעימ", 90),
    ("מאה", 100),
    ("מאתיימ", 200),
    ("מאות", 100),
    ("אלפ", 1000),
    ("אלפיימ", 2000),
];

fn unit(word: &str) -> Option<u16> {
    UNITS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// The value of one word, with or without «ב», «ל», «ה», «ו», «מ» before it.
fn value(word: &str) -> Option<u16> {
    if word.chars().all(|c| c.is_ascii_digit()) {
        // More than anything here counts is only «too many».
        return Some(word.parse().unwrap_or(u16::MAX));
    }
    let folded = fold(word);
    unit(&folded).or_else(|| {
        let mut letters = folded.chars();
        letters.next().filter(|c| "בלהומש".contains(*c))?;
        let rest = letters.as_str();
        unit(rest).or_else(|| unit(rest.strip_prefix('ה')?))
    })
}

/// The number that begins at the first of `words`, and how many words it takes.
pub(super) fn number(words: &[String]) -> Option<(u16, usize)> {
    let mut total = value(words.first()?)?;
    let mut used = 1;
    if !words[0].starts_with(|c: char| c.is_ascii_digit()) {
        while let Some(next) = words.get(used).filter(|w| !w.starts_with(char::is_numeric)) {
            let Some(more) = value(next) else { break };
            let joined = next.starts_with('ו');
            total = match (total, more) {
                (1..=9, 100) if fold(next) == "מאות" => total * 100,
                (_, 10) if !joined && (1..=9).contains(&(total % 100)) => total + 10,
                (20..=90, 1..=9) if joined => total + more,
                (100 | 200.., 1..=99) if total % 100 == 0 => total + more,
                (120..=990, 1..=9) if joined && total % 10 == 0 => total + more,
                _ => break,
            };
            used += 1;
        }
    }
    Some((total, used))
}

const ONES: [&str; 10] =
    ["אפס", "אחת", "שתיים", "שלוש", "ארבע", "חמש", "שש", "שבע", "שמונה", "תשע"];
const TENS: [&str; 10] =
    ["", "עשר", "עשרים", "שלושים", "ארבעים", "חמישים", "שישים", "שבעים", "שמונים", "תשעים"];

/// Feminine words for a number below 1000: «מאה ועשרים», «עשרים ושמונה», «שתים עשרה».
pub(crate) fn spelled(number: u16) -> String {
    let below_hundred = |n: u16| -> String {
        let (tens, ones) = (usize::from(n / 10), usize::from(n % 10));
        match (tens, ones) {
            (0, _) => ONES[ones].to_owned(),
            (1, 0) => TENS[1].to_owned(),
            (1, 2) => "שתים עשרה".to_owned(),
            (1, _) => format!("{} עשרה", ONES[ones]),
            (_, 0) => TENS[tens].to_owned(),
            _ => format!("{} ו{}", TENS[tens], ONES[ones]),
        }
    };
    let hundreds = match number / 100 {
        0 => return below_hundred(number),
        1 => "מאה".to_owned(),
        2 => "מאתיים".to_owned(),
        n => format!("{} מאות", ONES[usize::from(n.min(9))]),
    };
    match number % 100 {
        0 => hundreds,
        // The last part takes the «and»: «מאה ועשרים», «מאה עשרים וחמש».
        rest if rest < 20 || rest % 10 == 0 => format!("{hundreds} ו{}", below_hundred(rest)),
        rest => format!("{hundreds} {}", below_hundred(rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::words;
    use super::*;

    #[test]
    fn numbers_are_read_in_words_and_digits() {
        for (text, value, used) in [
            ("שמונים", 80, 1),
            ("על", 0, 0),
            ("מאה ועשרים", 120, 2),
            ("מאה עשרים וחמש", 125, 3),
            ("תשעים וחמש", 95, 2),
            ("72 פעימות", 72, 1),
            ("שתים עשרה", 12, 2),
            ("לשישים", 60, 1),
            ("בשבעים", 70, 1),
            ("חמישה", 5, 1),
            ("שלוש מאות", 300, 2),
            ("ארבע ארבע", 4, 1),
            ("אלף", 1000, 1),
            ("בחמשת אלפים", 5, 1),
            ("99999999", u16::MAX, 1),
        ] {
            let read = number(&words(text));
            assert_eq!(read, (used > 0).then_some((value, used)), "{text}");
        }
    }

    #[test]
    fn what_is_spelled_reads_back() {
        for n in 0..1000 {
            let words = words(&spelled(n));
            assert_eq!(number(&words), Some((n, words.len())), "{}", spelled(n));
        }
        assert_eq!(spelled(28), "עשרים ושמונה");
        assert_eq!(spelled(112), "מאה ושתים עשרה");
    }
}
