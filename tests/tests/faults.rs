//! A lesson under faults, at the level of the ports: the microphone is taken away and comes back,
//! the model crashes or hangs, the voice is missing. Each is said in Hebrew, and the lesson goes
//! on where it was.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use audio::AudioChunk;
use engines::recording::Recording;
use host::Recipe;
use pipeline::ports::{
    AudioSource, Capture, Clock, Generation, LanguageModel, Loudspeaker, PortError, Speech, Voice,
};
use pipeline::{Parts, Screen, Session, Status, Update, Wording};
use tutor::{Phrase, Trouble};

/// Far beyond what any step takes; only a lesson that stands still reaches it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Time that the source moves on as it hands over sound.
#[derive(Default)]
struct InputClock(Mutex<Duration>);

impl Clock for InputClock {
    fn now(&self) -> Duration {
        *self.0.lock().unwrap()
    }
}

enum Scene {
    Sound(AudioChunk),
    Gone,
    /// No sound before something has happened.
    Until(Receiver<()>),
    /// The end, broken or not.
    End(Option<PortError>),
}

struct Scripted {
    scenes: VecDeque<Scene>,
    clock: Arc<InputClock>,
}

impl AudioSource for Scripted {
    fn read(&mut self, _wait: Duration) -> Result<Capture, PortError> {
        match self.scenes.pop_front() {
            Some(Scene::Sound(chunk)) => {
                let length = chunk.samples.len() as f64 / f64::from(chunk.rate);
                *self.clock.0.lock().unwrap() = chunk.at + Duration::from_secs_f64(length);
                Ok(Capture::Chunk(chunk))
            }
            Some(Scene::Gone) => Err(PortError::Missing { what: "microphone".to_owned() }),
            Some(Scene::Until(happened)) => {
                happened.recv_timeout(PATIENCE).expect("what is waited for");
                Ok(Capture::Idle)
            }
            Some(Scene::End(error)) => error.map_or(Ok(Capture::Ended), Err),
            None => {
                // Silence, at a hundred times the pace of life.
                std::thread::sleep(Duration::from_millis(1));
                *self.clock.0.lock().unwrap() += Duration::from_millis(100);
                Ok(Capture::Idle)
            }
        }
    }
}

struct Watcher(Sender<Update>);

impl Screen for Watcher {
    fn show(&self, update: Update) {
        let _ = self.0.send(update);
    }
}

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/em-third-string-dead.wav")
}

fn chunks() -> Vec<AudioChunk> {
    let mut recording = Recording::open(&demo()).unwrap();
    let mut chunks = Vec::new();
    while let Capture::Chunk(chunk) = recording.read(Duration::ZERO).unwrap() {
        chunks.push(chunk);
    }
    chunks
}

fn begin(
    scenes: impl IntoIterator<Item = Scene>,
    model: Option<Box<dyn LanguageModel>>,
    voice: Option<(Box<dyn Voice>, Box<dyn Loudspeaker>)>,
) -> (Session, Receiver<Update>) {
    let clock = Arc::new(InputClock::default());
    let source = Scripted { scenes: scenes.into_iter().collect(), clock: Arc::clone(&clock) };
    begin_by(clock, source, model, voice)
}

fn begin_by(
    clock: Arc<dyn Clock>,
    source: Scripted,
    model: Option<Box<dyn LanguageModel>>,
    voice: Option<(Box<dyn Voice>, Box<dyn Loudspeaker>)>,
) -> (Session, Receiver<Update>) {
    let (sender, updates) = channel();
    let recipe = Recipe::practising("Em".parse().unwrap(), host::GuitarTuning::default());
    let target = recipe.asked.clone().unwrap().target;
    let session = Session::begin(Parts {
        source: Box::new(source),
        hears_itself: true,
        ear: recipe.ear_with(None),
        tutor: recipe.tutor().unwrap(),
        drill: None,
        target: Box::new(move |_| target.clone()),
        voice,
        loudspeaker: None,
        clicks: false,
        model,
        screen: Arc::new(Watcher(sender)),
        clock,
    })
    .unwrap();
    (session, updates)
}

/// What an update shows to be read.
fn tip(update: &Update) -> Option<&str> {
    match update {
        Update::Feedback(feedback, _) | Update::Trouble(_, feedback) => Some(&feedback.tip_id.0),
        _ => None,
    }
}

/// Everything shown until `done`, which must come.
fn shown_until(updates: &Receiver<Update>, mut done: impl FnMut(&Update) -> bool) -> Vec<Update> {
    let mut shown = Vec::new();
    loop {
        let update = updates.recv_timeout(PATIENCE);
        let Ok(update) = update else {
            let tips: Vec<_> = shown.iter().filter_map(tip).collect();
            panic!("the lesson stands still after {tips:?}")
        };
        let last = done(&update);
        shown.push(update);
        if last {
            return shown;
        }
    }
}

