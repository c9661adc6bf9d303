//! A lesson without end, for measuring what hours of listening cost: strums right and wrong, single
//! notes, and everything that impairs hearing, in an order drawn anew again and again.
//!
//! The pieces are rendered once and kept; only their order, the cut of the chunks and gaps in the
//! capture go on changing. The teacher's voice is taken out as in a live lesson. It does not listen.

use std::collections::VecDeque;
use std::f32::consts::TAU;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use audio::{AudioChunk, Canceller};
use pipeline::ports::{AudioSource, Capture, PortError};
use synth::{
    Dice, Fault, FaultKind, Hand, How, Instrument, KarplusStrong, Pluck, Room, StiffGuitar, strum,
};
use theory::{Tuning, Voicing};

use crate::voicings::shapes;

const RATE: u32 = 48_000;
/// Seconds of a piece, and of quiet before its first sound.
const PIECE: f32 = 3.0;
const BEFORE: f32 = 0.4;
/// Samples a callback brings: 1–21 ms, as drivers are set.
const CALLBACK: (usize, usize) = (48, 1_024);
/// One piece in so many begins after a gap in the capture.
const GAPS: usize = 40;
const GAP: Duration = Duration::from_millis(300);
/// Strums and notes of the guitar alone.
const PLAYED: u64 = 24;

struct Piece {
    samples: Vec<f32>,
    /// Sample at which the guitar begins, where it begins alone and out of quiet.
    onset: Option<usize>,
    /// What the loudspeaker is handed, and the microphone hears a little later.
    plays: Option<Vec<f32>>,
}

/// How far a lesson has come, and when its guitar began.
#[derive(Debug, Default)]
pub struct Progress(Mutex<Standing>);

#[derive(Debug, Default)]
struct Standing {
    heard: Duration,
    onset: Option<Duration>,
}

impl Progress {
    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// End of the sound handed over so far.
    #[must_use]
    pub fn heard(&self) -> Duration {
        self.standing().heard
    }

    /// When the guitar truly began last, alone and out of quiet; told once.
    #[must_use]
    pub fn take_onset(&self) -> Option<Duration> {
        self.standing().onset.take()
    }
}

/// Sound of a lesson that ends after a given time of input and not before.
pub struct EndlessLesson {
    pieces: Vec<Piece>,
    dice: Dice,
    lasts: Duration,
    now: usize,
    /// Pieces begun.
    begun: usize,
    place: usize,
    /// Samples handed over, and time that was lost in gaps.
    taken: u64,
    lost: Duration,
    canceller: Canceller,
    ready: VecDeque<AudioChunk>,
    progress: Arc<Progress>,
}

impl EndlessLesson {
    /// A lesson of so much input. Pieces are rendered here, within seconds.
    #[must_use]
    pub fn new(lasts: Duration) -> Self {
        Self {
            pieces: pieces(),
            dice: Dice::new(1),
            lasts,
            now: 0,
            begun: 0,
            place: usize::MAX,
            taken: 0,
            lost: Duration::ZERO,
            canceller: Canceller::new(),
            ready: VecDeque::new(),
            progress: Arc::default(),
        }
    }

    /// What is known of it while it is heard.
    #[must_use]
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    fn time(&self, samples: u64) -> Duration {
        self.lost + Duration::from_nanos(samples * 1_000_000_000 / u64::from(RATE))
    }

    /// Turns to another piece: first to each in turn, the teacher's voice twice over, then to any.
    fn turn(&mut self) {
        let count = self.pieces.len();
        self.now = match self.begun {
            turn if turn <= count => turn.min(count - 1),
            _ => self.dice.below(count),
        };
        self.begun += 1;
        self.place = 0;
        if self.dice.below(GAPS) == 0 {
            self.lost += GAP;
        }
        let onset = self.pieces[self.now].onset.map(|onset| self.time(self.taken + onset as u64));
        self.progress.standing().onset = onset;
        if let Some(speech) = &self.pieces[self.now].plays {
            self.canceller.play(self.time(self.taken), RATE, speech);
        }
    }

    /// What the microphone hears next.
    fn capture(&mut self) -> AudioChunk {
        if self.place >= self.pieces[self.now].samples.len() {
            self.turn();
        }
        let length = CALLBACK.0 + self.dice.below(CALLBACK.1 - CALLBACK.0);
        let rest = &self.pieces[self.now].samples[self.place..];
        let samples = rest[..length.min(rest.len())].to_vec();
        let at = self.time(self.taken);
        self.place += samples.len();
        self.taken += samples.len() as u64;
        AudioChunk { at, rate: RATE, samples }
    }
}

impl AudioSource for EndlessLesson {
    fn read(&mut self, _wait: Duration) -> Result<Capture, PortError> {
        if self.ready.is_empty() {
            if self.time(self.taken) >= self.lasts {
                return Ok(Capture::Ended);
            }
            let chunk = self.capture();
            self.ready.extend(self.canceller.clean(&chunk));
            self.progress.standing().heard = self.time(self.taken);
        }
        Ok(self.ready.pop_front().map_or(Capture::Idle, Capture::Chunk))
    }
}

