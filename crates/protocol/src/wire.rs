use std::io::{ErrorKind, Read, Write};

use serde::{Serialize, de::DeserializeOwned};

use crate::{Hello, Message, Transcribe, VERSION, WireError};

/// `u32` LE body length, `u8` kind, `u32` LE header length.
pub const PREFIX_BYTES: usize = 9;

/// The buffer grows in such steps as bytes really arrive, so that a claim alone costs nothing.
const STEP: usize = 1 << 20;

const KIB: u32 = 1024;

/// How large a kind may be.
struct Caps {
    header: u32,
    tail: u32,
}

/// Kind bytes. 0x20–0x2f are kept for Synthesize and its answer.
mod kind {
    pub(super) const HELLO: u8 = 0x01;
    pub(super) const LOAD: u8 = 0x02;
    pub(super) const LOADED: u8 = 0x03;
    pub(super) const CANCEL: u8 = 0x04;
    pub(super) const PING: u8 = 0x05;
    pub(super) const PONG: u8 = 0x06;
    pub(super) const REFUSED: u8 = 0x07;
    pub(super) const GENERATE: u8 = 0x10;
    pub(super) const PIECE: u8 = 0x11;
    pub(super) const DONE: u8 = 0x12;
    pub(super) const TRANSCRIBE: u8 = 0x18;
    pub(super) const TRANSCRIPT: u8 = 0x19;
}

fn caps(kind: u8) -> Result<Caps, WireError> {
    let (header, tail) = match kind {
        kind::HELLO | kind::LOADED | kind::DONE => (4 * KIB, 0),
        kind::LOAD | kind::REFUSED => (16 * KIB, 0),
        kind::CANCEL | kind::PING | kind::PONG => (256, 0),
        kind::GENERATE => (512 * KIB, 0),
        kind::PIECE => (64 * KIB, 0),
        kind::TRANSCRIBE => (64 * KIB, 16 * KIB * KIB),
        kind::TRANSCRIPT => (256 * KIB, 0),
        unknown => return Err(WireError::UnknownKind(unknown)),
    };
    Ok(Caps { header, tail })
}

/// Reads messages from any stream.
#[derive(Debug)]
pub struct FrameReader<R> {
    inner: R,
}

impl<R: Read> FrameReader<R> {
    /// Takes the reading end.
    pub fn new(inner: R) -> Self {
        Self { inner }
    }

    /// Waits for the next message.
    ///
    /// # Errors
    /// Every [`WireError`]; [`WireError::Closed`] is the orderly end.
    pub fn read(&mut self) -> Result<Message, WireError> {
        let (kind, header, tail) = lengths(&self.prefix()?)?;
        let header = self.bytes(header)?;
        let tail = self.bytes(tail)?;
        parse(kind, &header, &tail)
    }

