//! Adapters behind the ports: microphone, recordings, loudspeaker, ONNX, voice, engine programs.
//!
//! No lesson logic and no choice of what to use: `host` puts a lesson together.

pub mod capture;
pub mod loudspeaker;
pub mod microphone;
pub mod onnx;
pub mod program;
pub mod recording;
pub mod voice;
pub mod wave;
pub mod witness;
