//! A take to notes: several at once, with pitch, beginning and end.
//!
//! Every moment at which a pitch may begin is weighed by a small logistic model over our own
//! levels and rises and, where there is one, the witness's probabilities; then once more in the
//! company of what begins beside it. Where one comb explains all that is new, there is one note.
//! A string that is pushed, slowly or to and fro, is one note with the pitch of its attack
//! ([`crate::glide`]). It names no chord.

use std::time::Duration;

use theory::{Pitch, StringNumber};

use crate::fingering;
use crate::glide::Glide;
use crate::note_model::{self, Begin};
use crate::novelty::Novelty;
use crate::pitch::{Tracked, track};
use crate::resample::RATE;
use crate::salience::{HIGHEST, LOWEST, Salience, tone};
use crate::spectrum::{Spectrum, Transform};
use crate::take::{FRAME, time};
use crate::{Roll, Take};

/// Share of the new power on one comb above which nothing else began.
const ALONE: f32 = 0.9;
/// The same where the model found nothing.
const SINGLE: f32 = 0.8;
/// Semitones to pitches whose partials coincide; others stay beside a single note if the model is
/// this clear about them (log-odds).
const OVERTONES: [u8; 6] = [12, 19, 24, 28, 31, 36];
const CLEAR: f32 = 1.0;
/// Seconds round an onset in which what begins belongs to it.
const BEFORE_ONSET: f64 = 0.045;
const AFTER_ONSET: f64 = 0.07;
/// Seconds round a tone's onset in which notes of its strum may begin.
const BEFORE_TONE: f64 = 0.07;
const AFTER_TONE: f64 = 0.45;
/// The longest period of a vibrato in seconds, blocks of 5 ms, and the energy of the curvature
/// and of the sound that an attack brings over just before.
const SHAKEN: f64 = 0.3;
const BLOCK: usize = RATE as usize / 200;
const SHARPER: f32 = 1.25;
const LOUDER: f32 = 1.21;
/// A note that is pushed is looked for so many semitones from those before it and from the pitches
/// of their partials, and so long after them.
const PUSHED: u8 = 4;
const PUSHED_SECONDS: f64 = 2.5;
/// Seconds in which a string is seen to waver: two periods of a vibrato.
const WAVERS: f64 = 0.4;
/// Seconds of attack that no pitch is taken from, and the most that is looked at behind it.
const ATTACK: f64 = 0.03;
const LISTEN: f64 = 0.3;
/// The first of it: where the pitch is another there by so many cents, it is pushed at once.
const FIRST: f64 = 0.1;
const PUSHED_CENTS: f32 = 20.0;
const SHORTEST: f64 = 0.07;
const SIZE: usize = 16_384;
/// A note is over when its level (log10 over the knee) stays under this share of its own best,
/// and the witness hears it no more, for so many frames.
const OVER: f32 = 0.25;
const OVER_NOTE: f32 = 0.2;
const OVER_FRAMES: usize = 6;
const LONGEST_FRAMES: usize = 12 * RATE as usize / FRAME;

/// A note of a take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlayedNote {
    /// When it was struck.
    pub at: Duration,
    /// When it stopped sounding.
    pub until: Duration,
    /// Nearest equal-tempered pitch at A4 = 440 Hz.
    pub pitch: Pitch,
    /// Cents above it, after the attack.
    pub cents: f32,
    /// 0–1.
    pub confidence: f32,
    /// String and fret in standard tuning, where sound alone can tell.
    pub place: Option<(StringNumber, u8)>,
}

/// The notes of a take in order of time; the roll, if there is one, is the witness's.
#[must_use]
pub fn notes(take: &Take, roll: Option<&Roll>) -> Vec<PlayedNote> {
    let novelty = Novelty::of(take);
    let offset = crate::tuned::of_take(take);
    let salience = Salience::of(take, &novelty, offset);
    let mut begins = note_model::begins(&salience, &novelty, roll);
    let tones = novelty.tones();
    begins.retain(|b| tones.iter().any(|at| (-BEFORE_TONE..AFTER_TONE).contains(&(b.at - at))));
    let scribe = Scribe { take, roll, salience: &salience, offset };
    scribe.settle_singles(tones, &mut begins);
    begins.sort_by(|a, b| a.at.total_cmp(&b.at).then(b.odds.total_cmp(&a.odds)));
    let (begins, tops) = scribe.unpushed(&scribe.struck(&begins));
    let mut notes: Vec<PlayedNote> =
        (0..begins.len()).map(|index| scribe.note(index, &begins, &tops)).collect();
    fingering::place(&mut notes);
    notes
}

