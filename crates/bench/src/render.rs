//! Strums of `synth`'s guitars and of banks of real notes, in the rooms of the bench, with the
//! single plucks that answer a question.

use std::sync::Arc;

use pipeline::ports::PortError;
use synth::{Dice, Fault, How, Instrument, Pluck, Strings};
use theory::{StringNumber, Tuning, Voicing, chord_of};

use crate::room::Room;
use crate::sound::Sound;
use crate::take::{Facts, Kind, Sharing, Take, Truth};

/// A guitar that any thread may play.
pub(crate) type Guitar = Arc<dyn Instrument + Send + Sync>;

/// Room before the strum, the strum and its ringing, and the single pluck after it.
const BEFORE: f32 = 0.45;
const RINGING: f32 = 1.5;
const ALONE: f32 = 1.6;
/// From the end of the strum's part to the pluck.
const THINKING: f32 = 0.5;
/// Half of the students lay the hand on the strings before they play one alone.
const HUSHED: f32 = 0.08;

/// How the strings are struck: 5–80 ms from one to the next.
#[derive(Debug, Clone, Copy)]
struct Stroke {
    gap: f32,
    up: bool,
    uneven_db: f32,
    cents: f32,
    tuning: f32,
    hushed: bool,
}

impl Stroke {
    fn drawn(dice: &mut Dice) -> Self {
        Self {
            gap: dice.spread(0.005, 0.08),
            up: dice.chance(0.4),
            uneven_db: 2.5,
            cents: 10.0 * dice.signed(),
            tuning: dice.between(1.0, 5.0),
            hushed: dice.chance(0.5),
        }
    }
}

/// A strum that is rendered when it is asked for.
pub(crate) struct Rendered {
    facts: Facts,
    guitar: Guitar,
    strings: Strings,
    stroke: Stroke,
    room: Room,
    seed: u64,
}

/// What a suite wants of one strum.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish {
    pub(crate) kind: Kind,
    /// How the faulty strings must share partials, if that matters.
    pub(crate) sharing: Option<Sharing>,
}

impl Rendered {
    /// A strum of `voicing` as wished; none where this voicing cannot go wrong that way.
    pub(crate) fn drawn(
        guitar: &Guitar,
        timbre: &str,
        (voicing, rare): (Voicing, bool),
        wish: Wish,
        seed: u64,
    ) -> Option<Self> {
        let mut dice = Dice::new(seed);
        let (strings, stroke) = (played(wish, &voicing, &mut dice)?, Stroke::drawn(&mut dice));
        let room = Room::drawn(&mut dice);
        let facts = Facts {
            timbre: timbre.to_owned(),
            kind: wish.kind,
            voicing,
            rare,
            chord: chord_of(&voicing, &Tuning::STANDARD),
            truth: truth(&voicing, &strings),
            onset: f64::from(BEFORE),
            snr_db: Some(room.snr_db),
        };
        Some(Self { facts, guitar: Arc::clone(guitar), strings, stroke, room, seed })
    }

    fn strum_length(&self) -> usize {
        ((BEFORE + RINGING) * self.guitar.rate() as f32) as usize
    }

    fn add(&self, out: &mut [f32], at: f32, pluck: &Pluck, dice: &mut Dice) {
        let from = ((at * self.guitar.rate() as f32) as usize).min(out.len());
        let sound = self.guitar.pluck(pluck, out.len() - from, dice);
        out[from..].iter_mut().zip(&sound).for_each(|(out, sample)| *out += sample);
    }

    /// The string struck as the fingers lie; a string that the hand missed rings when it is met.
    fn pluck(&self, string: usize, gain_db: f32, cents: f32) -> Option<Pluck> {
        let number = StringNumber::at_index(string)?;
        let asked = self.facts.voicing.pitch(number, &Tuning::STANDARD);
        let meant = asked.map(|pitch| (f32::from(pitch.midi()), How::Rings));
        let (pitch, how) = self.strings[string].or(meant)?;
        let open = f32::from(Tuning::STANDARD.open(number).midi());
        let gain = 10f32.powf(gain_db / 20.0);
        Some(Pluck { string, pitch: pitch + cents / 100.0, open, how, gain })
    }

