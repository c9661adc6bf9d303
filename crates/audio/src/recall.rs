//! A verdict that was told before it was known that something else than strings was heard: the
//! strum is told again as unsure. A voice needs a second to be recognised, a strum a third of one.

use std::time::Duration;

use theory::StringNumber;

use crate::judge::Span;
use crate::resample::RATE;
use crate::{Doubt, StringState, Strum, Verdict};

/// How long after its verdict a strum may be told again: what spoils it is found within that.
const WITHIN: u64 = RATE as u64 * 2;

/// The last verdict, and the sound it rests on.
#[derive(Debug)]
pub(crate) struct Told {
    strum: Strum,
    pub(crate) span: Span,
}

impl Told {
    /// What can be taken back; none of a strum that was told as unsure or without being asked.
    pub(crate) fn of(strum: &Strum, span: Span) -> Option<Self> {
        let stands = matches!(strum.verdict, Some(Verdict::Right | Verdict::Fault));
        stands.then(|| Self { strum: strum.clone(), span })
    }

    /// Whether it stands for good at sample `now`.
    pub(crate) fn is_over(&self, now: u64) -> bool {
        now > self.span.end + WITHIN
    }

    /// The same strum without a verdict on any string, for this reason.
    pub(crate) fn again(self, why: Doubt, at: Duration) -> Strum {
        let mut strum = self.strum;
        strum.verdict = Some(Verdict::Unsure { ask: None });
        strum.verdict_at = at;
        let waits = StringState::Unsure { why: Doubt::Awaited };
        let quiet = |s: &crate::StringVerdict| {
            s.state == waits || !s.asked && s.state == StringState::NotPlayed
        };
        for said in strum.strings.iter_mut().filter(|said| !quiet(said)) {
            said.state = StringState::Unsure { why };
            said.cents = None;
            said.confidence = 0.5;
        }
        strum
    }
}

/// A strum whose verdict on one string is taken back until that string is played alone.
pub(crate) fn in_doubt(strum: &Strum, string: StringNumber, at: Duration) -> Strum {
    let mut strum = strum.clone();
    strum.verdict = Some(Verdict::Unsure { ask: Some(string) });
    strum.verdict_at = at;
    let said = &mut strum.strings[string.index()];
    said.state = StringState::Unsure { why: Doubt::Margin };
    said.cents = None;
    said.confidence = 0.5;
    strum
}