struct Scribe<'a> {
    take: &'a Take,
    roll: Option<&'a Roll>,
    salience: &'a Salience,
    offset: f32,
}

impl Scribe<'_> {
    /// Where one comb explains what an onset brought, it is one note.
    fn settle_singles(&self, onsets: &[f64], begins: &mut Vec<Begin>) {
        let ends = onsets.iter().skip(1).copied().chain([self.take.length().as_secs_f64()]);
        for (at, end) in onsets.iter().copied().zip(ends) {
            let Some(found) = self.single(at, end) else { continue };
            let found = self.first_pitch(at, end, found);
            let Some((pitch, cents)) = Pitch::nearest(found.hz, 440.0) else { continue };
            let here = |b: &Begin| b.at > at - BEFORE_ONSET && b.at < (at + AFTER_ONSET).min(end);
            let known = begins.iter().any(|b| here(b) && b.midi == pitch.midi());
            let lonely = !begins.iter().any(here);
            if !(found.share > ALONE || (lonely && found.share > SINGLE)) {
                continue;
            }
            // A semitone beside it is the same note, pushed.
            let own = |b: &Begin| {
                let away = b.midi.abs_diff(pitch.midi());
                away == 1 || OVERTONES.contains(&away)
            };
            begins.retain(|b| !here(b) || b.midi == pitch.midi() || (b.odds > CLEAR && !own(b)));
            let share = found.share.clamp(0.05, 0.99);
            let odds = (share / (1.0 - share)).ln();
            if known {
                for b in begins.iter_mut().filter(|b| here(b)) {
                    b.cents = Some(cents);
                    b.odds = b.odds.max(odds);
                }
            } else {
                begins.push(Begin { at, midi: pitch.midi(), odds, cents: Some(cents) });
            }
        }
    }

    /// The pitch at the attack, where the string is pushed at once.
    fn first_pitch(&self, at: f64, end: f64, whole: Tracked) -> Tracked {
        let first = self.single_over(at, end.min(at + ATTACK + FIRST + 0.01));
        let cents = |first: &Tracked| (1200.0 * (first.hz / whole.hz).log2()).abs();
        let pushed =
            |first: &Tracked| (PUSHED_CENTS..100.0 * f32::from(PUSHED)).contains(&cents(first));
        first.filter(|first| first.share > SINGLE && pushed(first)).unwrap_or(whole)
    }

    fn single(&self, at: f64, end: f64) -> Option<Tracked> {
        self.single_over(at, end.min(at + ATTACK + LISTEN + 0.01))
    }

    fn single_over(&self, at: f64, end: f64) -> Option<Tracked> {
        let from = at + ATTACK;
        let length = end - 0.01 - from;
        if length < SHORTEST {
            return None;
        }
        let samples = (length * f64::from(RATE)) as usize;
        let mut transform = Transform::new(samples, 8192);
        let place = |seconds: f64| (seconds * f64::from(RATE)) as i64;
        let now = transform.magnitudes(&self.take.window(place(from), samples));
        let earlier = place(at - 0.01) - samples as i64;
        let before = transform.magnitudes(&self.take.window(earlier, samples));
        track(&now, &before, length as f32)
    }

    /// Leaves out what only swells or wavers: a lone pitch that begins again within the period of a vibrato,
    /// without an attack, is the same note, shaken.
    fn struck(&self, all: &[Begin]) -> Vec<Begin> {
        let swells = |begin: &&Begin| {
            let again = all.iter().any(|earlier| {
                let since = begin.at - earlier.at;
                earlier.midi == begin.midi && since > 0.0 && since < SHAKEN
            });
            let lone = !all.iter().any(|other| {
                other.midi != begin.midi && (other.at - begin.at).abs() < BEFORE_ONSET
            });
            again && lone && !self.attacked(begin.at)
        };
        let beside = |begin: &&Begin| {
            all.iter().any(|other| {
                other.midi.abs_diff(begin.midi) == 1
                    && (other.at - begin.at).abs() < BEFORE_ONSET
                    && self.is_rather(begin, other)
            })
        };
        all.iter().filter(|begin| !swells(begin) && !beside(begin)).copied().collect()
    }

    /// Whether what seems to begin is the note a semitone beside that begins with it: the string
    /// wavers round that, or only that is clear.
    fn is_rather(&self, begin: &Begin, other: &Begin) -> bool {
        let from = begin.at.max(other.at) + ATTACK;
        let middle = |midi: u8| {
            let glide = Glide::of(self.take, midi, self.offset, from, from + WAVERS);
            Some(f32::from(midi) + glide.wavers()? / 100.0)
        };
        match (middle(begin.midi), middle(other.midi)) {
            (None, None) => begin.odds < CLEAR && other.odds > begin.odds,
            (one, two) => {
                let found = [one, two].into_iter().flatten();
                let pitch = found.clone().sum::<f32>() / found.count() as f32;
                let away = |midi: u8| (pitch - f32::from(midi)).abs();
                away(other.midi) < away(begin.midi)
            }
        }
    }

    /// Leaves out what a pushed string passes, and says how high each note was pushed.
    fn unpushed(&self, all: &[Begin]) -> (Vec<Begin>, Vec<u8>) {
        let mut kept: Vec<Begin> = Vec::new();
        let mut tops: Vec<u8> = Vec::new();
        let mut glides: Vec<Option<Glide>> = Vec::new();
        for begin in all {
            let pusher = (0..kept.len()).rev().find(|place| {
                let earlier = &kept[*place];
                let since = begin.at - earlier.at;
                if !(0.03..PUSHED_SECONDS).contains(&since) || !near(earlier.midi, begin.midi) {
                    return false;
                }
                let glide = glides[*place].get_or_insert_with(|| {
                    let until = earlier.at + PUSHED_SECONDS + 0.2;
                    Glide::of(self.take, earlier.midi, self.offset, earlier.at + ATTACK, until)
                });
                glide.arrives(begin.midi, self.offset, begin.at) && !self.attacked(begin.at)
            });
            match pusher {
                Some(place) if begin.midi.abs_diff(kept[place].midi) <= PUSHED => {
                    tops[place] = tops[place].max(begin.midi);
                }
                Some(_) => {}
                None => {
                    kept.push(*begin);
                    tops.push(begin.midi);
                    glides.push(None);
                }
            }
        }
        (kept, tops)
    }

    /// Whether high frequencies jump or the level rises, as they do when a string is struck.
    fn attacked(&self, at: f64) -> bool {
        let sound = |from: f64, to: f64| {
            let place = ((at + from) * f64::from(RATE)) as i64;
            self.take.window(place, ((to - from) * f64::from(RATE)) as usize)
        };
        let (before, after) = (sound(-0.08, -0.025), sound(-0.02, 0.065));
        let sharp = |s: &[f32]| {
            most(s, BLOCK, |s| s.windows(3).map(|s| (s[0] - 2.0 * s[1] + s[2]).powi(2)).sum())
        };
        let loud = |s: &[f32]| most(s, 5 * BLOCK, |s| s.iter().map(|s| s * s).sum());
        sharp(&after) > SHARPER * sharp(&before) || loud(&after) > LOUDER * loud(&before)
    }

    fn note(&self, index: usize, begins: &[Begin], tops: &[u8]) -> PlayedNote {
        let begin = begins[index];
        let later = begins[index + 1..].iter().filter(|b| b.at > begin.at + 0.03);
        let again = later.clone().find(|b| b.midi == begin.midi).map(|b| b.at);
        let next = later.map(|b| b.at).next();
        let lone = |other: &Begin| (other.at - begin.at).abs() >= BEFORE_ONSET;
        let alone = begins.iter().filter(|other| **other != begin).all(lone);
        let top = tops[index].max(if alone { self.pushed_to(&begin) } else { begin.midi });
        let until = self.until(&begin, top, again);
        PlayedNote {
            at: time(begin.at * f64::from(RATE)),
            until: time(until * f64::from(RATE)),
            pitch: Pitch(begin.midi),
            cents: begin.cents.unwrap_or_else(|| self.cents(&begin, next.unwrap_or(until))),
            confidence: 1.0 / (1.0 + (-begin.odds).exp()),
            place: None,
        }
    }

    /// The pitch up to which a note that sounded alone is pushed.
    fn pushed_to(&self, begin: &Begin) -> u8 {
        let from = begin.at + ATTACK;
        let glide = Glide::of(self.take, begin.midi, self.offset, from, from + PUSHED_SECONDS);
        let up = glide.semitones();
        begin.midi.saturating_add(up.min(PUSHED))
    }

    /// When a note, pushed up to `top`, has died away, at the latest when it is struck again.
    fn until(&self, begin: &Begin, top: u8, again: Option<f64>) -> f64 {
        let frame = (begin.at * f64::from(RATE) / FRAME as f64) as usize;
        let way = i32::from(begin.midi)..=i32::from(top);
        let level = |f: usize| {
            way.clone().map(|midi| self.salience.level(f as i64, midi)).fold(0f32, f32::max)
        };
        let loudest = (frame + 4..frame + 16).map(level).fold(0.01, f32::max);
        let sounds = |f: usize| {
            let heard = self.roll.map_or(0.0, |roll| roll.note(f, begin.midi));
            level(f) > OVER * loudest || heard > OVER_NOTE
        };
        let end = self.salience.frames().min(frame + LONGEST_FRAMES);
        let mut last = (frame + 4).min(end);
        for f in frame + 4..end {
            if sounds(f) {
                last = f + 1;
            } else if f > last + OVER_FRAMES {
                break;
            }
        }
        let died = last as f64 * FRAME as f64 / f64::from(RATE);
        let whole = self.take.length().as_secs_f64();
        again.unwrap_or(whole).min(died).min(whole).max(begin.at + 0.02)
    }

    /// Cents from the first partials that no other pitch disturbs much: their weighted mean.
    fn cents(&self, begin: &Begin, end: f64) -> f32 {
        let from = begin.at + 2.0 * ATTACK;
        let length = (end - from).clamp(0.1, LISTEN);
        let samples = (length * f64::from(RATE)) as usize;
        let window = self.take.window((from * f64::from(RATE)) as i64, samples);
        let spectrum = Transform::new(samples, SIZE).magnitudes(&window);
        partial_cents(&spectrum, begin.midi, self.offset).unwrap_or(self.offset)
    }
}

