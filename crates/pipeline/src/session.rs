//! A live lesson: the threads `listen`, `tutor`, `think` and `speak`, and the queues between them.
//!
//! The tutor thread alone owns the lesson; every other thread sends it observations. Nothing here
//! decides what is said.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use audio::{Envelope, Heard, Onset, Strum, Target};
use theory::Chord;
use tutor::{Action, Command, EngineKind, Feedback, LessonEvent, Observation, Trouble, Tutor};

use crate::manners::Manners;
use crate::ports::{AudioSource, Capture, Clock, LanguageModel, Loudspeaker, PortError, Voice};
use crate::speech::{SpeechQueue, Spoke, speak};
use crate::thought::{PATIENCE, choose_wording};
use crate::{Ear, Sensed};

/// Observations to the tutor. Overflow: the sender waits; the tutor's step takes milliseconds.
const INBOX: usize = 256;
/// Questions to the model. Overflow: the question is dropped, the template speaks.
const QUESTIONS: usize = 1;
const TICK: Duration = Duration::from_millis(100);
const READ_WAIT: Duration = Duration::from_millis(100);

/// Everything a lesson is made of.
pub struct Parts {
    /// The microphone, or a recording at its own pace.
    pub source: Box<dyn AudioSource>,
    /// The ears.
    pub ear: Ear,
    /// The teacher.
    pub tutor: Tutor,
    /// What to aim at for a chord.
    pub target: Box<dyn Fn(Chord) -> Target + Send>,
    /// A voice and where to hear it; without them captions stand alone.
    pub voice: Option<(Box<dyn Voice>, Box<dyn Loudspeaker>)>,
    /// A language model; without it the templates speak.
    pub model: Option<Box<dyn LanguageModel>>,
    /// Who watches.
    pub screen: Arc<dyn Screen>,
    /// Session time; the source must stamp with the same.
    pub clock: Arc<dyn Clock>,
}

/// Who watches a lesson. Called from several threads; must not block.
pub trait Screen: Send + Sync {
    /// Something to show.
    fn show(&self, update: Update);
}

/// Something to show.
#[derive(Debug, Clone, PartialEq)]
pub enum Update {
    /// Where the lesson stands.
    Status(Status),
    /// Levels, about 20 a second.
    Envelope(Envelope),
    /// Sound began.
    Onset(Onset),
    /// A strum was judged.
    Strum(Strum),
    /// What was concluded from it.
    Event(LessonEvent),
    /// The teacher's two sentences.
    Feedback(Feedback),
    /// Something stands in the way, with what the teacher says of it.
    Trouble(Trouble, Feedback),
    /// Nothing stands in the way any more.
    TroubleOver,
    /// The voice began (true) or ended.
    Speaking(bool),
    /// Another chord is asked.
    Aim(Chord),
}

/// Where a lesson stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Waiting for the first sound from the device.
    Connecting,
    /// Sound arrives.
    Listening,
    /// The recording ended.
    Finished,
}

enum Message {
    Observed(Observation),
    Phrased { epoch: u64, choice: Option<usize> },
}

struct Question {
    epoch: u64,
    wordings: Vec<Feedback>,
}

/// A running lesson. Dropping it ends it.
pub struct Session {
    inbox: SyncSender<Message>,
    clock: Arc<dyn Clock>,
    stop: Arc<AtomicBool>,
    speech: Arc<SpeechQueue>,
    threads: Vec<JoinHandle<()>>,
}

