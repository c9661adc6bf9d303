//! Correct strums with a known chord, and single notes; what the model of chords is shown of each.

use audio::{RATE, chord_numbers};
use synth::{
    Dice, Fault, Hand, How, Instrument, KarplusStrong, NoteBank, Pluck, Room, StiffGuitar, Take,
    strum,
};
use theory::{
    BEGINNER_SHAPES, Chord, PitchClass, Quality, StringNumber, Tuning, Voicing, chord_of,
    usual_voicings,
};

use crate::banks::Bank;

/// Seconds of a take, and where its strum begins.
const LENGTH: f32 = 2.2;
const AT: f32 = 0.55;
/// Seconds from string to string, log-uniform.
const GAP: (f32, f32) = (0.005, 0.08);
/// From the last string to where listening begins, and how long it lasts.
const BEHIND: (f32, f32) = (0.015, 0.06);
const LOOK: (f32, f32) = (0.16, 0.75);
/// Stretches of each strum that are looked at.
const LOOKS: usize = 3;
/// Frets that a hand reaches.
const REACH: usize = 4;
/// Share of takes that are a single note, and the highest fret it is played on.
const SINGLE: f32 = 0.12;
const HIGHEST: usize = 15;

/// What stands before the numbers of a row.
pub(crate) const COLUMNS: [&str; 4] = ["family", "root", "quality", "odd"];

/// Renders strums of chords.
pub(crate) struct Strummer<'a> {
    banks: &'a [Bank],
    recorded_only: bool,
}

impl<'a> Strummer<'a> {
    pub(crate) fn new(banks: &'a [Bank], recorded_only: bool) -> Self {
        Self { banks, recorded_only }
    }

    /// The rows of one strum.
    pub(crate) fn session(&self, seed: u64, number: usize) -> Vec<Vec<f32>> {
        let mut dice = Dice::new(seed.wrapping_mul(1_000_003).wrapping_add(number as u64));
        let (family, guitar) = self.guitar(&mut dice);
        let single = dice.chance(SINGLE);
        let (voicing, odd) = if single { note(&mut dice) } else { voicing(&mut dice) };
        let Some((root, quality)) = named(&voicing, single) else { return Vec::new() };
        let mut hand = Hand::drawn(&mut dice);
        hand.gap = dice.spread(GAP.0, GAP.1);
        let take = played(&*guitar, &voicing, &hand, &mut dice);
        let last = take.struck.iter().flatten().fold(AT, |last, at| last.max(*at));
        let heard = Room::drawn(RATE, &mut dice).hear(&take.samples, &mut dice);
        let odd = if odd { 1.0 } else { 0.0 };
        let scene = [family, f32::from(root.semitones()), quality as f32, odd];
        (0..LOOKS)
            .filter_map(|_| {
                let from = last + dice.between(BEHIND.0, BEHIND.1);
                let until = (from + dice.spread(LOOK.0, LOOK.1)).min(LENGTH);
                let place = |at: f32| (at * RATE as f32) as usize;
                let numbers = chord_numbers(heard.get(place(from)..place(until))?)?;
                Some([&scene[..], &numbers].concat())
            })
            .collect()
    }

    fn guitar(&self, dice: &mut Dice) -> (f32, Box<dyn Instrument>) {
        if (self.recorded_only || dice.chance(0.6))
            && let Some(bank) = dice.pick(self.banks)
        {
            let place = self.banks.iter().position(|other| std::ptr::eq(other, bank)).unwrap_or(0);
            if let Some(guitar) = NoteBank::new(RATE, bank.notes.clone(), dice.bits()) {
                return (2.0 + place as f32, Box::new(guitar));
            }
        }
        if dice.chance(0.15) {
            return (1.0, Box::new(KarplusStrong::new(RATE, dice.below(40) as u64)));
        }
        (0.0, Box::new(StiffGuitar::new(RATE, dice.below(2000) as u64)))
    }
}

/// Root and quality, counted as in [`Quality::HEARD`]; a single note comes after them.
fn named(voicing: &Voicing, single: bool) -> Option<(PitchClass, usize)> {
    if single {
        let string = voicing.sounding().next()?;
        return Some((voicing.pitch(string, &Tuning::STANDARD)?.class(), Quality::HEARD.len()));
    }
    let chord = chord_of(voicing, &Tuning::STANDARD)?;
    let quality = Quality::HEARD.iter().position(|quality| *quality == chord.quality)?;
    Some((chord.root, quality))
}

