//! Adapters behind the ports: microphone, recordings, ONNX, voice, clients of the engine programs.
