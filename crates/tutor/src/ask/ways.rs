//! What people said who saw only the list of questions or of intents: more to learn from, each
//! with its writer, so that what is learnt can be tried on a writer it has not seen.
//!
//! Several questions may be right for one line. Knows nothing of what a line holds.

/// A line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) text: &'static str,
    /// Names of questions or intents, `|` between them.
    meanings: &'static str,
    pub(super) writer: &'static str,
}

impl Way {
    /// What it may mean.
    pub(super) fn meanings(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.meanings.split('|')
    }
}

pub(super) static QUESTIONS: &str = include_str!("../../data/faq/ways.tsv");
pub(super) static COMMANDS: &str = include_str!("../../data/commands.tsv");

/// The lines of a file: text, meanings, writer, with tabs between.
pub(super) fn read(file: &'static str) -> impl Iterator<Item = Way> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut fields = line.split('\t');
        Some(Way { text: fields.next()?, meanings: fields.next()?, writer: fields.next()? })
    })
}

/// Who had read which lines of the others were mistaken: left out wherever one of these is.
const READER: &str = "f";

/// Whether a line is learnt from where those of one writer are not.
pub(super) fn is_kept(way: &Way, but: Option<&str>) -> bool {
    but.is_none_or(|writer| way.writer != writer && way.writer != READER)
}

/// Who wrote them.
pub(super) fn writers(file: &'static str) -> Vec<&'static str> {
    let mut writers: Vec<_> = read(file).map(|way| way.writer).collect();
    writers.sort_unstable();
    writers.dedup();
    writers
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{Intent, faq};
    use super::*;

    #[test]
    fn every_line_is_whole_and_said_once() {
        for file in [QUESTIONS, COMMANDS] {
            let lines = file.lines().filter(|line| !line.starts_with('#')).count();
            let ways: Vec<Way> = read(file).collect();
            assert!(lines > 500 && ways.len() == lines);
            let texts: BTreeSet<&str> = ways.iter().map(|way| way.text).collect();
            assert_eq!(texts.len(), lines);
            assert!(writers(file).len() >= 5);
        }
        for way in read(QUESTIONS) {
            assert!(way.meanings().all(|name| faq::named(name).is_some()), "{way:?}");
        }
        for way in read(COMMANDS) {
            let known = |name| Intent::ALL.iter().any(|intent| intent.key() == name);
            assert!(way.meanings().all(known), "{way:?}");
        }
    }
}
