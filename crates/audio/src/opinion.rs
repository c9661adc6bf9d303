//! What each string of a voicing may have done: the asked pitch and its alternatives, weighed.
//!
//! Spectral evidence only; which voicing is judged is [`crate::choice`]'s, and [`crate::conclude`] adds the witness and draws the verdict.

use theory::{Pitch, StringNumber, Tuning, Voicing};

use crate::evidence::{Evidence, Expectation, Sound, weigh};
use crate::explain::Explainer;
use crate::stiff::{Tone, tones};
use crate::{GuitarPrint, ListenerConfig, tuned};

/// Strings whose asked pitch is likelier than this are not asked about other pitches.
const CLEAR: f32 = 5.0;
/// An alternative at least this likely replaces the asked pitch when the others are explained.
const REPLACES: f32 = 4.0;
/// A string this far off (cents, against the rest of the guitar) sounds another pitch.
const DETUNED: f32 = 35.0;

/// What is known of one string.
#[derive(Debug, Clone)]
pub(crate) struct Opinion {
    pub(crate) string: StringNumber,
    pub(crate) asked: bool,
    /// The asked pitch, or the likeliest wrong one of a string that must be silent.
    pub(crate) main: Option<Evidence>,
    pub(crate) alternatives: Vec<Evidence>,
    /// Another usual voicing, without this pitch, may have been played instead.
    pub(crate) rivalled: bool,
    /// Of a string that must be silent: pitches that fuller voicings of the same chord ask of it.
    pub(crate) usual: Vec<Pitch>,
}

/// All six strings of one voicing.
#[derive(Debug, Clone)]
pub(crate) struct Hearing {
    pub(crate) voicing: Voicing,
    pub(crate) strings: Vec<Opinion>,
    /// Offset of the whole guitar in cents.
    pub(crate) offset: f32,
    /// Share of the tonal sound that the asked strings explain, 0–1.
    pub(crate) share: f32,
}

/// The instrument as it is set up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setup<'a> {
    pub(crate) tuning: &'a Tuning,
    pub(crate) a4: f32,
    /// What tuning has told of this guitar.
    pub(crate) print: Option<&'a GuitarPrint>,
}

impl<'a> Setup<'a> {
    pub(crate) fn of(config: &'a ListenerConfig) -> Self {
        Self { tuning: &config.tuning, a4: config.a4, print: config.print.as_ref() }
    }

    /// The tones a voicing asks for, on this guitar.
    pub(crate) fn tones(&self, voicing: &Voicing, offset: f32) -> Vec<Tone> {
        let own = |tone: Tone| tone.with(self.print, self.tuning);
        tones(voicing, self.tuning, self.a4, offset).into_iter().map(own).collect()
    }

    /// One string of this guitar at a pitch.
    pub(crate) fn tone(&self, string: StringNumber, pitch: Pitch, cents: f32) -> Option<Tone> {
        let tone = Tone::new(string.index(), pitch, self.tuning, self.a4, cents)?;
        Some(tone.with(self.print, self.tuning))
    }
}

fn share(explainer: &Explainer, voicing: &Voicing, setup: Setup<'_>, offset: f32) -> f32 {
    let columns: Vec<_> =
        setup.tones(voicing, offset).iter().map(|tone| explainer.string_columns(tone)).collect();
    explainer.explain(&columns, None).share(explainer)
}

/// Weighs every string of one voicing.
pub(crate) fn hear(
    sound: &Sound,
    explainer: &Explainer,
    voicing: &Voicing,
    setup: Setup<'_>,
) -> Hearing {
    let offset = tuned::offset(&sound.now, voicing, setup.tuning, setup.a4);
    let share = share(explainer, voicing, setup, offset);
    let asked = setup.tones(voicing, offset);
    let ear = Ear { sound, explainer, setup, offset, voicing };
    let mut strings = ear.round(&asked);
    // A string at a wrong pitch leaves sound that the others cannot explain: take it as it is.
    let heard: Vec<Tone> = asked.iter().map(|tone| likeliest(tone, &strings)).collect();
    if heard != asked {
        strings = ear.second_round(&asked, &heard, strings);
    }
    Hearing { voicing: *voicing, strings, offset, share }
}

