use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use pipeline::ports::{Clock, PortError};
use protocol::{
    Cancel, Capability, Hello, Load, Message, Ping, RefusalCode, Refused, VERSION, WireError,
};

use super::backoff::Backoff;
use super::child::EngineChild;
use super::client::{Health, Shared, with};
use super::setup::Setup;

/// How often time limits are looked at while one is running.
const LOOK: Duration = Duration::from_millis(25);

/// What a caller receives: messages of its request, or the error that ended it.
pub(super) type Answer = Result<Message, PortError>;

/// A request on its way.
pub(super) struct Job {
    pub(super) id: u64,
    pub(super) frame: Vec<u8>,
    pub(super) answers: Sender<Answer>,
}

/// What the watching thread hears of.
pub(super) enum Event {
    /// A caller asks.
    Job(Job),
    /// A caller no longer waits.
    Forget { id: u64 },
    /// The program said something.
    Heard { generation: u64, message: Message },
    /// The program's output ended.
    Gone { generation: u64, error: WireError },
    /// The end.
    Close,
}

/// The watching thread's state: the one owner of the program.
pub(super) struct Watch {
    setup: Setup,
    needs: Capability,
    clock: Arc<dyn Clock>,
    inlet: Sender<Event>,
    shared: Shared,
    backoff: Backoff,
    generation: u64,
    running: Option<Running>,
    down: Down,
    current: Option<Current>,
    waiting: VecDeque<Job>,
}

/// A program that runs.
struct Running {
    child: EngineChild,
    step: Step,
    pinged: Instant,
    /// Since when a ping has not been answered.
    unanswered: Option<Instant>,
}

#[derive(Clone, Copy)]
enum Step {
    Greeting(Instant),
    Loading(Instant),
    /// Since, on the injected clock.
    Ready(Duration),
}

/// Why nothing runs, and when to try again (on the injected clock).
#[derive(Default)]
struct Down {
    until: Duration,
    error: Option<PortError>,
}

/// The request the program works on.
struct Current {
    job: Job,
    /// Since when nobody waits for it.
    forgotten: Option<Instant>,
}

impl Watch {
    pub(super) fn new(
        setup: Setup,
        needs: Capability,
        clock: Arc<dyn Clock>,
        inlet: Sender<Event>,
        shared: Shared,
    ) -> Self {
        Self {
            setup,
            needs,
            clock,
            inlet,
            shared,
            backoff: Backoff::default(),
            generation: 0,
            running: None,
            down: Down::default(),
            current: None,
            waiting: VecDeque::new(),
        }
    }

    /// Watches until [`Event::Close`].
    pub(super) fn run(mut self, events: &Receiver<Event>) {
        self.start();
        loop {
            let mut next = events.recv_timeout(self.nap());
            // Everything that has arrived counts before any time limit does.
            loop {
                match next {
                    Ok(Event::Close) | Err(RecvTimeoutError::Disconnected) => {
                        with(&self.shared, |status| status.health = Health::Closed);
                        return;
                    }
                    Ok(event) => self.hear(event),
                    Err(RecvTimeoutError::Timeout) => break,
                }
                next = events.recv_timeout(Duration::ZERO);
            }
            self.look_at_the_time();
            self.hand_on();
            self.publish();
        }
    }

    fn nap(&self) -> Duration {
        let resting = self.current.is_none() && self.waiting.is_empty();
        match &self.running {
            Some(running) if resting && matches!(running.step, Step::Ready(_)) => {
                let patience = self.setup.patience;
                if running.unanswered.is_some() {
                    patience.silence.min(patience.ping_every)
                } else {
                    patience.ping_every
                }
            }
            None if resting && self.down.error.is_some() => Duration::from_secs(60),
            _ => LOOK,
        }
    }

    fn start(&mut self) {
        self.generation += 1;
        self.down = Down::default();
        match EngineChild::start(&self.setup.program, self.generation, &self.inlet) {
            Ok(child) => {
                with(&self.shared, |status| {
                    status.pid = Some(child.id());
                    status.starts += 1;
                });
                let now = Instant::now();
                let step = Step::Greeting(now);
                self.running = Some(Running { child, step, pinged: now, unanswered: None });
            }
            Err(error) => {
                let error = self.cannot_start(&error);
                self.fail(error);
            }
        }
    }