fn hebrew(text: &str) -> bool {
    text.chars().any(|c| ('א'..='ת').contains(&c))
}

#[test]
fn a_lost_microphone_is_said_and_the_lesson_goes_on() {
    let chunks = chunks();
    let middle = chunks.len() / 2;
    let mut scenes: Vec<Scene> = Vec::new();
    for (index, chunk) in chunks.into_iter().enumerate() {
        if index == middle {
            scenes.extend([Scene::Gone, Scene::Gone, Scene::Gone]);
        }
        scenes.push(Scene::Sound(chunk));
    }
    let (_session, updates) = begin(scenes, None, None);
    let shown = shown_until(&updates, |u| matches!(u, Update::TroubleOver));
    let strums = shown.iter().filter(|u| matches!(u, Update::Strum(_))).count();
    assert!(strums > 0, "a strum before the microphone went");
    let lost: Vec<_> = shown
        .iter()
        .filter_map(|u| match u {
            Update::Trouble(Trouble::MicrophoneLost, feedback) => Some(feedback),
            _ => None,
        })
        .collect();
    assert_eq!(lost.len(), 1, "said once");
    assert!(hebrew(&lost[0].diagnosis.display) && hebrew(&lost[0].tip.display));
    // The same chord, still counted: the strums after the gap are judged against it.
    let after = shown_until(&updates, |u| matches!(u, Update::Event(_)));
    let Some(Update::Event(event)) = after.last() else { panic!("no event") };
    assert_eq!(event.target.to_string(), "E:min");
}

#[test]
fn no_microphone_is_said_with_the_way_out() {
    let scenes = std::iter::repeat_with(|| Scene::Gone).take(3);
    let (_session, updates) = begin(scenes, None, None);
    let shown = shown_until(&updates, |u| matches!(u, Update::Trouble(..)));
    let Some(Update::Trouble(trouble, feedback)) = shown.last() else { panic!("no trouble") };
    assert_eq!(*trouble, Trouble::MicrophoneMissing);
    assert!(feedback.display().contains("מיקרופון"));
}

/// A model that fails in one way.
struct Failing(PortError);

impl LanguageModel for Failing {
    fn id(&self) -> &str {
        "failing"
    }
    fn generate(
        &mut self,
        _: &Generation,
        _: &mut dyn FnMut(&str) -> bool,
    ) -> Result<String, PortError> {
        Err(self.0.clone())
    }
}

/// A model that writes for ever, until it is told that nobody waits any more.
struct Endless(Sender<()>);

