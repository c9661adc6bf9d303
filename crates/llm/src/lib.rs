//! llama.cpp behind protocol, as a program.
