//! From opinions to a verdict: bands of log-odds, the witness's word, what must never be said.

use theory::{Pitch, StringNumber};

use crate::evidence::Evidence;
use crate::opinion::{Hearing, Opinion};
use crate::witness::PitchReading;
use crate::{Doubt, StringState, StringVerdict, Verdict};

/// Log-odds between which nothing is said, for strings with partials of their own…
const FREE: Band = Band { dead: -1.5, rings: 1.0 };
/// …and for strings whose fundamental is a partial of another one.
const SHARED: Band = Band { dead: -4.5, rings: 2.5 };
/// A string that must be silent is accused only above these: others make it resonate.
const INTRUDER: f32 = 5.0;
const INTRUDER_SPECTRUM: f32 = 3.0;
/// A wrong pitch must be this likely, and this much likelier than the asked one.
const WRONG: f32 = 3.0;
const WRONG_LEAD: f32 = 4.0;
/// Cents off the rest of the guitar at which a string is out of tune, not merely a little off.
const BENT: f32 = 25.0;

struct Band {
    dead: f32,
    rings: f32,
}

/// What limits the evidence of the whole strum, if anything does.
pub(crate) type Limit = Option<Doubt>;

/// The six strings and the verdict.
pub(crate) fn conclude(
    hearing: &Hearing,
    witness: Option<&PitchReading>,
    limit: Limit,
) -> ([StringVerdict; 6], Verdict) {
    let mut strings = StringNumber::THICK_TO_THIN.map(|string| {
        hearing
            .strings
            .iter()
            .find(|opinion| opinion.string == string)
            .map_or_else(|| silent(string), |opinion| state(opinion, hearing, witness, limit))
    });
    if everything_accused(&strings) {
        for string in strings.iter_mut().filter(|s| s.asked) {
            string.state = StringState::Unsure { why: Doubt::Margin };
            string.confidence = 0.5;
        }
    }
    let verdict = verdict(&strings);
    (strings, verdict)
}

fn silent(string: StringNumber) -> StringVerdict {
    let state = StringState::NotPlayed;
    StringVerdict { string, asked: false, state, cents: None, confidence: 0.5 }
}

/// Six dead strings are a misplaced onset or something else than a strum.
fn everything_accused(strings: &[StringVerdict; 6]) -> bool {
    let asked: Vec<_> = strings.iter().filter(|s| s.asked).collect();
    asked.len() > 1 && asked.iter().all(|s| matches!(s.state, StringState::Dead))
}

pub(crate) fn verdict(strings: &[StringVerdict; 6]) -> Verdict {
    let accused = |s: &StringVerdict| match s.state {
        StringState::Rings => !s.asked,
        StringState::Unsure { .. } => false,
        StringState::NotPlayed => s.asked,
        StringState::Dead | StringState::Buzz | StringState::WrongPitch { .. } => true,
    };
    if strings.iter().any(accused) {
        return Verdict::Fault;
    }
    let doubtful = strings
        .iter()
        .filter(|s| s.asked && matches!(s.state, StringState::Unsure { .. }))
        .min_by(|a, b| a.confidence.total_cmp(&b.confidence));
    match doubtful {
        Some(string) => Verdict::Unsure { ask: Some(string.string) },
        None => Verdict::Right,
    }
}

fn state(
    opinion: &Opinion,
    hearing: &Hearing,
    witness: Option<&PitchReading>,
    limit: Limit,
) -> StringVerdict {
    let string = opinion.string;
    let Some(main) = opinion.main else { return silent(string) };
    let say = |pitch: Pitch| witness.map_or(0.0, |w| w.odds(pitch));
    let odds = main.odds + say(main.tone.pitch);
    let cents = main.cents.map(|c| c + hearing.offset);
    let verdict = |state, confidence| StringVerdict {
        string,
        asked: opinion.asked,
        state,
        cents: cents.filter(|_| matches!(state, StringState::Rings)),
        confidence,
    };
    if !opinion.asked {
        // Both must agree: resonance deceives the spectrum, harmonics the witness.
        let sounds = main.odds > INTRUDER_SPECTRUM && odds > INTRUDER && limit.is_none();
        return if sounds {
            verdict(StringState::Rings, sure(odds - INTRUDER + 1.0))
        } else {
            verdict(StringState::NotPlayed, sure(INTRUDER - odds))
        };
    }
    let limit = limit.or(opinion.rivalled.then_some(Doubt::SharedPartials));
    if let Some(why) = limit {
        return verdict(StringState::Unsure { why }, 0.5);
    }
    let band = if main.shared { &SHARED } else { &FREE };
    let wrong = opinion
        .alternatives
        .iter()
        .map(|other| (other, other.odds + say(other.tone.pitch)))
        .filter(|(other, z)| {
            let bent = other.tone.pitch == main.tone.pitch;
            let far = !bent || bend(&main, other).abs() > BENT;
            far && main.odds < 0.0
                && odds < 0.0
                && other.odds > WRONG
                && *z > WRONG.max(odds + WRONG_LEAD)
        })
        .max_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((other, z)) = wrong {
        let semitones = f32::from(other.tone.pitch.midi()) - f32::from(main.tone.pitch.midi());
        let mut said = verdict(StringState::WrongPitch { pitch: other.tone.pitch }, sure(z - odds));
        said.cents = Some(bend(&main, other) - 100.0 * semitones + hearing.offset);
        return said;
    }
    if odds >= band.rings {
        verdict(StringState::Rings, sure(odds))
    } else if odds <= band.dead {
        verdict(StringState::Dead, sure(-odds))
    } else {
        let why = if main.shared { Doubt::SharedPartials } else { Doubt::Margin };
        let middle = 0.5 * (band.rings + band.dead);
        verdict(StringState::Unsure { why }, 0.5 + 0.01 * (odds - middle).clamp(-9.0, 9.0))
    }
}

/// How far an alternative lies from the asked pitch, in cents, as measured.
fn bend(main: &Evidence, other: &Evidence) -> f32 {
    1200.0 * (other.tone.f0 / main.tone.f0).log2() + other.cents.unwrap_or(0.0)
}

/// Probability from log-odds, never certain.
fn sure(odds: f32) -> f32 {
    (1.0 / (1.0 + (-odds).exp())).clamp(0.5, 0.99)
}
