//! Drills over rendered strums: the real ears, in input time. The guitars are drawn; nothing here was
//! recorded.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use audio::AudioChunk;
use host::{GuitarTuning, Recipe};
use pipeline::ports::{AudioSource, Capture, Clock, Loudspeaker, PortError, Speech};
use pipeline::{Parts, Screen, Session, Step, Update};
use synth::{Dice, Hand, KarplusStrong, strum};
use theory::{Tuning, Voicing};
use tutor::course::DrillKind;
use tutor::course::song::own_songs;
use tutor::drill::{Drill, Exercise, Phase, Practice, Progress, Start};
use tutor::{Address, Command};

const RATE: u32 = 44_100;

struct Samples {
    samples: Vec<f32>,
    done: usize,
    piece: usize,
}

impl AudioSource for Samples {
    fn read(&mut self, _: Duration) -> Result<Capture, PortError> {
        let end = (self.done + self.piece).min(self.samples.len());
        if self.done == end {
            return Ok(Capture::Ended);
        }
        let at = Duration::from_secs_f64(self.done as f64 / f64::from(RATE));
        let samples = self.samples[self.done..end].to_vec();
        self.done = end;
        Ok(Capture::Chunk(AudioChunk { at, rate: RATE, samples }))
    }
}

/// Strums at seconds, each until the next; up where it says so.
fn played(strums: &[(f64, &str, bool)], seconds: f64) -> Vec<f32> {
    let guitar = KarplusStrong::new(RATE, 7);
    let mut dice = Dice::new(11);
    let mut out = vec![0f32; (seconds * f64::from(RATE)) as usize];
    let open = [40.0, 45.0, 50.0, 55.0, 59.0, 64.0];
    for (n, (at, voicing, up)) in strums.iter().enumerate() {
        let until = strums.get(n + 1).map_or(seconds, |next| next.0);
        let voicing: Voicing = voicing.parse().unwrap();
        let strings = synth::Fault::none(&voicing, &Tuning::STANDARD).strings;
        let hand = Hand { gap: 0.012, up: *up, uneven_db: 1.0, cents: 0.0, tuning: 1.0 };
        let length = (until - at) as f32;
        let sound = strum(&guitar, &strings, open, &hand, (0.0, length), &mut dice).samples;
        let from = (at * f64::from(RATE)) as usize;
        let count = sound.len();
        for (place, sample) in sound.into_iter().enumerate() {
            let fade = ((count - place) as f32 / 400.0).min(1.0);
            if let Some(slot) = out.get_mut(from + place) {
                *slot += 0.5 * fade * sample;
            }
        }
    }
    out
}

/// What a drill made of a sound: how it stood at last, and what is kept of it.
fn drilled(exercise: Exercise, samples: Vec<f32>, piece: usize) -> (Progress, Vec<Practice>) {
    let recipe = Recipe::listening(GuitarTuning::default()).drilling(exercise);
    let recipe = Recipe { witness: false, ..recipe };
    let mut tutor = recipe.tutor().unwrap();
    let (mut progress, mut practised) = (None, Vec::new());
    let mut source = Samples { samples, done: 0, piece };
    let on = &mut |step| match step {
        Step::Drilled(_, stands) => progress = Some(*stands),
        Step::Practised(all) => practised = all,
        _ => {}
    };
    recipe.rehearse(&mut source, &mut tutor, on).unwrap();
    (progress.unwrap(), practised)
}

fn exercise(kind: DrillKind, item: &str) -> Exercise {
    Exercise::new(kind, &item.parse().unwrap(), own_songs()).unwrap()
}

const EM: &str = "022000";
const AM: &str = "x02210";

#[test]
fn a_minute_of_changes_is_counted_wherever_the_input_is_cut() {
    let strums: Vec<(f64, &str, bool)> = (0..20u8)
        .map(|n| (0.5 + 1.5 * f64::from(n), [EM, AM][usize::from(n % 2)], false))
        .collect();
    let sound = played(&strums, 31.0);
    let changes = || exercise(DrillKind::Changes, "pair:E:min>A:min").lasting(30);
    let (stands, practised) = drilled(changes(), sound.clone(), 882);
    assert_eq!(stands.phase, Phase::Over);
    let counted = stands.changes.unwrap();
    assert!((17..=19).contains(&counted), "{counted} of 19");
    assert_eq!(practised.len(), 2);
    for piece in [4_410, 7_001] {
        assert_eq!(drilled(changes(), sound.clone(), piece), (stands.clone(), practised.clone()));
    }
}

