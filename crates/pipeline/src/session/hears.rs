//! What the thread `listen` of a lesson does: chunks as they come, through the ear, to the tutor and the screen.

use std::sync::mpsc::{Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use audio::{
    AudioChunk, Canceller, Follow, Heard, Onset, Pick, SensingProblem, StrokeWatch, StrokeWindow,
    Target,
};
use theory::StringNumber;
use tutor::{Observation, Trouble};

use super::{Message, Screen, Status, Update, locked};
use crate::device::Change;
use crate::listening::Listening;
use crate::manners::{Manners, Origin};
use crate::ports::{AudioSource, Clock, PortError, Speech};
use crate::{Ear, Sensed};

/// What the loudspeaker was handed.
pub(super) enum Played {
    /// This, at this time.
    Speech(Duration, Speech),
    /// Nothing after this time.
    Nothing(Duration),
}

/// What the loudspeaker plays, and its way out of what is heard.
pub(super) struct Reference {
    pub(super) plays: Receiver<Played>,
    pub(super) canceller: Canceller,
    /// How late the clip that plays is heard, once that is known and was told.
    late: Option<Duration>,
}

impl Reference {
    pub(super) fn new(plays: Receiver<Played>) -> Self {
        Self { plays, canceller: Canceller::new(), late: None }
    }

    /// How late the clip is heard, once.
    fn found_late(&mut self) -> Option<Duration> {
        let late = self.canceller.delay();
        let found = late.filter(|_| self.late.is_none());
        self.late = late;
        found
    }

    fn clean(&mut self, chunk: &AudioChunk) -> Vec<AudioChunk> {
        // The first chunk tells the rate; what is played before it is not heard anyway.
        let clean = self.canceller.clean(chunk);
        while let Ok(played) = self.plays.try_recv() {
            match played {
                Played::Speech(at, speech) => self.canceller.play(at, speech.rate, &speech.samples),
                Played::Nothing(at) => self.canceller.hush(at),
            }
        }
        clean
    }
}

/// What the ears are asked for.
pub(super) enum Wanted {
    /// Another chord.
    Aim(Target),
    /// One string of the last strum, alone.
    Alone { string: StringNumber, withdrawn: bool },
    /// The chord's strings one by one, this one next.
    Pick(Pick),
    /// Strokes, bar by bar, or no more.
    Follow(Option<Follow>),
}

/// The ears for a beat, and the thread that looks at their windows.
pub(super) struct Beat {
    pub(super) watch: StrokeWatch,
    /// Unbounded: one a bar.
    pub(super) windows: Sender<Strokes>,
}

/// What the thread `beat` is handed, in order.
pub(super) enum Strokes {
    /// A window to look at.
    In(StrokeWindow),
    /// The sound ended: told when every window has been.
    Ended(Option<PortError>),
}

pub(super) struct Listen {
    pub(super) source: Box<dyn AudioSource>,
    /// None where the source does not hear the loudspeaker.
    pub(super) reference: Option<Reference>,
    /// Only where something is drilled.
    pub(super) beat: Option<Beat>,
    pub(super) ear: Ear,
    pub(super) wanted: Receiver<Wanted>,
    pub(super) inbox: SyncSender<Message>,
    pub(super) screen: Arc<dyn Screen>,
    pub(super) manners: Arc<Mutex<Manners>>,
    pub(super) clock: Arc<dyn Clock>,
}

impl Listening for Listen {
    fn source(&mut self) -> &mut dyn AudioSource {
        self.source.as_mut()
    }

    fn answer(&mut self) {
        while let Ok(wanted) = self.wanted.try_recv() {
            match wanted {
                Wanted::Aim(target) => self.ear.aim(Some(target)),
                Wanted::Pick(pick) => self.ear.pick(pick),
                Wanted::Follow(follow) => {
                    if let Some(beat) = &mut self.beat {
                        beat.watch.follow(follow);
                    }
                }
                Wanted::Alone { string, withdrawn } => {
                    let sensed = self.ear.ask_alone(string, withdrawn);
                    self.pass_on(sensed);
                }
            }
        }
    }

    fn device_changed(&mut self, change: Change) {
        match change {
            Change::Came { back } => {
                self.screen.show(Update::Status(Status::Listening));
                if back {
                    self.tell(Trouble::MicrophoneBack);
                }
            }
            Change::Left(trouble) => self.tell(trouble),
        }
    }

    fn hear(&mut self, chunk: AudioChunk) {
        let chunks = match &mut self.reference {
            Some(reference) => {
                let clean = reference.clean(&chunk);
                locked(&self.manners).cancelled(reference.canceller.left());
                if let Some(late) = reference.found_late() {
                    let _ = self.inbox.send(Message::Late(late));
                }
                clean
            }
            None => vec![chunk],
        };
        for chunk in chunks {
            let sensed = self.ear.hear(&chunk);
            self.pass_on(sensed);
            if let Some(beat) = &mut self.beat {
                for window in beat.watch.hear(&chunk) {
                    let _ = beat.windows.send(Strokes::In(window));
                }
            }
        }
    }

    fn ended(&mut self, broke_off: Option<PortError>) {
        if broke_off.is_none() {
            if let Some(last) = self.reference.as_mut().and_then(|r| r.canceller.flush()) {
                let sensed = self.ear.hear(&last);
                self.pass_on(sensed);
            }
            let sensed = self.ear.finish();
            self.pass_on(sensed);
        }
        let Some(beat) = &mut self.beat else {
            let _ = self.inbox.send(Message::Ended(broke_off));
            return;
        };
        let last = if broke_off.is_none() { beat.watch.finish() } else { Vec::new() };
        for window in last {
            let _ = beat.windows.send(Strokes::In(window));
        }
        let _ = beat.windows.send(Strokes::Ended(broke_off));
    }
}

impl Listen {
    fn tell(&self, trouble: Trouble) {
        let observation = Observation::Trouble { at: self.clock.now(), trouble };
        let _ = self.inbox.send(Message::Observed(observation));
    }

    fn pass_on(&mut self, sensed: Vec<Sensed>) {
        for it in sensed {
            match &it {
                Sensed::Heard(Heard::Envelope(envelope)) => {
                    self.screen.show(Update::Envelope(*envelope));
                    let settled = locked(&self.manners).level(envelope.level, envelope.at);
                    settled.into_iter().for_each(|at| self.began(Onset { at }));
                    continue;
                }
                Sensed::Heard(Heard::Onset(onset)) => {
                    let student = locked(&self.manners).onset(onset.at) == Origin::Student;
                    if student {
                        self.began(*onset);
                    }
                    continue;
                }
                Sensed::Heard(Heard::Checked(check)) => {
                    self.screen.show(Update::Checked(*check));
                    continue;
                }
                // The teacher's own voice is nobody who speaks over the guitar.
                Sensed::Heard(Heard::Sensing(SensingProblem::SpeechOver))
                    if locked(&self.manners).may_hear_itself(self.ear.now()) =>
                {
                    continue;
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

    /// The student began to play.
    fn began(&self, onset: Onset) {
        self.screen.show(Update::Onset(onset));
        let _ = self.inbox.send(Message::Observed(Observation::Onset(onset)));
    }
}
