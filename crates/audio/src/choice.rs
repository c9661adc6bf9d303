//! Which of the usual voicings of a chord was played: the preferred one, unless it clearly was not.
//!
//! Another voicing is taken only on sound that it alone explains. Voicings high on the neck cover
//! what a neighbouring string adds to an open chord, so explaining much is no evidence for them.
//! It does not accuse or praise.

use theory::{Pitch, Voicing};

use crate::evidence::{Evidence, Expectation, Sound, weigh};
use crate::explain::Explainer;
use crate::opinion::{Hearing, Opinion, Setup, hear};

/// Log-odds below which an asked string speaks against its voicing, and above which a string
/// that must be silent does.
const ABSENT: f32 = -1.5;
const INTRUDES: f32 = 3.0;
/// Log-odds that a pitch only the other voicing has must reach, and with no pitch in it that is
/// free of the others' partials.
const PRESENT: f32 = 1.0;
const PRESENT_SHARED: f32 = 5.0;
/// What the other voicing may not say of any of its strings.
const DOUBTED: f32 = -1.0;
/// Lowest fret above which a voicing lies high on the neck.
const HIGH: u8 = 5;
/// Log-odds above which a pitch that the other voicing lacks still sounds.
const STILL: f32 = 1.0;
/// The other voicing may explain this much less of the sound, never more.
const NEAR_SHARE: f32 = 0.02;

/// How well another voicing stands against the preferred one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    /// The preferred voicing is judged.
    None,
    /// It may be the other one: what only the preferred one has is in doubt.
    Possible,
    /// It is the other one.
    Sure,
}

/// The voicing to judge, weighed: the first of `voicings` unless its own pitches are missing, or
/// strings it silences sound, and another one explains all that. Where another one only may have
/// been played, the pitches it lacks are marked. None only for an empty list.
pub(crate) fn choose(sound: &Sound, voicings: &[Voicing], setup: Setup<'_>) -> Option<Hearing> {
    let (first, others) = voicings.split_first()?;
    let explainer = Explainer::new(&sound.now, sound.length);
    let mut preferred = hear(sound, &explainer, first, setup);
    if !contradicted(&preferred) {
        return Some(with_usual(preferred, voicings, setup));
    }
    let mut possible = Vec::new();
    for voicing in others {
        let other = hear(sound, &explainer, voicing, setup);
        let scene = Scene { sound, explainer: &explainer, setup, preferred: &preferred };
        match scene.claim(&other) {
            Claim::None => {}
            Claim::Possible => possible.push(other),
            Claim::Sure => return Some(with_usual(other, voicings, setup)),
        }
    }
    for other in &possible {
        let played: Vec<Pitch> = asked(other).iter().map(|main| main.tone.pitch).collect();
        for opinion in &mut preferred.strings {
            let lacks = opinion.main.is_some_and(|main| !played.contains(&main.tone.pitch));
            opinion.rivalled |= opinion.asked && lacks;
        }
    }
    Some(with_usual(preferred, voicings, setup))
}

/// Notes what the voicings that only add strings to the one that is judged ask of each string.
fn with_usual(mut hearing: Hearing, voicings: &[Voicing], setup: Setup<'_>) -> Hearing {
    let judged = hearing.voicing;
    let adds = |voicing: &&Voicing| judged.sounding().all(|s| voicing.fret(s) == judged.fret(s));
    for opinion in hearing.strings.iter_mut().filter(|opinion| !opinion.asked) {
        let fuller = voicings.iter().filter(adds);
        opinion.usual =
            fuller.filter_map(|fuller| fuller.pitch(opinion.string, setup.tuning)).collect();
    }
    hearing
}

fn contradicted(hearing: &Hearing) -> bool {
    hearing.strings.iter().any(|opinion| {
        let odds = opinion.main.map_or(0.0, |main| main.odds);
        if opinion.asked { odds < ABSENT } else { odds > INTRUDES }
    })
}

struct Scene<'a> {
    sound: &'a Sound,
    explainer: &'a Explainer,
    setup: Setup<'a>,
    preferred: &'a Hearing,
}

impl Scene<'_> {
    /// Low on the neck `other` may have faults of its own, to be told about; higher up its bass
    /// and every other string must ring.
    fn claim(&self, other: &Hearing) -> Claim {
        let strings = asked(other);
        let lowest = other.voicing.sounding().filter_map(|s| other.voicing.fret(s)).min();
        let whole = strings.iter().all(|main| main.odds > DOUBTED)
            && strings.first().is_some_and(|bass| bass.odds > 0.0);
        let fits =
            (whole || lowest <= Some(HIGH)) && other.share > self.preferred.share - NEAR_SHARE;
        let own = if fits { self.own(&strings) } else { Claim::None };
        if own == Claim::None || !self.leaves_nothing(other) { Claim::None } else { own }
    }

    /// What the pitches say that the preferred voicing lacks: sure when none is missing and one is
    /// there beyond doubt.
    fn own(&self, strings: &[Evidence]) -> Claim {
        let known: Vec<Pitch> = asked(self.preferred).iter().map(|main| main.tone.pitch).collect();
        let own: Vec<&Evidence> =
            strings.iter().filter(|main| !known.contains(&main.tone.pitch)).collect();
        let beyond_doubt =
            |main: &Evidence| main.odds > if main.shared { PRESENT_SHARED } else { PRESENT };
        if own.is_empty() || own.iter().any(|main| main.odds <= DOUBTED) {
            Claim::None
        } else if own.iter().any(|main| beyond_doubt(main)) {
            Claim::Sure
        } else if own.iter().all(|main| main.odds > PRESENT) {
            Claim::Possible
        } else {
            Claim::None
        }
    }

    /// Neither a pitch of the preferred voicing nor an open string sounds beside `other`.
    fn leaves_nothing(&self, other: &Hearing) -> bool {
        let played = self.setup.tones(&other.voicing, other.offset);
        let expectation = Expectation::of(self.sound, &played);
        let open = theory::StringNumber::THICK_TO_THIN.into_iter().filter_map(|string| {
            self.setup.tone(string, self.setup.tuning.open(string), other.offset)
        });
        self.setup
            .tones(&self.preferred.voicing, other.offset)
            .into_iter()
            .chain(open)
            .filter(|tone| played.iter().all(|other| other.pitch != tone.pitch))
            .all(|tone| {
                let left = weigh(
                    self.sound,
                    self.explainer,
                    tone,
                    &played,
                    &expectation,
                    self.setup.print,
                );
                left.odds < STILL
            })
    }
}

fn asked(hearing: &Hearing) -> Vec<Evidence> {
    let asked = |opinion: &Opinion| opinion.main.filter(|_| opinion.asked);
    hearing.strings.iter().filter_map(asked).collect()
}