#[test]
fn one_chord_over_and_over_is_no_change() {
    let strums: Vec<(f64, &str, bool)> =
        (0..10u8).map(|n| (0.5 + 1.5 * f64::from(n), EM, false)).collect();
    let changes = exercise(DrillKind::Changes, "pair:E:min>A:min").lasting(15);
    let (stands, _) = drilled(changes, played(&strums, 16.0), 882);
    assert_eq!((stands.phase, stands.changes), (Phase::Over, Some(0)));
}

/// D-D-D-D- at 80 from 1 s on; `late` seconds of each stroke.
fn quarters(bars: u8, late: impl Fn(u8) -> f64) -> Vec<f32> {
    let strums: Vec<(f64, &str, bool)> =
        (0..4 * bars).map(|n| (1.0 + 0.75 * f64::from(n) + late(n), EM, false)).collect();
    played(&strums, 2.0 + 3.0 * f64::from(bars))
}

#[test]
fn a_pattern_in_time_is_clean_wherever_the_input_is_cut() {
    let drill = || exercise(DrillKind::Pattern, "pattern:D-D-D-D-").at_tempo(80).of_bars(4);
    let sound = quarters(4, |_| 0.0);
    let (stands, practised) = drilled(drill(), sound.clone(), 882);
    assert_eq!((stands.phase, stands.clean, stands.tries), (Phase::Over, 4, 4));
    assert_eq!(practised.first().map(|it| it.tempo), Some(Some(80.0)));
    for piece in [4_410, 7_001] {
        assert_eq!(drilled(drill(), sound.clone(), piece), (stands.clone(), practised.clone()));
    }
}

#[test]
fn a_stroke_too_late_spoils_its_bar_alone() {
    let drill = exercise(DrillKind::Pattern, "pattern:D-D-D-D-").at_tempo(80).of_bars(4);
    let (stands, _) = drilled(drill, quarters(4, |n| if n == 6 { 0.2 } else { 0.0 }), 882);
    assert_eq!((stands.clean, stands.tries), (3, 4));
}

#[test]
fn a_first_song_is_played_to_its_end() {
    let strums: Vec<(f64, &str, bool)> =
        (0..8u8).map(|n| (1.0 + 3.0 * f64::from(n), EM, false)).collect();
    let song = exercise(DrillKind::Song, "song:boker-ehad/1").at_tempo(80);
    let (stands, practised) = drilled(song, played(&strums, 26.0), 882);
    assert_eq!((stands.phase, stands.goal.map(|goal| goal.passed)), (Phase::Over, Some(true)));
    let kept: Vec<String> = practised.iter().map(|it| it.item.to_string()).collect();
    assert_eq!(kept, ["song:boker-ehad/1"]);
}

/// Far beyond what any step takes; only a lesson that stands still reaches it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Time that moves with the sound alone.
#[derive(Default)]
struct SoundClock(Mutex<Duration>);

impl Clock for SoundClock {
    fn now(&self) -> Duration {
        *self.0.lock().unwrap()
    }
}

/// A microphone that hears nothing before the beat runs, then the sound, then nothing more.
struct Waiting {
    samples: Samples,
    runs: Option<Receiver<()>>,
    clock: Arc<SoundClock>,
}

impl AudioSource for Waiting {
    fn read(&mut self, wait: Duration) -> Result<Capture, PortError> {
        if let Some(runs) = self.runs.take() {
            runs.recv_timeout(PATIENCE).expect("the beat runs");
            return Ok(Capture::Idle);
        }
        let read = self.samples.read(wait)?;
        if let Capture::Chunk(chunk) = &read {
            let length = chunk.samples.len() as f64 / f64::from(chunk.rate);
            *self.clock.0.lock().unwrap() = chunk.at + Duration::from_secs_f64(length);
            return Ok(read);
        }
        std::thread::sleep(Duration::from_millis(5));
        Ok(Capture::Idle)
    }
}

/// Plays in no time and tells how many samples.
struct Quick(Sender<usize>);

impl Loudspeaker for Quick {
    fn play(&mut self, speech: &Speech, _: &dyn Fn() -> bool) -> Result<bool, PortError> {
        let _ = self.0.send(speech.samples.len());
        Ok(true)
    }
}

