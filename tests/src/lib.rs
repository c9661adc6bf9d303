//! Checks over the whole: architecture, replay, faults, end to end.
