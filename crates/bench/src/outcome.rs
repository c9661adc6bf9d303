//! What the ears and the references say of one take.

use std::collections::HashSet;
use std::time::Duration;

use audio::{Heard, ListenerConfig, Strum, Target, Verdict};
use cpu_time::ThreadTime;
use pipeline::ports::{PitchWitness, PortError};
use pipeline::{Ear, Sensed};
use theory::{Chord, Tuning};

use crate::chroma::Chroma;
use crate::posterior::Posterior;
use crate::sound::Sound;
use crate::take::{Facts, Take};

/// Farther than this from its onset a strum is another one.
const ASTRAY_SECONDS: f64 = 0.6;
/// The references look at the strum from here to here after its first string.
const LOOKED_AT: (f64, f64) = (0.05, 0.85);

/// What was heard of one take.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    pub(crate) facts: Facts,
    /// The first verdict; none if no strum was heard.
    pub(crate) first: Option<Strum>,
    /// The verdict after the asked string was played alone, where one was asked and could be.
    pub(crate) answered: Option<Strum>,
    /// Whether an asked string could be played alone.
    pub(crate) answers: bool,
    /// How many strums were made of one.
    pub(crate) strums: usize,
    /// The chord heard when nothing was asked; only of correct strums.
    pub(crate) chord: Option<Chord>,
    /// From the first string struck to the verdict, with the computing.
    pub(crate) wait: Option<f64>,
    /// CPU seconds of all listening, and seconds of sound.
    pub(crate) cost: (f64, f64),
    pub(crate) reference: Reference,
}

/// What the references say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reference {
    /// Best of 24 triads by chroma.
    pub(crate) triad: Option<Chord>,
    /// Cosine of the chroma with the asked voicing's pitch classes.
    pub(crate) likeness: f32,
    /// Whether basic-pitch holds each asked pitch; none without its net.
    pub(crate) sounds: Option<[bool; 6]>,
}

impl Outcome {
    /// The verdict after at most one question.
    pub(crate) fn last(&self) -> Option<&Strum> {
        self.answered.as_ref().or(self.first.as_ref())
    }
}

/// The strings a strum accuses, string 6 = 0.
pub(crate) fn accused(strum: &Strum) -> Vec<usize> {
    strum.strings.iter().filter(|s| s.accuses()).map(|s| s.string.index()).collect()
}

/// Chroma of a strum.
pub(crate) fn chroma(facts: &Facts, sound: &Sound) -> Chroma {
    Chroma::of(sound.part(facts.onset + LOOKED_AT.0, facts.onset + LOOKED_AT.1), sound.rate)
}

/// Ears and references of one thread.
pub(crate) struct Ears {
    witness: Option<Box<dyn PitchWitness>>,
}

/// A session of listening to a few sounds, one after the other.
struct Session {
    ear: Ear,
    played: usize,
    seconds: f64,
    cpu: f64,
    heard: Vec<(Heard, f64)>,
}

impl Session {
    fn play(&mut self, sound: &Sound) {
        for chunk in sound.chunks(self.played) {
            let began = ThreadTime::now();
            let sensed = self.ear.hear(&chunk);
            let cpu = began.elapsed().as_secs_f64();
            self.cpu += cpu;
            self.keep(sensed, cpu);
        }
        self.played += sound.samples.len();
        self.seconds += sound.seconds();
    }

    fn finish(&mut self) {
        let began = ThreadTime::now();
        let sensed = self.ear.finish();
        let cpu = began.elapsed().as_secs_f64();
        self.cpu += cpu;
        self.keep(sensed, cpu);
    }

    fn keep(&mut self, sensed: Vec<Sensed>, cpu: f64) {
        self.heard.extend(sensed.into_iter().filter_map(|sensed| match sensed {
            Sensed::Heard(Heard::Envelope(_)) | Sensed::Trouble(_) => None,
            Sensed::Heard(heard) => Some((heard, cpu)),
        }));
    }

    fn strums(&self) -> impl Iterator<Item = (&Strum, f64)> {
        self.heard.iter().filter_map(|(heard, cpu)| match heard {
            Heard::Strum(strum) => Some((strum, *cpu)),
            _ => None,
        })
    }

    /// What was first said of the strum nearest to `onset`.
    fn nearest(&self, onset: f64) -> Option<(Strum, f64)> {
        let away = |strum: &Strum| (strum.at.as_secs_f64() - onset).abs();
        self.strums()
            .filter(|(strum, _)| away(strum) < ASTRAY_SECONDS)
            .min_by(|a, b| away(a.0).total_cmp(&away(b.0)))
            .map(|(strum, cpu)| (strum.clone(), cpu))
    }

