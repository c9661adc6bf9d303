//! Checks over the whole: architecture, replay, faults, end to end.

pub mod tiny_models;
