//! Live tuning: the thread `listen` with the tuner and its guide, and `speak`.
//!
//! Carries readings to the screen and sentences to the voice. What a pitch means is `audio`'s, what is
//! said of it `tutor`'s.

mod hears;
pub(crate) mod level;

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use audio::{Portrait, Tuner, TunerReading};
use theory::StringNumber;
use tutor::{Feedback, Guide, Trouble, TuningGuide};

use crate::listening::listen;
use crate::manners::Manners;
use crate::ports::{AudioSource, Clock, Loudspeaker, PortError, Voice};
use crate::session::Status;
use crate::speech::{SpeechQueue, Spoke, speak};
use crate::threads::Threads;
use hears::{Ask, Listen};
use level::Levels;

/// Everything tuning is made of.
pub struct TuningParts {
    /// The microphone, or a recording at its own pace.
    pub source: Box<dyn AudioSource>,
    /// Whether the source hears the loudspeaker.
    pub hears_itself: bool,
    /// The tuner.
    pub tuner: Tuner,
    /// What it says.
    pub guide: TuningGuide,
    /// Learns from an open string that was heard alone. Called from `listen`, a few times a minute.
    pub learn: Box<dyn FnMut(&Portrait) + Send>,
    /// A voice and where to hear it; without them captions stand alone.
    pub voice: Option<(Box<dyn Voice>, Box<dyn Loudspeaker>)>,
    /// Who watches.
    pub screen: Arc<dyn TuningScreen>,
    /// Session time; the source must stamp with the same.
    pub clock: Arc<dyn Clock>,
}

/// Who watches tuning. Called from several threads; must not block.
pub trait TuningScreen: Send + Sync {
    /// Something to show.
    fn show(&self, update: TuningUpdate);
}

/// Something to show.
#[derive(Debug, Clone, PartialEq)]
pub enum TuningUpdate {
    /// Where it stands.
    Status(Status),
    /// Levels 0–1, twenty a second.
    Level {
        /// Root mean square.
        level: f32,
        /// Largest sample.
        peak: f32,
        /// The room.
        floor: f32,
    },
    /// The pitch of the string that sounds, 15 a second.
    Reading(TunerReading),
    /// It sounds no more.
    Quiet,
    /// What to do.
    Guide(Guide),
    /// Something stands in the way, with what is said of it.
    Trouble(Trouble, Feedback),
    /// Nothing stands in the way any more.
    TroubleOver,
    /// The voice began (true) or ended.
    Speaking(bool),
    /// A recording broke off.
    Broken(PortError),
}

/// Running tuning. Dropping it ends it.
pub struct Tuning {
    asks: Sender<Ask>,
    speech: Arc<SpeechQueue>,
    // Joined when dropped.
    _threads: Threads,
}

impl Tuning {
    /// Starts the threads.
    ///
    /// # Errors
    /// The operating system gives no more threads.
    pub fn begin(parts: TuningParts) -> std::io::Result<Self> {
        let TuningParts { source, hears_itself, tuner, guide, learn, voice, screen, clock } = parts;
        let (asks, asked) = channel();
        let mut threads = Threads::default();
        let (stop, speech) = (Arc::clone(&threads.stop), Arc::clone(&threads.speech));
        let manners = Arc::new(Mutex::new(Manners::new(hears_itself)));
        if let Some((voice, mut loudspeaker)) = voice {
            let (queue, manners) = (Arc::clone(&speech), Arc::clone(&manners));
            let (clock, screen) = (Arc::clone(&clock), Arc::clone(&screen));
            let mut told = move |spoke: Spoke| match spoke {
                Spoke::Began => screen.show(TuningUpdate::Speaking(true)),
                Spoke::Ended { .. } => screen.show(TuningUpdate::Speaking(false)),
                Spoke::Failed(error) => {
                    tracing::warn!(%error, "voice is silent");
                    screen.show(TuningUpdate::Speaking(false));
                }
                // Only the ears of a lesson take the voice out of what they hear.
                Spoke::Plays(..) | Spoke::Stopped(_) | Spoke::Clicked(..) => {}
            };
            threads.spawn("speak", move || {
                let mut voice = Some(voice);
                speak(&queue, &manners, &clock, &mut voice, loudspeaker.as_mut(), &mut told);
            })?;
        }
        let started = clock.now();
        let mut listening = Listen {
            source,
            tuner,
            guide,
            learn,
            asked,
            screen,
            speech: Arc::clone(&speech),
            manners,
            clock,
            levels: Levels::default(),
            now: Duration::ZERO,
            sounding: None,
            heard_last: started,
            drowned: false,
            spoken_over: false,
        };
        threads.spawn("listen", move || {
            listening.screen.show(TuningUpdate::Status(Status::Connecting));
            listen(&mut listening, &stop);
        })?;
        Ok(Self { asks, speech, _threads: threads })
    }

    /// Holds to one string, or lets the tuner find it.
    pub fn aim(&self, string: Option<StringNumber>) {
        self.speech.hush();
        // A closed channel means that tuning has ended.
        let _ = self.asks.send(Ask::Aim(string));
    }

    /// Says what stands on the screen.
    pub fn say(&self) {
        let _ = self.asks.send(Ask::Say);
    }

    /// Stops speaking.
    pub fn hush(&self) {
        self.speech.hush();
    }
}
