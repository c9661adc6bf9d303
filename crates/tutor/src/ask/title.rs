//! A song that is asked for by its name: one of ours, or whatever follows «ננגן את».
//!
//! Whether the song is there is not decided here; a name that is not ours is told as it was said.

use super::text::{fold, words};
use super::vocabulary::concept;
use crate::course::song::own_songs;

/// Verbs before the name of a song; folded.
const PLAYS: [&str; 6] = ["ננגנ", "לנגנ", "תנגנ", "תנגני", "נגנ", "נגני"];
/// Verbs before one of our own.
const OPENS: [&str; 6] = ["תפתח", "תפתחי", "תשימ", "תשימי", "נתרגל", "לתרגל"];
/// What is played and is no song.
const PARTS: [&str; 17] = [
    "chord",
    "<chord>",
    "string",
    "scale",
    "bar",
    "pattern",
    "note",
    "sound",
    "rhythm",
    "metronome",
    "strum",
    "barre",
    "tuner",
    "guitar",
    "again",
    "mic",
    "camera",
];
/// Words that name no song; folded.
const POINTING: [&str; 20] = [
    "זה",
    "זאת",
    "הזה",
    "הזאת",
    "אותו",
    "אותה",
    "השיר",
    "הקטע",
    "המעבר",
    "התרגיל",
    "הבא",
    "כולמ",
    "הכל",
    "הכול",
    "הפזמונ",
    "הבית",
    "הסופ",
    "ההתחלה",
    "הסולו",
    "מה",
];
/// Parts of a song: «את הקטע הזה שוב ושוב» names no song of ours; folded.
const PART: [&str; 4] = ["הקטע", "המעבר", "הפזמונ", "התרגיל"];
/// Most words of a name.
const LONGEST: usize = 6;

/// The name of a song in the words of a wish.
pub(super) fn named(said: &[String]) -> Option<String> {
    let folded: Vec<String> = said.iter().map(|word| fold(word)).collect();
    let wished = folded.iter().any(|word| {
        let word = word.as_str();
        PLAYS.contains(&word) || OPENS.contains(&word) || matches!(word, "שיר" | "השיר")
    });
    // «לא את התקווה» names what is not wanted.
    if folded.iter().any(|word| word == "לא") {
        return None;
    }
    let of_a_part = folded.iter().any(|word| PART.contains(&word.as_str()));
    let ours = ours(&folded).filter(|_| wished && !of_a_part).map(str::to_owned);
    ours.or_else(|| after_object(said, &folded))
}

/// The title of our own that stands in some folded words.
fn ours(folded: &[String]) -> Option<&'static str> {
    let holds = |title: &str| {
        let title: Vec<String> = words(title).iter().map(|word| fold(word)).collect();
        folded.windows(title.len()).any(|window| window == title)
    };
    own_songs().iter().map(|song| song.title.as_str()).find(|title| holds(title))
}

/// «ננגן את …»: what follows, where it is nothing else that is played.
fn after_object(said: &[String], folded: &[String]) -> Option<String> {
    let verb = folded.iter().position(|word| PLAYS.contains(&word.as_str()))?;
    let object = verb + 1 + usize::from(matches!(folded.get(verb + 1)?.as_str(), "לי" | "איתי"));
    let name = folded.get(object).filter(|word| *word == "את").map(|_| &said[object + 1..])?;
    let of_another = name.iter().map(|word| fold(word)).any(|word| {
        POINTING.contains(&word.as_str())
            || concept(&word).is_some_and(|meaning| PARTS.contains(&meaning))
    });
    let is_chord = !super::chords::mentions(&said[object..]).is_empty();
    let long = name.is_empty() || name.len() > LONGEST;
    (!of_another && !is_chord && !long).then(|| name.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_song_is_named() {
        for (text, name) in [
            ("בוא ננגן את התקווה", Some("התקווה")),
            ("תנגן את השיר יונתן הקטן", Some("יונתן הקטן")),
            ("בא לי לנגן את שוב ושוב", Some("שוב ושוב")),
            ("בוא ננגן את עוף גוזל", Some("עוף גוזל")),
            ("תפתחי לי את הנה מה טוב", Some("הנה מה טוב")),
            ("בוא ננגן את האקורד הזה", None),
            ("בוא ננגן את מי מינור", None),
            ("בוא ננגן את זה שוב", None),
            ("שוב ושוב", None),
            ("תנגני את הקטע הזה שוב ושוב", None),
            ("לא את התקווה, בוא ננגן שיר אחר", None),
            ("היום אני לא רוצה לנגן את התקווה", None),
            ("תשים את המטרונום", None),
        ] {
            assert_eq!(named(&words(text)).as_deref(), name, "{text}");
        }
    }
}
