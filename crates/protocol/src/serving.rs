//! Serves an engine over a carrier: one reading thread that answers [`Ping`](crate::Ping) and
//! takes [`Cancel`](crate::Cancel) at once, and the calling thread that works off the requests one
//! by one.
//!
//! It knows no time: an engine that takes too long is killed from outside.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::{
    Capability, Done, FrameReader, FrameWriter, Generate, Hello, Load, Loaded, Message, Piece,
    Pong, Refusal, RefusalCode, Transcribe, Transcript, VERSION, WireError,
};

/// Requests that may wait; one more is refused as busy.
const QUEUE: usize = 4;

/// An engine behind the protocol. Called from one thread.
pub trait Engine {
    /// Its name and version.
    fn name(&self) -> String;

    /// What it can do.
    fn capabilities(&self) -> Vec<Capability>;

    /// Loads a model, replacing the one before.
    ///
    /// # Errors
    /// The reason; no model is loaded then.
    fn load(&mut self, load: &Load) -> Result<Loaded, Refusal>;

    /// Writes text, handing out pieces through the turn.
    ///
    /// # Errors
    /// The reason.
    fn generate(&mut self, request: &Generate, turn: &mut Turn<'_>) -> Result<Done, Refusal> {
        let _ = (request, turn);
        Err(Refusal::new(RefusalCode::Unsupported, "this engine writes no text"))
    }

    /// Writes down speech.
    ///
    /// # Errors
    /// The reason.
    fn transcribe(&mut self, request: &Transcribe, turn: &Turn<'_>) -> Result<Transcript, Refusal> {
        let _ = (request, turn);
        Err(Refusal::new(RefusalCode::Unsupported, "this engine hears no speech"))
    }
}

/// One request being worked on.
pub struct Turn<'a> {
    id: u64,
    cancelled: Arc<AtomicBool>,
    out: &'a dyn Fn(&Message) -> Result<(), WireError>,
}

impl Turn<'_> {
    /// Whether to stop.
    #[must_use]
    pub fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// The same, to be asked from a callback.
    #[must_use]
    pub fn cancel_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancelled)
    }

    /// Sends a piece; a reader that has gone away cancels the request.
    pub fn say(&mut self, text: String) {
        if (self.out)(&Message::Piece(Piece { id: self.id, text })).is_err() {
            self.cancelled.store(true, Ordering::Relaxed);
        }
    }
}

type Flags = Mutex<HashMap<u64, Arc<AtomicBool>>>;

/// Serves until the other side closes. Sends the [`Hello`] first.
///
/// # Errors
/// When the stream breaks other than by an orderly end.
pub fn serve<E, R, W>(engine: &mut E, reader: R, writer: W) -> Result<(), WireError>
where
    E: Engine,
    R: Read + Send + 'static,
    W: Write + Send + 'static,
{
    let line =
        Arc::new(Line { writer: Mutex::new(FrameWriter::new(writer)), flags: Flags::default() });
    line.send(&Message::Hello(Hello {
        v: VERSION,
        engine: engine.name(),
        capabilities: engine.capabilities(),
    }))?;
    let (work, requests) = sync_channel(QUEUE);
    let listening = Arc::clone(&line);
    let listener = thread::Builder::new()
        .name("protocol".to_owned())
        .spawn(move || listening.listen(FrameReader::new(reader), &work))?;
    line.work(engine, &requests)?;
    listener.join().unwrap_or(Err(WireError::Closed))
}

/// What both threads share.
struct Line<W> {
    writer: Mutex<FrameWriter<W>>,
    flags: Flags,
}

impl<W: Write> Line<W> {
    fn send(&self, message: &Message) -> Result<(), WireError> {
        unpoisoned(&self.writer).write(message)
    }

    fn refuse(&self, id: Option<u64>, refusal: Refusal) -> Result<(), WireError> {
        self.send(&Message::Refused(refusal.of(id)))
    }

    fn listen<R: Read>(
        &self,
        mut reader: FrameReader<R>,
        work: &SyncSender<Message>,
    ) -> Result<(), WireError> {
        let end = loop {
            match reader.read() {
                Ok(message) => {
                    if let Err(error) = self.take(message, work) {
                        break error;
                    }
                }
                Err(error) => break error,
            }
        };
        for flag in unpoisoned(&self.flags).values() {
            flag.store(true, Ordering::Relaxed);
        }
        let code = match &end {
            WireError::Closed => return Ok(()),
            WireError::Version { .. } => RefusalCode::Version,
            _ => RefusalCode::BadInput,
        };
        // Best effort: the stream is already broken.
        let _ = self.refuse(None, Refusal::new(code, end.to_string()));
        Err(end)
    }

    fn take(&self, message: Message, work: &SyncSender<Message>) -> Result<(), WireError> {
        match message {
            Message::Hello(_) => Ok(()),
            Message::Ping(ping) => self.send(&Message::Pong(Pong { n: ping.n })),
            Message::Cancel(cancel) => {
                if let Some(flag) = unpoisoned(&self.flags).get(&cancel.id) {
                    flag.store(true, Ordering::Relaxed);
                }
                Ok(())
            }
            Message::Load(_) | Message::Generate(_) | Message::Transcribe(_) => {
                self.queue(message, work)
            }
            _ => self.refuse(None, Refusal::new(RefusalCode::BadInput, "engines do not take that")),
        }
    }

    fn queue(&self, message: Message, work: &SyncSender<Message>) -> Result<(), WireError> {
        let id = request_id(&message);
        if let Some(id) = id {
            unpoisoned(&self.flags).insert(id, Arc::default());
        }
        match work.try_send(message) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(_)) => {
                self.forget(id);
                self.refuse(id, Refusal::new(RefusalCode::Busy, "too many requests wait"))
            }
            Err(TrySendError::Disconnected(_)) => Err(WireError::Closed),
        }
    }

    fn work<E: Engine>(
        &self,
        engine: &mut E,
        requests: &Receiver<Message>,
    ) -> Result<(), WireError> {
        while let Ok(request) = requests.recv() {
            let id = request_id(&request);
            let answer = self.answer(engine, request, id);
            self.forget(id);
            match answer {
                Ok(message) => self.send(&message)?,
                Err(refusal) => self.refuse(id, refusal)?,
            }
        }
        Ok(())
    }

    fn answer<E: Engine>(
        &self,
        engine: &mut E,
        request: Message,
        id: Option<u64>,
    ) -> Result<Message, Refusal> {
        let id = id.unwrap_or_default();
        let cancelled = unpoisoned(&self.flags).get(&id).map(Arc::clone).unwrap_or_default();
        let mut turn = Turn { id, cancelled, out: &|message| self.send(message) };
        match request {
            Message::Load(load) => engine.load(&load).map(Message::Loaded),
            Message::Generate(generate) => engine.generate(&generate, &mut turn).map(Message::Done),
            Message::Transcribe(transcribe) => {
                engine.transcribe(&transcribe, &turn).map(Message::Transcript)
            }
            _ => Err(Refusal::new(RefusalCode::BadInput, "no request")),
        }
    }

    fn forget(&self, id: Option<u64>) {
        if let Some(id) = id {
            unpoisoned(&self.flags).remove(&id);
        }
    }
}

fn request_id(message: &Message) -> Option<u64> {
    match message {
        Message::Generate(generate) => Some(generate.id),
        Message::Transcribe(transcribe) => Some(transcribe.id),
        _ => None,
    }
}

/// The data behind is a stream and a table of flags: both stay usable after a panic elsewhere.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