impl LanguageModel for Endless {
    fn id(&self) -> &str {
        "endless"
    }
    fn generate(
        &mut self,
        _: &Generation,
        on_piece: &mut dyn FnMut(&str) -> bool,
    ) -> Result<String, PortError> {
        while on_piece("") {
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.0.send(());
        Ok(String::new())
    }
}

fn whole_demo() -> impl Iterator<Item = Scene> {
    chunks().into_iter().map(Scene::Sound)
}

#[test]
fn a_crashed_model_costs_nothing_but_its_wording() {
    let crashed = PortError::Crashed { what: "model".to_owned(), why: "signal 9".to_owned() };
    let (_session, updates) = begin(whole_demo(), Some(Box::new(Failing(crashed))), None);
    // The notice waits for a rest; the lesson does not.
    let mut tips = Vec::new();
    shown_until(&updates, |update| {
        if let Update::Feedback(feedback, source) = update {
            assert_eq!(*source, Wording::Template);
            assert!(hebrew(&feedback.display()));
            tips.push(feedback.tip_id.0.clone());
        }
        tips.iter().any(|tip| tip == "A06") && tips.iter().any(|tip| tip == "L05")
    });
}

#[test]
fn an_endless_model_is_overtaken_by_the_template() {
    let (cancelled, was_cancelled) = channel();
    let (session, updates) = begin(whole_demo(), Some(Box::new(Endless(cancelled))), None);
    // The first fault is only shown; what is said waits for the model, and not for long.
    let mut feedback = 0;
    shown_until(&updates, |update| {
        feedback += usize::from(matches!(update, Update::Feedback(..)));
        feedback == 2
    });
    drop(session);
    assert!(was_cancelled.recv_timeout(PATIENCE).is_ok(), "the model was told to stop");
}

/// A model that likes the last wording best.
struct Picky;

impl LanguageModel for Picky {
    fn id(&self) -> &str {
        "picky"
    }
    fn generate(
        &mut self,
        request: &Generation,
        _: &mut dyn FnMut(&str) -> bool,
    ) -> Result<String, PortError> {
        let mut wordings = request.prompt.lines().filter_map(|line| line.strip_prefix("- "));
        Ok(wordings.next_back().unwrap().to_owned())
    }
}

/// Time that stands still: no answer comes too late.
struct Frozen;

impl Clock for Frozen {
    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

#[test]
fn words_that_a_model_chose_are_told_as_its_own() {
    // Without the third strum, which would hush what is said of the second.
    let two = whole_demo()
        .filter(|scene| matches!(scene, Scene::Sound(chunk) if chunk.at < Duration::from_secs(5)));
    let source = Scripted { scenes: two.collect(), clock: Arc::default() };
    let (_session, updates) = begin_by(Arc::new(Frozen), source, Some(Box::new(Picky)), None);
    let mut sources = Vec::new();
    let shown = shown_until(&updates, |update| {
        if let Update::Feedback(_, source) = update {
            sources.push(source.id().to_owned());
        }
        sources.len() == 2
    });
    assert_eq!(sources, ["template", "picky"], "the first fault is only shown");
    let Some(Update::Feedback(feedback, _)) = shown.last() else { panic!("no feedback") };
    assert!(hebrew(&feedback.display()));
}

struct Mute;

impl Voice for Mute {
    fn id(&self) -> &str {
        "mute"
    }
    fn render(&mut self, _: &Phrase) -> Result<Speech, PortError> {
        Err(PortError::Missing { what: "voice".to_owned() })
    }
}

struct Nowhere;

impl Loudspeaker for Nowhere {
    fn play(&mut self, _: &Speech, _: &dyn Fn() -> bool) -> Result<bool, PortError> {
        Ok(true)
    }
}

#[test]
fn without_a_voice_captions_stand_alone() {
    let voice: (Box<dyn Voice>, Box<dyn Loudspeaker>) = (Box::new(Mute), Box::new(Nowhere));
    let (_session, updates) = begin(whole_demo(), None, Some(voice));
    // The notice is shown at once where it is quiet, else when it is.
    let mut missing = vec!["A08", "L05"];
    shown_until(&updates, |update| {
        missing.retain(|id| tip(update) != Some(*id));
        missing.is_empty()
    });
}

/// A voice of one second.
struct Hum;

impl Voice for Hum {
    fn id(&self) -> &str {
        "hum"
    }
    fn render(&mut self, _: &Phrase) -> Result<Speech, PortError> {
        Ok(Speech { voice: "hum".to_owned(), rate: 8_000, samples: vec![0.1; 8_000] })
    }
}

/// A loudspeaker that tells when it begins, and sounds until it is stopped.
struct Stubborn {
    begun: Sender<()>,
    heard_out: Sender<bool>,
}

impl Loudspeaker for Stubborn {
    fn play(&mut self, _: &Speech, stop: &dyn Fn() -> bool) -> Result<bool, PortError> {
        let _ = self.begun.send(());
        let began = std::time::Instant::now();
        while !stop() && began.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(1));
        }
        let stopped = began.elapsed() < PATIENCE;
        let _ = self.heard_out.send(!stopped);
        Ok(!stopped)
    }
}

#[test]
fn a_strum_while_the_teacher_speaks_stops_the_voice_and_is_judged() {
    let (begun, speaks) = channel();
    let (heard_out, ended) = channel();
    // The second strum is said after a rest; the third comes while that is spoken.
    let third = Duration::from_secs_f64(5.5);
    let mut scenes: Vec<Scene> = Vec::new();
    let mut speaks = Some(speaks);
    for chunk in chunks() {
        if chunk.at >= third
            && let Some(speaks) = speaks.take()
        {
            scenes.push(Scene::Until(speaks));
        }
        scenes.push(Scene::Sound(chunk));
    }
    let voice: (Box<dyn Voice>, Box<dyn Loudspeaker>) =
        (Box::new(Hum), Box::new(Stubborn { begun, heard_out }));
    let (_session, updates) = begin(scenes, None, Some(voice));
    let mut strums = 0;
    shown_until(&updates, |update| {
        strums += usize::from(matches!(update, Update::Strum(_)));
        strums == 3
    });
    assert_eq!(ended.recv_timeout(PATIENCE), Ok(false), "the voice was stopped");
}

#[test]
fn a_recording_is_over_after_its_last_sentence() {
    let (_session, updates) = begin(whole_demo().chain([Scene::End(None)]), None, None);
    let shown = shown_until(&updates, |u| matches!(u, Update::Status(Status::Finished)));
    let feedback = shown.iter().filter(|u| matches!(u, Update::Feedback(..))).count();
    assert_eq!(feedback, 3, "one for each strum");
}

#[test]
fn a_recording_that_breaks_off_is_no_lost_microphone() {
    let broken = PortError::Damaged { what: "strum.wav".to_owned(), why: "cut".to_owned() };
    let scenes = whole_demo().take(40).chain([Scene::End(Some(broken.clone()))]);
    let (_session, updates) = begin(scenes, None, None);
    let shown = shown_until(&updates, |u| matches!(u, Update::Status(Status::Finished)));
    assert!(shown.contains(&Update::Broken(broken)));
    assert!(!shown.iter().any(|u| matches!(u, Update::Trouble(..))));
}
