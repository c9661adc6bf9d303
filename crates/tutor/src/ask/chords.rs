//! Chord names in running Hebrew: solfège, spoken letters, Latin, with prefixes and misspellings.
//!
//! «מי», «לה», «פה» are also who, to her, here: a bare one counts only beside a word that makes it
//! a chord. «סי» is the letter C and the note B; it stays open here.

use theory::{Chord, PitchClass, Quality};

use super::text::fold;

/// A chord name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mention {
    /// The word it begins with, and how many it takes.
    pub(super) at: usize,
    pub(super) len: usize,
    pub(super) reading: Reading,
}

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// One chord.
    One(Chord),
    /// «סי»: C or B of this quality.
    CorB(Quality),
}

impl Reading {
    /// The chord, where a lesson about `lesson` settles «סי».
    pub(super) fn settled(self, lesson: &[Chord]) -> Option<Chord> {
        match self {
            Self::One(chord) => Some(chord),
            Self::CorB(quality) => {
                let [c, b] = Self::both(quality);
                match (lesson.contains(&c), lesson.contains(&b)) {
                    (true, false) => Some(c),
                    (false, true) => Some(b),
                    _ => None,
                }
            }
        }
    }

    /// C and B of a quality.
    pub(super) fn both(quality: Quality) -> [Chord; 2] {
        [Chord::new(PitchClass(0), quality), Chord::new(PitchClass(11), quality)]
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    /// A word that means little else.
    Strong(u8),
    /// An everyday word: only with a quality, or beside a word of chords.
    Weak(u8),
    /// An everyday word that is a chord only with a quality.
    Faint(u8),
    Si,
}

const ROOTS: [(&str, Root); 19] = [
    ("דו", Root::Strong(0)),
    ("רה", Root::Strong(2)),
    ("רא", Root::Faint(2)),
    ("מי", Root::Weak(4)),
    ("פה", Root::Weak(5)),
    ("פא", Root::Strong(5)),
    ("סול", Root::Strong(7)),
    ("סולל", Root::Faint(7)),
    ("לה", Root::Weak(9)),
    ("לא", Root::Faint(9)),
    ("סי", Root::Si),
    ("די", Root::Faint(2)),
    ("אי", Root::Faint(4)),
    ("אפ", Root::Faint(5)),
    ("גי", Root::Strong(7)),
    ("איי", Root::Weak(9)),
    ("אייי", Root::Faint(9)),
    ("בי", Root::Faint(11)),
    ("סיי", Root::Si),
];

/// Words after which a weak root is a chord.
const BEFORE: [&str; 14] = [
    "אקורד",
    "אקורדימ",
    "עושימ",
    "מנגנימ",
    "לנגנ",
    "לתרגל",
    "תרגל",
    "תתרגל",
    "תתרגלי",
    "נתרגל",
    "לתפוס",
    "תופסימ",
    "מתרגלימ",
    "לעשות",
];

/// Every chord name in `words`, in order.
pub(super) fn mentions(words: &[String]) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let beside = found.last().is_some_and(|last| last.at + last.len == at);
        match latin(words, at).or_else(|| hebrew(words, at, beside)) {
            Some(mention) => {
                at = mention.at + mention.len;
                found.push(mention);
            }
            None => at += 1,
        }
    }
    found
}

fn latin(words: &[String], at: usize) -> Option<Mention> {
    let word = &words[at];
    if !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut name = word.replace('♯', "#").replace('♭', "b");
    name[..1].make_ascii_uppercase();
    let mut chord: Chord = name.parse().ok()?;
    let mut len = 1;
    let after = quality(&words[at + 1..]).filter(|_| chord.quality == Quality::Maj);
    if let Some((quality, used)) = after {
        chord = Chord::new(chord.root, quality);
        len += used;
    }
    Some(Mention { at, len, reading: Reading::One(chord) })
}

fn hebrew(words: &[String], at: usize, beside: bool) -> Option<Mention> {
    let before = at.checked_sub(1).map(|i| fold(&words[i]));
    if before.as_deref().is_some_and(|w| matches!(bare(w), "מיתר" | "תו" | "צליל")) {
        return None;
    }
    let (root, prefixed) = root(&fold(&words[at]))?;
    let mut len = 1;
    let shift = words.get(at + len).and_then(|w| accidental(w));
    len += usize::from(shift.is_some());
    let quality = quality(&words[at + len..]);
    len += quality.map_or(0, |(_, used)| used);
    let told = quality.is_some() || shift.is_some();
    let named = before.as_deref().is_some_and(|word| BEFORE.contains(&bare(word)));
    let holds = match root {
        Root::Strong(2) => told || named || beside || prefixed != Some('ב'),
        Root::Strong(_) | Root::Si => true,
        Root::Weak(_) => told || named || beside || next_is_chord(words, at, prefixed),
        Root::Faint(_) => told,
    };
    let quality = quality.map_or(Quality::Maj, |(quality, _)| quality);
    holds.then_some(Mention { at, len, reading: reading(root, shift, quality) })
}

fn reading(root: Root, shift: Option<i32>, quality: Quality) -> Reading {
    let class = match (root, shift) {
        (Root::Strong(class) | Root::Weak(class) | Root::Faint(class), _) => class,
        // There is no C flat and no B sharp in a beginner's book; «סי מינור» is B minor.
        (Root::Si, Some(1)) => 0,
        (Root::Si, Some(_)) => 11,
        (Root::Si, None) if matches!(quality, Quality::Min | Quality::Min7) => 11,
        (Root::Si, None) => return Reading::CorB(quality),
    };
    Reading::One(Chord::new(PitchClass(class).transposed(shift.unwrap_or(0)), quality))
}

