//! Note and chord names in Hebrew, written and read. Reading forgives spelling: points, every kind
//! of geresh, מג'ור for מז'ור, letter names («אי מינור»). What a whole sentence means, and whether
//! the student spells with letters, is the tutor's work.

use crate::symbol::Reading;
use crate::{ChordSymbol, Letter, Note, Quality};

const SOLFEGE: [&str; 7] = ["דו", "רה", "מי", "פה", "סול", "לה", "סי"];

/// Words for a letter beside [`SOLFEGE`]: spellings of the same, and the English letters.
const OTHER_LETTERS: [(&str, Letter); 12] = [
    ("רי", Letter::D),
    ("רא", Letter::D),
    ("פא", Letter::F),
    ("צ'י", Letter::G),
    ("די", Letter::D),
    ("אי", Letter::E),
    ("אף", Letter::F),
    ("ג'י", Letter::G),
    ("גי", Letter::G),
    ("איי", Letter::A),
    ("אייי", Letter::A),
    ("בי", Letter::B),
];

const SHARP: [&str; 7] = ["דיאז", "דיאס", "דיז", "סולמית", "סולם", "שארפ", "#"];
const FLAT: [&str; 5] = ["במול", "בימול", "פלאט", "פלט", "b"];
const DOUBLE: [&str; 3] = ["דאבל", "דבל", "כפול"];
const TRIPLE: [&str; 1] = ["טריפל"];

/// Other spellings of two words, and the usual ones.
const SPELLINGS: [(&str, &str); 10] = [
    ("מג'ור", "מז'ור"),
    ("מאז'ור", "מז'ור"),
    ("מאג'ור", "מז'ור"),
    ("מז'ר", "מז'ור"),
    ("מזור", "מז'ור"),
    ("מאזור", "מז'ור"),
    ("מז'ורי", "מז'ור"),
    ("מג'ורי", "מז'ור"),
    ("מינורי", "מינור"),
    ("מנור", "מינור"),
];

/// Words of a quality and what they say in the Latin suffix.
#[rustfmt::skip]
const WORDS: [(&str, &str); 42] = [
    ("מינור", "m"),
    ("מז'ור", "maj"),
    ("ספטים", "7"), ("ספט", "7"), ("ספטאקורד", "7"), ("ספטקורד", "7"), ("שבע", "7"),
    ("שביעי", "7"), ("סבן", "7"),
    ("שש", "6"), ("סקסט", "6"), ("תשע", "9"), ("נונה", "9"),
    ("חמש", "5"), ("קווינטה", "5"), ("פאוור", "5"), ("כוח", "5"), ("כח", "5"),
    ("ארבע", "4"), ("קוורטה", "4"), ("שתיים", "2"), ("שתים", "2"),
    ("מוקטן", "dim"), ("דים", "dim"), ("דימינישד", "dim"), ("חצי", "h"),
    ("מוגדל", "aug"), ("אוג", "aug"), ("אוגמנטד", "aug"),
    ("סאס", "sus"), ("סוס", "sus"), ("סס", "sus"), ("סאספנדד", "sus"), ("מושהה", "sus"),
    ("אד", "add"), ("אדד", "add"), ("תוספת", "add"), ("בתוספת", "add"),
    ("דיאז", "#"), ("במול", "b"), ("אחת־עשרה", "11"), ("שלוש־עשרה", "13"),
];

impl Note {
    /// «פה דיאז», «סי במול»; doubled accidentals «פה דאבל דיאז».
    #[must_use]
    pub fn hebrew(self) -> String {
        let name = SOLFEGE[self.letter as usize];
        let sign = if self.accidental < 0 { FLAT[0] } else { SHARP[0] };
        match self.accidental.unsigned_abs() {
            0 => name.to_owned(),
            1 => format!("{name} {sign}"),
            2 => format!("{name} {} {sign}", DOUBLE[0]),
            _ => format!("{name} {} {sign}", TRIPLE[0]),
        }
    }

    /// Reads «פה דיאז», «סי במול», «אף שארפ» or `F#`; none for anything else. «סי» is B.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let name = plain(text);
        name.parse().ok().or_else(|| match note(&name)? {
            (note, "") => Some(note),
            _ => None,
        })
    }
}

/// `text` without points, marks of direction and doubled spaces, with one kind of geresh and
/// one spelling of מז'ור and מינור, and without the word «אקורד» before it.
pub(crate) fn plain(text: &str) -> String {
    let unmarked = text.chars().filter_map(|c| match c {
        '\u{591}'..='\u{5BD}' | '\u{5BF}'..='\u{5C7}' => None,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        '׳' | '’' | '‘' | '`' | '´' | '′' => Some('\''),
        '־' | '\u{a0}' => Some(' '),
        other => Some(other),
    });
    let text: String = unmarked.collect();
    let mut words: Vec<&str> = text.split_whitespace().collect();
    for word in &mut words {
        if let Some((_, usual)) = SPELLINGS.iter().find(|(other, _)| other == word) {
            *word = usual;
        }
    }
    if words.len() > 1 && matches!(words[0], "אקורד" | "האקורד") {
        words.remove(0);
    }
    words.join(" ")
}

/// The note a name begins with, in Latin letters or Hebrew, already [`plain`], and what follows it.
pub(crate) fn tonic(name: &str) -> Option<(Note, &str)> {
    match name.chars().next()? {
        'A'..='G' => Note::split(name),
        _ => note(name),
    }
}