impl Session {
    /// Starts the threads.
    ///
    /// # Errors
    /// The operating system gives no more threads.
    pub fn begin(parts: Parts) -> std::io::Result<Self> {
        let Parts { source, ear, tutor, target, voice, model, screen, clock } = parts;
        let (inbox, messages) = sync_channel(INBOX);
        let (aims, aimed) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let speech = Arc::new(SpeechQueue::default());
        let manners = Arc::new(Mutex::new(Manners::default()));
        let mut threads = Vec::new();

        let listen = Listen {
            source,
            ear,
            aimed,
            inbox: inbox.clone(),
            screen: Arc::clone(&screen),
            manners: Arc::clone(&manners),
            clock: Arc::clone(&clock),
            stop: Arc::clone(&stop),
        };
        threads.push(spawn("listen", move || listen.run())?);

        let think = match model {
            Some(model) => {
                let (questions, asked) = sync_channel(QUESTIONS);
                let newest = Arc::new(std::sync::atomic::AtomicU64::new(0));
                let think = Think {
                    model,
                    asked,
                    newest: Arc::clone(&newest),
                    inbox: inbox.clone(),
                    clock: Arc::clone(&clock),
                };
                threads.push(spawn("think", move || think.run())?);
                Some((questions, newest))
            }
            None => None,
        };

        if let Some((voice, loudspeaker)) = voice {
            let mouth = Mouth {
                queue: Arc::clone(&speech),
                manners: Arc::clone(&manners),
                clock: Arc::clone(&clock),
                inbox: inbox.clone(),
                screen: Arc::clone(&screen),
            };
            threads.push(spawn("speak", move || mouth.run(voice, loudspeaker))?);
        }

        let teach = Teach {
            tutor,
            messages,
            aims,
            target,
            think,
            screen,
            speech: Arc::clone(&speech),
            clock: Arc::clone(&clock),
            stop: Arc::clone(&stop),
            epoch: 0,
            pending: None,
        };
        threads.push(spawn("tutor", move || teach.run())?);
        Ok(Self { inbox, clock, stop, speech, threads })
    }

    /// The student asks for something.
    pub fn command(&self, command: Command) {
        let observation = Observation::Command { at: self.clock.now(), command };
        // A closed inbox means the lesson has ended; there is nobody left to ask.
        let _ = self.inbox.send(Message::Observed(observation));
    }

