//! The thread `speak` as the session sees it.

use std::sync::mpsc::{Sender, SyncSender};
use std::sync::{Arc, Mutex};

use tutor::{EngineKind, Observation, Trouble};

use super::hears::Played;
use super::{Message, Screen, Update};
use crate::manners::Manners;
use crate::ports::{Clock, Loudspeaker, Voice};
use crate::speech::{SpeechQueue, Spoke, speak};

pub(super) struct Mouth {
    pub(super) queue: Arc<SpeechQueue>,
    pub(super) manners: Arc<Mutex<Manners>>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) inbox: SyncSender<Message>,
    pub(super) screen: Arc<dyn Screen>,
    /// To the ears, so that they can take it out of what they hear.
    pub(super) played: Sender<Played>,
}

impl Mouth {
    pub(super) fn run(
        self,
        mut voice: Option<Box<dyn Voice>>,
        mut loudspeaker: Box<dyn Loudspeaker>,
    ) {
        let mut down = false;
        let back = Trouble::EngineBack { engine: EngineKind::Voice };
        let mut told = |spoke: Spoke| {
            let at = self.clock.now();
            let observation = match spoke {
                // Ears that have closed need to know nothing.
                Spoke::Plays(at, speech) => {
                    let _ = self.played.send(Played::Speech(at, speech));
                    return;
                }
                Spoke::Stopped(at) => {
                    let _ = self.played.send(Played::Nothing(at));
                    return;
                }
                Spoke::Clicked(round, at) => {
                    // Should the inbox be full, the drill goes on without clicks.
                    let _ = self.inbox.try_send(Message::Clicked(round, at));
                    return;
                }
                Spoke::Began => return self.screen.show(Update::Speaking(true)),
                Spoke::Ended { whole } => {
                    self.screen.show(Update::Speaking(false));
                    if std::mem::replace(&mut down, false) {
                        self.tell(Observation::Trouble { at, trouble: back.clone() });
                    }
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
            self.tell(observation);
        };
        speak(&self.queue, &self.manners, &self.clock, &mut voice, loudspeaker.as_mut(), &mut told);
    }

    fn tell(&self, observation: Observation) {
        // Never waits: the tutor may be waiting for this thread to close.
        let _ = self.inbox.try_send(Message::Observed(observation));
    }
}
