//! What one window of sound is: nothing, a thump, a single note or a strum.

use std::time::Duration;

use theory::{Pitch, Quality, StringNumber, Voicing, name_of, usual_voicings};

use crate::alone::{self, Alone};
use crate::choice::choose;
use crate::chords::Notes;
use crate::conclude::{Conclusion, Limit, conclude};
use crate::evidence::{Evidence, Sound, decibel};
use crate::explain::Explainer;
use crate::impair::{self, Reception};
use crate::instrument::{self, Points};
use crate::meter::{audible_level, noise_level, rms};
use crate::moments::Short;
use crate::net;
use crate::opinion::{Hearing, Setup, hear};
use crate::pitch::{Tracked, track};
use crate::pluck::Pluck;
use crate::resample::RATE;
use crate::spectrum::Transform;
use crate::stiff::Tone;
use crate::stream::Stream;
use crate::trust::{Claim, Trust};
use crate::witness::PitchReading;
use crate::{
    ChordEstimate, ListenerConfig, NoteEvent, StringStudy, Strum, StrumStudy, Target, Touch,
};

const SIZE: usize = 8192;
/// Samples in which gaps between the partials of a chord can be seen (0.2 s).
const RESOLVED: usize = RATE as usize / 5;
/// A voicing without anything below B3 sounds like a ukulele's.
const TREBLE: u8 = 59;
/// Share of the new power on one comb above which a sound is a single note; where a strum is
/// expected, more is wanted.
const SINGLE: f32 = 0.8;
const SINGLE_IN_STRUMS: f32 = 0.85;
/// A comb that explains so much leaves nothing for a second string, whatever rings along. Chords on
/// a low note were taken for it at shares of 0.80–0.89.
const ALONE: f32 = 0.9;
/// Strings of their own that make a strum of what the comb of a low note nearly explains.
const TOGETHER: usize = 2;
/// A string this much below its pitch (a semitone and a half) is not heard as it.
const FLATTEST: f32 = 0.917;
/// Another string explains this much more of a sound than the asked one.
const BETTER: f32 = 0.1;
/// Share of the bins that lie between the partials of a strum at the least.
const GAPS: f32 = 0.2;
/// Log-odds of a string that sounds beside what may be a single note.
const CLEAR: f32 = 3.0;
/// Late over early level of a struck string that died (−12 dB).
const DIED: f32 = 0.25;
/// Share of the sound that strings must explain for it to be a strum at all.
const TONAL: f32 = 0.15;
/// The usual voicings of an unasked chord that are tried.
const GUESSES: usize = 3;

/// The longest stretch from which a chord is named.
const LONGEST: u64 = RATE as u64 * 65 / 100;

/// A window in sample indices: onset, begin and end of what is judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) first: u64,
    /// End of the pick noise after the last rise.
    pub(crate) struck: u64,
    pub(crate) from: u64,
    pub(crate) end: u64,
    /// End of what the chord is heard from.
    pub(crate) rang: u64,
}

/// What a window turned out to be.
#[derive(Debug)]
pub(crate) enum Finding {
    Nothing,
    Thump,
    Note(NoteEvent),
    Strum(Box<Opened>),
}

/// A strum with everything the spectrum says; only the witness is missing.
#[derive(Debug)]
pub(crate) struct Opened {
    at: Duration,
    verdict_at: Duration,
    chord: Option<ChordEstimate>,
    hearing: Hearing,
    touch: Option<Touch>,
    /// Length of the judged window in seconds.
    pub(crate) seconds: f32,
}

impl Opened {
    pub(crate) fn conclude(
        &self,
        witness: Option<&PitchReading>,
        limit: Limit,
        asked: bool,
        trust: &Trust,
    ) -> (Strum, Vec<Claim>) {
        let Conclusion { strings, verdict, claims } =
            conclude(&self.hearing, witness, limit, trust);
        let strum = Strum {
            at: self.at,
            verdict_at: self.verdict_at,
            chord: self.chord,
            voicing: Some(self.hearing.voicing),
            verdict: asked.then_some(verdict),
            strings,
            touch: self.touch,
            picked: None,
        };
        (strum, claims)
    }

