//! What a student says of body and mood that no lesson may pass over: pain, sore fingertips,
//! frustration. It answers no question ([`crate::ask`] does) and takes no command.

use crate::ask::text::words;
use crate::diagnosis::condition as c;
use crate::diagnosis::table::Condition;

/// Stems that tell of pain, and what makes it a sign to stop.
const HURTS: [&str; 6] = ["כואב", "כאב", "כאוב", "דוקר", "שורף", "צובט"];
const SHARP: [&str; 12] =
    ["חד", "חזק", "נורא", "פרק", "שורש", "מפרק", "גיד", "מרפק", "כתף", "זרוע", "כף", "גב"];
/// Stems that mean stop by themselves.
const NUMB: [&str; 6] = ["נימול", "נרדמ", "רדומ", "רדום", "עקצוצ", "זרמים"];
/// Fingertips hurt every beginner.
const TIPS: [&str; 4] = ["אצבע", "קצות", "קצה", "כרית"];
const FED_UP: [&str; 8] =
    ["נמאס", "מתסכל", "מייאש", "מיואש", "מתוסכל", "מוותר", "ויתרתי", "מתייאש"];
/// Pairs of words that say the same.
const FAILS: [(&str, &str); 5] =
    [("לא", "מצליח"), ("לא", "הולך"), ("לא", "יוצא"), ("אין", "סיכוי"), ("לא", "מסוגל")];
/// What says that it does not hurt.
const DENIES: [&str; 4] = ["לא", "בלי", "אין", "כבר"];

/// The condition in what was said, if it is one that matters.
pub(crate) fn heard(text: &str) -> Option<Condition> {
    let words = words(text);
    let has = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|s| stem(word, s)));
    let hurts = words.iter().enumerate().any(|(n, word)| {
        let denied = n > 0 && DENIES.contains(&words[n - 1].as_str());
        HURTS.iter().any(|s| stem(word, s)) && !denied
    });
    if has(&NUMB) || (hurts && has(&SHARP)) {
        return Some(c::PAIN);
    }
    if hurts {
        // Where it hurts is not said, or not at the tips: better stop once too often.
        return Some(if has(&TIPS) { c::CALLUSES } else { c::PAIN });
    }
    let fails = words
        .windows(2)
        .any(|pair| FAILS.iter().any(|(no, verb)| pair[0] == *no && stem(&pair[1], verb)));
    (has(&FED_UP) || fails).then_some(c::FRUSTRATED)
}

/// Whether a word begins with a stem, after at most one prefix letter.
fn stem(word: &str, stem: &str) -> bool {
    let rest = word.strip_prefix(['ו', 'ה', 'ב', 'ל', 'ש', 'כ', 'מ']);
    word.starts_with(stem) || rest.is_some_and(|rest| rest.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pain_comes_before_sore_tips_and_tips_before_frustration() {
        for (text, expected) in [
            ("כואב לי חזק בפרק כף היד", Some(c::PAIN)),
            ("יש לי נימול באצבע", Some(c::PAIN)),
            ("היד שלי נרדמת", Some(c::PAIN)),
            ("כואבות לי קצות האצבעות", Some(c::CALLUSES)),
            ("האצבעות קצת כואבות", Some(c::CALLUSES)),
            ("זה ממש כואב", Some(c::PAIN)),
            ("אני לא מצליחה בכלל, נמאס לי", Some(c::FRUSTRATED)),
            ("זה לא הולך לי", Some(c::FRUSTRATED)),
            ("לא כואב לי", None),
            ("איך מנגנים לה מינור", None),
            ("עוד פעם", None),
            ("", None),
        ] {
            assert_eq!(heard(text), expected, "{text}");
        }
    }
}
