//! A live lesson: the threads `listen`, `tutor`, `think` and `speak`, and the queues between them.
//!
//! The tutor thread alone owns the lesson; every other thread sends it observations. Nothing here
//! decides what is said.

mod drilling;
mod hears;
mod mouth;
mod teach;
mod think;
mod update;

use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use audio::{Followed, StrokeWatch, Target};
use theory::Chord;
use tutor::drill::Drill;
use tutor::{Command, Observation, Trouble, Tutor};

pub use update::{Screen, Status, Update, Wording};

use crate::Ear;
use crate::listening::listen;
use crate::manners::Manners;
use crate::ports::{AudioSource, Clock, LanguageModel, Loudspeaker, PortError, Speech, Voice};
use crate::speech::SpeechQueue;
use crate::threads::Threads;
use drilling::Drilling;
use hears::{Beat, Listen, Reference, Strokes};
use mouth::Mouth;
use teach::Teach;
use think::{Think, Thinking};

/// Observations to the tutor. Overflow: the sender waits; the tutor's step takes milliseconds.
const INBOX: usize = 256;
/// Questions to the model. Overflow: the question is dropped, the template speaks.
const QUESTIONS: usize = 1;

/// Everything a lesson is made of.
pub struct Parts {
    /// The microphone, or a recording at its own pace.
    pub source: Box<dyn AudioSource>,
    /// Whether the source hears the loudspeaker (a microphone does, a recording does not).
    pub hears_itself: bool,
    /// The ears.
    pub ear: Ear,
    /// The teacher.
    pub tutor: Tutor,
    /// What is drilled; none for a lesson on a chord.
    pub drill: Option<Drill>,
    /// What to aim at for a chord.
    pub target: Box<dyn Fn(Chord) -> Target + Send>,
    /// A voice and where to hear it; without them captions stand alone.
    pub voice: Option<(Box<dyn Voice>, Box<dyn Loudspeaker>)>,
    /// Where what was played again and clicks are heard, if there is no voice.
    pub loudspeaker: Option<Box<dyn Loudspeaker>>,
    /// Whether the clicks of a drill are heard; the beat is shown anyway.
    pub clicks: bool,
    /// A language model; without it the templates speak.
    pub model: Option<Box<dyn LanguageModel>>,
    /// Who watches.
    pub screen: Arc<dyn Screen>,
    /// Session time; the source must stamp with the same.
    pub clock: Arc<dyn Clock>,
}

/// What the other threads tell the tutor thread.
enum Message {
    Observed(Observation),
    Phrased {
        epoch: u64,
        choice: Option<usize>,
    },
    /// The strokes of a window.
    Followed(Followed),
    /// The clicks of this round began; they are heard later by what [`Message::Late`] tells.
    Clicked(u32, Duration),
    Late(Duration),
    /// No more sound will come; an error where it should have.
    Ended(Option<PortError>),
}

/// A running lesson. Dropping it ends it.
pub struct Session {
    inbox: SyncSender<Message>,
    clock: Arc<dyn Clock>,
    /// Where there is a loudspeaker.
    speech: Option<Arc<SpeechQueue>>,
    // Joined when dropped; also when a later thread could not be started.
    _threads: Threads,
}

