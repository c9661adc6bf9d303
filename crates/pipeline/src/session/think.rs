//! The thread `think`: one question to the language model at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};

use tutor::{EngineKind, Feedback, Observation, Trouble};

use super::Message;
use crate::ports::{Clock, LanguageModel, PortError};
use crate::thought::choose_wording;

/// Several true wordings to choose from.
pub(super) struct Question {
    pub(super) epoch: u64,
    pub(super) wordings: Vec<Feedback>,
}

/// The tutor thread's end: a newer epoch cancels what is still being written.
pub(super) struct Thinking {
    /// The model's id.
    pub(super) model: String,
    pub(super) questions: SyncSender<Question>,
    pub(super) newest: Arc<AtomicU64>,
}

impl Thinking {
    /// Asks, unless the model is still busy.
    pub(super) fn ask(&self, question: Question) -> bool {
        self.newest.store(question.epoch, Ordering::Release);
        self.questions.try_send(question).is_ok()
    }

    /// Cancels whatever is being written.
    pub(super) fn cancel(&self) {
        self.newest.store(u64::MAX, Ordering::Release);
    }
}

pub(super) struct Think {
    pub(super) model: Box<dyn LanguageModel>,
    pub(super) asked: Receiver<Question>,
    pub(super) newest: Arc<AtomicU64>,
    pub(super) inbox: SyncSender<Message>,
    pub(super) clock: Arc<dyn Clock>,
}

impl Think {
    pub(super) fn run(mut self) {
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