fn likeliest(tone: &Tone, strings: &[Opinion]) -> Tone {
    let opinion = strings.iter().find(|o| o.string.index() == tone.string);
    let Some(opinion) = opinion else { return *tone };
    let odds = opinion.main.map_or(0.0, |main| main.odds);
    opinion
        .alternatives
        .iter()
        .filter(|other| other.odds > REPLACES && other.odds > odds + REPLACES && odds < 0.0)
        .max_by(|a, b| a.odds.total_cmp(&b.odds))
        .map_or(*tone, |other| other.tone)
}

struct Ear<'a> {
    sound: &'a Sound,
    explainer: &'a Explainer,
    setup: Setup<'a>,
    offset: f32,
    voicing: &'a Voicing,
}

impl Ear<'_> {
    fn round(&self, asked: &[Tone]) -> Vec<Opinion> {
        let expectation = Expectation::of(self.sound, asked);
        StringNumber::THICK_TO_THIN
            .into_iter()
            .map(|string| self.opinion(string, asked, asked, &expectation))
            .collect()
    }

    /// Again, with the strings as they were heard; alternatives of the first round stay.
    fn second_round(&self, asked: &[Tone], heard: &[Tone], first: Vec<Opinion>) -> Vec<Opinion> {
        let expectation = Expectation::of(self.sound, heard);
        first
            .into_iter()
            .map(|opinion| {
                let wrong =
                    heard.iter().any(|t| t.string == opinion.string.index() && !asked.contains(t));
                if wrong {
                    opinion
                } else {
                    self.opinion(opinion.string, asked, heard, &expectation)
                }
            })
            .collect()
    }

    fn opinion(
        &self,
        string: StringNumber,
        asked: &[Tone],
        heard: &[Tone],
        expectation: &Expectation,
    ) -> Opinion {
        let others: Vec<Tone> =
            heard.iter().filter(|t| t.string != string.index()).copied().collect();
        let print = self.setup.print;
        let weigh_one =
            |tone: Tone| weigh(self.sound, self.explainer, tone, &others, expectation, print);
        let own = asked.iter().find(|t| t.string == string.index());
        let main = match own {
            Some(tone) => Some(weigh_one(*tone)),
            None => self
                .intruders(string)
                .into_iter()
                .map(weigh_one)
                .max_by(|a, b| a.odds.total_cmp(&b.odds)),
        };
        let unclear = own.is_some() && main.is_some_and(|main| main.odds < CLEAR);
        let alternatives = if unclear {
            self.alternatives(string)
                .into_iter()
                .filter(|tone| others.iter().all(|other| other.pitch != tone.pitch))
                .map(weigh_one)
                .collect()
        } else {
            Vec::new()
        };
        let (asked, usual) = (own.is_some(), Vec::new());
        Opinion { string, asked, main, alternatives, rivalled: false, usual }
    }

    fn tone(&self, string: StringNumber, pitch: Pitch, cents: f32) -> Option<Tone> {
        self.setup.tone(string, pitch, self.offset + cents)
    }

    /// Pitches of a string that must be silent: open, or under a barre.
    fn intruders(&self, string: StringNumber) -> Vec<Tone> {
        let open = self.setup.tuning.open(string);
        let frets = self.voicing.sounding().filter_map(|s| self.voicing.fret(s));
        let barre = frets.filter(|fret| *fret > 0).min().unwrap_or(0);
        let barred = self.voicing.sounding().all(|s| self.voicing.fret(s) != Some(0));
        let mut found: Vec<Tone> = self.tone(string, open, 0.0).into_iter().collect();
        if barre > 0 && barred {
            found.extend(self.tone(string, open.transposed(i32::from(barre)), 0.0));
        }
        found
    }

    /// Pitches a finger in the wrong place gives: open, one or two frets off, a third of a
    /// semitone off.
    fn alternatives(&self, string: StringNumber) -> Vec<Tone> {
        let Some(pitch) = self.voicing.pitch(string, self.setup.tuning) else {
            return Vec::new();
        };
        let open = self.setup.tuning.open(string);
        let mut pitches: Vec<Pitch> = [-2, -1, 1, 2]
            .map(|step| pitch.transposed(step))
            .into_iter()
            .chain([open])
            .filter(|other| *other >= open && *other != pitch)
            .collect();
        pitches.sort_unstable();
        pitches.dedup();
        let mut found: Vec<Tone> =
            pitches.into_iter().filter_map(|p| self.tone(string, p, 0.0)).collect();
        for cents in [-DETUNED, DETUNED] {
            found.extend(self.tone(string, pitch, cents));
        }
        found
    }
}
