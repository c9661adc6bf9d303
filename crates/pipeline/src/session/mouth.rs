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
                    self.screen.show(Update::Speaking(false));
                    self.tell(Observation::Spoken { at, whole: false });
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{channel, sync_channel};

    use super::*;
    use crate::clock::SystemClock;
    use crate::ports::{PortError, Speech};

    fn sound() -> Speech {
        Speech { voice: "strum".to_owned(), rate: 8_000, samples: vec![0.1; 8] }
    }

    /// A loudspeaker that never sounds; it is wanted twice.
    struct Dead(Arc<SpeechQueue>, bool);

    impl Loudspeaker for Dead {
        fn play(&mut self, _: &Speech, _: &dyn Fn() -> bool) -> Result<bool, PortError> {
            if std::mem::replace(&mut self.1, true) {
                self.0.close()
            } else {
                self.0.play(sound())
            }
            Err(PortError::Missing { what: "loudspeaker".to_owned() })
        }
    }

    struct Watcher(Mutex<Vec<Update>>);

    impl Screen for Watcher {
        fn show(&self, update: Update) {
            self.0.lock().unwrap().push(update);
        }
    }

    #[test]
    fn a_dead_loudspeaker_is_told_once_and_is_not_back_at_the_next_sound() {
        let (inbox, messages) = sync_channel(8);
        let (played, _plays) = channel();
        let queue = Arc::new(SpeechQueue::default());
        let watcher = Arc::new(Watcher(Mutex::default()));
        let mouth = Mouth {
            queue: Arc::clone(&queue),
            manners: Arc::new(Mutex::new(Manners::new(false))),
            clock: Arc::new(SystemClock::waiting()),
            inbox,
            screen: Arc::clone(&watcher) as Arc<dyn Screen>,
            played,
        };
        queue.play(sound());
        mouth.run(None, Box::new(Dead(queue, false)));
        let told: Vec<bool> = messages
            .iter()
            .map(|message| match message {
                Message::Observed(Observation::Spoken { whole: false, .. }) => false,
                Message::Observed(Observation::Trouble {
                    trouble: Trouble::EngineDown { .. },
                    ..
                }) => true,
                _ => panic!("neither silence nor trouble"),
            })
            .collect();
        assert_eq!(told, [false, true, false], "trouble once");
        let shown = watcher.0.lock().unwrap();
        assert_eq!(*shown, [true, false, true, false].map(Update::Speaking));
    }
}
