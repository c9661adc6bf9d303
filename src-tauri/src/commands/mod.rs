//! What the page may ask for. Each command is a few lines over the state.

pub(crate) mod course;
pub(crate) mod drill;
mod files;
pub(crate) mod home;
pub(crate) mod lesson;
pub(crate) mod sources;
pub(crate) mod tuning;
pub(crate) mod why;