/// A chord by its Hebrew name, already [`plain`].
pub(crate) fn chord(name: &str) -> Option<Reading> {
    let (upper, bass) = slash(name);
    let (root, rest) = note(upper)?;
    let bass = match bass.map(note) {
        Some(Some((bass, ""))) => Some(bass),
        Some(_) => return None,
        None => None,
    };
    let quality = quality(rest)?;
    let of = |root: Note| {
        let symbol = ChordSymbol::new(root, quality);
        bass.map_or(symbol, |bass| symbol.over(bass))
    };
    // Who says «סי במול» means B flat: C flat is nobody's chord.
    let unsure = upper.starts_with(SOLFEGE[6]) && root.accidental >= 0;
    let or = unsure.then(|| of(Note { letter: Letter::C, ..root }));
    Some(Reading { symbol: of(root), or })
}

fn slash(name: &str) -> (&str, Option<&str>) {
    for between in [" על ", " עם בס ", "/"] {
        if let Some((upper, bass)) = name.rsplit_once(between)
            && note(bass.trim()).is_some()
        {
            return (upper.trim(), Some(bass.trim()));
        }
    }
    (name, None)
}

/// The note at the beginning of `name` and what follows it.
fn note(name: &str) -> Option<(Note, &str)> {
    let solfege = SOLFEGE.into_iter().zip(Letter::ALL);
    let (letter, rest) = solfege
        .chain(OTHER_LETTERS)
        .find_map(|(word, letter)| Some((letter, word_first(name, word)?)))?;
    for (signs, step) in [(SHARP.as_slice(), 1), (FLAT.as_slice(), -1)] {
        for (times, words) in [(2, DOUBLE.as_slice()), (3, TRIPLE.as_slice())] {
            if let Some(rest) = any_first(rest, words).and_then(|rest| any_first(rest, signs)) {
                return Some((Note::new(letter, times * step), rest));
            }
        }
        if let Some(rest) = any_first(rest, signs) {
            return Some((Note::new(letter, step), rest));
        }
    }
    Some((Note::new(letter, 0), word_first(rest, "בקר").unwrap_or(rest)))
}

fn any_first<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| word_first(text, word))
}

/// What follows `word` at the beginning of `text`, if it is a word of its own.
fn word_first<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(word)?;
    let ends = !rest.starts_with(|c: char| c == '\'' || ('א'..='ת').contains(&c));
    ends.then(|| rest.trim_start())
}

/// A quality in Hebrew words, Latin letters or both («מינור 7»).
fn quality(text: &str) -> Option<Quality> {
    let teens = text.replace("אחת עשרה", "אחת־עשרה").replace("שלוש עשרה", "שלוש־עשרה");
    let mut suffix = String::new();
    for word in teens.split([' ', '-']).filter(|word| !word.is_empty()) {
        match WORDS.iter().find(|(known, _)| *known == word) {
            Some((_, says)) => suffix.push_str(says),
            None if word.is_ascii() => suffix.push_str(word),
            None => return None,
        }
    }
    Quality::from_suffix(suffix.strip_prefix(':').unwrap_or(&suffix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PitchClass;

    fn named(text: &str) -> String {
        text.parse::<ChordSymbol>().map_or_else(|e| e.to_string(), |s| s.to_string())
    }

    #[test]
    fn what_students_write() {
        for (text, name) in [
            ("מי מינור", "Em"),
            ("מִי מִינוֹר", "Em"),
            ("אקורד מי מינור", "Em"),
            ("לה ספטים", "A7"),
            ("לה 7", "A7"),
            ("מי7", "E7"),
            ("פה דיאז", "F#"),
            ("פה# מינור", "F#m"),
            ("סול סולמית מז׳ור", "G#"),
            ("סי במול", "Bb"),
            ("דו מג'ור", "C"),
            ("דו מאז’ור", "C"),
            ("דו מז'ור שבע", "Cmaj7"),
            ("לה מינור שבע", "Am7"),
            ("סי מוקטן", "Bdim"),
            ("סי חצי מוקטן", "Bm7b5"),
            ("רה סאס ארבע", "Dsus4"),
            ("רה sus4", "Dsus4"),
            ("דו אד תשע", "Cadd9"),
            ("מי שבע דיאז תשע", "E7#9"),
            ("סול אחת עשרה", "G11"),
            ("רה על פה דיאז", "D/F#"),
            ("רה/פה דיאז", "D/F#"),
            ("אי מינור", "Em"),
            ("ג'י", "G"),
            ("מי־במול", "Eb"),
        ] {
            assert_eq!(named(text), name, "{text}");
        }
        for text in ["מיתר", "פה ושם", "מי אתה", "לה לה לה", "דו על", "אקורד", "סול על מה"]
        {
            assert!(text.parse::<ChordSymbol>().is_err(), "{text}");
        }
    }

    #[test]
    fn spoken_si_may_be_two_notes() {
        let or = |text: &str| ChordSymbol::read(text).unwrap().or.map(|symbol| symbol.to_string());
        assert_eq!(or("סי מינור").as_deref(), Some("Cm"));
        assert_eq!(or("סי דיאז מינור").as_deref(), Some("C#m"));
        assert_eq!(or("סי במול"), None);
        assert_eq!(or("Bm"), None);
        assert_eq!(or("רה"), None);
    }

    #[test]
    fn every_name_reads_back() {
        for root in Note::simple() {
            assert_eq!(Note::read(&root.hebrew()), Some(root));
            for quality in Quality::ALL {
                let symbol = ChordSymbol::new(root, quality);
                assert_eq!(symbol.hebrew().parse(), Ok(symbol), "{}", symbol.hebrew());
                let slash = symbol.over(Note::sharp(PitchClass(6)));
                assert_eq!(slash.hebrew().parse(), Ok(slash), "{}", slash.hebrew());
            }
        }
    }
}
