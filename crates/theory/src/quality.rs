//! What a chord is made of, root apart: one row of a table for each quality. How the chord is
//! called lies in `symbol` and `hebrew`, how it is fingered in `voicings`.

use crate::Interval;

/// The quality of a chord: its intervals above the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// Major triad.
    Maj,
    /// Minor triad.
    Min,
    /// Dominant seventh.
    Dom7,
    /// Major seventh.
    Maj7,
    /// Minor seventh.
    Min7,
    /// Suspended second.
    Sus2,
    /// Suspended fourth.
    Sus4,
    /// Diminished triad.
    Dim,
    /// Augmented triad.
    Aug,
    /// Root and fifth.
    Power,
    /// Major triad with a major sixth.
    Maj6,
    /// Minor triad with a major sixth.
    Min6,
    /// Major triad with sixth and ninth.
    SixNine,
    /// Major triad with a ninth, without seventh.
    Add9,
    /// Minor triad with a ninth, without seventh.
    MinAdd9,
    /// Major triad with an eleventh.
    Add11,
    /// Dominant ninth.
    Dom9,
    /// Major ninth.
    Maj9,
    /// Minor ninth.
    Min9,
    /// Diminished seventh.
    Dim7,
    /// Half-diminished: minor seventh with a diminished fifth.
    HalfDim,
    /// Minor triad with a major seventh.
    MinMaj7,
    /// Dominant seventh with a fourth instead of the third.
    Dom7Sus4,
    /// Dominant ninth with a fourth instead of the third.
    Dom9Sus4,
    /// Dominant seventh with a diminished fifth.
    Dom7Flat5,
    /// Dominant seventh with an augmented fifth.
    Dom7Sharp5,
    /// Major seventh with an augmented fifth.
    Maj7Sharp5,
    /// Dominant seventh with a minor ninth.
    Dom7Flat9,
    /// Dominant seventh with an augmented ninth.
    Dom7Sharp9,
    /// Dominant eleventh.
    Dom11,
    /// Minor eleventh.
    Min11,
    /// Dominant thirteenth.
    Dom13,
    /// Major thirteenth.
    Maj13,
    /// Minor thirteenth.
    Min13,
}

/// What the table says of a quality.
struct Row {
    quality: Quality,
    label: &'static str,
    suffix: &'static str,
    hebrew: &'static str,
    tones: &'static [Interval],
}

const fn row(
    quality: Quality,
    label: &'static str,
    suffix: &'static str,
    hebrew: &'static str,
    tones: &'static [Interval],
) -> Row {
    Row { quality, label, suffix, hebrew, tones }
}

const R: Interval = Interval::UNISON;
const M2: Interval = Interval::MAJOR_SECOND;
const B3: Interval = Interval::MINOR_THIRD;
const T3: Interval = Interval::MAJOR_THIRD;
const P4: Interval = Interval::PERFECT_FOURTH;
const B5: Interval = Interval::DIMINISHED_FIFTH;
const P5: Interval = Interval::PERFECT_FIFTH;
const S5: Interval = Interval::AUGMENTED_FIFTH;
const M6: Interval = Interval::MAJOR_SIXTH;
const D7: Interval = Interval::DIMINISHED_SEVENTH;
const B7: Interval = Interval::MINOR_SEVENTH;
const M7: Interval = Interval::MAJOR_SEVENTH;
const B9: Interval = Interval::MINOR_NINTH;
const T9: Interval = Interval::MAJOR_NINTH;
const S9: Interval = Interval::AUGMENTED_NINTH;
const P11: Interval = Interval::PERFECT_ELEVENTH;
const T13: Interval = Interval::MAJOR_THIRTEENTH;

