//! From opinions to a verdict: bands of the net's log-odds, what must never be said, what to ask.

use theory::StringNumber;

use crate::evidence::Evidence;
use crate::net::{self, Odds};
use crate::opinion::{Hearing, Opinion};
use crate::trust::{Claim, Trust};
use crate::witness::PitchReading;
use crate::{Doubt, StringState, StringVerdict, Strum, Verdict};

/// Log-odds of ringing between which nothing is said, for strings with partials of their own: what is
/// asked for is found dead by the next action anyhow, so accusing at once needs more than 99 %…
const FREE: Band = Band { dead: -5.0, rings: 0.0 };
/// …and for strings whose fundamental is a partial of another one: praised from 95 %.
const SHARED: Band = Band { dead: -6.0, rings: 3.0 };
/// A string that must be silent is accused only above this, for others make it resonate; and
/// praised only below that.
const INTRUDER: f32 = 3.0;
const SILENT: f32 = 0.0;
/// A wrong pitch must be this likely, and the asked one this unlikely.
const WRONG: f32 = 1.5;
const NOT_ASKED: f32 = -1.0;
/// Cents off the rest of the guitar at which a string is out of tune, not merely a little off.
const BENT: f32 = 25.0;
/// Log-odds of having been struck under which a silent string was missed, not damped. The attack
/// tells it badly: only where it is plain.
const STRUCK: f32 = -2.0;

/// Log-odds from which the other strings on shared partials are believed once the most doubtful one
/// rang alone: four in five at the least. No other doubt is lifted by it.
const RELIEVED: f32 = 1.5;
/// Log-odds of buzzing from which a ringing string is said to buzz, and from which it is not praised.
const BUZZES: f32 = 0.5;
const CLEAN: f32 = 0.0;

struct Band {
    dead: f32,
    rings: f32,
}

/// What limits the evidence of the whole strum, if anything does.
pub(crate) type Limit = Option<Doubt>;

/// What is said of a strum.
#[derive(Debug)]
pub(crate) struct Conclusion {
    pub(crate) strings: [StringVerdict; 6],
    pub(crate) verdict: Verdict,
    /// Of each asked string, for checking later.
    pub(crate) claims: Vec<Claim>,
}

/// The six strings and the verdict.
pub(crate) fn conclude(
    hearing: &Hearing,
    witness: Option<&PitchReading>,
    limit: Limit,
    trust: &Trust,
) -> Conclusion {
    let said: Vec<(StringVerdict, Option<Claim>)> = StringNumber::THICK_TO_THIN
        .into_iter()
        .map(|string| {
            let opinion = hearing.strings.iter().find(|opinion| opinion.string == string);
            let Some((opinion, main)) = opinion.and_then(|o| Some((o, o.main?))) else {
                return (silent(string), None);
            };
            let bias = if opinion.asked { trust.bias(main.shared) } else { 0.0 };
            let weighed = weighed(&main, witness);
            let odds = Odds { rings: weighed.rings + bias, ..weighed };
            let offset = hearing.offset;
            let said = Weighed { opinion, main: &main, odds, offset, witness }.said(limit);
            let (pitch, shared) = (main.tone.pitch, main.shared);
            let doubt = StringState::Unsure { why: Doubt::SharedPartials };
            let faint = said.state == doubt && !opinion.rivalled && odds.rings >= RELIEVED;
            let claim =
                Claim { string, pitch, shared, odds: weighed.rings, said: said.state, faint };
            (said, opinion.asked.then_some(claim))
        })
        .collect();
    let claims = said.iter().filter_map(|(_, claim)| *claim).collect();
    let mut strings = StringNumber::THICK_TO_THIN.map(|string| said[string.index()].0);
    if nothing_holds(&strings) {
        for string in strings.iter_mut().filter(|s| s.asked && s.accuses()) {
            string.state = StringState::Unsure { why: Doubt::Margin };
            string.confidence = 0.5;
        }
    }
    let verdict = verdict(&strings);
    Conclusion { strings, verdict, claims }
}

/// Whether the first or the last asked string of a strum is said not to ring: it may not have been
/// struck yet.
pub(crate) fn accuses_an_end(strum: &Strum) -> bool {
    let silent = |s: &&StringVerdict| matches!(s.state, StringState::Dead | StringState::NotPlayed);
    let mut asked = strum.strings.iter().filter(|s| s.asked);
    let (first, last) = (asked.next(), asked.next_back());
    strum.verdict == Some(Verdict::Fault)
        && (first.filter(silent).is_some() || last.filter(silent).is_some())
}