/// One string alone.
fn note(dice: &mut Dice) -> (Voicing, bool) {
    let (string, fret) = (dice.below(6), dice.below(HIGHEST + 1) as u8);
    let mut frets = [None; 6];
    frets[string] = Some(fret);
    (Voicing::new(frets), false)
}

/// Beginners' shapes, usual voicings, and any other way to finger a chord; half of those that are
/// not beginners' are triads.
fn voicing(dice: &mut Dice) -> (Voicing, bool) {
    if dice.chance(0.25)
        && let Some(shape) = dice.pick(&BEGINNER_SHAPES)
    {
        return (shape.voicing, false);
    }
    let quality = if dice.chance(0.5) {
        Quality::HEARD[dice.below(2)]
    } else {
        Quality::HEARD[dice.below(Quality::HEARD.len())]
    };
    let chord = Chord::new(PitchClass(dice.below(12) as u8), quality);
    let usual = usual_voicings(chord);
    if dice.chance(0.5)
        && let Some(voicing) = dice.pick(&usual)
    {
        return (*voicing, false);
    }
    let odd = (0..200).find_map(|_| fingered(chord, dice));
    (odd.unwrap_or(BEGINNER_SHAPES[0].voicing), odd.is_some())
}

/// Some strings open or within reach of one another, all of them in the chord, in half of the cases
/// with the root in the bass; none where the dice give another chord.
fn fingered(chord: Chord, dice: &mut Dice) -> Option<Voicing> {
    let (base, first) = (dice.below(9), dice.below(3));
    let classes: Vec<PitchClass> = chord.pitch_classes().collect();
    let frets = std::array::from_fn(|index| {
        let number = StringNumber::at_index(index)?;
        let open = Tuning::STANDARD.open(number);
        let reach = (base..base + REACH).chain([0]);
        let fits: Vec<u8> = reach
            .map(|fret| fret as u8)
            .filter(|fret| classes.contains(&open.transposed(i32::from(*fret)).class()))
            .collect();
        if index < first || dice.chance(0.15) { None } else { dice.pick(&fits).copied() }
    });
    let voicing = Voicing::new(frets);
    let enough = frets.iter().flatten().count() >= 3;
    let bass = voicing.pitch(voicing.sounding().next()?, &Tuning::STANDARD)?.class();
    let enough = enough && (bass == chord.root || dice.chance(0.25));
    (enough && chord_of(&voicing, &Tuning::STANDARD) == Some(chord)).then_some(voicing)
}

fn open() -> [f32; 6] {
    StringNumber::THICK_TO_THIN.map(|string| f32::from(Tuning::STANDARD.open(string).midi()))
}

/// The strum, the strings that ring along, and sometimes the chord before it.
fn played(guitar: &dyn Instrument, voicing: &Voicing, hand: &Hand, dice: &mut Dice) -> Take {
    let strings = Fault::none(voicing, &Tuning::STANDARD).strings;
    let mut take = strum(guitar, &strings, open(), hand, (AT, LENGTH), dice);
    resonate(&mut take, hand, dice);
    if dice.chance(0.3) {
        let before = self::voicing(dice).0;
        let strings = Fault::none(&before, &Tuning::STANDARD).strings;
        let before = strum(guitar, &strings, open(), hand, (0.02, LENGTH), dice);
        let stops = (AT - dice.between(0.0, 0.15)) * RATE as f32;
        let fall = (-1.0 / (0.012 * RATE as f32)).exp();
        let mut gain = 0.8;
        for (n, (out, sample)) in take.samples.iter_mut().zip(&before.samples).enumerate() {
            if n as f32 > stops {
                gain *= fall;
            }
            *out += gain * sample;
        }
    }
    take
}

/// Open strings that nobody struck resonate, more or less.
fn resonate(take: &mut Take, hand: &Hand, dice: &mut Dice) {
    let body = StiffGuitar::new(RATE, dice.bits() % 64);
    let level = 10f32.powf(dice.between(-48.0, -15.0) / 20.0);
    for (string, open) in open().into_iter().enumerate() {
        if take.struck[string].is_some() || dice.chance(0.3) {
            continue;
        }
        let pitch = open + hand.cents / 100.0;
        let own = Pluck { string, pitch, open, how: How::Rings, gain: level };
        let from = (AT * RATE as f32) as usize;
        let sound = body.resonate(&own, &take.plucks, take.samples.len() - from, dice);
        take.samples[from..].iter_mut().zip(&sound).for_each(|(out, s)| *out += s);
    }
}
