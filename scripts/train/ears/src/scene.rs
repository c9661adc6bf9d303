//! Strums of one guitar: a guitar, a hand, a fault, a room, and what the ears were shown of it.

use std::time::Duration;

use anyhow::{Context, Result};
use audio::{
    AudioChunk, GuitarPrint, Heard, ListenerConfig, RATE, StringStudy, StrumStudy, Target, Tuner,
    TunerConfig,
};
use models::ModelHome;
use pipeline::{Ear, Sensed};
use synth::{
    Dice, Fault, FaultKind, Hand, How, Instrument, KarplusStrong, NoteBank, Pluck, Room,
    StiffGuitar, Take, strum,
};
use theory::{
    BEGINNER_SHAPES, Chord, PitchClass, Quality, StringNumber, Tuning, Voicing, usual_voicings,
};

use crate::banks::Bank;

/// Seconds of a take, and where its strum begins.
const LENGTH: f32 = 1.35;
const AT: f32 = 0.55;
/// Families before the recorded ones.
const STIFF: f32 = 0.0;
const DELAY: f32 = 1.0;
const RECORDED: f32 = 2.0;
/// Cents off its pitch up to which a string rings there, and from which it does not.
const ON: f32 = 0.20;
const OFF: f32 = 0.28;
/// Guitars that are drawn of each rendered family.
const STIFF_GUITARS: usize = 2000;
const DELAY_GUITARS: usize = 40;

/// Strums of a session.
const STRUMS: usize = 5;

/// What stays the same in a session.
struct Set<'a> {
    guitar: &'a dyn Instrument,
    tuning: Tuning,
    room: Room,
    /// Cents by which the guitar is off.
    cents: f32,
    print: Option<GuitarPrint>,
}

/// What renders and listens.
pub(crate) struct Studio<'a> {
    banks: &'a [Bank],
    recorded_only: bool,
    /// Share of the strums in which all six open strings ring along.
    along: f32,
    voicings: Vec<Voicing>,
    witness: Option<Box<dyn pipeline::ports::PitchWitness>>,
}

impl<'a> Studio<'a> {
    pub(crate) fn new(banks: &'a [Bank], (recorded_only, along): (bool, f32)) -> Result<Self> {
        let witness = host::pitch_witness(&ModelHome::discover())
            .context("the pitch witness is missing: scripts/fetch-models")?;
        Ok(Self { banks, recorded_only, along, voicings: voicings(), witness: Some(witness) })
    }

    /// The rows of one session: some strums of one guitar in one room.
    pub(crate) fn session(&mut self, seed: u64, number: usize) -> Vec<Vec<f32>> {
        let mut dice = Dice::new(seed.wrapping_mul(1_000_003).wrapping_add(number as u64));
        let (family, guitar) = self.guitar(&mut dice);
        let tuning = Tuning::STANDARD.with_capo(capo(&mut dice));
        let room = Room::drawn(RATE, &mut dice);
        let cents = Hand::drawn(&mut dice).cents;
        let print = dice.chance(0.6).then(|| fingerprint(&*guitar, &room, cents, &mut dice));
        let set = Set { guitar: &*guitar, tuning, room, cents, print };
        (0..STRUMS)
            .flat_map(|turn| self.strum(&set, (family, number * STRUMS + turn), &mut dice))
            .collect()
    }

    /// The rows of one strum; none where the ears heard no strum there.
    fn strum(
        &mut self,
        set: &Set<'_>,
        (family, number): (f32, usize),
        dice: &mut Dice,
    ) -> Vec<Vec<f32>> {
        let voicing = self.voicing(dice);
        let (kind, strings) = faults(&voicing, &set.tuning, dice);
        let hand = Hand { cents: set.cents, ..Hand::drawn(dice) };
        let mut take = strum(set.guitar, &strings, open(&set.tuning), &hand, (AT, LENGTH), dice);
        resonate(&mut take, (&voicing, &set.tuning), &hand, self.along, dice);
        if dice.chance(0.4) {
            self.earlier(set.guitar, &set.tuning, &hand, &mut take.samples, dice);
        }
        let heard = set.room.hear(&take.samples, dice);
        let with_witness = dice.chance(0.85);
        let scene = [family, number as f32, kind as usize as f32];
        self.listen(&heard, voicing, set, with_witness)
            .iter()
            .flat_map(|study| &study.looks)
            .filter_map(|look| row(&scene, look, &take, &voicing))
            .collect()
    }