/// In the order of the variants.
#[rustfmt::skip]
static ROWS: [Row; Quality::ALL.len()] = [
    row(Quality::Maj, "maj", "", "מז'ור", &[R, T3, P5]),
    row(Quality::Min, "min", "m", "מינור", &[R, B3, P5]),
    row(Quality::Dom7, "7", "7", "שבע", &[R, T3, P5, B7]),
    row(Quality::Maj7, "maj7", "maj7", "מז'ור שבע", &[R, T3, P5, M7]),
    row(Quality::Min7, "min7", "m7", "מינור שבע", &[R, B3, P5, B7]),
    row(Quality::Sus2, "sus2", "sus2", "סאס שתיים", &[R, M2, P5]),
    row(Quality::Sus4, "sus4", "sus4", "סאס ארבע", &[R, P4, P5]),
    row(Quality::Dim, "dim", "dim", "מוקטן", &[R, B3, B5]),
    row(Quality::Aug, "aug", "aug", "מוגדל", &[R, T3, S5]),
    row(Quality::Power, "5", "5", "חמש", &[R, P5]),
    row(Quality::Maj6, "maj6", "6", "שש", &[R, T3, P5, M6]),
    row(Quality::Min6, "min6", "m6", "מינור שש", &[R, B3, P5, M6]),
    row(Quality::SixNine, "69", "69", "שש תשע", &[R, T3, P5, M6, T9]),
    row(Quality::Add9, "add9", "add9", "אד תשע", &[R, T3, P5, T9]),
    row(Quality::MinAdd9, "minadd9", "madd9", "מינור אד תשע", &[R, B3, P5, T9]),
    row(Quality::Add11, "add11", "add11", "אד אחת עשרה", &[R, T3, P5, P11]),
    row(Quality::Dom9, "9", "9", "תשע", &[R, T3, P5, B7, T9]),
    row(Quality::Maj9, "maj9", "maj9", "מז'ור תשע", &[R, T3, P5, M7, T9]),
    row(Quality::Min9, "min9", "m9", "מינור תשע", &[R, B3, P5, B7, T9]),
    row(Quality::Dim7, "dim7", "dim7", "מוקטן שבע", &[R, B3, B5, D7]),
    row(Quality::HalfDim, "min7b5", "m7b5", "מינור שבע במול חמש", &[R, B3, B5, B7]),
    row(Quality::MinMaj7, "minmaj7", "mmaj7", "מינור מז'ור שבע", &[R, B3, P5, M7]),
    row(Quality::Dom7Sus4, "7sus4", "7sus4", "שבע סאס ארבע", &[R, P4, P5, B7]),
    row(Quality::Dom9Sus4, "9sus4", "9sus4", "תשע סאס ארבע", &[R, P4, P5, B7, T9]),
    row(Quality::Dom7Flat5, "7b5", "7b5", "שבע במול חמש", &[R, T3, B5, B7]),
    row(Quality::Dom7Sharp5, "7#5", "7#5", "שבע דיאז חמש", &[R, T3, S5, B7]),
    row(Quality::Maj7Sharp5, "maj7#5", "maj7#5", "מז'ור שבע דיאז חמש", &[R, T3, S5, M7]),
    row(Quality::Dom7Flat9, "7b9", "7b9", "שבע במול תשע", &[R, T3, P5, B7, B9]),
    row(Quality::Dom7Sharp9, "7#9", "7#9", "שבע דיאז תשע", &[R, T3, P5, B7, S9]),
    row(Quality::Dom11, "11", "11", "אחת עשרה", &[R, T3, P5, B7, T9, P11]),
    row(Quality::Min11, "min11", "m11", "מינור אחת עשרה", &[R, B3, P5, B7, T9, P11]),
    row(Quality::Dom13, "13", "13", "שלוש עשרה", &[R, T3, P5, B7, T9, P11, T13]),
    row(Quality::Maj13, "maj13", "maj13", "מז'ור שלוש עשרה", &[R, T3, P5, M7, T9, P11, T13]),
    row(Quality::Min13, "min13", "m13", "מינור שלוש עשרה", &[R, B3, P5, B7, T9, P11, T13]),
];