/// Whether `midi` may be an earlier note, or one of its partials, on its way.
fn near(earlier: u8, midi: u8) -> bool {
    [0, 12, 19, 24].iter().any(|above| midi.abs_diff(earlier + above) <= PUSHED)
}

/// The most of a measure over blocks of a sound.
fn most(sound: &[f32], block: usize, measure: impl Fn(&[f32]) -> f32) -> f32 {
    sound.chunks_exact(block).map(measure).fold(0f32, f32::max)
}

fn partial_cents(spectrum: &Spectrum, midi: u8, offset: f32) -> Option<f32> {
    let tone = tone(midi, 0.0)?;
    let (mut sum, mut all) = (0f32, 0f32);
    for k in 1..=4 {
        let hz = tone.partial(k);
        let expected = hz * (offset / 1200.0).exp2();
        let (level, at) = spectrum.peak(expected, expected * 0.026);
        let cents = 1200.0 * (at / hz).log2();
        if level > 1e-5 && (cents - offset).abs() < 44.0 {
            let weight = level * k as f32;
            sum += weight * cents;
            all += weight;
        }
    }
    (all > 0.0).then(|| (sum / all).clamp(-50.0, 50.0))
}

/// Whether a pitch is one that is looked for.
pub(crate) fn playable(midi: i32) -> bool {
    (i32::from(LOWEST)..=i32::from(HIGHEST)).contains(&midi)
}