    fn guitar(&self, dice: &mut Dice) -> (f32, Box<dyn Instrument>) {
        let recorded = self.recorded_only || dice.chance(0.5);
        if recorded && let Some(bank) = dice.pick(self.banks) {
            let place = self.banks.iter().position(|other| std::ptr::eq(other, bank)).unwrap_or(0);
            if let Some(guitar) = NoteBank::new(RATE, bank.notes.clone(), dice.bits()) {
                return (RECORDED + place as f32, Box::new(guitar));
            }
        }
        if dice.chance(0.06) {
            let seed = dice.below(DELAY_GUITARS) as u64;
            return (DELAY, Box::new(KarplusStrong::new(RATE, seed)));
        }
        (STIFF, Box::new(StiffGuitar::new(RATE, dice.below(STIFF_GUITARS) as u64)))
    }

    fn voicing(&self, dice: &mut Dice) -> Voicing {
        if dice.chance(0.45)
            && let Some(shape) = dice.pick(&BEGINNER_SHAPES)
        {
            return shape.voicing;
        }
        dice.pick(&self.voicings).copied().unwrap_or(BEGINNER_SHAPES[0].voicing)
    }

    /// What was played before still rings, or was damped.
    fn earlier(
        &self,
        guitar: &dyn Instrument,
        tuning: &Tuning,
        hand: &Hand,
        samples: &mut [f32],
        dice: &mut Dice,
    ) {
        let strings = Fault::none(&self.voicing(dice), tuning).strings;
        let before = strum(guitar, &strings, open(tuning), hand, (0.02, LENGTH), dice);
        let stops = (AT - dice.between(0.0, 0.15)) * RATE as f32;
        let fall = if dice.chance(0.8) { (-1.0 / (0.012 * RATE as f32)).exp() } else { 1.0 };
        let mut gain = 0.8;
        for (n, (out, sample)) in samples.iter_mut().zip(&before.samples).enumerate() {
            if n as f32 > stops {
                gain *= fall;
            }
            *out += gain * sample;
        }
    }

    fn listen(
        &mut self,
        sound: &[f32],
        voicing: Voicing,
        set: &Set<'_>,
        with_witness: bool,
    ) -> Vec<StrumStudy> {
        let target = Some(Target { voicings: vec![voicing] });
        let (tuning, print) = (set.tuning, set.print.clone());
        let config =
            ListenerConfig { tuning, target, study: true, print, ..ListenerConfig::default() };
        let witness = if with_witness { self.witness.take() } else { None };
        let mut ear = Ear::new(config, witness);
        let chunk = AudioChunk { at: Duration::ZERO, rate: RATE, samples: sound.to_vec() };
        let mut sensed = ear.hear(&chunk);
        sensed.extend(ear.finish());
        if with_witness {
            self.witness = ear.into_witness();
        }
        let here = |study: &StrumStudy| (study.at.as_secs_f32() - AT).abs() < 0.15;
        sensed
            .into_iter()
            .filter_map(|sensed| match sensed {
                Sensed::Heard(Heard::Study(study)) if here(&study) => Some(study),
                _ => None,
            })
            .collect()
    }
}

fn open(tuning: &Tuning) -> [f32; 6] {
    StringNumber::THICK_TO_THIN.map(|string| f32::from(tuning.open(string).midi()))
}

fn capo(dice: &mut Dice) -> u8 {
    if dice.chance(0.2) { 1 + dice.below(5) as u8 } else { 0 }
}

/// Every usual voicing of every chord.
fn voicings() -> Vec<Voicing> {
    let roots = (0..12).map(PitchClass);
    let chords = roots.flat_map(|root| Quality::HEARD.map(|quality| Chord::new(root, quality)));
    chords.flat_map(usual_voicings).collect()
}

