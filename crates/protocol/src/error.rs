use std::io;

use thiserror::Error;

/// What can be wrong with the wire. After any of these the stream cannot be read further: frames
/// carry no marker to resynchronise on.
#[derive(Debug, Error)]
pub enum WireError {
    /// The other side closed the stream between two frames.
    #[error("the stream was closed")]
    Closed,
    /// The stream ended inside a frame.
    #[error("the stream ended inside a frame")]
    Truncated,
    /// A frame is larger than its kind may be; nothing was allocated for it.
    #[error("a frame of kind {kind} claims {bytes} bytes, at most {cap} are allowed")]
    Oversized {
        /// The kind byte.
        kind: u8,
        /// What it claims.
        bytes: u64,
        /// What is allowed.
        cap: u64,
    },
    /// No such kind of message in this version.
    #[error("unknown kind of message {0}")]
    UnknownKind(u8),
    /// The lengths contradict each other or the header is not what its kind asks for.
    #[error("malformed frame of kind {kind}: {why}")]
    Malformed {
        /// The kind byte.
        kind: u8,
        /// What was wrong.
        why: String,
    },
    /// The other side speaks another version.
    #[error("the other side speaks version {theirs}, this one {ours}")]
    Version {
        /// Theirs.
        theirs: u32,
        /// Ours: [`crate::VERSION`].
        ours: u32,
    },
    /// The carrier failed.
    #[error("the carrier failed: {0}")]
    Io(#[from] io::Error),
}
