//! From what a student typed, or a recogniser wrote, to bare words.
//!
//! Points, bidi marks and punctuation go; letters, digits and chord signs stay. No meaning here.

/// Longest text that is looked at, in characters: what is longer is no question.
pub(super) const LONGEST: usize = 400;

/// The words of a text, in order: no niqqud, geresh as `'`, Latin as it was written.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut last = Kind::Space;
    for c in text.chars().take(LONGEST) {
        let kind = kind(c, last);
        if kind == Kind::Silent {
            continue;
        }
        if kind != last && last != Kind::Space && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if kind != Kind::Space {
            word.push(if matches!(c, '׳' | '’' | '‘' | '`' | '´') { '\'' } else { c });
        }
        last = kind;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words.iter().map(|word| squeeze(word.trim_matches('\''))).filter(|w| !w.is_empty()).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Hebrew,
    /// Latin letters with the digits and signs of a chord name: `F#m7`.
    Latin,
    Digit,
    Space,
    Silent,
}

fn kind(c: char, last: Kind) -> Kind {
    match c {
        '\u{591}'..='\u{5BD}' | '\u{5BF}'..='\u{5C7}' | '"' | '״' | '\u{2066}'..='\u{2069}' => {
            Kind::Silent
        }
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' => Kind::Silent,
        'א'..='ת' | '\'' | '׳' | '’' | '‘' | '`' | '´' => Kind::Hebrew,
        '#' | '♯' | '♭' if last == Kind::Hebrew => Kind::Space,
        '0'..='9' | '#' | '♯' | '♭' if last == Kind::Latin => Kind::Latin,
        '0'..='9' => Kind::Digit,
        // «4/4», «3.5»
        '/' if last == Kind::Digit => Kind::Digit,
        c if c.is_alphabetic() => Kind::Latin,
        _ => Kind::Space,
    }
}

/// «תודהההה» is «תודה»: three or more of a letter are one.
fn squeeze(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    if chars.iter().all(char::is_ascii_digit) {
        return word.to_owned();
    }
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        let run = chars[at..].iter().take_while(|c| **c == chars[at]).count();
        out.extend(std::iter::repeat_n(chars[at], if run > 2 { 1 } else { run }));
        at += run;
    }
    out
}

/// The word with medial letters for final ones and small Latin letters, for comparing.
pub(super) fn fold(word: &str) -> String {
    word.chars()
        .filter(|c| *c != '\'')
        .map(|c| match c {
            'ך' => 'כ',
            'ם' => 'מ',
            'ן' => 'נ',
            'ף' => 'פ',
            'ץ' => 'צ',
            c => c.to_ascii_lowercase(),
        })
        .collect()
}

/// Whether two words differ by at most one letter added, lost, changed or swapped with its
/// neighbour.
pub(super) fn one_slip_apart(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    if short.len() < long.len() {
        return short[same..] == long[same + 1..];
    }
    if same + 1 >= short.len() {
        return true;
    }
    let swapped = short[same] == long[same + 1] && short[same + 1] == long[same];
    short[same + 1..] == long[same + 1..] || (swapped && short[same + 2..] == long[same + 2..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn points_marks_and_punctuation_go() {
        assert_eq!(words("לָמָה זֶה מְזַמְזֵם?!"), ["למה", "זה", "מזמזם"]);
        assert_eq!(words("אקורד \u{2066}F#m7\u{2069}, ג׳ י"), ["אקורד", "F#m7", "ג", "י"]);
        assert_eq!(words("מטרונום ב-80 ו4/4"), ["מטרונום", "ב", "80", "ו", "4/4"]);
        assert_eq!(words("תודההה מז׳ור"), ["תודה", "מז'ור"]);
        assert_eq!(words("אאא 111"), ["א", "111"]);
        assert_eq!(words(" … "), Vec::<String>::new());
        assert_eq!(fold("מז'ורים"), "מזורימ");
    }

    #[test]
    fn a_slip_is_one_letter() {
        let apart = |a: &str, b: &str| {
            let chars = |t: &str| t.chars().collect::<Vec<_>>();
            one_slip_apart(&chars(a), &chars(b))
        };
        for (a, b) in [("מטרונום", "מטרונם"), ("קפו", "קאפו"), ("אקורד", "אקודר"), ("זרת", "זרת")]
        {
            assert!(apart(a, b) && apart(b, a), "{a} {b}");
        }
        for (a, b) in [("מפרט", "מיתר"), ("אקורד", "אקורדים"), ("אבגד", "בגדא")]
        {
            assert!(!apart(a, b) && !apart(b, a), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,80}") {
            for word in words(&text) {
                prop_assert!(!word.is_empty() && !word.contains(char::is_whitespace));
                let chars: Vec<char> = fold(&word).chars().collect();
                prop_assert!(one_slip_apart(&chars, &chars));
            }
        }
    }
}
