//! The diagnosis table as data: rows (urgency, gates) and wordings, read once from `data/`.
//! The code only finds *conditions*; which row they are, how sure one must be, when it is shown
//! or said and in which words stands in the tables.

use std::sync::LazyLock;

/// What evidence can show. The key is the word used in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Condition(pub(crate) &'static str);

/// A row: how urgent, how sure, when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row {
    pub(crate) id: &'static str,
    pub(crate) condition: Condition,
    /// 1 is most urgent.
    pub(crate) priority: u8,
    /// Evidence below this is answered by «not sure».
    pub(crate) confidence: f32,
    /// Attempts (of the last three) with the fault before it is shown, and before it is said.
    pub(crate) show: u8,
    pub(crate) say: u8,
    /// What it is followed as; none: the row by itself.
    pub(crate) kind: Option<Kind>,
    pub(crate) senses: Senses,
    /// Whether it tells of a fault in the playing.
    pub(crate) fault: bool,
}

/// Faults that are one across attempts, whatever causes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A string that does not ring.
    Dead,
    /// A string that rattles.
    Buzz,
    /// A string that sounds and must not; each row by itself.
    Extra,
}

/// What a row rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Senses {
    Ear,
    Eye,
    /// The ear, and the eye where it saw a part of it.
    EyeToo,
    Both,
    Microphone,
    /// The ear, which is not sure.
    Doubt,
    /// What the student said, the clock, the app's own state.
    None,
}

/// One way to say a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wording {
    pub(crate) condition: Condition,
    pub(crate) diagnosis: &'static str,
    pub(crate) tip: &'static str,
}

static ROWS: LazyLock<Vec<Row>> =
    LazyLock::new(|| records(include_str!("../../data/rows.csv")).filter_map(row).collect());
static WORDINGS: LazyLock<Vec<Wording>> = LazyLock::new(|| {
    records(include_str!("../../data/wordings.csv")).filter_map(wording).collect()
});

/// Every row, in table order (earlier wins among equals).
pub(crate) fn rows() -> &'static [Row] {
    &ROWS
}

/// Every wording.
pub(crate) fn wordings() -> &'static [Wording] {
    &WORDINGS
}

/// The row of a condition.
pub(crate) fn row_of(condition: Condition) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.condition == condition)
}

pub(crate) fn records(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split(';').collect())
}

fn row(fields: Vec<&'static str>) -> Option<Row> {
    let [id, condition, priority, confidence, show, say, kind, senses, counts] = fields[..] else {
        return None;
    };
    Some(Row {
        id,
        condition: Condition(condition),
        priority: priority.parse().ok()?,
        confidence: confidence.parse().ok()?,
        show: show.parse().ok()?,
        say: say.parse().ok()?,
        kind: kind_of(kind)?,
        senses: senses_of(senses)?,
        fault: match counts {
            "fault" => true,
            "" => false,
            _ => return None,
        },
    })
}

fn kind_of(text: &str) -> Option<Option<Kind>> {
    Some(match text {
        "" => None,
        "dead" => Some(Kind::Dead),
        "buzz" => Some(Kind::Buzz),
        "extra" => Some(Kind::Extra),
        _ => return None,
    })
}

fn senses_of(text: &str) -> Option<Senses> {
    Some(match text {
        "ear" => Senses::Ear,
        "eye" => Senses::Eye,
        "eye_too" => Senses::EyeToo,
        "both" => Senses::Both,
        "microphone" => Senses::Microphone,
        "doubt" => Senses::Doubt,
        "none" => Senses::None,
        _ => return None,
    })
}

fn wording(fields: Vec<&'static str>) -> Option<Wording> {
    let [condition, diagnosis, tip] = fields[..] else { return None };
    Some(Wording { condition: Condition(condition), diagnosis, tip })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::condition;

    #[test]
    fn every_line_of_the_tables_is_read() {
        let lines = |text: &'static str| records(text).count();
        assert_eq!(rows().len(), lines(include_str!("../../data/rows.csv")));
        assert_eq!(wordings().len(), lines(include_str!("../../data/wordings.csv")));
    }

    #[test]
    fn every_condition_has_one_row_and_words_and_nothing_else_is_in_the_tables() {
        for known in condition::ALL {
            assert_eq!(rows().iter().filter(|r| r.condition == *known).count(), 1, "{known:?}");
            assert!(wordings().iter().any(|w| w.condition == *known), "{known:?} has no words");
        }
        for row in rows() {
            assert!(condition::ALL.contains(&row.condition), "{row:?}");
            assert!((1..=9).contains(&row.priority) && row.show <= row.say, "{row:?}");
            assert!((0.0..=1.0).contains(&row.confidence), "{row:?}");
            // Of an id, since a journal knows no more.
            let alike = |other: &&Row| other.id == row.id && other.fault != row.fault;
            assert_eq!(rows().iter().find(alike), None, "{row:?}");
            assert!(!row.fault || row.senses != Senses::None, "{row:?}");
        }
        assert!(wordings().iter().all(|w| condition::ALL.contains(&w.condition)));
    }

    #[test]
    fn what_is_said_often_can_be_said_in_two_ways() {
        for row in rows().iter().filter(|row| !row.id.starts_with(['A', 'S'])) {
            let ways = wordings().iter().filter(|w| w.condition == row.condition).count();
            assert!(ways >= 2, "{row:?}");
        }
    }
}