fn pieces() -> Vec<Piece> {
    let mut pieces: Vec<Piece> = (0..PLAYED).filter_map(played).collect();
    let silence = vec![0.0; (PIECE * RATE as f32) as usize];
    let mut noise = silence.clone();
    let mut dice = Dice::new(90);
    noise.iter_mut().for_each(|sample| *sample = 0.03 * dice.signed());
    let strum = pieces.first().map_or_else(|| silence.clone(), |piece| piece.samples.clone());
    let loud = strum.iter().map(|sample| (12.0 * sample).clamp(-1.0, 1.0)).collect();
    let cut = |n: usize| n as f32 / (RATE as f32) < BEFORE + 0.6;
    let gated = strum.iter().enumerate().map(|(n, s)| if cut(n) { *s } else { 0.0 }).collect();
    let impaired = [
        silence.clone(),
        noise,
        voice(&silence),
        voice(&strum),
        ticking(&silence),
        ticking(&strum),
        loud,
        gated,
        bass(&silence),
    ];
    pieces.extend(impaired.map(|samples| Piece { samples, onset: None, plays: None }));
    pieces.push(teacher(&silence));
    pieces
}

/// The teacher's own voice, 60 ms late and quieter in the microphone.
fn teacher(silence: &[f32]) -> Piece {
    let speech = voice(silence);
    let late = RATE as usize * 60 / 1_000;
    let mut samples = silence.to_vec();
    samples.iter_mut().skip(late).zip(&speech).for_each(|(out, s)| *out = 0.3 * s);
    Piece { samples, onset: None, plays: Some(speech) }
}

/// A strum, right or wrong, or a single note; a guitar and a room of its own for each seed.
fn played(seed: u64) -> Option<Piece> {
    let mut dice = Dice::new(seed);
    let guitar: Box<dyn Instrument> = if seed.is_multiple_of(2) {
        Box::new(StiffGuitar::new(RATE, seed))
    } else {
        Box::new(KarplusStrong::new(RATE, seed))
    };
    // The chord that the lesson asks for, more often than all others.
    let others = shapes();
    let asked: Voicing = "022000".parse().ok()?;
    let voicing =
        if dice.chance(0.6) { asked } else { dice.pick(&others).map_or(asked, |s| s.voicing) };
    let kind = *dice.pick(&FaultKind::ALL)?;
    let fault = Fault::drawn(kind, &voicing, &Tuning::STANDARD, &mut dice);
    let mut strings = fault.unwrap_or_else(|| Fault::none(&voicing, &Tuning::STANDARD)).strings;
    if dice.chance(0.25) {
        let only = voicing.sounding().next()?.index();
        strings.iter_mut().enumerate().filter(|(n, _)| *n != only).for_each(|(_, s)| *s = None);
    }
    let open = [40.0, 45.0, 50.0, 55.0, 59.0, 64.0];
    let hand = Hand::drawn(&mut dice);
    let take = strum(guitar.as_ref(), &strings, open, &hand, (BEFORE, PIECE), &mut dice);
    let first = take.struck.iter().flatten().fold(f32::INFINITY, |first, at| first.min(*at));
    let samples = Room::drawn(RATE, &mut dice).hear(&take.samples, &mut dice);
    Some(Piece { samples, onset: Some((first * RATE as f32) as usize), plays: None })
}

/// Harmonics of a pitch that glides as speech does, over what sounds.
fn voice(over: &[f32]) -> Vec<f32> {
    let mut phase = 0f32;
    let sound = over.iter().enumerate().map(|(n, sample)| {
        let t = n as f32 / RATE as f32;
        phase = (phase + 130.0 * (0.5 * (t * 8.0).sin()).exp2() / RATE as f32).fract();
        let tone = |k: i32| (TAU * k as f32 * phase).sin() / k as f32;
        sample + 0.08 * (t * 12.0).sin().abs() * (1..12).map(tone).sum::<f32>()
    });
    sound.collect()
}

/// A metronome at 120 beats a minute over what sounds.
fn ticking(over: &[f32]) -> Vec<f32> {
    let sound = over.iter().enumerate().map(|(n, sample)| {
        let t = (n as f32 / RATE as f32) % 0.5;
        sample + 0.2 * (-t / 0.008).exp() * (TAU * 1_500.0 * t).sin()
    });
    sound.collect()
}

/// Notes below every guitar's lowest over what sounds.
fn bass(over: &[f32]) -> Vec<f32> {
    let guitar = StiffGuitar::new(RATE, 71);
    let mut sound = over.to_vec();
    for (turn, pitch) in [28.0, 31.0, 33.0, 35.0].into_iter().enumerate() {
        let pluck = Pluck { string: 0, pitch, open: 28.0, how: How::Rings, gain: 1.0 };
        let from = (0.7 * turn as f32 * RATE as f32) as usize;
        let note = guitar.pluck(&pluck, RATE as usize * 6 / 10, &mut Dice::new(turn as u64));
        sound[from..].iter_mut().zip(&note).for_each(|(out, s)| *out += s);
    }
    sound
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]
    use super::*;

    #[test]
    fn a_lesson_lasts_as_long_as_was_asked_and_tells_where_its_guitar_began() {
        let mut lesson = EndlessLesson::new(Duration::from_secs(60));
        let progress = lesson.progress();
        let (mut onsets, mut last) = (Vec::new(), Duration::ZERO);
        loop {
            let read = lesson.read(Duration::ZERO).unwrap();
            let Capture::Chunk(chunk) = read else {
                if read == Capture::Ended { break } else { continue }
            };
            assert!(chunk.at >= last && chunk.samples.iter().all(|s| s.abs() <= 1.5));
            last = chunk.at;
            onsets.extend(progress.take_onset());
        }
        assert!(last.abs_diff(Duration::from_secs(60)) < Duration::from_secs(1));
        assert!((8..=20).contains(&onsets.len()), "{onsets:?}");
    }
}
