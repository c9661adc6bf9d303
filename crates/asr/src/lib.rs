//! whisper.cpp behind protocol, as a program.
