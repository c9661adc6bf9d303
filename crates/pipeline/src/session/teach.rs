//! The thread `tutor`: owns the lesson, takes what the others observed, hands on what it wants.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use tutor::{Action, Feedback, Observation, Trouble, Tutor};

use super::drilling::Drilling;
use super::hears::Wanted;
use super::think::{Question, Thinking};
use super::{Message, Screen, Status, Update, Wording};
use crate::ports::{Clock, PortError};
use crate::speech::SpeechQueue;
use crate::thought::PATIENCE;

pub(super) const TICK: Duration = Duration::from_millis(100);

/// A sentence that waits for the model's choice of words.
struct Pending {
    epoch: u64,
    until: Duration,
    wordings: Vec<Feedback>,
    template: Feedback,
}

pub(super) struct Teach {
    pub(super) tutor: Tutor,
    pub(super) drilling: Drilling,
    thinking: Option<Thinking>,
    pub(super) screen: Arc<dyn Screen>,
    speech: Option<Arc<SpeechQueue>>,
    pub(super) clock: Arc<dyn Clock>,
    epoch: u64,
    pending: Option<Pending>,
    ended: bool,
}

impl Teach {
    pub(super) fn new(
        tutor: Tutor,
        drilling: Drilling,
        thinking: Option<Thinking>,
        screen: Arc<dyn Screen>,
        speech: Option<Arc<SpeechQueue>>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let (epoch, pending, ended) = (0, None, false);
        Self { tutor, drilling, thinking, screen, speech, clock, epoch, pending, ended }
    }

    pub(super) fn run(mut self, messages: &Receiver<Message>, stop: &AtomicBool) {
        for action in self.tutor.begin(self.clock.now()) {
            self.act(action, None);
        }
        self.begin_drill();
        while !stop.load(Ordering::Acquire) {
            match messages.recv_timeout(self.wait()) {
                Ok(Message::Observed(observation)) => self.observe(&observation),
                Ok(Message::Phrased { epoch, choice }) => self.phrased(epoch, choice),
                Ok(Message::Followed(followed)) => self.followed(&followed),
                Ok(Message::Clicked(round, at)) => self.clicked(round, at),
                Ok(Message::Late(by)) => self.late(by),
                Ok(Message::Ended(error)) => self.end(error),
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
            self.poll_drill(now);
            self.finish_when_all_is_said();
        }
        self.leave_drill();
        if let Some(thinking) = &self.thinking {
            thinking.cancel();
        }
    }

    fn end(&mut self, error: Option<PortError>) {
        self.ended = true;
        match error {
            None => self.finish_drill(),
            // What was heard last before it broke off is not told.
            Some(_) => self.leave_drill(),
        }
        if let Some(error) = error {
            self.screen.show(Update::Broken(error));
        }
    }

    /// The end of a recording is not the end of the lesson while a sentence is on its way.
    fn finish_when_all_is_said(&mut self) {
        let said = self.pending.is_none() && self.speech.as_ref().is_none_or(|s| s.is_idle());
        if self.ended && said {
            self.ended = false;
            self.screen.show(Update::Status(Status::Finished));
        }
    }

    fn aloud(&self, feedback: Feedback) {
        if let Some(speech) = &self.speech {
            speech.say(feedback);
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
        // The teacher first, as in a rehearsal.
        if !self.drill_keeps(observation) {
            self.teach(observation, trouble.as_ref());
        }
        self.drill(observation);
    }

    fn teach(&mut self, observation: &Observation, trouble: Option<&Trouble>) {
        let actions = self.tutor.handle(observation, observation.at());
        // One trouble may end while another stands.
        if trouble.is_some_and(Trouble::is_over) && self.tutor.hears() {
            self.screen.show(Update::TroubleOver);
        }
        for action in actions {
            self.act(action, trouble);
        }
    }

    pub(super) fn act(&mut self, action: Action, trouble: Option<&Trouble>) {
        match action {
            Action::Conclude(event) => self.screen.show(Update::Event(event)),
            Action::Show(feedback) => self.show(feedback, trouble),
            Action::Say(feedback) if trouble.is_some() => {
                self.show(feedback.clone(), trouble);
                self.aloud(feedback);
            }
            Action::Say(feedback) => self.say(feedback),
            Action::Hush => {
                self.pending = None;
                if let Some(speech) = &self.speech {
                    speech.hush();
                }
            }
            Action::Alone { string, withdrawn } => {
                let _ = self.drilling.wants.send(Wanted::Alone { string, withdrawn });
            }
            Action::Aim { chord } => {
                self.screen.show(Update::Aim(chord));
                self.drilling.aim(&[chord]);
            }
        }
    }

    fn show(&self, feedback: Feedback, trouble: Option<&Trouble>) {
        self.screen.show(match trouble {
            Some(trouble) => Update::Trouble(trouble.clone(), feedback),
            None => Update::Feedback(feedback, Wording::Template),
        });
    }

    /// Shows and says a sentence, in the wording the model prefers if it answers in time.
    fn say(&mut self, feedback: Feedback) {
        self.epoch += 1;
        let wordings = self.wordings(&feedback);
        let asked = wordings.len() > 1
            && self.thinking.as_ref().is_some_and(|thinking| {
                thinking.ask(Question { epoch: self.epoch, wordings: wordings.clone() })
            });
        if asked {
            let until = self.clock.now() + PATIENCE;
            self.pending = Some(Pending { epoch: self.epoch, until, wordings, template: feedback });
        } else {
            self.pending = None;
            self.deliver(feedback, Wording::Template);
        }
    }

    fn wordings(&self, feedback: &Feedback) -> Vec<Feedback> {
        if self.thinking.is_none() {
            return Vec::new();
        }
        let same = |other: &Feedback| other.tip_id == feedback.tip_id;
        self.tutor.alternatives(self.clock.now()).into_iter().filter(same).collect()
    }

    fn phrased(&mut self, epoch: u64, choice: Option<usize>) {
        let Some(pending) = self.pending.take_if(|p| p.epoch == epoch) else { return };
        let chosen = choice.and_then(|index| pending.wordings.into_iter().nth(index));
        match (chosen, &self.thinking) {
            (Some(wording), Some(thinking)) => {
                let feedback = Feedback { expires: pending.template.expires, ..wording };
                self.deliver(feedback, Wording::Model(thinking.model.clone()));
            }
            _ => self.deliver(pending.template, Wording::Template),
        }
    }

    fn deliver(&self, feedback: Feedback, source: Wording) {
        self.screen.show(Update::Feedback(feedback.clone(), source));
        self.aloud(feedback);
    }
}