    fn cannot_start(&self, error: &io::Error) -> PortError {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => {
                PortError::Missing { what: self.setup.program.display().to_string() }
            }
            _ => PortError::Crashed { what: self.setup.name(), why: error.to_string() },
        }
    }

    fn hear(&mut self, event: Event) {
        match event {
            Event::Job(job) => self.take(job),
            Event::Forget { id } => self.forget(id),
            Event::Heard { generation, message } if self.is_current(generation) => {
                if let Some(running) = &mut self.running {
                    running.unanswered = None;
                }
                self.understand(message);
            }
            Event::Gone { generation, error } if self.is_current(generation) => self.gone(&error),
            // Of a program that was ended.
            Event::Heard { .. } | Event::Gone { .. } | Event::Close => {}
        }
    }

    fn is_current(&self, generation: u64) -> bool {
        self.running.is_some() && generation == self.generation
    }

    fn take(&mut self, job: Job) {
        if self.running.is_none() {
            if self.clock.now() < self.down.until {
                let what = self.setup.name();
                let error = self.down.error.clone().unwrap_or(PortError::Restarting { what });
                answer(&job, Err(error));
                return;
            }
            self.waiting.push_back(job);
            self.start();
        } else {
            self.waiting.push_back(job);
        }
    }

    fn forget(&mut self, id: u64) {
        self.waiting.retain(|job| job.id != id);
        if let Some(current) = &mut self.current
            && current.job.id == id
            && current.forgotten.is_none()
        {
            current.forgotten = Some(Instant::now());
            self.say(&Message::Cancel(Cancel { id }));
        }
    }

    fn understand(&mut self, message: Message) {
        match message {
            Message::Hello(hello) => self.greeted(&hello),
            Message::Loaded(loaded) => {
                let ready = Step::Ready(self.clock.now());
                if let Some(running) = &mut self.running {
                    running.step = ready;
                }
                let model = (loaded.model, Duration::from_millis(loaded.ms));
                with(&self.shared, |status| status.model = Some(model));
            }
            Message::Refused(refused) if refused.id.is_none() => self.refused(refused),
            Message::Pong(_) => {}
            answered => self.deliver(answered),
        }
    }

    fn greeted(&mut self, hello: &Hello) {
        if !hello.capabilities.contains(&self.needs) {
            let why = format!("{} cannot do {:?}", hello.engine, self.needs);
            self.fail(PortError::Refused { what: self.setup.name(), why });
            return;
        }
        self.say(&Message::Hello(Hello {
            v: VERSION,
            engine: "prita".to_owned(),
            capabilities: Vec::new(),
        }));
        self.say(&Message::Load(Load {
            path: self.setup.model.path.to_string_lossy().into_owned(),
            sha256: self.setup.model.sha256.clone(),
        }));
        if let Some(running) = &mut self.running {
            running.step = Step::Loading(Instant::now());
        }
    }

    /// A refusal of the model or of the wire itself.
    fn refused(&mut self, refused: Refused) {
        let what = self.setup.model.path.display().to_string();
        let error = match refused.code {
            RefusalCode::Missing => PortError::Missing { what },
            RefusalCode::Damaged => PortError::Damaged { what, why: refused.why },
            _ => PortError::Refused { what: self.setup.name(), why: refused.why },
        };
        self.fail(error);
    }

    fn deliver(&mut self, message: Message) {
        let (id, last) = match &message {
            Message::Piece(piece) => (piece.id, false),
            Message::Done(done) => (done.id, true),
            Message::Transcript(transcript) => (transcript.id, true),
            Message::Refused(refused) => (refused.id.unwrap_or_default(), true),
            _ => return,
        };
        let Some(current) = self.current.take_if(|current| current.job.id == id) else { return };
        answer(&current.job, Ok(message));
        if !last {
            self.current = Some(current);
        }
    }

    fn gone(&mut self, error: &WireError) {
        let what = self.setup.name();
        let how = self.running.as_mut().map(|running| running.child.end()).unwrap_or_default();
        let error = match error {
            WireError::Version { .. } => PortError::Refused { what, why: error.to_string() },
            WireError::Closed | WireError::Truncated => PortError::Crashed { what, why: how },
            _ => PortError::Crashed { what, why: format!("{error}; {how}") },
        };
        self.fail(error);
    }

    /// Ends the program, tells whoever waits, and decides when to start again: by itself after a
    /// crash, only when asked if trying again would give the same answer.
    fn fail(&mut self, error: PortError) {
        tracing::warn!(engine = self.setup.name(), %error, "an engine program failed");
        let now = self.clock.now();
        let healthy = match self.running.take().map(|running| running.step) {
            Some(Step::Ready(since)) => now.saturating_sub(since),
            _ => Duration::ZERO,
        };
        let pause = self.backoff.after_failure(healthy);
        let by_itself = matches!(error, PortError::Crashed { .. } | PortError::TimedOut { .. });
        self.down = Down { until: now + pause, error: (!by_itself).then(|| error.clone()) };
        let current = self.current.take().map(|current| current.job);
        let unlucky: Vec<Job> = current.into_iter().chain(self.waiting.drain(..)).collect();
        with(&self.shared, |status| {
            status.pid = None;
            status.pause = pause;
            status.last_failure = Some(error.clone());
        });
        // Before the answers, so that who hears of the failure also sees it.
        self.publish();
        for job in unlucky {
            answer(&job, Err(error.clone()));
        }
    }

    fn look_at_the_time(&mut self) {
        if self.running.is_none() {
            if self.down.error.is_none() && self.clock.now() >= self.down.until {
                self.start();
            }
            return;
        }
        if let Some(after) = self.overdue() {
            self.fail(PortError::TimedOut { what: self.setup.name(), after });
        } else {
            self.ping();
        }
    }

    /// The time limit that has passed, if one has.
    fn overdue(&self) -> Option<Duration> {
        let patience = self.setup.patience;
        let running = self.running.as_ref()?;
        let step = match running.step {
            Step::Greeting(since) => Some((since, patience.greeting)),
            Step::Loading(since) => Some((since, patience.loading)),
            Step::Ready(_) => None,
        };
        let silence = running.unanswered.map(|since| (since, patience.silence));
        let forgotten = self.current.as_ref().and_then(|current| current.forgotten);
        let cancelling = forgotten.map(|since| (since, patience.cancelling));
        let limits = [step, silence, cancelling];
        limits.into_iter().flatten().find(|(since, limit)| since.elapsed() > *limit).map(|(_, l)| l)
    }

    fn ping(&mut self) {
        let due = self.running.as_mut().filter(|running| {
            !matches!(running.step, Step::Greeting(_))
                && running.pinged.elapsed() >= self.setup.patience.ping_every
        });
        if let Some(running) = due {
            running.pinged = Instant::now();
            running.unanswered.get_or_insert(running.pinged);
            self.say(&Message::Ping(Ping { n: self.generation }));
        }
    }

    /// Gives the next request to a program that is ready for it.
    fn hand_on(&mut self) {
        let Some(running) = &self.running else { return };
        if !matches!(running.step, Step::Ready(_)) || self.current.is_some() {
            return;
        }
        if let Some(mut job) = self.waiting.pop_front() {
            running.child.send(std::mem::take(&mut job.frame));
            self.current = Some(Current { job, forgotten: None });
        }
    }

    fn say(&self, message: &Message) {
        match (protocol::encode(message), &self.running) {
            (Ok(frame), Some(running)) => running.child.send(frame),
            (Err(error), _) => tracing::error!(%error, "a message of ours does not fit"),
            (Ok(_), None) => {}
        }
    }

    fn publish(&self) {
        let health = match (&self.running, &self.down.error) {
            (Some(running), _) => match running.step {
                Step::Ready(_) if self.current.is_some() => Health::Busy,
                Step::Ready(_) => Health::Idle,
                _ => Health::Starting,
            },
            (None, Some(error)) => Health::Broken(error.clone()),
            (None, None) => Health::Restarting,
        };
        with(&self.shared, |status| status.health = health);
    }
}

/// A caller that has gone away needs no answer.
fn answer(job: &Job, answer: Answer) {
    let _ = job.answers.send(answer);
}
