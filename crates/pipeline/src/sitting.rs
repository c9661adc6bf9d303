//! One item practised in a lesson: tries counted as they are judged, for the journal.

use std::time::Duration;

use audio::{StringState, StringVerdict, Strum, Verdict};
use theory::Chord;
use tutor::course::Rang;
use tutor::review::{Item, Moment, Tally};
use tutor::{Feedback, TipId};

use crate::journal::Practised;

/// A strum of the asked chord.
#[derive(Debug, Clone, PartialEq)]
struct Try {
    at: Duration,
    /// None: nobody can tell.
    clean: Option<bool>,
    /// How each string did, from string 6 to string 1.
    strings: [Rang; 6],
    /// The row of the diagnosis table that was told of it.
    fault: Option<TipId>,
}

/// A chord that is practised. A strum told anew replaces itself; one of which nobody can tell is no
/// try.
#[derive(Debug, Clone)]
pub struct Sitting {
    chord: Chord,
    began: Moment,
    since: Duration,
    tries: Vec<Try>,
}

impl Sitting {
    /// A sitting that begins `since` into a session which began at `session`. It belongs to the
    /// session's day, even if midnight has passed.
    #[must_use]
    pub fn new(chord: Chord, session: Moment, since: Duration) -> Self {
        Self { chord, began: session.after(since), since, tries: Vec::new() }
    }

    /// A strum was judged, or judged anew.
    pub fn strum(&mut self, strum: &Strum) {
        let clean = match strum.verdict {
            Some(Verdict::Right) => Some(true),
            Some(Verdict::Fault) => Some(false),
            Some(Verdict::Unsure { .. }) => None,
            None => return,
        };
        let strings = std::array::from_fn(|place| rang(&strum.strings[place]));
        let judged = Try { at: strum.at, clean, strings, fault: None };
        match self.tries.iter_mut().rev().find(|known| known.at == strum.at) {
            Some(known) => *known = judged,
            None => self.tries.push(judged),
        }
    }

    /// The teacher said something of the last strum.
    pub fn told(&mut self, feedback: &Feedback) {
        if !feedback.is_fault() {
            return;
        }
        if let Some(last) = self.tries.last_mut().filter(|last| last.clean == Some(false)) {
            last.fault = Some(feedback.tip_id.clone());
        }
    }

    /// What was practised so far; none before a verdict.
    #[must_use]
    pub fn practised(&self) -> Option<Practised> {
        let (mut practised, mut tally) =
            (Practised::new(Item::Chord(self.chord), self.began), Tally::default());
        for judged in &self.tries {
            judged.clean.into_iter().for_each(|clean| tally.count(clean));
            if let Some(row) = &judged.fault {
                *practised.faults.entry(row.clone()).or_insert(0) += 1;
            }
        }
        practised.strings = self.strings();
        let last = self.tries.iter().map(|judged| judged.at).max()?;
        practised.seconds = last.saturating_sub(self.since).as_secs_f32();
        practised.tally = tally;
        (tally.attempts > 0).then_some(practised)
    }

    /// None where no string could be told.
    fn strings(&self) -> Option<[Rang; 6]> {
        let mut sum = [Rang::default(); 6];
        for strings in self.tries.iter().map(|judged| judged.strings) {
            for (sum, one) in sum.iter_mut().zip(strings) {
                sum.rang += one.rang;
                sum.tried += one.tried;
            }
        }
        sum.iter().any(|it| it.tried > 0).then_some(sum)
    }
}

/// A string that was not struck, or of which nobody can tell, was not tried.
fn rang(verdict: &StringVerdict) -> Rang {
    let told = !matches!(verdict.state, StringState::NotPlayed | StringState::Unsure { .. });
    let rings = verdict.state == StringState::Rings;
    match verdict.asked && told {
        true => Rang { rang: u32::from(rings), tried: 1 },
        false => Rang::default(),
    }
}

#[cfg(test)]
mod tests {
    use audio::{StringState, StringVerdict};
    use theory::StringNumber;
    use tutor::Phrase;
    use tutor::review::Day;

    use super::*;

    fn strum(second: u64, verdict: Option<Verdict>) -> Strum {
        let at = Duration::from_secs(second);
        let rings = |string| StringVerdict {
            string,
            asked: true,
            state: StringState::Rings,
            cents: None,
            confidence: 0.9,
        };
        let strings = StringNumber::THICK_TO_THIN.map(rings);
        Strum {
            at,
            verdict_at: at,
            chord: None,
            voicing: None,
            verdict,
            strings,
            touch: None,
            picked: None,
        }
    }

    fn feedback(row: &str) -> Feedback {
        let nothing = Phrase { display: String::new(), speech: String::new(), ipa: String::new() };
        Feedback {
            diagnosis: nothing.clone(),
            tip: nothing,
            tip_id: TipId(row.to_owned()),
            basis: String::new(),
            marks: Vec::new(),
            priority: 1,
            expires: Duration::ZERO,
        }
    }

    #[test]
    fn tries_are_counted_as_they_end() {
        let session = Moment { unix_ms: 5_000, day: Day(20_783) };
        let mut sitting = Sitting::new("Em".parse().unwrap(), session, Duration::from_secs(2));
        assert_eq!(sitting.practised(), None);
        sitting.strum(&strum(3, None));
        sitting.strum(&strum(4, Some(Verdict::Unsure { ask: None })));
        assert_eq!(sitting.practised(), None, "nobody can tell");
        sitting.strum(&strum(5, Some(Verdict::Fault)));
        sitting.told(&feedback("L05"));
        sitting.strum(&strum(7, Some(Verdict::Fault)));
        sitting.told(&feedback("L01"));
        sitting.strum(&strum(7, Some(Verdict::Right)));
        // What a drill reached, and a word of the app, are no faults.
        ["OK1", "OK5", "A44"].iter().for_each(|id| sitting.told(&feedback(id)));
        sitting.strum(&strum(4, Some(Verdict::Right)));
        let practised = sitting.practised().unwrap();
        assert_eq!(practised.item.to_string(), "chord:E:min");
        assert_eq!((practised.began.unix_ms, practised.seconds), (7_000, 5.0));
        assert_eq!((practised.tally.attempts, practised.tally.clean), (3, 2));
        assert_eq!(practised.tally.first_clean, Some(1));
        assert_eq!(practised.faults, [(TipId("L05".to_owned()), 1)].into());
        assert!(practised.is_possible());
    }
}