impl Session {
    /// Starts the threads.
    ///
    /// # Errors
    /// The operating system gives no more threads.
    pub fn begin(parts: Parts) -> std::io::Result<Self> {
        let Parts { source, hears_itself, ear, tutor, drill, target, .. } = parts;
        let Parts { voice, loudspeaker, clicks, model, screen, clock, .. } = parts;
        let aloud = voice.is_some();
        let sounding = match (voice, loudspeaker) {
            (Some((voice, loudspeaker)), _) => Some((Some(voice), loudspeaker)),
            (None, loudspeaker) => loudspeaker.map(|loudspeaker| (None, loudspeaker)),
        };
        let sounds = sounding.is_some();
        let (inbox, messages) = sync_channel(INBOX);
        let (wants, wanted) = channel();
        let (played, plays) = channel();
        let mut threads = Threads::default();
        let (stop, speech) = (Arc::clone(&threads.stop), Arc::clone(&threads.speech));
        let manners = Arc::new(Mutex::new(Manners::new(hears_itself)));
        let clicked = (clicks && sounds).then(|| Arc::clone(&speech));
        let beat = drill.is_some().then(|| threads.beat(inbox.clone())).transpose()?;

        threads.spawn("listen", {
            let inbox = inbox.clone();
            let (screen, manners) = (Arc::clone(&screen), Arc::clone(&manners));
            let (clock, stop) = (Arc::clone(&clock), Arc::clone(&stop));
            let reference = hears_itself.then(|| Reference::new(plays));
            let mut listening =
                Listen { source, reference, beat, ear, wanted, inbox, screen, manners, clock };
            move || {
                listening.screen.show(Update::Status(Status::Connecting));
                listen(&mut listening, &stop);
            }
        })?;
        let thinking = match model {
            Some(model) => Some(threads.think(model, inbox.clone(), Arc::clone(&clock))?),
            None => None,
        };
        if let Some((voice, loudspeaker)) = sounding {
            let queue = Arc::clone(&speech);
            let (clock, inbox, screen) = (Arc::clone(&clock), inbox.clone(), Arc::clone(&screen));
            let mouth = Mouth { queue, manners, clock, inbox, screen, played };
            threads.spawn("speak", move || mouth.run(voice, loudspeaker))?;
        }
        threads.spawn("tutor", {
            let speech = aloud.then(|| Arc::clone(&speech));
            let clock = Arc::clone(&clock);
            let drilling = Drilling { drill, wants, target, clicked };
            let teach = Teach::new(tutor, drilling, thinking, screen, speech, clock);
            move || teach.run(&messages, &stop)
        })?;
        let speech = sounds.then_some(speech);
        Ok(Self { inbox, clock, speech, _threads: threads })
    }

    /// The student asks for something.
    pub fn command(&self, command: Command) {
        self.tell(Observation::Command { at: self.clock.now(), command });
    }

    /// Plays this through the session's loudspeaker, in the place of whatever it says, until its end
    /// or until the student plays. Whether there is a loudspeaker.
    pub fn play(&self, sound: Speech) -> bool {
        self.speech.as_ref().inspect(|speech| speech.play(sound)).is_some()
    }

    /// The loudspeaker falls silent.
    pub fn hush(&self) {
        if let Some(speech) = &self.speech {
            speech.hush();
        }
    }

    /// The student is back after so many days.
    pub fn began(&self, days_away: u16) {
        self.tell(Observation::Began { at: self.clock.now(), days_away });
    }

    /// Something outside the session stands in the way.
    pub fn report(&self, trouble: Trouble) {
        self.tell(Observation::Trouble { at: self.clock.now(), trouble });
    }

    /// Something is known that no sense of the session observes.
    pub fn observe(&self, observation: Observation) {
        self.tell(observation);
    }

    fn tell(&self, observation: Observation) {
        // A closed inbox means the lesson has ended; there is nobody left to ask.
        let _ = self.inbox.send(Message::Observed(observation));
    }
}

impl Threads {
    /// Thread `beat`: finds the strokes of each window, which takes longer than the ears may wait.
    fn beat(&mut self, inbox: SyncSender<Message>) -> std::io::Result<Beat> {
        let (windows, opened) = channel();
        self.spawn("beat", move || {
            while let Ok(strokes) = opened.recv() {
                let _ = inbox.send(match strokes {
                    Strokes::In(window) => Message::Followed(window.followed()),
                    Strokes::Ended(error) => Message::Ended(error),
                });
            }
        })?;
        Ok(Beat { watch: StrokeWatch::default(), windows })
    }

    fn think(
        &mut self,
        model: Box<dyn LanguageModel>,
        inbox: SyncSender<Message>,
        clock: Arc<dyn Clock>,
    ) -> std::io::Result<Thinking> {
        let (questions, asked) = sync_channel(QUESTIONS);
        let newest = Arc::new(AtomicU64::new(0));
        let id = model.id().to_owned();
        let think = Think { model, asked, newest: Arc::clone(&newest), inbox, clock };
        self.spawn("think", move || think.run())?;
        Ok(Thinking { model: id, questions, newest })
    }
}

fn locked(manners: &Mutex<Manners>) -> MutexGuard<'_, Manners> {
    manners.lock().unwrap_or_else(PoisonError::into_inner)
}