    /// What the net is shown.
    pub(crate) fn study(&self, witness: Option<&PitchReading>) -> StrumStudy {
        let looks = self.hearing.strings.iter().flat_map(|opinion| {
            let main = opinion.main.iter().map(|main| (main, true));
            let all = main.chain(opinion.alternatives.iter().map(|other| (other, false)));
            all.filter_map(|(evidence, main)| {
                StringStudy::of(evidence, (opinion.asked, main), witness)
            })
        });
        StrumStudy { at: self.at, voicing: self.hearing.voicing, looks: looks.collect() }
    }

    /// The strings as they should sound.
    pub(crate) fn tones(&self, config: &ListenerConfig) -> Vec<Tone> {
        Setup::of(config).tones(&self.hearing.voicing, self.hearing.offset)
    }
}

/// How well a strum was received.
pub(crate) fn reception(
    stream: &Stream,
    span: Span,
    floor: f32,
    config: &ListenerConfig,
) -> Reception {
    let length = (span.end - span.from) as usize;
    let window = stream.history.window(span.from as i64, length);
    let spectrum = Transform::new(length, length).magnitudes(&window);
    let level = audible_level(&spectrum);
    // What dies at once fills its window like noise, but is a damped strum; in a short window there
    // are no gaps between partials.
    let lasts = length >= RESOLVED && !died(stream, span);
    let share = if lasts { noise_level(&spectrum, GAPS) / level.max(1e-9) } else { 0.0 };
    let noise_db = decibel(share);
    let attack = stream.history.window(span.first as i64 - 100, 2048);
    let attack = Transform::new(2048, 2048).magnitudes(&attack);
    Reception {
        snr_db: 20.0 * (level.max(1e-9) / floor.max(1e-9)).log10(),
        noise_db,
        clipped: stream.clipped(span.first, span.end),
        narrow: impair::narrow(&attack, stream.input_rate()),
        cliff: impair::cliff(&attack),
        points: points(stream, span, config),
        end: span.end,
    }
}

/// What instrument a window points to.
fn points(stream: &Stream, span: Span, config: &ListenerConfig) -> Points {
    let length = (span.end - span.from) as usize;
    let window = stream.history.window(span.from as i64, length);
    let voicing = config.target.as_ref().and_then(|target| target.voicings.first());
    let lowest = voicing.and_then(|voicing| {
        let pitches = voicing.sounding().filter_map(|s| voicing.pitch(s, &config.tuning));
        pitches.map(|pitch| pitch.midi()).min()
    });
    let treble = lowest.is_some_and(|midi| midi >= TREBLE);
    let now = Transform::new(length, SIZE).magnitudes(&window);
    instrument::points(&now, length as f32 / RATE as f32, treble)
}

/// Judges a window.
pub(crate) fn find(
    stream: &Stream,
    span: Span,
    config: &ListenerConfig,
    questioned: bool,
) -> Finding {
    let sound = sound(stream, span);
    if questioned && died(stream, span) {
        return Finding::Thump;
    }
    if let Some(pitch) = track(&sound.now, &sound.before, sound.length) {
        let enough = if config.target.is_some() { SINGLE_IN_STRUMS } else { SINGLE };
        let single = pitch.share > enough && playable(pitch.hz, config);
        if single && (questioned || !strummed(&sound, pitch.share, config)) {
            return note(stream, span, config, pitch).map_or(Finding::Nothing, Finding::Note);
        }
    }
    strum(stream, span, config, &sound)
}

/// Whether a string can sound it where chords are expected: their common divisor lies lower.
fn playable(hz: f32, config: &ListenerConfig) -> bool {
    let lowest = StringNumber::THICK_TO_THIN.into_iter().map(|s| config.tuning.open(s)).min();
    let bottom = lowest.map_or(0.0, |lowest| lowest.hz(config.a4));
    config.target.is_none() || hz > bottom * FLATTEST
}

/// Whether what one comb explains to such a share is a strum all the same: strings of their own
/// began together.
fn strummed(sound: &Sound, share: f32, config: &ListenerConfig) -> bool {
    match &config.target {
        // Where the voicing is known, one string beside the bass is enough.
        Some(target) => target.voicings.first().is_some_and(|voicing| {
            let hearing = heard(&sound.fresh(), voicing, config);
            own_strings(&hearing) >= 1
        }),
        None => {
            let fresh = sound.fresh();
            let heard = Notes::heard(&fresh.now, fresh.length, config.a4).likelihood();
            // A chord that stands out needs no second look at its strings.
            let (chord, plain) = heard.map_or((false, false), |heard| {
                (heard.note < 0.5, heard.best().is_some_and(|(_, p)| p > 0.5))
            });
            share <= ALONE && chord && (plain || together(sound, config))
        }
    }
}