    /// What was last said of the strum that began at `at`.
    fn last_of(&self, at: Duration) -> Option<Strum> {
        self.strums().filter(|(strum, _)| strum.at == at).last().map(|(strum, _)| strum.clone())
    }
}

impl Ears {
    pub(crate) fn new(witness: Option<Box<dyn PitchWitness>>) -> Self {
        Self { witness }
    }

    pub(crate) fn witness(&mut self) -> Option<&mut (dyn PitchWitness + 'static)> {
        self.witness.as_deref_mut()
    }

    fn session(&mut self, target: Option<Target>) -> Session {
        let config = ListenerConfig { target, ..ListenerConfig::default() };
        let ear = Ear::new(config, self.witness.take());
        Session { ear, played: 0, seconds: 0.0, cpu: 0.0, heard: Vec::new() }
    }

    /// Everything heard in a sound when nothing is asked.
    pub(crate) fn everything(&mut self, sound: &Sound) -> Vec<Heard> {
        let mut session = self.session(None);
        session.play(sound);
        session.finish();
        self.witness = session.ear.into_witness();
        session.heard.into_iter().map(|(heard, _)| heard).collect()
    }

    /// Hears a take: asked for its voicing, with one question if the ears have one.
    ///
    /// # Errors
    /// The recording cannot be read.
    pub(crate) fn take(&mut self, take: &dyn Take) -> Result<Outcome, PortError> {
        let (facts, sound) = (take.facts().clone(), take.strum()?);
        let target = Target { voicings: vec![facts.voicing] };
        let mut session = self.session(Some(target));
        session.play(&sound);
        if session.nearest(facts.onset).is_none() {
            session.finish();
        }
        let said = session.nearest(facts.onset);
        let begun: HashSet<Duration> = session.strums().map(|(strum, _)| strum.at).collect();
        let asked = said.as_ref().and_then(|(strum, _)| match strum.verdict {
            Some(Verdict::Unsure { ask }) => ask,
            _ => None,
        });
        let mut answered = None;
        if let (Some((strum, _)), Some(string)) = (&said, asked)
            && let Some(alone) = take.alone(string)
        {
            session.play(&alone);
            session.finish();
            answered = session.last_of(strum.at);
        }
        let wait = said.as_ref().map(|(s, cpu)| s.verdict_at.as_secs_f64() - facts.onset + cpu);
        let cost = (session.cpu, session.seconds);
        self.witness = session.ear.into_witness();
        let chord = self.chord(&facts, &sound);
        let reference = self.reference(&facts, &sound);
        let (first, strums) = (said.map(|(strum, _)| strum), begun.len());
        let answers = take.answers();
        Ok(Outcome { facts, first, answered, answers, strums, chord, wait, cost, reference })
    }

    /// The chord of a correct strum when nothing is asked.
    pub(crate) fn chord(&mut self, facts: &Facts, sound: &Sound) -> Option<Chord> {
        if facts.kind != crate::take::Kind::One(synth::FaultKind::Correct) {
            return None;
        }
        let away = |strum: &Strum| (strum.at.as_secs_f64() - facts.onset).abs();
        let heard = self.everything(sound).into_iter().filter_map(|heard| match heard {
            Heard::Strum(strum) => Some(strum),
            _ => None,
        });
        heard.min_by(|a, b| away(a).total_cmp(&away(b)))?.chord.map(|estimate| estimate.chord)
    }

    fn reference(&mut self, facts: &Facts, sound: &Sound) -> Reference {
        let chroma = chroma(facts, sound);
        let (from, to) = (facts.onset + LOOKED_AT.0, facts.onset + LOOKED_AT.1);
        let pitch = |string| facts.voicing.pitch(string, &Tuning::STANDARD);
        let classes = facts.voicing.sounding().filter_map(pitch).map(|pitch| pitch.class());
        let likeness = chroma.likeness(classes);
        // As much as one window of the net holds.
        let start = (facts.onset - 0.35).max(0.0);
        let part = sound.excerpt(start, start + 1.4).at_ears_rate();
        let sounds = self.witness.as_deref_mut().and_then(|witness| {
            let posterior = Posterior::of(&part, witness)?;
            Some(theory::StringNumber::THICK_TO_THIN.map(|string| {
                pitch(string).is_some_and(|p| posterior.sounds(p.midi(), from - start, to - start))
            }))
        });
        Reference { triad: chroma.triad(), likeness, sounds }
    }
}

/// Whether a verdict accepts.
pub(crate) fn is_right(strum: Option<&Strum>) -> bool {
    strum.is_some_and(|strum| strum.verdict == Some(Verdict::Right))
}
