//! What every kind of drill does; see [`super::Drill`], whose calls these are.

use std::fmt::Debug;
use std::time::Duration;

use audio::Stroke;

use super::{Practice, Step};
use crate::{Command, Observation};

pub(super) trait Run: Send + Debug {
    /// Whether the teacher is not told of each strum.
    fn keeps_strums(&self) -> bool;

    fn begin(&mut self, now: Duration, steps: &mut Vec<Step>);

    /// What was heard; commands come by themselves.
    fn hear(&mut self, observation: &Observation, steps: &mut Vec<Step>);

    fn command(&mut self, command: Command, now: Duration, steps: &mut Vec<Step>);

    fn strokes(&mut self, _strokes: &[Stroke], _until: Duration, _steps: &mut Vec<Step>) {}

    fn clicked(&mut self, _round: u32, _at: Duration, _steps: &mut Vec<Step>) {}

    fn late(&mut self, _by: Duration, _steps: &mut Vec<Step>) {}

    fn poll(&mut self, _now: Duration, _steps: &mut Vec<Step>) {}

    fn due(&self) -> Option<Duration> {
        None
    }

    fn finish(&mut self, at: Duration, steps: &mut Vec<Step>);

    fn leave(&mut self, at: Duration, steps: &mut Vec<Step>);

    fn practised(&self) -> Vec<Practice> {
        Vec::new()
    }
}