fn heard(sound: &Sound, voicing: &Voicing, config: &ListenerConfig) -> Hearing {
    let explainer = Explainer::new(&sound.now, sound.length);
    hear(sound, &explainer, voicing, Setup::of(config))
}

/// Asked strings above the bass that sound on partials of their own.
fn own_strings(hearing: &Hearing) -> usize {
    let clear = |main: &Evidence| !main.shared && main.odds > CLEAR;
    let asked = hearing.strings.iter().filter(|opinion| opinion.asked).skip(1);
    asked.filter_map(|opinion| opinion.main).filter(clear).count()
}

/// Whether strings that are no partials of one another began together: the comb of a low note
/// covers most of a chord on it. What rang before is taken off.
fn together(sound: &Sound, config: &ListenerConfig) -> bool {
    let fresh = sound.fresh();
    let chord = Notes::heard(&fresh.now, fresh.length, config.a4).chord();
    let usual = chord.map(|(chord, _)| usual_voicings(chord)).unwrap_or_default();
    let setup = Setup::of(config);
    let Some(hearing) = choose(&fresh, &usual[..usual.len().min(1)], setup) else { return false };
    let clear = |main: &Evidence| !main.shared && main.odds > CLEAR;
    let asked = hearing.strings.iter().filter(|opinion| opinion.asked);
    asked.filter_map(|opinion| opinion.main).filter(clear).count() >= TOGETHER
}

fn sound(stream: &Stream, span: Span) -> Sound {
    let length = (span.end - span.from) as usize;
    let mut transform = Transform::new(length, SIZE);
    let now = transform.magnitudes(&stream.history.window(span.from as i64, length));
    let earlier = span.first as i64 - length as i64 - RATE as i64 / 100;
    let before = transform.magnitudes(&stream.history.window(earlier, length));
    let half = length / 2;
    let mut transform = Transform::new(half, SIZE);
    let early = transform.magnitudes(&stream.history.window(span.from as i64, half));
    let late = transform.magnitudes(&stream.history.window(span.end as i64 - half as i64, half));
    let (begin, struck) = (span.first as i64 - RATE as i64 / 100, span.struck as i64);
    let attack = stream.history.window(begin, (struck - begin).max(0) as usize);
    let attack = Transform::new(attack.len(), SIZE).magnitudes(&attack);
    let spread = span.struck.saturating_sub(span.first) as f32 / RATE as f32;
    let short = Short::of(stream, span.first, span.end);
    let length = length as f32 / RATE as f32;
    Sound { now, before, attack, early, late, short, length, spread }
}

/// A struck string that lost its tone: level from 150 ms to the end of the window against 20–150 ms.
pub(crate) fn died(stream: &Stream, span: Span) -> bool {
    let ms = |ms: u64| span.first + ms * u64::from(RATE) / 1000;
    let level = |from: u64, to: u64| {
        rms(&stream.history.window(from as i64, (to.saturating_sub(from)) as usize))
    };
    span.end >= ms(250) && level(ms(150), span.end) < DIED * level(ms(20), ms(150))
}

/// Whether one pitch elsewhere explains a sound better than the asked one at `hz` does.
fn other_string(stream: &Stream, span: Span, hz: f32, share: f32) -> bool {
    let sound = sound(stream, span);
    track(&sound.now, &sound.before, sound.length).is_some_and(|other| {
        other.share > share + BETTER && (12.0 * (other.hz / hz).log2()).abs() > 0.6
    })
}

