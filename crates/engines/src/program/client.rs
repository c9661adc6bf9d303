use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use pipeline::SystemClock;
use pipeline::ports::{Clock, PortError};
use protocol::{Capability, Message, Refused};

use super::setup::Setup;
use super::watch::{Answer, Event, Job, Watch};

/// How often a waiting caller may change its mind.
const TICK: Duration = Duration::from_millis(50);

/// How an engine program is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// Starting, or loading its model.
    Starting,
    /// Ready, nothing to do.
    Idle,
    /// Working on a request.
    Busy,
    /// Waiting out the pause after a failure.
    Restarting,
    /// Cannot run; tried again when asked again.
    Broken(PortError),
    /// Being put away.
    Closed,
}

/// A moment's view of an engine program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// How it is.
    pub health: Health,
    /// Process id while it runs.
    pub pid: Option<u32>,
    /// How often it was started.
    pub starts: u32,
    /// The pause chosen after the last failure.
    pub pause: Duration,
    /// Why it failed last, also after it has recovered.
    pub last_failure: Option<PortError>,
    /// What the loaded model calls itself and how long loading took.
    pub model: Option<(String, Duration)>,
}

impl Default for Status {
    fn default() -> Self {
        Self {
            health: Health::Starting,
            pid: None,
            starts: 0,
            pause: Duration::ZERO,
            last_failure: None,
            model: None,
        }
    }
}

/// What watcher and client share.
pub(super) type Shared = Arc<Mutex<Status>>;

pub(super) fn with<T>(shared: &Shared, change: impl FnOnce(&mut Status) -> T) -> T {
    change(&mut shared.lock().unwrap_or_else(PoisonError::into_inner))
}

/// An engine program, started and watched from construction until it is dropped.
pub struct EngineProgram {
    name: String,
    model: String,
    inlet: Sender<Event>,
    shared: Shared,
    watcher: Option<JoinHandle<()>>,
    last_id: u64,
}

impl EngineProgram {
    /// Starts the program and loads its model in the background. Never fails: what is wrong is
    /// told by [`Self::status`] and by the first request.
    #[must_use]
    pub fn start(setup: Setup, needs: Capability) -> Self {
        Self::start_with_clock(setup, needs, Arc::new(SystemClock::start()))
    }

    /// The same with a clock of its own for the pauses between restarts.
    #[must_use]
    pub fn start_with_clock(setup: Setup, needs: Capability, clock: Arc<dyn Clock>) -> Self {
        let (inlet, events) = channel();
        let (name, model) = (setup.name(), setup.model.name());
        let shared = Shared::default();
        let watch = Watch::new(setup, needs, clock, inlet.clone(), Arc::clone(&shared));
        let watcher = thread::Builder::new()
            .name(format!("watch-{name}"))
            .spawn(move || watch.run(&events))
            .inspect_err(|error| tracing::error!(%error, "no thread for an engine"))
            .ok();
        Self { name, model, inlet, shared, watcher, last_id: 0 }
    }

    /// The name of its model.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.model
    }

    /// How it is now.
    #[must_use]
    pub fn status(&self) -> Status {
        with(&self.shared, |status| status.clone())
    }

    /// A view for other threads while this one waits for an answer.
    pub fn watch(&self) -> impl Fn() -> Status + Send + Sync + 'static {
        let shared = Arc::clone(&self.shared);
        move || with(&shared, |status| status.clone())
    }

    /// Asks; hands pieces (also empty ones, every 50 ms) to `on_piece`, which may cancel by
    /// saying false. `None` after a cancel, else the last message.
    pub(super) fn ask(
        &mut self,
        request: impl FnOnce(u64) -> Message,
        deadline: Duration,
        on_piece: &mut dyn FnMut(&str) -> bool,
    ) -> Result<Option<Message>, PortError> {
        self.last_id += 1;
        let id = self.last_id;
        let frame = protocol::encode(&request(id)).map_err(|error| self.refused(&error))?;
        let (answers, inbox) = channel();
        let asked = self.inlet.send(Event::Job(Job { id, frame, answers }));
        asked.map_err(|_| self.unwatched())?;
        let outcome = self.wait(&inbox, Instant::now(), deadline, on_piece);
        if matches!(
            outcome,
            Ok(None) | Err(PortError::TimedOut { .. } | PortError::Restarting { .. })
        ) {
            let _ = self.inlet.send(Event::Forget { id });
        }
        outcome
    }

    fn wait(
        &self,
        inbox: &Receiver<Answer>,
        since: Instant,
        deadline: Duration,
        on_piece: &mut dyn FnMut(&str) -> bool,
    ) -> Result<Option<Message>, PortError> {
        loop {
            let left = deadline.saturating_sub(since.elapsed());
            if left.is_zero() {
                return Err(self.late(deadline));
            }
            let wanted = match inbox.recv_timeout(left.min(TICK)) {
                Ok(Ok(Message::Piece(piece))) => on_piece(&piece.text),
                Ok(Ok(Message::Refused(refused))) => return Err(self.no(refused)),
                Ok(Ok(last)) => return Ok(Some(last)),
                Ok(Err(error)) => return Err(error),
                Err(RecvTimeoutError::Timeout) => on_piece(""),
                Err(RecvTimeoutError::Disconnected) => return Err(self.unwatched()),
            };
            if !wanted {
                return Ok(None);
            }
        }
    }

    fn late(&self, after: Duration) -> PortError {
        let what = self.name.clone();
        match self.status().health {
            Health::Starting | Health::Restarting => PortError::Restarting { what },
            Health::Broken(error) => error,
            _ => PortError::TimedOut { what, after },
        }
    }

    fn no(&self, refused: Refused) -> PortError {
        PortError::Refused { what: self.name.clone(), why: refused.why }
    }

    fn refused(&self, error: &dyn std::fmt::Display) -> PortError {
        PortError::Refused { what: self.name.clone(), why: error.to_string() }
    }

    fn unwatched(&self) -> PortError {
        let why = "its watcher ended".to_owned();
        PortError::Crashed { what: self.name.clone(), why }
    }

    /// An answer of the wrong kind.
    pub(super) fn confused(&self, message: &Message) -> PortError {
        tracing::error!(engine = self.name, ?message, "an answer to another question");
        self.refused(&"an answer to another question")
    }
}

impl Drop for EngineProgram {
    fn drop(&mut self) {
        let _ = self.inlet.send(Event::Close);
        if let Some(watcher) = self.watcher.take() {
            let _ = watcher.join();
        }
    }
}