/// «מלה לרה»: a weak root with «מ» before it, and a chord right after.
fn next_is_chord(words: &[String], at: usize, prefixed: Option<char>) -> bool {
    let next = words.get(at + 1).and_then(|word| root(&fold(word)));
    prefixed == Some('מ')
        && matches!(next, Some((Root::Strong(_) | Root::Si | Root::Weak(_), Some('ל'))))
}

/// The root a folded word names, and the letter before it.
fn root(word: &str) -> Option<(Root, Option<char>)> {
    let exact = |w: &str| ROOTS.iter().find(|(name, _)| *name == w).map(|(_, root)| *root);
    if let Some(root) = exact(word) {
        return Some((root, None));
    }
    let mut letters = word.chars();
    let prefix = letters.next().filter(|c| "בלמוהש".contains(*c))?;
    let rest = letters.as_str();
    exact(rest).map(|root| (root, Some(prefix))).or_else(|| {
        let second = rest.chars().next().filter(|c| prefix == 'ו' && "בלמ".contains(*c))?;
        exact(&rest[second.len_utf8()..]).map(|root| (root, Some(second)))
    })
}

fn bare(word: &str) -> &str {
    let stripped = word.trim_start_matches(['ה', 'ב', 'ו']);
    if stripped.chars().count() > 2 { stripped } else { word }
}

fn accidental(word: &str) -> Option<i32> {
    match fold(word).as_str() {
        "דיאז" | "דיאס" | "דיז" | "שארפ" => Some(1),
        "במול" | "בימול" | "פלאט" => Some(-1),
        _ => None,
    }
}

/// The quality that follows a root, and how many words it takes.
fn quality(words: &[String]) -> Option<(Quality, usize)> {
    let second = |i: usize| words.get(i).map(|word| fold(word)).unwrap_or_default();
    let seventh = |i: usize| is_seven(&second(i));
    Some(match second(0).as_str() {
        "מינור" | "מינורי" | "מינורית" | "minor" | "min" if seventh(1) => {
            (Quality::Min7, 2)
        }
        "מינור" | "מינורי" | "מינורית" | "מנור" | "minor" | "min" => {
            (Quality::Min, 1)
        }
        "מזור" | "מאזור" | "מגור" | "מאגור" | "מזורי" | "major" | "maj" if seventh(1) => {
            (Quality::Maj7, 2)
        }
        "מזור" | "מאזור" | "מגור" | "מאגור" | "מזורי" | "מזר" | "major" | "maj" => {
            (Quality::Maj, 1)
        }
        "מוקטנ" | "דימ" => (Quality::Dim, 1),
        "מוגדל" | "אוג" => (Quality::Aug, 1),
        "פאוור" => (Quality::Power, 1),
        "סאס" | "סוס" => match second(1).as_str() {
            "2" | "שתיימ" | "שניימ" => (Quality::Sus2, 2),
            "4" | "ארבע" => (Quality::Sus4, 2),
            _ => (Quality::Sus4, 1),
        },
        word if is_seven(word) => (Quality::Dom7, 1),
        _ => return None,
    })
}

fn is_seven(word: &str) -> bool {
    matches!(word, "שבע" | "7" | "ספטימ" | "ספטאקורד" | "ספטימי" | "ספט")
}

/// Every chord a lesson's name holds: `Em`, `c-g`, «מי מינור».
pub(super) fn of_lesson(name: &str) -> Vec<Chord> {
    let words = super::text::words(name);
    let told = |m: &Mention| match m.reading {
        Reading::One(chord) => Some(chord),
        Reading::CorB(_) => None,
    };
    mentions(&words).iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::super::text::words;
    use super::*;

    fn found(text: &str) -> Vec<String> {
        mentions(&words(text))
            .iter()
            .map(|m| match m.reading {
                Reading::One(chord) => chord.name(),
                Reading::CorB(quality) => format!("{}?", Reading::both(quality)[0].name()),
            })
            .collect()
    }

    #[test]
    fn names_in_both_systems_are_found() {
        for (text, names) in [
            ("איך עושים מי מינור", "Em"),
            ("איך מנגנים em", "Em"),
            ("איך עושים אי מינור", "Em"),
            ("תרגל איתי לא מינור", "Am"),
            ("המעבר מדו לסול", "C G"),
            ("מלה לרה", "A D"),
            ("ממי מינור לסול", "Em G"),
            ("אקורד פה", "F"),
            ("פה דיאז מינור", "F#m"),
            ("סי במול", "Bb"),
            ("סי מינור", "Bm"),
            ("איך עושים סי", "C?"),
            ("לה שבע ורה שבע", "A7 D7"),
            ("G7 ו D", "G7 D"),
            ("מי מז'ור", "E"),
            ("נתרגל לה", "A"),
            ("בי מינור", "Bm"),
            ("E minor", "Em"),
            ("ברה נשמע לי", ""),
            ("באקורד רה", "D"),
            ("ברה מז'ור", "D"),
        ] {
            assert_eq!(found(text).join(" "), names, "{text}");
        }
    }

    #[test]
    fn everyday_words_are_no_chords() {
        for text in [
            "מי אתה",
            "אין פה קליטה",
            "לא",
            "די מספיק",
            "זה כואב לי",
            "אמרתי לה",
            "מיתר סול",
            "אי אפשר",
            "תודה",
            "בי",
            "bpm",
            "app",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn a_lesson_settles_si() {
        let open = Reading::CorB(Quality::Maj);
        assert_eq!(open.settled(&[]), None);
        assert_eq!(open.settled(&of_lesson("C")).map(|c| c.name()).as_deref(), Some("C"));
        assert_eq!(open.settled(&of_lesson("B")).map(|c| c.name()).as_deref(), Some("B"));
        assert_eq!(of_lesson("c-g").len(), 2);
    }
}