/// What an asked string did when it was played alone; none where something else was played.
pub(crate) fn answered(
    stream: &Stream,
    (span, pluck): (Span, Option<Pluck>),
    asked: (StringNumber, Pitch),
    config: &ListenerConfig,
) -> Option<Finding> {
    match alone::hear(stream, (span, pluck), asked, config) {
        Alone::Other => None,
        Alone::Thump => Some(Finding::Thump),
        // Another string was played, whose partials hold those of the asked one.
        Alone::Rang { hz, share } if other_string(stream, span, hz, share) => None,
        // The comb of a low string covers most of a chord on it.
        Alone::Rang { share, .. } if share < ALONE && together(&sound(stream, span), config) => {
            None
        }
        Alone::Rang { hz, share } => {
            note(stream, span, config, Tracked { hz, share }).map(Finding::Note)
        }
    }
}

/// Log-odds that a string which rings rattles, over the other strings of its voicing; none where it
/// cannot be weighed.
pub(crate) fn rattles(
    stream: &Stream,
    span: Span,
    (string, voicing): (StringNumber, &Voicing),
    config: &ListenerConfig,
) -> Option<f32> {
    let hearing = heard(&sound(stream, span), voicing, config);
    let main = hearing.strings.iter().find(|opinion| opinion.string == string)?.main?;
    Some(net::weigh(&main.look.with(None, &main.tone))?.buzzes)
}

fn note(stream: &Stream, span: Span, config: &ListenerConfig, found: Tracked) -> Option<NoteEvent> {
    let (pitch, cents): (Pitch, f32) = Pitch::nearest(found.hz, config.a4)?;
    Some(NoteEvent {
        onset: stream.time(span.first),
        offset: stream.time(span.end),
        pitch,
        cents,
        confidence: found.share.clamp(0.0, 0.99),
    })
}

/// A chord heard with less does not choose among those that are asked.
const HEARD: f32 = 0.6;

/// Where several chords are asked at once, the voicings of the one that is heard; only triads and
/// sevenths, which are no other chord's notes. None: all of them stand.
fn of_chord(
    target: &Target,
    heard: ChordEstimate,
    config: &ListenerConfig,
) -> Option<Vec<Voicing>> {
    let plain = matches!(heard.chord.quality, Quality::Maj | Quality::Min | Quality::Dom7);
    if !plain || heard.confidence < HEARD {
        return None;
    }
    let names = || target.voicings.iter().map(|voicing| name_of(voicing, &config.tuning));
    let other = names().flatten().any(|name| name != heard.chord);
    let those: Vec<Voicing> = target
        .voicings
        .iter()
        .zip(names())
        .filter(|(_, name)| *name == Some(heard.chord))
        .map(|(voicing, _)| *voicing)
        .collect();
    (other && !those.is_empty()).then_some(those)
}

/// The notes that sound between the attack and where the chord is named.
fn rung(stream: &Stream, span: Span, config: &ListenerConfig) -> Notes {
    let from = span.from.min(span.struck.max(span.rang.saturating_sub(LONGEST)));
    let samples = stream.history.window(from as i64, (span.rang - from) as usize);
    Notes::of_samples(&samples, config.a4)
}

fn strum(stream: &Stream, span: Span, config: &ListenerConfig, sound: &Sound) -> Finding {
    let setup = Setup::of(config);
    let at = stream.time(span.first);
    let chord = rung(stream, span, config).chord();
    let chord = chord.map(|(chord, confidence)| ChordEstimate { at, chord, confidence });
    let guesses: Vec<Voicing>;
    let voicings = match (&config.target, chord) {
        (Some(target), heard) => match heard.and_then(|heard| of_chord(target, heard, config)) {
            Some(those) => {
                guesses = those;
                &guesses
            }
            None => &target.voicings,
        },
        (None, Some(estimate)) => {
            guesses = usual_voicings(estimate.chord).into_iter().take(GUESSES).collect();
            &guesses
        }
        (None, None) => return Finding::Nothing,
    };
    let Some(hearing) = choose(sound, voicings, setup) else { return Finding::Nothing };
    if hearing.share < TONAL && config.target.is_none() {
        return Finding::Nothing;
    }
    let verdict_at = stream.time(span.rang);
    // Nothing later than what is judged: what has arrived beyond it depends on how the input is cut.
    let judged = span.rang.saturating_sub(span.struck) as usize;
    let judged = stream.history.window(span.struck as i64, judged.min(Touch::SAMPLES));
    let touch = Touch::of(&judged);
    let seconds = sound.length;
    Finding::Strum(Box::new(Opened { at, verdict_at, chord, hearing, touch, seconds }))
}
