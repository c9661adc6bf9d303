//! What a sentence tells the teacher *not* to do: «אל תעצור», «לא לעצור», «בלי לחזור».
//!
//! A denied command is no command, not its opposite; what the sentence says beside it may be one.
//! «לא מהר» and «מהיר מדי» do say what is wanted; `understand` reads those.

use super::text::fold;

/// Commands as they stand after «לא» or «בלי»; folded.
const INFINITIVES: [&str; 27] = [
    "לעצור",
    "להפסיק",
    "להאט",
    "להאיצ",
    "למהר",
    "להגביר",
    "להנמיכ",
    "להוריד",
    "להעלות",
    "לחזור",
    "להמשיכ",
    "לעבור",
    "לדלג",
    "להתקדמ",
    "להתחיל",
    "לכבות",
    "להדליק",
    "להפעיל",
    "לשימ",
    "לפתוח",
    "לסגור",
    "להראות",
    "לכוונ",
    "לנגנ",
    "לתרגל",
    "להשמיע",
    "להקפיצ",
];
/// What is not wanted once more, or not yet.
const ADVERBS: [&str; 6] = ["שוב", "עוד", "הלאה", "הבא", "מהתחלה", "מההתחלה"];
/// «לא צריך להאט», «לא אמרתי לעצור».
const WANTS: [&str; 6] = ["צריכ", "צריכה", "רוצה", "אמרתי", "ביקשתי", "רציתי"];
/// Words after which something else is wanted.
const INSTEAD: [&str; 6] = ["אלא", "אבל", "רק", "קודמ", "פשוט", "במקומ"];
/// Nouns that look like a wish: «תחזור אל תחילת השיר».
const PLACES: [&str; 6] = ["תחילת", "תחילה", "תיבה", "תיבת", "תרגיל", "תבנית"];
/// How far from the beginning a «לא» still denies the whole.
const BEGINNING: usize = 2;

/// What is left of a sentence without the command that it denies; none where it denies none.
pub(super) fn without_denied(text: &str, words: &[String]) -> Option<String> {
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let at = (0..folded.len()).find(|at| denies(text, &folded, *at))?;
    let next = (at + 2..folded.len()).find(|i| begins_anew(&folded[*i])).unwrap_or(folded.len());
    Some([&words[..at], &words[next..]].concat().join(" "))
}

fn denies(text: &str, folded: &[String], at: usize) -> bool {
    let Some(next) = folded.get(at + 1) else { return false };
    let command = INFINITIVES.contains(&next.as_str());
    match folded[at].as_str() {
        "אל" => is_asked_of_you(next),
        "בלי" => command && at < BEGINNING,
        // «לא, שוב» says no and wants it again.
        "לא" if at < BEGINNING && !text.contains("לא,") => {
            let then = folded.get(at + 2).filter(|_| WANTS.contains(&next.as_str()));
            let told = |word: &String| INFINITIVES.contains(&word.as_str()) || word == "יותר";
            command || ADVERBS.contains(&next.as_str()) || then.is_some_and(told)
        }
        _ => false,
    }
}

/// «תעצור»: the second person, as a wish.
fn is_asked_of_you(word: &str) -> bool {
    word.starts_with('ת') && word.chars().count() >= 3 && !PLACES.contains(&word)
}

fn begins_anew(word: &str) -> bool {
    INSTEAD.contains(&word) || is_asked_of_you(word) && word.chars().count() >= 4
}

#[cfg(test)]
mod tests {
    use super::super::text::words;
    use super::*;

    #[test]
    fn what_is_denied_is_left_out() {
        for (text, left) in [
            ("אל תעצור", Some("")),
            ("לא לעצור", Some("")),
            ("אל תגבירי", Some("")),
            ("לא עוד פעם", Some("")),
            ("לא אמרתי לעצור", Some("")),
            ("לא צריך יותר מהר", Some("")),
            ("לא רוצה מטרונום", None),
            ("אל תכבה את המטרונום", Some("")),
            ("בבקשה אל תעצרי", Some("בבקשה")),
            ("לא לעצור, תמשיך", Some("תמשיך")),
            ("אל תחזור על זה אלא תעבור הלאה", Some("אלא תעבור הלאה")),
            ("בלי לחזור שוב", Some("")),
            ("בלי מטרונום", None),
            ("לא, עוד פעם", None),
            ("לא לזה התכוונתי", None),
            ("לא מהר", None),
            ("איך מנגנים בלי לעצור", None),
            ("אל", None),
            ("תחזור אל תחילת השיר", None),
            ("קפוץ אל תיבה שלוש", None),
        ] {
            assert_eq!(without_denied(text, &words(text)).as_deref(), left, "{text}");
        }
    }
}