impl Quality {
    /// What the ears tell apart without being told what to expect, and what lessons teach first;
    /// triads before sevenths as their nets were trained.
    pub const HEARD: [Self; 10] = [
        Self::Maj,
        Self::Min,
        Self::Dom7,
        Self::Maj7,
        Self::Min7,
        Self::Sus2,
        Self::Sus4,
        Self::Dim,
        Self::Aug,
        Self::Power,
    ];

    /// Every quality: [`Self::HEARD`], then what else stands in songbooks.
    pub const ALL: [Self; 34] = [
        Self::Maj,
        Self::Min,
        Self::Dom7,
        Self::Maj7,
        Self::Min7,
        Self::Sus2,
        Self::Sus4,
        Self::Dim,
        Self::Aug,
        Self::Power,
        Self::Maj6,
        Self::Min6,
        Self::SixNine,
        Self::Add9,
        Self::MinAdd9,
        Self::Add11,
        Self::Dom9,
        Self::Maj9,
        Self::Min9,
        Self::Dim7,
        Self::HalfDim,
        Self::MinMaj7,
        Self::Dom7Sus4,
        Self::Dom9Sus4,
        Self::Dom7Flat5,
        Self::Dom7Sharp5,
        Self::Maj7Sharp5,
        Self::Dom7Flat9,
        Self::Dom7Sharp9,
        Self::Dom11,
        Self::Min11,
        Self::Dom13,
        Self::Maj13,
        Self::Min13,
    ];

    fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// Its tones above the root, root first, spelled: a sharp nine is no minor third.
    #[must_use]
    pub fn tones(self) -> &'static [Interval] {
        self.row().tones
    }

    /// As in `E:min`.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// What follows the root in a songbook: `m7`; nothing for major.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        self.row().suffix
    }

    /// «מינור שבע», as it follows the root in speech; major is said, too.
    #[must_use]
    pub fn hebrew(self) -> &'static str {
        self.row().hebrew
    }

    /// Whether the third above the root is minor; none where there is no third.
    #[must_use]
    pub fn is_minor(self) -> Option<bool> {
        match self.tones().get(1)?.number() {
            3 => Some(self.tones()[1] == B3),
            _ => None,
        }
    }

    /// Whether its tones are a stack of thirds without a gap, perfect or major from the ninth on.
    #[must_use]
    pub fn is_stack(self) -> bool {
        let tones = self.tones();
        let thirds = tones.windows(2).all(|pair| (pair[1] - pair[0]).number() == 3);
        thirds && tones.iter().all(|tone| ![B9, S9].contains(tone))
    }

    /// Whether a guitar may leave this tone out and still be said to play the chord: the perfect
    /// fifth over a third where there is more than a sixth (C6 without it is Am), the ninth under a thirteenth, the eleventh over a
    /// major third, and the third under an eleventh. The root stays.
    #[must_use]
    pub fn may_omit(self, tone: Interval) -> bool {
        let tones = self.tones();
        let eleventh = tones.contains(&P11);
        let thirteenth = tones.contains(&T13);
        match tone {
            P5 => {
                self.is_minor().is_some()
                    && tones.get(3).is_some_and(|t| *t != M6 || tones.len() > 4)
            }
            T9 => eleventh,
            P11 => thirteenth,
            T3 => eleventh && tones.len() == 6,
            _ => false,
        }
    }

    /// The quality with this [`Self::label`], [`Self::suffix`] or another usual spelling of it.
    #[must_use]
    pub fn from_suffix(text: &str) -> Option<Self> {
        let plain = plain(text);
        let known = |row: &&Row| row.suffix == plain || row.label == plain;
        if let Some(row) = ROWS.iter().find(known) {
            return Some(row.quality);
        }
        let (_, quality) = OTHER_SPELLINGS.iter().find(|(spelling, _)| *spelling == plain)?;
        Some(*quality)
    }
}

