//! What a student says of body and mood that no lesson may pass over: pain, sore fingertips,
//! frustration. It answers no question ([`crate::ask`] does) and takes no command.

use crate::ask::text::words;
use crate::diagnosis::condition as c;
use crate::diagnosis::table::Condition;

/// Stems that tell of pain.
const HURTS: [&str; 5] = ["כואב", "כאב", "כאוב", "דוקר", "שורף"];
/// Words that make it a sign to stop: how it hurts, or where no beginner's fingertip is.
const SHARP: [&str; 20] = [
    "חד",
    "חדה",
    "חדים",
    "נורא",
    "פרק",
    "שורש",
    "מפרק",
    "גיד",
    "גידים",
    "מרפק",
    "כתף",
    "כתפיים",
    "זרוע",
    "אמה",
    "כף",
    "גב",
    "צוואר",
    "עצב",
    "מאוד",
    "ממש",
];
/// Stems that mean stop by themselves.
const NUMB: [&str; 4] = ["נימול", "רדומ", "רדום", "עקצוצ"];
/// «נרדמתי» is sleep.
const ASLEEP: [&str; 3] = ["נרדמת", "נרדמות", "נרדמה"];
/// Fingertips hurt every beginner.
const TIPS: [&str; 4] = ["אצבע", "קצות", "קצה", "כרית"];
const FED_UP: [&str; 8] =
    ["נמאס", "מתסכל", "מייאש", "מיואש", "מתוסכל", "מוותר", "ויתרתי", "מתייאש"];
/// Pairs of words that say the same.
const FAILS: [(&str, &str); 5] =
    [("לא", "מצליח"), ("לא", "הולך"), ("לא", "יוצא"), ("אין", "סיכוי"), ("לא", "מסוגל")];
/// What says, within a few words before it, that it does not hurt.
const DENIES: [&str; 3] = ["לא", "בלי", "אין"];
const NEAR: usize = 3;

/// The condition in what was said, if it is one that matters.
pub(crate) fn heard(text: &str) -> Option<Condition> {
    let words = words(text);
    let has = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|s| stem(word, s)));
    let felt = |stems: &[&str]| {
        words.iter().enumerate().any(|(n, word)| {
            let mut before = words[n.saturating_sub(NEAR)..n].iter();
            let denied = before.any(|word| DENIES.contains(&word.as_str()));
            stems.iter().any(|s| stem(word, s)) && !denied
        })
    };
    let hurts = felt(&HURTS);
    let sharp = words.iter().any(|word| SHARP.contains(&bare(word)));
    let asleep = words.iter().any(|word| ASLEEP.contains(&word.as_str()));
    if felt(&NUMB) || asleep || (hurts && sharp) {
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

const PREFIXES: [char; 7] = ['ו', 'ה', 'ב', 'ל', 'ש', 'כ', 'מ'];

/// Whether a word begins with a stem, after at most one prefix letter.
fn stem(word: &str, stem: &str) -> bool {
    word.starts_with(stem) || bare_of(word).is_some_and(|rest| rest.starts_with(stem))
}

/// A word without its prefix letter, if what is left of it is a word of ours.
fn bare(word: &str) -> &str {
    bare_of(word).filter(|rest| SHARP.contains(rest)).unwrap_or(word)
}

fn bare_of(word: &str) -> Option<&str> {
    word.strip_prefix(PREFIXES)
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
            ("היד כבר כואבת לי", Some(c::PAIN)),
            ("אין לי כאבים", None),
            ("זה לא כל כך כואב", None),
            ("אני חדשה וכואבות לי קצות האצבעות", Some(c::CALLUSES)),
            ("כשאני לוחץ חזק כואבות האצבעות", Some(c::CALLUSES)),
            ("הצליל גבוה וכואבות האצבעות", Some(c::CALLUSES)),
            ("נרדמתי אתמול מוקדם", None),
            ("לא כואב לי", None),
            ("איך מנגנים לה מינור", None),
            ("עוד פעם", None),
            ("", None),
        ] {
            assert_eq!(heard(text), expected, "{text}");
        }
    }
}