    fn prefix(&mut self) -> Result<[u8; PREFIX_BYTES], WireError> {
        let mut prefix = [0; PREFIX_BYTES];
        let mut filled = 0;
        while filled < PREFIX_BYTES {
            match self.inner.read(&mut prefix[filled..]) {
                Ok(0) if filled == 0 => return Err(WireError::Closed),
                Ok(0) => return Err(WireError::Truncated),
                Ok(read) => filled += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(prefix)
    }

    fn bytes(&mut self, count: usize) -> Result<Vec<u8>, WireError> {
        let mut bytes = Vec::new();
        while bytes.len() < count {
            let start = bytes.len();
            let step = (count - start).min(STEP);
            bytes.reserve_exact(step);
            bytes.resize(start + step, 0);
            self.inner.read_exact(&mut bytes[start..]).map_err(|error| match error.kind() {
                ErrorKind::UnexpectedEof => WireError::Truncated,
                _ => WireError::Io(error),
            })?;
        }
        Ok(bytes)
    }
}

/// Writes messages to any stream; flushes after each.
#[derive(Debug)]
pub struct FrameWriter<W> {
    inner: W,
}

impl<W: Write> FrameWriter<W> {
    /// Takes the writing end.
    pub fn new(inner: W) -> Self {
        Self { inner }
    }

    /// Sends a message.
    ///
    /// # Errors
    /// [`WireError::Oversized`] before anything is written, [`WireError::Io`].
    pub fn write(&mut self, message: &Message) -> Result<(), WireError> {
        self.inner.write_all(&encode(message)?)?;
        Ok(self.inner.flush()?)
    }
}

/// One whole frame from bytes.
///
/// # Errors
/// As [`FrameReader::read`].
pub fn decode(frame: &[u8]) -> Result<Message, WireError> {
    FrameReader::new(frame).read()
}

/// One whole frame as bytes.
///
/// # Errors
/// [`WireError::Oversized`].
pub fn encode(message: &Message) -> Result<Vec<u8>, WireError> {
    let (kind, header) = header(message)?;
    let tail = match message {
        Message::Transcribe(transcribe) => transcribe.samples.as_slice(),
        _ => &[],
    };
    let caps = caps(kind)?;
    let header_length = fit(kind, header.len(), caps.header)?;
    let tail_length = fit(kind, tail.len().saturating_mul(4), caps.tail)?;
    let mut frame = Vec::with_capacity(PREFIX_BYTES + header.len() + tail.len() * 4);
    frame.extend((header_length + tail_length).to_le_bytes());
    frame.push(kind);
    frame.extend(header_length.to_le_bytes());
    frame.extend(header);
    tail.iter().for_each(|sample| frame.extend(sample.to_le_bytes()));
    Ok(frame)
}

fn fit(kind: u8, bytes: usize, cap: u32) -> Result<u32, WireError> {
    u32::try_from(bytes).ok().filter(|bytes| *bytes <= cap).ok_or(WireError::Oversized {
        kind,
        bytes: bytes as u64,
        cap: cap.into(),
    })
}

/// Kind, header length, tail length; checked against the caps.
fn lengths(prefix: &[u8; PREFIX_BYTES]) -> Result<(u8, usize, usize), WireError> {
    let [a, b, c, d, kind, e, f, g, h] = *prefix;
    let body = u32::from_le_bytes([a, b, c, d]);
    let header = u32::from_le_bytes([e, f, g, h]);
    let caps = caps(kind)?;
    let tail = body.checked_sub(header).ok_or_else(|| WireError::Malformed {
        kind,
        why: format!("a header of {header} bytes in a body of {body}"),
    })?;
    let header = fit(kind, header as usize, caps.header)?;
    let tail = fit(kind, tail as usize, caps.tail)?;
    Ok((kind, header as usize, tail as usize))
}

fn header(message: &Message) -> Result<(u8, Vec<u8>), WireError> {
    match message {
        Message::Hello(hello) => json(kind::HELLO, hello),
        Message::Load(load) => json(kind::LOAD, load),
        Message::Loaded(loaded) => json(kind::LOADED, loaded),
        Message::Generate(generate) => json(kind::GENERATE, generate),
        Message::Piece(piece) => json(kind::PIECE, piece),
        Message::Done(done) => json(kind::DONE, done),
        Message::Cancel(cancel) => json(kind::CANCEL, cancel),
        Message::Transcribe(transcribe) => json(kind::TRANSCRIBE, transcribe),
        Message::Transcript(transcript) => json(kind::TRANSCRIPT, transcript),
        Message::Ping(ping) => json(kind::PING, ping),
        Message::Pong(pong) => json(kind::PONG, pong),
        Message::Refused(refused) => json(kind::REFUSED, refused),
    }
}

fn json<T: Serialize>(kind: u8, value: &T) -> Result<(u8, Vec<u8>), WireError> {
    match serde_json::to_vec(value) {
        Ok(bytes) => Ok((kind, bytes)),
        Err(error) => Err(WireError::Malformed { kind, why: error.to_string() }),
    }
}

fn parse(kind: u8, header: &[u8], tail: &[u8]) -> Result<Message, WireError> {
    Ok(match kind {
        kind::HELLO => Message::Hello(greeting(from_json(kind, header)?)?),
        kind::LOAD => Message::Load(from_json(kind, header)?),
        kind::LOADED => Message::Loaded(from_json(kind, header)?),
        kind::GENERATE => Message::Generate(from_json(kind, header)?),
        kind::PIECE => Message::Piece(from_json(kind, header)?),
        kind::DONE => Message::Done(from_json(kind, header)?),
        kind::CANCEL => Message::Cancel(from_json(kind, header)?),
        kind::TRANSCRIBE => Message::Transcribe(speech(from_json(kind, header)?, tail)?),
        kind::TRANSCRIPT => Message::Transcript(from_json(kind, header)?),
        kind::PING => Message::Ping(from_json(kind, header)?),
        kind::PONG => Message::Pong(from_json(kind, header)?),
        kind::REFUSED => Message::Refused(from_json(kind, header)?),
        unknown => return Err(WireError::UnknownKind(unknown)),
    })
}

fn from_json<T: DeserializeOwned>(kind: u8, header: &[u8]) -> Result<T, WireError> {
    serde_json::from_slice(header)
        .map_err(|error| WireError::Malformed { kind, why: error.to_string() })
}

fn greeting(hello: Hello) -> Result<Hello, WireError> {
    if hello.v == VERSION {
        Ok(hello)
    } else {
        Err(WireError::Version { theirs: hello.v, ours: VERSION })
    }
}

fn speech(mut transcribe: Transcribe, tail: &[u8]) -> Result<Transcribe, WireError> {
    let (samples, rest) = tail.as_chunks::<4>();
    if !rest.is_empty() {
        let why = format!("{} bytes are no whole number of samples", tail.len());
        return Err(WireError::Malformed { kind: kind::TRANSCRIBE, why });
    }
    transcribe.samples = samples.iter().map(|sample| f32::from_le_bytes(*sample)).collect();
    Ok(transcribe)
}