/// Spellings of songbooks beside suffix and label, after [`plain`].
const OTHER_SPELLINGS: [(&str, Quality); 32] = [
    ("M", Quality::Maj),
    ("dom7", Quality::Dom7),
    ("M7", Quality::Maj7),
    ("j7", Quality::Maj7),
    ("sus", Quality::Sus4),
    ("o", Quality::Dim),
    ("mb5", Quality::Dim),
    ("+", Quality::Aug),
    ("#5", Quality::Aug),
    ("+5", Quality::Aug),
    ("M6", Quality::Maj6),
    ("add6", Quality::Maj6),
    ("6add9", Quality::SixNine),
    ("6/9", Quality::SixNine),
    ("maj69", Quality::SixNine),
    ("add2", Quality::Add9),
    ("madd2", Quality::MinAdd9),
    ("add4", Quality::Add11),
    ("dom9", Quality::Dom9),
    ("M9", Quality::Maj9),
    ("o7", Quality::Dim7),
    ("hdim7", Quality::HalfDim),
    ("hdim", Quality::HalfDim),
    ("mM7", Quality::MinMaj7),
    ("7sus", Quality::Dom7Sus4),
    ("sus7", Quality::Dom7Sus4),
    ("9sus", Quality::Dom9Sus4),
    ("aug7", Quality::Dom7Sharp5),
    ("7aug", Quality::Dom7Sharp5),
    ("7+5", Quality::Dom7Sharp5),
    ("7+", Quality::Dom7Sharp5),
    ("M13", Quality::Maj13),
];

/// One of the many ways to write the same: no brackets, `min`, `mi` and `-` are `m`, and so on.
fn plain(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !"(),".contains(*c)).collect();
    let signs = [
        ("♯", "#"),
        ("♭", "b"),
        ("Δ7", "maj7"),
        ("Δ", "maj7"),
        ("ø7", "hdim"),
        ("ø", "hdim"),
        ("°", "o"),
        ("º", "o"),
        ("−", "-"),
        ("Major", "maj"),
        ("major", "maj"),
        ("minor", "m"),
        ("Maj", "maj"),
        ("Min", "m"),
        ("min", "m"),
        ("Dim", "dim"),
        ("Aug", "aug"),
        ("Sus", "sus"),
        ("Add", "add"),
    ];
    let words = signs.iter().fold(bare, |text, (from, to)| text.replace(from, to));
    let minor = words
        .strip_prefix("mi")
        .filter(|rest| !rest.starts_with('n'))
        .or_else(|| words.strip_prefix('-').filter(|rest| !rest.starts_with(['5', '9'])));
    match (minor, words.strip_prefix("ma").filter(|rest| rest.starts_with(['7', '9', '1']))) {
        (Some(rest), _) => format!("m{rest}"),
        (_, Some(rest)) => format!("maj{rest}"),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_says_each_thing_once() {
        for (quality, row) in Quality::ALL.into_iter().zip(&ROWS) {
            assert_eq!(row.quality, quality);
            assert_eq!(Quality::from_suffix(row.suffix), Some(quality), "{}", row.suffix);
            assert_eq!(Quality::from_suffix(row.label), Some(quality), "{}", row.label);
        }
        let spellings = OTHER_SPELLINGS.iter().map(|(spelling, _)| *spelling);
        for spelling in spellings {
            assert_eq!(plain(spelling), spelling);
        }
        assert_eq!(Quality::ALL[..10], Quality::HEARD);
    }

    #[test]
    fn songbooks_write_as_they_like() {
        for (text, quality) in [
            ("-7", Quality::Min7),
            ("mi7", Quality::Min7),
            ("minor7", Quality::Min7),
            ("Δ", Quality::Maj7),
            ("ma7", Quality::Maj7),
            ("m(maj7)", Quality::MinMaj7),
            ("°7", Quality::Dim7),
            ("ø", Quality::HalfDim),
            ("m7(b5)", Quality::HalfDim),
            ("7(♯9)", Quality::Dom7Sharp9),
            ("(add9)", Quality::Add9),
            ("+", Quality::Aug),
        ] {
            assert_eq!(Quality::from_suffix(text), Some(quality), "{text}");
        }
        for text in ["x", "m77", "maj8", "sus3"] {
            assert_eq!(Quality::from_suffix(text), None, "{text}");
        }
    }
}