    /// Something outside the session stands in the way.
    pub fn report(&self, trouble: Trouble) {
        let observation = Observation::Trouble { at: self.clock.now(), trouble };
        let _ = self.inbox.send(Message::Observed(observation));
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.speech.close();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> std::io::Result<JoinHandle<()>> {
    Builder::new().name(name.to_owned()).spawn(body)
}

fn locked(manners: &Mutex<Manners>) -> MutexGuard<'_, Manners> {
    manners.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Listen {
    source: Box<dyn AudioSource>,
    ear: Ear,
    aimed: Receiver<Target>,
    inbox: SyncSender<Message>,
    screen: Arc<dyn Screen>,
    manners: Arc<Mutex<Manners>>,
    clock: Arc<dyn Clock>,
    stop: Arc<AtomicBool>,
}

#[derive(Clone, Copy, PartialEq)]
enum Device {
    Unknown,
    Present,
    Away,
}

impl Listen {
    fn run(mut self) {
        let mut device = Device::Unknown;
        self.screen.show(Update::Status(Status::Connecting));
        while !self.stop.load(Ordering::Acquire) {
            while let Ok(target) = self.aimed.try_recv() {
                self.ear.aim(Some(target));
            }
            match self.source.read(READ_WAIT) {
                Ok(Capture::Chunk(chunk)) => {
                    if device != Device::Present {
                        self.device_came(device);
                        device = Device::Present;
                    }
                    let sensed = self.ear.hear(&chunk);
                    self.pass_on(sensed);
                }
                Ok(Capture::Idle) => {}
                Ok(Capture::Ended) => {
                    let sensed = self.ear.finish();
                    self.pass_on(sensed);
                    self.screen.show(Update::Status(Status::Finished));
                    return;
                }
                Err(error) => {
                    if device != Device::Away {
                        tracing::warn!(%error, "no sound");
                        self.device_left(device);
                        device = Device::Away;
                    }
                    if matches!(error, PortError::Damaged { .. }) {
                        self.screen.show(Update::Status(Status::Finished));
                        return;
                    }
                }
            }
        }
    }

    fn device_came(&self, before: Device) {
        self.screen.show(Update::Status(Status::Listening));
        if before == Device::Away {
            self.tell(Trouble::MicrophoneBack);
        }
    }

    fn device_left(&self, before: Device) {
        self.tell(match before {
            Device::Present => Trouble::MicrophoneLost,
            _ => Trouble::MicrophoneMissing,
        });
    }

    fn tell(&self, trouble: Trouble) {
        let observation = Observation::Trouble { at: self.clock.now(), trouble };
        let _ = self.inbox.send(Message::Observed(observation));
    }

    fn pass_on(&mut self, sensed: Vec<Sensed>) {
        for it in sensed {
            match &it {
                Sensed::Heard(Heard::Envelope(envelope)) => {
                    locked(&self.manners).level(envelope.level, envelope.at);
                    self.screen.show(Update::Envelope(*envelope));
                }
                Sensed::Heard(Heard::Onset(onset)) => {
                    if !locked(&self.manners).onset(onset.at) {
                        continue;
                    }
                    self.screen.show(Update::Onset(*onset));
                }
                // What the loudspeaker said is not what the student played.
                Sensed::Heard(Heard::Strum(strum)) if locked(&self.manners).is_echo(strum.at) => {
                    continue;
                }
                Sensed::Heard(Heard::Note(note)) if locked(&self.manners).is_echo(note.onset) => {
                    continue;
                }
                _ => {}
            }
            if let Some(observation) = it.observation(self.ear.now()) {
                let _ = self.inbox.send(Message::Observed(observation));
            }
        }
    }
}

struct Think {
    model: Box<dyn LanguageModel>,
    asked: Receiver<Question>,
    newest: Arc<std::sync::atomic::AtomicU64>,
    inbox: SyncSender<Message>,
    clock: Arc<dyn Clock>,
}

impl Think {
    fn run(mut self) {
        let engine = EngineKind::Language;
        let mut down = false;
        while let Ok(Question { epoch, wordings }) = self.asked.recv() {
            let go_on = || self.newest.load(Ordering::Acquire) == epoch;
            let chosen = choose_wording(self.model.as_mut(), &wordings, &go_on);
            let at = self.clock.now();
            let trouble = match &chosen {
                Err(PortError::Refused { .. } | PortError::Restarting { .. }) => None,
                Err(error) if !down => {
                    tracing::warn!(%error, "language model is silent");
                    down = true;
                    Some(Trouble::EngineDown { engine, missing: error.is_for_good() })
                }
                Ok(_) if down => {
                    down = false;
                    Some(Trouble::EngineBack { engine })
                }
                _ => None,
            };
            if self.inbox.send(Message::Phrased { epoch, choice: chosen.ok() }).is_err() {
                return;
            }
            if let Some(trouble) = trouble {
                let _ = self.inbox.send(Message::Observed(Observation::Trouble { at, trouble }));
            }
        }
    }
}

struct Mouth {
    queue: Arc<SpeechQueue>,
    manners: Arc<Mutex<Manners>>,
    clock: Arc<dyn Clock>,
    inbox: SyncSender<Message>,
    screen: Arc<dyn Screen>,
}

impl Mouth {
    fn run(self, mut voice: Box<dyn Voice>, mut loudspeaker: Box<dyn Loudspeaker>) {
        let mut down = false;
        let mut told = |spoke: Spoke| {
            let at = self.clock.now();
            let observation = match spoke {
                Spoke::Began => return self.screen.show(Update::Speaking(true)),
                Spoke::Ended { whole } => {
                    self.screen.show(Update::Speaking(false));
                    Observation::Spoken { at, whole }
                }
                Spoke::Failed(error) => {
                    tracing::warn!(%error, "voice is silent");
                    if std::mem::replace(&mut down, true) {
                        return;
                    }
                    let missing = error.is_for_good();
                    let engine = EngineKind::Voice;
                    let trouble = Trouble::EngineDown { engine, missing };
                    Observation::Trouble { at, trouble }
                }
            };
            // Never waits: the tutor may be waiting for this thread to close.
            let _ = self.inbox.try_send(Message::Observed(observation));
        };
        speak(
            &self.queue,
            &self.manners,
            &self.clock,
            voice.as_mut(),
            loudspeaker.as_mut(),
            &mut told,
        );
    }
}

struct Pending {
    epoch: u64,
    until: Duration,
    wordings: Vec<Feedback>,
    template: Feedback,
}

struct Teach {
    tutor: Tutor,
    messages: Receiver<Message>,
    aims: Sender<Target>,
    target: Box<dyn Fn(Chord) -> Target + Send>,
    think: Option<(SyncSender<Question>, Arc<std::sync::atomic::AtomicU64>)>,
    screen: Arc<dyn Screen>,
    speech: Arc<SpeechQueue>,
    clock: Arc<dyn Clock>,
    stop: Arc<AtomicBool>,
    epoch: u64,
    pending: Option<Pending>,
}

impl Teach {
    fn run(mut self) {
        while !self.stop.load(Ordering::Acquire) {
            match self.messages.recv_timeout(TICK) {
                Ok(Message::Observed(observation)) => self.observe(&observation),
                Ok(Message::Phrased { epoch, choice }) => self.phrased(epoch, choice),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            let now = self.clock.now();
            if self.pending.as_ref().is_some_and(|p| now >= p.until) {
                self.phrased(self.epoch, None);
            }
            for action in self.tutor.poll(now) {
                self.act(action, None);
            }
        }
        if let Some((_, newest)) = &self.think {
            // Cancels what the model is still writing.
            newest.store(u64::MAX, Ordering::Release);
        }
    }

    fn observe(&mut self, observation: &Observation) {
        let trouble = match observation {
            Observation::Trouble { trouble, .. } => Some(trouble.clone()),
            _ => None,
        };
        if let Observation::Strum(strum) = observation {
            self.screen.show(Update::Strum(strum.clone()));
        }
        let actions = self.tutor.handle(observation, observation.at());
        // One trouble may end while another stands.
        if trouble.as_ref().is_some_and(Trouble::is_over) && self.tutor.hears() {
            self.screen.show(Update::TroubleOver);
        }
        for action in actions {
            self.act(action, trouble.as_ref());
        }
    }

    fn act(&mut self, action: Action, trouble: Option<&Trouble>) {
        match action {
            Action::Conclude(event) => self.screen.show(Update::Event(event)),
            Action::Show(feedback) => self.show(feedback, trouble),
            Action::Say(feedback) if trouble.is_some() => {
                self.show(feedback.clone(), trouble);
                self.speech.say(feedback);
            }
            Action::Say(feedback) => self.say(feedback),
            Action::Hush => {
                self.pending = None;
                self.speech.hush();
            }
            Action::Aim { chord } => {
                self.screen.show(Update::Aim(chord));
                let _ = self.aims.send((self.target)(chord));
            }
        }
    }

    fn show(&self, feedback: Feedback, trouble: Option<&Trouble>) {
        self.screen.show(match trouble {
            Some(trouble) => Update::Trouble(trouble.clone(), feedback),
            None => Update::Feedback(feedback),
        });
    }

    /// Shows and says a sentence, in the wording the model prefers if it answers in time.
    fn say(&mut self, feedback: Feedback) {
        self.epoch += 1;
        let wordings = self.wordings(&feedback);
        let asked = wordings.len() > 1
            && self.think.as_ref().is_some_and(|(questions, newest)| {
                newest.store(self.epoch, Ordering::Release);
                let question = Question { epoch: self.epoch, wordings: wordings.clone() };
                questions.try_send(question).is_ok()
            });
        if asked {
            let until = self.clock.now() + PATIENCE;
            self.pending = Some(Pending { epoch: self.epoch, until, wordings, template: feedback });
        } else {
            self.pending = None;
            self.deliver(feedback);
        }
    }

    fn wordings(&self, feedback: &Feedback) -> Vec<Feedback> {
        if self.think.is_none() {
            return Vec::new();
        }
        let same = |other: &Feedback| other.tip_id == feedback.tip_id;
        self.tutor.alternatives(self.clock.now()).into_iter().filter(same).collect()
    }

    fn phrased(&mut self, epoch: u64, choice: Option<usize>) {
        let Some(pending) = self.pending.take_if(|p| p.epoch == epoch) else { return };
        let chosen = choice.and_then(|index| pending.wordings.into_iter().nth(index));
        let feedback = match chosen {
            Some(wording) => Feedback { expires: pending.template.expires, ..wording },
            None => pending.template,
        };
        self.deliver(feedback);
    }

    fn deliver(&self, feedback: Feedback) {
        self.screen.show(Update::Feedback(feedback.clone()));
        self.speech.say(feedback);
    }
}
