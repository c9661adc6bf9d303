//! Letter-to-sound rules for words the lexicon does not know.
//!
//! With niqqud the vowels are read; without it they are guessed (ו is o, י is i, else a) and the
//! stress falls on the last syllable. A guess is intelligible, not right: callers are told.

const SHEVA: char = '\u{5B0}';
const DAGESH: char = '\u{5BC}';
const SIN_DOT: char = '\u{5C2}';

/// Whether every character is a Hebrew letter, point, geresh or punctuation.
pub(super) fn is_hebrew(word: &str) -> bool {
    word.chars().any(|c| ('א'..='ת').contains(&c))
        && word.chars().all(|c| {
            ('\u{5B0}'..='\u{5C7}').contains(&c)
                || ('א'..='ת').contains(&c)
                || matches!(c, '\'' | '׳' | '״' | '"' | '-' | '־')
                || matches!(c, '.' | ',' | '?' | '!' | ':' | ';' | '«' | '»' | '(' | ')')
        })
}

/// One letter with its points.
struct Letter {
    letter: char,
    points: Vec<char>,
    geresh: bool,
}

/// IPA of one word, stress on the last syllable.
pub(super) fn read(word: &str) -> String {
    let letters = letters(word);
    let pointed = letters.iter().any(|l| l.points.iter().any(|p| vowel(*p).is_some()));
    let sounds = if pointed { with_points(&letters) } else { without_points(&letters) };
    stress_last(&sounds)
}

fn letters(word: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    for c in word.chars() {
        match (c, letters.last_mut()) {
            ('א'..='ת', _) => {
                letters.push(Letter { letter: c, points: Vec::new(), geresh: false })
            }
            ('\'' | '׳', Some(last)) => last.geresh = true,
            ('\u{5B0}'..='\u{5C7}', Some(last)) => last.points.push(c),
            _ => {}
        }
    }
    letters
}

fn vowel(point: char) -> Option<&'static str> {
    Some(match point {
        '\u{5B2}' | '\u{5B7}' | '\u{5B8}' => "a",
        '\u{5B1}' | '\u{5B5}' | '\u{5B6}' => "e",
        '\u{5B4}' => "i",
        '\u{5B3}' | '\u{5B9}' | '\u{5BA}' | '\u{5C7}' => "o",
        '\u{5BB}' => "u",
        _ => return None,
    })
}

fn consonant(letter: &Letter, first: bool, last: bool, pointed: bool) -> &'static str {
    let hard = letter.points.contains(&DAGESH) || (!pointed && (first || !last));
    match (letter.letter, letter.geresh) {
        ('ג', true) => "dʒ",
        ('ז', true) => "ʒ",
        ('צ' | 'ץ', true) => "tʃ",
        ('ב', _) if hard && (first || pointed) => "b",
        ('ב' | 'ו', _) => "v",
        ('כ', _) if hard => "k",
        ('כ' | 'ך' | 'ח', _) => "χ",
        ('פ', _) if hard => "p",
        ('פ' | 'ף', _) => "f",
        ('ג', _) => "g",
        ('ד', _) => "d",
        ('ה', _) if last => "",
        ('ה', _) => "h",
        ('ז', _) => "z",
        ('ט' | 'ת', _) => "t",
        ('י', _) => "j",
        ('ל', _) => "l",
        ('מ' | 'ם', _) => "m",
        ('נ' | 'ן', _) => "n",
        ('ס', _) => "s",
        ('צ' | 'ץ', _) => "ts",
        ('ק', _) => "k",
        ('ר', _) => "ʁ",
        ('ש', _) if letter.points.contains(&SIN_DOT) => "s",
        ('ש', _) => "ʃ",
        _ => "",
    }
}

fn with_points(letters: &[Letter]) -> String {
    let mut out = String::new();
    for (i, letter) in letters.iter().enumerate() {
        let (first, last) = (i == 0, i + 1 == letters.len());
        let own = letter.points.iter().find_map(|p| vowel(*p));
        match letter.letter {
            'ו' if letter.points.contains(&DAGESH) && own.is_none() => out.push('u'),
            'ו' if matches!(own, Some("o")) => out.push('o'),
            // A yod without points of its own lengthens the i or e before it.
            'י' if own.is_none()
                && !letter.points.contains(&SHEVA)
                && out.ends_with(['i', 'e']) => {}
            'א' | 'ע' => out.push_str(own.unwrap_or("")),
            // A patakh under a final guttural is heard before it.
            'ח' if last && own == Some("a") => out.push_str("aχ"),
            _ => {
                out.push_str(consonant(letter, first, last && own.is_none(), true));
                let spoken_sheva = first && letter.points.contains(&SHEVA) && letter.letter != 'ש';
                out.push_str(own.unwrap_or(if spoken_sheva { "e" } else { "" }));
            }
        }
    }
    out
}

fn without_points(letters: &[Letter]) -> String {
    let mut out = String::new();
    for (i, letter) in letters.iter().enumerate() {
        let (first, last) = (i == 0, i + 1 == letters.len());
        let open = out.ends_with(['a', 'e', 'i', 'o', 'u']);
        match letter.letter {
            'ו' if !first && !open => out.push('o'),
            'י' if !first && !open => out.push('i'),
            'א' | 'ע' | 'ה' if !first && !open => out.push('a'),
            'א' | 'ע' if first => out.push('a'),
            _ => {
                let sound = consonant(letter, first, last, false);
                let after_vowel = out.is_empty() || open;
                if !after_vowel && !sound.is_empty() {
                    out.push('a');
                }
                out.push_str(sound);
            }
        }
    }
    out
}

/// Puts `ˈ` before the consonant that opens the last syllable.
fn stress_last(sounds: &str) -> String {
    let chars: Vec<char> = sounds.chars().collect();
    let is_vowel = |c: &char| "aeiou".contains(*c);
    if chars.iter().filter(|c| is_vowel(c)).count() < 2 {
        return sounds.to_owned();
    }
    let Some(vowel) = chars.iter().rposition(is_vowel) else { return sounds.to_owned() };
    let affricate =
        |i: usize| i > 0 && matches!((chars[i - 1], chars[i]), ('t', 's' | 'ʃ') | ('d', 'ʒ'));
    let mut start = vowel;
    if start > 0 && !is_vowel(&chars[start - 1]) {
        start -= if affricate(start - 1) { 2 } else { 1 };
    }
    let (head, tail) = chars.split_at(start);
    head.iter().chain(&['ˈ']).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointed_words_are_read_as_pointed() {
        for (word, ipa) in [
            ("שָׁלוֹם", "ʃaˈlom"),
            ("גִּיטָרָה", "gitaˈʁa"),
            ("מֵיתָר", "meˈtaʁ"),
            ("תְּהוּדָה", "tehuˈda"),
            ("פָּתוּחַ", "patuˈaχ"),
            ("סֶנְט", "sent"),
        ] {
            assert_eq!(read(word), ipa, "{word}");
        }
    }

    #[test]
    fn bare_words_come_out_pronounceable() {
        for word in ["מקרקש", "שולחן", "עפרון", "ג'ירפה", "צ'לו", "ויולה", "אאא", "ת"]
        {
            let ipa = read(word);
            let known = |c: char| "abdefghijklmnopstuvzχʁʃʒʔˈ".contains(c);
            assert!(!ipa.is_empty() && ipa.chars().all(known), "{word} {ipa}");
            assert!(
                ipa.chars().filter(|c| !"aeiouˈ".contains(*c)).count() <= 2 * word.chars().count()
            );
        }
    }
}