/// Believes the other strings that only their shared partials left in faint doubt.
pub(crate) fn relieve(strings: &mut [StringVerdict; 6], claims: &[Claim]) {
    for claim in claims.iter().filter(|claim| claim.faint) {
        let said = &mut strings[claim.string.index()];
        if matches!(said.state, StringState::Unsure { .. }) {
            said.state = StringState::Rings;
            said.confidence = sure(claim.odds);
        }
    }
}

fn silent(string: StringNumber) -> StringVerdict {
    let state = StringState::NotPlayed;
    StringVerdict { string, asked: false, state, cents: None, confidence: 0.5 }
}

/// Where no asked string rings, the onset was misplaced or something else was played: nothing is
/// accused, unless most strings sound at pitches of their own, as under a capo or a hand in another place.
fn nothing_holds(strings: &[StringVerdict; 6]) -> bool {
    let asked: Vec<_> = strings.iter().filter(|s| s.asked).collect();
    let rings = |s: &&&StringVerdict| matches!(s.state, StringState::Rings | StringState::Buzz);
    let wrong = |s: &&&StringVerdict| matches!(s.state, StringState::WrongPitch { .. });
    let count = asked.iter().filter(wrong).count();
    asked.len() > 1 && asked.iter().filter(rings).count() == 0 && 2 * count < asked.len()
}

pub(crate) fn verdict(strings: &[StringVerdict; 6]) -> Verdict {
    if strings.iter().any(StringVerdict::accuses) {
        return Verdict::Fault;
    }
    let doubtful = || strings.iter().filter(|s| matches!(s.state, StringState::Unsure { .. }));
    if doubtful().next().is_none() {
        return Verdict::Right;
    }
    // Playing a string alone that must be silent would settle nothing.
    let asked = doubtful().filter(|s| s.asked);
    let ask = asked.min_by(|a, b| a.confidence.total_cmp(&b.confidence)).map(|s| s.string);
    Verdict::Unsure { ask }
}

/// One string as the net sees it, with what is said of the whole guitar.
struct Weighed<'a> {
    opinion: &'a Opinion,
    main: &'a Evidence,
    odds: Odds,
    /// Cents by which the whole guitar is off.
    offset: f32,
    witness: Option<&'a PitchReading>,
}

impl Weighed<'_> {
    fn said(&self, limit: Limit) -> StringVerdict {
        if !self.opinion.asked {
            return self.unasked(limit);
        }
        let limit = limit.or(self.opinion.rivalled.then_some(Doubt::SharedPartials));
        match limit {
            Some(why) => self.verdict(StringState::Unsure { why }, 0.5),
            None => self.elsewhere().unwrap_or_else(|| self.asked()),
        }
    }

    fn verdict(&self, state: StringState, confidence: f32) -> StringVerdict {
        let cents = self.main.cents.filter(|_| matches!(state, StringState::Rings));
        StringVerdict {
            string: self.opinion.string,
            asked: self.opinion.asked,
            state,
            cents: cents.map(|cents| cents + self.offset),
            confidence,
        }
    }

    fn doubt(&self, why: Doubt) -> StringVerdict {
        self.verdict(StringState::Unsure { why }, rank(self.odds.rings))
    }

    /// A string that must be silent, unless a fuller voicing was played.
    fn unasked(&self, limit: Limit) -> StringVerdict {
        let rings = self.odds.rings;
        if limit.is_some() || rings <= SILENT {
            self.verdict(StringState::NotPlayed, sure(-rings))
        } else if rings > INTRUDER && !self.opinion.usual.contains(&self.main.tone.pitch) {
            self.verdict(StringState::Rings, sure(rings))
        } else {
            self.doubt(Doubt::Margin)
        }
    }

    /// Another pitch that is likely where the asked one is not. Off its own note is a matter of
    /// tuning: the string alone tells it better than a strum, so that is doubted only.
    fn elsewhere(&self) -> Option<StringVerdict> {
        if self.odds.rings >= NOT_ASKED {
            return None;
        }
        let others = self.opinion.alternatives.iter();
        let (other, z) = others
            .filter(|other| !self.is_same(other) || bend(self.main, other).abs() > BENT)
            .map(|other| (other, weighed(other, self.witness).rings))
            .filter(|(_, z)| *z > WRONG)
            .max_by(|a, b| a.1.total_cmp(&b.1))?;
        if self.is_same(other) {
            return Some(self.doubt(Doubt::Margin));
        }
        let [played, asked] = [other, self.main].map(|of| f32::from(of.tone.pitch.midi()));
        let state = StringState::WrongPitch { pitch: other.tone.pitch };
        let cents = bend(self.main, other) - 100.0 * (played - asked) + self.offset;
        Some(StringVerdict { cents: Some(cents), ..self.verdict(state, sure(z)) })
    }

    fn asked(&self) -> StringVerdict {
        let Odds { rings, struck, buzzes } = self.odds;
        let band = if self.main.shared { &SHARED } else { &FREE };
        if rings <= band.dead {
            let state = if struck > STRUCK { StringState::Dead } else { StringState::NotPlayed };
            return self.verdict(state, sure(-rings));
        }
        if rings < band.rings {
            let shared = self.main.shared;
            return self.doubt(if shared { Doubt::SharedPartials } else { Doubt::Margin });
        }
        if buzzes > BUZZES {
            self.verdict(StringState::Buzz, sure(buzzes))
        } else if buzzes > CLEAN || self.is_rather_bent() {
            self.doubt(Doubt::Margin)
        } else {
            self.verdict(StringState::Rings, sure(rings))
        }
    }

    /// It rings, but rather a third of a semitone off than at its pitch.
    fn is_rather_bent(&self) -> bool {
        let bent = self.opinion.alternatives.iter().filter(|other| self.is_same(other));
        let least = self.odds.rings.max(0.0);
        bent.map(|other| weighed(other, self.witness).rings).any(|z| z > least)
    }

    fn is_same(&self, other: &Evidence) -> bool {
        other.tone.pitch == self.main.tone.pitch
    }
}

