//! What engine programs speak: typed messages in length-prefixed, size-capped frames.
//!
//! One frame is a 9-byte prefix (`u32` LE body length, `u8` kind, `u32` LE header length), a JSON
//! header and, for sound only, a binary tail of `f32` LE samples. The first frame each way is a
//! [`Hello`] with the [`VERSION`]. The carrier is any `Read` and any `Write`: pipes, a socket, a
//! channel in memory.
//!
//! The crate knows no engine: `llm` and `asr` implement [`serving::Engine`] and are served by
//! [`serving::serve`]. It restarts nothing and has no time-outs: that is `engines::program`.

mod error;
mod message;
pub mod model_file;
pub mod serving;
pub mod stdio;
mod wire;

pub use error::WireError;
pub use message::{
    Cancel, Capability, Done, Generate, Hello, Load, Loaded, Message, Piece, Ping, Pong, Refusal,
    RefusalCode, Refused, Stop, Transcribe, Transcript, VERSION,
};
pub use wire::{FrameReader, FrameWriter, PREFIX_BYTES, decode, encode};