/// A third of the strums are correct; the others have one to three faults.
fn faults(voicing: &Voicing, tuning: &Tuning, dice: &mut Dice) -> (FaultKind, synth::Strings) {
    let mut strings = Fault::none(voicing, tuning).strings;
    let mut first = FaultKind::Correct;
    if dice.chance(0.33) {
        return (first, strings);
    }
    let count = 1 + dice.below(4).saturating_sub(1);
    for _ in 0..count {
        // Half of all faults are strings that do not ring: they are what a beginner meets.
        let kind = match dice.below(10) {
            0..=3 => FaultKind::Dead,
            4 => FaultKind::Absent,
            5 => FaultKind::Buzz,
            _ => FaultKind::ALL[1 + dice.below(FaultKind::ALL.len() - 1)],
        };
        if let Some(fault) = Fault::drawn(kind, voicing, tuning, dice) {
            for index in fault.at {
                strings[index] = fault.strings[index];
            }
            if first == FaultKind::Correct {
                first = kind;
            }
        }
    }
    (first, strings)
}

/// What tuning tells of a guitar: its open strings, one by one, in the same room.
fn fingerprint(guitar: &dyn Instrument, room: &Room, cents: f32, dice: &mut Dice) -> GuitarPrint {
    let mut print = GuitarPrint::default();
    for (string, open) in open(&Tuning::STANDARD).into_iter().enumerate() {
        let pitch = open + (cents + 3.0 * dice.normal()) / 100.0;
        let pluck = Pluck { string, pitch, open, how: How::Rings, gain: 1.0 };
        let mut sound = vec![0.0; RATE as usize / 10];
        sound.extend(guitar.pluck(&pluck, RATE as usize * 9 / 10, dice));
        let mut tuner = Tuner::new(TunerConfig { tuning: Tuning::STANDARD, a4: 440.0 });
        tuner.aim(StringNumber::at_index(string));
        let samples = room.hear(&sound, dice);
        let _ = tuner.hear(&AudioChunk { at: Duration::ZERO, rate: RATE, samples });
        tuner.finish();
        for portrait in tuner.portraits() {
            print.learn(&portrait);
        }
    }
    print
}

/// Strings resonate, more or less: those that nobody struck, where a finger holds them or open; or
/// all six open, as they do in recordings of single notes.
fn resonate(
    take: &mut Take,
    (voicing, tuning): (&Voicing, &Tuning),
    hand: &Hand,
    along: f32,
    dice: &mut Dice,
) {
    let body = StiffGuitar::new(RATE, dice.bits() % 64);
    let level = 10f32.powf(dice.between(-48.0, -15.0) / 20.0);
    let along = along > 0.0 && dice.chance(along);
    for (index, open) in open(tuning).into_iter().enumerate() {
        if (take.struck[index].is_some() && !along) || dice.chance(0.3) {
            continue;
        }
        let string = StringNumber::THICK_TO_THIN[index];
        let held = voicing.pitch(string, tuning).filter(|_| !along);
        let held = held.map_or(open, |pitch| f32::from(pitch.midi()));
        let pitch = held + hand.cents / 100.0;
        let own = Pluck { string: index, pitch, open, how: How::Rings, gain: level };
        let from = (AT * RATE as f32) as usize;
        let sound = body.resonate(&own, &take.plucks, take.samples.len() - from, dice);
        take.samples[from..].iter_mut().zip(&sound).for_each(|(out, s)| *out += s);
    }
}

/// One row, or none where the truth lies between ringing there and not.
fn row(scene: &[f32; 3], look: &StringStudy, take: &Take, voicing: &Voicing) -> Option<Vec<f32>> {
    let index = look.string.index();
    let pluck = take.plucks.iter().find(|pluck| pluck.string == index);
    let ringing = pluck.filter(|pluck| !matches!(pluck.how, How::Dead(_)));
    let away = ringing.map_or(f32::INFINITY, |pluck| (pluck.pitch - look.pitch).abs());
    if (ON..OFF).contains(&away) {
        return None;
    }
    let buzz = ringing.map_or(0.0, |pluck| match pluck.how {
        How::Buzz(strength) => strength,
        How::Rings | How::Dead(_) => 0.0,
    });
    let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
    let barre = voicing.sounding().all(|string| voicing.fret(string) != Some(0));
    let mut row = scene.to_vec();
    row.extend([
        look.string.number().into(),
        flag(look.asked),
        flag(look.main),
        flag(look.shared),
        flag(away < ON),
        flag(pluck.is_some()),
        ringing.map_or(0.0, |pluck| 100.0 * (pluck.pitch - look.pitch)).clamp(-300.0, 300.0),
        flag(barre),
        buzz,
    ]);
    row.extend(&look.numbers);
    Some(row)
}