fn weighed(evidence: &Evidence, witness: Option<&PitchReading>) -> Odds {
    let look = evidence.look.with(witness, &evidence.tone);
    // Without weights the hand-made rule still says something; a test keeps the weights whole.
    net::weigh(&look).unwrap_or(Odds { rings: evidence.odds, struck: 1.0, buzzes: -9.0 })
}

/// How far an alternative lies from the asked pitch, in cents, as measured.
fn bend(main: &Evidence, other: &Evidence) -> f32 {
    1200.0 * (other.tone.f0 / main.tone.f0).log2() + other.cents.unwrap_or(0.0)
}

/// Confidence of a doubt: no probability, it only orders the strings by which to ask for first.
fn rank(odds: f32) -> f32 {
    0.5 + 0.01 * odds.clamp(-9.0, 9.0)
}

/// Probability from log-odds, never certain.
fn sure(odds: f32) -> f32 {
    (1.0 / (1.0 + (-odds).exp())).clamp(0.5, 0.99)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;

    fn doubtful(why: Doubt) -> [StringVerdict; 6] {
        StringNumber::THICK_TO_THIN.map(|string| {
            let state = StringState::Unsure { why };
            StringVerdict { string, asked: true, state, cents: None, confidence: 0.5 }
        })
    }

    fn claim(index: usize, faint: bool) -> Claim {
        let string = StringNumber::at_index(index).unwrap();
        let said = StringState::Unsure { why: Doubt::SharedPartials };
        Claim { string, pitch: theory::Pitch(52), shared: true, odds: 2.0, said, faint }
    }

    #[test]
    fn relief_lifts_faint_doubts_alone() {
        let mut strings = doubtful(Doubt::SharedPartials);
        strings[3].state = StringState::Dead;
        relieve(&mut strings, &[claim(1, true), claim(2, false), claim(3, true)]);
        assert_eq!(strings[1].state, StringState::Rings);
        assert!((strings[1].confidence - sure(2.0)).abs() < 1e-6);
        assert!(matches!(strings[2].state, StringState::Unsure { .. }));
        assert_eq!(strings[3].state, StringState::Dead, "relief takes no accusation back");
    }

    #[test]
    fn a_doubtful_string_is_asked_for_and_the_weakest_first() {
        let mut strings = doubtful(Doubt::SharedPartials);
        strings[4].confidence = 0.4;
        let ask = StringNumber::at_index(4);
        assert_eq!(verdict(&strings), Verdict::Unsure { ask });
        for said in &mut strings {
            said.state = StringState::Rings;
        }
        assert_eq!(verdict(&strings), Verdict::Right);
        strings[0].asked = false;
        assert_eq!(verdict(&strings), Verdict::Fault, "it had to be silent");
    }

    #[test]
    fn all_accused_at_once_is_no_six_dead_strings() {
        let mut strings = doubtful(Doubt::Margin);
        strings.iter_mut().for_each(|said| said.state = StringState::Dead);
        assert!(nothing_holds(&strings));
        strings[5].state = StringState::Rings;
        assert!(!nothing_holds(&strings));
        strings[5].state = StringState::Unsure { why: Doubt::Margin };
        assert!(nothing_holds(&strings), "one string in doubt holds nothing");
        for said in &mut strings[2..] {
            said.state = StringState::WrongPitch { pitch: theory::Pitch(60) };
        }
        assert!(!nothing_holds(&strings), "a hand in another place");
    }
}
