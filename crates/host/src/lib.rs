//! Puts a lesson together from its parts, once.