struct Watcher {
    updates: Sender<Update>,
    runs: Mutex<Option<Sender<()>>>,
}

impl Screen for Watcher {
    fn show(&self, update: Update) {
        if let Update::Drill(stands) = &update
            && stands.phase == Phase::CountIn
            && stands.beat.is_some()
            && let Some(runs) = self.runs.lock().unwrap().take()
        {
            let _ = runs.send(());
        }
        let _ = self.updates.send(update);
    }
}

/// A live lesson on four bars of D-D-D-D- at 80 over `samples`, the first click at 0 s.
fn live(samples: Vec<f32>) -> (Session, Receiver<Update>, Receiver<usize>) {
    let exercise = exercise(DrillKind::Pattern, "pattern:D-D-D-D-").at_tempo(80).of_bars(4);
    let recipe = Recipe::listening(GuitarTuning::default()).drilling(exercise.clone());
    let recipe = Recipe { witness: false, ..recipe };
    let target = recipe.asked.clone().unwrap().target;
    let ((clips, clicked), (sender, updates), (runs, running)) = (channel(), channel(), channel());
    let clock = Arc::new(SoundClock::default());
    let samples = Samples { samples, done: 0, piece: 882 };
    let source = Waiting { samples, runs: Some(running), clock: Arc::clone(&clock) };
    let session = Session::begin(Parts {
        source: Box::new(source),
        hears_itself: false,
        ear: recipe.ear_with(None),
        tutor: recipe.tutor().unwrap(),
        drill: Some(Drill::new(exercise, Start::CountIn, Tuning::STANDARD, Address::Neutral)),
        target: Box::new(move |_| target.clone()),
        voice: None,
        loudspeaker: Some(Box::new(Quick(clips))),
        clicks: true,
        model: None,
        screen: Arc::new(Watcher { updates: sender, runs: Mutex::new(Some(runs)) }),
        clock,
    })
    .unwrap();
    session.command(Command::Start);
    (session, updates, clicked)
}

/// How the drill stood and what was kept until `done`, which must come.
fn until(updates: &Receiver<Update>, done: impl Fn(&Progress) -> bool) -> Vec<Vec<Practice>> {
    let mut kept = Vec::new();
    loop {
        match updates.recv_timeout(PATIENCE).expect("the lesson stands still") {
            Update::Practised(practised) => kept.push(practised),
            Update::Drill(stands) if done(&stands) => return kept,
            _ => {}
        }
    }
}

/// The quarters after a count-in that begins at 0 s.
fn after_count_in(seconds: f64) -> Vec<f32> {
    let strums: Vec<(f64, &str, bool)> = (0..16u8)
        .map(|n| (3.0 + 0.75 * f64::from(n), EM, false))
        .filter(|strum| strum.0 < seconds)
        .collect();
    played(&strums, seconds)
}

#[test]
fn a_live_pattern_is_counted_from_its_clicks_and_kept_once() {
    let (session, updates, clicked) = live(after_count_in(19.0));
    assert_eq!(clicked.recv_timeout(PATIENCE).unwrap(), 20 * 36_000);
    let before = until(&updates, |stands| stands.phase == Phase::Over);
    assert!(before.is_empty(), "{before:?}");
    drop(session);
    let kept = updates.try_iter().filter_map(|update| match update {
        Update::Practised(practised) => Some(practised),
        _ => None,
    });
    let kept: Vec<Vec<Practice>> = kept.collect();
    assert_eq!(kept.len(), 1);
    let tally = kept[0][0].tally;
    assert_eq!((tally.attempts, tally.clean, kept[0][0].tempo), (4, 4, Some(80.0)));
}

#[test]
fn a_live_lesson_that_is_dropped_keeps_the_bars_that_were_heard() {
    // The fourth bar has begun; two are known to their end.
    let (session, updates, _clicked) = live(after_count_in(12.4));
    until(&updates, |stands| stands.tries == 2);
    drop(session);
    let rest: Vec<Update> = updates.try_iter().collect();
    let over = rest.iter().find_map(|update| match update {
        Update::Drill(stands) if stands.phase == Phase::Over => Some((stands.tries, stands.clean)),
        _ => None,
    });
    assert_eq!(over, Some((2, 2)));
    let kept = rest.iter().find_map(|update| match update {
        Update::Practised(practised) => Some((practised[0].tally.attempts, practised.len())),
        _ => None,
    });
    assert_eq!(kept, Some((2, 1)));
}
