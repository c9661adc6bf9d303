//! What the camera saw lately: joined to a strum by capture time, never by arrival. While the
//! camera does not see well, nothing it says counts.

use std::collections::VecDeque;
use std::time::Duration;

use crate::{Placement, SeeingProblem};

/// A strum is explained by the picture nearest to it, no further than this.
const NEAR: Duration = Duration::from_millis(300);
/// Pictures older than this explain nothing: a verdict comes half a second after its strum, one
/// that was asked for alone some seconds.
const KEPT: Duration = Duration::from_secs(12);

#[derive(Debug, Clone, Default)]
pub(super) struct Sight {
    recent: VecDeque<Placement>,
    problem: Option<SeeingProblem>,
}

impl Sight {
    /// Keeps a picture, if the camera sees well. Whether it counts.
    pub(super) fn take(&mut self, placement: &Placement) -> bool {
        if self.problem.is_some() {
            return false;
        }
        let at = placement.at;
        self.recent.push_back(placement.clone());
        while self.recent.front().is_some_and(|first| at.saturating_sub(first.at) > KEPT) {
            self.recent.pop_front();
        }
        true
    }

    /// The picture of a strum.
    pub(super) fn at(&self, strum: Duration) -> Option<&Placement> {
        let away = |seen: &&Placement| seen.at.abs_diff(strum);
        self.recent.iter().min_by_key(away).filter(|seen| away(seen) <= NEAR)
    }

    /// The camera sees worse, or well again. Whether that is news to tell.
    pub(super) fn changed(&mut self, problem: SeeingProblem) -> bool {
        if problem == SeeingProblem::Cleared {
            self.problem = None;
            return false;
        }
        self.recent.clear();
        self.problem.replace(problem) != Some(problem)
    }
}
