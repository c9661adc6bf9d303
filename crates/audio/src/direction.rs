//! Which way a strum went, from the order in which its strings begin.
//!
//! A down-stroke starts the low strings first: the lowest partials rise at once and the higher
//! strings follow; an up-stroke is the other way round. Single notes have no direction.

use crate::Take;
use crate::strokes::Group;

/// The way of a stroke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Low string to high string.
    Down,
    /// High string to low string.
    Up,
}

/// The direction of the stroke `group`, whose sound lasts until `end`; none when unsure.
pub(crate) fn of(_take: &Take, _group: Group, _end: u64) -> Option<Direction> {
    None
}