    /// Dry strum, and after it `alone` if one is named.
    fn dry(&self, alone: Option<usize>) -> Vec<f32> {
        let (rate, mut dice) = (self.guitar.rate() as f32, Dice::new(self.seed ^ 0x5A5A));
        let strummed = self.strum_length();
        let whole = strummed + if alone.is_some() { (ALONE * rate) as usize } else { 0 };
        let mut out = vec![0f32; whole];
        let (mut at, stroke) = (BEFORE, self.stroke);
        let mut first = true;
        let mut cents = [0f32; 6];
        for turn in 0..6 {
            let string = if stroke.up { 5 - turn } else { turn };
            let gain = stroke.uneven_db * dice.normal();
            cents[string] = stroke.cents + stroke.tuning * dice.normal();
            let step = stroke.gap * dice.between(0.8, 1.2);
            let mut own = Dice::new(dice.bits());
            if self.strings[string].is_some()
                && let Some(pluck) = self.pluck(string, gain, cents[string])
            {
                self.add(&mut out, at, &pluck, &mut own);
                first = false;
            }
            // The clock begins with the first string that is struck.
            at += if first { 0.0 } else { step };
        }
        if stroke.hushed {
            hush(&mut out, strummed, (HUSHED * rate) as usize);
        }
        if let Some(string) = alone
            && let Some(pluck) = self.pluck(string, 0.0, cents[string])
        {
            let at = BEFORE + RINGING + THINKING;
            self.add(&mut out, at, &pluck, &mut Dice::new(self.seed ^ 0xA5A5));
        }
        out
    }
}

impl Take for Rendered {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn strum(&self) -> Result<Sound, PortError> {
        let rate = self.guitar.rate();
        let samples = self.room.hear(&self.dry(None), self.strum_length(), rate);
        Ok(Sound { rate, samples })
    }

    fn answers(&self) -> bool {
        true
    }

    fn alone(&self, string: StringNumber) -> Option<Sound> {
        let (rate, strummed) = (self.guitar.rate(), self.strum_length());
        let samples = self.room.hear(&self.dry(Some(string.index())), strummed, rate);
        Some(Sound { rate, samples: samples[strummed..].to_vec() })
    }
}

/// Fades to nothing up to `end`, where the hand lies on the strings.
fn hush(samples: &mut [f32], end: usize, length: usize) {
    let from = end.saturating_sub(length);
    for (n, sample) in samples[from..].iter_mut().enumerate() {
        *sample *= (1.0 - n as f32 / length.max(1) as f32).max(0.0);
    }
}

fn played(wish: Wish, voicing: &Voicing, dice: &mut Dice) -> Option<Strings> {
    let tuning = Tuning::STANDARD;
    let kind = match wish.kind {
        Kind::One(kind) => kind,
        Kind::OtherChord => return other_chord(voicing, dice),
        Kind::Several => return None,
    };
    // A string is drawn until it shares partials as wished.
    (0..24).find_map(|_| {
        let strings = Fault::drawn(kind, voicing, &tuning, dice)?.strings;
        let facts = Facts {
            timbre: String::new(),
            kind: wish.kind,
            voicing: *voicing,
            rare: false,
            chord: None,
            truth: truth(voicing, &strings),
            onset: 0.0,
            snr_db: None,
        };
        let fits = wish.sharing.is_none_or(|sharing| facts.sharing() == Some(sharing));
        fits.then_some(strings)
    })
}

/// Another usual chord, which shares no more than four strings with the asked one.
fn other_chord(voicing: &Voicing, dice: &mut Dice) -> Option<Strings> {
    let shapes = crate::voicings::shapes();
    (0..24).find_map(|_| {
        let other = dice.pick(&shapes).filter(|shape| !shape.rare)?.voicing;
        let strings = Fault::none(&other, &Tuning::STANDARD).strings;
        let wrong = truth(voicing, &strings).iter().filter(|t| !t.is_right()).count();
        (wrong >= 2).then_some(strings)
    })
}

/// What `strings` are against what `voicing` asks.
fn truth(voicing: &Voicing, strings: &Strings) -> [Truth; 6] {
    StringNumber::THICK_TO_THIN.map(|number| {
        let asked = voicing.pitch(number, &Tuning::STANDARD);
        match (asked, strings[number.index()]) {
            (None, None) => Truth::Silent,
            (None, Some((pitch, _))) => Truth::Intruder(theory::Pitch(pitch.round() as u8)),
            (Some(_), None) => Truth::Absent,
            (Some(_), Some((_, How::Dead(_)))) => Truth::Dead,
            (Some(asked), Some((pitch, how))) => {
                let away = pitch - f32::from(asked.midi());
                match how {
                    _ if away.abs() > 0.5 => Truth::Wrong(theory::Pitch(pitch.round() as u8)),
                    _ if away.abs() > 0.05 => Truth::Bent(100.0 * away),
                    How::Buzz(_) => Truth::Buzz,
                    _ => Truth::Rings,
                }
            }
        }
    })
}
